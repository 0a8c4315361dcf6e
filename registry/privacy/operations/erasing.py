"""Erasing a person: every row and value goes, an empty record with its code stays, so that counts and keys hold.

Flushes, never commits. What the files of the database still hold afterwards is cleared by `scrubbing`.
"""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import delete, or_, select, update
from sqlalchemy.orm import Session

from registry.accounts.models import Account
from registry.audit.operations import destroy_person_key, record
from registry.balance.operations import forget_person_in_balance
from registry.campaigns.models import CampaignLetter, CampaignMember, OutreachAttempt
from registry.candidacies.operations.forgetting import forget_candidacies
from registry.consents.models import Consent
from registry.exports.operations.forgetting import forget_person_in_exports
from registry.grants.operations.forgetting import forget_person_in_grants
from registry.introductions.models import Conversation, Interest, RevealRequest
from registry.matching.models import MatchRow, SavedSearchSeen, SelectionPerson, ShortlistEntry
from registry.networks.operations import forget_person_in_networks
from registry.offers.models import OfferSheet
from registry.people.models import (
    AcceptedPlace,
    Achievement,
    Affinity,
    Availability,
    CadreFacet,
    Contact,
    DuplicateMerge,
    DuplicatePair,
    DuplicateWaiting,
    Education,
    Evidence,
    Experience,
    ExpertFacet,
    IdentityDocument,
    LanguageClaim,
    LetterStop,
    Nationality,
    OverseasFacet,
    Person,
    PersonName,
    PersonText,
    SensitiveTraits,
    SkillClaim,
    note_changed,
)
from registry.people.rules import LegalBasis, PersonState
from registry.privacy.models import ErasedPerson, GivenForNeed, RetentionNotice, RightsRequest
from registry.privacy.operations.erasing_accounts import erase_account, forget_letters, forget_registration
from registry.privacy.operations.erasing_staging import forget_staging, forget_terms
from registry.privacy.operations.steps import add_step
from registry.privacy.queries.holdings import table_named
from registry.privacy.rules import OPEN_STATES, RequestState, StepKind
from registry.privacy.rules.retention import NoticeOutcome
from registry.training.operations.forgetting import forget_person_in_training

_ROWS: Sequence[Any] = (
    Evidence,
    SkillClaim,
    LanguageClaim,
    Education,
    Experience,
    Achievement,
    Availability,
    AcceptedPlace,
    Affinity,
    LetterStop,
    ExpertFacet,
    CadreFacet,
    OverseasFacet,
    SensitiveTraits,
    IdentityDocument,
    Contact,
    Nationality,
    PersonName,
    Interest,
    RevealRequest,
    Conversation,
    OfferSheet,
    ShortlistEntry,
    SelectionPerson,
    SavedSearchSeen,
    GivenForNeed,
)
"""Tables whose rows of the person go; what hangs on them goes with them."""

_EMPTY = ("origin_text", "birthplace_text", "residence_text", "residence_unit_path", "headline", "summary")
_NOTHING = (
    "external_id",
    "submission_key",
    "birth_on",
    "birth_precision",
    "sex",
    "origin_unit_id",
    "birthplace_unit_id",
    "residence_unit_id",
    "residence_country",
    "stated_years",
    "confirmed_on",
    "edited_by_id",
    "merged_into_id",
)


class KeptByLaw(Exception):
    """A law orders the record to be kept: the request is refused with that ground, not carried out."""


def erase_person(session: Session, person: Person, *, by: int | None, at: datetime) -> None:
    """Erase a person and those records that were merged into theirs. Raises KeptByLaw."""
    if person.legal_basis is LegalBasis.LAW:
        raise KeptByLaw
    for merged in session.scalars(select(Person).where(Person.merged_into_id == person.id)).all():
        _erase(session, merged, by=by, at=at)
    _erase(session, person, by=by, at=at)


