"""The check of a batch, as a job: what every row says, and the workbook that goes back."""

from collections.abc import Iterator, Mapping
from typing import Any

from sqlalchemy.orm import Session

from registry.exchange.models import ImportBatch
from registry.exchange.operations.batches import drop_files, keep_file, store_summary
from registry.exchange.operations.inline import record_batch
from registry.exchange.operations.judging import Summary
from registry.exchange.operations.opening import (
    OpenFile,
    acting_of,
    batch_of,
    judge_with_progress,
    open_file,
    put_back,
)
from registry.exchange.queries.batches import MISTAKES
from registry.exchange.rules.batches import BatchState
from registry.exchange.writers.mistakes import PlainRow, PlainSheet, workbook_with_mistakes
from registry.jobs.operations import CancelAsked
from registry.jobs.worker import JobRefused, JobRun


def check_batch(run: JobRun) -> Mapping[str, Any] | None:
    """Judge every row and keep what was found; writes nothing else."""
    try:
        file = open_file(run)
        summary = judge_with_progress(run, file)
    except CancelAsked:
        put_back(run, BatchState.UPLOADED)
        raise
    except JobRefused:
        put_back(run, BatchState.UPLOADED)
        raise
    with run.step(summary.rows, summary.rows) as session:
        batch = batch_of(session, run)
        keep_findings(session, batch, file, summary)
        record_batch(session, batch, "import.checked", acting_of(run, batch))
    return {"rows": summary.rows, "valid": summary.valid, "errors": len(summary.errors)}


def keep_findings(session: Session, batch: ImportBatch, file: OpenFile, summary: Summary) -> None:
    store_summary(session, batch, summary)
    batch.state = BatchState.CHECKED
    drop_files(session, batch, MISTAKES)
    if file.workbook is not None and summary.errors:
        keep_file(session, batch, MISTAKES, workbook_with_mistakes(list(_plain_sheets(file, summary))))


def _plain_sheets(file: OpenFile, summary: Summary) -> Iterator[PlainSheet]:
    """Of the sheet that was read only the faulty rows: mended and uploaded again, they make nobody twice."""
    faulty = {remark.row for remark in summary.errors}
    mistakes: dict[int, list[str]] = {}
    for remark in summary.remarks:
        if remark.row in faulty:
            mark = "" if remark.finding.is_error else "(xem lại) "
            mistakes.setdefault(remark.row, []).append(f"{mark}{remark.column}: {remark.finding.message}")
    for sheet in file.workbook.sheets if file.workbook else ():
        is_read = sheet.name == file.source.sheet
        rows = [
            PlainRow(row.number, row.cells, row.numbers)
            for row in sheet.rows
            if not is_read or row.number <= file.header_row or row.number in faulty
        ]
        yield PlainSheet(sheet.name, rows, file.header_row if is_read else None, mistakes if is_read else {})
