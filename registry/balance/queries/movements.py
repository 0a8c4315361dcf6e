"""People who came and went: counted by year, place and reason; and the rows of a year."""

from datetime import date
from typing import NamedTuple

from sqlalchemy import ColumnElement, and_, extract, func, select
from sqlalchemy.orm import Session

from registry.accounts.rules import Viewer
from registry.balance.models import Movement
from registry.balance.queries.kept import in_scope, one_of
from registry.balance.rules import Direction, Move
from registry.consents.rules import PurposeCode
from registry.people.models import Person
from registry.people.queries import listed_condition, visible_condition
from registry.web.paging import PAGE_SIZE, Page

UNIVERSITY = 4
"""The rank from which people are called highly qualified here, unless a page asks for another."""


class MovementLine(NamedTuple):
    """A movement with its person, where the viewer may be shown the record."""

    movement: Movement
    person: Person | None


def moves(
    session: Session, viewer: Viewer, *, least_rank: int = UNIVERSITY, unit_path: str = ""
) -> list[Move]:
    """Movements counted by year, direction, place and reason. One statement.

    Of a place the path of a province or the code of a country. Who has no known degree is not among the highly qualified.
    """
    year = extract("year", Movement.moved_on)
    columns = (year, Movement.direction, Movement.place_path, Movement.place_country, Movement.reason)
    rows = session.execute(
        select(*columns, func.count())
        .where(*_moved(viewer, least_rank, unit_path))
        .group_by(*columns)
        .order_by(*columns)
    )
    return [
        Move(
            int(when), Direction(direction), path or country, None if reason is None else str(reason), people
        )
        for when, direction, path, country, reason, people in rows
    ]


def without_degree(session: Session, viewer: Viewer, *, unit_path: str = "") -> int:
    """How many movements are of people whose degree nobody recorded: they are in no sum."""
    counted = select(func.count()).where(
        in_scope(viewer, Movement),
        Movement.qualification_rank.is_(None),
        *([Movement.unit_path.startswith(unit_path, autoescape=True)] if unit_path else []),
    )
    return session.scalar(counted) or 0


def _moved(viewer: Viewer, least_rank: int, unit_path: str) -> list[ColumnElement[bool]]:
    return [
        in_scope(viewer, Movement),
        Movement.qualification_rank >= least_rank,
        *([Movement.unit_path.startswith(unit_path, autoescape=True)] if unit_path else []),
    ]


def movements_of_year(
    session: Session,
    viewer: Viewer,
    people: Viewer,
    year: int,
    page: int,
    *,
    on: date,
    least_rank: int = UNIVERSITY,
    unit_path: str = "",
) -> Page[MovementLine]:
    """The rows of a year, newest first. `people` are the scopes on which the viewer may read records. Two statements.

    A person stands beside a row only where a list of work may show the record; the row counts all the same.
    """
    chosen = [
        *_moved(viewer, least_rank, unit_path),
        Movement.moved_on >= date(year, 1, 1),
        Movement.moved_on <= date(year, 12, 31),
    ]
    total = session.scalar(select(func.count()).select_from(Movement).where(*chosen)) or 0
    rows = session.execute(
        select(Movement, Person)
        .outerjoin(Person, and_(Person.id == Movement.person_id, listed_condition(people, on=on)))
        .where(*chosen)
        .order_by(Movement.moved_on.desc(), Movement.id.desc())
        .limit(PAGE_SIZE)
        .offset((page - 1) * PAGE_SIZE)
    )
    return Page([MovementLine(movement, person) for movement, person in rows], page, total)


def person_to_name(session: Session, people: Viewer, code: str, *, on: date) -> Person | None:
    """The record of a code, where the viewer may read it: a movement names nobody else."""
    return session.scalar(
        select(Person).where(Person.code == code, visible_condition(people, PurposeCode.REGISTRY, on=on))
    )


def movement_of(session: Session, viewer: Viewer, public_id: str) -> Movement | None:
    """One movement in the viewer's scopes."""
    return one_of(session, viewer, Movement, public_id)
