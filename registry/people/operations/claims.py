"""Skill and language claims. A level is never overwritten: a change closes the row and opens a new one."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Generic, TypeVar

from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import Session

from registry.db.taking import unless_taken
from registry.people.models import LanguageClaim, Person, SkillClaim
from registry.people.operations.errors import AlreadyClaimed
from registry.people.operations.identity import check_version
from registry.people.operations.traces import differences, plain, trace
from registry.people.rules import LanguageDraft, SkillDraft

Row = TypeVar("Row", SkillClaim, LanguageClaim)
Draft = TypeVar("Draft", SkillDraft, LanguageDraft)


@dataclass(frozen=True)
class ClaimKind(Generic[Row, Draft]):
    """How claims of one kind are kept; skills and languages differ only in what is written here.

    `proved` is what evidence behind a claim proves: while it stays, the row does. `amend` puts the other values
    of a draft on such a row. `same` finds claims to the same thing, of which a record has one at a time.
    """

    model: type[Row]
    write: Callable[[Person, Draft, date], Row]
    draft_of: Callable[[Row], Draft]
    said: Callable[[Draft], str]
    same: Callable[[Draft], ColumnElement[bool]]
    proved: Callable[[Draft], object]
    amend: Callable[[Row, Draft], None]

    def add(
        self, session: Session, person: Person, draft: Draft, *, on: date, by: int | None, at: datetime
    ) -> Row:
        """Add a claim. Raises AlreadyClaimed when an open claim to the same thing exists."""
        if self._open(session, person, draft) is not None:
            raise AlreadyClaimed(self.said(draft))
        claim = self._insert(session, person, draft, on)
        self._trace(session, person, claim, "added", {"claim": (None, plain(draft))}, by, at)
        return claim

    def revise(
        self,
        session: Session,
        person: Person,
        claim: Row,
        draft: Draft,
        *,
        expected_version: int,
        on: date,
        by: int | None,
        at: datetime,
    ) -> Row:
        """Save a claim. A new level or thing closes the row, whose evidence proved the old one, and opens another.

        Raises EditedMeanwhile, and AlreadyClaimed when the new thing has an open claim of its own.
        """
        check_version(claim.version, expected_version)
        before = self.draft_of(claim)
        changes = differences({"claim": before}, {"claim": draft})
        if not changes:
            return claim
        other = self._open(session, person, draft)
        if other is not None and other.id != claim.id:
            raise AlreadyClaimed(self.said(draft))
        if self.proved(before) == self.proved(draft):
            self.amend(claim, draft)
        else:
            _end(claim, on)
            session.flush()
            claim = self._insert(session, person, draft, on)
        session.flush()
        self._trace(session, person, claim, "revised", changes, by, at)
        return claim

    def close(
        self,
        session: Session,
        person: Person,
        claim: Row,
        *,
        expected_version: int,
        on: date,
        by: int | None,
        at: datetime,
    ) -> None:
        """End a claim; the row stays and can be shown for any day on which it held. Raises EditedMeanwhile."""
        check_version(claim.version, expected_version)
        _end(claim, on)
        session.flush()
        gone = {"claim": (plain(self.draft_of(claim)), None)}
        self._trace(session, person, claim, "closed", gone, by, at)

    def _insert(self, session: Session, person: Person, draft: Draft, on: date) -> Row:
        claim = self.write(person, draft, on)
        with unless_taken(session, AlreadyClaimed(self.said(draft))):
            session.add(claim)
        return claim

    def _open(self, session: Session, person: Person, draft: Draft) -> Row | None:
        model = self.model
        return session.scalar(
            select(model)
            .where(model.person_id == person.id, model.valid_to.is_(None), self.same(draft))
            .limit(1)
        )

    def _trace(
        self,
        session: Session,
        person: Person,
        claim: Row,
        verb: str,
        changes: Mapping[str, tuple[object, object]],
        by: int | None,
        at: datetime,
    ) -> None:
        kind = self.model.__tablename__
        subject = (kind, claim.public_id)
        trace(session, person, f"{kind}.{verb}", by=by, at=at, changes=changes, subject=subject)


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


def _same_skill(draft: SkillDraft) -> ColumnElement[bool]:
    if draft.skill_id is not None:
        return SkillClaim.skill_id == draft.skill_id
    return SkillClaim.pending_term_id == draft.pending_term_id


def _amend_skill(claim: SkillClaim, draft: SkillDraft) -> None:
    claim.typed, claim.since_year, claim.how = draft.typed, draft.since_year, draft.how
    claim.needs_confirmation = draft.needs_confirmation


def _amend_language(claim: LanguageClaim, draft: LanguageDraft) -> None:
    claim.certificate = draft.certificate


def _end(claim: SkillClaim | LanguageClaim, on: date) -> None:
    """The last day is yesterday; a row opened today ends today."""
    claim.valid_to = max(claim.valid_from, on - timedelta(days=1))


SKILLS = ClaimKind(
    SkillClaim,
    write_skill,
    skill_draft_of,
    said=lambda draft: draft.typed,
    same=_same_skill,
    proved=lambda draft: (draft.skill_id, draft.pending_term_id, draft.level),
    amend=_amend_skill,
)
LANGUAGES = ClaimKind(
    LanguageClaim,
    write_language,
    language_draft_of,
    said=lambda draft: draft.language,
    same=lambda draft: LanguageClaim.language == draft.language,
    proved=lambda draft: (draft.language, draft.rank),
    amend=_amend_language,
)

claim_skill, revise_skill_claim, close_skill_claim = SKILLS.add, SKILLS.revise, SKILLS.close
claim_language, revise_language_claim, close_language_claim = LANGUAGES.add, LANGUAGES.revise, LANGUAGES.close
