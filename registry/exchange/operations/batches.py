"""A batch from its upload to its end: receive, map, start the jobs, store what they found, discard."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import delete, insert, update
from sqlalchemy.orm import Session

from registry.db.keys import keyring_of
from registry.exchange.models import ImportBatch, ImportFile, ImportIssue, ImportRow
from registry.exchange.operations.inline import put_counts, record_batch
from registry.exchange.operations.judging import Remark, Summary
from registry.exchange.operations.kinds import Acting
from registry.exchange.operations.sources import COLUMNS, header_of, post_source
from registry.exchange.queries.batches import (
    NO_HEAD,
    UPLOAD,
    SheetHead,
    bytes_place,
    headers_place,
    heads_of,
    issue_place,
)
from registry.exchange.readers.archive import WorkbookRefused
from registry.exchange.readers.posts import PostsRefused
from registry.exchange.readers.workbook import Workbook, read_heads
from registry.exchange.rules.batches import (
    CHECK_JOB,
    COMMIT_JOB,
    DISCARD_JOB,
    KEEP_FILE,
    UNDO_JOB,
    BatchState,
    CommitMode,
    ImportKind,
    RowState,
)
from registry.exchange.rules.columns import Header, guess_mapping
from registry.exchange.rules.findings import kept_words
from registry.exchange.rules.grounds import LOCAL_ZONE
from registry.jobs.operations import enqueue_job
from registry.organisations.rules import Office
from registry.people.rules import LegalBasis

# A page shows fifty at a time and nobody mends thousands by reading; the workbook that goes back has all.
MOST_ISSUES_KEPT = 10_000
_UPLOAD_SECONDS = 15.0
_HEADER_LIMIT = 200
_SAMPLES = 2
_GROUND_SAID = "Dòng không ghi cơ sở lưu hồ sơ: giữ theo luật"
_GROUND_UNSAID = "Không giữ theo luật các dòng không ghi cơ sở"


class FileRefused(Exception):
    """The file cannot be imported; `code` is a key of `rules.refusals.FILE_REFUSALS`."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


class NotNow(Exception):
    """The batch is not in a state in which this can be done."""


@dataclass(frozen=True)
class Inspected:
    """A file that may be imported: its kind, the heads of its sheets, the most probable header (not for posts)."""

    kind: ImportKind
    content: bytes
    file_name: str
    heads: Mapping[str, SheetHead]
    header: Header | None


def inspect_file(content: bytes, file_name: str, kind: ImportKind) -> Inspected:
    """Look into an uploaded file, in a child process for a few seconds at most. Raises FileRefused."""
    if kind is ImportKind.NEEDS and file_name.lower().endswith(".json"):
        try:
            rows = post_source(content).rows
        except PostsRefused as refused:
            raise FileRefused(refused.code) from refused
        if not rows:
            raise FileRefused("no_rows")
        return Inspected(ImportKind.POSTS, content, file_name, {}, None)
    try:
        workbook = read_heads(content, file_name=file_name, wall_seconds=_UPLOAD_SECONDS)
    except WorkbookRefused as refused:
        raise FileRefused(refused.code) from refused
    header = header_of(workbook, kind)
    if header is None:
        raise FileRefused("no_header")
    sheet = workbook.sheet(header.sheet)
    if sheet is None or not any(row.number > header.row for row in sheet.rows):
        raise FileRefused("no_rows")
    return Inspected(kind, content, file_name, _heads(workbook, header), header)


def _heads(workbook: Workbook, header: Header) -> dict[str, SheetHead]:
    """The headers of the chosen sheet; other sheets offer their first filled row. Two rows below show what is meant."""
    found: dict[str, SheetHead] = {}
    for sheet in workbook.sheets:
        rows = [row for row in sheet.rows if sheet.name != header.sheet or row.number >= header.row]
        if rows:
            texts, *samples = ([text[:_HEADER_LIMIT] for text in row.cells] for row in rows[: 1 + _SAMPLES])
            found[sheet.name] = SheetHead(rows[0].number, texts, samples)
    return found


def receive_file(
    session: Session,
    inspected: Inspected,
    *,
    office: Office,
    submission_key: str,
    acting: Acting,
) -> ImportBatch:
    """Keep an uploaded file, sealed, for some days; nothing of it is in the registry yet."""
    header = inspected.header
    batch = ImportBatch(
        kind=inspected.kind,
        submission_key=submission_key,
        file_name=inspected.file_name,
        unit_id=office.unit_id,
        unit_path=office.unit_path,
        organisation_id=office.organisation_id,
        organisation_path=office.organisation_path,
        sheet=header.sheet if header else "",
        header_row=header.row if header else 1,
        mapping={str(index): key for index, key in header.mapping.items()} if header else {},
        created_by=acting.by,
        created_at=acting.at,
    )
    session.add(batch)
    session.flush()
    keyring = keyring_of(session)
    batch.headers_sealed = keyring.seal(json.dumps(dict(inspected.heads)), headers_place(batch))
    keep_file(session, batch, UPLOAD, inspected.content)
    ids = {"batch": batch.public_id}
    enqueue_job(session, DISCARD_JOB, ids, at=acting.at, by=acting.by, due_at=acting.at + KEEP_FILE)
    record_batch(session, batch, "import.uploaded", acting)
    session.flush()
    return batch


