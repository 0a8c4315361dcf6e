"""Whom some people are like: by papers, contacts, ORCID iDs, names and birth dates. Reads by indexes; bounded.

Works on everybody whose record may be kept, whoever asks: what an officer is told of it is decided by `pairs`.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date
from itertools import product
from typing import Any

from sqlalchemy import and_, or_, select
from sqlalchemy.orm import Session

from registry.accounts.rules import Viewer
from registry.consents.rules import PurposeCode
from registry.duplicates.rules import Reason, Told, is_pair, likeness, orcids_in, swapped
from registry.people.models import Contact, Evidence, IdentityDocument, Person, PersonName
from registry.people.models.sealed import contact_digests, identity_digests, open_contact, open_identity
from registry.people.queries import people_for, visible_condition
from registry.people.rules import ContactKind, IdentityKind

Found = dict[tuple[int, int], Reason]
"""{(lower row id, higher row id): all that is alike}."""

MOST_SHARING = 20
"""An address that more people have is an office's, and says nothing about any two of them."""

MOST_NAMESAKES = 3_000
"""So many people of one birth date are compared with somebody; a date that more have is one that was made up."""

_REASON_OF = {ContactKind.EMAIL: Reason.EMAIL, ContactKind.PHONE: Reason.PHONE}


def add(found: Found, one: int, other: int, reason: Reason) -> None:
    """Note that two people (row ids, in any order) are alike in something more."""
    if one != other and reason:
        key = (min(one, other), max(one, other))
        found[key] = found.get(key, Reason(0)) | reason


def told_of(session: Session, ids: Collection[int], *, on: date) -> dict[int, Told]:
    """What these records tell, by row id; without those that may not be kept."""
    rows = session.execute(
        select(Person.id, Person.folded_name, Person.birth_on, Person.birth_precision).where(
            visible_condition(Viewer.installation(), PurposeCode.REGISTRY, on=on), Person.id.in_(ids)
        )
    ).all()
    return with_names(session, rows)


def with_names(session: Session, rows: Sequence[Any]) -> dict[int, Told]:
    """Rows of (id, folded name, birth, precision) together with the other names of these people."""
    names: dict[int, list[str]] = defaultdict(list)
    ids = [row[0] for row in rows]
    for start in range(0, len(ids), 500):
        wanted = PersonName.person_id.in_(ids[start : start + 500])
        for owner, name in session.execute(
            select(PersonName.person_id, PersonName.folded_name).where(wanted)
        ):
            names[owner].append(name)
    return {row[0]: Told(row[0], (row[1], *names.get(row[0], ())), row[2], row[3]) for row in rows}


def found_among(session: Session, ids: Collection[int], *, on: date) -> Found:
    """All pairs that somebody of these people is in."""
    people = session.scalars(
        people_for(Viewer.installation(), PurposeCode.REGISTRY, on=on).where(Person.id.in_(ids))
    ).all()
    found: Found = {}
    _by_papers(session, people, found)
    _by_contacts(session, people, found)
    by_orcid(session, {one.id for one in people}, found)
    kept = {person.id for person in people}
    _by_names(session, told_of(session, kept, on=on), found, on=on)
    return complete(session, found, on=on)


def complete(session: Session, found: Found, *, on: date) -> Found:
    """With what else is alike in two people who share a paper or an address; without people who may not be kept."""
    told: dict[int, Told] = {}
    ids = sorted({one for pair in found for one in pair})
    for start in range(0, len(ids), 500):
        told |= told_of(session, ids[start : start + 500], on=on)
    whole = {
        (one, other): reason | likeness(told[one], told[other])
        for (one, other), reason in found.items()
        if one in told and other in told
    }
    return {pair: reason for pair, reason in whole.items() if is_pair(reason)}


def _by_papers(session: Session, people: Sequence[Person], found: Found) -> None:
    """The same number under whichever kind it was entered and whichever key it was hashed."""
    owner_of: dict[str, int] = {}
    for person in people:
        for document in person.identities:
            number = open_identity(session, person, document)
            for kind in IdentityKind:
                owner_of |= dict.fromkeys(identity_digests(session, kind, number), person.id)
    for owner, digest in _holders(
        session, IdentityDocument.person_id, IdentityDocument.number_digest, owner_of
    ):
        add(found, owner, owner_of[digest], Reason.IDENTITY)


