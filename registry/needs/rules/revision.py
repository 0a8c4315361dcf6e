"""What a change of a need means for its approval (NE-01). Pure.

An approver answers for how many people are sought, for whom, on what ground, by when, and by which yardstick
they are ranked. Each of these is substance: changed after the approval, nobody has approved what stands there,
so the need waits for approval again. A kept ranking is not touched: it shows what was asked on its own day.

Title, description and notes are words for readers. No score, no condition and no count reads them, and a slip of
the pen in a published need must be mendable at once; that they changed, and by whom, stays visible on the need.
"""

from collections.abc import Collection, Iterable
from dataclasses import fields
from typing import cast

from registry.needs.rules.states import NeedState
from registry.needs.rules.terms import ConditionTerms, NeedTerms

WORDING = frozenset({"title", "description", "note"})
"""The terms that may change without a new approval."""

APPROVED_STATES = frozenset({NeedState.APPROVED, NeedState.OPEN, NeedState.ON_HOLD})
"""The states that rest on an approval and go on from it."""

# An id names its path; a path moves when units are reorganised, which is nobody's change of the need.
_DERIVED = frozenset({"organisation_path", "unit_path"})
_UNDATED_STATES = frozenset({NeedState.DRAFT, NeedState.REJECTED, NeedState.CANCELLED})

SkillAsked = tuple[str, int, int, bool, int | None]
"""Concept (else the waiting text), level, weight, essential, minimum: what of a wanted skill is substance."""


def substance(
    terms: NeedTerms, skills: Iterable[SkillAsked], conditions: Iterable[ConditionTerms]
) -> dict[str, object]:
    """What is approved, term by term, comparable: the order of rows and of chosen codes says nothing."""
    said: dict[str, object] = {
        one.name: _unordered(one.name, getattr(terms, one.name))
        for one in fields(NeedTerms)
        if one.name not in WORDING | _DERIVED
    }
    said["skills"] = sorted(map(repr, skills))
    said["conditions"] = sorted(repr(_condition(one)) for one in conditions)
    return said


def changed_terms(before: dict[str, object], after: dict[str, object]) -> frozenset[str]:
    """The names of the terms that differ."""
    return frozenset(name for name in before if before[name] != after[name])


def asks_for_approval(state: NeedState, changed: Collection[str]) -> bool:
    """Whether a need in this state, with these terms of its substance changed, must be approved again."""
    return state in APPROVED_STATES and bool(changed)


def must_say_when(state: NeedState) -> bool:
    """Whether a need in this state must say by when people are expected: from the day it asks for approval."""
    return state not in _UNDATED_STATES


def may_approve(account: int | None, put_forward_by: int | None) -> bool:
    """A second person decides: never the account that put the need, or its latest change, forward."""
    return account is None or account != put_forward_by


def _unordered(name: str, value: object) -> object:
    """Shares have an order that means something; other lists are sets of codes."""
    if name == "shares" or not isinstance(value, tuple):
        return value
    return sorted(map(str, cast("tuple[object, ...]", value)))


def _condition(one: ConditionTerms) -> tuple[object, ...]:
    return (
        one.kind.value,
        one.rank,
        sorted(one.field_codes),
        one.language,
        one.by_on,
        one.unit_id,
        one.evidence,
    )
