"""When nobody fits: which condition to take away, and how many there would be. One statement for all of them."""

from dataclasses import dataclass

from sqlalchemy import and_, func, select, true
from sqlalchemy.orm import Session

from registry.consents.rules import PurposeCode
from registry.matching.queries.search.asked import Sought
from registry.matching.queries.search.conditions import conditions_of
from registry.people.models import Person
from registry.people.queries import visible_condition


@dataclass(frozen=True)
class Removal:
    """A condition by name, and how many people fit all the others."""

    name: str
    count: int


def best_removals(session: Session, sought: Sought) -> list[Removal]:
    """The conditions whose removal alone helps, most people first."""
    conditions = conditions_of(sought)
    if not conditions:
        return []
    names = list(conditions)
    columns = [
        func.count().filter(and_(true(), *(one for other, one in conditions.items() if other != name)))
        for name in names
    ]
    row = session.execute(
        select(*columns)
        .select_from(Person)
        .where(visible_condition(sought.viewer, PurposeCode.REGISTRY, on=sought.on))
    ).one()
    found = [Removal(name, count) for name, count in zip(names, row, strict=True) if count]
    return sorted(found, key=lambda one: (-one.count, names.index(one.name)))
