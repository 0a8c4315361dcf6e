"""Compares searches of the roll with those of the database alone: `scripts/check_search.py --cases 10000`.

Every case is one generated search of one viewer after one more change: total, all pages forwards and back, pages
from people anywhere, facets and removals. Prints cases, differences and the seed; exit 1 when an answer differs.
With `--control` changes are forgotten on purpose, which must be found.
"""

import argparse
import random
import sys
import tempfile
from collections import Counter
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).parent.parent))

from sqlalchemy.orm import Session

from registry.matching.queries import snapshots
from scripts.bench_registry import own_registry
from scripts.check_index import forgetful
from tests.factories.searching import SEARCH_ACTS, ComparedSearches, begin_search_world, compare_searches

STEPS_A_WORLD = 40


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
            f"{kind}: seed {seed}, {compared.cases} cases, {compared.by_roll} by the roll "
            f"({compared.with_changes} with changes, {compared.with_people} with people), {len(compared.differences)} differences"
        )
        for one in compared.differences[:3]:
            print(one)
        worst = max(worst, len(compared.differences))
    return 1 if worst else 0


def _run(kind: str, cases: int, seed: int) -> ComparedSearches:
    compared, acts = ComparedSearches(), Counter[str]()
    chance = random.Random(seed)  # noqa: S311 - cases come again by their seed
    with own_registry(kind) as (database, _url), tempfile.TemporaryDirectory() as folder:
        while compared.cases < cases and not compared.differences:
            place = Path(folder) / f"{compared.cases}"
            _one_world(database, place, chance.randrange(2**32), compared, acts, cases)
            print(
                f"{kind}: {compared.cases} cases, {compared.by_roll} by the roll ({compared.with_changes} with "
                f"changes, {compared.with_people} with people), {len(compared.differences)} differences",
                file=sys.stderr,
                flush=True,
            )
    print(f"{kind}: " + ", ".join(f"{act} {count}" for act, count in acts.most_common()))
    return compared


def _one_world(
    database: Any, folder: Path, seed: int, compared: ComparedSearches, acts: Counter[str], cases: int
) -> None:
    """One registry from its beginning through many changes; all of it is rolled back."""
    with database.write_engine.connect() as connection:
        outer = connection.begin()
        session = Session(connection, join_transaction_mode="create_savepoint", expire_on_commit=False)
        session.info["keyring"] = database.keyring
        world = begin_search_world(session, folder, seed)
        for _ in range(STEPS_A_WORLD):
            compare_searches(world, compared)
            if compared.differences or compared.cases >= cases:
                break
            name = world.chance.choices(list(SEARCH_ACTS), [often for _act, often in SEARCH_ACTS.values()])[0]
            acts[name] += 1
            SEARCH_ACTS[name][0](world)
        session.close()
        outer.rollback()


if __name__ == "__main__":
    raise SystemExit(main())