def keep_file(session: Session, batch: ImportBatch, role: str, content: bytes) -> None:
    """Keep a file of the batch, sealed, instead of an earlier one of the same role."""
    drop_files(session, batch, role)
    sealed = keyring_of(session).seal_bytes(content, bytes_place(batch, role))
    session.execute(insert(ImportFile), {"batch_id": batch.id, "role": role, "content_sealed": sealed})


def drop_files(session: Session, batch: ImportBatch, *roles: str) -> None:
    """Forget files of the batch; all of them when no role is named."""
    gone = delete(ImportFile).where(ImportFile.batch_id == batch.id)
    session.execute(gone.where(ImportFile.role.in_(roles)) if roles else gone)


def office_of(batch: ImportBatch) -> Office:
    """The office the batch is imported into."""
    return Office(batch.unit_id, batch.unit_path, batch.organisation_id, batch.organisation_path)


def header_in_batch(session: Session, batch: ImportBatch) -> Header:
    """The sheet, header row and mapping that the batch is read by."""
    head = heads_of(session, batch).get(batch.sheet, NO_HEAD)
    mapping = {int(index): key for index, key in batch.mapping.items()}
    return Header(batch.sheet, batch.header_row, tuple(head.texts), mapping)


def map_columns(session: Session, batch: ImportBatch, mapping: Mapping[int, str], *, acting: Acting) -> None:
    """Say which column of the file means what; every key at most once. Raises NotNow, ValueError."""
    if batch.state not in {BatchState.UPLOADED, BatchState.CHECKED}:
        raise NotNow(batch.state)
    known = {column.key for column in COLUMNS[batch.kind]}
    if len(set(mapping.values())) != len(mapping) or not set(mapping.values()) <= known:
        raise ValueError("a column is named twice or is unknown")
    batch.mapping = {str(index): key for index, key in sorted(mapping.items())}
    batch.updated_at = acting.at
    session.flush()
    record_batch(session, batch, "import.mapped", acting)


def choose_sheet(session: Session, batch: ImportBatch, sheet: str) -> None:
    """Read another sheet of the file; its columns are guessed anew. Raises NotNow, ValueError."""
    if batch.state not in {BatchState.UPLOADED, BatchState.CHECKED}:
        raise NotNow(batch.state)
    head = heads_of(session, batch).get(sheet)
    if head is None:
        raise ValueError("the file has no such sheet")
    if sheet != batch.sheet:
        guessed = guess_mapping(head.texts, COLUMNS[batch.kind])
        batch.sheet, batch.header_row = sheet, head.row
        batch.mapping = {str(index): key for index, key in guessed.items()}
        session.flush()


def state_ground(session: Session, batch: ImportBatch, basis: LegalBasis | None, *, acting: Acting) -> None:
    """Say why the records of rows that do not say it may be kept, and check anew; None takes it back.

    Only a law can be the ground of a whole file: a consent is each person's own, with its day. Raises
    NotNow, ValueError.
    """
    if batch.kind is not ImportKind.PEOPLE or basis is LegalBasis.CONSENT:
        raise ValueError(basis)
    if batch.state is not BatchState.CHECKED:
        raise NotNow(batch.state)
    batch.basis = basis
    record_batch(session, batch, "import.ground_stated", acting, _GROUND_SAID if basis else _GROUND_UNSAID)
    start_check(session, batch, acting=acting)


def is_stuck(batch: ImportBatch) -> bool:
    """Whether the job that worked on the batch ended without finishing it."""
    return batch.state.is_busy and batch.job is not None and batch.job.state.is_over


def start_check(session: Session, batch: ImportBatch, *, acting: Acting) -> None:
    """Check all rows, as a job. Raises NotNow."""
    if not (
        batch.state in {BatchState.UPLOADED, BatchState.CHECKED} or _failed_in(batch, BatchState.CHECKING)
    ):
        raise NotNow(batch.state)
    _start(session, batch, BatchState.CHECKING, CHECK_JOB, acting)


