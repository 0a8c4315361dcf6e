"""Records that stand in no list: why, and how an office still finds one it already knows of. Never a list to choose from."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any

from sqlalchemy import ColumnElement, false, or_, select
from sqlalchemy.orm import Session

from registry.accounts.rules import Viewer
from registry.consents.rules import PURPOSE_BITS, PurposeCode
from registry.people.models import Availability, Contact, Person, PersonName, has_agreed, has_withdrawn
from registry.people.models.sealed import contact_digests
from registry.people.queries.identified import people_with_codes
from registry.people.queries.visible import (
    get_of_office,
    get_without_ground,
    named_condition,
    people_for,
)
from registry.people.rules import (
    AvailabilityState,
    ContactKind,
    LegalBasis,
    PersonState,
    availability_on,
    normalise_email,
    normalise_phone,
)
from registry.text import fold

MOST_FOUND = 10


class Absence(StrEnum):
    """Why somebody stands in no list to choose from."""

    WITHOUT_GROUND = "without_ground"
    NOT_ACTIVE = "not_active"
    CLOSED = "closed"
    WITHDREW = "withdrew"
    NEVER_AGREED = "never_agreed"
    PAUSED = "paused"


@dataclass(frozen=True)
class Absent:
    """One reason; `until` is the last day of a pause that ends."""

    why: Absence
    until: date | None = None


def absences_of(
    session: Session, viewer: Viewer, people: Collection[int], *, on: date
) -> Mapping[int, Sequence[Absent]]:
    """All reasons why these people, whose records the viewer sees, stand in no list on a day; none: they do."""
    rows = session.execute(
        people_for(viewer, PurposeCode.REGISTRY, on=on)
        .with_only_columns(
            Person.id,
            Person.state,
            Person.legal_basis,
            Person.closed_purposes,
            has_agreed(PurposeCode.MATCHING).label("agreed"),
            has_withdrawn(PurposeCode.MATCHING).label("withdrawn"),
        )
        .where(Person.id.in_(sorted(people)))
    ).all()
    said = session.execute(
        select(Availability.person_id, Availability.state, Availability.paused_until).where(
            Availability.person_id.in_(sorted(people)), Availability.ended_on.is_(None)
        )
    ).all()
    paused = {
        person: Absent(Absence.PAUSED, until)
        for person, state, until in said
        if availability_on(state, until, on) is AvailabilityState.PAUSED
    }
    return {row.id: [*_of_record(row), *([paused[row.id]] if row.id in paused else [])] for row in rows}


def _of_record(row: Any) -> list[Absent]:
    rests_on_consent = row.legal_basis is LegalBasis.CONSENT and not row.agreed
    told = {
        Absence.NOT_ACTIVE: row.state is not PersonState.ACTIVE,
        Absence.CLOSED: bool(row.closed_purposes & PURPOSE_BITS[PurposeCode.MATCHING]),
        Absence.WITHDREW: rests_on_consent and row.withdrawn,
        Absence.NEVER_AGREED: rests_on_consent and not row.withdrawn,
    }
    return [Absent(why) for why, holds in told.items() if holds]


@dataclass(frozen=True)
class Known:
    """A record that was looked up, with the reasons why it stands in no list. Of one without ground nothing else is told."""

    person: Person
    absent: Sequence[Absent]

    @property
    def is_without_ground(self) -> bool:
        """Whether the record may not be used at all, so that only its code may be told."""
        return any(one.why is Absence.WITHOUT_GROUND for one in self.absent)


def look_up(session: Session, viewer: Viewer, typed: str, *, on: date) -> Sequence[Known]:
    """The records of the viewer's office that exactly this names: a code, a whole name, an e-mail address, a telephone.

    An office has to find a record it keeps to keep it right, also while its person stands in no list. At most one more
    than `MOST_FOUND`. Names and contacts lead only to people who may be named.
    """
    wanted = typed.strip()
    if not wanted:
        return []
    people = people_with_codes(session, viewer, [wanted.upper()], on=on, purpose=PurposeCode.REGISTRY)
    found = people.get(wanted.upper()) or _named(session, viewer, wanted, on)
    if not found:
        return _without_ground(session, viewer, wanted.upper())
    reasons = absences_of(session, viewer, {one.id for one in found}, on=on)
    return [Known(one, reasons[one.id]) for one in found]


def _named(session: Session, viewer: Viewer, wanted: str, on: date) -> Sequence[Person]:
    return session.scalars(
        people_for(viewer, PurposeCode.REGISTRY, on=on)
        .where(named_condition(viewer), _is_called(session, wanted))
        .order_by(Person.name_sort_key, Person.code)
        .limit(MOST_FOUND + 1)
    ).all()


def _is_called(session: Session, wanted: str) -> ColumnElement[bool]:
    """The whole name, one of the other names, or a contact."""
    email, phone = normalise_email(wanted), normalise_phone(wanted)
    digests = [
        digest
        for kind, value in ((ContactKind.EMAIL, email), (ContactKind.PHONE, phone))
        if isinstance(value, str)
        for digest in contact_digests(session, kind, value)
    ]
    if digests:
        return Person.id.in_(select(Contact.person_id).where(Contact.value_digest.in_(digests)))
    folded = fold(wanted)
    if not folded:
        return false()
    others = select(PersonName.person_id).where(PersonName.folded_name == folded)
    return or_(Person.folded_name == folded, Person.id.in_(others))


def _without_ground(session: Session, viewer: Viewer, code: str) -> Sequence[Known]:
    """The record of a code whose person withdrew the consent to keep it: a new consent may have to be noted on it."""
    found = get_of_office(session, viewer, code)
    if found is None or get_without_ground(session, viewer, found.public_id) is None:
        return []
    return [Known(found, [Absent(Absence.WITHOUT_GROUND)])]
