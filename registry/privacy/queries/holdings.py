"""Every table that holds something of a person, and how it is reached from one; tables that do not, each with a reason.

A test looks at all tables of the product: one with a way to a person or an account that stands in neither list fails.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Table, and_, or_, select

from registry.accounts.models import Account, AccountRole, AccountSession, Alert, LinkedIdentity, Passkey
from registry.balance.models import Movement
from registry.campaigns.models import CampaignLetter, CampaignMember, OutreachAttempt
from registry.candidacies.models import (
    Candidacy,
    CandidacyDecision,
    CandidacyStep,
    DeclaredTie,
    ExpertOpinion,
    InterviewNote,
    Nomination,
    PlacementCheck,
)
from registry.consents.models import Consent
from registry.db import Base
from registry.exchange.models import CvFile, ImportRow
from registry.exports.models import ExportPerson
from registry.grants.models import (
    DecisionStep,
    EligibilityDecision,
    Grant,
    GrantCommitment,
    GrantEvent,
    GrantLine,
    GrantPayment,
)
from registry.introductions.models import Conversation, Interest, Message, RevealRequest
from registry.matching.models import MatchRow, SavedSearchSeen, SelectionPerson, ShortlistEntry
from registry.networks.models import AssociationMember, ExpertVisit, OriginNote, OriginOutreach
from registry.offers.models import OfferSheet
from registry.people.models import (
    AcceptedPlace,
    Achievement,
    Affinity,
    Availability,
    AvailabilityForm,
    CadreFacet,
    Contact,
    Education,
    Evidence,
    EvidenceLink,
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
from registry.privacy.models import ErasedPerson, GivenForNeed, RetentionNotice, RightsRequest, RightsStep
from registry.registrations.models import Registration, RegistrationDraft
from registry.training.models import Participation, ParticipationCredit, SessionLecturer


@dataclass(frozen=True)
class Holding:
    """A table and the condition that picks the rows of one person.

    Tables of rooms above this one stand by their name: they are known once the product is put together.
    """

    model: type[Base] | str
    belongs_to: Callable[[Person], ColumnElement[bool]]

    @property
    def table(self) -> Any:
        """The table behind the model."""
        return table_named(self.model) if isinstance(self.model, str) else self.model.__table__


def table_named(name: str) -> Table:
    """A table of a room above this one."""
    return Base.metadata.tables[name]


def _above(name: str) -> Holding:
    return Holding(name, lambda person: table_named(name).c.person_id == person.id)


def _of_person(model: Any) -> Holding:
    return Holding(model, lambda person: model.person_id == person.id)


def _of_account(model: Any) -> Holding:
    return Holding(model, lambda person: model.account_id == person.account_id)


def _of_requests(person: Person) -> ColumnElement[bool]:
    return RightsStep.request_id.in_(select(RightsRequest.id).where(RightsRequest.person_id == person.id))


def _of_notices(person: Person) -> ColumnElement[bool]:
    return or_(
        RetentionNotice.person_id == person.id,
        and_(RetentionNotice.account_id.is_not(None), RetentionNotice.account_id == person.account_id),
    )


def _of_statements(person: Person) -> ColumnElement[bool]:
    stated = select(Availability.id).where(Availability.person_id == person.id)
    return AvailabilityForm.availability_id.in_(stated)


def _of_evidence(person: Person) -> ColumnElement[bool]:
    return EvidenceLink.evidence_id.in_(select(Evidence.id).where(Evidence.person_id == person.id))


def _of_conversations(person: Person) -> ColumnElement[bool]:
    own = select(Conversation.id).where(Conversation.person_id == person.id)
    return Message.conversation_id.in_(own)


def _of_candidacies(model: Any) -> Holding:
    def belongs_to(person: Person) -> ColumnElement[bool]:
        own = select(Candidacy.id).where(Candidacy.person_id == person.id)
        return model.candidacy_id.in_(own)

    return Holding(model, belongs_to)


def _of_campaign(model: Any) -> Holding:
    def belongs_to(person: Person) -> ColumnElement[bool]:
        own = select(CampaignMember.id).where(CampaignMember.person_id == person.id)
        return model.member_id.in_(own)

    return Holding(model, belongs_to)


def _of_courses(person: Person) -> ColumnElement[bool]:
    own = select(Participation.id).where(Participation.person_id == person.id)
    return ParticipationCredit.participation_id.in_(own)


def _of_opinions(person: Person) -> ColumnElement[bool]:
    """What an expert was asked and said, and what experts said about the person."""
    own = select(Candidacy.id).where(Candidacy.person_id == person.id)
    return or_(ExpertOpinion.person_id == person.id, ExpertOpinion.candidacy_id.in_(own))


def _of_registration(person: Person) -> ColumnElement[bool]:
    begun = select(Registration.id).where(Registration.account_id == person.account_id)
    return RegistrationDraft.registration_id.in_(begun)


def _decisions(person: Person) -> Any:
    return select(EligibilityDecision.id).where(EligibilityDecision.person_id == person.id)


def _of_grants(model: Any) -> Holding:
    def belongs(person: Person) -> ColumnElement[bool]:
        return model.grant_id.in_(select(Grant.id).where(Grant.decision_id.in_(_decisions(person))))

    return Holding(model, belongs)


def _of_lines(person: Person) -> ColumnElement[bool]:
    own = select(Grant.id).where(Grant.decision_id.in_(_decisions(person)))
    return GrantPayment.line_id.in_(select(GrantLine.id).where(GrantLine.grant_id.in_(own)))


HOLDINGS = (
    Holding(Person, lambda person: Person.id == person.id),
    *(
        _of_person(model)
        for model in (
            PersonName,
            Nationality,
            Contact,
            IdentityDocument,
            SensitiveTraits,
            ExpertFacet,
            CadreFacet,
            OverseasFacet,
            Education,
            Experience,
            SkillClaim,
            LanguageClaim,
            Achievement,
            Evidence,
        )
    ),
    Holding(EvidenceLink, _of_evidence),
    _of_person(Availability),
    Holding(AvailabilityForm, _of_statements),
    _of_person(AcceptedPlace),
    _of_person(Affinity),
    _of_person(LetterStop),
    _of_person(Consent),
    _of_person(RightsRequest),
    Holding(RightsStep, _of_requests),
    Holding(RetentionNotice, _of_notices),
    _of_person(GivenForNeed),
    _above("incident_person"),
    _above("incident_step"),
    _of_person(Interest),
    _of_person(RevealRequest),
    _of_person(Conversation),
    Holding(Message, _of_conversations),
    _of_person(Candidacy),
    *(_of_candidacies(model) for model in (CandidacyStep, CandidacyDecision, InterviewNote, PlacementCheck)),
    Holding(ExpertOpinion, _of_opinions),
    _of_person(DeclaredTie),
    _of_person(Nomination),
    _of_person(OfferSheet),
    _of_person(EligibilityDecision),
    Holding(DecisionStep, lambda person: DecisionStep.decision_id.in_(_decisions(person))),
    Holding(Grant, lambda person: Grant.decision_id.in_(_decisions(person))),
    *(_of_grants(model) for model in (GrantLine, GrantCommitment, GrantEvent)),
    Holding(GrantPayment, _of_lines),
    _of_person(Participation),
    Holding(ParticipationCredit, _of_courses),
    _of_person(SessionLecturer),
    _of_person(CampaignMember),
    _of_campaign(CampaignLetter),
    _of_campaign(OutreachAttempt),
    _of_person(Movement),
    _of_person(AssociationMember),
    _of_person(ExpertVisit),
    _of_person(OriginNote),
    _of_person(OriginOutreach),
    _of_person(ShortlistEntry),
    _of_person(SelectionPerson),
    _of_person(ExportPerson),
    _of_person(SavedSearchSeen),
    Holding(MatchRow, lambda person: MatchRow.person == person.public_id),
    Holding(ImportRow, lambda person: ImportRow.subject_id == person.public_id),
    Holding(ErasedPerson, lambda person: ErasedPerson.person == person.public_id),
    Holding(Account, lambda person: Account.id == person.account_id),
    _of_account(AccountRole),
    _of_account(AccountSession),
    _of_account(Alert),
    _of_account(Passkey),
    _of_account(CvFile),
    _of_account(LinkedIdentity),
    _of_account(Registration),
    Holding(RegistrationDraft, _of_registration),
)

_WORK = "work of an office that an account did; nothing in it is about the person behind the account"
NOT_HELD: Mapping[str, str] = {
    "api_token": "the key of another system; which account made it is in the log",
    "area_classification": "what a document says of a place; which account entered it is in the log",
    "api_write": "what another system wrote about needs, kept for a day",
    "audit_event": "exported as who looked and what changed, with the words opened: `told_by_log`",
    "audit_event_person": "an index of the events exported by `told_by_log`",
    "audit_event_unlisted": "an index of the events exported by `told_by_log`",
    "person_key": "the key of the person's values in the log, whose values are exported opened",
    "person_text": "the words of the exported texts once more, for searching",
    "conflict_override": "why an officer with a tie was let decide: about the officer; the log tells that it happened",
    "import_batch": "the file of an office about many people; what was taken over is in the record",
    "import_file": "the file of an office about many people, sealed; what was taken over is in the record",
    "import_issue": "what was wrong in rows that were not taken over, sealed",
    "duplicate_merge": "which records were one person's; both are exported with the survivor's copy, and the log tells it",
    "duplicate_pair": "a question of offices about two records: told to one, it would tell of the other",
    "duplicate_waiting": "who is to be compared next; gone within minutes",
    "contradiction": _WORK,
    "contradiction_step": _WORK,
    "export": _WORK,
    "figure_verification": _WORK,
    "half_sign_in": "a sign-in between its two steps, gone within minutes; nothing in it but the device",
    "budget_entry": _WORK,
    "budget_line": _WORK,
    "campaign": _WORK,
    "campaign_channel": "a way a campaign reaches people by; which one a person came by is exported with them",
    "campaign_goal": _WORK,
    "campaign_message": _WORK,
    "campaign_milestone": _WORK,
    "campaign_need": _WORK,
    "campaign_policy": _WORK,
    "campaign_segment": _WORK,
    "campaign_sending": _WORK,
    "campaign_transition": _WORK,
    "confirmed_row": _WORK,
    "incident": "an incident of the whole installation; that it touched the person is exported",
    "job": _WORK,
    "mail_outbox": "letters to the person; whom they go to and what they say is forgotten once they went",
    "match_run": "a ranking of many people; the person's own rows of it are exported",
    "need": _WORK,
    "indicator_target": _WORK,
    "need_condition": _WORK,
    "need_skill": _WORK,
    "need_transition": _WORK,
    "observation": _WORK,
    "open_dataset": _WORK,
    "open_release": _WORK,
    "policy_comment": _WORK,
    "policy_consultation": _WORK,
    "policy_version": _WORK,
    "policy_version_step": _WORK,
    "policy_scope": "where a version of a policy holds; nothing of whoever wrote it",
    "programme_comment": _WORK,
    "programme_consultation": _WORK,
    "recovery_code": "hashes of codes, which nobody can read",
    "report_snapshot": _WORK,
    "saved_search": _WORK,
    "search_demand": _WORK,
    "shortage": _WORK,
    "second_step_try": "when codes were tried, kept for a day",
    "selection": _WORK,
    "self_review": _WORK,
    "shortlist": _WORK,
    "single_use_link": "hashes of links sent by letter, which nobody can read",
    "skill_change": _WORK,
    "skill_placement": "which concept a row was moved to; the row itself is exported",
    "task_step": _WORK,
}
"""Tables with a way to a person or an account that are not exported row by row, and why."""

CARRIES_PERSON = frozenset({"person", "person_id", "person_public_id", "subject_id"})
"""Names of columns that lead to a person without a foreign key."""


def reaching(tables: Mapping[str, Table]) -> set[str]:
    """The names of all tables from which a person or an account can be reached."""
    found = {"person", "account"} | {
        name for name, table in tables.items() if CARRIES_PERSON & set(table.c.keys())
    }
    while True:
        more = {
            name
            for name, table in tables.items()
            if name not in found and any(key.column.table.name in found for key in table.foreign_keys)
        }
        if not more:
            return found
        found |= more
