"""What a policy says, read once from its data: groups with their rules and benefits, scope, dates. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from registry.policies.rules.benefits import NOT_STATED, Benefit, CommitmentTerms, Modifier, Repayment
from registry.policies.rules.conditions import Rule
from registry.policies.rules.documents import Document, Parameter, YearlyList

EVERYWHERE = "VN"
"""The scope of a text that holds in the whole country."""


class Stacking(StrEnum):
    """What becomes of several groups met at once."""

    SUM = "sum"
    HIGHEST_ONLY = "highest_only"
    EXCLUSIVE_GROUPS = "exclusive_groups"


@dataclass(frozen=True, slots=True)
class Group:
    """A target group; a lower rank number stands higher. Without a rule the text states no condition."""

    code: str
    title: str
    rank: int
    rule: Rule | None = None
    benefits: tuple[Benefit, ...] = ()
    commitment: CommitmentTerms | None = None
    min_remaining_years: int | None = None
    clause: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class Exclusion:
    """Who is left out of every group, in the words of the text."""

    rule: Rule
    text: str
    clause: str = ""


@dataclass(frozen=True, slots=True)
class Transition:
    """What becomes of those who already receive something under an older text."""

    text: str
    keeps_old_grants: bool


@dataclass(frozen=True, slots=True)
class Version:
    """One version of a policy. `scope` are units «code@as_of», «VN» is everywhere, an empty one is not stated."""

    code: str
    version: int
    document: str
    title: str
    purpose: str
    scope: frozenset[str]
    groups: tuple[Group, ...]
    effective_from: date | None = None
    effective_to: date | None = None
    apply_from: date | None = None
    apply_to: date | None = None
    stacking: Stacking = Stacking.HIGHEST_ONLY
    ladder: tuple[tuple[str, ...], ...] = ()
    common: Rule | None = None
    exclusions: tuple[Exclusion, ...] = ()
    transition: Transition | None = None
    yearly_list: str | None = None
    extra_benefits: tuple[Benefit, ...] = ()
    modifiers: tuple[Modifier, ...] = ()
    repayment: Repayment = NOT_STATED
    notes: tuple[str, ...] = ()
    verified: bool = False

    @property
    def key(self) -> str:
        """«HCM-27-2023@2»."""
        return f"{self.code}@{self.version}"

    @property
    def benefits(self) -> tuple[Benefit, ...]:
        """Every line the version offers: of its groups by rank, then the extra ones."""
        groups = sorted(self.groups, key=lambda one: one.rank)
        return (*(one for group in groups for one in group.benefits), *self.extra_benefits)


@dataclass(frozen=True, slots=True)
class Law:
    """All that was read: documents, parameters, yearly lists and versions."""

    documents: Mapping[str, Document] = field(default_factory=dict[str, Document])
    parameters: Mapping[tuple[str, str | None], Parameter] = field(
        default_factory=dict[tuple[str, str | None], Parameter]
    )
    yearly_lists: Mapping[str, YearlyList] = field(default_factory=dict[str, YearlyList])
    versions: Mapping[str, Version] = field(default_factory=dict[str, Version])
