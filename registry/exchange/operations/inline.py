"""A whole import in one transaction, for commands: nothing is kept unless everything that should be is."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy.orm import Session

from registry.audit.operations import record
from registry.db.bulk import plan_of, write_rows
from registry.exchange.models import ImportBatch, ImportRow
from registry.exchange.operations.judging import Remark, Summary, chunks, judge_all
from registry.exchange.operations.kinds import Acting, Judged, Made, RowKind
from registry.exchange.operations.sources import Source
from registry.exchange.rules.batches import BatchState, CommitMode, ImportKind, RowState
from registry.exchange.rules.findings import Finding
from registry.organisations.rules import Office
from registry.people.rules.problems import N_, Problem

_ROWS: Any = ImportRow.__table__
_NAMED_BY = {ImportKind.POSTS: "slug", ImportKind.TRAINING: "full_name"}
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
        good = [judged for judged in kind.judge(session, rows) if not judged.has_error]
        overtaken = make_rows(session, batch, kind, good, source, acting)
        summary.remarks.extend(overtaken)
        summary.valid -= len(overtaken)
        summary.error_rows += len(overtaken)
        session.flush()
        session.expunge_all()
        session.add(batch)


def make_rows(
    session: Session,
    batch: ImportBatch,
    kind: RowKind,
    judged: Sequence[Judged],
    source: Source,
    acting: Acting,
) -> list[Remark]:
    """Make the records of rows and note them in the batch; a remark for each that somebody made in between."""
    new = [one for one in judged if not one.is_duplicate]
    made = {one.number: record for one, record in zip(new, kind.make_many(session, new, acting), strict=True)}
    key = _NAMED_BY.get(batch.kind, "external_id")
    overtaken = [
        Remark(number, *source.column(key), Finding(key, "", OVERTAKEN))
        for number, record in made.items()
        if record is None
    ]
    rows = [_row(batch, one.number, made.get(one.number), acting) for one in judged]
    rows = [row for row in rows if row["row"] not in {remark.row for remark in overtaken}]
    if rows:
        plan = plan_of(_ROWS, session.get_bind().dialect.name)
        write_rows(session, plan, plan.values(rows))
    batch.created += sum(row["state"] is RowState.CREATED for row in rows)
    batch.skipped += sum(row["state"] is RowState.SKIPPED for row in rows)
    return overtaken


def _row(batch: ImportBatch, number: int, made: Made | None, acting: Acting) -> dict[str, object]:
    """What became of a row: a record, or none because there was one."""
    return {
        "batch_id": batch.id,
        "row": number,
        "state": RowState.SKIPPED if made is None else RowState.CREATED,
        "subject_id": None if made is None else made.public_id,
        "subject_version": None if made is None else made.version,
        "created_at": acting.at,
    }


def put_counts(batch: ImportBatch, summary: Summary) -> None:
    """Keep the counts of a summary on the batch."""
    batch.rows, batch.valid = summary.rows, summary.valid
    batch.warnings, batch.errors = summary.warnings, summary.error_count


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
