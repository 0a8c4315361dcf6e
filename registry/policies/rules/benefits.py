"""What a policy offers and asks for in return, as it was read: lines, amounts, modifiers, commitment, repayment. Pure.

Nothing is computed here. Multiples and percents are exact numbers, never floats.
"""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from fractions import Fraction

from registry.policies.rules.conditions import Rule

Exact = int | Fraction
"""An amount before it is rounded: never a float."""


class Period(StrEnum):
    """How often a benefit is paid."""

    ONCE = "once"
    MONTH = "month"
    YEAR = "year"


class BenefitKind(StrEnum):
    """Money, something else, or what is agreed person by person."""

    MONEY = "money"
    IN_KIND = "in_kind"
    NEGOTIATED = "negotiated"


class SpanKind(StrEnum):
    """One amount, a lowest and a highest, or a ceiling alone."""

    FIXED = "fixed"
    RANGE = "range"
    UP_TO = "up_to"


class RepaymentKind(StrEnum):
    """What is paid back on a breach; `unknown` means that the text has a rule nobody has read yet."""

    FULL = "full"
    PRO_RATA_MONTHS = "pro_rata_months"
    MULTIPLE = "multiple"
    UNKNOWN = "unknown"
    NOT_STATED = "not_stated"


@dataclass(frozen=True, slots=True)
class Span:
    """An amount of đồng: `low` is 0 for a ceiling, equal to `high` for one amount."""

    kind: SpanKind
    low: int
    high: int


@dataclass(frozen=True, slots=True)
class Plain:
    """An amount written in the text."""

    span: Span


@dataclass(frozen=True, slots=True)
class ByFact:
    """An amount by where the post is: the first step that one of the values falls into."""

    fact: str
    steps: tuple[tuple[frozenset[str], Span], ...]


@dataclass(frozen=True, slots=True)
class Step:
    """One level that the office may choose."""

    code: str
    text: str
    span: Span


@dataclass(frozen=True, slots=True)
class Levels:
    """An amount by the level the office chooses."""

    steps: tuple[Step, ...]


@dataclass(frozen=True, slots=True)
class Multiple:
    """From `low` to `high` times a dated parameter."""

    low: Exact
    high: Exact
    of: str


@dataclass(frozen=True, slots=True)
class Percent:
    """Percent of a sum that belongs to the person or the application."""

    percent: Exact
    of: str


@dataclass(frozen=True, slots=True)
class PercentUpTo:
    """At most so many percent of a sum, and never more than the cap."""

    percent: Exact
    of: str
    cap: int | None = None


Amount = Plain | ByFact | Levels | Multiple | Percent | PercentUpTo


@dataclass(frozen=True, slots=True)
class Instalments:
    """Equal yearly parts, the last takes what is left; optional ones only when the person chooses them."""

    years: int
    is_optional: bool = False


@dataclass(frozen=True, slots=True)
class Benefit:
    """One line a group offers. `exclusive_key`: of all lines with one key only the highest is paid."""

    code: str
    text: str
    kind: BenefitKind
    amount: Amount | None = None
    period: Period = Period.ONCE
    months: int | None = None
    instalments: Instalments | None = None
    rule: Rule | None = None
    exclusive_key: str | None = None
    groups: tuple[str, ...] | None = None
    clause: str = ""
    verified: bool = False


@dataclass(frozen=True, slots=True)
class CommitmentTerms:
    """One of: years from the start, a multiple of the months of training, a fixed last day."""

    years: int | None = None
    times_training: int | None = None
    until: date | None = None


@dataclass(frozen=True, slots=True)
class Modifier:
    """Changes the money lines of some groups; `groups` is nothing when it changes those of all."""

    rule: Rule
    percent: Exact = 0
    add: int = 0
    groups: tuple[str, ...] | None = None
    cap: int | None = None
    clause: str = ""


@dataclass(frozen=True, slots=True)
class Repayment:
    """What is paid back on a breach. An empty `waived_when` says that the grounds were not read."""

    kind: RepaymentKind
    multiple: Exact = 1
    deadline_days: int | None = None
    waived_when: tuple[str, ...] = ()
    clause: str = ""
    text: str = ""


NOT_STATED = Repayment(RepaymentKind.NOT_STATED)
