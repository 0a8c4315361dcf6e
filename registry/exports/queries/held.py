"""Whom an export holds, some at a time, as far as its taker may still see them."""

from collections.abc import Sequence
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from registry.accounts.rules import Viewer
from registry.exports.models import Export, ExportPerson
from registry.people.models import Person
from registry.people.queries import visible_condition

PAGE_ROWS = 200


def people_held(
    session: Session, export: Export, viewer: Viewer, after: int, on: date
) -> Sequence[tuple[int, Person]]:
    """The next people after a key of an export, each with their key."""
    found = (
        select(ExportPerson.id, Person)
        .join(Person, Person.id == ExportPerson.person_id)
        .where(
            ExportPerson.export_id == export.id,
            ExportPerson.id > after,
            visible_condition(viewer, export.listed.used_for, on=on),
        )
        .order_by(ExportPerson.id)
        .limit(PAGE_ROWS)
    )
    return [(key, person) for key, person in session.execute(found)]
