"""Two ways to one answer compared over registries that change: what `check_index.py` and `check_search.py` share."""

import argparse
import random
import sys
import tempfile
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Generic, Protocol, TypeVar

sys.path.insert(0, str(Path(__file__).parent.parent))

from sqlalchemy.orm import Session

from registry.db import Database
from registry.matching.queries import snapshots
from scripts.bench_registry import own_registry
from tests.factories.machines import Acts, forgetful
from tests.factories.worlds import World


class Counted(Protocol):
    """How many cases were compared, and where they differ."""

    cases: int
    differences: list[str]


Told = TypeVar("Told", bound=Counted)


@dataclass(frozen=True)
class Check(Generic[Told]):
    """How a registry begins, what may happen to it, what is compared after every act, and the counts in words."""

    begin: Callable[[Session, Path, int], World]
    acts: Acts
    compare: Callable[[World, Told], None]
    counts: Callable[[], Told]
    words: Callable[[Told], str]
    steps_a_world: int


def run_check(description: str | None, check: Check[Any]) -> int:
    """Run until so many cases are compared; exit 1 on a difference."""
    parser = argparse.ArgumentParser(description=description)
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
        compared = _over(kind, arguments.cases // len(kinds), seed, check)
        print(f"{kind}: seed {seed}, {check.words(compared)}, {len(compared.differences)} differences")
        for one in compared.differences[:3]:
            print(one)
        worst = max(worst, len(compared.differences))
    return 1 if worst else 0


def _over(kind: str, cases: int, seed: int, check: Check[Told]) -> Told:
    compared, acts = check.counts(), Counter[str]()
    chance = random.Random(seed)  # noqa: S311 - cases come again by their seed
    with own_registry(kind) as (database, _url), tempfile.TemporaryDirectory() as folder:
        while compared.cases < cases and not compared.differences:
            place = Path(folder) / f"{compared.cases}"
            acts += _one_world(database, place, chance.randrange(2**32), compared, cases, check)
            print(f"{kind}: {check.words(compared)} so far", file=sys.stderr, flush=True)
    print(f"{kind}: " + ", ".join(f"{act} {count}" for act, count in acts.most_common()))
    return compared


def _one_world(
    database: Database, folder: Path, seed: int, compared: Told, cases: int, check: Check[Told]
) -> Counter[str]:
    """One registry from its beginning through many changes, all of it rolled back; the acts done."""
    done = Counter[str]()
    with database.write_engine.connect() as connection:
        outer = connection.begin()
        session = Session(connection, join_transaction_mode="create_savepoint", expire_on_commit=False)
        session.info["keyring"] = database.keyring
        world = check.begin(session, folder, seed)
        for _ in range(check.steps_a_world):
            check.compare(world, compared)
            if compared.differences or compared.cases >= cases:
                break
            name = world.chance.choices(list(check.acts), [often for _act, often in check.acts.values()])[0]
            done[name] += 1
            check.acts[name][0](world)
        session.close()
        outer.rollback()
    return done
