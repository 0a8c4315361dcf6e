"""The people of an export as rows of texts: page after page by key, each masked by what its taker may see now."""

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from registry import formats
from registry.accounts.rules import Viewer
from registry.consents.rules import PurposeCode
from registry.exchange.rules.words import AVAILABILITY, KINDS, OVERSEAS
from registry.exports.models import Export, ExportPerson
from registry.exports.rules.columns import WHY, ExportColumn
from registry.exports.rules.kinds import ExportKind
from registry.matching.models import Shortlist, ShortlistEntry
from registry.people.models import Contact, Experience, Person
from registry.people.models.sealed import open_contact
from registry.people.queries import (
    PersonCard,
    PersonShown,
    display_name,
    may_be_named,
    shown_columns,
    visible_condition,
    with_changes,
)
from registry.people.queries.cards import card_facts
from registry.people.rules import ContactKind, EvidenceState, degree_of_code, field_of_code
from registry.places.queries import country_name, gazetteer
from registry.places.rules import Gazetteer
from registry.web.clock import LOCAL_ZONE

PAGE_ROWS = 500

_EVIDENCE = {
    EvidenceState.SELF_DECLARED: "Tự khai",
    EvidenceState.ATTACHED: "Có minh chứng",
    EvidenceState.VERIFIED: "Đã xác minh",
    EvidenceState.REJECTED: "Bị từ chối",
    EvidenceState.EXPIRED: "Hết hạn",
}
_OF_POSTS = frozenset({"organisation", "position"})
_OF_CONTACTS = {"email": ContactKind.EMAIL, "phone": ContactKind.PHONE}
_OF_ENTRIES = frozenset({"list_note", "list_added"})
_OF_ROW = 5
"""So many columns of a row are of the list, the others of the person."""


@dataclass(frozen=True)
class Line:
    """What one row is written from. What hangs on a name is empty for people who may not be named."""

    card: PersonCard
    name: str
    is_named: bool
    places: Gazetteer
    place: tuple[int | None, int | None, int | None]
    why: str
    post: tuple[str, str]
    contacts: Mapping[ContactKind, str]
    entry: tuple[str, str]


@dataclass(frozen=True)
class PeoplePage:
    """Some rows: their texts, the people in them, who of these stands there by name, and the key after which more follow."""

    rows: list[list[str]]
    people: list[str]
    named: list[int]
    masked: list[int]
    last: int


def people_pages(
    session: Session, export: Export, viewer: Viewer, columns: Sequence[ExportColumn], *, on: date
) -> Iterator[PeoplePage]:
    """Page after page of an export, of those whom the viewer may match on the day. Memory holds one page."""
    after, places = 0, gazetteer(session)
    keys = frozenset(one.key for one in columns)
    while True:
        rows = _some(session, export, viewer, after, on)
        if not rows:
            return
        people = [PersonShown._make(row[_OF_ROW:]) for row in rows]
        facts = card_facts(session, [one.id for one in people], on=on)
        named = [one for one in people if may_be_named(one, viewer)]
        posts = _posts(session, named) if keys & _OF_POSTS else {}
        contacts = _contacts(session, named) if keys & _OF_CONTACTS.keys() else {}
        entries = _entries(session, export, people) if keys & _OF_ENTRIES else {}
        ids = {one.id for one in named}
        lines = [
            Line(
                PersonCard.of(one, facts[one.id]),
                display_name(one, viewer),
                one.id in ids,
                places,
                (row[1], row[2], row[3]),
                row[4],
                posts.get(one.id, ("", "")),
                contacts.get(one.id, {}),
                entries.get(one.id, ("", "")),
            )
            for row, one in zip(rows, people, strict=True)
        ]
        after = rows[-1][0]
        yield PeoplePage(
            [[_CELLS[one.key](line) for one in columns] for line in lines],
            [one.public_id for one in people],
            sorted(ids),
            [one.id for one in people if one.id not in ids],
            after,
        )


def _some(session: Session, export: Export, viewer: Viewer, after: int, on: date) -> Sequence[Any]:
    """The next rows: key, place, points and why, and the columns of the person."""
    of_row = (
        ExportPerson.id,
        ExportPerson.rank,
        ExportPerson.certain,
        ExportPerson.potential,
        ExportPerson.why,
    )
    people: Any = with_changes(
        select(*of_row, *shown_columns())
        .select_from(ExportPerson)
        .join(Person, Person.id == ExportPerson.person_id)
    )
    return session.execute(
        people.where(
            ExportPerson.export_id == export.id,
            ExportPerson.id > after,
            visible_condition(viewer, PurposeCode.MATCHING, on=on),
        )
        .order_by(ExportPerson.id)
        .limit(PAGE_ROWS)
    ).all()


