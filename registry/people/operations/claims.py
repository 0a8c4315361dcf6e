"""Skill and language claims. A level is never overwritten: a change closes the row and opens a new one."""

from collections.abc import Mapping
from datetime import date, datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from registry.people.models import LanguageClaim, Person, SkillClaim
from registry.people.operations.errors import AlreadyClaimed, settled_by_constraint
from registry.people.operations.identity import check_version
from registry.people.operations.traces import differences, plain, trace
from registry.people.rules import LanguageDraft, SkillDraft


def claim_skill(
    session: Session, person: Person, draft: SkillDraft, *, on: date, by: int | None, at: datetime
) -> SkillClaim:
    """Add a claim. Raises AlreadyClaimed when an open claim to the same concept or pending term exists."""
    if _open_skill_claim(session, person, draft) is not None:
        raise AlreadyClaimed(draft.typed)
    claim = write_skill(person, draft, on)
    with settled_by_constraint(session, AlreadyClaimed(draft.typed)):
        session.add(claim)
    _trace_skill(session, person, claim, "added", {"claim": (None, plain(draft))}, by, at)
    return claim


def revise_skill_claim(
    session: Session,
    person: Person,
    claim: SkillClaim,
    draft: SkillDraft,
    *,
    expected_version: int,
    on: date,
    by: int | None,
    at: datetime,
) -> SkillClaim:
    """Save a claim. A new level or concept closes the row, whose evidence proved the old one, and opens another.

    Raises EditedMeanwhile, and AlreadyClaimed when the new concept has an open claim of its own.
    """
    check_version(claim.version, expected_version)
    changes = differences({"claim": skill_draft_of(claim)}, {"claim": draft})
    if not changes:
        return claim
    other = _open_skill_claim(session, person, draft)
    if other is not None and other.id != claim.id:
        raise AlreadyClaimed(draft.typed)
    if _same_level(claim, draft):
        claim.typed, claim.since_year, claim.how = draft.typed, draft.since_year, draft.how
        claim.needs_confirmation = draft.needs_confirmation
        kept = claim
    else:
        _close(claim, on)
        session.flush()
        kept = write_skill(person, draft, on)
        with settled_by_constraint(session, AlreadyClaimed(draft.typed)):
            session.add(kept)
    session.flush()
    _trace_skill(session, person, kept, "revised", changes, by, at)
    return kept


def close_skill_claim(
    session: Session,
    person: Person,
    claim: SkillClaim,
    *,
    expected_version: int,
    on: date,
    by: int | None,
    at: datetime,
) -> None:
    """End a claim; the row stays and can be shown for any day on which it held. Raises EditedMeanwhile."""
    check_version(claim.version, expected_version)
    _close(claim, on)
    session.flush()
    _trace_skill(session, person, claim, "closed", {"claim": (plain(skill_draft_of(claim)), None)}, by, at)


def write_skill(person: Person, draft: SkillDraft, on: date) -> SkillClaim:
    """A new open claim with the values of a draft, without an event."""
    return SkillClaim(
        person=person,
        typed=draft.typed,
        skill_id=draft.skill_id,
        pending_term_id=draft.pending_term_id,
        level=draft.level,
        since_year=draft.since_year,
        needs_confirmation=draft.needs_confirmation,
        how=draft.how,
        valid_from=on,
    )


def skill_draft_of(claim: SkillClaim) -> SkillDraft:
    """The values of a claim as a draft."""
    return SkillDraft(
        claim.typed,
        claim.skill_id,
        claim.pending_term_id,
        claim.level,
        claim.since_year,
        claim.needs_confirmation,
        claim.how,
    )


def _same_level(claim: SkillClaim, draft: SkillDraft) -> bool:
    return (claim.skill_id, claim.pending_term_id, claim.level) == (
        draft.skill_id,
        draft.pending_term_id,
        draft.level,
    )


