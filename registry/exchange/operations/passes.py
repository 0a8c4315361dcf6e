"""One pass over a file in the hands of a job: what every row says, or the records of those that can be made."""

from collections.abc import Generator, Iterator, Mapping, Sequence
from contextlib import closing
from itertools import islice

from registry.exchange.operations.batches import MOST_ISSUES_KEPT
from registry.exchange.operations.drafts import Part, forget_drafts, keep_list, keep_part, part_sealed
from registry.exchange.operations.judging import CHUNK, Summary, chunks
from registry.exchange.operations.kinds import SourceRow
from registry.exchange.operations.opening import OpenFile, acting_of, batch_of
from registry.exchange.operations.parts import ROWS, Lines, PartMaker, PartReader, Sealed
from registry.exchange.operations.people import PeopleRows
from registry.exchange.operations.plans import ReadRow
from registry.exchange.readers.archive import WorkbookRefused
from registry.exchange.readers.workbook import stream_lines
from registry.exchange.rules.refusals import FILE_REFUSALS
from registry.jobs.hands import work_through
from registry.jobs.worker import JobRefused, JobRun
from registry.people.operations import Plans

ALONE = 1
"""Parts of a file gone through without processes beside: most files have no more."""


def rows_of(file: OpenFile, size: int = CHUNK) -> Generator[Sequence[SourceRow], None, None]:
    """The rows of the file, some at a time. Raises JobRefused when the rest cannot be read."""
    try:
        yield from chunks(file.source.rows, size)
    except WorkbookRefused as refused:
        raise JobRefused(FILE_REFUSALS[refused.code]) from refused


def judge_with_progress(run: JobRun, file: OpenFile) -> Summary:
    """Judge every row, saying how far it is; what can be made of people is kept. Raises CancelAsked."""
    if file.reader is not None:
        return _judge_parts(run, file, file.reader)
    summary, kind = Summary(most=MOST_ISSUES_KEPT), file.new_kind()
    with closing(rows_of(file)) as pages:
        for rows in pages:
            with run.reading() as session:
                for judged in kind.judge(session, rows):
                    summary.add(judged, file.source)
            with run.step(_done(summary, file), file.total):
                pass  # only the progress is kept here; the findings are kept in one piece at the end
    return summary


def _done(summary: Summary, file: OpenFile) -> int:
    return summary.rows if file.total is None else min(summary.rows, max(0, file.total - 1))


def _judge_parts(run: JobRun, file: OpenFile, reader: PartReader) -> Summary:
    summary, kind, parts = Summary(most=MOST_ISSUES_KEPT), file.new_kind(), list[Part]()
    assert isinstance(kind, PeopleRows)  # noqa: S101 - only people are read in parts
    with run.step() as session:
        forget_drafts(session, batch_of(session, run))
    with closing(_lines_of(file, reader)) as lines, closing(work_through(lines, reader, alone=ALONE)) as done:
        for piece, read in done:
            with run.reading() as session:
                found = kind.compare(session, read.rows)
            for judged in found:
                summary.add(judged, file.source)
            repeated = [
                one.number for row, one in zip(read.rows, found, strict=True) if row.facts and one.has_error
            ]
            parts.append(read.part.without(repeated))
            summary.keep_lines(piece.lines, file.header_row)
            with run.step(_done(summary, file), file.total) as session:
                keep_part(session, batch_of(session, run), piece.place, read.sealed)
            del piece, read, found  # before the next part is unpacked
    with run.step() as session:
        keep_list(session, batch_of(session, run), file.stamp, parts)
    return summary


def _lines_of(file: OpenFile, reader: PartReader) -> Generator[Lines]:
    """The lines of the file, a part at a time. Raises JobRefused when the rest cannot be read."""
    assert file.workbook is not None  # noqa: S101 - only workbooks are read in parts
    try:
        with closing(stream_lines(file.workbook(), reader.header.sheet)) as lines:
            index = 0
            while some := list(islice(lines, ROWS)):
                yield Lines(index, some)
                index += 1
    except WorkbookRefused as refused:
        raise JobRefused(FILE_REFUSALS[refused.code]) from refused


def ready_rows(
    run: JobRun,
    file: OpenFile,
    reader: PartReader,
    parts: Sequence[Part],
    done: set[int],
    pending: Mapping[str, int],
) -> Generator[tuple[int, Sequence[ReadRow]]]:
    """The rows that can be made, ready to be entered, a part at a time: (rows of the file up to there, rows).

    `pending` grows while rows are made. Parts all of whose rows are `done` are left out, and so are rows that name somebody an earlier row names.
    """
    maker = PartMaker(reader.batch_id, reader.keyring, Plans(run.database.write_engine.dialect.name), file.by)
    wanted = [index for index, part in enumerate(parts) if not part.is_among(done)]
    with closing(work_through(_sealed(run, wanted, pending), maker, alone=ALONE)) as made:
        for piece, rows in made:
            part = parts[piece.place]
            upto = sum(one.rows for one in parts[: piece.place + 1])
            ready = [row for row in rows if row.number not in part.repeated]
            del rows
            yield upto, ready
            del ready  # a part of records is large: it goes before the next is unpacked


def _sealed(run: JobRun, wanted: Sequence[int], pending: Mapping[str, int]) -> Iterator[Sealed]:
    for index in wanted:
        with run.reading() as session:
            batch = batch_of(session, run)
            acting, sealed = acting_of(run, batch), part_sealed(session, batch, index)
        assert sealed is not None  # noqa: S101 - the list of parts says that it is there
        yield Sealed(index, sealed, acting.at, acting.on, dict(pending))
