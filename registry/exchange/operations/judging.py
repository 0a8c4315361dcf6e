"""Judging the rows of a whole file, the same for a dry run and a commit."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

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
    """What a file says in all. `valid` rows have no error; `warnings` are those of them with a doubt."""

    rows: int = 0
    valid: int = 0
    warnings: int = 0
    error_rows: int = 0
    remarks: list[Remark] = field(default_factory=list[Remark])

    @property
    def errors(self) -> list[Remark]:
        """The remarks that keep rows out, in the order of the file."""
        return [remark for remark in self.remarks if remark.finding.is_error]

    def add(self, judged: Judged, source: Source) -> None:
        """Count one row."""
        self.rows += 1
        self.valid += not judged.has_error
        self.error_rows += judged.has_error
        self.warnings += judged.has_doubt
        said = [Remark(judged.number, *source.column(one.key), one) for one in judged.findings]
        self.remarks.extend(sorted(said, key=lambda remark: remark.index))


def chunks(rows: Sequence[SourceRow], size: int = CHUNK) -> Iterator[Sequence[SourceRow]]:
    """The rows in their order, some at a time."""
    for start in range(0, len(rows), size):
        yield rows[start : start + size]


def judge_all(session: Session, kind: RowKind, source: Source) -> Summary:
    """Judge every row; writes nothing."""
    summary = Summary()
    for rows in chunks(source.rows):
        for judged in kind.judge(session, rows):
            summary.add(judged, source)
    return summary
