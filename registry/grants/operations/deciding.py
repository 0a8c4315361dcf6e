"""A decision is a person's act: proposed by one, approved or refused by another. Flushes, never commits.

The engine is asked once, when it is proposed; its answer and all it was told are frozen. Nothing here approves or refuses by itself.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from registry.db import new_public_id
from registry.db.keys import keyring_of
from registry.grants.models import EligibilityDecision, Grant
from registry.grants.operations.errors import (
    AlreadyDecided,
    AnswerChanged,
    AnswerDiffers,
    DayOutOfOrder,
    GroundNeeded,
    NoSuchGroup,
    NotApplicable,
    NotPossible,
    SecondPersonNeeded,
)
from registry.grants.operations.giving import drop_grant, plan_grant
from registry.grants.operations.keeping import Act, add_step, hold
from registry.grants.queries.answering import Answered, answered_by
from registry.grants.queries.sealed import frozen_of, frozen_place, ground_place
from registry.grants.rules import DecisionState, GrantState, canonical, fingerprint
from registry.needs.models import Need
from registry.people.models import Person
from registry.policies.models import Policy, PolicyVersion
from registry.policies.rules import Applicability
from registry.policies.rules.states import VersionState

_STANDS = (DecisionState.PROPOSED, DecisionState.APPROVED)
_OVER = (GrantState.COMPLETED, GrantState.ENDED, GrantState.REPAID, GrantState.WAIVED)


@dataclass(frozen=True)
class Signed:
    """The paper of a decision: number, day of signing, who signed it and in which office, last day to use it."""

    number: str
    signed_on: date
    signer_name: str
    signer_post: str
    expires_on: date | None = None


def propose_decision(
    session: Session,
    person: Person,
    need: Need | None,
    version: PolicyVersion,
    rows: Mapping[str, Any],
    groups: Sequence[str],
    act: Act,
    *,
    ground: str = "",
    seen: str = "",
) -> EligibilityDecision:
    """Propose that a person receives what these groups of a version give; the engine's answer is frozen with it.

    `rows`: what the engine is asked, as plain data (`asked_rows`). `seen`: the fingerprint of the answer on the page from
    which this comes. Raises NotPossible for a version that is not published, NoSuchGroup, NotApplicable, AnswerChanged,
    GroundNeeded, AlreadyDecided.
    """
    hold(session, person)
    if version.state is not VersionState.PUBLISHED:
        raise NotPossible
    answered = answered_by(session, version, rows, groups)
    _refuse_unfounded(answered, groups, ground, seen)
    _refuse_second(session, person, version, groups)
    decision = EligibilityDecision(
        public_id=new_public_id(),
        person=person,
        need=need,
        policy_version=version,
        groups=[one["code"] for one in answered.frozen["groups"]],
        state=DecisionState.PROPOSED,
        is_against_answer=answered.is_against,
        proposed_by_id=act.by,
        proposed_at=act.at,
    )
    _freeze(session, decision, answered)
    if ground:
        decision.ground_sealed = keyring_of(session).seal(ground, ground_place(decision))
    session.add(decision)
    session.flush()
    add_step(session, decision, DecisionState.PROPOSED, act)
    return decision


def _refuse_unfounded(answered: Answered, groups: Sequence[str], ground: str, seen: str) -> None:
    known = {one.code for one in answered.version.groups}
    if not groups or not known.issuperset(groups):
        raise NoSuchGroup
    if answered.said.applicable is not Applicability.YES:
        raise NotApplicable(answered.said.reason)
    if seen and seen != answered.mark:
        raise AnswerChanged
    if answered.is_against and not ground:
        raise GroundNeeded


def _refuse_second(session: Session, person: Person, version: PolicyVersion, groups: Sequence[str]) -> None:
    """Nobody is granted the same group of a policy twice while the first stands, whichever version it was."""
    standing = session.scalars(
        select(EligibilityDecision)
        .join(PolicyVersion, PolicyVersion.id == EligibilityDecision.version_id)
        .join(Policy, Policy.id == PolicyVersion.policy_id)
        .outerjoin(Grant, Grant.decision_id == EligibilityDecision.id)
        .where(
            EligibilityDecision.person_id == person.id,
            EligibilityDecision.state.in_(_STANDS),
            Policy.id == version.policy_id,
            Grant.state.is_(None) | Grant.state.not_in(_OVER),
        )
    )
    if any(not set(groups).isdisjoint(one.groups) for one in standing):
        raise AlreadyDecided


def _freeze(session: Session, decision: EligibilityDecision, answered: Answered) -> None:
    text = canonical(answered.frozen)
    decision.frozen_sealed = keyring_of(session).seal(text, frozen_place(decision))
    decision.frozen_sha256 = fingerprint(text)
    asked = answered.asked
    decision.applied_on, decision.decided_on, decision.starts_on = (
        asked.applied_on,
        asked.decided_on,
        asked.starts_on,
    )


def approve_decision(
    session: Session, decision: EligibilityDecision, signed: Signed, act: Act, *, words: str = ""
) -> Grant:
    """Approve what somebody else proposed, with the paper's number and signer; its grant is planned at once.

    Signed on another day than proposed, the sums must be the same on that day. Raises NotPossible, SecondPersonNeeded,
    DayOutOfOrder, AnswerDiffers, NotApplicable.
    """
    _for_second_person(session, decision, act)
    if signed.signed_on > act.on or signed.signed_on < decision.applied_on:
        raise DayOutOfOrder(decision.applied_on)
    if signed.expires_on is not None and signed.expires_on < max(signed.signed_on, act.on):
        raise DayOutOfOrder(max(signed.signed_on, act.on))
    if signed.signed_on != decision.decided_on:
        _move_to(session, decision, signed.signed_on)
    decision.number, decision.expires_on = signed.number, signed.expires_on
    decision.signer_name, decision.signer_post = signed.signer_name, signed.signer_post
    decision.decided_by_id, decision.decided_at = act.by, act.at
    add_step(session, decision, DecisionState.APPROVED, act, words)
    return plan_grant(session, decision, act)


def _move_to(session: Session, decision: EligibilityDecision, signed_on: date) -> None:
    """The same facts on the day of signing: another sum is another proposal."""
    frozen = frozen_of(session, decision)
    if frozen is None:
        raise NotPossible
    rows = frozen["asked"] | {"decided_on": signed_on.isoformat()}
    answered = answered_by(session, decision.policy_version, rows, decision.groups)
    if answered.said.applicable is not Applicability.YES:
        raise NotApplicable(answered.said.reason)
    if answered.frozen["lines"] != frozen["lines"] or answered.is_against != decision.is_against_answer:
        raise AnswerDiffers
    _freeze(session, decision, answered)


def refuse_decision(session: Session, decision: EligibilityDecision, act: Act, *, words: str) -> None:
    """Refuse what somebody else proposed, with the reason. Raises NotPossible, SecondPersonNeeded."""
    _for_second_person(session, decision, act)
    decision.decided_by_id, decision.decided_at = act.by, act.at
    add_step(session, decision, DecisionState.REFUSED, act, words)


def _for_second_person(session: Session, decision: EligibilityDecision, act: Act) -> None:
    hold(session, decision.person)
    session.refresh(decision)
    if decision.state is not DecisionState.PROPOSED:
        raise NotPossible
    if act.by == decision.proposed_by_id:
        raise SecondPersonNeeded


def take_back_proposal(session: Session, decision: EligibilityDecision, act: Act, *, words: str) -> None:
    """Take back a proposal nobody decided on yet, with the reason. Raises NotPossible."""
    hold(session, decision.person)
    session.refresh(decision)
    if decision.state is not DecisionState.PROPOSED:
        raise NotPossible
    add_step(session, decision, DecisionState.REVOKED, act, words)


def revoke_decision(session: Session, decision: EligibilityDecision, act: Act, *, words: str) -> None:
    """Revoke an approved decision of which nothing was committed yet; its planned grant ends. Raises NotPossible.

    Once money is committed the grant is ended, with what that means for the commitment.
    """
    hold(session, decision.person)
    session.refresh(decision)
    if decision.state is not DecisionState.APPROVED:
        raise NotPossible
    drop_grant(session, decision, act, words=words)
    add_step(session, decision, DecisionState.REVOKED, act, words)


def expire_decision(session: Session, decision: EligibilityDecision, act: Act) -> None:
    """Write down that an approved decision was not used until its last day; its planned grant ends. Raises NotPossible."""
    hold(session, decision.person)
    session.refresh(decision)
    if decision.state is not DecisionState.APPROVED:
        raise NotPossible
    drop_grant(session, decision, act, words="")
    add_step(session, decision, DecisionState.EXPIRED, act)
