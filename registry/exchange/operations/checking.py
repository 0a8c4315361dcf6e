"""The check of a batch, as a job: what every row says, and the workbook that goes back."""

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import closing
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
    open_file,
    put_back,
)
from registry.exchange.operations.passes import judge_with_progress
from registry.exchange.queries.batches import MISTAKES
from registry.exchange.readers.archive import WorkbookRefused
from registry.exchange.readers.workbook import SILENT_SECONDS, stream_workbook
from registry.exchange.rules.batches import BatchState
from registry.exchange.rules.refusals import FILE_REFUSALS
from registry.exchange.writers.mistakes import PlainRow, PlainSheet, workbook_with_mistakes
from registry.jobs.operations import CancelAsked
from registry.jobs.worker import JobRefused, JobRun

_ALIVE_EVERY = 5_000
"""Rows copied between two signs of life."""


def check_batch(run: JobRun) -> Mapping[str, Any] | None:
    """Judge every row and keep what was found; writes nothing else."""
    try:
        file = open_file(run)
        summary = judge_with_progress(run, file)
        going_back = mistakes_of(run, file, summary)
    except (CancelAsked, JobRefused):
        put_back(run, BatchState.UPLOADED)
        raise
    with run.step(summary.rows, summary.rows) as session:
        batch = batch_of(session, run)
        keep_findings(session, batch, summary, going_back)
        record_batch(session, batch, "import.checked", acting_of(run, batch))
    return {"rows": summary.rows, "valid": summary.valid, "errors": summary.error_count}


def keep_findings(session: Session, batch: ImportBatch, summary: Summary, going_back: bytes | None) -> None:
    """Keep what a check found, and the workbook that goes back when there is one."""
    store_summary(session, batch, summary)
    batch.state = BatchState.CHECKED
    drop_files(session, batch, MISTAKES)
    if going_back is not None:
        keep_file(session, batch, MISTAKES, going_back)


def mistakes_of(
    run: JobRun, file: OpenFile, summary: Summary, *, even_if_cancelled: bool = False
) -> bytes | None:
    """The workbook that goes back; None when there is nothing to mend. A file of several sheets is gone through once more."""
    if file.workbook is None or not summary.mistakes:
        return None
    if file.reader is not None and file.sheets == 1:
        rows = [
            PlainRow(number, tuple(cells), frozenset(numbers))
            for number, cells, numbers in map(json.loads, summary.lines)
        ]
        return workbook_with_mistakes([_plain_sheet(file.source.sheet, rows, file, summary.mistakes)])

    def say_alive() -> None:
        with run.step(even_if_cancelled=even_if_cancelled):
            pass  # the lease is renewed

    try:
        sheets = list(_plain_sheets(file.workbook(), file, summary.mistakes, say_alive))
    except WorkbookRefused as refused:
        raise JobRefused(FILE_REFUSALS[refused.code]) from refused
    return workbook_with_mistakes(sheets)


def _plain_sheets(
    content: bytes, file: OpenFile, mistakes: Mapping[int, str], say_alive: Callable[[], None]
) -> Iterator[PlainSheet]:
    """Of the sheet that was read only the faulty rows: mended and uploaded again, they make nobody twice."""
    name: str | None = None
    rows: list[PlainRow] = []
    with closing(stream_workbook(content, most_silent=SILENT_SECONDS)) as told:
        for place, one in enumerate(told, start=1):
            if place % _ALIVE_EVERY == 0:
                say_alive()
            if isinstance(one, str):
                if name is not None:
                    yield _plain_sheet(name, rows, file, mistakes)
                name, rows = one, []
            elif name != file.source.sheet or one.number <= file.header_row or one.number in mistakes:
                rows.append(PlainRow(one.number, one.cells, one.numbers))
    if name is not None:
        yield _plain_sheet(name, rows, file, mistakes)


def _plain_sheet(
    name: str, rows: Sequence[PlainRow], file: OpenFile, mistakes: Mapping[int, str]
) -> PlainSheet:
    is_read = name == file.source.sheet
    return PlainSheet(name, rows, file.header_row if is_read else None, mistakes if is_read else {})