def _posts(session: Session, people: Sequence[PersonShown]) -> dict[int, tuple[str, str]]:
    """By person the organisation and the title of the post that goes on; of several the last one begun."""
    rows = session.execute(
        select(Experience.person_id, Experience.organisation_text, Experience.title)
        .where(Experience.person_id.in_([one.id for one in people]), Experience.is_ongoing.is_(True))
        .order_by(Experience.from_on.is_not(None), Experience.from_on, Experience.id)
    )
    return {row.person_id: (row.organisation_text, row.title) for row in rows}


def _contacts(session: Session, people: Sequence[Any]) -> dict[int, dict[ContactKind, str]]:
    """By person one address and one number, those preferred before others."""
    by_id, found = {one.id: one for one in people}, defaultdict[int, dict[ContactKind, str]](dict)
    rows = session.scalars(
        select(Contact)
        .where(Contact.person_id.in_(list(by_id)))
        .order_by(Contact.is_preferred, Contact.id.desc())
    )
    for row in rows:
        found[row.person_id][row.kind] = open_contact(session, by_id[row.person_id], row)
    return found


def _entries(session: Session, export: Export, people: Sequence[PersonShown]) -> dict[int, tuple[str, str]]:
    """By person the note on the shortlist and when they came onto it."""
    if export.kind is not ExportKind.SHORTLIST:
        return {}
    rows = session.execute(
        select(ShortlistEntry.person_id, ShortlistEntry.note, ShortlistEntry.added_at)
        .join(Shortlist, Shortlist.id == ShortlistEntry.shortlist_id)
        .where(
            Shortlist.public_id == export.subject,
            ShortlistEntry.removed_at.is_(None),
            ShortlistEntry.person_id.in_([one.id for one in people]),
        )
    )
    return {
        row.person_id: (row.note, f"{row.added_at.astimezone(LOCAL_ZONE):%d/%m/%Y %H:%M}") for row in rows
    }


# --- one cell each ------------------------------------------------------------------------------------------------


def _kinds(line: Line) -> str:
    kinds = {*line.card.experts, *line.card.cadres, *([OVERSEAS] if line.card.is_overseas else [])}
    return "; ".join(word for word in KINDS.listed if KINDS.get(word) in kinds)


def _residence(line: Line) -> str:
    """As lists on pages say it: the province of named people, only inside or outside the country for others."""
    person = line.card.person
    if person.residence_country not in (None, "VN"):
        return country_name(str(person.residence_country))
    if not line.is_named:
        return "Trong nước" if person.residence_country or person.residence_unit_path else ""
    if person.residence_unit_path:
        found = line.places.by_path("/".join(person.residence_unit_path.split("/")[:2]) + "/")
        return person.residence_text if found is None else found.words("vi")
    return person.residence_text


def _degree(line: Line) -> str:
    degree = line.card.education and degree_of_code(line.card.education.degree_code)
    return degree.vi if degree else ""


def _study_field(line: Line) -> str:
    field = line.card.education and field_of_code(line.card.education.field_code or "")
    return field.vi if field else ""


def _years(line: Line) -> str:
    years = line.card.person.stated_years if line.card.years is None else line.card.years
    return "" if years is None else str(years)


def _skills(line: Line) -> str:
    """As the template of imports has them: «Python (4); SQL (3)». What somebody says not to have is left out."""
    lines = (one for one in line.card.skills if one.claim.level != 0)
    return "; ".join(
        one.label if one.claim.level is None else f"{one.label} ({one.claim.level})" for one in lines
    )


def _availability(line: Line) -> str:
    state = line.card.availability
    return (
        next((word for word in AVAILABILITY.listed if AVAILABILITY.get(word) is state), "") if state else ""
    )


def _points(hundredths: int | None) -> str:
    return "" if hundredths is None else formats.points(hundredths)


_CELLS: Mapping[str, Callable[[Line], str]] = {
    "code": lambda line: line.card.person.code,
    "full_name": lambda line: line.name,
    "headline": lambda line: line.card.person.headline,
    "kinds": _kinds,
    "residence": _residence,
    "degree": _degree,
    "study_field": _study_field,
    "years": _years,
    "skills": _skills,
    "availability": _availability,
    "evidence": lambda line: _EVIDENCE[line.card.evidence] if line.card.evidence else "",
    "organisation": lambda line: line.post[0],
    "position": lambda line: line.post[1],
    "email": lambda line: line.contacts.get(ContactKind.EMAIL, ""),
    "phone": lambda line: line.contacts.get(ContactKind.PHONE, ""),
    "rank": lambda line: "" if line.place[0] is None else str(line.place[0]),
    "certain": lambda line: _points(line.place[1]),
    "potential": lambda line: _points(line.place[2]),
    WHY: lambda line: line.why,
    "list_note": lambda line: line.entry[0],
    "list_added": lambda line: line.entry[1],
}
