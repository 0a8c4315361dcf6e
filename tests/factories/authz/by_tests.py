"""Tries the mutants that no cell told by the tests of the rooms: those that come by the changed place are run again, in
a copy of the process of pytest, until one fails.
"""

import json
import os
from collections.abc import Callable, Generator, Iterator, Sequence
from pathlib import Path
from typing import Any

import pytest
import typst
from _pytest.runner import runtestprotocol
from flask import Flask

from registry.db import Database
from tests.factories.authz.mutating import Mutant, forget, keeping_functions, noting
from tests.factories.authz.trying import NOT_REACHED, Copies, typeset_nothing

# The quick tests over SQLite of all rooms. Left out: the matrix itself, and what starts or ends processes.
_ROOMS = [
    "accounts",
    "api",
    "audit",
    "backup",
    "balance",
    "balance",
    "campaigns",
    "candidacies",
    "consents",
    "duplicates",
    "exchange",
    "exports",
    "grants",
    "incidents",
    "indicators",
    "introductions",
    "mail",
    "matching",
    "needs",
    "networks",
    "offers",
    "open_data",
    "organisations",
    "papers",
    "people",
    "places",
    "policies",
    "privacy",
    "programmes",
    "registrations",
    "skills",
    "training",
    "web",
]
_LEFT_OUT = ("killed", "workers", "racing", "machine", "invariance", "planted", "one_door", "rankings")
_OF_ROLES = "tests/unit/accounts"
_MOST_TESTS, _LONGEST = 60, 8.0
_AT_ONCE = 8


def try_by_tests(
    app: Flask,
    mutants: Sequence[Mutant],
    processes: int,
    after: Callable[[str, str], None],
    notes: Path | None = None,
) -> None:
    """Try them; `after` is told the name of each and what was found.

    `notes` is a file in which it is kept which tests reach which mutant, and what each took: to find it out takes as long
    as to run all of them.
    """
    os.environ["PYTEST_DISABLE_PLUGIN_AUTOLOAD"] = "1"
    root = Path(__file__).resolve().parents[3]
    folders = [f"tests/{sort}/{room}" for sort in ("unit", "web") for room in _ROOMS]
    there = [str(root / one) for one in folders if (root / one).is_dir()]
    options = [
        "-m",
        "not slow",
        "--rootdir",
        str(root),
        "-p",
        "_hypothesis_pytestplugin",
        "-p",
        "no:terminal",
    ]
    # A copy leaves connections of the process it was made from: that they are never closed is no failure of a test.
    options += ["-p", "no:unraisableexception", "-p", "no:threadexception"]
    # The folder of the tests goes before the databases in it are closed, when nothing has failed.
    options += ["-o", "tmp_path_retention_policy=all"]
    pytest.main([*options, *there], plugins=[_Plugin(app, mutants, processes, after, notes)])


