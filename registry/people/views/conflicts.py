"""One thing was edited twice at once: both versions field by field."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from flask import render_template
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session

from registry.accounts.access import current_account
from registry.accounts.queries import known_by
from registry.audit.queries import EventFilter, log_page
from registry.people.forms.fields import PartialDateBoxes
from registry.web.edits import EditForm, compared, typed_again
from registry.web.i18n import gettext as _


@dataclass(frozen=True)
class Saved:
    """What is in the database now: its version, and the event that tells who saved it and when."""

    version: int | str
    subject: str
    action: str


@dataclass(frozen=True)
class _Author:
    """Who saved the version that is stored now, and when, as far as the log knows."""

    name: str = ""
    at: datetime | None = None
    is_reader: bool = False


def show_conflict(
    session: Session, form: EditForm, stored: EditForm, saved: Saved, *, what: str, name: str, back: str
) -> ResponseReturnValue:
    """The 409 page. It posts to the same address, with the version that is stored now. `what` was edited."""
    author = _last_author(session, saved)
    page = render_template(
        "people/conflict.html",
        rows=compared(form, stored, shown),
        typed=typed_again(),
        version=saved.version,
        opened_with=stored.opened_with.data,
        author=author,
        title=_title(author, what),
        name=name,
        back=back,
    )
    return page, 409


def _title(author: _Author, what: str) -> str:
    if author.is_reader:
        return _("Bạn đã lưu một bản khác của %(what)s", what=what)
    return _("Hai người cùng sửa %(what)s", what=what)


def _last_author(session: Session, saved: Saved) -> _Author:
    """The account of the newest event that saved this record or row."""
    wanted = EventFilter(subject_id=saved.subject, action=saved.action)
    newest = next(iter(log_page(session, wanted).lines), None)
    if newest is None or newest.by_id is None:
        return _Author()
    name = known_by(session, [newest.by_id]).get(newest.by_id, ("", ""))[1]
    return _Author(name, newest.at, newest.by_id == current_account().id)


def shown(field: Any) -> str:
    """The value of a field as a person reads it."""
    if isinstance(field, PartialDateBoxes):
        return field.text
    if field.type == "BooleanField":
        return _("Có") if field.data else _("Không")
    if hasattr(field, "choices") and field.choices:
        chosen: Any = field.data if field.type == "SelectMultipleField" else [field.data]
        return ", ".join(str(one.label) for one in field.choices if one.value and one.value in (chosen or ()))
    return "" if field.data is None else str(field.data)
