"""Opening a workbook in a child process: plain sheets and rows out, or the reason why not."""

import json
import threading
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, cast

from registry.exchange.readers.archive import RefusalCode, WorkbookRefused, check_outside
from registry.exchange.readers.limited import ChildFailed, ChildKilled, printed_by

WALL_SECONDS = 40.0
"""Shorter than the lease of a job: a worker that waits for the child keeps its job."""

# In each process that serves: a child may take half a gigabyte for a moment, more at once would be felt by everybody.
_AT_ONCE = threading.BoundedSemaphore(1)
_WAIT_SECONDS = 20.0
_MODULE = "registry.exchange.readers.child"


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
    """Read all cells of an .xlsx file. Raises WorkbookRefused with the reason.

    Blocks for at most `wall_seconds` (and a short wait for a free place): the child is killed then.
    """
    check_outside(content, file_name)
    if not _AT_ONCE.acquire(timeout=_WAIT_SECONDS):
        raise WorkbookRefused("busy")
    try:
        printed = _run_child(content, wall_seconds)
    finally:
        _AT_ONCE.release()
    return Workbook(tuple(_sheets(printed)))


def _run_child(content: bytes, wall_seconds: float) -> bytes:
    try:
        return printed_by(_MODULE, content, wall_seconds=wall_seconds)
    except ChildKilled as error:
        raise WorkbookRefused("too_heavy") from error
    except ChildFailed as error:
        raise WorkbookRefused("broken") from error


def _sheets(printed: bytes) -> Iterator[Sheet]:
    name: str | None = None
    rows: list[SheetRow] = []
    shared: dict[tuple[int, ...], frozenset[int]] = {}
    for line in printed.splitlines():
        read: Any = json.loads(line)
        if isinstance(read, dict):
            heading = cast("dict[str, str]", read)
            if "refused" in heading:
                raise WorkbookRefused(cast("RefusalCode", heading["refused"]))
            if name is not None:
                yield Sheet(name, tuple(rows))
            name, rows = heading["sheet"], []
        else:
            number, cells, numbers = cast("tuple[int, list[str], list[int]]", read)
            key = tuple(numbers)
            rows.append(SheetRow(number, tuple(cells), shared.setdefault(key, frozenset(key))))
    if name is not None:
        yield Sheet(name, tuple(rows))
