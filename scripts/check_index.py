"""Compares the index with the reference over a registry that changes: `scripts/check_index.py --cases 10000`.

Every case is one need asked by one viewer of one kernel after one more change. Prints cases, differences and the
seed; exit 1 when an answer differs. With `--control` changes are forgotten on purpose, which must be found.
"""

import argparse
import random
import sys
import tempfile
from collections import Counter
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).parent.parent))

import numpy as np
from sqlalchemy.orm import Session

from registry.app.reference import load_reference_data
from registry.app.schema import upgrade_schema
from registry.db import open_database
from registry.db.keys import Keyring
from registry.matching.queries import snapshots
from registry.people.queries import ChangesSince
from tests.factories.acts import ACTS, begin_world
from tests.factories.comparing import Compared, compare
from tests.postgres import PostgresServer

STEPS_A_WORLD = 60


def main() -> int:
    """Run until so many cases are compared; exit 1 on a difference."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--cases", type=int, default=10_000)
    parser.add_argument("--seed", type=int, default=None)
    parser.add_argument("--database", choices=["sqlite", "postgresql", "both"], default="both")
    parser.add_argument("--control", action="store_true", help="forget changes on purpose")
    arguments = parser.parse_args()
    seed = random.SystemRandom().randrange(2**32) if arguments.seed is None else arguments.seed
    kinds = ["sqlite", "postgresql"] if arguments.database == "both" else [arguments.database]
    if arguments.control:
        snapshots.changes_since = forgetful  # pyright: ignore[reportAttributeAccessIssue]
    worst = 0
    for kind in kinds:
        compared = _run(kind, arguments.cases // len(kinds), seed)
        print(
            f"{kind}: seed {seed}, {compared.cases} cases, {compared.by_index} by the index, "
            f"{len(compared.differences)} differences"
        )
        for one in compared.differences[:3]:
            print(one)
        worst = max(worst, len(compared.differences))
    return 1 if worst else 0


def forgetful(_session: Session, _number: int, _limit: int) -> ChangesSince:
    """Nobody has changed."""
    nobody = np.empty(0, np.int64)
    return ChangesSince(nobody, nobody)


def _run(kind: str, cases: int, seed: int) -> Compared:
    with tempfile.TemporaryDirectory() as folder:
        if kind == "sqlite":
            return _over(f"sqlite:///{folder}/registry.sqlite3", Path(folder), cases, seed)
        server = PostgresServer()
        try:
            return _over(server.url, Path(folder), cases, seed)
        finally:
            server.stop()


def _over(url: str, folder: Path, cases: int, seed: int) -> Compared:
    database = open_database(url, Keyring(["k" * 40]))
    upgrade_schema(database)
    with database.writing() as session:
        load_reference_data(session)
        session.commit()
    compared, acts = Compared(), Counter[str]()
    chance = random.Random(seed)  # noqa: S311 - cases come again by their seed
    while compared.cases < cases:
        _one_world(database, folder / f"{compared.cases}", chance.randrange(2**32), compared, acts, cases)
        if compared.differences:
            break
    database.dispose()
    print(f"{kind_of(url)}: " + ", ".join(f"{act} {count}" for act, count in acts.most_common()))
    return compared


def kind_of(url: str) -> str:
    """The database of an address."""
    return url.split(":", 1)[0].split("+", 1)[0]


def _one_world(
    database: Any, folder: Path, seed: int, compared: Compared, acts: Counter[str], cases: int
) -> None:
    """One registry from its beginning through many changes; all of it is rolled back."""
    with database.write_engine.connect() as connection:
        outer = connection.begin()
        session = Session(connection, join_transaction_mode="create_savepoint", expire_on_commit=False)
        session.info["keyring"] = database.keyring
        world = begin_world(session, folder, seed)
        for _ in range(STEPS_A_WORLD):
            name = world.chance.choices(list(ACTS), [often for _act, often in ACTS.values()])[0]
            acts[name] += 1
            ACTS[name][0](world)
            compare(world, compared)
            if compared.differences or compared.cases >= cases:
                break
        session.close()
        outer.rollback()


if __name__ == "__main__":
    raise SystemExit(main())
