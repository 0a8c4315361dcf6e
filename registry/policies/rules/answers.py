"""The answer of a policy version for one person: states, lines, totals, costs, commitment. Pure, plain values only."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from registry.policies.rules.benefits import Period
from registry.policies.rules.conditions import Leaf
from registry.policies.rules.facts import FactValue
from registry.policies.rules.logic import State
from registry.policies.rules.trees import ReadyRule


class EvidenceState(StrEnum):
    """How far a fact is proved."""

    NONE = "none"
    DECLARED = "declared"
    ATTACHED = "attached"
    VERIFIED = "verified"
    EXPIRED = "expired"


@dataclass(frozen=True, slots=True)
class Evidence:
    """Papers behind a fact; the day of expiry still counts."""

    state: EvidenceState
    expires_on: date | None = None

    def on(self, day: date) -> EvidenceState:
        """Its state on a day."""
        is_over = self.expires_on is not None and self.expires_on < day
        return EvidenceState.EXPIRED if is_over else self.state


DECLARED = Evidence(EvidenceState.DECLARED)


@dataclass(frozen=True, slots=True)
class Facts:
    """What is known of a person, the post and the application together, by the keys of the catalogue, and `born`.

    An absent key is unknown. `evidence` has the name of a condition («years_experience:any») or of its fact.
    `units` are the post's unit, all above it, and all they came from or became, «code@as_of»; nothing without a post.
    """

    values: Mapping[str, FactValue]
    evidence: Mapping[str, Evidence] = field(default_factory=dict[str, Evidence])
    units: frozenset[str] | None = None


@dataclass(frozen=True, slots=True)
class ExistingGrant:
    """What the person already receives under an older text; an open end is nothing."""

    policy: str
    decided_on: date
    until: date | None = None


@dataclass(frozen=True, slots=True)
class Asked:
    """The circumstances of one application.

    `starts_on`: first day of work, else the decision's. `trial`: drafts are answered too. `instalments`: the person
    chose yearly parts. `levels`: by code of the line the level the office chose.
    """

    applied_on: date
    decided_on: date
    starts_on: date | None = None
    trial: bool = False
    instalments: bool = False
    levels: Mapping[str, str] = field(default_factory=dict[str, str])
    existing_grant: ExistingGrant | None = None


class Applicability(StrEnum):
    """Whether a version can be granted at all; the first reason that holds."""

    YES = "yes"
    DRAFT = "draft"
    NOT_YET_IN_FORCE = "not_yet_in_force"
    REPLACED = "replaced"
    EXPIRED = "expired"
    OUT_OF_SCOPE = "out_of_scope"
    BEFORE_APPLY_WINDOW = "before_apply_window"
    AFTER_APPLY_WINDOW = "after_apply_window"
    KEEPS_OLD_GRANT = "keeps_old_grant"


@dataclass(frozen=True, slots=True)
class LeafAnswer:
    """One condition answered; `value` is nothing when it is not known, `on` the day it was asked for."""

    leaf: Leaf
    text: str
    state: State
    value: FactValue | None
    evidence: EvidenceState
    on: date

    @property
    def name(self) -> str:
        """«degree_rank», «years_experience:any»."""
        return self.leaf.name


@dataclass(frozen=True, slots=True)
class GroupAnswer:
    """One target group answered; its conditions in the order of the text, each once. `rule` ties them together."""

    code: str
    title: str
    rank: int
    clause: str
    state: State
    leaves: tuple[LeafAnswer, ...]
    rule: ReadyRule

    def is_against(self, leaf: LeafAnswer) -> bool:
        """Whether the condition speaks against the group when it is met (an exclusion, the inside of a «not»)."""
        numbers = (n for n, one in zip(self.rule.leaves, self.leaves, strict=True) if one is leaf)
        return any(number in self.rule.reversed for number in numbers)


@dataclass(frozen=True, slots=True)
class Change:
    """One condition that would have to come out otherwise: met, or not met where the rule wants it so."""

    leaf: LeafAnswer
    must_be: State


class LineKind(StrEnum):
    """What a line says: an amount, a range, a ceiling, money nobody can compute yet, or no money."""

    FIXED = "fixed"
    RANGE = "range"
    UP_TO = "up_to"
    UNKNOWN = "unknown"
    IN_KIND = "in_kind"
    NEGOTIATED = "negotiated"


@dataclass(frozen=True, slots=True)
class Line:
    """One benefit of the answer, in whole đồng.

    `low` and `high` are what is paid once, each month or each year; `total` is what is paid in all, where that is
    one amount. `needs` are the facts or the parameter that are missing. `group` is nothing for an extra benefit.
    """

    benefit: str
    group: str | None
    text: str
    clause: str
    kind: LineKind
    period: Period
    months: int | None = None
    low: int | None = None
    high: int | None = None
    total: int | None = None
    formula: str = ""
    needs: tuple[str, ...] = ()
    years_of_instalments: int | None = None
    verified: bool = False

    @property
    def amount(self) -> int | None:
        """The one amount of a fixed line."""
        return self.high if self.kind is LineKind.FIXED else None


@dataclass(frozen=True, slots=True)
class LeftOut:
    """A group or a line that stacking leaves out, and for which one: `because` is the code of what is kept."""

    group: str
    benefit: str | None
    because: str
    text: str


@dataclass(frozen=True, slots=True)
class Between:
    """A sum that is certain (`low` equals `high`), or lies between two."""

    low: int
    high: int

    @property
    def is_certain(self) -> bool:
        """Whether it is one amount."""
        return self.low == self.high

    def __add__(self, other: "Between") -> "Between":
        return Between(self.low + other.low, self.high + other.high)


ZERO = Between(0, 0)


@dataclass(frozen=True, slots=True)
class Costs:
    """Cost to the budget by calendar year; `open_lines` have no end and are counted for five years only."""

    by_year: Mapping[int, Between]
    open_lines: tuple[str, ...] = ()
    unknown_lines: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Answer:
    """What one version says for one person, by the facts of one moment."""

    version: str
    applicable: Applicability
    reason: str
    scope_asked: bool
    dates_known: bool
    groups: tuple[GroupAnswer, ...]
    granted: tuple[str, ...] = ()
    lines: tuple[Line, ...] = ()
    left_out: tuple[LeftOut, ...] = ()
    notes: tuple[str, ...] = ()
    total_once: Between = ZERO
    costs: Costs = field(default_factory=lambda: Costs({}))
    commitment_from: date | None = None
    commitment_until: date | None = None
    commitment_needs: tuple[str, ...] = ()

    def state_of(self, group: str) -> State:
        """The state of a group. Raises KeyError for a code the version does not have."""
        for one in self.groups:
            if one.code == group:
                return one.state
        raise KeyError(group)
