"""The list of a class as rows: whoever is in the registry and may be seen, with attendance, result and certificate.

Who is not in the registry has no name to write; how many they are stands on the page of the class.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date

from sqlalchemy import Select, func, select
from sqlalchemy.orm import Session, joinedload

from registry.accounts.models import Account
from registry.accounts.queries import grants_on
from registry.accounts.rules import Permission, Viewer
from registry.consents.rules import PurposeCode
from registry.exports.models import Export
from registry.exports.queries.held import people_held
from registry.exports.queries.people_rows import PeoplePage
from registry.exports.rules.columns import ExportColumn
from registry.people.models import Person
from registry.people.queries import is_public_id, may_be_named, visible_condition
from registry.training.models import Participation, TrainingSession
from registry.training.queries.scopes import in_scope
from registry.training.rules.words import PARTICIPATIONS, RESULTS


def _meant(viewer: Viewer, session_id: str, on: date) -> Select[Participation]:
    """The participations of a class (its public id) that the viewer may see, of people the viewer may see."""
    seen = visible_condition(viewer, PurposeCode.REGISTRY, on=on)
    return (
        select(Participation)
        .join(TrainingSession, TrainingSession.id == Participation.session_id)
        .join(Person, Person.id == Participation.person_id)
        .where(
            TrainingSession.public_id == (session_id if is_public_id(session_id) else ""),
            in_scope(viewer, TrainingSession),
            seen,
        )
    )


def trained_ids(viewer: Viewer, session_id: str, *, on: date) -> Select[int]:
    """The row ids of whoever is in the list, in the order of names."""
    people = _meant(viewer, session_id, on).with_only_columns(Person.id, maintain_column_froms=True)
    return people.order_by(Person.name_sort_key, Person.id)


def trained_total(session: Session, viewer: Viewer, session_id: str, *, on: date) -> int:
    """How many they are."""
    counted = func.count(Participation.person_id.distinct())
    return session.scalar(_meant(viewer, session_id, on).with_only_columns(counted)) or 0


def training_pages(
    session: Session, export: Export, viewer: Viewer, columns: Sequence[ExportColumn], *, on: date
) -> Iterator[PeoplePage]:
    """Page after page of an export."""
    account = session.get_one(Account, export.owner_id)
    reader = Viewer.of_grants(account.id, grants_on(account, on))
    after = 0
    while held := people_held(session, export, viewer, after, on):
        after = held[-1][0]
        people = [person for _key, person in held]
        named = {one.id for one in people if _may_name(one, viewer, reader)}
        names = {one.id: one.full_name if one.id in named else f"Hồ sơ {one.code}" for one in people}
        rows = _rows(session, viewer, export.address, names, on)
        shown = {row.person_id for row in rows if row.person_id is not None}
        yield PeoplePage(
            [[_cell(one.key, row, names) for one in columns] for row in rows],
            [one.public_id for one in people if one.id in shown],
            sorted(shown & named),
            sorted(shown - named),
            after,
        )


def _may_name(person: Person, viewer: Viewer, reader: Viewer) -> bool:
    place = (person.unit_path, person.organisation_path)
    return reader.can(Permission.PEOPLE_READ, at=place) and may_be_named(person, viewer)


def _rows(
    session: Session, viewer: Viewer, session_id: str, names: Mapping[int, str], on: date
) -> list[Participation]:
    """The participations of some people, in the order they stand there."""
    found = session.scalars(
        _meant(viewer, session_id, on)
        .where(Participation.person_id.in_(names))
        .options(
            joinedload(Participation.person),
            joinedload(Participation.sent_by),
            joinedload(Participation.session).joinedload(TrainingSession.course),
        )
    ).all()
    places = {person: place for place, person in enumerate(names)}
    return sorted(found, key=lambda row: places[row.person_id or 0])


def _cell(key: str, row: Participation, names: Mapping[int, str]) -> str:
    return names[row.person_id or 0] if key == "full_name" else _CELLS[key](row)


def _day(day: date | None) -> str:
    return "" if day is None else f"{day:%d/%m/%Y}"


def _grade(row: Participation) -> str:
    tenths = row.grade_tenths
    return "" if tenths is None else f"{tenths // 10},{tenths % 10}"


_CELLS: Mapping[str, Callable[[Participation], str]] = {
    "code": lambda row: "" if row.person is None else row.person.code,
    "session": lambda row: row.session.code,
    "course": lambda row: row.session.course.name,
    "sent_by": lambda row: "" if row.sent_by is None else row.sent_by.name,
    "state": lambda row: PARTICIPATIONS[row.state],
    "result": lambda row: "" if row.result is None else RESULTS[row.result],
    "result_on": lambda row: _day(row.result_on),
    "hours": lambda row: "" if row.hours is None else str(row.hours),
    "grade": _grade,
    "certificate": lambda row: row.certificate_number,
    "certificate_on": lambda row: _day(row.certificate_on),
    "committed_until": lambda row: _day(row.committed_until),
}
