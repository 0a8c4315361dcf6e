"""Reads of accounts, and the one condition that limits any list to a viewer's scopes."""

from typing import Any

from sqlalchemy import ColumnElement, and_, false, or_, true

from registry.accounts.rules import Permission, Scope, Viewer


def scope_condition(
    viewer: Viewer,
    unit_path_column: Any,
    organisation_path_column: Any,
    permission: Permission | None = None,
) -> ColumnElement[bool]:
    """True for rows inside one of the viewer's scopes (those of `permission` when it is given).

    Paths hold codes and strokes only (Scope checks it), so nothing in a prefix is a LIKE wildcard.
    """
    scopes = viewer.scopes if permission is None else viewer.scopes_for(permission)
    if any(scope == Scope() for scope in scopes):
        return true()
    return or_(false(), *(_inside(scope, unit_path_column, organisation_path_column) for scope in scopes))


def _inside(scope: Scope, unit_path_column: Any, organisation_path_column: Any) -> ColumnElement[bool]:
    wanted = ((unit_path_column, scope.unit_path), (organisation_path_column, scope.organisation_path))
    return and_(true(), *(column.like(f"{path}%") for column, path in wanted if path))
