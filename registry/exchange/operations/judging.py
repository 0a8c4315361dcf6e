"""Judging the rows of a whole file, the same for a dry run and a commit."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import islice

from sqlalchemy.orm import Session

from registry.exchange.operations.kinds import Judged, RowKind, SourceRow
from registry.exchange.operations.sources import Source
from registry.exchange.rules.findings import Finding

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
    `mistakes` are the sentences that go back in the workbook, by the number of a row with errors.
    """

    rows: int = 0
    valid: int = 0
    warnings: int = 0
    error_rows: int = 0
    remarks: list[Remark] = field(default_factory=list[Remark])
    most: int | None = None
    mistakes: dict[int, str] = field(default_factory=dict[int, str])
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

    def _keep(self, remark: Remark) -> None:
        is_error = remark.finding.is_error
        if self.most is not None and self._kept[is_error] >= self.most:
            self._left_out[is_error] += 1
        else:
            self._kept[is_error] += 1
            self.remarks.append(remark)


def _sentence(remark: Remark) -> str:
    mark = "" if remark.finding.is_error else "(xem lại) "
    return f"{mark}{remark.column}: {remark.finding.message}"


def chunks(rows: Iterable[SourceRow], size: int = CHUNK) -> Iterator[Sequence[SourceRow]]:
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
