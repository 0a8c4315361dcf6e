"""The worker's part: long lists are written page by page, what is over is removed. Commits by the steps of the jobs.

A killed worker's file is never given: its name comes into the row at the end, and whoever takes the job up begins anew.
"""

import secrets
from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

from sqlalchemy import delete, func, select, update
from sqlalchemy.orm import Session

from registry.accounts.models import Account
from registry.accounts.rules import Viewer
from registry.consents.rules import PurposeCode
from registry.db import Database
from registry.exports.models import Export, ExportPerson
from registry.exports.operations.asking import EXPORT_JOB
from registry.exports.operations.writing import (
    PEOPLE_AN_EVENT,
    columns_of,
    listed_as,
    tell_people,
    write_rows,
)
from registry.exports.queries.exports import taker_of
from registry.exports.queries.pages import list_pages
from registry.exports.queries.people_rows import PeoplePage
from registry.jobs.alone import enqueue_alone
from registry.jobs.worker import Handlers, JobRefused, JobRun
from registry.people.models import Person
from registry.people.queries import visible_condition
from registry.web.clock import LOCAL_ZONE

CLEANING_JOB = "export.clean"
NO_EXPORT = "Lần xuất này không còn nữa"
NO_RIGHT = "Tài khoản yêu cầu không còn quyền xuất danh sách này"
NO_FOLDER = "Máy chủ chưa có thư mục dữ liệu để ghi tệp"

# What a worker writes without being killed takes less; an unfinished file older than this belongs to nobody.
_UNFINISHED = timedelta(hours=6)
# Between the naming of a file and the commit of its row.
_JUST_NAMED = timedelta(minutes=1)
_NAME_BYTES = 24
_UNFINISHED_FOLDER = "unfinished"


def export_folder(folder: Path) -> Path:
    """Where files lie in the data folder of an installation, for its own account alone."""
    found = folder / "exports"
    for one in (found, found / _UNFINISHED_FOLDER):
        one.mkdir(parents=True, exist_ok=True, mode=0o700)
    return found


def write_export(run: JobRun) -> Mapping[str, Any]:
    """Write the file of a long list, then name in the log who stands in it, then give it to its owner."""
    if run.database.folder is None:
        raise JobRefused(NO_FOLDER)
    folder, at = export_folder(run.database.folder), run.clock()
    name = secrets.token_urlsafe(_NAME_BYTES)
    unfinished = folder / _UNFINISHED_FOLDER / name
    try:
        with run.reading() as session:
            export, viewer = _opened(session, run, at)
            who, used_for = session.get_one(Account, export.owner_id).display_name, export.listed.used_for
            rows = _rows(run, session, export, viewer)
            written = write_rows(unfinished, export, listed_as(export, who, at), rows, unfinished.parent)
        _tell(run, export.id, viewer, used_for, at)
        with run.step(export.rows, export.rows) as session:
            kept = _kept(session, export.id)
            unfinished.touch()
            unfinished.rename(folder / name)
            kept.file, kept.written = name, _held(session, kept.id)
    finally:
        unfinished.unlink(missing_ok=True)
    return {"rows": written}


def _held(session: Session, export_id: int) -> int:
    """How many people the file holds: somebody may stand in several rows of it."""
    held = select(func.count()).select_from(ExportPerson)
    return (
        session.scalar(held.where(ExportPerson.export_id == export_id, ExportPerson.is_named.is_not(None)))
        or 0
    )


def _kept(session: Session, export_id: int) -> Export:
    """The export as it is now. Raises JobRefused for one that is over, or that held somebody who was erased."""
    found = session.get(Export, export_id)
    if found is None:
        raise JobRefused(NO_EXPORT)
    return found


def _opened(session: Session, run: JobRun, at: datetime) -> tuple[Export, Viewer]:
    wanted = select(Export).where(Export.public_id == str(run.arguments["export"]))
    export = session.scalar(wanted)
    if export is None:
        raise JobRefused(NO_EXPORT)
    viewer = taker_of(session, export, at.astimezone(LOCAL_ZONE).date())
    if viewer is None:
        raise JobRefused(NO_RIGHT)
    return export, viewer


