"""All open needs against everyone together, and the same needs one by one in a loop, in turn over the same session.

Once with people read from the tables (reference) and once from the index. Before anything is timed every answer of
the batch is compared with the single one; a difference ends the run.
"""

import sys
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import median

from sqlalchemy import update
from sqlalchemy.orm import Session

from registry.accounts.operations.passwords import PasswordHashing
from registry.accounts.rules import Viewer
from registry.app.demonstration.fill import fill
from registry.app.reference import load_reference_data
from registry.app.schema import upgrade_schema
from registry.db import Database, open_database
from registry.db.keys import Keyring
from registry.matching.engine.index.snapshot import Snapshot
from registry.matching.operations import rebuild, record_snapshot
from registry.matching.queries import Ranked, Window, ranked
from registry.matching.queries.batch import ranked_each
from registry.matching.queries.needs import open_needs
from registry.needs.models import Need
from registry.needs.rules import NeedState
from registry.web.clock import now, today
from scripts.bench_timing import seconds_of

SEED = 20261125
KEPT = Window(count=100)
EVERYBODY = Viewer.installation()


@dataclass(frozen=True)
class Timed:
    """One way of reading people: medians of seconds for all needs, their spread, and how much faster the batch is."""

    path: str
    people: int
    needs: int
    repeats: int
    loop_seconds: float
    loop_spread: float
    batch_seconds: float
    batch_spread: float
    needs_a_second: float
    ratio: float


def measure(people: int, needs: int, repeats: int) -> list[Timed] | None:
    """Fill a database of its own with demonstration data, compare, time; None when an answer differs."""
    with tempfile.TemporaryDirectory() as folder:
        database = _filled(Path(folder), people, needs)
        try:
            found = [_timed(database, "reference", repeats)]
            rebuild(database, today(), lambda snapshot: _record(database, snapshot))
            found.append(_timed(database, "index", repeats))
        finally:
            database.dispose()
    rows = [one for one in found if one is not None]
    return rows if len(rows) == len(found) else None


def _filled(folder: Path, people: int, needs: int) -> Database:
    """A SQLite database with demonstration data, every need of it open."""
    database = open_database(f"sqlite:///{folder / 'bench.sqlite3'}", Keyring(["k" * 40]), folder)
    upgrade_schema(database)
    with database.writing() as session:
        load_reference_data(session)
        fill(
            session,
            PasswordHashing(8, 1, 1),
            people=people,
            needs=needs,
            seed=SEED,
            now=now(),
            today=today(),
        )
        session.execute(update(Need).values(state=NeedState.OPEN))
        session.commit()
    return database


def _record(database: Database, snapshot: Snapshot) -> None:
    with database.writing() as session:
        record_snapshot(session, snapshot, at=now())
        session.commit()


def _timed(database: Database, path: str, repeats: int) -> Timed | None:
    """None when an answer differs."""
    session = database.read_session()
    if path == "reference":
        session.info["folder"] = None
    try:
        needs = open_needs(session, EVERYBODY)
        together, single = _together(session, needs), _one_by_one(session, needs)
        pairs = list(zip(together, single, strict=True))
        for batch, alone in pairs:
            if not _equal(batch, alone) or (batch.index is None) != (path == "reference"):
                print(f"{path}: the answers for {alone.need.code} differ", file=sys.stderr)
                return None
        loops: list[float] = []
        batches: list[float] = []
        for _repeat in range(repeats):
            loops.append(seconds_of(lambda: _one_by_one(session, needs)))
            batches.append(seconds_of(lambda: _together(session, needs)))
        loop, batch_time = median(loops), median(batches)
        return Timed(
            path=path,
            people=max(one.tally.considered for one in single),
            needs=len(needs),
            repeats=repeats,
            loop_seconds=loop,
            loop_spread=max(loops) - min(loops),
            batch_seconds=batch_time,
            batch_spread=max(batches) - min(batches),
            needs_a_second=len(needs) / batch_time,
            ratio=loop / batch_time,
        )
    finally:
        session.close()


def _together(session: Session, needs: Sequence[Need]) -> list[Ranked]:
    return list(ranked_each(session, needs, EVERYBODY, today(), window=KEPT))


def _one_by_one(session: Session, needs: Sequence[Need]) -> list[Ranked]:
    return [ranked(session, need, EVERYBODY, today(), window=KEPT) for need in needs]


def _equal(one: Ranked, other: Ranked) -> bool:
    """Rows with every part of their explanation, counts, and the facts that are kept of the people shown."""
    same = (one.plan, one.tally, one.rows, one.head) == (other.plan, other.tally, other.rows, other.head)
    return same and all(one.facts[row.person] == other.facts[row.person] for row in one.rows)
