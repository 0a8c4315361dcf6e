"""What a passed course does to a profile, and taking exactly that back when the result is revoked (TR-03).

The room of training keeps what was given; here the rows of people are written. Flushes, never commits.
"""

from dataclasses import replace
from datetime import date, datetime
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from registry.people.models import CadreFacet, Evidence, EvidenceLink, Person, SkillClaim
from registry.people.operations.claims import (
    claim_skill,
    close_skill_claim,
    revise_skill_claim,
    skill_draft_of,
)
from registry.people.operations.entries import draft_of, revise_entry
from registry.people.operations.evidence import attach_evidence, claims_of, refresh_claims, verify_evidence
from registry.people.operations.traces import trace
from registry.people.rules import EvidenceDraft, SkillDraft, VerificationMethod

FROM_COURSE = "course"
"""How a skill that a course gave came to its concept: `SkillClaim.how`."""


def open_claim(session: Session, person: Person, skill_id: int) -> SkillClaim | None:
    """The open claim of a person to a concept."""
    return session.scalar(
        select(SkillClaim).where(
            SkillClaim.person_id == person.id, SkillClaim.skill_id == skill_id, SkillClaim.valid_to.is_(None)
        )
    )


def give_skill(
    session: Session,
    person: Person,
    skill: tuple[int, str],
    level: int | None,
    *,
    on: date,
    by: int | None,
    at: datetime,
) -> tuple[SkillClaim, SkillClaim | None, bool]:
    """A claim at least at this level: (claim, the lower one it took the place of, whether it was opened now)."""
    held = open_claim(session, person, skill[0])
    if held is None:
        draft = SkillDraft(skill[1], skill_id=skill[0], level=level, how=FROM_COURSE)
        return claim_skill(session, person, draft, on=on, by=by, at=at), None, True
    if level is None or (held.level is not None and held.level >= level):
        return held, None, False
    raised = revise_skill_claim(
        session,
        person,
        held,
        replace(skill_draft_of(held), level=level, how=FROM_COURSE),
        expected_version=held.version,
        on=on,
        by=by,
        at=at,
    )
    return raised, held, True


def prove_by_course(
    session: Session,
    person: Person,
    claims: list[SkillClaim],
    draft: EvidenceDraft,
    *,
    by: int | None,
    at: datetime,
) -> Evidence:
    """Evidence «from course» behind claims, verified: the result stands in the registry itself."""
    evidence = attach_evidence(session, person, claims, draft, by=by, at=at)
    verify_evidence(
        session,
        person,
        evidence,
        method=VerificationMethod.COURSE_RESULT,
        until=draft.expires_on,
        expected_version=evidence.version,
        by=by,
        at=at,
    )
    return evidence


def withdraw_course_evidence(
    session: Session, person: Person, evidence: Evidence, *, by: int | None, at: datetime, reason: str
) -> None:
    """Take the evidence of a revoked result away; its claims are as if it had never been there."""
    claims = claims_of(session, evidence)
    subject = ("evidence", evidence.public_id)
    trace(session, person, "evidence.withdrawn", by=by, at=at, subject=subject, reason=reason)
    session.delete(evidence)
    session.flush()
    refresh_claims(session, claims)


def withdraw_skill(
    session: Session,
    person: Person,
    claim: SkillClaim,
    earlier: SkillClaim | None,
    *,
    on: date,
    by: int | None,
    at: datetime,
) -> bool:
    """End a claim that a revoked result had opened, and open the one it replaced again.

    A claim that was closed since, or that other evidence supports, stays as it is. Whether it was ended.
    """
    others: Any = select(func.count(EvidenceLink.id)).where(EvidenceLink.skill_claim_id == claim.id)
    if claim.valid_to is not None or session.scalar(others):
        return False
    close_skill_claim(session, person, claim, expected_version=claim.version, on=on, by=by, at=at)
    if earlier is not None:
        earlier.valid_to = None
        session.flush()
        subject = ("skill_claim", earlier.public_id)
        trace(session, person, "skill_claim.reopened", by=by, at=at, subject=subject)
    return True


def set_standard(
    session: Session,
    person: Person,
    facet: CadreFacet,
    column: str,
    rank: int | None,
    *,
    by: int | None,
    at: datetime,
) -> None:
    """Put a standard (`political_theory_rank`, `state_management_rank`) on a cadre facet."""
    draft = replace(draft_of(facet), **{column: rank})
    revise_entry(session, person, facet, draft, expected_version=facet.version, by=by, at=at)
