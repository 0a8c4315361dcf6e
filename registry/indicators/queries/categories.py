"""Training by category: people and attendances of each, and over all of them, never one for the other (IN-02, IN-03)."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from registry.indicators.queries.computed.shape import Asked, how_many, place_and_part
from registry.indicators.queries.computed.training import counts_by_category
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


def training_table(
    session: Session, period: Period, place: str, part: str = "", shared: dict[Any, Any] | None = None
) -> TrainingTable:
    """Both counts of every category in a place or a part of it; `shared` as of the measures of the same page."""
    kept: dict[Any, Any] = {} if shared is None else shared
    path, former = place_and_part(place, part)
    asked = Asked(path, period.start, period.end, part=former)
    key = (asked.unit_path, asked.part, asked.first_day, asked.ends)
    if key not in kept:
        kept[key] = counts_by_category(session, asked)
    found: dict[str, tuple[int, int]] = kept[key]
    one = Participation
    each = (
        select(one.participant)
        .where(
            one.category.in_(BY_CODE),
            one.happened_on.between(period.start, period.end),
            asked.inside(one.unit_path),
        )
        .group_by(one.participant)
    )
    rows = [
        CategoryCount(category.code, category.name, *found[category.code])
        for category in CATEGORIES
        if category.code in found
    ]
    # Who is in one category only is counted already; else the union is counted anew, never added.
    people = rows[0].people if len(rows) == 1 else how_many(session, each) if rows else 0
    return TrainingTable(rows, people, sum(one.attendances for one in rows))
