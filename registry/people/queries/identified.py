"""People looked up by many identifiers at once: one statement for each kind of them, however many there are.

They are looked up to be chosen, hence among those who may be matched; unless another purpose is named.

Whom the viewer may not see is not found, like those who do not exist. What the outside world knows a person by (the
id an office gave, an e-mail address) leads only to people who may be named: it would tell who an anonymous one is.
"""

from collections.abc import Mapping, Sequence
from datetime import date

from sqlalchemy import func, select
from sqlalchemy.orm import Session, aliased

from registry.accounts.rules import Viewer
from registry.consents.rules import PurposeCode
from registry.people.models import Contact, IdentityDocument, Person
from registry.people.models.sealed import contact_digests, identity_digests
from registry.people.queries.visible import named_condition, people_for
from registry.people.rules import ContactKind, IdentityKind, PersonState

Identified = Mapping[str, Sequence[Person]]


def people_with_codes(
    session: Session,
    viewer: Viewer,
    codes: Sequence[str],
    *,
    on: date,
    purpose: PurposeCode = PurposeCode.MATCHING,
) -> Identified:
    """The visible people of these codes («HS-20418»), by code; that of a merged record leads to its survivor."""
    wanted, visible = sorted(set(codes)), people_for(viewer, purpose, on=on)
    found = {person.code: [person] for person in session.scalars(visible.where(Person.code.in_(wanted)))}
    if len(found) < len(wanted):
        merged = aliased(Person)
        rows = visible.join(merged, merged.merged_into_id == Person.id).add_columns(merged.code)
        gone = session.execute(rows.where(merged.code.in_(wanted), merged.state == PersonState.MERGED))
        found |= {code: [person] for person, code in gone}
    return found


def people_with_external_ids(
    session: Session, viewer: Viewer, external_ids: Sequence[str], *, on: date
) -> Identified:
    """The people of these ids of an office, by id; offices may have given one twice."""
    rows = session.scalars(
        people_for(viewer, PurposeCode.MATCHING, on=on)
        .where(named_condition(viewer), Person.external_id.in_(sorted(set(external_ids))))
        .order_by(Person.id)
    )
    found: dict[str, list[Person]] = {}
    for person in rows:
        found.setdefault(person.external_id or "", []).append(person)
    return found


def people_with_emails(session: Session, viewer: Viewer, emails: Sequence[str], *, on: date) -> Identified:
    """The people with these e-mail addresses, by address as given."""
    address_of = {
        digest: email for email in emails for digest in contact_digests(session, ContactKind.EMAIL, email)
    }
    owners = select(Contact.person_id, Contact.value_digest).where(
        Contact.kind == ContactKind.EMAIL, Contact.value_digest.in_(sorted(address_of))
    )
    owned = owners.subquery()
    rows = session.execute(
        people_for(viewer, PurposeCode.MATCHING, on=on)
        .join(owned, owned.c.person_id == Person.id)
        .add_columns(owned.c.value_digest)
        .where(named_condition(viewer))
        .order_by(Person.id)
    )
    found: dict[str, list[Person]] = {}
    for person, digest in rows:
        same = found.setdefault(address_of[digest], [])
        if person not in same:
            same.append(person)
    return found


def person_with_identity(
    session: Session, viewer: Viewer, kind: IdentityKind, number: str, *, on: date
) -> Person | None:
    """The visible person who holds an identity number, or whom the holder was merged into; at most one."""
    digests = identity_digests(session, kind, number)
    held = aliased(Person)
    holders = (
        select(func.coalesce(held.merged_into_id, held.id))
        .join(IdentityDocument, IdentityDocument.person_id == held.id)
        .where(IdentityDocument.kind == kind, IdentityDocument.number_digest.in_(digests))
    )
    return session.scalar(people_for(viewer, PurposeCode.REGISTRY, on=on).where(Person.id.in_(holders)))
