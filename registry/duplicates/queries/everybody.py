"""The same for everybody at once, for a job: hashes by GROUP BY, names year by year in groups. No n × n anywhere."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from datetime import date
from itertools import combinations

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.orm import Session

from registry.accounts.rules import Viewer
from registry.consents.rules import PurposeCode
from registry.duplicates.queries.alike import (
    MOST_SHARING,
    Found,
    add,
    by_orcid,
    with_names,
)
from registry.duplicates.rules import Reason, Told, is_pair, likeness, swapped, variants
from registry.people.models import Contact, IdentityDocument, Person
from registry.people.models.sealed import identity_digests, open_identity
from registry.people.queries import people_for, visible_condition
from registry.people.rules import ContactKind, IdentityKind

_SMALL_GROUP = 24
"""Up to so many people born on one day all are compared with each other; of more, those who share a variant of a name."""

_AT_ONCE = 1_000


def birth_years(session: Session) -> list[int]:
    """The years in which somebody was born, ascending."""
    first, last = session.execute(
        select(func.min(Person.birth_on), func.max(Person.birth_on)).where(_kept())
    ).one()
    return [] if first is None or last is None else list(range(first.year, last.year + 1))


def _kept() -> ColumnElement[bool]:
    return visible_condition(Viewer.installation(), PurposeCode.REGISTRY, on=date.max)


def by_contacts_of_all(session: Session) -> Found:
    """Everybody who shares an address or a telephone number with few others."""
    shared = (
        select(Contact.kind, Contact.value_digest)
        .group_by(Contact.kind, Contact.value_digest)
        .having(func.count(Contact.id).between(2, MOST_SHARING))
        .subquery()
    )
    rows = session.execute(
        select(Contact.kind, Contact.value_digest, Contact.person_id)
        .join(shared, (shared.c.value_digest == Contact.value_digest) & (shared.c.kind == Contact.kind))
        .order_by(Contact.value_digest, Contact.kind, Contact.person_id)
    )
    owners: dict[tuple[ContactKind, str], list[int]] = defaultdict(list)
    for kind, digest, person in rows:
        owners[kind, digest].append(person)
    found: Found = {}
    for (kind, _digest), people in owners.items():
        reason = Reason.EMAIL if kind is ContactKind.EMAIL else Reason.PHONE
        for one, other in combinations(people, 2):
            add(found, one, other, reason)
    by_orcid(session, None, found)
    return found


def by_papers_of_all(session: Session) -> Found:
    """Everybody who has a number that another record has under another kind, or under an earlier key."""
    found: Found = {}
    last = 0
    while rows := session.execute(
        people_for(Viewer.installation(), PurposeCode.REGISTRY, on=date.max)
        .join(IdentityDocument, IdentityDocument.person_id == Person.id)
        .add_columns(IdentityDocument)
        .where(IdentityDocument.id > last)
        .order_by(IdentityDocument.id)
        .limit(_AT_ONCE)
    ).all():
        owner_of: dict[str, int] = {}
        for person, document in rows:
            number = open_identity(session, person, document)
            for kind in IdentityKind:
                for digest in identity_digests(session, kind, number):
                    if digest != document.number_digest:  # nobody else has that one: it is unique
                        owner_of[digest] = person.id
        _meet(session, owner_of, found)
        last = rows[-1][1].id
        session.expunge_all()
    return found


def _meet(session: Session, owner_of: dict[str, int], found: Found) -> None:
    digests = list(owner_of)
    for start in range(0, len(digests), 400):
        held = IdentityDocument.number_digest.in_(digests[start : start + 400])
        for owner, digest in session.execute(
            select(IdentityDocument.person_id, IdentityDocument.number_digest).where(held)
        ):
            add(found, owner, owner_of[digest], Reason.IDENTITY)


def by_names_of_year(session: Session, year: int) -> Found:
    """Everybody born in a year who is like somebody else of that year."""
    rows = session.execute(
        select(Person.id, Person.folded_name, Person.birth_on, Person.birth_precision)
        .where(_kept(), Person.birth_on >= date(year, 1, 1), Person.birth_on <= date(year, 12, 31))
        .order_by(Person.id)
    ).all()
    told = with_names(session, rows)
    found: Found = {}
    for one, other in _candidates(told.values()):
        reason = likeness(one, other)
        if is_pair(reason):
            add(found, one.id, other.id, reason)
    return found


def _candidates(people: Iterable[Told]) -> Iterator[tuple[Told, Told]]:
    by_day: dict[date, list[Told]] = defaultdict(list)
    by_name: dict[str, list[Told]] = defaultdict(list)
    for one in people:
        if one.has_day and one.birth_on is not None:
            by_day[min(one.birth_on, swapped(one.birth_on) or one.birth_on)].append(one)
        for name in one.names:
            by_name[name].append(one)
    for group in by_day.values():
        yield from combinations(group, 2) if len(group) <= _SMALL_GROUP else _sharing(group)
    for group in by_name.values():
        yield from _without_days(group)


def _sharing(group: list[Told]) -> Iterator[tuple[Told, Told]]:
    """Those of a large group who share a variant of one of their names; a variant that many share is passed over."""
    sharing: dict[str, list[Told]] = defaultdict(list)
    for one in group:
        for text in {text for name in one.names for text in variants(name)}:
            sharing[text].append(one)
    for people in sharing.values():
        if len(people) <= MOST_SHARING:
            yield from combinations(people, 2)


def _without_days(group: list[Told]) -> Iterator[tuple[Told, Told]]:
    """Namesakes of a year of whom at least one knows no day of birth."""
    if len(group) > MOST_SHARING * 3:
        return
    yield from (pair for pair in combinations(group, 2) if not (pair[0].has_day and pair[1].has_day))
