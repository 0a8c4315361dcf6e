"""How long a snapshot takes from arrays and from the database, how large it is, and how one match grows with people."""

import sys
from collections.abc import Callable
from dataclasses import dataclass, fields
from statistics import median

import numpy as np

from registry.db import Database
from registry.matching.engine.index.building import build
from registry.matching.engine.index.snapshot import Arrays, Snapshot
from registry.matching.operations import rebuild, record_snapshot
from registry.matching.queries.rankings import HEAD_ROWS
from registry.web.clock import now
from scripts.bench_needs import Ready, enter_needs, kernel, opened_by_hand, ready
from scripts.bench_population import Ground, draw
from scripts.bench_registry import enter_people, ground_of, own_registry
from scripts.bench_timing import Spread, in_turn, seconds_of

GROWTH = 10


@dataclass(frozen=True)
class Built:
    """Seconds from arrays to a snapshot, and from the tables to answering from it; megabytes of all arrays, roll included."""

    database: str
    people: int
    arrays: Spread
    tables: Spread
    megabytes: float
    bytes_a_person: float


@dataclass(frozen=True)
class Grown:
    """One match over so many people, and over ten times as many; medians over all needs and repeats."""

    kernel: str
    people: int
    more_people: int
    seconds: Spread
    more_seconds: Spread

    @property
    def ratio(self) -> float:
        """How many times as long."""
        return self.more_seconds.median / self.seconds.median


def measure_build(kind: str, people: int, repeats: int) -> Built | None:
    """None when the snapshot read from the tables is not the one made from the columns that were written."""
    with own_registry(kind) as (database, _url):
        session = database.read_session()
        ground = ground_of(session)
        session.close()
        columns = draw(people, ground, seed=1)
        enter_people(database, columns)
        (arrays,) = in_turn([lambda: build(columns, ground.as_of, 0, "arrays")], repeats)
        snapshot = build(columns, ground.as_of, 0, "arrays")
        kept: list[Snapshot] = []
        taken = [seconds_of(lambda: kept.append(rebuilt(database, ground))) for _repeat in range(repeats)]
        if not _same(snapshot, kept[-1]):
            return None
        roll = kept[-1].roll
        size = snapshot.arrays.size + (0 if roll is None else roll.arrays.size)
        return Built(kind, people, arrays, Spread.of(taken), size / 1e6, size / people)


def rebuilt(database: Database, ground: Ground) -> Snapshot:
    """As the job does it: one read, arrays, files on the disk, known to the database, in use."""

    def keep(snapshot: Snapshot) -> None:
        with database.writing() as session:
            record_snapshot(session, snapshot, at=now())
            session.commit()

    return rebuild(database, ground.as_of, keep)


def _same(one: Snapshot, other: Snapshot) -> bool:
    differing = [
        field.name
        for field in fields(Arrays)
        if not np.array_equal(getattr(one.arrays, field.name), getattr(other.arrays, field.name))
    ]
    if differing or one.words != other.words or one.education_kinds != other.education_kinds:
        print(f"the snapshots differ: {', '.join(differing)}", file=sys.stderr)
        return False
    return True


def measure_growth(people: int, needs: int, repeats: int) -> list[Grown]:
    """The index alone, nobody changed."""
    with own_registry("sqlite") as (database, _url), database.writing() as session:
        ground = ground_of(session)
        asked = [ready(session, one) for one in enter_needs(session, ground, needs)]
    small = _times(build(draw(people, ground, seed=1), ground.as_of, 0, "small"), asked, ground, repeats)
    more = people * GROWTH
    large = _times(build(draw(more, ground, seed=1), ground.as_of, 0, "large"), asked, ground, repeats)
    return [Grown(name, people, more, small[name], large[name]) for name in small]


def _times(snapshot: Snapshot, asked: list[Ready], ground: Ground, repeats: int) -> dict[str, Spread]:
    opened = opened_by_hand(snapshot, np.empty(0, np.int64), ground.as_of)

    def ask_of(one: Ready) -> Callable[[], object]:
        return lambda: one.answer(opened, ground.as_of, HEAD_ROWS)

    found: dict[str, Spread] = {}
    for name in ("numba", "numpy"):
        with kernel(name):
            spreads = in_turn([ask_of(one) for one in asked], repeats)
        found[name] = Spread(
            median(one.median for one in spreads),
            min(one.low for one in spreads),
            max(one.high for one in spreads),
        )
    return found
