"""Judging the rows of a whole file, the same for a dry run and a commit."""

import zlib
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import islice
from typing import TypeVar

from sqlalchemy.orm import Session

from registry.exchange.operations.kinds import Judged, RowKind
from registry.exchange.operations.sources import Source
from registry.exchange.rules.findings import Finding

Row = TypeVar("Row")

CHUNK = 200
"""Rows judged at a time: duplicates are looked for with one query a chunk."""


@dataclass(frozen=True, slots=True)
class Remark:
    """A finding at its place in the file: Excel's row number, the column's index from 0 and header."""

    row: int
    index: int
    column: str
    finding: Finding


@dataclass
class Summary:
    """What a file says in all. `valid` rows have no error; `warnings` are those of them with a doubt.

    `most` is how many errors and how many doubts are kept as remarks, all when None; the others are counted.
    `mistakes` are the sentences that go back in the workbook, by the number of a row with errors, and `lines` those rows
    as they were read, with what stands above them, when the file was read by lines.
    """

    rows: int = 0
    valid: int = 0
    warnings: int = 0
    error_rows: int = 0
    remarks: list[Remark] = field(default_factory=list[Remark])
    most: int | None = None
    mistakes: dict[int, str] = field(default_factory=dict[int, str])
    lines: "KeptLines" = field(default_factory=lambda: KeptLines())
    _kept: Counter[bool] = field(default_factory=Counter[bool])
    _left_out: Counter[bool] = field(default_factory=Counter[bool])

    @property
    def errors(self) -> list[Remark]:
        """The remarks that keep rows out, in the order of the file."""
        return [remark for remark in self.remarks if remark.finding.is_error]

    @property
    def error_count(self) -> int:
        """How many cells keep rows out."""
        return len(self.errors) + self._left_out[True]

    def add(self, judged: Judged, source: Source) -> None:
        """Count one row."""
        self.rows += 1
        self.valid += not judged.has_error
        self.error_rows += judged.has_error
        self.warnings += judged.has_doubt
        said = [Remark(judged.number, *source.column(one.key), one) for one in judged.findings]
        said.sort(key=lambda remark: remark.index)
        if judged.has_error:
            self.mistakes[judged.number] = "\n".join(map(_sentence, said))
        for remark in said:
            self._keep(remark)

    def keep_lines(self, lines: Sequence[bytes], header_row: int) -> None:
        """Keep of the lines of rows counted before what goes back."""
        for line in lines:
            number = int(line[1 : line.index(b",")])
            if number in self.mistakes or number <= header_row:
                self.lines.add(line)

    def _keep(self, remark: Remark) -> None:
        is_error = remark.finding.is_error
        if self.most is not None and self._kept[is_error] >= self.most:
            self._left_out[is_error] += 1
        else:
            self._kept[is_error] += 1
            self.remarks.append(remark)


class KeptLines:
    """Lines kept as small as they can be: all rows of a large file may have to go back."""

    def __init__(self) -> None:
        self._packing, self._packed = zlib.compressobj(1), list[bytes]()

    def add(self, line: bytes) -> None:
        """Keep one more."""
        self._packed.append(self._packing.compress(line + b"\n"))

    def __iter__(self) -> Iterator[bytes]:
        """All of them, in order."""
        unpacking, rest = zlib.decompressobj(), b""
        for packed in (*self._packed, self._packing.copy().flush()):
            *whole, rest = (rest + unpacking.decompress(packed)).split(b"\n")
            yield from whole


def _sentence(remark: Remark) -> str:
    mark = "" if remark.finding.is_error else "(xem lại) "
    return f"{mark}{remark.column}: {remark.finding.message}"


def chunks(rows: Iterable[Row], size: int = CHUNK) -> Iterator[Sequence[Row]]:
    """The rows in their order, some at a time."""
    left = iter(rows)
    while some := list(islice(left, size)):
        yield some


def judge_all(session: Session, kind: RowKind, source: Source) -> Summary:
    """Judge every row; writes nothing."""
    summary = Summary()
    for rows in chunks(source.rows):
        for judged in kind.judge(session, rows):
            summary.add(judged, source)
    return summary
