"""Times of repeated work and tables of them."""

import gc
import signal
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from statistics import median
from typing import Any


@dataclass(frozen=True)
class Spread:
    """The median of some times in seconds, and the shortest and longest."""

    median: float
    low: float
    high: float

    @staticmethod
    def of(seconds: Sequence[float]) -> "Spread":
        """Of times that were taken."""
        return Spread(median(seconds), min(seconds), max(seconds))

    @property
    def milliseconds(self) -> str:
        """«12.3 (11.9 – 14.0)»."""
        return f"{self.median * 1e3:.2f} ({self.low * 1e3:.2f} – {self.high * 1e3:.2f})"


def seconds_of(work: Callable[[], object]) -> float:
    """How long one run takes."""
    begun = time.perf_counter()
    work()
    return time.perf_counter() - begun


def in_turn(works: Sequence[Callable[[], object]], repeats: int) -> list[Spread]:
    """All of them one after the other, so often, so that what slows the machine down slows all of them."""
    for work in works:
        work()
    gc.collect()
    taken = [[seconds_of(work) for work in works] for _repeat in range(repeats)]
    return [Spread.of(times) for times in zip(*taken, strict=True)]


def end_in_order() -> None:
    """Told to end, a program stops the servers it started and removes its files, as after an error."""

    def stop(_signal: int, _frame: object) -> None:
        sys.exit(1)

    signal.signal(signal.SIGTERM, stop)


def print_table(heads: Sequence[str], rows: Sequence[Sequence[Any]]) -> None:
    """Columns as wide as their widest cell; the first one to the left."""
    cells = [[str(one) for one in row] for row in (heads, *rows)]
    widths = [max(map(len, column)) for column in zip(*cells, strict=True)]
    for row in cells:
        first, *others = (
            cell.ljust(width) if not place else cell.rjust(width)
            for place, (cell, width) in enumerate(zip(row, widths, strict=True))
        )
        print("  ".join((first, *others)))
