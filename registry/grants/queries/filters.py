"""What an address narrows the lists of the room to; what it does not understand it leaves out."""

from collections.abc import Iterable

from registry.grants.queries.listing import GrantFilter
from registry.grants.rules import CommitmentState, DecisionState, GrantState

_LONGEST = 200
LISTED_STATES = (
    DecisionState.PROPOSED.value,
    *(one.value for one in GrantState),
    DecisionState.REFUSED.value,
    DecisionState.REVOKED.value,
)
"""The states a list of decisions can be narrowed to: those of grants, and of decisions that made none."""


def filter_of(pairs: Iterable[tuple[str, str]]) -> GrantFilter:
    """The filter of the list of decisions."""
    several = list(pairs)
    named = dict(reversed(several))
    year = named.get("nam", "")
    return GrantFilter(
        states=frozenset(value for name, value in several if name == "trang-thai" and value in LISTED_STATES),
        policy=named.get("chinh-sach", "")[:_LONGEST],
        unit_path=named.get("dia-ban", "")[:_LONGEST],
        year=int(year) if year.isascii() and year.isdigit() and len(year) == 4 else None,
    )


def ledger_states(pairs: Iterable[tuple[str, str]]) -> frozenset[CommitmentState]:
    """The states the ledger is narrowed to; none means all."""
    known = {one.value for one in CommitmentState}
    return frozenset(
        CommitmentState(value) for name, value in pairs if name == "trang-thai" and value in known
    )
