"""The matrix of permissions, whole: every route × kind of actor × kind of object of tests/web/authz/matrix.txt.

    python scripts/check_authz.py [--database sqlite|postgresql]
    python scripts/check_authz.py --mutants [--only REGEX] [--results FILE] [--processes 2]

With --mutants each permission check and scope filter is taken away or loosened, one at a time, in a copy of the process;
the cells that reach it are asked again until one is answered otherwise than the file says. Those that no cell reaches are
printed apart and count as not caught.
"""

import argparse
import functools
import json
import os
import random
import re
import shutil
import sqlite3
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Sequence
from contextlib import closing
from pathlib import Path
from types import FrameType
from typing import Any

import structlog

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from registry.app.factory import create_app
from registry.db import Database, open_database
from registry.db.keys import Keyring
from tests.conftest import FIELD_KEY, settings_in
from tests.factories.authz.asking import Asker, Cell, Findings, all_cells, asking, judge, unlisted
from tests.factories.authz.expected import Matrix, read_matrix
from tests.factories.authz.mutants import Mutant, find_mutants, kept_by_functions, live_function
from tests.factories.authz.world import World, build_world
from tests.factories.databases import postgres_database, sqlite_database
from tests.postgres import PostgresServer

FLOOR_CELLS, FLOOR_CAUGHT = 3_000, 95.0
# Who has a role and nothing else, for trying what the role must not do.
_ALONE = {
    "candidate": "new",
    "officer": "offA",
    "campaign_admin": "cadN",
    "system_admin": "sysN",
    "auditor": "audN",
}
# Those for whom a filter makes a difference.
_SCOPED = frozenset({"self", "cand", "offA", "offB", "offU", "offO", "cadA", "mixd", "sysA", "audN"})
_MOST_CELLS = 600


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
    return _Mutants(app, database, matrix, world, arguments).run()


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
    control = _is_seen(asker, matrix)
    rules = {(rule, method) for rule, method in findings.covered if rule}
    print(*missing, *findings.unexpected, sep="\n")
    print(f"database={asker.connection.dialect.name}")
    print(f"cells={findings.asked}")
    print(f"routes_covered={len(rules)} of {len(rules) + len(missing)}")
    for verdict, count in sorted(findings.by_verdict.items()):
        print(f"verdict_{verdict}={count}")
    print(f"unexpected={len(findings.unexpected)} of {findings.asked} cells")
    print(f"seconds={time.monotonic() - started:.0f}")
    print("skipped=0")
    print(f"control={'fired' if control else 'MISSED'}")
    is_good = not findings.unexpected and not missing and findings.asked >= FLOOR_CELLS and control
    print("PASS" if is_good else "FAIL")
    return 0 if is_good else 1


def _is_seen(asker: Asker, matrix: Matrix) -> bool:
    """Whether a wrong expectation, a record that is shown, and a route without a line would be reported."""
    ask = next(one for one in matrix.asks if one.path == "/ung-vien/<ma>" and one.method == "GET")
    wrong, shown = Findings(), Findings()
    judge(matrix, Cell(ask, "own", "offB", "S"), asker.ask(Cell(ask, "own", "offB", "S")), wrong)
    judge(matrix, Cell(ask, "own", "offB", "S"), asker.ask(Cell(ask, "own", "offA", "S")), shown)
    return bool(wrong.unexpected) and bool(shown.unexpected) and bool(unlisted(asker.app, set()))


