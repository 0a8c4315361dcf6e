"""Tries mutants in copies of this process: the cells that come by the changed place are asked again until one is
answered otherwise than the file says.
"""

import gc
import os
import random
import re
import signal
import sqlite3
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing
from pathlib import Path
from typing import Any

import typst
from flask import Flask
from sqlalchemy import event
from sqlalchemy.util import LRUCache

from registry.db import Database
from tests.factories.authz.asking import Asker, Cell, Findings, all_cells, asking, judge
from tests.factories.authz.expected import Matrix
from tests.factories.authz.mutating import Mutant, Place, forget, keeping_functions, noting
from tests.factories.authz.world import World

# Who has a role and nothing else, for trying what the role must not do.
_ALONE = {
    "candidate": "new",
    "officer": "offA",
    "campaign_admin": "cadN",
    "system_admin": "sysN",
    "auditor": "audN",
}
# Those for whom a filter makes a difference.
_SCOPED = frozenset(
    {"self", "cand", "offA", "offB", "offU", "offO", "cadA", "mixd", "sysA", "sysN", "audN", "duo"}
)
# Keys open addresses for programs alone; elsewhere they are nobody.
_KEYS = frozenset({"keyR", "keyW", "keyB", "keyE", "keyM", "keyP"})
_MOST_CELLS, _MOST_ALIKE = 500, 12
_TURNED_AWAY = "FNLU"
_LONGEST = 150
_MOST_STATEMENTS = 5_000
NOT_REACHED, BROKEN = "-", "hỏng: "
"""What is found of a mutant that nothing came by; «» is one that nothing noticed."""


def typeset_nothing(*_arguments: object, **_named: object) -> bytes:
    """Instead of a sheet: the threads that typeset would not be there in a copy of the process."""
    return b"%PDF-1.7\n%%EOF\n"


class Copies:
    """Runs work in copies of this process, some at a time, each with a copy of the database of its own."""

    def __init__(self, database: Database, processes: int) -> None:
        self.engine = database.write_engine
        # Statements are read once, here; the copies find them read.
        self.engine._compiled_cache = LRUCache(_MOST_STATEMENTS)  # pyright: ignore[reportPrivateUsage,reportAttributeAccessIssue]
        self.source = Path(str(self.engine.url.database))
        self.free = [self._copied(number) for number in range(processes)]
        self.running: dict[int, tuple[str, int, Path]] = {}
        self.found: dict[str, str] = {}

    def _copied(self, number: int) -> Path:
        path = self.source.with_name(f"copy-{number}.sqlite3")
        with closing(sqlite3.connect(self.source)) as read, closing(sqlite3.connect(path)) as written:
            read.backup(written)  # what lies in the log of the file included
        return path

    def run(self, works: Iterator[tuple[str, Callable[[], str]]], after: Callable[[], None]) -> None:
        """Do all work; what each says is put into `found` by its name, then `after` is called."""
        gc.collect()
        gc.freeze()
        for name, work in works:
            if not self.free:
                self._collect(after)
            self._begin(name, work)
        while self.running:
            self._collect(after)

    def _begin(self, name: str, work: Callable[[], str]) -> None:
        reading, writing = os.pipe()
        path = self.free.pop()
        child = os.fork()
        if child:
            os.close(writing)
            self.running[child] = (name, reading, path)
            return
        said = ""
        signal.alarm(
            _LONGEST
        )  # whoever waits for a thread that is not in this copy is ended: that tells nothing
        try:
            self._move(path)
            said = work()
        except BaseException as error:
            said = f"{BROKEN}{type(error).__name__}: {error}"
        os.write(writing, said[:900].encode("utf-8", "replace"))
        os._exit(0)

    def _move(self, path: Path) -> None:
        """From here on this process has its own file."""

        def there(_dialect: Any, _record: Any, where: list[Any], _how: Any) -> None:
            where[0] = str(path)

        event.listen(self.engine, "do_connect", there)
        self.engine.dispose(close=False)

    def _collect(self, after: Callable[[], None]) -> None:
        child, status = os.wait()
        name, reading, path = self.running.pop(child)
        with os.fdopen(reading, "rb") as pipe:
            said = pipe.read().decode("utf-8", "replace")
        self.found[name] = said if os.WIFEXITED(status) else f"{BROKEN}quá {_LONGEST} giây"
        self.free.append(path)
        after()