def start_commit(session: Session, batch: ImportBatch, mode: CommitMode, *, acting: Acting) -> None:
    """Make the records, as a job: all rows (only without errors), or the valid ones. Raises NotNow."""
    may_go_on = _failed_in(batch, BatchState.COMMITTING)
    if not (batch.state is BatchState.CHECKED or may_go_on) or batch.valid == 0:
        raise NotNow(batch.state)
    if batch.errors and mode is CommitMode.ALL:
        raise NotNow(batch.state)
    batch.mode = mode
    _start(session, batch, BatchState.COMMITTING, COMMIT_JOB, acting)


def start_undo(session: Session, batch: ImportBatch, *, acting: Acting) -> None:
    """Take back what the batch made, as a job. Raises NotNow."""
    may_go_on = _failed_in(batch, BatchState.COMMITTING) or _failed_in(batch, BatchState.UNDOING)
    if not (batch.state is BatchState.COMMITTED or may_go_on):
        raise NotNow(batch.state)
    _start(session, batch, BatchState.UNDOING, UNDO_JOB, acting)


def _failed_in(batch: ImportBatch, state: BatchState) -> bool:
    return batch.state is state and is_stuck(batch)


def _start(session: Session, batch: ImportBatch, state: BatchState, job: str, acting: Acting) -> None:
    batch.state = state
    batch.job = enqueue_job(session, job, {"batch": batch.public_id}, at=acting.at, by=acting.by)
    batch.updated_at = acting.at
    session.flush()
    record_batch(session, batch, f"{job}_started", acting)


def settle_cancelled(session: Session, batch: ImportBatch) -> None:
    """The job was stopped before it began: the batch is where it was before."""
    if is_stuck(batch):
        before = {BatchState.CHECKING: BatchState.UPLOADED, BatchState.UNDOING: BatchState.COMMITTED}
        is_half_made = batch.state is BatchState.COMMITTING and batch.created > 0
        batch.state = BatchState.COMMITTED if is_half_made else before.get(batch.state, BatchState.CHECKED)
        session.flush()


def discard_batch(session: Session, batch: ImportBatch, *, acting: Acting) -> None:
    """End a batch that made nothing and forget its file and values; asking twice is harmless. Raises NotNow."""
    if batch.state is BatchState.DISCARDED:
        return
    if batch.state not in {BatchState.UPLOADED, BatchState.CHECKED} and not _failed_in(
        batch, BatchState.CHECKING
    ):
        raise NotNow(batch.state)
    batch.state = BatchState.DISCARDED
    forget_values(session, batch)
    record_batch(session, batch, "import.discarded", acting)


def forget_values(session: Session, batch: ImportBatch) -> None:
    """Remove the files of a batch and all values its rows had; counts and ids of what was made stay."""
    drop_files(session, batch)
    batch.headers_sealed = None
    session.execute(update(ImportIssue).where(ImportIssue.batch_id == batch.id).values(said_sealed=None))
    session.flush()


def store_summary(session: Session, batch: ImportBatch, summary: Summary) -> None:
    """Keep what a check found: counts, and issues with their values sealed; errors first when there are too many."""
    put_counts(batch, summary)
    session.execute(delete(ImportIssue).where(ImportIssue.batch_id == batch.id))
    doubts = [remark for remark in summary.remarks if not remark.finding.is_error]
    kept = [*summary.errors, *doubts][:MOST_ISSUES_KEPT]
    if kept:
        session.execute(insert(ImportIssue), [_issue_values(session, batch, remark) for remark in kept])
    session.flush()


def add_issues(session: Session, batch: ImportBatch, remarks: Sequence[Remark]) -> None:
    """Add what was found while records were made: rows that were valid at the check and are not any more."""
    session.execute(insert(ImportIssue), [_issue_values(session, batch, remark) for remark in remarks])
    batch.errors += len(remarks)
    batch.valid -= len({remark.row for remark in remarks})


def forget_undone_rows(session: Session, batch: ImportBatch) -> None:
    """Rows that were taken back may be made again."""
    session.execute(
        delete(ImportRow).where(ImportRow.batch_id == batch.id, ImportRow.state == RowState.UNDONE)
    )


def _issue_values(session: Session, batch: ImportBatch, remark: Remark) -> dict[str, object]:
    finding = remark.finding
    said = json.dumps(kept_words(finding), ensure_ascii=False)
    return {
        "batch_id": batch.id,
        "row": remark.row,
        "column_index": remark.index,
        "column_header": remark.column[:_HEADER_LIMIT],
        "code": finding.code,
        "is_error": finding.is_error,
        "said_sealed": keyring_of(session).seal(said, issue_place(batch)),
    }


def acting_now(by: int | None, at: datetime) -> Acting:
    """Who acts at an instant, on its day in Việt Nam."""
    return Acting(by, at, at.astimezone(LOCAL_ZONE).date())
