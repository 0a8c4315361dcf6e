"""What every kind of import can do with a row: judge it, make its record."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Protocol

from sqlalchemy.orm import Session

from registry.exchange.rules.cells import Cell
from registry.exchange.rules.findings import Finding


@dataclass(frozen=True, slots=True)
class SourceRow:
    """One row of a file: its number as people see it, and its cells by column key (a post: its own mapping)."""

    number: int
    cells: Mapping[str, Cell]
    post: Mapping[str, object] | None = None


@dataclass(frozen=True, slots=True)
class Judged:
    """A row and what was found in it. `plan` is what to make; None when an error keeps the row out.

    A duplicate has no error and makes nothing: what it would make exists already.
    """

    number: int
    findings: tuple[Finding, ...]
    plan: Any = None
    is_duplicate: bool = False

    @property
    def has_error(self) -> bool:
        return any(finding.is_error for finding in self.findings)

    @property
    def has_doubt(self) -> bool:
        return not self.has_error and bool(self.findings)


@dataclass(frozen=True, slots=True)
class Made:
    """A record that a row made: its public id and version."""

    public_id: str
    version: int


@dataclass(frozen=True, slots=True)
class Acting:
    """Who makes records, and when."""

    by: int | None
    at: datetime
    on: date


class RowRefused(Exception):
    """The record cannot be made after all: somebody made the same one in between."""


class RowKind(Protocol):
    """One kind of import over one file. It remembers what the file named before, so each pass needs a new one."""

    def judge(self, session: Session, rows: Sequence[SourceRow]) -> list[Judged]:
        """What the rows, the next ones of the file, say; writes nothing. The same for a dry run and a commit."""
        ...

    def make(self, session: Session, judged: Judged, acting: Acting) -> Made:
        """Make the record of a row without errors. Raises RowRefused."""
        ...

    def read_ahead(self, rows: Sequence[SourceRow]) -> None:
        """Read the next rows of the file already, before the database is asked about them and others have to wait."""
        ...

    def make_many(self, session: Session, judged: Sequence[Judged], acting: Acting) -> list[Made | None]:
        """Make the records of rows without errors; None for each that cannot be made after all."""
        ...


class OneByOne:
    """Rows whose records are made one after another, and that cost little to read."""

    def read_ahead(self, rows: Sequence[SourceRow]) -> None:
        """See RowKind."""

    def make_many(
        self: RowKind, session: Session, judged: Sequence[Judged], acting: Acting
    ) -> list[Made | None]:
        """See RowKind."""
        return [made_or_none(self, session, one, acting) for one in judged]


def made_or_none(kind: RowKind, session: Session, judged: Judged, acting: Acting) -> Made | None:
    """The record of a row; None when somebody made the same one in between."""
    try:
        return kind.make(session, judged, acting)
    except RowRefused:
        return None
