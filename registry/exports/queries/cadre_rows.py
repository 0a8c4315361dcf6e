"""Cadres, civil servants and public employees as rows in the groups of their record. What is unknown stays empty.

Whoever may not be named leaves with their code, kind and qualification alone.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import Any, TypeVar

from sqlalchemy import ColumnElement, Select, and_, func, or_, select
from sqlalchemy.orm import Session, selectinload

from registry.accounts.rules import Viewer
from registry.consents.rules import PurposeCode
from registry.exports.models import Export, ExportPerson
from registry.exports.queries.cadre_cells import CadreLine, cell_of
from registry.exports.queries.people_rows import PeoplePage
from registry.exports.rules.columns import ExportColumn
from registry.people.models import (
    Achievement,
    CadreFacet,
    Education,
    Experience,
    LanguageClaim,
    Person,
)
from registry.people.models.sealed import open_identity
from registry.people.queries import (
    display_name,
    may_be_named,
    people_for,
    unit_words,
    visible_condition,
)
from registry.people.rules import (
    AchievementKind,
    IdentityKind,
)

PAGE_ROWS = 200
Row = TypeVar("Row")


def _cadres(viewer: Viewer, on: date) -> Select[Any]:
    is_cadre = (
        select(CadreFacet.id).where(CadreFacet.person_id == Person.id, _holds(on)).correlate(Person).exists()
    )
    return people_for(viewer, PurposeCode.MATCHING, on=on).where(is_cadre)


def cadre_ids(viewer: Viewer, *, on: date) -> Select[Any]:
    """The row ids of whoever in scope holds an office on the day, in the order of names."""
    return _cadres(viewer, on).with_only_columns(Person.id).order_by(Person.name_sort_key, Person.id)


def cadres_total(session: Session, viewer: Viewer, *, on: date) -> int:
    """How many they are."""
    found = _cadres(viewer, on).with_only_columns(func.count(Person.id), maintain_column_froms=True)
    return session.scalar(found) or 0


def cadre_pages(
    session: Session, export: Export, viewer: Viewer, columns: Sequence[ExportColumn], *, on: date
) -> Iterator[PeoplePage]:
    """Page after page of an export, of those whom the viewer may match and who hold an office on the day."""
    after, keys = 0, frozenset(one.key for one in columns)
    while rows := _some(session, export, viewer, after, on):
        people = [person for _key, person in rows]
        after = rows[-1][0]
        lines = _lines(session, people, viewer, keys, on)
        named = [one.person.id for one in lines if one.is_named]
        yield PeoplePage(
            [[cell_of(line, one.key) for one in columns] for line in lines],
            [one.person.public_id for one in lines],
            sorted(named),
            [one.person.id for one in lines if not one.is_named],
            after,
        )


def _some(
    session: Session, export: Export, viewer: Viewer, after: int, on: date
) -> Sequence[tuple[int, Person]]:
    found = (
        select(ExportPerson.id, Person)
        .join(Person, Person.id == ExportPerson.person_id)
        .where(
            ExportPerson.export_id == export.id,
            ExportPerson.id > after,
            visible_condition(viewer, PurposeCode.MATCHING, on=on),
        )
        .order_by(ExportPerson.id)
        .limit(PAGE_ROWS)
        .options(selectinload(Person.names), selectinload(Person.identities))
    )
    return [(key, person) for key, person in session.execute(found)]


def _lines(
    session: Session, people: Sequence[Person], viewer: Viewer, keys: frozenset[str], on: date
) -> list[CadreLine]:
    ids = [one.id for one in people]
    facets = _of(session, CadreFacet, ids, _holds(on))
    education = _of(session, Education, ids)
    languages = _of(session, LanguageClaim, ids, LanguageClaim.valid_to.is_(None))
    named = [one for one in people if may_be_named(one, viewer)]
    known = {one.id for one in named}
    posts = _of(session, Experience, sorted(known))
    awards = _of(session, Achievement, sorted(known), Achievement.kind == AchievementKind.AWARD)
    units = unit_words(session, _units(named, posts))
    lines: list[CadreLine] = []
    for one in people:
        if not facets[one.id]:  # no longer, since it was asked for
            continue
        told = (one, display_name(one, viewer), facets[one.id], education[one.id], languages[one.id])
        if one.id not in known:
            lines.append(CadreLine(*told))
            continue
        number = _number(session, one) if "identity" in keys else ""
        lines.append(CadreLine(*told, posts[one.id], awards[one.id], units, number))
    return lines


def _holds(on: date) -> ColumnElement[bool]:
    return and_(
        or_(CadreFacet.valid_from.is_(None), CadreFacet.valid_from <= on),
        or_(CadreFacet.valid_to.is_(None), CadreFacet.valid_to >= on),
    )


def _of(
    session: Session, model: type[Row], ids: Sequence[int], *conditions: ColumnElement[bool]
) -> defaultdict[int, list[Row]]:
    """The rows of some people by person, oldest first."""
    table: Any = model
    found: defaultdict[int, list[Row]] = defaultdict(list)
    for row in session.scalars(
        select(model).where(table.person_id.in_(ids), *conditions).order_by(table.id)
    ).all():
        found[getattr(row, "person_id")].append(row)  # noqa: B009 - of whichever table
    return found


def _units(people: Sequence[Person], posts: Mapping[int, Sequence[Experience]]) -> list[int | None]:
    found = [
        unit for one in people for unit in (one.origin_unit_id, one.birthplace_unit_id, one.residence_unit_id)
    ]
    return found + [row.unit_id for rows in posts.values() for row in rows]


def _number(session: Session, person: Person) -> str:
    """The personal ID number."""
    held = next((row for row in person.identities if row.kind is IdentityKind.CCCD), None)
    return "" if held is None else open_identity(session, person, held)
