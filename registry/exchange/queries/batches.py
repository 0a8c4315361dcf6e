"""Batches in the viewer's scope, their files and issues."""

import json
from base64 import b64decode
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, LargeBinary, Select, and_, func, or_, select
from sqlalchemy.orm import Session

from registry.accounts.queries import scope_condition
from registry.accounts.rules import Permission, Viewer
from registry.audit.models import AuditEvent
from registry.db.keys import WrongKey, keyring_of
from registry.exchange.models import ImportBatch, ImportFile, ImportIssue, ImportRow
from registry.exchange.rules.batches import ImportKind, RowState
from registry.exchange.rules.findings import said_words
from registry.people.queries import ids_out_of_lists
from registry.web.i18n import current_language, gettext
from registry.web.paging import PAGE_SIZE, Page

UPLOAD, MISTAKES = "upload", "mistakes"

WRITE_PERMISSION: dict[ImportKind, Permission] = {
    ImportKind.PEOPLE: Permission.PEOPLE_WRITE,
    ImportKind.NEEDS: Permission.NEEDS_WRITE,
    ImportKind.POSTS: Permission.NEEDS_WRITE,
    ImportKind.TRAINING: Permission.TRAINING_WRITE,
}
"""The right to write the records a batch makes; its values may be seen by whoever has it there."""

ISSUES_A_PAGE = 25
PIECE = 1 << 20
"""Bytes of a kept file that are read at a time."""


@dataclass(frozen=True)
class Issue:
    """Something said about a cell, opened for whoever may see it. The value is None once it was removed."""

    row: int
    column: str
    value: str | None
    message: str
    is_error: bool


class SheetHead(NamedTuple):
    """The head of a sheet: Excel's number of its header row, the header texts, some rows below."""

    row: int
    texts: Sequence[str]
    samples: Sequence[Sequence[str]]


NO_HEAD = SheetHead(1, (), ())


def kinds_for(viewer: Viewer) -> list[ImportKind]:
    """The kinds of files the viewer may import."""
    return [kind for kind, permission in WRITE_PERMISSION.items() if viewer.can(permission)]


def visible(viewer: Viewer) -> ColumnElement[bool]:
    """The batches whose records the viewer may write."""
    paths = (ImportBatch.unit_path, ImportBatch.organisation_path)
    return or_(
        *(
            and_(ImportBatch.kind == kind, scope_condition(viewer, *paths, permission))
            for kind, permission in WRITE_PERMISSION.items()
        )
    )


def batches(session: Session, viewer: Viewer, page: int) -> Page[ImportBatch]:
    """One page of batches, newest first."""
    wanted = select(ImportBatch).where(visible(viewer))
    total = session.scalar(select(func.count()).select_from(wanted.subquery())) or 0
    rows = session.scalars(
        wanted.order_by(ImportBatch.id.desc()).limit(PAGE_SIZE).offset((page - 1) * PAGE_SIZE)
    ).all()
    return Page(rows, page, total)


def get_batch(session: Session, viewer: Viewer, public_id: str) -> ImportBatch | None:
    """One batch; None when it does not exist or lies outside the viewer's scopes."""
    return session.scalar(select(ImportBatch).where(ImportBatch.public_id == public_id, visible(viewer)))


def batch_by_public_id(session: Session, public_id: str) -> ImportBatch | None:
    """One batch for a job or a command, which run with the rights checked by themselves."""
    return session.scalar(select(ImportBatch).where(ImportBatch.public_id == public_id))


def batch_of_job(session: Session, job_id: int) -> ImportBatch | None:
    """The batch a job works on now."""
    return session.scalar(select(ImportBatch).where(ImportBatch.job_id == job_id))


def batch_by_submission(session: Session, key: str) -> ImportBatch | None:
    """The batch that was made from this very form."""
    return session.scalar(select(ImportBatch).where(ImportBatch.submission_key == key))


def has_file(session: Session, batch: ImportBatch, role: str = UPLOAD) -> bool:
    """Whether the batch still keeps this file."""
    return session.scalar(_file_id(batch, role)) is not None


def _file_id(batch: ImportBatch, role: str) -> Any:
    return select(ImportFile.id).where(ImportFile.batch_id == batch.id, ImportFile.role == role)


def file_content(session: Session, batch: ImportBatch, role: str = UPLOAD) -> bytes | None:
    """A file of the batch in the clear; None when it is not kept any more."""
    sealed = _sealed_content(session, batch, role)
    if sealed is None:
        return None
    keyring = keyring_of(session)
    try:
        return keyring.open_bytes(sealed, bytes_place(batch, role))
    except WrongKey:  # kept by an earlier release
        return b64decode(keyring.open(sealed, file_place(batch, role)))


def _sealed_content(session: Session, batch: ImportBatch, role: str) -> bytes | None:
    """A file as it is stored, put together from pieces: PostgreSQL sends bytes as text of twice their length."""
    kept, row_id = ImportFile.content_sealed, session.scalar(_file_id(batch, role))
    if row_id is None:
        return None
    pieces = list[bytes]()
    while not pieces or len(pieces[-1]) == PIECE:
        wanted = func.substr(kept, len(pieces) * PIECE + 1, PIECE, type_=LargeBinary)
        pieces.append(session.scalars(select(wanted).where(ImportFile.id == row_id)).one())
    return b"".join(pieces)


