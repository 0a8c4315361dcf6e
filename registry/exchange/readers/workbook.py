"""Opening a workbook in a child process: plain sheets and rows out, or the reason why not."""

import json
import threading
from collections.abc import Generator, Iterable, Iterator
from contextlib import closing
from dataclasses import dataclass
from typing import Any, cast

from registry.exchange.readers.archive import RefusalCode, WorkbookRefused, check_outside
from registry.exchange.readers.limited import ChildFailed, ChildKilled, lines_printed_by

WALL_SECONDS = 40.0
"""Shorter than the lease of a job: a worker that waits for the child keeps its job."""

SILENT_SECONDS = 40.0
"""How long the child may print nothing while a job goes through a large file, telling in between that it lives."""

# In each process that serves: a child may take half a gigabyte for a moment, more at once would be felt by everybody.
_AT_ONCE = threading.BoundedSemaphore(1)
_WAIT_SECONDS = 20.0
_MODULE = "registry.exchange.readers.child"
HEAD = "head"
"""What the child is told when only the first rows of each sheet are wanted."""


@dataclass(frozen=True)
class SheetRow:
    """A filled row: Excel's row number, its cell texts from column A, and which of them Excel keeps as numbers."""

    number: int
    cells: tuple[str, ...]
    numbers: frozenset[int]

    def cell(self, index: int) -> str:
        """The text in a column; empty beyond the last filled one."""
        return self.cells[index] if 0 <= index < len(self.cells) else ""


@dataclass(frozen=True)
class Sheet:
    """A sheet: its name and its filled rows in order."""

    name: str
    rows: tuple[SheetRow, ...]


@dataclass(frozen=True)
class Workbook:
    """All sheets of a file in their order."""

    sheets: tuple[Sheet, ...]

    def sheet(self, name: str) -> Sheet | None:
        """The sheet of this name."""
        return next((sheet for sheet in self.sheets if sheet.name == name), None)


def read_workbook(content: bytes, *, file_name: str = "", wall_seconds: float = WALL_SECONDS) -> Workbook:
    """All cells of an .xlsx file, for files that may be held. Raises WorkbookRefused with the reason.

    Blocks for at most `wall_seconds` (and a short wait for a free place): the child is killed then.
    """
    return _held(stream_workbook(content, file_name=file_name, wall_seconds=wall_seconds))


def read_heads(content: bytes, *, file_name: str, wall_seconds: float) -> Workbook:
    """The first rows of each sheet, whatever the file holds. Otherwise as `read_workbook`."""
    return _held(stream_workbook(content, HEAD, file_name=file_name, wall_seconds=wall_seconds))


def stream_workbook(
    content: bytes,
    *arguments: str,
    file_name: str = "",
    wall_seconds: float = WALL_SECONDS,
    most_silent: float | None = None,
) -> Generator[str | SheetRow, None, None]:
    """The name of each sheet and then its rows, as the child reads them. Raises WorkbookRefused, also half-way.

    `wall_seconds` and `most_silent` bound the waiting, as in `lines_printed_by`. Close it when its rows are not wanted any more.
    """
    lines = _lines(
        content, *arguments, file_name=file_name, wall_seconds=wall_seconds, most_silent=most_silent
    )
    del content
    with closing(lines):
        yield from _told(lines)


def stream_lines(content: bytes, sheet: str) -> Generator[bytes, None, None]:
    """The rows of one sheet as the child prints them, [number, [cells], [indexes of numbers]] in JSON, for whoever reads
    them elsewhere. Raises WorkbookRefused, also half-way; nothing of the sheets behind it is read."""
    is_wanted, lines = False, _lines(content, most_silent=SILENT_SECONDS)
    del content
    with closing(lines):
        for line in lines:
            if line.startswith(b"["):
                if is_wanted:
                    yield line
            else:
                heading = _heading(json.loads(line))
                if is_wanted:
                    return
                is_wanted = heading == sheet


def _lines(
    content: bytes,
    *arguments: str,
    file_name: str = "",
    wall_seconds: float = WALL_SECONDS,
    most_silent: float | None = None,
) -> Generator[bytes, None, None]:
    check_outside(content, file_name)
    if not _AT_ONCE.acquire(timeout=_WAIT_SECONDS):
        raise WorkbookRefused("busy")
    try:
        printed = lines_printed_by(
            _MODULE, content, *arguments, wall_seconds=wall_seconds, most_silent=most_silent
        )
        del content  # the child has it, and nobody else needs it while the lines are read
        yield from printed
    except ChildKilled as error:
        raise WorkbookRefused("too_heavy") from error
    except ChildFailed as error:
        raise WorkbookRefused("broken") from error
    finally:
        _AT_ONCE.release()


def _told(lines: Iterable[bytes]) -> Iterator[str | SheetRow]:
    """What the lines say. Numbers stand in the same columns in most rows, which share one set of them."""
    shared: dict[tuple[int, ...], frozenset[int]] = {}
    for line in lines:
        read: Any = json.loads(line)
        if isinstance(read, dict):
            yield _heading(cast("dict[str, str]", read))
        else:
            number, cells, numbers = cast("tuple[int, list[str], list[int]]", read)
            key = tuple(numbers)
            yield SheetRow(number, tuple(cells), shared.setdefault(key, frozenset(key)))


def _heading(read: dict[str, str]) -> str:
    """The name of the sheet whose rows follow. Raises WorkbookRefused."""
    if "refused" in read:
        raise WorkbookRefused(cast("RefusalCode", read["refused"]))
    return read["sheet"]


def _held(told: Iterable[str | SheetRow]) -> Workbook:
    sheets: list[tuple[str, list[SheetRow]]] = []
    for one in told:
        if isinstance(one, str):
            sheets.append((one, []))
        else:
            sheets[-1][1].append(one)
    return Workbook(tuple(Sheet(name, tuple(rows)) for name, rows in sheets))
