"""Names, contacts, documents and sensitive traits. Flushes, never commits; every act leaves one event."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from registry.db.taking import unless_taken
from registry.people.models import Contact, IdentityDocument, Nationality, Person, SensitiveTraits
from registry.people.models.sealed import (
    identity_digests,
    open_contact,
    open_trait,
    seal_contact,
    seal_identity,
    seal_trait,
    waiting_digest,
)
from registry.people.operations.errors import EditedMeanwhile, IdentityTaken
from registry.people.operations.traces import differences, trace
from registry.people.rules import ContactDraft, IdentityDraft, IdentityKind, PlaceDraft, SelfDraft

TRAITS = ("ethnicity", "religion", "party_member")


def revise_person(
    session: Session, person: Person, draft: SelfDraft, *, expected_version: int, by: int | None, at: datetime
) -> None:
    """Save the section «Bản thân». Raises EditedMeanwhile when the record is not the one that was opened."""
    check_version(person.version, expected_version)
    before = self_of(person)
    write_self(person, draft)
    changes = differences(_fields(before), _fields(draft))
    if not changes:
        return
    person.updated_at = at
    person.edited_by_id = by
    session.flush()
    trace(session, person, "person.revised", by=by, at=at, changes=changes)


def check_version(current: int, expected: int) -> None:
    """Raises EditedMeanwhile when somebody saved in between."""
    if current != expected:
        raise EditedMeanwhile


def write_self(person: Person, draft: SelfDraft) -> None:
    """Put the values of a draft on the row and its nationalities."""
    person.full_name = draft.full_name
    person.birth = draft.birth
    person.sex = draft.sex
    person.headline, person.summary = draft.headline, draft.summary
    person.stated_years = draft.stated_years
    person.origin_unit_id, person.origin_text = draft.origin.unit_id, draft.origin.text
    person.birthplace_unit_id, person.birthplace_text = draft.birthplace.unit_id, draft.birthplace.text
    person.residence_unit_id, person.residence_text = draft.residence.unit_id, draft.residence.text
    person.residence_unit_path = draft.residence.unit_path
    person.residence_country = draft.residence.country
    kept = {row.country: row for row in person.nationalities}
    person.nationalities = [
        kept.get(country) or Nationality(country=country) for country in dict.fromkeys(draft.nationalities)
    ]


def self_of(person: Person) -> SelfDraft:
    """The section «Bản thân» as it is stored."""
    return SelfDraft(
        full_name=person.full_name,
        birth=person.birth,
        sex=person.sex,
        nationalities=tuple(row.country for row in person.nationalities),
        origin=PlaceDraft(person.origin_text, person.origin_unit_id),
        birthplace=PlaceDraft(person.birthplace_text, person.birthplace_unit_id),
        residence=PlaceDraft(
            person.residence_text,
            person.residence_unit_id,
            person.residence_unit_path,
            person.residence_country,
        ),
        headline=person.headline,
        summary=person.summary,
        stated_years=person.stated_years,
    )


def _fields(draft: SelfDraft) -> Mapping[str, object]:
    """What the log compares; of origin and birthplace only text and unit are stored."""
    values = {name: getattr(draft, name) for name in draft.__dataclass_fields__}
    for name in ("origin", "birthplace"):
        values[name] = replace(values[name], unit_path="", country=None)
    return values


def replace_contacts(
    session: Session, person: Person, drafts: Sequence[ContactDraft], *, by: int | None, at: datetime
) -> None:
    """Make these the contacts of the person; those that stay keep when they were confirmed."""
    before = contact_texts(session, person)
    write_contacts(session, person, drafts)
    session.flush()
    changes = differences({"contacts": before}, {"contacts": contact_texts(session, person)})
    if changes:
        trace(session, person, "person.contacts_replaced", by=by, at=at, changes=changes)


def write_contacts(session: Session, person: Person, drafts: Sequence[ContactDraft]) -> None:
    """Put contacts on the row without an event of their own; one of each kind may be preferred."""
    kept = {(row.kind, row.value_digest): row for row in person.contacts}
    wanted: dict[tuple[str, str], Contact] = {}
    for draft in drafts:
        sealed, digest = seal_contact(session, person, draft.kind, draft.value)
        row = kept.get((draft.kind, digest)) or Contact(kind=draft.kind, value_digest=digest)
        row.value_sealed = sealed
        row.is_preferred = draft.is_preferred
        wanted.setdefault((draft.kind, digest), row)
    person.contacts = list(wanted.values())


def contact_texts(session: Session, person: Person) -> list[str]:
    """The contacts in the clear, for the log."""
    return [open_contact(session, person, row) for row in person.contacts]


def add_identity(
    session: Session, person: Person, draft: IdentityDraft, *, by: int | None, at: datetime
) -> IdentityDocument:
    """Keep an identity number; an earlier document of the kind is replaced. Raises IdentityTaken."""
    document = write_identity(session, person, draft)
    trace(
        session,
        person,
        "person.identity_added",
        by=by,
        at=at,
        changes={draft.kind.value: (None, masked(draft.number))},
    )
    return document


def write_identity(session: Session, person: Person, draft: IdentityDraft) -> IdentityDocument:
    """Put a document on the row without an event of its own. Raises IdentityTaken, also when raced."""
    if identity_holder(session, draft.kind, draft.number, but=person) is not None:
        raise IdentityTaken(draft.kind)
    found = next((row for row in person.identities if row.kind == draft.kind), None)
    document = found or IdentityDocument(kind=draft.kind)
    document.number_sealed, document.number_digest = seal_identity(session, person, draft.kind, draft.number)
    document.country = draft.country
    document.issued_on, document.expires_on = draft.issued_on, draft.expires_on
    with unless_taken(session, IdentityTaken(draft.kind)):
        if found is None:
            person.identities.append(document)
    return document


def write_waiting_identity(session: Session, person: Person, draft: IdentityDraft) -> None:
    """Put a document on a record that waits, whoever else holds the number."""
    sealed, _digest = seal_identity(session, person, draft.kind, draft.number)
    document = IdentityDocument(
        kind=draft.kind,
        number_sealed=sealed,
        number_digest=waiting_digest(session, person, draft.kind, draft.number),
        country=draft.country,
        issued_on=draft.issued_on,
        expires_on=draft.expires_on,
    )
    person.identities.append(document)
    session.flush()


def is_identity_taken(session: Session, drafts: Sequence[IdentityDraft]) -> bool:
    """Whether one of these numbers is in a record already."""
    digests = [digest for one in drafts for digest in identity_digests(session, one.kind, one.number)]
    held = select(IdentityDocument.id).where(IdentityDocument.number_digest.in_(digests))
    return session.scalar(held.limit(1)) is not None


def identity_holder(session: Session, kind: IdentityKind, number: str, *, but: Person) -> int | None:
    """The id of another person who holds this number, whoever may see that person."""
    return session.scalar(
        select(IdentityDocument.person_id).where(
            IdentityDocument.kind == kind,
            IdentityDocument.number_digest.in_(identity_digests(session, kind, number)),
            IdentityDocument.person_id != (but.id or 0),
        )
    )


def remove_identity(
    session: Session, person: Person, document: IdentityDocument, *, by: int | None, at: datetime
) -> None:
    """Forget an identity document."""
    person.identities.remove(document)
    session.flush()
    trace(session, person, "person.identity_removed", by=by, at=at, detail={"kind": document.kind.value})


def masked(number: str) -> str:
    """A number with only its end readable; the log needs no more."""
    return "•" * max(0, len(number) - 3) + number[-3:]


def set_sensitive_traits(
    session: Session, person: Person, values: Mapping[str, str | None], *, by: int | None, at: datetime
) -> None:
    """Store ethnicity, religion and Party membership, each encrypted; None says nothing was stated."""
    row = session.scalar(select(SensitiveTraits).where(SensitiveTraits.person_id == person.id))
    if row is None:
        row = SensitiveTraits(person_id=person.id)
        session.add(row)
    before = {trait: open_trait(session, person, trait, getattr(row, f"{trait}_sealed")) for trait in TRAITS}
    changes = differences(before, {trait: values.get(trait) for trait in TRAITS})
    if not changes:
        return
    for trait in TRAITS:
        setattr(row, f"{trait}_sealed", seal_trait(session, person, trait, values.get(trait)))
    row.updated_at, row.updated_by_id = at, by
    session.flush()
    trace(session, person, "person.sensitive_traits_set", by=by, at=at, changes=changes)