def _erase(session: Session, person: Person, *, by: int | None, at: datetime) -> None:
    forget_staging(session, person)
    forget_person_in_exports(session, person.id)
    forget_terms(session, person)
    forget_candidacies(session, person, at=at)
    forget_person_in_grants(session, person)
    forget_person_in_training(session, person)
    forget_person_in_balance(session, person)
    forget_person_in_networks(session, person)
    for model in _ROWS:
        session.execute(delete(model).where(model.person_id == person.id))
    session.execute(delete(PersonText).where(PersonText.id == person.id))
    blank = {"person": None, "content": None, "inputs": None}
    session.execute(update(MatchRow).where(MatchRow.person == person.public_id).values(**blank))
    _leave_campaigns(session, person, at=at)
    _forget_likenesses(session, person)
    _end_consents(session, person, by=by, at=at)
    _close_requests(session, person, by=by, at=at)
    _end_notices(session, person, at=at)
    _leave_tombstone(session, person, by=by, at=at)
    session.add(ErasedPerson(person=person.public_id, erased_at=at))
    record(session, by, "person.erased", "person", person.public_id, person=person.public_id, at=at)
    destroy_person_key(session, person.public_id)
    session.flush()
    session.expire_all()
    note_changed(session, [person.id], are_deleted=True)


def _leave_campaigns(session: Session, person: Person, *, at: datetime) -> None:
    """That a campaign reached somebody still counts; whom, and what was said, does not stay. Links open nothing more."""
    own = select(CampaignMember.id).where(CampaignMember.person_id == person.id).scalar_subquery()
    session.execute(delete(OutreachAttempt).where(OutreachAttempt.member_id.in_(own)))
    open_letters = update(CampaignLetter).where(
        CampaignLetter.member_id.in_(own), CampaignLetter.revoked_at.is_(None)
    )
    session.execute(open_letters.values(revoked_at=at).execution_options(synchronize_session=False))
    empty = {"person_id": None, "words_sealed": None}
    session.execute(update(CampaignMember).where(CampaignMember.person_id == person.id).values(**empty))


def _forget_likenesses(session: Session, person: Person) -> None:
    """Forget whom the record was like, and what would take a merge back: that holds values of both records."""
    session.execute(delete(DuplicateWaiting).where(DuplicateWaiting.person_id == person.id))
    of_pairs = or_(DuplicatePair.first_id == person.id, DuplicatePair.second_id == person.id)
    session.execute(delete(DuplicatePair).where(of_pairs))
    of_merges = or_(DuplicateMerge.survivor_id == person.id, DuplicateMerge.merged_id == person.id)
    session.execute(update(DuplicateMerge).where(of_merges).values(material_sealed=None))


def _end_consents(session: Session, person: Person, *, by: int | None, at: datetime) -> None:
    """That and when somebody agreed stays as proof; words do not."""
    for consent in session.scalars(select(Consent).where(Consent.person_id == person.id)):
        consent.withdrawn_because = ""
        if consent.withdrawn_at is None:
            consent.withdrawn_at, consent.withdrawn_by_id = max(at, consent.given_at), by
    session.flush()


def _close_requests(session: Session, person: Person, *, by: int | None, at: datetime) -> None:
    """Whatever else was asked for is settled with the erasure; kinds and days stay, words do not."""
    for request in session.scalars(select(RightsRequest).where(RightsRequest.person_id == person.id)).all():
        if request.state in OPEN_STATES:
            request.state, request.closed_at = RequestState.DONE, at
            request.answered_at = request.answered_at or at
            add_step(session, request, StepKind.DONE, by=by, at=at)
        for step in request.steps:
            step.words_sealed = None
    session.flush()


def _end_notices(session: Session, person: Person, *, at: datetime) -> None:
    """Notices stay as proof, without a question any more; so does that an incident touched the record, without words."""
    waiting = update(RetentionNotice).where(
        RetentionNotice.person_id == person.id, RetentionNotice.outcome == NoticeOutcome.WAITING
    )
    session.execute(waiting.values(outcome=NoticeOutcome.LAPSED, settled_at=at))
    steps = table_named("incident_step")
    session.execute(update(steps).where(steps.c.person_id == person.id).values(words_sealed=None))


def _leave_tombstone(session: Session, person: Person, *, by: int | None, at: datetime) -> None:
    """Empty the record; its code, its office and its state stay."""
    account_id, person.account_id = person.account_id, None
    person.full_name = ""
    for name in _EMPTY:
        setattr(person, name, "")
    for name in _NOTHING:
        setattr(person, name, None)
    person.state = PersonState.ERASED
    person.closed_purposes = 0
    person.updated_at = at
    session.flush()
    account = None if account_id is None else session.get_one(Account, account_id)
    forget_letters(session, person.public_id, account)
    if account is not None:
        forget_registration(session, account.id)
        erase_account(session, account.id, by=by, at=at)
