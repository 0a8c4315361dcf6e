"""The blueprint of the room and what its pages share."""

from collections.abc import Sequence
from typing import Any

from flask import Blueprint, flash, redirect
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session

from registry.accounts.access import current_account, current_viewer, whole_viewer
from registry.accounts.rules import Permission, Viewer
from registry.audit.operations import record_read
from registry.networks.queries.kept import person_to_name
from registry.organisations.models import Organisation
from registry.organisations.queries import flat, organisation_tree
from registry.people.models import Person
from registry.people.views.keepers import office_choices
from registry.web.clock import now, today
from registry.web.database import db_session, write_session
from registry.web.i18n import gettext as _

bp = Blueprint("networks", __name__)
_MOST_OFFERED = 400


def reader_of_people() -> Viewer:
    """The viewer with the scopes on which they may read records."""
    return whole_viewer().limited_to(Permission.PEOPLE_READ)


def by() -> int:
    """Whose deed it is."""
    return current_account().id


def saved(session: Session, back: str, sentence: str | None = None) -> ResponseReturnValue:
    """Commit what was done and go back. Sentences name nobody."""
    session.commit()
    flash(sentence or _("Đã lưu."), "ok")
    return redirect(back, 303)


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


def chosen(kind: Any, value: str | None) -> Any:
    """A value of a closed list from an address; None for anything else."""
    return kind(value) if value in set(kind) else None
