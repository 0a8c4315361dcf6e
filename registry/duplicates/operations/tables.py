"""What a merge does with each table that has a way to a person: its rows move to the survivor, or stay, and why.

The tables are those of `registry.privacy` (HOLDINGS, and those of NOT_HELD that name a person): a test fails for one
that stands in neither list here. A new table needs one line. A row that moves and would meet a row of the survivor
under a unique key stays with the record that was merged, where undoing, erasing and the copy of one's data find it.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy.orm import Session

from registry.balance.models import Movement
from registry.campaigns.models import CampaignMember
from registry.candidacies.models import Candidacy, DeclaredTie, ExpertOpinion, Nomination
from registry.consents.models import Consent
from registry.db import Base
from registry.grants.models import EligibilityDecision
from registry.introductions.models import Conversation, Interest, RevealRequest
from registry.matching.models import SavedSearchSeen, SelectionPerson, ShortlistEntry
from registry.networks.models import AssociationMember, ExpertVisit, OriginNote, OriginOutreach
from registry.offers.models import OfferSheet
from registry.people.models import (
    AcceptedPlace,
    Achievement,
    Affinity,
    Availability,
    CadreFacet,
    Contact,
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
    SensitiveTraits,
    SkillClaim,
)
from registry.people.models.sealed import (
    open_contact,
    open_identity,
    open_trait,
    seal_contact,
    seal_identity,
    seal_trait,
)
from registry.people.operations.identity import TRAITS
from registry.privacy.models import GivenForNeed, RightsRequest
from registry.training.models import Participation, SessionLecturer

Sealed = dict[str, Any]
Reseal = Callable[[Session, Any, Person, Person], Sealed]
"""The sealed columns of a row of the second person, sealed for the first: a value names the person it belongs to."""


@dataclass(frozen=True)
class Moved:
    """A table whose rows of the person, by `person_id`, go to the survivor.

    `reseal` when columns are sealed for a person; `once` when a row that says word for word what the survivor's says
    need not be there twice; `own_seal` when columns are sealed for the row itself, whoever it belongs to.
    """

    model: type[Base]
    reseal: Reseal | None = None
    once: bool = False
    own_seal: bool = False

    @property
    def name(self) -> str:
        """The name of the table."""
        return str(self.model.__tablename__)


def _contact(session: Session, row: Contact, to: Person, of: Person) -> Sealed:
    sealed, _digest = seal_contact(session, to, row.kind, open_contact(session, of, row))
    return {"value_sealed": sealed}


def _identity(session: Session, row: IdentityDocument, to: Person, of: Person) -> Sealed:
    sealed, _digest = seal_identity(session, to, row.kind, open_identity(session, of, row))
    return {"number_sealed": sealed}


def _traits(session: Session, row: SensitiveTraits, to: Person, of: Person) -> Sealed:
    return {
        f"{trait}_sealed": seal_trait(
            session, to, trait, open_trait(session, of, trait, getattr(row, f"{trait}_sealed"))
        )
        for trait in TRAITS
    }


def _participant(_session: Session, _row: Participation, to: Person, _of: Person) -> Sealed:
    """Nothing is sealed: the number that people are counted by is the survivor's."""
    return {"participant": to.id}