def _rows(run: JobRun, session: Session, export: Export, viewer: Viewer) -> Iterator[Sequence[str]]:
    """The rows, and how far it is after each page, with how the people of the page are shown."""
    done, on = 0, run.clock().astimezone(LOCAL_ZONE).date()
    for page in list_pages(session, export, viewer, columns_of(export), on=on):
        yield from page.rows
        done += len(page.rows)
        with run.step(min(done, max(0, export.rows - 1)), export.rows) as writing:
            _keep_shown(writing, export.id, page)


def _keep_shown(session: Session, export_id: int, page: PeoplePage) -> None:
    for ids, is_named in ((page.named, True), (page.masked, False)):
        if ids:
            of_page = (ExportPerson.export_id == export_id, ExportPerson.person_id.in_(ids))
            session.execute(update(ExportPerson).where(*of_page).values(is_named=is_named))


def _tell(run: JobRun, export_id: int, viewer: Viewer, used_for: PurposeCode, at: datetime) -> None:
    """Name everybody in the file in the log before anybody can take it."""
    after, wanted = 0, _in_file(export_id, viewer, used_for, at.astimezone(LOCAL_ZONE).date())
    while True:
        with run.step() as session:
            rows = session.execute(wanted.where(ExportPerson.id > after).limit(PEOPLE_AN_EVENT)).all()
            tell_people(session, _kept(session, export_id), [row.public_id for row in rows], at=at)
        if len(rows) < PEOPLE_AN_EVENT:
            return
        after = rows[-1].id


def _in_file(export_id: int, viewer: Viewer, used_for: PurposeCode, on: date) -> Any:
    """The ids of whom the file just written holds. With one who went out of sight meanwhile it is never given."""
    return (
        select(ExportPerson.id, Person.public_id)
        .join(Person, Person.id == ExportPerson.person_id)
        .where(
            ExportPerson.export_id == export_id,
            ExportPerson.is_named.is_not(None),
            visible_condition(viewer, used_for, on=on),
        )
        .order_by(ExportPerson.id)
    )


def enqueue_due_cleaning(database: Database, at: datetime) -> bool:
    """Put the removal of what is over into the queue when there is any. True when it did."""
    session = database.read_session()
    try:
        is_over = session.scalar(select(Export.id).where(Export.expires_at <= at).limit(1)) is not None
        stray = _stray(session, database, at)
    finally:
        session.close()
    return (is_over or bool(stray)) and enqueue_alone(database, CLEANING_JOB, {}, at=at)


def clean(run: JobRun) -> Mapping[str, Any]:
    """Remove exports that are over, and files that no export has."""
    at = run.clock()
    with run.step() as session:
        gone = session.scalars(select(Export.id).where(Export.expires_at <= at)).all()
        session.execute(delete(ExportPerson).where(ExportPerson.export_id.in_(gone)))
        session.execute(delete(Export).where(Export.id.in_(gone)))
    with run.reading() as session:
        stray = _stray(session, run.database, at)
    for path in stray:
        path.unlink(missing_ok=True)
    return {"exports": len(gone), "files": len(stray)}


def _stray(session: Session, database: Database, at: datetime) -> list[Path]:
    """Files without a row, of what is over or was erased; unfinished ones once nobody can be writing them."""
    if database.folder is None:
        return []
    named = set(session.scalars(select(Export.file).where(Export.file.is_not(None))))
    folder = export_folder(database.folder)
    finished = [path for path in folder.iterdir() if path.is_file() and path.name not in named]
    unfinished = (folder / _UNFINISHED_FOLDER).iterdir()
    return [path for path in finished if _is_older(path, at - _JUST_NAMED)] + [
        path for path in unfinished if _is_older(path, at - _UNFINISHED)
    ]


def _is_older(path: Path, than: datetime) -> bool:
    try:
        return path.stat().st_mtime < than.timestamp()
    except FileNotFoundError:  # finished or removed meanwhile
        return False


HANDLERS: Handlers = {EXPORT_JOB: write_export, CLEANING_JOB: clean}
"""Job kind → function."""
