"""All that is kept about one person, in the clear, as plain values for a file. Reads only; the view logs the read.

Left out of rows: numbers of rows and of officers' accounts, keys made for searching and sorting, hashes.
"""

import json
from base64 import b64encode
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import Table, column, select, table
from sqlalchemy.orm import Session

from registry.audit.models import AuditEvent
from registry.audit.queries import events_about, private_part
from registry.campaigns.models import CampaignMember, OutreachAttempt
from registry.campaigns.queries.sealed import words_of as campaign_words
from registry.candidacies.models import Candidacy
from registry.candidacies.queries.taking import told_of_candidacies
from registry.consents.models import Notice, Purpose
from registry.db.keys import keyring_of
from registry.exchange.models import ImportBatch
from registry.exchange.queries.cvs import cv_content, cv_items, cv_name, cv_of
from registry.exports.models import Export
from registry.grants.models import EligibilityDecision, Grant, GrantLine
from registry.grants.queries.kept import opened_of
from registry.introductions.models import Conversation, Interest
from registry.introductions.queries import (
    interest_words,
    message_words,
    messages_of,
    own_conversations,
    own_requests,
    reveal_reason,
)
from registry.matching.models import MatchRun, SavedSearch, Selection, Shortlist
from registry.needs.models import Need
from registry.networks.models import OriginOutreach
from registry.networks.queries.sealed import words_of as outreach_words
from registry.offers.models import OfferSheet
from registry.offers.queries.sheets import sheet_content_of
from registry.organisations.models import Organisation
from registry.people.models import Person
from registry.people.queries import contacts_in_clear, identities_in_clear, merged_into, traits_in_clear
from registry.places.models import AdministrativeUnit
from registry.policies.models import PolicyVersion
from registry.privacy.models import RightsRequest
from registry.privacy.queries.holdings import HOLDINGS, table_named
from registry.privacy.queries.requests import requests_of
from registry.privacy.queries.words import words_of
from registry.registrations.queries import drafts_of, opened_draft, registration_of
from registry.skills.models import PendingTerm, Skill
from registry.training.models import TrainingCourse, TrainingSession

Row = dict[str, Any]

# Whether an officer looks first is not told: who registers with the number of somebody else would learn that it is known.
_TOLD_AS: Mapping[tuple[str, str], Mapping[str, str]] = {
    ("registration", "state"): {"held": "submitted"},
    ("person", "state"): {"pending": "active"},
}
_LEFT_OUT = ("_digest", "_sealed", "_hash", "_sort_key", "_key")
_FOLDED = "folded"

# Its room lies above this one.
_INCIDENT: Any = table("incident", column("id"), column("code"))
# What a number of a row stands for, in words: foreign keys to these tables are written as the text of this column.
_NAMES: Mapping[str, Any] = {
    "administrative_unit": select(AdministrativeUnit.id, AdministrativeUnit.full_name),
    "organisation": select(Organisation.id, Organisation.name),
    "skill": select(Skill.id, Skill.vi),
    "pending_term": select(PendingTerm.id, PendingTerm.text),
    "purpose": select(Purpose.id, Purpose.code),
    "notice": select(Notice.id, Notice.title),
    "need": select(Need.id, Need.title),
    "match_run": select(MatchRun.id, Need.title).join(Need, Need.id == MatchRun.need_id),
    "shortlist": select(Shortlist.id, Shortlist.name),
    "selection": select(Selection.id, Selection.purpose),
    "export": select(Export.id, Export.purpose_text),
    "saved_search": select(SavedSearch.id, SavedSearch.name),
    "import_batch": select(ImportBatch.id, ImportBatch.file_name),
    "rights_request": select(RightsRequest.id, RightsRequest.kind),
    "incident": select(_INCIDENT.c.id, _INCIDENT.c.code),
    "candidacy": select(Candidacy.id, Need.title).join(Need, Need.id == Candidacy.need_id),
    "conversation": select(Conversation.id, Need.title).join(Need, Need.id == Conversation.need_id),
    "policy_version": select(PolicyVersion.id, PolicyVersion.title),
    "eligibility_decision": select(EligibilityDecision.id, EligibilityDecision.number),
    "policy_grant": select(Grant.id, EligibilityDecision.number).join(
        EligibilityDecision, EligibilityDecision.id == Grant.decision_id
    ),
    "grant_line": select(GrantLine.id, GrantLine.text),
    "training_session": select(TrainingSession.id, TrainingCourse.name).join(
        TrainingCourse, TrainingCourse.id == TrainingSession.course_id
    ),
}


@dataclass(frozen=True)
class Taken:
    """A person's data: {table: rows}, and the log: who looked and what changed."""

    code: str
    tables: Mapping[str, Sequence[Row]]
    log: Sequence[Row]


def taken(session: Session, person: Person) -> Taken:
    """Everything about this person, what stayed with records that were merged into this one included."""
    tables: dict[str, list[Row]] = {holding.table.name: [] for holding in HOLDINGS}
    for record in (person, *merged_into(session, person)):
        opened = _opened(session, record)
        for holding in HOLDINGS:
            rows = session.execute(
                select(holding.table).where(holding.belongs_to(record)).order_by(holding.table.c.id)
            ).mappings()
            tables[holding.table.name] += [_row(session, holding.table, row, opened) for row in rows]
    return Taken(person.code, tables, told_by_log(session, person))


def told_by_log(session: Session, person: Person) -> list[Row]:
    """What the log says about the person, newest first: when, what, which values changed. Officers are not named."""
    records = (person, *merged_into(session, person))
    events = {event.id: event for one in records for event in events_about(session, one.public_id)}
    newest_first = sorted(events.values(), key=lambda event: (event.at, event.id), reverse=True)
    return [_event(session, event, person) for event in newest_first]


