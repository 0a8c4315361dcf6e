"""One match over generated people: the index with either kernel, the function the page calls, and PostgreSQL with SQL.

The same people in all of them, 1,000 of whom changed after the snapshot was made. Before anything is timed every
answer is compared: rows, points, everyone counted, excluded, relaxed. A difference ends the run.
"""

import sys
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date

import numpy as np

from registry.db import Database
from registry.matching.engine.index.answer import Answer, Placed
from registry.matching.engine.index.building import build
from registry.matching.engine.index.columns import Columns, Int64
from registry.matching.engine.index.snapshot import Snapshot
from registry.matching.operations import record_snapshot
from registry.matching.queries import Ranked, Window, ranked
from registry.matching.queries.files import building, index_folder, use_snapshot, write_snapshot
from registry.matching.queries.rankings import HEAD_ROWS
from registry.matching.queries.snapshots import Opened
from registry.needs.models import Need
from registry.people.queries import change_number
from registry.web.clock import now
from scripts.bench_needs import EVERYBODY, Ready, enter_needs, kernel, opened_by_hand, ready, with_changed
from scripts.bench_population import changed, draw
from scripts.bench_registry import change_people, enter_people, ground_of, own_registry
from scripts.bench_sql import Sql
from scripts.bench_timing import Spread, in_turn

CHANGED = 1_000
_PAGE_ROWS = 10


@dataclass(frozen=True)
class Compared:
    """One need: times of PostgreSQL and of ours, and how many people the need ranks and excludes.

    `numba` and `numpy` count with 1,000 changed people whose facts are at hand, `alone_…` with none, `page_…` is the
    function the page calls, which reads from the database what it needs.
    """

    need: str
    ranked: int
    excluded: int
    postgresql: Spread
    numba: Spread
    numpy: Spread
    alone_numba: Spread
    alone_numpy: Spread
    page_numba: Spread
    page_numpy: Spread


@dataclass(frozen=True)
class _Bench:
    """Everything one run measures with."""

    database: Database
    sql: Sql
    current: Snapshot
    opened: Opened
    as_of: date


def measure(people: int, needs: int, repeats: int) -> list[Compared] | None:
    """None when an answer differs."""
    with own_registry("postgresql") as (database, url):
        with database.writing() as session:
            ground = ground_of(session)
            made = enter_needs(session, ground, needs)
            session.commit()
        columns = draw(people, ground, seed=1)
        enter_people(database, columns)
        someone = np.sort(np.random.default_rng(3).choice(columns.people.row_id, min(CHANGED, people), False))
        snapshot = _kept(database, columns, ground.as_of)
        with database.writing() as session:
            change_people(session, someone)
            session.commit()
        current = build(changed(columns, someone), ground.as_of, 0, "now")
        sql = Sql(url)
        sql.load(current)
        bench = _Bench(database, sql, current, opened_by_hand(snapshot, someone, ground.as_of), ground.as_of)
        try:
            asked = [_ready(bench, one.id, someone) for one in made]
            if not all(_agree(bench, one) for one in asked):
                return None
            return [_timed(bench, one, repeats) for one in asked]
        finally:
            sql.close()


def _kept(database: Database, columns: Columns, as_of: date) -> Snapshot:
    """The snapshot in use, as a job would have made it before the changes."""
    snapshot = build(columns, as_of, 0, "bench")
    with database.writing() as session:
        snapshot = replace(snapshot, change=change_number(session))
        record_snapshot(session, snapshot, at=now())
        session.commit()
    assert database.folder is not None  # noqa: S101 - it was opened with one
    folder = index_folder(database.folder)
    with building(folder):
        write_snapshot(folder, snapshot)
        use_snapshot(folder, snapshot.version)
    return snapshot


def _ready(bench: _Bench, need_id: int, someone: Int64) -> Ready:
    session = bench.database.read_session()
    try:
        need = session.get_one(Need, need_id)
        return with_changed(session, ready(session, need), someone, bench.as_of)
    finally:
        session.close()


def _page(bench: _Bench, asked: Ready) -> Ranked:
    """What the page asks for, in a transaction of its own like every request."""
    session = bench.database.read_session()
    try:
        need = session.get_one(Need, asked.need.id)
        return ranked(session, need, EVERYBODY, bench.as_of, window=Window(0, _PAGE_ROWS))
    finally:
        session.close()


def _by_sql(bench: _Bench, asked: Ready) -> Answer:
    return bench.sql.answer(asked.plan, asked.question(bench.current), bench.current, HEAD_ROWS)


def _agree(bench: _Bench, asked: Ready) -> bool:
    """Whether all of them say the same; what differs is printed."""
    truth = _by_sql(bench, asked)
    for name in ("numba", "numpy"):
        with kernel(name):
            answer, page = asked.answer(bench.opened, bench.as_of, HEAD_ROWS), _page(bench, asked)
        head = tuple(Placed.of(row) for row in page.head)
        if page.index is None or not answer == truth == replace(truth, tally=page.tally, first=head):
            print(f"{asked.need.code}: {name} differs\n{answer}\n{truth}\n{page.tally}", file=sys.stderr)
            return False
    return True


def _timed(bench: _Bench, asked: Ready, repeats: int) -> Compared:
    tally = asked.answer(bench.opened, bench.as_of, HEAD_ROWS).tally

    def with_kernel(name: str, work: Callable[[], object]) -> Callable[[], object]:
        def run() -> object:
            with kernel(name):
                return work()

        return run

    def by_index() -> Answer:
        return asked.answer(bench.opened, bench.as_of, HEAD_ROWS)

    unchanged = opened_by_hand(bench.current, np.empty(0, np.int64), bench.as_of)

    def alone() -> Answer:
        return replace(asked, rest=[]).answer(unchanged, bench.as_of, HEAD_ROWS)

    def page() -> Ranked:
        return _page(bench, asked)

    spreads = in_turn(
        [
            lambda: _by_sql(bench, asked),
            *(with_kernel(name, work) for work in (by_index, alone, page) for name in ("numba", "numpy")),
        ],
        repeats,
    )
    return Compared(asked.need.code, tally.ranked, tally.excluded_people, *spreads)