class _Mutants:
    """Tries mutants in copies of this process, several at a time."""

    def __init__(
        self, app: Any, database: Database, matrix: Matrix, world: World, arguments: argparse.Namespace
    ) -> None:
        self.app, self.database, self.matrix, self.world = app, database, matrix, world
        self.arguments = arguments
        self.model = Path(str(database.write_engine.url.database)).with_name("model.sqlite3")
        path = str(database.write_engine.url.database)
        with closing(sqlite3.connect(path)) as read, closing(sqlite3.connect(self.model)) as written:
            read.backup(written)  # what lies in the log of the file included
        self.found: dict[str, str] = {}
        if arguments.results and arguments.results.exists():
            self.found = json.loads(arguments.results.read_text("utf-8"))

    def run(self) -> int:
        every = [one for one in find_mutants(self.app) if re.search(self.arguments.only, one.name)]
        waiting = [one for one in every if one.name not in self.found]
        reached = self._trace(waiting)
        print(f"mutants={len(every)}, to try {len(waiting)}", flush=True)
        self._control()
        running: dict[int, tuple[Mutant, int]] = {}
        for one in waiting:
            while len(running) >= self.arguments.processes:
                self._collect(running)
            running |= self._begin(one, reached)
        while running:
            self._collect(running)
        return self._tell(every)

    def _control(self) -> None:
        """A change that changes nothing must not count as caught: the same cells, asked in a copy."""
        nothing = Mutant("không đổi gì", "", "", "", lambda _app: None)
        some = random.Random(7).sample(list(all_cells(self.matrix)), 150)  # noqa: S311
        self._collect(self._begin(nothing, {nothing.name: some}))
        said = self.found.pop(nothing.name)
        self.control = said == ""
        if said:
            print(f"a copy without a change answers otherwise: {said}", flush=True)

    def _trace(self, mutants: Sequence[Mutant]) -> dict[str, list[Cell]]:
        """{name: the cells that reach it}: functions are noted while all cells are asked once."""
        reached: dict[str, list[Cell]] = {one.name: [] for one in mutants}
        cells = list(all_cells(self.matrix))
        by_code: dict[Any, list[Mutant]] = {}
        for one in mutants:
            if "@" in one.name or not one.module:
                reached[one.name] = [cell for cell in cells if self._is_about(one, cell)]
            else:
                by_code.setdefault(live_function(one.module, one.function).__code__, []).append(one)
        if by_code:
            let_in = {(cell.ask.line, cell.actor) for cell in cells if cell.expected not in "FLEP"}
            told = [cell for cell in cells if (cell.ask.line, cell.actor) in let_in]
            self._note_who_reaches(by_code, told, reached)
        return reached

    def _note_who_reaches(
        self, by_code: dict[Any, list[Mutant]], cells: Sequence[Cell], reached: dict[str, list[Cell]]
    ) -> None:
        cached = [one for one in kept_by_functions() if getattr(one.__wrapped__, "__code__", None) in by_code]
        with asking(self.app, self.database, self.world) as asker:
            for cell in cells:
                if cell.actor not in _SCOPED:
                    continue
                for kept in cached:
                    kept.cache_clear()
                seen: set[Any] = set()
                _noting(seen, by_code, functools.partial(asker.ask, cell))
                for one in (one for code in seen for one in by_code[code]):
                    reached[one.name].append(cell)

    def _is_about(self, mutant: Mutant, cell: Cell) -> bool:
        if not mutant.module:
            role = mutant.name.split()[0]
            return cell.actor == _ALONE[role] and cell.expected == "F"
        path = cell.ask.path.partition("?")[0]
        return mutant.endpoint in self._endpoints().get((path, cell.ask.method), ())

    def _endpoints(self) -> dict[tuple[str, str], set[str]]:
        if not hasattr(self, "_by_path"):
            self._by_path: dict[tuple[str, str], set[str]] = {}
            rules = list(self.app.url_map.iter_rules())
            for ask in self.matrix.asks:
                path = ask.path.partition("?")[0]
                for rule in rules:
                    if ask.method in rule.methods and _fits(rule.rule, path):
                        self._by_path.setdefault((path, ask.method), set()).add(rule.endpoint)
        return self._by_path

    def _begin(self, mutant: Mutant, reached: dict[str, list[Cell]]) -> dict[int, tuple[Mutant, int]]:
        reading, writing = os.pipe()
        child = os.fork()
        if child:
            os.close(writing)
            return {child: (mutant, reading)}
        os.close(reading)
        said = ""
        try:
            said = self._try(mutant, reached[mutant.name])
        except BaseException as error:
            said = f"{type(error).__name__}: {error}"
        os.write(
            writing,
            (said or ("" if reached[mutant.name] else "-"))[:3_000].encode("utf-8", "replace")[:3_900],
        )
        os._exit(0)

    def _try(self, mutant: Mutant, cells: list[Cell]) -> str:
        """The first cell that is answered otherwise; «» when none is."""
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / "registry.sqlite3"
            shutil.copy(self.model, path)
            own = open_database(f"sqlite:///{path}", self.database.keyring)
            mutant.apply(self.app)
            order = random.Random(3).sample(cells, min(len(cells), _MOST_CELLS))  # noqa: S311
            # First those who are turned away: whoever is let in now is what most mutants are about.
            order.sort(key=lambda cell: cell.expected not in "FNL")
            findings = Findings()
            with asking(self.app, own, self.world) as asker:
                for cell in order:
                    judge(self.matrix, cell, asker.ask(cell), findings)
                    if findings.unexpected:
                        return findings.unexpected[0]
        return ""

    def _collect(self, running: dict[int, tuple[Mutant, int]]) -> None:
        child, _status = os.wait()
        mutant, reading = running.pop(child)
        with os.fdopen(reading, "rb") as pipe:
            self.found[mutant.name] = pipe.read().decode("utf-8", "replace")
        if self.arguments.results:
            self.arguments.results.write_text(json.dumps(self.found, ensure_ascii=False, indent=0), "utf-8")

    def _tell(self, every: Sequence[Mutant]) -> int:
        unreached = [one.name for one in every if self.found[one.name] == "-"]
        survived = [one.name for one in every if self.found[one.name] == ""]
        caught = len(every) - len(unreached) - len(survived)
        share = 100 * caught / max(1, len(every))
        print(*(f"survived: {name}" for name in survived), sep="\n")
        print(*(f"not reached: {name}" for name in unreached), sep="\n")
        kinds = Counter("guard" if "@" in one.name else "filter" if one.module else "role" for one in every)
        print(
            f"mutants={len(every)} ({', '.join(f'{kind} {count}' for kind, count in sorted(kinds.items()))})"
        )
        print(f"killed={caught} of {len(every)} ({share:.1f} %)")
        print(f"survived={len(survived)} not_reached={len(unreached)} skipped=0")
        print(f"control={'fired' if self.control else 'MISSED'}")
        is_good = share >= FLOOR_CAUGHT and self.control
        print("PASS" if is_good else "FAIL")
        return 0 if is_good else 1


def _noting(seen: set[Any], wanted: dict[Any, Any], run: Any) -> None:
    """Run something and note which of the wanted functions it comes by."""

    def note(frame: FrameType, happened: str, _argument: Any) -> None:
        if happened == "call" and frame.f_code in wanted:
            seen.add(frame.f_code)

    sys.setprofile(note)
    try:
        run()
    finally:
        sys.setprofile(None)


def _fits(rule: str, path: str) -> bool:
    """Whether an address of the file is one of a rule."""
    pattern = re.sub(r"<any\(([^)]*)\):(\w+)>", _choices, rule)
    return re.fullmatch(re.sub(r"<(?:path:)?(\w+)>", r"(?:<\1>|[^/]+)", pattern), path) is not None


def _choices(found: re.Match[str]) -> str:
    choices = "|".join(one.strip(" '") for one in found[1].split(","))
    return f"(?:<{found[2]}\\>|{choices})"


if __name__ == "__main__":
    sys.exit(main())
