"""Conditions of a policy as they were read: one comparison, or several tied by «all», «any», «not». Pure."""

from dataclasses import dataclass
from enum import StrEnum


class AsOf(StrEnum):
    """The day on which a condition must hold: the application's or the decision's."""

    APPLY = "apply"
    DECIDE = "decide"


@dataclass(frozen=True, slots=True)
class Leaf:
    """One condition: a fact compared with a value. `text` are the words of the source, where it has some."""

    fact: str
    op: str
    value: bool | int | str | tuple[str, ...]
    of: str | None = None
    as_of: AsOf = AsOf.DECIDE
    clause: str = ""
    evidence: str = ""
    text: str = ""

    @property
    def name(self) -> str:
        """«degree_rank», «years_experience:any»."""
        return self.fact if self.of is None else f"{self.fact}:{self.of}"


@dataclass(frozen=True, slots=True)
class AllOf:
    """Every part must be met."""

    parts: tuple["Rule", ...]


@dataclass(frozen=True, slots=True)
class AnyOf:
    """One part is enough."""

    parts: tuple["Rule", ...]


@dataclass(frozen=True, slots=True)
class Not:
    """The part must not be met."""

    part: "Rule"


Rule = Leaf | AllOf | AnyOf | Not
