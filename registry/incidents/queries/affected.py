"""Whom an incident affects: found in the log, as codes and counts and nothing else. Reads only."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from registry.audit.queries import EventFilter, people_of_events
from registry.incidents.models import Incident, IncidentPerson
from registry.people.models import Person
from registry.web.paging import PAGE_SIZE, Page

_AT_ONCE = 500


@dataclass(frozen=True)
class LogSelection:
    """Which events of the log: from when until when, by which account, about which need (public id), of which kind."""

    since: datetime
    until: datetime
    by_id: int | None = None
    need: str = ""
    action: str = ""


@dataclass(frozen=True)
class AffectedCounts:
    """How many people are on the list, how many of them were written to, how many were taken off it."""

    people: int
    written: int
    removed: int


def events_of(session: Session, wanted: LogSelection) -> Mapping[int, tuple[str, int]]:
    """{number of a person: (code, in how many of these events)}, by code."""
    narrowed = EventFilter(by_id=wanted.by_id, action=wanted.action, since=wanted.since, until=wanted.until)
    counted = people_of_events(session, narrowed, wanted.need)
    rows = [
        (number, code, counted[public_id]) for number, public_id, code in codes_of(session, counted.keys())
    ]
    return {number: (code, events) for number, code, events in sorted(rows, key=lambda row: row[1])}


def codes_of(session: Session, people: Collection[str]) -> Iterator[tuple[int, str, str]]:
    """(number, public id, code) of people by public id, whatever became of their records."""
    wanted = sorted(people)
    for begin in range(0, len(wanted), _AT_ONCE):
        part = wanted[begin : begin + _AT_ONCE]
        for row in session.execute(
            select(Person.id, Person.public_id, Person.code).where(Person.public_id.in_(part))
        ):
            yield row.id, row.public_id, row.code


def on_list(session: Session, incident: Incident, numbers: Collection[int]) -> Mapping[int, IncidentPerson]:
    """Those of these people who are or were on the list."""
    wanted, found = sorted(numbers), dict[int, IncidentPerson]()
    for begin in range(0, len(wanted), _AT_ONCE):
        rows = session.scalars(
            select(IncidentPerson).where(
                IncidentPerson.incident_id == incident.id,
                IncidentPerson.person_id.in_(wanted[begin : begin + _AT_ONCE]),
            )
        )
        found |= {row.person_id: row for row in rows}
    return found


def person_by_code(session: Session, code: str) -> Person | None:
    """The record of a code, whatever became of it: nothing of it is shown for this."""
    return session.scalar(select(Person).where(Person.code == code))


def affected_page(session: Session, incident: Incident, number: int) -> Page[IncidentPerson]:
    """One page of the list, by code; those taken off it last."""
    wanted = select(IncidentPerson).where(IncidentPerson.incident_id == incident.id)
    total = session.scalar(select(func.count()).select_from(wanted.subquery())) or 0
    rows = session.scalars(
        wanted.join(IncidentPerson.person)
        .order_by(IncidentPerson.removed_at.is_not(None), Person.code)
        .limit(PAGE_SIZE)
        .offset((number - 1) * PAGE_SIZE)
    ).all()
    return Page(rows, number, total)


def entry_of(session: Session, incident: Incident, code: str) -> IncidentPerson | None:
    """The entry of a code on the list."""
    return session.scalar(
        select(IncidentPerson)
        .join(IncidentPerson.person)
        .where(IncidentPerson.incident_id == incident.id, Person.code == code)
    )


def affected(session: Session, incident: Incident) -> Sequence[IncidentPerson]:
    """Everybody on the list who was not taken off it, by code."""
    return session.scalars(
        select(IncidentPerson)
        .join(IncidentPerson.person)
        .where(IncidentPerson.incident_id == incident.id, IncidentPerson.removed_at.is_(None))
        .order_by(Person.code)
    ).all()


def counts_of(session: Session, incident: Incident) -> AffectedCounts:
    """How many people the list has."""
    rows = session.execute(
        select(
            func.count(),
            func.count(IncidentPerson.removed_at),
        ).where(IncidentPerson.incident_id == incident.id)
    ).one()
    written = session.scalar(
        select(func.count()).where(
            IncidentPerson.incident_id == incident.id,
            IncidentPerson.removed_at.is_(None),
            IncidentPerson.written_at.is_not(None),
        )
    )
    return AffectedCounts(rows[0] - rows[1], written or 0, rows[1])


def people_by_incident(session: Session) -> Mapping[int, int]:
    """{number of an incident: how many people its list has}; lists without anybody are left out."""
    counted = (
        select(IncidentPerson.incident_id, func.count())
        .where(IncidentPerson.removed_at.is_(None))
        .group_by(IncidentPerson.incident_id)
    )
    return dict(session.execute(counted).all())
