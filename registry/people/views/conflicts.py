"""Two people edited the same thing: both versions field by field, and the choice carried out."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from flask import render_template, request
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session

from registry.accounts.queries import known_by
from registry.audit.queries import EventFilter, log_page
from registry.people.forms.fields import PartialDateBoxes
from registry.web.forms import WebForm
from registry.web.i18n import gettext as _

_TECHNICAL = frozenset({"csrf_token", "version"})


@dataclass(frozen=True)
class Saved:
    """What is in the database now: its version, and the event that tells who saved it and when."""

    version: int | str
    subject: str
    action: str


def apply_choices(form: WebForm, stored: WebForm) -> None:
    """Where the conflict page was answered with «theirs», put the stored value into the form."""
    for field, kept in zip(_fields(form), _fields(stored), strict=True):
        if request.form.get(f"pick-{field.name}") == "theirs":
            field.process(None, kept.data)
            if isinstance(field, PartialDateBoxes):
                field.process_errors = []


def show_conflict(
    session: Session, form: WebForm, stored: WebForm, saved: Saved, *, title: str, name: str, back: str
) -> ResponseReturnValue:
    """The 409 page. It posts to the same address, with the version that is stored now."""
    rows = [
        {
            "label": field.label.text,
            "name": field.name,
            "theirs": shown(kept),
            "mine": shown(field),
            "differs": shown(kept) != shown(field),
        }
        for field, kept in zip(_fields(form), _fields(stored), strict=True)
    ]
    typed = [
        (key, value)
        for key, value in request.form.items(multi=True)
        if key not in _TECHNICAL and not key.startswith("pick-")
    ]
    who, when = _last_author(session, saved)
    page = render_template(
        "people/conflict.html",
        rows=rows,
        typed=typed,
        version=saved.version,
        who=who or _("một người khác"),
        when=when,
        title=title,
        name=name,
        back=back,
    )
    return page, 409


def _last_author(session: Session, saved: Saved) -> tuple[str, datetime | None]:
    """Name and time of the newest event that saved this record or row."""
    wanted = EventFilter(subject_id=saved.subject, action=saved.action)
    newest = next(iter(log_page(session, wanted).lines), None)
    if newest is None or newest.by_id is None:
        return "", None
    return known_by(session, [newest.by_id]).get(newest.by_id, ("", ""))[1], newest.at


def _fields(form: Any) -> list[Any]:
    return [field for field in form if field.name not in _TECHNICAL and field.type != "HiddenField"]


def shown(field: Any) -> str:
    """The value of a field as a person reads it."""
    if isinstance(field, PartialDateBoxes):
        return field._value()  # pyright: ignore[reportPrivateUsage]
    if field.type == "BooleanField":
        return _("Có") if field.data else _("Không")
    if hasattr(field, "choices") and field.choices:
        chosen: Any = field.data if field.type == "SelectMultipleField" else [field.data]
        return ", ".join(str(one.label) for one in field.choices if one.value and one.value in (chosen or ()))
    return "" if field.data is None else str(field.data)
