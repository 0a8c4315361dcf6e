"""Legal documents, dated parameters and yearly lists, as they were read. Pure.

Every figure comes from a row with its source; `verified` is false until an officer has compared it with the text.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from registry.policies.rules.periods import first_day


class Status(StrEnum):
    """Where a document stands, as its source says."""

    DRAFT = "draft"
    IN_FORCE = "in_force"
    PARTLY = "partly"
    EXPIRED = "expired"
    REPLACED = "replaced"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Document:
    """A legal document as far as it was read."""

    code: str
    number: str
    kind: str
    issuer: str
    title: str
    status: Status
    signed_on: date | None = None
    effective_from: date | None = None
    effective_after_days: int | None = None
    effective_to: date | None = None
    amends: tuple[str, ...] = ()
    replaces: tuple[str, ...] = ()
    sources: tuple[str, ...] = ()
    confidence: str = ""
    note: str = ""
    verified: bool = False

    @property
    def starts_on(self) -> date | None:
        """Its own first day in force; else so many days after signing; no text binds before it is signed."""
        return first_day(self.effective_from, self.signed_on, self.effective_after_days)


@dataclass(frozen=True, slots=True)
class ParameterValue:
    """A value from one day to another, both inclusive, in đồng."""

    value: int
    valid_from: date
    valid_to: date | None = None
    document: str = ""
    note: str = ""
    verified: bool = False


@dataclass(frozen=True, slots=True)
class Parameter:
    """A dated figure that amounts are multiples of; `of` names the region of a regional wage."""

    key: str
    of: str | None
    vi: str
    unit: str
    values: tuple[ParameterValue, ...]

    def on(self, day: date) -> ParameterValue | None:
        """The value of a day."""
        for value in self.values:
            if value.valid_from <= day and (value.valid_to is None or day <= value.valid_to):
                return value
        return None


@dataclass(frozen=True, slots=True)
class YearlyList:
    """Codes of fields of study by year; a year that is absent has no list yet."""

    code: str
    vi: str
    years: Mapping[int, frozenset[str]]
