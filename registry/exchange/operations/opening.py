"""A batch in the hands of a job: its file read in a child process, its rules ready, its account's rights as they are now."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from functools import partial

from sqlalchemy.orm import Session

from registry.accounts.models import Account, AccountState
from registry.accounts.queries import grants_on
from registry.accounts.rules import Permission, Viewer
from registry.db.keys import keyring_of
from registry.exchange.models import ImportBatch
from registry.exchange.operations.batches import acting_now, header_in_batch, office_of
from registry.exchange.operations.drafts import forget_drafts, stamp_of
from registry.exchange.operations.kinds import Acting, RowKind
from registry.exchange.operations.making import kind_maker
from registry.exchange.operations.parts import PartReader
from registry.exchange.operations.people import PeopleRows
from registry.exchange.operations.sources import Content, Source, post_source, streamed_source
from registry.exchange.queries.batches import (
    WRITE_PERMISSION,
    batch_by_public_id,
    file_content,
    has_file,
    heads_of,
)
from registry.exchange.queries.lookups import lookups_mark
from registry.exchange.readers.posts import PostsRefused
from registry.exchange.rules.batches import BatchState, CommitMode, ImportKind
from registry.exchange.rules.columns import Header
from registry.exchange.rules.refusals import FILE_REFUSALS
from registry.jobs.worker import JobRefused, JobRun

NO_BATCH = "Lô nhập này không còn nữa"
NO_FILE = "Tệp của lô này đã được xóa. Tải tệp lên lại"
NO_RIGHT = "Tài khoản bắt đầu việc này không còn quyền nhập dữ liệu vào đơn vị đã chọn"


@dataclass(frozen=True)
class OpenFile:
    """The batch's file, ready to be read and judged. `workbook` opens its content, None for posts.

    The content of a workbook is opened when somebody reads it: to save what the check kept it is not, and in the clear
    it is the largest thing a job would hold.

    `total` is how many rows it has, None until somebody has gone through it. A file of people has a `reader` of its parts,
    and a `stamp` that names all that decides what its rows say. `sheets` is how many sheets a workbook has.
    """

    batch_id: str
    kind: ImportKind
    mode: CommitMode | None
    source: Source
    workbook: Content | None
    header_row: int
    total: int | None
    new_kind: Callable[[], RowKind]
    by: int | None
    reader: PartReader | None = None
    stamp: str = ""
    sheets: int = 0


def open_file(run: JobRun) -> OpenFile:
    """Get the file and the rules ready; the account must still have the right."""
    with run.reading() as session:
        batch = batch_of(session, run)
        if not has_file(session, batch):
            raise JobRefused(NO_FILE)
        acting = acting_of(run, batch)
        viewer = viewer_of(session, batch, acting.on)
        new_kind = kind_maker(session, batch.kind, viewer, office_of(batch), batch.basis, acting.on)
        header = header_in_batch(session, batch)
        reader, stamp = _part_reader(session, batch, viewer, header, new_kind, acting.on)
        sheets = len(heads_of(session, batch))
    try:
        if batch.kind is ImportKind.POSTS:
            workbook, source = None, post_source(_content(run))
        else:
            workbook = partial(_content, run)
            source = streamed_source(workbook, batch.kind, header)
    except PostsRefused as refused:
        raise JobRefused(FILE_REFUSALS[refused.code]) from refused
    return OpenFile(
        batch_id=batch.public_id,
        kind=batch.kind,
        mode=batch.mode,
        source=source,
        workbook=workbook,
        header_row=batch.header_row,
        total=batch.rows or None,
        new_kind=new_kind,
        by=acting.by,
        reader=reader,
        stamp=stamp,
        sheets=sheets,
    )


def _content(run: JobRun) -> bytes:
    """The file of the batch in the clear. Raises JobRefused when it went meanwhile."""
    with run.reading() as session:
        content = file_content(session, batch_of(session, run))
    if content is None:
        raise JobRefused(NO_FILE)
    return content


def _part_reader(
    session: Session,
    batch: ImportBatch,
    viewer: Viewer,
    header: Header,
    new_kind: Callable[[], RowKind],
    on: date,
) -> tuple[PartReader | None, str]:
    kind = new_kind()
    if not isinstance(kind, PeopleRows):
        return None, ""
    keyring = keyring_of(session)
    scopes = sorted(map(repr, viewer.scopes_for(WRITE_PERMISSION[batch.kind])))
    read = (
        header.sheet,
        header.row,
        sorted(header.mapping.items()),
        batch.basis,
        office_of(batch),
        on,
        scopes,
    )
    stamp = stamp_of(*read, *lookups_mark(session), keyring.name)
    return PartReader(batch.public_id, header, kind.lookups, batch.basis, keyring), stamp


def batch_of(session: Session, run: JobRun) -> ImportBatch:
    """The batch this job works on. Raises JobRefused when it is gone."""
    batch = batch_by_public_id(session, str(run.arguments["batch"]))
    if batch is None:
        raise JobRefused(NO_BATCH)
    return batch


def acting_of(run: JobRun, batch: ImportBatch) -> Acting:
    """The account that asked for the job, now."""
    return acting_now(batch.job.created_by if batch.job else batch.created_by, run.clock())


def viewer_of(session: Session, batch: ImportBatch, on: date) -> Viewer:
    """The account that asked, with the rights it has now: it may have lost them since."""
    by = batch.job.created_by if batch.job else batch.created_by
    account = session.get(Account, by) if by is not None else None
    if account is None or account.state is not AccountState.ACTIVE:
        raise JobRefused(NO_RIGHT)
    viewer = Viewer.of_grants(account.id, grants_on(account, on))
    place = (batch.unit_path, batch.organisation_path)
    needed = (Permission.IMPORTS_RUN, WRITE_PERMISSION[batch.kind])
    if not all(viewer.can(permission, at=place) for permission in needed):
        raise JobRefused(NO_RIGHT)
    return viewer


def put_back(run: JobRun, state: BatchState) -> None:
    """The job ends without its work: the batch is where it was before. Not stopped by a wish to cancel."""
    with run.step(even_if_cancelled=True) as session:
        batch = batch_by_public_id(session, str(run.arguments["batch"]))
        if batch is not None and batch.state.is_busy:
            batch.state = state
            forget_drafts(session, batch)
