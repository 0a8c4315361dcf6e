"""What stored states mean on a day."""

from datetime import date, timedelta

import pytest

from registry.people.rules import (
    AvailabilityState,
    EvidenceFinding,
    EvidenceResult,
    EvidenceState,
    availability_on,
    evidence_on,
    is_stale,
    state_of_claim,
)

DAY = date(2026, 11, 25)
VERIFIED, REJECTED = EvidenceResult.VERIFIED, EvidenceResult.REJECTED


@pytest.mark.parametrize("state", [EvidenceState.VERIFIED, EvidenceState.ATTACHED])
def test_evidence_counts_to_the_end_of_its_last_day(state: EvidenceState) -> None:
    assert evidence_on(state, DAY, DAY) is state
    assert evidence_on(state, DAY, DAY + timedelta(days=1)) is EvidenceState.EXPIRED
    assert evidence_on(state, None, DAY) is state


@pytest.mark.parametrize("state", [EvidenceState.SELF_DECLARED, EvidenceState.REJECTED])
def test_what_has_no_evidence_cannot_expire(state: EvidenceState) -> None:
    assert evidence_on(state, DAY, DAY + timedelta(days=1)) is state


def test_a_pause_ends_by_itself_and_leaves_the_person_available() -> None:
    assert availability_on(AvailabilityState.PAUSED, DAY, DAY) is AvailabilityState.PAUSED
    assert (
        availability_on(AvailabilityState.PAUSED, DAY, DAY + timedelta(days=1)) is AvailabilityState.AVAILABLE
    )
    assert availability_on(AvailabilityState.PAUSED, None, DAY) is AvailabilityState.PAUSED
    assert availability_on(AvailabilityState.NOT_AVAILABLE, None, DAY) is AvailabilityState.NOT_AVAILABLE


def test_a_profile_is_stale_a_year_after_it_was_confirmed() -> None:
    assert not is_stale(date(2025, 11, 25), DAY)
    assert is_stale(date(2025, 11, 24), DAY)
    assert is_stale(None, DAY)


@pytest.mark.parametrize(
    ("findings", "expected"),
    [
        ([], (EvidenceState.SELF_DECLARED, None)),
        ([(None, None)], (EvidenceState.ATTACHED, None)),
        ([(REJECTED, None)], (EvidenceState.REJECTED, None)),
        ([(REJECTED, None), (None, DAY)], (EvidenceState.ATTACHED, DAY)),
        ([(None, None), (VERIFIED, DAY)], (EvidenceState.VERIFIED, DAY)),
        (
            [(VERIFIED, DAY), (VERIFIED, DAY + timedelta(days=9))],
            (EvidenceState.VERIFIED, DAY + timedelta(days=9)),
        ),
        ([(VERIFIED, DAY), (VERIFIED, None)], (EvidenceState.VERIFIED, None)),
    ],
)
def test_the_best_and_longest_evidence_decides_the_state_of_a_claim(
    findings: list[tuple[EvidenceResult | None, date | None]], expected: tuple[EvidenceState, date | None]
) -> None:
    assert state_of_claim([EvidenceFinding(*one) for one in findings]) == expected