class _Plugin:
    """Takes over the running of what was collected."""

    def __init__(
        self,
        app: Flask,
        mutants: Sequence[Mutant],
        processes: int,
        after: Callable[[str, str], None],
        notes: Path | None,
    ) -> None:
        self.app, self.mutants, self.processes, self.after, self.notes = app, mutants, processes, after, notes
        self.databases: list[Database] = []
        self.took: dict[str, float] = {}
        self.steady: set[str] = set()
        self.unsteady: set[str] = set()

    @pytest.hookimpl(wrapper=True)
    def pytest_fixture_setup(self, fixturedef: pytest.FixtureDef[Any]) -> Generator[None, Any, Any]:
        made: Any = yield
        if fixturedef.argname == "database" and isinstance(made, Database):
            self.databases.append(made)
        return made

    def pytest_collection_modifyitems(self, items: list[pytest.Item]) -> None:
        items[:] = [
            one
            for one in items
            if "postgresql" not in one.nodeid and not any(word in one.nodeid for word in _LEFT_OUT)
        ]

    @pytest.hookimpl(tryfirst=True)
    def pytest_runtestloop(self, session: pytest.Session) -> bool:
        self.keeping = keeping_functions()
        typst.compile = typeset_nothing
        reached = self._noted(session)
        if not self.databases:
            self._fails(next(one for one in session.items if "[sqlite" in one.nodeid), session)
        copies = Copies(self.databases[0], self.processes)

        waiting = list(self.mutants)
        while waiting:
            some, waiting = waiting[:_AT_ONCE], waiting[_AT_ONCE:]
            copies.run(self._works(some, reached, session), lambda: None)
            self._doubt(copies, some, session)
            for one in some:
                if copies.found[one.name] in self.unsteady:
                    waiting.append(one)
                else:
                    self.after(one.name, copies.found[one.name])
        return True

    def _works(
        self, mutants: Sequence[Mutant], reached: dict[str, list[pytest.Item]], session: pytest.Session
    ) -> Iterator[tuple[str, Callable[[], str]]]:
        for one in mutants:
            yield one.name, lambda one=one: self._tried(one, reached[one.name], session)

    def _doubt(self, copies: Copies, tried: Sequence[Mutant], session: pytest.Session) -> None:
        """Each test that failed is run in a copy without a change: one that fails there too tells nothing."""
        failed = {copies.found[one.name] for one in tried} & self.took.keys() - self.steady
        items = {one.nodeid: one for one in session.items if one.nodeid in failed}

        def works() -> Iterator[tuple[str, Callable[[], str]]]:
            for nodeid, item in items.items():
                yield nodeid, lambda item=item: "fails" if self._fails(item, session) else ""

        copies.run(works(), lambda: None)
        self.unsteady |= {nodeid for nodeid in items if copies.found[nodeid]}
        self.steady |= failed - self.unsteady

    def _noted(self, session: pytest.Session) -> dict[str, list[pytest.Item]]:
        if self.notes is None or not self.notes.exists():
            reached = self._reached(session)
            if self.notes is not None:
                ids = {name: [one.nodeid for one in items] for name, items in reached.items()}
                self.notes.write_text(json.dumps([ids, self.took], ensure_ascii=False), "utf-8")
            return reached
        ids, self.took = json.loads(self.notes.read_text("utf-8"))
        items = {one.nodeid: one for one in session.items}
        return {
            one.name: [items[held] for held in ids.get(one.name, ()) if held in items] for one in self.mutants
        }

    def _reached(self, session: pytest.Session) -> dict[str, list[pytest.Item]]:
        """{name: the tests that reach it}: each that passes as things are is run once."""
        reached: dict[str, list[pytest.Item]] = {one.name: [] for one in self.mutants}
        placed = [(one.name, one.place) for one in self.mutants if one.place is not None]
        with noting([place for _name, place in placed]) as seen:
            followers = [*session.items[1:], session]
            for item, follower in zip(session.items, followers, strict=True):
                seen.clear()
                if self._fails(item, follower):
                    continue
                for number in seen:
                    reached[placed[number][0]].append(item)
        for one in self.mutants:
            if one.sort == "role":
                reached[one.name] = [item for item in session.items if item.nodeid.startswith(_OF_ROLES)]
        return reached

    def _fails(self, item: pytest.Item, follower: Any) -> bool:
        forget(self.keeping)
        reports = runtestprotocol(item, log=False, nextitem=follower)
        self.took[item.nodeid] = sum(one.duration for one in reports)
        return any(one.failed for one in reports)

    def _tried(self, mutant: Mutant, items: list[pytest.Item], session: pytest.Session) -> str:
        """The first test that fails; «» when none does."""
        if not items:
            return NOT_REACHED
        steady = [item for item in items if item.nodeid not in self.unsteady]
        quickest = sorted(steady, key=lambda item: self.took[item.nodeid])[:_MOST_TESTS]
        mutant.apply(self.app)
        for item in quickest:
            if self.took[item.nodeid] <= _LONGEST and self._fails(item, session):
                return item.nodeid
        return ""
