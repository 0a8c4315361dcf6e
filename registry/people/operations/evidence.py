"""Evidence behind claims, and checking it: a separate act with officer, day, method and result."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from registry.people.models import (
    Achievement,
    Education,
    Evidence,
    EvidenceLink,
    Experience,
    LanguageClaim,
    Person,
    SkillClaim,
)
from registry.people.operations.errors import AlreadyChecked, ReasonMissing, WrongClaims
from registry.people.operations.identity import check_version
from registry.people.operations.traces import plain, trace
from registry.people.rules import (
    EvidenceDraft,
    EvidenceFinding,
    EvidenceResult,
    VerificationMethod,
    state_of_claim,
)

Claim = Education | Experience | LanguageClaim | SkillClaim | Achievement

LINK_COLUMNS: dict[type[Claim], str] = {
    Education: "education_id",
    Experience: "experience_id",
    LanguageClaim: "language_claim_id",
    SkillClaim: "skill_claim_id",
    Achievement: "achievement_id",
}


def attach_evidence(
    session: Session,
    person: Person,
    claims: Sequence[Claim],
    draft: EvidenceDraft,
    *,
    by: int | None,
    at: datetime,
) -> Evidence:
    """Put evidence behind claims of one person. Raises WrongClaims for none, or for another person's."""
    if not claims or any(claim.person_id != person.id for claim in claims):
        raise WrongClaims(claims)
    evidence = Evidence(person=person, added_by_id=by)
    for name in draft.__dataclass_fields__:
        setattr(evidence, name, getattr(draft, name))
    evidence.links = [EvidenceLink(**{LINK_COLUMNS[type(claim)]: claim.id}) for claim in claims]
    session.add(evidence)
    session.flush()
    refresh_claims(session, claims)
    _trace(session, person, evidence, "attached", by, at, {"evidence": (None, plain(draft))})
    return evidence


def verify_evidence(
    session: Session,
    person: Person,
    evidence: Evidence,
    *,
    method: VerificationMethod,
    until: date | None,
    expected_version: int,
    by: int | None,
    at: datetime,
) -> None:
    """An officer found the evidence good, until a day if it has one. Raises AlreadyChecked, EditedMeanwhile."""
    _check(evidence, expected_version)
    evidence.result, evidence.method = EvidenceResult.VERIFIED, method
    evidence.verified_until = until
    _finish(session, person, evidence, "verified", by, at)


def reject_evidence(
    session: Session,
    person: Person,
    evidence: Evidence,
    *,
    reason: str,
    expected_version: int,
    by: int | None,
    at: datetime,
) -> None:
    """An officer found the evidence wanting; the person reads why.

    Raises ReasonMissing, AlreadyChecked, EditedMeanwhile.
    """
    if not reason.strip():
        raise ReasonMissing
    _check(evidence, expected_version)
    evidence.result, evidence.reason = EvidenceResult.REJECTED, reason
    _finish(session, person, evidence, "rejected", by, at)


def _check(evidence: Evidence, expected_version: int) -> None:
    if evidence.result is not None:
        raise AlreadyChecked
    check_version(evidence.version, expected_version)


def _finish(
    session: Session, person: Person, evidence: Evidence, verb: str, by: int | None, at: datetime
) -> None:
    evidence.checked_by_id, evidence.checked_at = by, at
    session.flush()
    refresh_claims(session, claims_of(session, evidence))
    changes: dict[str, tuple[object, object]] = {
        "result": (None, evidence.result),
        "method": (None, evidence.method),
        "verified_until": (None, evidence.verified_until),
    }
    _trace(session, person, evidence, verb, by, at, changes, evidence.reason)


def claims_of(session: Session, evidence: Evidence) -> list[Claim]:
    """The claims that a piece of evidence supports."""
    found: list[Claim] = []
    for model, column in LINK_COLUMNS.items():
        ids = [getattr(link, column) for link in evidence.links if getattr(link, column) is not None]
        if ids:
            found.extend(session.scalars(select(model).where(model.id.in_(ids)).order_by(model.id)))
    return found


def drop_loose_evidence(session: Session, person: Person) -> None:
    """Delete evidence of a person that supports nothing any more, as after a row was removed."""
    loose = select(Evidence).where(Evidence.person_id == person.id, ~Evidence.links.any())
    for evidence in session.scalars(loose).all():
        session.expire(evidence, ["links"])  # the database already took them with their claim
        session.delete(evidence)
    session.flush()


def refresh_claims(session: Session, claims: Sequence[Claim]) -> None:
    """Let claims stand as the evidence behind them says."""
    for claim in claims:
        column: Any = getattr(EvidenceLink, LINK_COLUMNS[type(claim)])
        rows = session.execute(
            select(Evidence.result, Evidence.verified_until, Evidence.expires_on)
            .join(EvidenceLink)
            .where(column == claim.id)
        )
        findings = [EvidenceFinding(result, _last_day(until, expires)) for result, until, expires in rows]
        claim.evidence_state, claim.evidence_until = state_of_claim(findings)
    session.flush()


def _last_day(until: date | None, expires: date | None) -> date | None:
    days = [day for day in (until, expires) if day is not None]
    return min(days) if days else None


def _trace(
    session: Session,
    person: Person,
    evidence: Evidence,
    verb: str,
    by: int | None,
    at: datetime,
    changes: Mapping[str, tuple[object, object]],
    reason: str = "",
) -> None:
    trace(
        session,
        person,
        f"evidence.{verb}",
        by=by,
        at=at,
        changes=changes,
        subject=("evidence", evidence.public_id),
        reason=reason,
    )