def _open_skill_claim(session: Session, person: Person, draft: SkillDraft) -> SkillClaim | None:
    same = (
        SkillClaim.skill_id == draft.skill_id
        if draft.skill_id is not None
        else SkillClaim.pending_term_id == draft.pending_term_id
    )
    return session.scalar(
        select(SkillClaim)
        .where(SkillClaim.person_id == person.id, SkillClaim.valid_to.is_(None), same)
        .limit(1)
    )


def _close(claim: SkillClaim | LanguageClaim, on: date) -> None:
    """The last day is yesterday; a row opened today ends today."""
    claim.valid_to = max(claim.valid_from, on - timedelta(days=1))


def _trace_skill(
    session: Session,
    person: Person,
    claim: SkillClaim,
    verb: str,
    changes: Mapping[str, tuple[object, object]],
    by: int | None,
    at: datetime,
) -> None:
    subject = ("skill_claim", claim.public_id)
    trace(session, person, f"skill_claim.{verb}", by=by, at=at, changes=changes, subject=subject)


def claim_language(
    session: Session, person: Person, draft: LanguageDraft, *, on: date, by: int | None, at: datetime
) -> LanguageClaim:
    """Add a language. Raises AlreadyClaimed when the record has it."""
    if _open_language_claim(session, person, draft.language) is not None:
        raise AlreadyClaimed(draft.language)
    claim = write_language(person, draft, on)
    with settled_by_constraint(session, AlreadyClaimed(draft.language)):
        session.add(claim)
    _trace_language(session, person, claim, "added", {"claim": (None, plain(draft))}, by, at)
    return claim


def revise_language_claim(
    session: Session,
    person: Person,
    claim: LanguageClaim,
    draft: LanguageDraft,
    *,
    expected_version: int,
    on: date,
    by: int | None,
    at: datetime,
) -> LanguageClaim:
    """Save a language; a new level closes the row and opens another. Raises EditedMeanwhile, AlreadyClaimed."""
    check_version(claim.version, expected_version)
    changes = differences({"claim": language_draft_of(claim)}, {"claim": draft})
    if not changes:
        return claim
    other = _open_language_claim(session, person, draft.language)
    if other is not None and other.id != claim.id:
        raise AlreadyClaimed(draft.language)
    if (claim.language, claim.rank) == (draft.language, draft.rank):
        claim.certificate = draft.certificate
        kept = claim
    else:
        _close(claim, on)
        session.flush()
        kept = write_language(person, draft, on)
        with settled_by_constraint(session, AlreadyClaimed(draft.language)):
            session.add(kept)
    session.flush()
    _trace_language(session, person, kept, "revised", changes, by, at)
    return kept


def close_language_claim(
    session: Session,
    person: Person,
    claim: LanguageClaim,
    *,
    expected_version: int,
    on: date,
    by: int | None,
    at: datetime,
) -> None:
    """End a language claim; the row stays. Raises EditedMeanwhile."""
    check_version(claim.version, expected_version)
    _close(claim, on)
    session.flush()
    gone = {"claim": (plain(language_draft_of(claim)), None)}
    _trace_language(session, person, claim, "closed", gone, by, at)


def write_language(person: Person, draft: LanguageDraft, on: date) -> LanguageClaim:
    """A new open claim with the values of a draft, without an event."""
    return LanguageClaim(
        person=person,
        language=draft.language,
        rank=draft.rank,
        certificate=draft.certificate,
        valid_from=on,
    )


def language_draft_of(claim: LanguageClaim) -> LanguageDraft:
    """The values of a claim as a draft."""
    return LanguageDraft(claim.language, claim.rank, claim.certificate)


def _open_language_claim(session: Session, person: Person, language: str) -> LanguageClaim | None:
    return session.scalar(
        select(LanguageClaim).where(
            LanguageClaim.person_id == person.id,
            LanguageClaim.valid_to.is_(None),
            LanguageClaim.language == language,
        )
    )


def _trace_language(
    session: Session,
    person: Person,
    claim: LanguageClaim,
    verb: str,
    changes: Mapping[str, tuple[object, object]],
    by: int | None,
    at: datetime,
) -> None:
    subject = ("language_claim", claim.public_id)
    trace(session, person, f"language_claim.{verb}", by=by, at=at, changes=changes, subject=subject)
