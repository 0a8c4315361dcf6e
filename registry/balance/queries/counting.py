"""Supply and demand as they are now: one statement for the posts, one for the people, both grouped in the database.

Demand are the places still free of open needs. Supply are the people `people_for` lets be chosen from who have no post
through the registry, by when they can start; who did not say so is unknown and in no sum.
"""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from sqlalchemy import ColumnElement, Select, and_, case, func, literal, or_, select
from sqlalchemy.orm import Session

from registry.accounts.queries import scope_condition
from registry.accounts.rules import Viewer
from registry.balance.queries.subjects import OCCUPATION_OF_NEED, occupation_of_person
from registry.balance.rules import BalanceRow, Horizon, sector_of
from registry.candidacies.models import Candidacy
from registry.candidacies.rules import TAKEN
from registry.consents.rules import PurposeCode
from registry.needs.models import Need
from registry.needs.rules import OPEN_STATES, NeedKind
from registry.people.models import Availability, Person
from registry.people.queries import visible_condition
from registry.people.rules import AvailabilityState, add_months

NOW, LATER, UNDATED, UNSTATED = "now", "later", "undated", "unstated"
"""When somebody can start: within a year, after it, they did not say when, they said nothing at all."""

_SUPPLY = {Horizon.SHORT: frozenset({NOW}), Horizon.LONG: frozenset({NOW, LATER, UNDATED})}
_UNKNOWN = {Horizon.SHORT: frozenset({UNDATED, UNSTATED}), Horizon.LONG: frozenset({UNSTATED})}
_MONTHS = 12


def end_of(horizon: Horizon, on: date) -> date | None:
    """The last day of a horizon: a year from now, or none."""
    return add_months(on, _MONTHS) if horizon is Horizon.SHORT else None


@dataclass(frozen=True)
class Part:
    """The part of the country that is counted: what the viewer's scopes hold of a unit."""

    viewer: Viewer
    unit_path: str = ""

    def needs(self) -> list[ColumnElement[bool]]:
        """Needs of the part."""
        return [
            scope_condition(self.viewer, Need.unit_path, Need.organisation_path),
            *([Need.unit_path.startswith(self.unit_path, autoescape=True)] if self.unit_path else []),
        ]

    def people(self, on: date) -> list[ColumnElement[bool]]:
        """People of the part who may be chosen from and have no post through the registry."""
        taken = (
            select(Candidacy.id)
            .where(
                Candidacy.person_id == Person.id,
                Candidacy.closed_at.is_(None),
                Candidacy.stage.in_(TAKEN),
            )
            .correlate(Person)
            .exists()
        )
        return [
            visible_condition(self.viewer, PurposeCode.MATCHING, on=on),
            ~taken,
            *([Person.unit_path.startswith(self.unit_path, autoescape=True)] if self.unit_path else []),
        ]


def open_places() -> ColumnElement[int]:
    """SQL: the places of the need of this row that nobody has yet; never below nothing."""
    taken = (
        select(func.count())
        .where(Candidacy.need_id == Need.id, Candidacy.closed_at.is_(None), Candidacy.stage.in_(TAKEN))
        .correlate(Need)
        .scalar_subquery()
    )
    return case((Need.headcount > taken, Need.headcount - taken), else_=0)


def wanted_within(horizon: Horizon, on: date) -> list[ColumnElement[bool]]:
    """The need of this row is open and its people are wanted within the horizon; without a day they are wanted now."""
    wanted: list[ColumnElement[bool]] = [
        Need.state.in_(sorted(OPEN_STATES)),
        Need.kind != NeedKind.TRAINING_PLACE,
    ]
    end = end_of(horizon, on)
    if end is not None:
        due = func.coalesce(Need.expected_on, Need.start_on)
        wanted.append(or_(due.is_(None), due <= end))
    return wanted


def standing(on: date) -> ColumnElement[str]:
    """SQL: when the person of this row can start; needs `with_availability`."""
    free = or_(
        Availability.state == AvailabilityState.AVAILABLE, Availability.state == AvailabilityState.PAUSED
    )
    return case(
        (Availability.id.is_(None), UNSTATED),
        (and_(free, Availability.from_on.is_(None)), UNDATED),
        (and_(free, Availability.from_on <= add_months(on, _MONTHS)), NOW),
        else_=LATER,
    )


def available(part: Part, on: date) -> Select[int]:
    """The row ids of people who said they are free at some time, or said nothing; a pause that is over is no pause."""
    return (
        select(Person.id)
        .outerjoin(Availability, and_(Availability.person_id == Person.id, Availability.ended_on.is_(None)))
        .where(
            *part.people(on),
            or_(Availability.id.is_(None), Availability.state != AvailabilityState.NOT_AVAILABLE),
        )
    )


def standings_of(horizon: Horizon, *, unknown: bool = False) -> frozenset[str]:
    """The values of `standing` that count as supply of a horizon, or as unknown."""
    return (_UNKNOWN if unknown else _SUPPLY)[horizon]


def cells(session: Session, part: Part, horizon: Horizon, *, on: date) -> list[BalanceRow]:
    """One row for each (occupation, sector, unit path, horizon) with a post or a person, in that order. Two statements."""
    posts = _posts(session, part, horizon, on)
    supply: Counter[tuple[str, str]] = Counter()
    unknown: Counter[tuple[str, str]] = Counter()
    for occupation, unit_path, said, people in _people(session, part, on):
        if said in _SUPPLY[horizon]:
            supply[occupation, unit_path] += people
        elif said in _UNKNOWN[horizon]:
            unknown[occupation, unit_path] += people
    keys = sorted({*posts, *supply, *unknown})
    return [
        BalanceRow(
            (occupation, sector_of(occupation), unit_path, horizon.value),
            posts[occupation, unit_path],
            supply[occupation, unit_path],
            unknown[occupation, unit_path],
        )
        for occupation, unit_path in keys
    ]


def _posts(session: Session, part: Part, horizon: Horizon, on: date) -> Counter[tuple[str, str]]:
    rows = (
        select(
            OCCUPATION_OF_NEED.label("occupation"),
            Need.unit_path.label("unit_path"),
            open_places().label("places"),
        )
        .where(*part.needs(), *wanted_within(horizon, on))
        .subquery()
    )
    counted = select(rows.c.occupation, rows.c.unit_path, func.sum(rows.c.places)).group_by(
        rows.c.occupation, rows.c.unit_path
    )
    return Counter({(occupation, path): int(places) for occupation, path, places in session.execute(counted)})


def _people(session: Session, part: Part, on: date) -> Iterable[tuple[str, str, str, int]]:
    rows = (
        available(part, on)
        .with_only_columns(
            occupation_of_person().label("occupation"),
            Person.unit_path.label("unit_path"),
            standing(on).label("said"),
        )
        .subquery()
    )
    counted = select(rows.c.occupation, rows.c.unit_path, rows.c.said, func.count(literal(1))).group_by(
        rows.c.occupation, rows.c.unit_path, rows.c.said
    )
    return [(row[0], row[1], row[2], row[3]) for row in session.execute(counted)]
