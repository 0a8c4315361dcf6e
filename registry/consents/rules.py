"""Why personal data may be used, and how a person said so. Pure: the closed lists of consents."""

from collections.abc import Iterable
from enum import StrEnum


class PurposeCode(StrEnum):
    """Each purpose is agreed to apart; refusing one leaves the others usable."""

    REGISTRY = "registry"
    MATCHING = "matching"
    CONTACT = "contact"
    POLICY_CHECK = "policy_check"
    CAMPAIGNS = "campaigns"
    OTHER_PROVINCES = "other_provinces"
    STATISTICS = "statistics"
    POOL = "pool"


PURPOSE_BITS = {
    PurposeCode.REGISTRY: 1,
    PurposeCode.MATCHING: 2,
    PurposeCode.CONTACT: 4,
    PurposeCode.POLICY_CHECK: 8,
    PurposeCode.CAMPAIGNS: 16,
    PurposeCode.OTHER_PROVINCES: 32,
    PurposeCode.STATISTICS: 64,
    PurposeCode.POOL: 128,
}
"""The stored bit of each purpose, where uses of a record are closed; a bit never changes its meaning."""


ASKED_LATER = frozenset({PurposeCode.POOL})
"""Purposes nobody is asked about while registering: to stay in the pool is asked when a need one applied for is over."""


def bits_of(purposes: Iterable[PurposeCode]) -> int:
    """These purposes as the record stores them."""
    return sum(PURPOSE_BITS[one] for one in set(purposes))


class Channel(StrEnum):
    """How the consent or the withdrawal reached the office."""

    SCREEN = "screen"
    PAPER = "paper"
    PHONE = "phone"


LAWFUL_WITHOUT_CONSENT = frozenset(
    {
        PurposeCode.REGISTRY,
        PurposeCode.MATCHING,
        PurposeCode.CONTACT,
        PurposeCode.POLICY_CHECK,
        PurposeCode.STATISTICS,
    }
)
"""Purposes for which the record of an official, kept because a law orders it, needs no consent. Campaigns
and sharing with other provinces are never covered by that ground."""
