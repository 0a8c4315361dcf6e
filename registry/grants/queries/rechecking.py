"""Grants given under a version that another has followed: what they give, beside what the version in force would. Reads only.

Nothing is changed by it: a grant keeps its version and its frozen answer. Both figures are shown, each by its name.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session, joinedload

from registry.accounts.rules import Viewer
from registry.grants.models import EligibilityDecision, Grant
from registry.grants.queries.listing import joined, visible
from registry.grants.queries.sealed import frozen_of
from registry.grants.rules import GOING_ON, GrantState, inputs_of
from registry.policies.models import Policy, PolicyVersion
from registry.policies.queries.law import law_of
from registry.policies.queries.versions import published, shown_on
from registry.policies.rules import Answer, Between, Law, LineKind, Words, answer, prepare
from registry.policies.rules.states import VersionState

MOST = 200
"""Grants looked at for one page; how many there are in all is said."""


@dataclass(frozen=True)
class Restated:
    """One grant under two versions: `old` are the sums it pins, `new` those of the version in force.

    `still` is whether the groups decided would be met today by the facts of then; `reason` why the new version gives
    nothing at all, where it cannot be applied.
    """

    grant: Grant
    version: PolicyVersion
    old: Between
    new: Between
    still: bool
    reason: str


@dataclass(frozen=True)
class Rechecked:
    """The list with both totals, and how many grants there are in all."""

    lines: Sequence[Restated]
    total: int

    @property
    def old(self) -> Between:
        """All of them under the terms they were given."""
        return _sum(one.old for one in self.lines)

    @property
    def new(self) -> Between:
        """All of them under the versions in force."""
        return _sum(one.new for one in self.lines)


def to_recheck(session: Session, viewer: Viewer, *, on: date, words: Words | None = None) -> Rechecked:
    """Grants that go on, or are planned, whose policy has a later published version in force on the day."""
    later = (
        select(PolicyVersion.policy_id)
        .where(PolicyVersion.state == VersionState.PUBLISHED)
        .group_by(PolicyVersion.policy_id)
        .having(func.count(PolicyVersion.id) > 1)
    )
    rows = session.scalars(
        joined(select(Grant))
        .where(
            visible(viewer, on=on),
            Grant.state.in_((*GOING_ON, GrantState.PLANNED)),
            PolicyVersion.policy_id.in_(later),
        )
        .options(
            joinedload(Grant.decision).joinedload(EligibilityDecision.person),
            joinedload(Grant.decision)
            .joinedload(EligibilityDecision.policy_version)
            .joinedload(PolicyVersion.policy)
            .selectinload(Policy.versions),
        )
        .order_by(Grant.id)
    ).all()
    pairs = [(grant, newer) for grant in rows if (newer := _newer(grant, on)) is not None]
    if not pairs:
        return Rechecked([], 0)
    law = law_of(session)
    lines = [_restated(session, law, grant, newer, on, words) for grant, newer in pairs[:MOST]]
    return Rechecked([one for one in lines if one is not None], len(pairs))


def newer_version(grant: Grant, on: date) -> PolicyVersion | None:
    """The version in force on a day that follows the one a grant pins; None where it still is that one."""
    return _newer(grant, on)


def _newer(grant: Grant, on: date) -> PolicyVersion | None:
    pinned = grant.decision.policy_version
    if len(published(pinned.policy)) < 2 and pinned.state is VersionState.PUBLISHED:
        return None
    current = shown_on(pinned.policy, on)
    return current if current is not None and current.number > pinned.number else None


def restated(session: Session, grant: Grant, *, on: date, words: Words | None = None) -> Restated | None:
    """One grant under both versions; None where no later version is in force, or what was frozen was erased."""
    newer = _newer(grant, on)
    return None if newer is None else _restated(session, law_of(session), grant, newer, on, words)


def _restated(
    session: Session, law: Law, grant: Grant, newer: PolicyVersion, on: date, words: Words | None
) -> Restated | None:
    frozen = frozen_of(session, grant.decision)
    if frozen is None:
        return None
    said = _today(law, newer, frozen["asked"], on, words)
    decided = set(grant.decision.groups)
    met = {one.code for one in said.groups if one.state.value == "met"}
    return Restated(grant, newer, total_of_lines(frozen["lines"]), _total(said), decided <= met, said.reason)


def _today(law: Law, version: PolicyVersion, rows: dict[str, Any], on: date, words: Words | None) -> Answer:
    """The frozen facts asked of another version as if they were handed in and decided on the day."""
    moved = rows | {"applied_on": on.isoformat(), "decided_on": on.isoformat()}
    facts, asked = inputs_of(moved)
    ready = prepare(law.versions[f"{version.policy.code}@{version.number}"], law, words)
    return answer(ready, facts, asked)


def total_of_lines(rows: Sequence[dict[str, Any]]) -> Between:
    """What frozen lines come to in all, as bounds; a line without an end, or not computed, counts one payment or nothing."""
    low = high = 0
    for row in rows:
        times = _times(row)
        low, high = low + (row["low"] or 0) * times, high + (row["high"] or 0) * times
    return Between(low, high)


def _times(row: dict[str, Any]) -> int:
    if row["period"] == "once" or row["months"] is None:
        return 1
    return row["months"] if row["period"] == "month" else -(-row["months"] // 12)


def _total(said: Answer) -> Between:
    rows = [
        {"low": one.low, "high": one.high, "months": one.months, "period": one.period.value}
        for one in said.lines
        if one.kind in (LineKind.FIXED, LineKind.RANGE, LineKind.UP_TO)
    ]
    return total_of_lines(rows)


def _sum(some: Any) -> Between:
    found = Between(0, 0)
    for one in some:
        found += one
    return found