MOVED = (
    Moved(PersonName, once=True),
    Moved(Nationality),
    Moved(Contact, reseal=_contact),
    Moved(IdentityDocument, reseal=_identity),
    Moved(SensitiveTraits, reseal=_traits),
    Moved(ExpertFacet, once=True),
    Moved(CadreFacet, once=True),
    Moved(OverseasFacet, once=True),
    Moved(Education, once=True),
    Moved(Experience, once=True),
    Moved(SkillClaim),
    Moved(LanguageClaim),
    Moved(Achievement, once=True),
    Moved(Evidence),
    Moved(Availability),
    Moved(AcceptedPlace),
    Moved(Affinity, once=True),
    Moved(LetterStop),
    Moved(Consent),
    Moved(RightsRequest),
    Moved(ShortlistEntry),
    Moved(SelectionPerson),
    Moved(SavedSearchSeen),
    Moved(Interest, own_seal=True),
    Moved(RevealRequest, own_seal=True),
    Moved(Conversation),
    Moved(Candidacy),
    Moved(DeclaredTie, own_seal=True),
    Moved(ExpertOpinion, own_seal=True),
    Moved(Nomination, own_seal=True),
    Moved(OfferSheet, own_seal=True),
    Moved(CampaignMember, own_seal=True),
    Moved(GivenForNeed),
    Moved(Participation, reseal=_participant),
    Moved(SessionLecturer),
    Moved(Movement),
    Moved(AssociationMember),
    Moved(ExpertVisit),
    Moved(OriginNote),
    Moved(OriginOutreach, own_seal=True),
    Moved(EligibilityDecision, own_seal=True),
)

_OF_THE_ACCOUNT = "of an account: the account as a whole keeps its record or gets the survivor's"
STAYING: Mapping[str, str] = {
    "person": "the record itself stays, empty-handed, and leads to the survivor",
    "account": _OF_THE_ACCOUNT,
    "account_role": _OF_THE_ACCOUNT,
    "account_session": _OF_THE_ACCOUNT,
    "alert": _OF_THE_ACCOUNT,
    "passkey": _OF_THE_ACCOUNT,
    "registration": _OF_THE_ACCOUNT,
    "registration_draft": _OF_THE_ACCOUNT,
    "cv_file": _OF_THE_ACCOUNT,
    "linked_identity": _OF_THE_ACCOUNT,
    "availability_form": "hangs on a statement, which moves",
    "evidence_link": "hangs on evidence, which moves",
    "campaign_letter": "hangs on whom a campaign reached, which moves",
    "outreach_attempt": "hangs on whom a campaign reached, which moves; its words are sealed under its own row",
    "message": "hangs on a conversation, which moves; its words are sealed under its own row",
    "candidacy_step": "hangs on a candidacy, which moves; its words are sealed under its own row",
    "candidacy_decision": "hangs on a candidacy, which moves; its words are sealed under its own row",
    "interview_note": "hangs on a candidacy, which moves; its words are sealed under its own row",
    "placement_check": "hangs on a candidacy, which moves",
    "decision_step": "hangs on a decision, which moves; its words are sealed under its own row",
    "policy_grant": "hangs on a decision, which moves",
    "grant_line": "hangs on a decision, which moves; its words are sealed under its own row",
    "grant_payment": "hangs on a decision, which moves",
    "grant_commitment": "hangs on a decision, which moves",
    "grant_event": "hangs on a decision, which moves; its words are sealed under its own row",
    "participation_credit": "hangs on a participation, which moves",
    "rights_step": "hangs on a request, which moves; its words are sealed anew with it",
    "export_person": "a list on its way out holds the record as it was; merged it stands in no list any more",
    "match_row": "a kept ranking stays as it was decided; the record in it leads to the survivor",
    "import_row": "says which record an import made",
    "erased_person": "says who was erased",
    "audit_event": "the log is never changed; reads of both are told of the survivor",
    "audit_event_person": "the log is never changed",
    "person_key": "the key of the values in the log, which stay",
    "person_text": "made anew from the texts of each record",
    "mail_outbox": "letters that went to whoever the record was then",
    "retention_notice": "asked about one record; the survivor is asked by its own days",
    "incident_person": "says whose record an incident touched",
    "incident_step": "says what was done about an incident then",
    "single_use_link": "an invitation to a record that is merged opens nothing",
    "duplicate_waiting": "both are compared anew",
    "duplicate_pair": "pairs of the merged record end with it and come back with it",
    "duplicate_merge": "earlier merges stand as they were decided",
}
"""Tables whose rows stay as they are, and why."""
