"""What a request changes for each use of a record at once, and what goes on and why. Pure."""

from collections.abc import Collection
from dataclasses import dataclass

from registry.consents.rules import LAWFUL_WITHOUT_CONSENT, PurposeCode
from registry.privacy.rules.kinds import RightKind


@dataclass(frozen=True)
class UseNow:
    """Whether a record is used for a purpose, and whether a law orders it whatever the person agreed to."""

    purpose: PurposeCode
    is_used: bool
    is_by_law: bool


def uses_now(
    standing: Collection[PurposeCode], closed: Collection[PurposeCode], *, is_by_law: bool
) -> list[UseNow]:
    """Every purpose with how the record is used: `standing` consents count, `closed` ones were limited."""
    return [
        UseNow(
            purpose,
            purpose not in closed and _has_ground(purpose, standing, is_by_law=is_by_law),
            is_by_law and purpose in LAWFUL_WITHOUT_CONSENT,
        )
        for purpose in PurposeCode
    ]


def _has_ground(purpose: PurposeCode, standing: Collection[PurposeCode], *, is_by_law: bool) -> bool:
    if is_by_law and purpose in LAWFUL_WITHOUT_CONSENT:
        return True
    return purpose in standing and (is_by_law or PurposeCode.REGISTRY in standing)


def closed_by(kind: RightKind, purpose: PurposeCode | None, *, is_by_law: bool) -> frozenset[PurposeCode]:
    """The uses that a restriction or an objection closes.

    A restriction leaves nothing but storing; an objection closes the purpose it names, or all but the keeping of the
    record. A record that a law orders stays with the office that keeps it.
    """
    if kind is RightKind.RESTRICTION:
        closed = frozenset(PurposeCode)
    elif kind is RightKind.OBJECTION:
        closed = frozenset({purpose}) if purpose else frozenset(PurposeCode) - {PurposeCode.REGISTRY}
    else:
        return frozenset()
    return closed - {PurposeCode.REGISTRY} if is_by_law else closed


def stops_when(kind: RightKind, purpose: PurposeCode | None, use: UseNow, *, is_by_law: bool) -> bool:
    """Whether a use that goes on now ends with such a request."""
    if kind is RightKind.WITHDRAWAL:
        is_meant = purpose is None or purpose is use.purpose
        takes_all = purpose is PurposeCode.REGISTRY and not is_by_law
        return use.is_used and not use.is_by_law and (is_meant or takes_all)
    return use.is_used and use.purpose in closed_by(kind, purpose, is_by_law=is_by_law)
