"""The budget of a campaign: planned, committed, paid, and the cost of a person. Whole đồng. Pure."""

from collections.abc import Iterable
from dataclasses import dataclass

MOST_VND = 10**15


@dataclass(frozen=True)
class Line:
    """One line; `committed` holds what is paid too. `from_grants`: its sums are those of grants, none typed."""

    name: str
    source: str
    from_grants: bool
    planned: int
    committed: int
    paid: int

    @property
    def is_over(self) -> bool:
        """Whether more is committed than was planned."""
        return self.committed > self.planned


@dataclass(frozen=True)
class Sums:
    """All lines together."""

    planned: int
    committed: int
    paid: int

    @property
    def free(self) -> int:
        """What is planned and not committed; below 0 where more is."""
        return self.planned - self.committed

    @property
    def share_paid(self) -> float | None:
        """The part of the plan that is paid; None without a plan."""
        return self.paid / self.planned if self.planned else None


def sums_of(lines: Iterable[Line]) -> Sums:
    """The sums of lines."""
    known = list(lines)
    return Sums(
        sum(one.planned for one in known), sum(one.committed for one in known), sum(one.paid for one in known)
    )


def cost_each(paid: int, people: int) -> int | None:
    """What a person cost so far, to the nearest đồng; None while there is nobody to divide by."""
    return (2 * paid + people) // (2 * people) if people else None
