"""The commit of a batch, as a job: records made some at a time, each made once however often the job is killed."""

from collections.abc import Generator, Mapping, Sequence
from contextlib import closing
from typing import Any

from sqlalchemy.orm import Session

from registry.db.bulk import give_room_back, make_room
from registry.exchange.models import ImportBatch
from registry.exchange.operations.batches import add_issues, forget_undone_rows, forget_values
from registry.exchange.operations.checking import keep_findings, mistakes_of
from registry.exchange.operations.drafts import Part, forget_drafts, kept_parts
from registry.exchange.operations.inline import make_rows, record_batch
from registry.exchange.operations.judging import chunks
from registry.exchange.operations.kinds import Acting, Judged, RowKind, SourceRow
from registry.exchange.operations.opening import (
    OpenFile,
    acting_of,
    batch_of,
    open_file,
)
from registry.exchange.operations.passes import judge_with_progress, ready_rows, rows_of
from registry.exchange.operations.people import PeopleRows
from registry.exchange.operations.plans import ReadRow
from registry.exchange.operations.undoing import take_back_all
from registry.exchange.queries.batches import created_rows, rows_done
from registry.exchange.rules.batches import BatchState, CommitMode
from registry.jobs.operations import CancelAsked
from registry.jobs.worker import JobRefused, JobRun

MADE_AT_ONCE = 1_000
"""Records made in one transaction: on SQLite nobody else writes meanwhile, and a record takes about 0.7 ms."""

BECAME_INVALID = "Có dòng không còn hợp lệ vì dữ liệu trong sổ đã đổi; chưa lưu gì. Xem lại các lỗi"


def commit_batch(run: JobRun) -> Mapping[str, Any] | None:
    """Make the records, some at a time. Rows made by an earlier run of this job are not made again."""
    try:
        file = open_file(run)
        is_whole = _make_all(run, file)
    except (CancelAsked, JobRefused):
        _stop_committing(run)
        raise
    if not is_whole:
        take_back_all(run)
        _check_anew(run, file)
        raise JobRefused(BECAME_INVALID)
    with run.step() as session:
        batch = batch_of(session, run)
        _finish_commit(session, batch, acting_of(run, batch))
    return {"created": batch.created, "skipped": batch.skipped}


def _make_all(run: JobRun, file: OpenFile) -> bool:
    """Make the records; False when all or none was asked for and one of them cannot be made any more."""
    with run.step() as session:
        batch = batch_of(session, run)
        forget_undone_rows(session, batch)
        done = rows_done(session, batch)
    wants_all, parts = file.mode is CommitMode.ALL, _parts(run, file)
    if parts is None and (file.reader is not None or (wants_all and not done)):
        is_faulty = bool(judge_with_progress(run, file).errors)
        if wants_all and not done and is_faulty:
            return False
        parts = _parts(run, file)
    kind = file.new_kind()
    with closing(_pages(run, file, kind, parts, done)) as pages:
        for made, rows in pages:
            with run.step(made, file.total) as session:
                is_whole = _make_rows(session, run, file, kind, rows, done)
            if wants_all and not is_whole:
                return False
            del rows
    return True


def _parts(run: JobRun, file: OpenFile) -> list[Part] | None:
    """What the check kept of a file of people, unless anything it was made from is otherwise now."""
    if file.reader is None:
        return None
    with run.reading() as session:
        return kept_parts(session, batch_of(session, run), file.stamp)


_Rows = Sequence[SourceRow] | Sequence[ReadRow]


def _pages(
    run: JobRun, file: OpenFile, kind: RowKind, parts: list[Part] | None, done: set[int]
) -> Generator[tuple[int, _Rows], None, None]:
    """The rows to make, those of one transaction at a time, each with how many rows of the file are gone through then."""
    if file.reader is not None and parts is not None and isinstance(kind, PeopleRows):
        with closing(ready_rows(run, file, file.reader, parts, done, kind.pending)) as made:
            for upto, ready in made:
                last = ready[-1] if ready else None
                pages = chunks(ready, MADE_AT_ONCE)
                del ready
                for rows in pages:
                    yield upto - (rows[-1] is not last), rows
                    del rows
                del pages  # all that was made ready of a part goes before the next is unpacked
        return
    count = 0
    with closing(rows_of(file, MADE_AT_ONCE)) as pages:
        for read in pages:
            count += len(read)
            kind.read_ahead(read)
            yield count, read


def _make_rows(
    session: Session, run: JobRun, file: OpenFile, kind: RowKind, rows: _Rows, done: set[int]
) -> bool:
    """Make the records of some rows; whether all of them were made."""
    make_room(session)
    batch = batch_of(session, run)
    # A row this job made before is a duplicate of itself now; it keeps what is noted of it.
    found = _judged(session, kind, rows)
    judged = [one for one in found if one.number not in done]
    good = [one for one in judged if not one.has_error]
    overtaken = make_rows(session, batch, kind, good, file.source, acting_of(run, batch))
    if overtaken:
        add_issues(session, batch, overtaken)
    return len(good) == len(judged) and not overtaken


def _judged(session: Session, kind: RowKind, rows: _Rows) -> list[Judged]:
    read: Any = rows
    if isinstance(kind, PeopleRows) and isinstance(rows[0], ReadRow):
        return kind.compare(session, read, may_repeat=False)
    return kind.judge(session, read)


def _check_anew(run: JobRun, file: OpenFile) -> None:
    """Nothing was made: the batch is as after a check, with what is wrong now."""
    summary = judge_with_progress(run, file)
    going_back = mistakes_of(run, file, summary, even_if_cancelled=True)
    with run.step(even_if_cancelled=True) as session:
        give_room_back(session)
        keep_findings(session, batch_of(session, run), summary, going_back)


def _finish_commit(session: Session, batch: ImportBatch, acting: Acting) -> None:
    batch.state = BatchState.COMMITTED
    batch.committed_at = acting.at
    give_room_back(session)
    forget_drafts(session, batch)
    if batch.created + batch.skipped >= batch.rows:
        forget_values(session, batch)  # nothing is left to mend
    record_batch(session, batch, "import.committed", acting)


def _stop_committing(run: JobRun) -> None:
    """Stopped half-way: all-or-none takes back what was made, the other keeps it and can be undone or gone on with."""
    with run.reading() as session:
        batch = batch_of(session, run)
        has_made, mode = bool(created_rows(session, batch, 1)), batch.mode
    if mode is CommitMode.ALL and has_made:
        take_back_all(run)
        has_made = False
    with run.step(even_if_cancelled=True) as session:
        batch = batch_of(session, run)
        if has_made:
            _finish_commit(session, batch, acting_of(run, batch))
        else:
            give_room_back(session)
            batch.state = BatchState.CHECKED
