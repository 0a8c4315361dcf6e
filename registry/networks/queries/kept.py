"""What is common to the rows the room keeps: the viewer's scopes, and one row by its public id."""

from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import Session

from registry.accounts.queries import scope_condition
from registry.accounts.rules import Viewer
from registry.consents.rules import PurposeCode
from registry.organisations.models import Organisation
from registry.people.models import Person
from registry.people.queries import is_public_id, named_condition, visible_condition


def in_scope(viewer: Viewer, model: Any) -> ColumnElement[bool]:
    """The condition of rows an office keeps."""
    return scope_condition(viewer, model.unit_path, model.organisation_path)


def of_organisation(viewer: Viewer) -> ColumnElement[bool]:
    """The condition of rows that are about an organisation, joined with it."""
    return scope_condition(viewer, Organisation.unit_path, Organisation.path)


def one_of(session: Session, viewer: Viewer, model: Any, public_id: str) -> Any:
    """A row that an office in sight keeps."""
    if not is_public_id(public_id):
        return None
    return session.scalar(select(model).where(model.public_id == public_id, in_scope(viewer, model)))


def person_to_name(session: Session, people: Viewer, code: str, *, on: date) -> Person | None:
    """The record of a code, where the viewer may read it and its person may be named: rows name nobody else."""
    return session.scalar(
        select(Person).where(
            Person.code == code,
            visible_condition(people, PurposeCode.REGISTRY, on=on),
            named_condition(people),
        )
    )
