"""What a stored state means on a day: evidence runs out and pauses end, without any job. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from registry.people.rules.dates import add_months
from registry.people.rules.kinds import AvailabilityState, EvidenceResult, EvidenceState

_MAY_EXPIRE = frozenset({EvidenceState.ATTACHED, EvidenceState.VERIFIED})


def evidence_on(state: EvidenceState, until: date | None, day: date) -> EvidenceState:
    """The stored state, or «expired» when the evidence counted until a day before this one."""
    if until is not None and until < day and state in _MAY_EXPIRE:
        return EvidenceState.EXPIRED
    return state


def availability_on(state: AvailabilityState, paused_until: date | None, day: date) -> AvailabilityState:
    """The stored state; a pause that ended before this day leaves the person available."""
    is_over = paused_until is not None and paused_until < day
    return AvailabilityState.AVAILABLE if state is AvailabilityState.PAUSED and is_over else state


STALE_AFTER_MONTHS = 12


def is_stale(confirmed_on: date | None, day: date) -> bool:
    """Whether nobody confirmed the profile for so long that the person should be asked «vẫn đúng không?»."""
    return confirmed_on is None or add_months(confirmed_on, STALE_AFTER_MONTHS) < day


@dataclass(frozen=True, slots=True)
class EvidenceFinding:
    """One piece of evidence behind a claim: what was found, and the last day it counts (None: no end)."""

    result: EvidenceResult | None
    until: date | None


def state_of_claim(findings: Sequence[EvidenceFinding]) -> tuple[EvidenceState, date | None]:
    """The state of a claim from all its evidence, and the last day that state holds.

    Verified beats waiting, waiting beats rejected; of several the one that lasts longest counts.
    """
    for result, state in _BEST_FIRST:
        ends = [finding.until for finding in findings if finding.result is result]
        if ends:
            return state, None if None in ends else max(end for end in ends if end is not None)
    return EvidenceState.SELF_DECLARED, None


_BEST_FIRST = (
    (EvidenceResult.VERIFIED, EvidenceState.VERIFIED),
    (None, EvidenceState.ATTACHED),
    (EvidenceResult.REJECTED, EvidenceState.REJECTED),
)
