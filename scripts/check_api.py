"""The JSON API against its OpenAPI document: every answer must be one the document names, in the shape it says.

    python scripts/check_api.py [--database both|sqlite|postgresql] [--examples 60] [--seed 1]

Each database is asked twice: with ids that are there, so that what is read and written is held against the document, and
with whatever ids come, so that refusals are. Fails for an answer of 5xx, an undocumented answer, fewer requests than the
floor, or when a planted undocumented answer is not found.
"""

import argparse
import os
import sys
import tempfile
import time
import warnings
from contextlib import closing
from pathlib import Path

import structlog

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from registry.app.factory import create_app
from registry.db import Database
from registry.db.keys import Keyring
from tests.conftest import FIELD_KEY, settings_in
from tests.factories.api_fuzzing import Fuzzed, fuzz, make_known, plant_undocumented
from tests.factories.databases import postgres_database, sqlite_database
from tests.postgres import PostgresServer

FLOOR_REQUESTS = 3_000
"""Of both databases together; the edges of the schemas alone are half of it."""


def main() -> int:
    """0 when every answer was documented and the control fired."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--database", choices=("both", "sqlite", "postgresql"), default="both")
    parser.add_argument("--examples", type=int, default=60, help="random requests an address and pass")
    parser.add_argument("--seed", type=int, default=1)
    arguments = parser.parse_args()
    structlog.configure(logger_factory=structlog.WriteLoggerFactory(Path(os.devnull).open("w")))  # noqa: SIM115
    warnings.simplefilter("ignore")
    kinds = ("sqlite", "postgresql") if arguments.database == "both" else (arguments.database,)
    with tempfile.TemporaryDirectory() as named:
        good = [_check(kind, Path(named) / kind, arguments) for kind in kinds]
    print("PASS" if all(good) else "FAIL")
    return 0 if all(good) else 1


def _check(kind: str, folder: Path, arguments: argparse.Namespace) -> bool:
    folder.mkdir()
    if kind == "sqlite":
        (folder / "own").mkdir()
        return _ask(kind, sqlite_database(folder, folder / "own", Keyring([FIELD_KEY])), folder, arguments)
    server = PostgresServer()
    try:
        return _ask(kind, postgres_database(folder, server.url, Keyring([FIELD_KEY])), folder, arguments)
    finally:
        server.stop()


def _ask(kind: str, database: Database, folder: Path, arguments: argparse.Namespace) -> bool:
    """Both passes and the control; then the database is let go."""
    app, started = create_app(settings_in(folder), database), time.monotonic()
    with closing(database.write_session()) as session:
        session.info["keyring"] = database.keyring
        known = make_known(session)
    passes = [
        fuzz(app, known, seed=arguments.seed + number, examples=arguments.examples, finds=finds)
        for number, finds in enumerate((True, False))
    ]
    plant_undocumented(app)
    control = fuzz(app, known, seed=arguments.seed, examples=1, with_edges=False).faults
    fired = {one.split(":")[1].strip() for one in control}
    database.dispose()
    total = _tell(kind, passes)
    has_fired = {"response_schema_conformance", "status_code_conformance"} <= fired
    print(f"{kind}: control={'fired' if has_fired else 'MISSED'} seconds={time.monotonic() - started:.0f}")
    faults = sum(len(one.faults) + one.server_errors for one in passes)
    return not faults and has_fired and total >= FLOOR_REQUESTS // 2


def _tell(kind: str, passes: list[Fuzzed]) -> int:
    """What was asked and found; how many requests there were."""
    for one in passes:
        for said, how in one.faults.items():
            print(f"{kind}: {said}\n    {how}")
    total = sum(one.total for one in passes)
    statuses = sum((one.statuses for one in passes), passes[0].statuses.__class__())
    print(f"{kind}: requests={total} operations={len(passes[0].asked)}")
    print(f"{kind}: " + " ".join(f"status_{code}={count}" for code, count in sorted(statuses.items())))
    print(f"{kind}: server_errors={sum(one.server_errors for one in passes)}")
    print(f"{kind}: undocumented={sum(len(one.faults) for one in passes)}")
    return total


if __name__ == "__main__":
    sys.exit(main())
