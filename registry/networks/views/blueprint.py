"""The blueprint of the room and what its pages share."""

import re
from collections.abc import Callable, Iterable, Sequence
from typing import Any

from flask import Blueprint, Response, flash, redirect
from flask.typing import ResponseReturnValue
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from registry.accounts.access import current_account, current_viewer, signed_in_viewer
from registry.accounts.rules import Permission, Viewer
from registry.audit.operations import record_read
from registry.db import new_public_id
from registry.networks.operations.office import Office
from registry.networks.queries.kept import person_to_name, sent_before
from registry.organisations.models import Organisation
from registry.organisations.queries import flat, organisation_tree
from registry.people.models import Person
from registry.people.views.keepers import office_choices, office_of
from registry.text.csv_rows import csv_lines
from registry.web.attachments import attachment
from registry.web.clock import now, today
from registry.web.database import db_session, write_session
from registry.web.errors import NotVisible
from registry.web.i18n import gettext as _

bp = Blueprint("networks", __name__)
_KEY = re.compile(r"[0-9a-z]{26}")
_MOST_OFFERED = 400


def whole_viewer() -> Viewer:
    """The viewer with all roles, for asking about other permissions than the view's own."""
    return signed_in_viewer() or current_viewer()


def reader_of_people() -> Viewer:
    """The viewer with the scopes on which they may read records."""
    return whole_viewer().limited_to(Permission.PEOPLE_READ)


def may(permission: Permission, row: Any) -> bool:
    """Whether the viewer has a permission where a row is kept."""
    return whole_viewer().can(permission, at=(row.unit_path, row.organisation_path))


def may_at(permission: Permission, organisation: Organisation) -> bool:
    """Whether the viewer has a permission where an organisation stands."""
    return whole_viewer().can(permission, at=(organisation.unit_path, organisation.path))


def session_and(find: Any, ma: str) -> tuple[Session, Any]:
    """The session with the row of an address, looked for by a query of the room. Raises NotVisible."""
    session = db_session()
    found = find(session, current_viewer(), ma)
    if found is None:
        raise NotVisible
    return session, found


def by() -> int:
    """Whose deed it is."""
    return current_account().id


def saved(session: Session, back: str, sentence: str | None = None) -> ResponseReturnValue:
    """Commit what was done and go back. Sentences name nobody."""
    session.commit()
    flash(sentence or _("Đã lưu."), "ok")
    return redirect(back, 303)


def made_once(
    session: Session, form: Any, model: Any, make: Callable[[str], Any], page: Callable[[Any], str]
) -> ResponseReturnValue:
    """Make a row from a form and go to its page. The same form sent twice makes one."""
    typed = form.submission.data
    key = typed if typed is not None and _KEY.fullmatch(typed) else new_public_id()
    made = sent_before(session, model, key)
    if made is None:
        try:
            made = make(key)
            session.commit()
        except IntegrityError:
            session.rollback()
            made = sent_before(session, model, key)
            if made is None:
                raise
    flash(_("Đã lưu."), "ok")
    return redirect(page(made), 303)


def organisations(permission: Permission) -> dict[str, Organisation]:
    """Open organisations on which the viewer has a permission, by public id."""
    lines = flat(organisation_tree(db_session(), whole_viewer().limited_to(permission)))[:_MOST_OFFERED]
    return {line.organisation.public_id: line.organisation for line in lines}


def names_of(found: dict[str, Organisation]) -> list[tuple[str, Any]]:
    """(public id, name) of organisations, as choices."""
    return [(key, one.name) for key, one in found.items()]


def offices(session: Session) -> list[tuple[str, Any]]:
    """The offices rows may be kept for."""
    return office_choices(session, current_viewer())


def office_chosen(session: Session, value: Any) -> Office | None:
    """The office of a form that was offered."""
    found = office_of(session, current_viewer(), str(value))
    if found is None:
        return None
    return Office(found.unit_id, found.unit_path, found.organisation_id, found.organisation_path)


def person_typed(form: Any) -> tuple[Person | None, bool]:
    """The person of the code that was typed, and whether all is well; a code that may not be used is said beside the field."""
    code = str(form.person.data or "").strip().upper()
    if not code:
        return None, True
    found = person_to_name(db_session(), reader_of_people(), code, on=today())
    if found is None:
        form.person.errors = [
            _("Không có hồ sơ mang mã này trong phạm vi của bạn. Xem lại mã, ví dụ HS-20418")
        ]
    return found, found is not None


def keep_read(people: Sequence[str], page: str) -> None:
    """Record that these people were shown; nobody shown, nothing to record. Commits."""
    if not people:
        return
    session = write_session()
    record_read(session, by(), "people.listed", people=people, detail={"page": page}, at=now())
    session.commit()


def csv_file(name: str, headers: Sequence[Any], rows: Iterable[Sequence[str | int | None]]) -> Response:
    """A table as a CSV file, with the day it was made in its name."""
    content = "".join(csv_lines([str(one) for one in headers], rows)).encode()
    return attachment(content, "text/csv; charset=utf-8", f"{name}-{today():%Y%m%d}.csv")


def chosen(kind: Any, value: str | None) -> Any:
    """A value of a closed list from an address; None for anything else."""
    return kind(value) if value in set(kind) else None