def _event(session: Session, event: AuditEvent, person: Person) -> Row:
    content: dict[str, Any] = json.loads(event.content)
    content.pop("people", None)  # others who were on the same list
    told = private_part(session, event) or {}
    by_self = event.by_id is not None and event.by_id == person.account_id
    return {"at": _plain(event.at), "action": event.action, "by_self": by_self, **content, **told}


def _opened(session: Session, person: Person) -> dict[tuple[str, int], Row]:
    """{(table, number of the row): the values that are kept sealed}."""
    found: dict[tuple[str, int], Row] = {}
    for number, value in contacts_in_clear(session, person).items():
        found["contact", number] = {"value": value}
    for number, value in identities_in_clear(session, person).items():
        found["identity_document", number] = {"number": value}
    found |= _typed(session, person) | _cv(session, person)
    found |= _introduced(session, person) | _offered(session, person)
    found |= told_of_candidacies(session, person)
    found |= opened_of(session, person)
    for request in requests_of(session, person):
        for step in request.steps:
            found["rights_step", step.id] = {"words": words_of(session, request, step)}
    found |= _told_of_incidents(session, person)
    return found | {("sensitive_traits", 0): dict(traits_in_clear(session, person))}


def _told_of_incidents(session: Session, person: Person) -> dict[tuple[str, int], Row]:
    """Why the person was put on the list of an incident or taken off it; the room of incidents lies above this one."""
    steps, place = table_named("incident_step"), f"incident_step.words:{person.public_id}"
    rows = session.execute(
        select(steps.c.id, steps.c.words_sealed).where(
            steps.c.person_id == person.id, steps.c.words_sealed.is_not(None)
        )
    )
    return {
        ("incident_step", number): {"words": keyring_of(session).open(sealed, place)}
        for number, sealed in rows
    }


def _typed(session: Session, person: Person) -> dict[tuple[str, int], Row]:
    """What was typed while registering."""
    begun = None if person.account_id is None else registration_of(session, person.account_id)
    if begun is None:
        return {}
    return {
        ("registration_draft", draft.id): {"values": opened_draft(session, begun, draft).values}
        for draft in drafts_of(session, begun)
    }


def _introduced(session: Session, person: Person) -> dict[tuple[str, int], Row]:
    """What was answered to a campaign, and noted of speaking about one; what was written with an interest, asked about a name, and said in conversations with units."""
    found: dict[tuple[str, int], Row] = {}
    for member in session.scalars(select(CampaignMember).where(CampaignMember.person_id == person.id)):
        found["campaign_member", member.id] = {"words": campaign_words(session, member)}
        attempts = select(OutreachAttempt).where(OutreachAttempt.member_id == member.id)
        for attempt in session.scalars(attempts):
            found["outreach_attempt", attempt.id] = {"words": campaign_words(session, attempt)}
    for spoken in session.scalars(select(OriginOutreach).where(OriginOutreach.person_id == person.id)):
        found["origin_outreach", spoken.id] = {"words": outreach_words(session, spoken)}
    for interest in session.scalars(select(Interest).where(Interest.person_id == person.id)):
        found["interest", interest.id] = {"words": interest_words(session, interest)}
    for request in own_requests(session, person):
        found["reveal_request", request.id] = {"reason": reveal_reason(session, request)}
    for line in own_conversations(session, person):
        for message in messages_of(session, line.conversation):
            found["message", message.id] = {"words": message_words(session, message)}
    return found


def _offered(session: Session, person: Person) -> dict[tuple[str, int], Row]:
    """What offices worked out for the person under which policies."""
    sheets = session.scalars(select(OfferSheet).where(OfferSheet.person_id == person.id))
    return {("offer_sheet", one.id): {"content": sheet_content_of(session, one)} for one in sheets}


def _cv(session: Session, person: Person) -> dict[tuple[str, int], Row]:
    """The CV that waits to be read or confirmed: what was found in it, and the file while it is still there."""
    cv = None if person.account_id is None else cv_of(session, person.account_id)
    if cv is None:
        return {}
    content = cv_content(session, cv)
    told: Row = {"name": cv_name(session, cv), "found": [asdict(one) for one in cv_items(session, cv)]}
    return {("cv_file", cv.id): told | ({} if content is None else {"file": b64encode(content).decode()})}


def _row(
    session: Session, table: Table, row: Mapping[Any, Any], opened: Mapping[tuple[str, int], Row]
) -> Row:
    kept = {
        name: _value(session, table, name, row[name])
        for name in (column.name for column in table.columns)
        if _is_told(table, name)
    }
    number = 0 if table.name == "sensitive_traits" else int(row["id"])
    return kept | opened.get((table.name, number), {})


def _is_told(table: Table, name: str) -> bool:
    """Whether a column says something to the person."""
    if name == "id" or name.startswith(_FOLDED) or name.endswith(_LEFT_OUT):
        return False
    targets = {key.column.table.name for key in table.c[name].foreign_keys}
    return not targets or bool(targets & _NAMES.keys())


def _value(session: Session, table: Table, name: str, value: Any) -> Any:
    targets = [key.column.table.name for key in table.c[name].foreign_keys]
    if value is not None and targets:
        names = _NAMES[targets[0]]
        wanted = names.where(names.selected_columns[0] == value).with_only_columns(names.selected_columns[1])
        return _plain(session.scalar(wanted))
    told = _plain(value)
    return _TOLD_AS.get((table.name, name), {}).get(told, told) if isinstance(told, str) else told


def _plain(value: Any) -> Any:
    """A value as JSON has it."""
    if isinstance(value, datetime | date):
        return value.isoformat()
    if isinstance(value, bytes):
        return None
    return getattr(value, "value", value)
