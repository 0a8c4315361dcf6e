"""The counts beside the options of a search page: SQL GROUP BY, the rolls, and one bare pass over them.

The same people in all of them. Counts are compared before anything is timed.
"""

import sys
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from sqlalchemy import text
from sqlalchemy.orm import Session

from registry.db import Database
from registry.matching.engine.search import masks
from registry.matching.engine.search.counting import Counting
from registry.matching.engine.search.roll import Roll
from registry.matching.queries.search import Search, facet_counts, made_ready
from registry.matching.queries.search.asked import Sought
from registry.matching.queries.search.facets import counts_by_query
from registry.matching.queries.search.on_roll import on_rolls
from registry.skills.queries import active_skills
from scripts.bench_build import rebuilt
from scripts.bench_needs import EVERYBODY
from scripts.bench_population import Ground, draw
from scripts.bench_registry import enter_people, ground_of, own_registry
from scripts.bench_timing import Spread, in_turn


@dataclass(frozen=True)
class FacetsCompared:
    """One search: seconds of PostgreSQL, of ours and of one pass that counts everybody's skills; the roll's megabytes."""

    search: str
    postgresql: Spread
    rolls: Spread
    bare: Spread
    megabytes: float


def measure(people: int, repeats: int) -> list[FacetsCompared] | None:
    """None when a count differs."""
    with own_registry("postgresql") as (database, _url):
        session = database.read_session()
        ground = ground_of(session)
        session.close()
        enter_people(database, draw(people, ground, seed=1))
        rebuilt(database, ground)
        found = [_compared(database, ground, name, one, repeats) for name, one in _searches(database)]
        rows = [one for one in found if one is not None]
        return rows if len(rows) == len(found) else None


def _searches(database: Database) -> list[tuple[str, Search]]:
    session = database.read_session()
    try:
        codes = [one.code for one in active_skills(session)][:2]
    finally:
        session.close()
    return [
        ("everybody", Search()),
        ("one skill", Search(skills=(codes[0],))),
        ("two skills, a level and years", Search(skills=tuple(codes), skill_rank=2, years=(3, None))),
    ]


def _compared(
    database: Database, ground: Ground, name: str, search: Search, repeats: int
) -> FacetsCompared | None:
    def asking(count: Callable[[Session, Sought], object]) -> Callable[[], object]:
        def run() -> object:
            session = database.read_session()
            # A page would be told that it took too long; here it is to be known how long.
            session.execute(text("SET statement_timeout = 0"))
            try:
                return count(session, made_ready(session, search, EVERYBODY, on=ground.as_of))
            finally:
                session.close()

        return run

    by_sql = asking(lambda session, sought: counts_by_query(session, sought, []))
    by_rolls = asking(lambda session, sought: facet_counts(session, sought, []))
    if by_sql() != by_rolls():
        print(f"{name}: the counts differ", file=sys.stderr)
        return None
    roll = _roll(database, ground)
    # Counts of everybody are kept; a half has to be counted.
    half = masks.of_flags(np.arange(len(roll)) % 2 == 0)
    spreads = in_turn([by_sql, by_rolls, lambda: Counting(roll, half).skills(None)], repeats)
    return FacetsCompared(name, *spreads, megabytes=roll.arrays.size / 1e6)


def _roll(database: Database, ground: Ground) -> Roll:
    session = database.read_session()
    try:
        return on_rolls(session, made_ready(session, Search(), EVERYBODY, on=ground.as_of))[0].roll
    finally:
        session.close()
