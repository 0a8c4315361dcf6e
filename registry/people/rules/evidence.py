"""What state the evidence of a claim is in on a day. Pure."""

from datetime import date

from registry.people.rules.kinds import EvidenceState

_MAY_EXPIRE = frozenset({EvidenceState.ATTACHED, EvidenceState.VERIFIED})


def evidence_on(state: EvidenceState, until: date | None, day: date) -> EvidenceState:
    """The stored state, or «expired» when the evidence counted until a day before this one."""
    if until is not None and until < day and state in _MAY_EXPIRE:
        return EvidenceState.EXPIRED
    return state
