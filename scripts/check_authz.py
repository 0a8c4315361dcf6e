"""The matrix of permissions, whole: every route × kind of actor × kind of object of tests/web/authz/matrix.txt.

    python scripts/check_authz.py [--database sqlite|postgresql]
    python scripts/check_authz.py --mutants [--only REGEX] [--results FILE [--again]] [--notes FILE] [--no-tests]

With --mutants each permission check and scope filter is taken away or loosened, one at a time, in a copy of the process;
the cells that reach it are asked again until one is answered otherwise than the file says; those that no cell told are tried
by the tests of the rooms that reach them. Those that nothing reaches are printed apart and count as not caught.
"""

import argparse
import json
import os
import re
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Sequence
from contextlib import closing
from pathlib import Path

import structlog
from flask import Flask

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from registry.app.factory import create_app
from registry.db import Database
from registry.db.keys import Keyring
from tests.conftest import FIELD_KEY, settings_in
from tests.factories.authz.asking import REFUSING, Asker, Cell, Findings, all_cells, asking, judge, unlisted
from tests.factories.authz.by_tests import try_by_tests
from tests.factories.authz.expected import Matrix, read_matrix
from tests.factories.authz.fields import WHO, read_fields, unlisted_columns
from tests.factories.authz.methods import judge_head, judge_options, sees_hidden_write
from tests.factories.authz.mutants import equal_guards, find_mutants
from tests.factories.authz.mutating import Mutant
from tests.factories.authz.showing import VIEWERS, misshown
from tests.factories.authz.trying import BROKEN, NOT_REACHED, ByCells, Copies
from tests.factories.authz.world import World, build_world
from tests.factories.databases import postgres_database, sqlite_database
from tests.postgres import PostgresServer

FLOOR_CELLS, FLOOR_CAUGHT = 3_000, 95.0
_CONTROL = "không đổi gì"


