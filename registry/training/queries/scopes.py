"""The one condition every list of the room carries, and one row of an address."""

from typing import Any, TypeVar

from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import Session

from registry.accounts.queries import scope_condition
from registry.accounts.rules import Permission, Viewer
from registry.people.queries import is_public_id

Row = TypeVar("Row")


def in_scope(viewer: Viewer, model: Any) -> ColumnElement[bool]:
    """Rows inside the scopes on which the viewer may read training."""
    return scope_condition(viewer, model.unit_path, model.organisation_path, Permission.TRAINING_READ)


def row_of(session: Session, viewer: Viewer, model: type[Row], public_id: str, *options: Any) -> Row | None:
    """One row of an address; None when there is none, or it lies outside the viewer's scopes."""
    if not is_public_id(public_id):
        return None
    kind: Any = model
    wanted = select(model).where(kind.public_id == public_id, in_scope(viewer, model))
    return session.scalar(wanted.options(*options))
