"""A whole import in one transaction, for commands: nothing is kept unless everything that should be is."""

from collections.abc import Callable
from dataclasses import dataclass

from sqlalchemy.orm import Session

from registry.audit.operations import record
from registry.exchange.models import ImportBatch, ImportRow
from registry.exchange.operations.judging import Remark, Summary, chunks, judge_all
from registry.exchange.operations.kinds import Acting, Judged, RowKind, RowRefused
from registry.exchange.operations.sources import Source
from registry.exchange.rules.batches import BatchState, CommitMode, ImportKind, RowState
from registry.exchange.rules.findings import Finding
from registry.exchange.rules.lookups import Office
from registry.people.rules.problems import N_, Problem

OVERTAKEN = Problem("overtaken", N_("Bản ghi giống dòng này vừa được tạo. Nhập lại tệp để đối chiếu"))


@dataclass(frozen=True)
class Outcome:
    """What an import in one go did. `batch` is None when nothing was kept."""

    summary: Summary
    batch: ImportBatch | None = None


def import_in_one_go(
    session: Session,
    source: Source,
    new_kind: Callable[[], RowKind],
    *,
    kind: ImportKind,
    mode: CommitMode,
    file_name: str,
    office: Office,
    acting: Acting,
) -> Outcome:
    """Judge all rows, then make their records; with errors in mode «all» nothing is made.

    The caller commits, or rolls back when the outcome has no batch.
    """
    summary = judge_all(session, new_kind(), source)
    if summary.errors and mode is CommitMode.ALL:
        return Outcome(summary)
    batch = ImportBatch(
        kind=kind,
        state=BatchState.COMMITTED,
        mode=mode,
        file_name=file_name,
        unit_id=office.unit_id,
        unit_path=office.unit_path,
        organisation_id=office.organisation_id,
        organisation_path=office.organisation_path,
        sheet=source.sheet,
        committed_at=acting.at,
        created_by=acting.by,
    )
    session.add(batch)
    session.flush()
    _make_all(session, batch, source, new_kind(), summary, acting)
    if summary.errors and mode is CommitMode.ALL:
        return Outcome(summary)
    put_counts(batch, summary)
    record_batch(session, batch, "import.committed", acting)
    return Outcome(summary, batch)


def _make_all(
    session: Session, batch: ImportBatch, source: Source, kind: RowKind, summary: Summary, acting: Acting
) -> None:
    for rows in chunks(source.rows):
        for judged in kind.judge(session, rows):
            if judged.has_error:
                continue
            remark = make_row(session, batch, kind, judged, source, acting)
            if remark is not None:
                summary.remarks.append(remark)
                summary.valid -= 1
                summary.error_rows += 1
        session.flush()
        session.expunge_all()
        session.add(batch)


def make_row(
    session: Session, batch: ImportBatch, kind: RowKind, judged: Judged, source: Source, acting: Acting
) -> Remark | None:
    """Make the record of a row and note it in the batch; a remark when somebody made it in between."""
    row = ImportRow(batch_id=batch.id, row=judged.number, state=RowState.SKIPPED, created_at=acting.at)
    if not judged.is_duplicate:
        try:
            made = kind.make(session, judged, acting)
        except RowRefused:
            key = "external_id" if batch.kind is not ImportKind.POSTS else "slug"
            return Remark(judged.number, *source.column(key), Finding(key, "", OVERTAKEN))
        row.state, row.subject_id, row.subject_version = RowState.CREATED, made.public_id, made.version
    batch.created += row.state is RowState.CREATED
    batch.skipped += row.state is RowState.SKIPPED
    session.add(row)
    return None


def put_counts(batch: ImportBatch, summary: Summary) -> None:
    """Keep the counts of a summary on the batch."""
    batch.rows, batch.valid = summary.rows, summary.valid
    batch.warnings, batch.errors = summary.warnings, len(summary.errors)


def record_batch(session: Session, batch: ImportBatch, action: str, acting: Acting, reason: str = "") -> None:
    """The event of one act on a batch: counts only, nothing of what the rows say."""
    detail = {
        "kind": batch.kind.value,
        "rows": batch.rows,
        "valid": batch.valid,
        "errors": batch.errors,
        "created": batch.created,
        "skipped": batch.skipped,
    }
    record(
        session,
        acting.by,
        action,
        "import_batch",
        batch.public_id,
        detail=detail,
        reason=reason,
        at=acting.at,
    )