class ByCells:
    """Mutants tried by the cells of the matrix."""

    def __init__(self, app: Flask, database: Database, matrix: Matrix, world: World) -> None:
        self.app, self.database, self.matrix, self.world = app, database, matrix, world
        self.cells = list(all_cells(matrix))
        self.keeping = keeping_functions()
        typst.compile = typeset_nothing

    def works(self, mutants: Sequence[Mutant]) -> Iterator[tuple[str, Callable[[], str]]]:
        """{name: what tries it in a copy}, once it is known which cells reach which."""
        reached = self._reached(mutants)
        for one in mutants:
            yield one.name, lambda one=one: self._tried(one, reached[one.name])

    def tried_without_a_change(self) -> str:
        """A change that changes nothing must not count as caught: the same cells, asked in a copy."""
        some = random.Random(7).sample(self.cells, 150)
        return self._tried(Mutant("không đổi gì", "", lambda _app: None), some)

    def _tried(self, mutant: Mutant, cells: list[Cell]) -> str:
        """The first cell that is answered otherwise; «» when none is."""
        if not cells:
            return NOT_REACHED
        mutant.apply(self.app)
        forget(self.keeping)
        findings = Findings()
        with asking(self.app, self.database, self.world) as asker:
            for cell in _likeliest_first(cells):
                judge(self.matrix, cell, asker.ask(cell), findings)
                if findings.unexpected:
                    return findings.unexpected[0]
        return ""

    def _reached(self, mutants: Sequence[Mutant]) -> dict[str, list[Cell]]:
        """{name: the cells that reach it}."""
        reached: dict[str, list[Cell]] = {one.name: [] for one in mutants}
        placed = [(one.name, one.place) for one in mutants if one.place is not None]
        if placed:
            self._note(placed, reached)
        for one in mutants:
            if one.place is None:
                reached[one.name] = [cell for cell in self.cells if self._is_about(one, cell)]
        return reached

    def _note(self, placed: Sequence[tuple[str, Place]], reached: dict[str, list[Cell]]) -> None:
        """Ask every cell of those whose scope counts once, and note which places each comes by."""
        let_in = {(cell.ask.line, cell.actor) for cell in self.cells if cell.expected not in "FLEP"}
        with (
            asking(self.app, self.database, self.world) as asker,
            noting([place for _name, place in placed]) as seen,
        ):
            for cell in self.cells:
                if _counts(cell) and (cell.ask.line, cell.actor) in let_in:
                    self._note_one(asker, cell, seen)
                    for number in seen:
                        reached[placed[number][0]].append(cell)

    def _note_one(self, asker: Asker, cell: Cell, seen: set[int]) -> None:
        seen.clear()
        forget(self.keeping)
        asker.ask(cell)

    def _is_about(self, mutant: Mutant, cell: Cell) -> bool:
        if not mutant.endpoint:
            role = mutant.name.split()[0]
            return cell.actor == _ALONE[role] and (cell.expected == "F" or cell.ask.path == "/")
        path = cell.ask.path.partition("?")[0]
        return mutant.endpoint in self._endpoints().get((path, cell.ask.method), ())

    def _endpoints(self) -> dict[tuple[str, str], set[str]]:
        if not hasattr(self, "_by_path"):
            self._by_path: dict[tuple[str, str], set[str]] = {}
            rules = list(self.app.url_map.iter_rules())
            for ask in self.matrix.asks:
                path = ask.path.partition("?")[0]
                for rule in rules:
                    if ask.method in (rule.methods or ()) and _fits(rule.rule, path):
                        self._by_path.setdefault((path, ask.method), set()).add(rule.endpoint)
        return self._by_path


def _counts(cell: Cell) -> bool:
    """Whether a filter may make a difference for who asks."""
    return cell.actor in (_KEYS if cell.ask.path.startswith("/api/") else _SCOPED)


def _likeliest_first(cells: list[Cell]) -> list[Cell]:
    """Every line and verdict once, then again with other actors and objects; first those who are turned away, since
    whoever is let in now is what most mutants are about.
    """
    mixed = random.Random(3).sample(cells, len(cells))
    alike: Counter[tuple[int, str]] = Counter()
    ranked: list[tuple[int, bool, Cell]] = []
    for cell in mixed:
        # Nobody of those without a key takes the place of a key that is turned away.
        key = (cell.ask.line, "U" if cell.expected == "U" else str(cell.expected in _TURNED_AWAY))
        alike[key] += 1
        ranked.append((alike[key], cell.expected not in _TURNED_AWAY, cell))
    ranked.sort(key=lambda one: one[:2])
    return [cell for rank, _is_let_in, cell in ranked if rank <= _MOST_ALIKE][:_MOST_CELLS]


def _fits(rule: str, path: str) -> bool:
    """Whether an address of the file is one of a rule."""
    pattern = re.sub(r"<any\(([^)]*)\):(\w+)>", _choices, rule)
    return re.fullmatch(re.sub(r"<(?:\w+:)?(\w+)>", r"(?:<\1>|[^/]+)", pattern), path) is not None


def _choices(found: re.Match[str]) -> str:
    choices = "|".join(one.strip(" '") for one in found[1].split(","))
    return f"(?:<{found[2]}\\>|{choices})"
