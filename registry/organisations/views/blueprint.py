"""The blueprint, the organisation a request names, and what the app lends this room about places."""

from typing import cast

from flask import Blueprint, current_app
from sqlalchemy.orm import Session

from registry.accounts.access import current_viewer, whole_viewer
from registry.accounts.rules import Permission
from registry.organisations import queries
from registry.organisations.models import Organisation
from registry.organisations.rules import UnitDirectory
from registry.web.errors import NotVisible
from registry.web.i18n import current_language

bp = Blueprint("organisations", __name__, url_prefix="/don-vi")


def visible_organisation(session: Session, public_id: str) -> Organisation:
    """The organisation of this id, where the viewer may do what the view asks for. Raises NotVisible."""
    found = queries.get_organisation(session, current_viewer(), public_id)
    if found is None:
        raise NotVisible
    return found


def may_at(permission: Permission, organisation: Organisation) -> bool:
    """Whether the viewer has a permission where an organisation stands."""
    return whole_viewer().can(permission, at=(organisation.unit_path, organisation.path))


def unit_directory() -> UnitDirectory:
    """Places lie above this room; their pages hand the directory to the app."""
    return cast("UnitDirectory", current_app.extensions["registry.unit_directory"])


def unit_words(session: Session, organisation: Organisation) -> str:
    """The administrative unit in words, "" when it has none."""
    if not organisation.unit_path:
        return ""
    return unit_directory().words(session, organisation.unit_path, current_language())
