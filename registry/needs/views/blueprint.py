"""The blueprint of the room and what its pages share."""

from collections.abc import Callable, Collection
from typing import Any

from flask import Blueprint, Flask, current_app
from sqlalchemy.orm import Session

from registry.accounts.access import current_viewer
from registry.needs.forms.labels import KIND_LABELS, STATE_LABELS, STATE_TAGS
from registry.needs.models import Need
from registry.needs.queries import get_need
from registry.needs.rules import NeedState
from registry.web.errors import NotVisible

bp = Blueprint("needs", __name__, url_prefix="/nhu-cau")
_SHORTLISTED = "registry.needs.shortlisted"

Shortlisted = Callable[[Need], Collection[str] | None]
"""The public ids of who is shortlisted for a need; None for a viewer who may not see people."""


def install(app: Flask, shortlisted: Shortlisted) -> None:
    """Tell the pages who is shortlisted for a need: the lists lie in a room above this one."""
    app.extensions[_SHORTLISTED] = shortlisted


def shortlisted(need: Need) -> Collection[str] | None:
    """Who is shortlisted for a need, as far as the viewer may see."""
    found: Shortlisted = current_app.extensions[_SHORTLISTED]
    return found(need)


def visible_need(session: Session, public_id: str) -> Need:
    """The need, if the viewer may see it; otherwise NotVisible, as for one that does not exist."""
    need = get_need(session, current_viewer(), public_id)
    if need is None:
        raise NotVisible
    return need


@bp.app_template_global()
def need_state(state: NeedState) -> dict[str, Any]:
    """The word and the colour of a state, for the tag."""
    return {"text": STATE_LABELS[state], "kind": STATE_TAGS[state]}


@bp.app_template_global()
def need_kind(need: Need) -> Any:
    """The word for what is needed."""
    return KIND_LABELS[need.kind]


@bp.app_template_global()
def described(field: Any) -> dict[str, Any]:
    """The attributes that tie a hand-drawn control to its hint and its errors; the server validates, not the browser."""
    ids = [f"{field.id}-goi-y"] if field.description else []
    ids += [f"{field.id}-loi"] if field.errors else []
    found: dict[str, Any] = {"required": False, "maxlength": False}
    if ids:
        found["aria-describedby"] = " ".join(ids)
    if field.errors:
        found["aria-invalid"] = "true"
    return found
