"""The blueprint of the room and what its pages share: rows of an address, offices, organisations by name, the log."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any, TypeVar

from flask import Blueprint, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session
from sqlalchemy.orm.exc import StaleDataError

from registry.accounts.access import Kept, current_account, current_viewer, may, whole_viewer
from registry.accounts.rules import Permission, Viewer
from registry.audit.operations import record_read
from registry.organisations.models import Organisation
from registry.organisations.queries import organisations_named
from registry.organisations.rules import Office
from registry.people.models import Person
from registry.people.queries import display_name
from registry.people.views.keepers import office_choices, office_of
from registry.training.forms.fields import offered
from registry.training.models import TrainingCourse, TrainingSession
from registry.training.operations import Act, ChangedMeanwhile, CodeTaken
from registry.training.queries.sessions import course_of, session_of
from registry.web.clock import now, today
from registry.web.database import db_session, write_session
from registry.web.errors import NotVisible
from registry.web.i18n import gettext as _

bp = Blueprint("training", __name__)
Found = TypeVar("Found")
Written = TypeVar("Written", bound=Kept)


def found_or_hidden(row: Found | None) -> Found:
    """The row of an address. Raises NotVisible, as for one that does not exist."""
    if row is None:
        raise NotVisible
    return row


def open_session(ma: str, *, to_write: bool = False) -> tuple[Session, TrainingSession]:
    """The session of an address. Raises NotVisible."""
    session = db_session()
    held = found_or_hidden(session_of(session, current_viewer(), ma))
    return session, writable(held) if to_write else held


def open_course(ma: str, *, to_write: bool = False) -> tuple[Session, TrainingCourse]:
    """The course of an address. Raises NotVisible."""
    session = db_session()
    course = found_or_hidden(course_of(session, current_viewer(), ma))
    return session, writable(course) if to_write else course


def writable(row: Written) -> Written:
    """The row, if the viewer may write it. Raises NotVisible."""
    if not may(Permission.TRAINING_WRITE, row):
        raise NotVisible
    return row


def may_write() -> bool:
    """Whether the viewer writes training anywhere."""
    return whole_viewer().can(Permission.TRAINING_WRITE)


def act() -> Act:
    """What whoever is signed in does now."""
    return Act(current_account().id, now(), today())


def shown_name(person: Person) -> str:
    """The name for who may read people there, else the code alone."""
    if not may(Permission.PEOPLE_READ, person):
        return _("Hồ sơ %(code)s", code=person.code)
    return display_name(person, whole_viewer())


def lecturer_name(person: Person | None, name: str) -> str:
    """Who teaches: the name as entered, or of a record the viewer may see; `person` is None for any other."""
    return shown_name(person) if person is not None else name or _("Giảng viên có hồ sơ ngoài phạm vi")


def keep_read(page: str, people: Sequence[str]) -> None:
    """One event that these people were shown. Commits."""
    if not people:
        return
    session = write_session()
    action = "person.opened" if len(people) == 1 else "people.listed"
    detail = {"page": page}
    by = current_account().id
    record_read(session, by, action, people=list(people), purpose="registry", detail=detail, at=now())
    session.commit()


def _writer() -> Viewer:
    """The viewer on the scopes where they write training."""
    return whole_viewer().limited_to(Permission.TRAINING_WRITE)


def offer_offices(form: Any, kept: Any = None) -> None:
    """Let the field «Đơn vị quản lý» hold the writer's offices, that of an existing row among them."""
    form.office.choices = offered(office_choices(db_session(), _writer()))
    if kept is not None and not form.is_submitted():
        form.office.data = office_value(kept)


def office_value(row: Any) -> str:
    """What the field holds for a row."""
    organisation = getattr(row, "organisation", None)
    return f"unit:{row.unit_path}" if organisation is None else f"organisation:{organisation.public_id}"


def office_said(form: Any) -> Office | None:
    """The office chosen; None with the error on the field."""
    office = office_of(db_session(), _writer(), str(form.office.data or ""))
    if office is None:
        add_error(form.office, _("Chọn đơn vị quản lý"))
    return office


def office_columns(office: Office, *, with_organisation: bool = True) -> dict[str, Any]:
    """The columns a row keeps of its office."""
    found: dict[str, Any] = {
        "unit_id": office.unit_id,
        "unit_path": office.unit_path,
        "organisation_path": office.organisation_path,
    }
    return found | ({"organisation_id": office.organisation_id} if with_organisation else {})


def organisation_said(field: Any) -> Organisation | None:
    """The organisation a field names; None where nothing is typed, and with the error on the field."""
    if not field.data or field.errors:
        return None
    session = db_session()
    found = organisations_named(session, field.data, current_viewer()) or organisations_named(
        session, field.data
    )
    if len(found) == 1:
        return found[0]
    if found:
        add_error(
            field,
            _("Có %(count)d đơn vị tên này. Đổi tên cho khác nhau trong danh sách đơn vị", count=len(found)),
        )
    else:
        add_error(
            field, _("Chưa có đơn vị tên này. Gõ tên như trong danh sách đơn vị, hoặc thêm đơn vị ở đó trước")
        )
    return None


def add_error(field: Any, sentence: str) -> None:
    """Put one more sentence on a field."""
    field.errors = [*field.errors, sentence]


def form_page(form: Any, heading: str, back: str, **more: Any) -> str:
    """The one page of every form of the room."""
    return render_template("training/form.html", form=form, heading=heading, back=back, **more)


def saved(
    form: Any,
    do: Callable[[], str],
    page: Callable[[], str],
    *,
    version: Callable[[], int] | None = None,
    taken: tuple[Any, str] | None = None,
) -> ResponseReturnValue:
    """Do it, commit, and go where it says; a taken code is said at its field, a meanwhile saved row shows the form anew."""
    session = db_session()
    try:
        target = do()
        session.commit()
    except CodeTaken:
        session.rollback()
        add_error(*(taken or (form.code, _("Mã này đã có. Nhập mã khác"))))
        return page(), 422
    except (ChangedMeanwhile, StaleDataError):
        session.rollback()
        session.expire_all()
        flash(
            _("Người khác vừa lưu thay đổi. Những gì bạn nhập còn ở dưới; xem lại rồi lưu lần nữa."), "warn"
        )
        if version is not None:
            form.version.data = str(version())
        return page(), 409
    return redirect(target, 303)


def version_sent(form: Any) -> int:
    """The version a form was opened with; -1 for none, which no row has."""
    typed = str(form.version.data or "")
    return int(typed) if typed.isascii() and typed.isdigit() and len(typed) < 10 else -1


def not_possible(sentence: str, target: str) -> ResponseReturnValue:
    """Back, with the reason, and nothing changed."""
    db_session().rollback()
    flash(sentence, "warn")
    return redirect(target, 303)


def page_of(held: TrainingSession) -> str:
    """The address of a session's page."""
    return url_for("training.show", ma=held.public_id)


def chosen(value: str | None, words: Mapping[Any, Any]) -> Any:
    """What an address asks of a closed list; None for anything else."""
    return next((one for one in words if str(one) == value), None)


def text(field: Any) -> str:
    """What a text field holds; nothing typed is the empty text."""
    return str(field.data or "")
