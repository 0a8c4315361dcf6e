"""Budget lines of a campaign or of training: planned, committed, paid. Whole đồng. Pure."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

MOST_PLANNED = 10**15


class EntryKind(StrEnum):
    """Money entered for a line: promised by a contract, or paid."""

    COMMITTED = "committed"
    PAID = "paid"


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

    @property
    def over(self) -> int:
        """How much more is committed than was planned; 0 where no more is."""
        return max(0, self.committed - self.planned)


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


def entered(amounts: Iterable[tuple[EntryKind, int]]) -> tuple[int, int]:
    """(committed, paid) of what was entered; what was paid was committed, whether or not anybody entered that."""
    sums = dict.fromkeys(EntryKind, 0)
    for kind, amount in amounts:
        sums[kind] += amount
    paid = sums[EntryKind.PAID]
    return max(sums[EntryKind.COMMITTED], paid), paid
