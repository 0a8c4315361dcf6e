"""What is common to the rows the room keeps: the viewer's scopes, and one row by its public id."""

from typing import Any

from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import Session

from registry.accounts.queries import scope_condition
from registry.accounts.rules import Viewer
from registry.people.queries import is_public_id


def in_scope(viewer: Viewer, model: Any) -> ColumnElement[bool]:
    """The condition that every list of the room carries."""
    return scope_condition(viewer, model.unit_path, model.organisation_path)


def one_of(session: Session, viewer: Viewer, model: Any, public_id: str) -> Any:
    if not is_public_id(public_id):
        return None
    return session.scalar(select(model).where(model.public_id == public_id, in_scope(viewer, model)))
