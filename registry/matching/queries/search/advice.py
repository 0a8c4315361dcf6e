"""When nobody fits: which condition to take away, and how many there would be."""

from dataclasses import dataclass

from sqlalchemy import and_, func, select, true
from sqlalchemy.orm import Session

from registry.matching.engine.search.masks import count_of
from registry.matching.queries.search.asked import Sought
from registry.matching.queries.search.conditions import conditions_of, sought_visible_condition
from registry.matching.queries.search.on_roll import on_rolls
from registry.people.models import Person


@dataclass(frozen=True)
class Removal:
    """A condition by name, and how many people fit all the others."""

    name: str
    count: int


def best_removals(session: Session, sought: Sought) -> list[Removal]:
    """The conditions whose removal alone helps, most people first."""
    rolls = on_rolls(session, sought)
    if rolls:
        names = list(rolls[0].conditions)
        counts = {name: sum(count_of(one.without(name)) for one in rolls) for name in names}
    else:
        counts = _without_each(session, sought)
        names = list(counts)
    found = [Removal(name, count) for name, count in counts.items() if count]
    return sorted(found, key=lambda one: (-one.count, names.index(one.name)))


def _without_each(session: Session, sought: Sought) -> dict[str, int]:
    """How many fit without each condition: one statement for all of them."""
    conditions = conditions_of(sought)
    if not conditions:
        return {}
    columns = [
        func.count().filter(and_(true(), *(one for other, one in conditions.items() if other != name)))
        for name in conditions
    ]
    row = session.execute(select(*columns).select_from(Person).where(sought_visible_condition(sought))).one()
    return dict(zip(conditions, row, strict=True))