def _by_contacts(session: Session, people: Sequence[Person], found: Found) -> None:
    mine: dict[str, set[int]] = defaultdict(set)
    kinds: dict[str, ContactKind] = {}
    for person, contact in ((one, contact) for one in people for contact in one.contacts):
        for digest in contact_digests(session, contact.kind, open_contact(session, person, contact)):
            mine[digest].add(person.id)
            kinds[digest] = contact.kind
    sharing: dict[str, set[int]] = defaultdict(set)
    for owner, digest in _holders(session, Contact.person_id, Contact.value_digest, mine):
        sharing[digest].add(owner)
    for digest, owners in sharing.items():
        pairs = product(mine[digest], owners) if len(owners) <= MOST_SHARING else ()
        for one, other in pairs:
            add(found, one, other, _REASON_OF[kinds[digest]])


def _holders(session: Session, owner: Any, digest: Any, wanted: Iterable[str]) -> Iterable[tuple[int, str]]:
    """(person, hash) of whoever has one of these hashes."""
    digests = sorted(wanted)
    for start in range(0, len(digests), 400):
        rows = session.execute(select(owner, digest).where(digest.in_(digests[start : start + 400]))).all()
        yield from ((row[0], row[1]) for row in rows)


def by_orcid(session: Session, ids: Collection[int] | None, found: Found) -> None:
    """People whose evidence names the same ORCID iD; `ids` None: everybody."""
    named = select(Evidence.person_id, Evidence.reference).where(Evidence.reference.contains("orcid.org/"))
    mine = named if ids is None else named.where(Evidence.person_id.in_(ids))
    owners = _orcids(session.execute(mine).all())
    if ids is not None and owners:  # the few who name one are compared with everybody who does
        others = _orcids(session.execute(named).all())
        owners = {one: others[one] for one in owners}
    for people in owners.values():
        for one in people if len(people) <= MOST_SHARING else ():
            for other in people:
                add(found, one, other, Reason.ORCID)


def _orcids(rows: Iterable[tuple[int, str]]) -> dict[str, set[int]]:
    found: dict[str, set[int]] = defaultdict(set)
    for owner, reference in rows:
        for one in orcids_in(reference):
            found[one].add(owner)
    return found


def _by_names(session: Session, told: Mapping[int, Told], found: Found, *, on: date) -> None:
    others = {**_of_same_day(session, told, on=on), **_of_same_name(session, told, on=on)}
    by_year: dict[int, list[Told]] = defaultdict(list)
    for other in others.values():
        if other.birth_on is not None:
            by_year[other.birth_on.year].append(other)
    for one in told.values():
        if one.birth_on is None:
            continue
        for other in by_year[one.birth_on.year]:
            reason = likeness(one, other)
            if is_pair(reason):
                add(found, one.id, other.id, reason)


def _of_same_day(session: Session, told: Mapping[int, Told], *, on: date) -> dict[int, Told]:
    """Everybody born on the day of one of them, or on the day with day and month exchanged."""
    days = {one.birth_on for one in told.values() if one.has_day and one.birth_on is not None}
    days |= {other for day in days if (other := swapped(day)) is not None}
    if not days:
        return {}
    columns = select(Person.id, Person.folded_name, Person.birth_on, Person.birth_precision).where(
        visible_condition(Viewer.installation(), PurposeCode.REGISTRY, on=on)
    )
    rows = [
        row
        for day in sorted(days)
        for row in session.execute(columns.where(Person.birth_on == day).limit(MOST_NAMESAKES)).all()
    ]
    return with_names(session, rows)


def _of_same_name(session: Session, told: Mapping[int, Told], *, on: date) -> dict[int, Told]:
    """Everybody of the same name in the same year, where a day of birth may be unknown."""
    found: dict[int, Told] = {}
    for one in told.values():
        if one.birth_on is None or not one.names:
            continue
        year = and_(
            Person.birth_on >= date(one.birth_on.year, 1, 1),
            Person.birth_on <= date(one.birth_on.year, 12, 31),
        )
        names = or_(*(Person.folded_name == name for name in one.names[:4]))
        rows = session.execute(
            select(Person.id, Person.folded_name, Person.birth_on, Person.birth_precision)
            .where(visible_condition(Viewer.installation(), PurposeCode.REGISTRY, on=on), names, year)
            .limit(MOST_SHARING * 3)
        ).all()
        found |= with_names(session, rows)
    return found
