"""Training by category: people and attendances of each, and over all of them, never one for the other (IN-02, IN-03)."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from registry.indicators.queries.computed.shape import inside
from registry.indicators.rules.figures import Period
from registry.training.models import Participation
from registry.training.rules import BY_CODE, CATEGORIES


@dataclass(frozen=True)
class CategoryCount:
    """A category: distinct people in it, and attendances."""

    code: str
    name: str
    people: int
    attendances: int


@dataclass(frozen=True)
class TrainingTable:
    """All categories with anything in them; `people` is the union counted again, never the sum of the categories.

    `sum_of_people` is what adding the categories gives: attendances of a kind (each person once in each category).
    """

    rows: Sequence[CategoryCount]
    people: int
    attendances: int

    @property
    def sum_of_people(self) -> int:
        """People of each category added: who is in two of them is in it twice, so it is no number of people."""
        return sum(one.people for one in self.rows)


def training_table(session: Session, period: Period, unit_path: str) -> TrainingTable:
    """Both counts of every category in a place and period, read from one index."""
    one = Participation
    wanted = (
        one.category.in_(BY_CODE),
        one.happened_on.between(period.start, period.end),
        inside(one.unit_path, unit_path),
    )
    lines = func.count().label("lines")
    grouped = (
        select(one.category, one.participant, lines)
        .where(*wanted)
        .group_by(one.category, one.participant)
        .subquery()
    )
    found = {
        category: (int(people), int(attendances))
        for category, people, attendances in session.execute(
            select(grouped.c.category, func.count(), func.sum(grouped.c.lines)).group_by(grouped.c.category)
        )
    }
    people = session.scalar(select(func.count(func.distinct(one.participant))).where(*wanted)) or 0
    rows = [
        CategoryCount(category.code, category.name, *found[category.code])
        for category in CATEGORIES
        if category.code in found
    ]
    return TrainingTable(rows, people, sum(one.attendances for one in rows))