def file_place(batch: ImportBatch, role: str) -> str:
    """Where a sealed file belongs; moved to another batch it does not open."""
    return f"import_file.content:{batch.public_id}:{role}"


def bytes_place(batch: ImportBatch, role: str) -> str:
    """The same of a file that is sealed as it is."""
    return f"{file_place(batch, role)}:bytes"


def issue_place(batch: ImportBatch) -> str:
    """Where a sealed issue belongs."""
    return f"import_issue:{batch.public_id}"


def headers_place(batch: ImportBatch) -> str:
    """Where sealed headers belong."""
    return f"import_batch.headers:{batch.public_id}"


def heads_of(session: Session, batch: ImportBatch) -> dict[str, SheetHead]:
    """The head of each sheet of the uploaded file; empty once it was removed."""
    if batch.headers_sealed is None:
        return {}
    read: dict[str, Any] = json.loads(keyring_of(session).open(batch.headers_sealed, headers_place(batch)))
    return {name: SheetHead(*head) for name, head in read.items()}


def issues(session: Session, batch: ImportBatch, page: int, *, on: date) -> Page[Issue]:
    """One page of what was said about cells, errors first, then by row and column.

    Of a row whose person stands in no list by now neither the cell is shown nor what was said, which may quote it.
    """
    wanted = select(ImportIssue).where(ImportIssue.batch_id == batch.id)
    total = session.scalar(select(func.count()).select_from(wanted.subquery())) or 0
    rows = session.scalars(
        wanted.order_by(
            ImportIssue.is_error.desc(), ImportIssue.row, ImportIssue.column_index, ImportIssue.id
        )
        .limit(ISSUES_A_PAGE)
        .offset((page - 1) * ISSUES_A_PAGE)
    ).all()
    hidden = _hidden_rows(session, batch, {row.row for row in rows}, on)
    return Page(list(_opened(session, batch, rows, hidden)), page, total, ISSUES_A_PAGE)


def _hidden_rows(session: Session, batch: ImportBatch, rows: Collection[int], on: date) -> frozenset[int]:
    if batch.kind is not ImportKind.PEOPLE:
        return frozenset()
    wanted = (ImportRow.batch_id == batch.id, ImportRow.row.in_(sorted(rows)))
    found = select(ImportRow.row).where(*wanted, ImportRow.subject_id.in_(ids_out_of_lists(on)))
    return frozenset(session.scalars(found))


def _opened(
    session: Session, batch: ImportBatch, rows: Sequence[ImportIssue], hidden: Collection[int]
) -> Iterator[Issue]:
    keyring, place = keyring_of(session), issue_place(batch)
    for row in rows:
        if row.said_sealed is None or row.row in hidden:
            yield Issue(row.row, row.column_header, None, "", row.is_error)
        else:
            kept: dict[str, Any] = json.loads(keyring.open(row.said_sealed, place))
            sentence, values = said_words(kept, current_language())
            yield Issue(row.row, row.column_header, kept["value"], gettext(sentence, **values), row.is_error)


def has_issue(session: Session, batch: ImportBatch, code: str) -> bool:
    """Whether this was said about a cell of the batch."""
    found = select(ImportIssue.id).where(ImportIssue.batch_id == batch.id, ImportIssue.code == code)
    return session.scalar(found.limit(1)) is not None


def row_counts(session: Session, batch: ImportBatch) -> dict[RowState, int]:
    """How many rows of the batch stand in each state."""
    rows = session.execute(
        select(ImportRow.state, func.count()).where(ImportRow.batch_id == batch.id).group_by(ImportRow.state)
    ).all()
    return dict(rows)


def rows_done(session: Session, batch: ImportBatch) -> set[int]:
    """The numbers of the rows that were created or skipped."""
    states = [RowState.CREATED, RowState.SKIPPED]
    found = session.scalars(
        select(ImportRow.row).where(ImportRow.batch_id == batch.id, ImportRow.state.in_(states))
    )
    return set(found)


def created_rows(session: Session, batch: ImportBatch, limit: int) -> Sequence[ImportRow]:
    """Rows whose records still stand, the last ones first."""
    return session.scalars(
        select(ImportRow)
        .where(ImportRow.batch_id == batch.id, ImportRow.state == RowState.CREATED)
        .order_by(ImportRow.row.desc())
        .limit(limit)
    ).all()


def made_by(batch: ImportBatch) -> Select[str | None]:
    """The public ids of the records that the batch made and that still stand."""
    states = [RowState.CREATED, RowState.KEPT]
    return select(ImportRow.subject_id).where(ImportRow.batch_id == batch.id, ImportRow.state.in_(states))


def was_touched(session: Session, subject_id: str, since: datetime, *, is_person: bool) -> bool:
    """Whether the log knows of a change to this record after an instant; reading is no change."""
    about = AuditEvent.person == subject_id if is_person else AuditEvent.subject_id == subject_id
    return session.scalar(select(AuditEvent.id).where(about, AuditEvent.at > since).limit(1)) is not None
