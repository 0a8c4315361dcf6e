"""Whether what tests/web/one_database.txt leaves out on PostgreSQL is proved there by what stays.

    python scripts/check_one_database.py [--choose FILE …]

Runs the quick tests of pages on PostgreSQL, all of them, and notes the shape of every statement each of them sends. Fails
for a statement that only left-out tests send. With --choose it prints, for further files (below tests/web), which tests
must stay so that nothing is lost: the lines to be added to the list; slow tests are not looked at, name those that must
stay. Takes some ten minutes.
"""

import argparse
import os
import re
import sys
import time
from collections import Counter, defaultdict
from collections.abc import Generator, Iterable
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import event
from sqlalchemy.engine import Engine

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from tests.lists import ONE_DATABASE, by_file

PAGES = Path(__file__).resolve().parents[1] / "tests" / "web"

_PLACE = re.compile(r"%\(\w+\)s|%s")
_PLACES = re.compile(r"\?(?:::[A-Z ]+)?(?:, \?(?:::[A-Z ]+)?)+")
_ROWS = re.compile(r"\(\?\)(?:, \(\?\))+")
_NAMED = re.compile(r"\b(sa_savepoint|anon|param)_\d+")

Test = tuple[str, str]
"""A file below tests/web and the name of a test in it."""


def shape(statement: str) -> str:
    """A statement without what differs from one sending to the next: values, how many, numbered names."""
    placed = _PLACES.sub("?", _PLACE.sub("?", statement))
    return _NAMED.sub(r"\1", _ROWS.sub("(?)", placed))


class Noting:
    """What each test sends to PostgreSQL, and how long it takes."""

    def __init__(self) -> None:
        self.sent: defaultdict[Test, set[str]] = defaultdict(set)
        self.seconds: defaultdict[Test, float] = defaultdict(float)
        self._running: Test | None = None

    def listen(self, _connection: Any, _cursor: Any, statement: str, *_more: Any) -> None:
        """Note one statement of the running test."""
        if self._running is not None:
            self.sent[self._running].add(shape(statement))

    def pytest_collection_modifyitems(self, items: list[pytest.Item]) -> None:
        """Only what runs on PostgreSQL."""
        items[:] = [one for one in items if "postgresql" in one.nodeid]

    @pytest.hookimpl(wrapper=True)
    def pytest_runtest_protocol(self, item: pytest.Function) -> Generator[None, Any, Any]:
        """Between the beginning and the end of a test, statements are its own."""
        self._running = (item.path.relative_to(PAGES).as_posix(), item.originalname)
        began = time.monotonic()
        try:
            return (yield)
        finally:
            self.seconds[self._running] += time.monotonic() - began
            self._running = None


def lost(sent: dict[Test, set[str]], stays: dict[str, set[str]]) -> dict[str, list[Test]]:
    """Statements that only left-out tests send → those tests."""
    kept: set[str] = set()
    out: list[Test] = []
    for test, statements in sent.items():
        file, name = test
        if file in stays and name not in stays[file]:
            out.append(test)
        else:
            kept |= statements
    found: defaultdict[str, list[Test]] = defaultdict(list)
    for test in out:
        for statement in sent[test] - kept:
            found[statement].append(test)
    return dict(found)


def chosen(noted: Noting, stays: dict[str, set[str]], files: Iterable[str]) -> dict[str, set[str]]:
    """For each further file the tests that must stay: the one that proves most a second, until nothing is lost."""
    more: dict[str, set[str]] = {file: set() for file in files}
    missing = lost(noted.sent, stays | more)
    while missing:
        proves = Counter(test for tests in missing.values() for test in tests)
        best = max(proves, key=lambda test: (proves[test] / max(noted.seconds[test], 0.01), test))
        more.setdefault(best[0], set(stays.get(best[0], ()))).add(best[1])
        missing = lost(noted.sent, stays | more)
    return more


def main() -> int:
    """0 when nothing that is left out is left unproved."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--choose", nargs="+", default=[], metavar="FILE")
    arguments = parser.parse_args()
    noted = Noting()
    event.listen(Engine, "before_cursor_execute", noted.listen)
    options = ["-q", "-p", "_hypothesis_pytestplugin", "--both-databases", "-m", "not slow"]
    os.environ["PYTEST_DISABLE_PLUGIN_AUTOLOAD"] = "1"  # as scripts/test runs them
    if code := pytest.main([*options, str(PAGES)], plugins=[noted]):
        return int(code)
    stays = by_file(ONE_DATABASE)
    files = [file for file in stays if not (PAGES / file).exists()]
    shapes = {one for statements in noted.sent.values() for one in statements}
    print(f"tests={len(noted.sent)} statements={len(shapes)} files gone: {files}")
    if arguments.choose:
        _tell_chosen(noted, chosen(noted, stays, arguments.choose))
        return 0
    missing = lost(noted.sent, stays)
    for statement, tests in missing.items():
        print(f"only {tests[0][0]}::{tests[0][1]} and {len(tests) - 1} more: {statement[:200]}")
    # The control: were everything of the listed files left out, something would be missing.
    fires = bool(lost(noted.sent, {file: set() for file in stays}))
    print(f"unproved={len(missing)} control={'fired' if fires else 'SILENT'}")
    return int(bool(missing) or bool(files) or not fires)


def _tell_chosen(noted: Noting, more: dict[str, set[str]]) -> None:
    for file in sorted(more):
        of_file = {test: seconds for test, seconds in noted.seconds.items() if test[0] == file}
        stay = sum(seconds for test, seconds in of_file.items() if test[1] in more[file])
        print(f"# {stay:.1f} of {sum(of_file.values()):.1f} s stay")
        print(file, *(f"    {name}" for name in sorted(more[file])), sep="\n")


if __name__ == "__main__":
    sys.exit(main())