def main() -> int:
    """Run what was asked for; 0 when every floor is reached."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--database", choices=("sqlite", "postgresql"), default="sqlite")
    parser.add_argument("--mutants", action="store_true")
    parser.add_argument("--only", default="", help="mutants whose name matches")
    parser.add_argument(
        "--results", type=Path, help="what was found so far; mutants in it are not tried again"
    )
    parser.add_argument(
        "--again", action="store_true", help="try again those of the file that were not caught"
    )
    parser.add_argument("--no-tests", dest="tests", action="store_false", help="only cells")
    parser.add_argument("--notes", type=Path, help="keeps which tests reach which mutant")
    parser.add_argument("--processes", type=int, default=2)
    arguments = parser.parse_args()
    structlog.configure(logger_factory=structlog.WriteLoggerFactory(Path(os.devnull).open("w")))  # noqa: SIM115
    with tempfile.TemporaryDirectory() as named:
        folder = Path(named)
        if arguments.database == "sqlite":
            database = sqlite_database(folder, _made(folder / "own"), Keyring([FIELD_KEY]))
            return _run(folder, database, arguments)
        server = PostgresServer()
        try:
            return _run(folder, postgres_database(folder, server.url, Keyring([FIELD_KEY])), arguments)
        finally:
            server.stop()


def _made(folder: Path) -> Path:
    folder.mkdir()
    return folder


def _run(folder: Path, database: Database, arguments: argparse.Namespace) -> int:
    matrix, app = read_matrix(), create_app(settings_in(folder), database)
    with closing(database.write_session()) as session:
        session.info["keyring"] = database.keyring
        world = build_world(app, session)
    if not arguments.mutants:
        with asking(app, database, world) as asker:
            return _whole(asker, matrix)
    return _mutants(app, database, matrix, world, arguments)


def _whole(asker: Asker, matrix: Matrix) -> int:
    """Every cell; then the positive controls."""
    started, findings = time.monotonic(), Findings()
    for cell in all_cells(matrix):
        judge(matrix, cell, asker.ask(cell), findings)
    for mark, by in matrix.sees.items():
        findings.unexpected += [
            f"{mark}: {actor} thấy nó ở đâu đó theo tệp, mà không trang nào cho thấy"
            for actor, may in by.items()
            if may == "y" and (mark, actor) not in findings.seen
        ]
    missing = unlisted(asker.app, findings.covered)
    others = (judge_head(asker, matrix, findings), judge_options(asker, matrix, findings))
    fields = read_fields()
    wrong = [*unlisted_columns(fields), *misshown(asker, fields)]
    control = _is_seen(asker, matrix) and sees_hidden_write(asker, matrix)
    print(*missing, *findings.unexpected, *wrong, sep="\n")
    print(f"database={asker.connection.dialect.name}")
    _say_counts(findings, len(missing), others)
    shown = len(fields.texts) * len(fields.asks) * len(WHO) * len(VIEWERS)
    print(
        f"field_cells={shown} (fields {len(fields.texts)}, forms {len(fields.asks)}), unexpected={len(wrong)}"
    )
    print(f"seconds={time.monotonic() - started:.0f}")
    print("skipped=0")
    print(f"control={'fired' if control else 'MISSED'}")
    is_good = not [*findings.unexpected, *missing, *wrong] and findings.asked >= FLOOR_CELLS and control
    print("PASS" if is_good else "FAIL")
    return 0 if is_good else 1


def _say_counts(findings: Findings, missing: int, others: tuple[int, int]) -> None:
    refused = sum(count for verdict, count in findings.by_verdict.items() if verdict in REFUSING)
    rules = {(rule, method) for rule, method in findings.covered if rule and method != "HEAD"}
    print(f"cells={findings.asked}, of them by HEAD {others[0]}; by OPTIONS besides {others[1]}")
    print(f"routes_covered={len(rules)} of {len(rules) + missing}")
    for verdict, count in sorted(findings.by_verdict.items()):
        print(f"verdict_{verdict}={count}")
    print(f"refusals whose changes the database counted: {refused}")
    print(f"unexpected={len(findings.unexpected)} of {findings.asked} cells")


def _is_seen(asker: Asker, matrix: Matrix) -> bool:
    """Whether a wrong expectation, a record that is shown, and a route without a line would be reported."""
    ask = next(one for one in matrix.asks if one.path == "/ung-vien/<ma>" and one.method == "GET")
    wrong, shown = Findings(), Findings()
    judge(matrix, Cell(ask, "own", "offB", "S"), asker.ask(Cell(ask, "own", "offB", "S")), wrong)
    judge(matrix, Cell(ask, "own", "offB", "S"), asker.ask(Cell(ask, "own", "offA", "S")), shown)
    return bool(wrong.unexpected) and bool(shown.unexpected) and bool(unlisted(asker.app, set()))


def _mutants(
    app: Flask, database: Database, matrix: Matrix, world: World, arguments: argparse.Namespace
) -> int:
    """Every change, tried by cells, then by tests."""
    started = time.monotonic()
    every = [one for one in find_mutants(app) if re.search(arguments.only, one.name)]
    copies, by_cells = Copies(database, arguments.processes), ByCells(app, database, matrix, world)

    def keep() -> None:
        if arguments.results:
            arguments.results.write_text(json.dumps(copies.found, ensure_ascii=False, indent=0), "utf-8")

    control = _control(copies, by_cells)
    copies.found = _found_before(arguments)
    waiting = [one for one in every if one.name not in copies.found]
    print(f"mutants={len(every)}, to try {len(waiting)}", flush=True)
    copies.run(by_cells.works(waiting), keep)
    alive = [one for one in every if copies.found[one.name] in {"", NOT_REACHED}]
    if arguments.tests and alive:
        print(f"not caught by cells: {len(alive)}; now by tests of the rooms", flush=True)

        def caught(name: str, said: str) -> None:
            if said not in {"", NOT_REACHED}:
                copies.found[name] = said
                keep()

        try_by_tests(app, alive, arguments.processes, caught, arguments.notes)
    equal = equal_guards(app)
    print(f"no mutants of {len(equal)} guards that the first line of the view asks again: {', '.join(equal)}")
    print(f"seconds={time.monotonic() - started:.0f}", flush=True)
    return _tell(every, copies.found, control)


def _control(copies: Copies, by_cells: ByCells) -> bool:
    """Whether a copy without a change answers as the file says."""
    copies.run(iter([(_CONTROL, by_cells.tried_without_a_change)]), lambda: None)
    said = copies.found.pop(_CONTROL)
    if said:
        print(f"a copy without a change answers otherwise: {said}", flush=True)
    return not said


def _found_before(arguments: argparse.Namespace) -> dict[str, str]:
    if not arguments.results or not arguments.results.exists():
        return {}
    found: dict[str, str] = json.loads(arguments.results.read_text("utf-8"))
    kept = (one for one in found.items() if not (arguments.again and one[1] in {"", NOT_REACHED}))
    return dict(kept)


def _tell(every: Sequence[Mutant], found: dict[str, str], control: bool) -> int:
    unreached = [one.name for one in every if found[one.name] == NOT_REACHED]
    survived = [one.name for one in every if found[one.name] == ""]
    broken = [one.name for one in every if found[one.name].startswith(BROKEN)]
    caught = len(every) - len(unreached) - len(survived) - len(broken)
    share = 100 * caught / max(1, len(every))
    print(*(f"survived: {name}" for name in survived), sep="\n")
    print(*(f"not reached: {name}" for name in unreached), sep="\n")
    sorts = Counter(one.sort for one in every)
    by_tests = sum(1 for one in every if found[one.name].startswith("tests/"))
    print(*(f"could not be made: {name}: {found[name]}" for name in broken), sep="\n")
    print(f"mutants={len(every)} ({', '.join(f'{sort} {count}' for sort, count in sorted(sorts.items()))})")
    print(
        f"killed={caught} of {len(every)} ({share:.1f} %): by cells {caught - by_tests}, by tests {by_tests}"
    )
    print(f"survived={len(survived)} not_reached={len(unreached)} broken={len(broken)} skipped=0")
    print(f"control={'fired' if control else 'MISSED'}")
    is_good = share >= FLOOR_CAUGHT and control
    print("PASS" if is_good else "FAIL")
    return 0 if is_good else 1


if __name__ == "__main__":
    sys.exit(main())
