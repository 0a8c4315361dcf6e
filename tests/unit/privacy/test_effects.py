"""What a request stops at once, and what goes on because a law orders it."""

import pytest

from registry.consents.rules import PURPOSE_BITS, PurposeCode, bits_of
from registry.privacy.rules import RightKind, closed_by, stops_when, uses_now

ALL = frozenset(PurposeCode)
REGISTRY, MATCHING, CONTACT, CAMPAIGNS = (
    PurposeCode.REGISTRY,
    PurposeCode.MATCHING,
    PurposeCode.CONTACT,
    PurposeCode.CAMPAIGNS,
)


def stopped(kind: RightKind, purpose: PurposeCode | None, *, is_by_law: bool) -> set[PurposeCode]:
    uses = uses_now(ALL, (), is_by_law=is_by_law)
    return {use.purpose for use in uses if stops_when(kind, purpose, use, is_by_law=is_by_law)}


def test_a_restriction_leaves_nothing_but_storing() -> None:
    assert stopped(RightKind.RESTRICTION, None, is_by_law=False) == ALL


def test_a_record_the_law_orders_stays_with_its_office() -> None:
    assert stopped(RightKind.RESTRICTION, None, is_by_law=True) == ALL - {REGISTRY}
    assert REGISTRY not in closed_by(RightKind.OBJECTION, REGISTRY, is_by_law=True)


def test_an_objection_stops_what_it_names_or_all_but_the_keeping() -> None:
    assert stopped(RightKind.OBJECTION, MATCHING, is_by_law=False) == {MATCHING}
    assert stopped(RightKind.OBJECTION, None, is_by_law=False) == ALL - {REGISTRY}


def test_withdrawing_the_keeping_of_the_record_stops_everything_unless_a_law_orders_it() -> None:
    assert stopped(RightKind.WITHDRAWAL, REGISTRY, is_by_law=False) == ALL
    assert stopped(RightKind.WITHDRAWAL, MATCHING, is_by_law=False) == {MATCHING}
    assert stopped(RightKind.WITHDRAWAL, None, is_by_law=True) == {
        CAMPAIGNS,
        PurposeCode.OTHER_PROVINCES,
        PurposeCode.POOL,
    }


def test_other_requests_stop_nothing_at_once() -> None:
    for kind in (RightKind.ACCESS, RightKind.CORRECTION, RightKind.ERASURE):
        assert stopped(kind, None, is_by_law=False) == set()


def test_what_is_not_used_cannot_stop() -> None:
    used = {use.purpose for use in uses_now({REGISTRY, MATCHING}, {MATCHING}, is_by_law=False) if use.is_used}
    assert used == {REGISTRY}
    assert [use for use in uses_now({MATCHING}, (), is_by_law=False) if use.is_used] == []


@pytest.mark.parametrize("purpose", list(PurposeCode))
def test_every_purpose_has_a_bit_of_its_own(purpose: PurposeCode) -> None:
    assert [other for other, bit in PURPOSE_BITS.items() if bit & PURPOSE_BITS[purpose]] == [purpose]
    assert bits_of([purpose, purpose]) == PURPOSE_BITS[purpose]
