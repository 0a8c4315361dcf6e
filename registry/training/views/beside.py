"""Partners, lecturers and seats of a session: adding and taking away."""

from collections.abc import Sequence
from typing import Any

from flask import flash, redirect, request
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session

from registry.accounts.access import require
from registry.accounts.rules import Permission
from registry.training import operations
from registry.training.forms.sessions import LecturerForm, PartnerForm, SeatsForm
from registry.training.models import SeatPlan, SessionLecturer, TrainingSession
from registry.training.operations import AlreadyNamed
from registry.training.operations.holding import Beside
from registry.training.views.blueprint import (
    act,
    add_error,
    bp,
    form_page,
    found_or_hidden,
    open_session,
    organisation_said,
    page_of,
    text,
)
from registry.training.views.participants import person_said
from registry.training.views.programmes import offer_countries, partner_said
from registry.web.i18n import gettext as _


@bp.route("/dao-tao/lop/<ma>/doi-tac", methods=["GET", "POST"])
@require(Permission.TRAINING_WRITE)
def add_partner(ma: str) -> ResponseReturnValue:
    """An institution beside the session."""
    session, held = open_session(ma, to_write=True)
    form = PartnerForm()
    offer_countries(form)
    return _answered(session, held, form, lambda: partner_said(form), form.organisation, _("Thêm đối tác"))


@bp.route("/dao-tao/lop/<ma>/giang-vien", methods=["GET", "POST"])
@require(Permission.TRAINING_WRITE)
def add_lecturer(ma: str) -> ResponseReturnValue:
    """Somebody who teaches."""
    session, held = open_session(ma, to_write=True)
    form = LecturerForm()

    def said() -> SessionLecturer | None:
        if not form.validate():
            return None
        person = person_said(session, form.code)
        if form.code.errors:
            return None
        name = "" if person is not None else text(form.name)
        return SessionLecturer(person=person, name=name, topic=text(form.topic), hours=form.hours.data)

    return _answered(session, held, form, said, form.code, _("Thêm giảng viên"))


@bp.route("/dao-tao/lop/<ma>/cho-ngoi", methods=["GET", "POST"])
@require(Permission.TRAINING_WRITE)
def add_seats(ma: str) -> ResponseReturnValue:
    """Seats for one organisation."""
    session, held = open_session(ma, to_write=True)
    form = SeatsForm()

    def said() -> SeatPlan | None:
        organisation = organisation_said(form.organisation) if form.validate() else None
        if organisation is None:
            return None
        return SeatPlan(organisation=organisation, seats=form.seats.data or 1)

    return _answered(session, held, form, said, form.organisation, _("Phân chỗ cho đơn vị"))


def _answered(
    session: Session, held: TrainingSession, form: Any, said: Any, field: Any, heading: str
) -> ResponseReturnValue:
    def page() -> str:
        return form_page(form, heading, page_of(held), about=f"{held.code} · {held.course.name}")

    if request.method != "POST":
        return page()
    with session.no_autoflush:
        row: Beside | None = said()
    if row is None:
        return page(), 422
    try:
        operations.put_beside(session, held, row, act())
    except AlreadyNamed:
        session.rollback()
        add_error(field, _("Đã có trong lớp này"))
        return page(), 422
    session.commit()
    flash(_("Đã lưu."), "ok")
    return redirect(page_of(held), 303)


@bp.post("/dao-tao/lop/<ma>/doi-tac/<dong>/bo")
@require(Permission.TRAINING_WRITE)
def remove_partner(ma: str, dong: str) -> ResponseReturnValue:
    """The institution stands beside the session no more."""
    session, held = open_session(ma, to_write=True)
    return _removed(session, held, held.partners, dong)


@bp.post("/dao-tao/lop/<ma>/giang-vien/<dong>/bo")
@require(Permission.TRAINING_WRITE)
def remove_lecturer(ma: str, dong: str) -> ResponseReturnValue:
    """Somebody teaches no more."""
    session, held = open_session(ma, to_write=True)
    return _removed(session, held, held.lecturers, dong)


@bp.post("/dao-tao/lop/<ma>/cho-ngoi/<dong>/bo")
@require(Permission.TRAINING_WRITE)
def remove_seats(ma: str, dong: str) -> ResponseReturnValue:
    """No seats are kept for the organisation any more."""
    session, held = open_session(ma, to_write=True)
    return _removed(session, held, held.seat_plans, dong)


def _removed(
    session: Session, held: TrainingSession, rows: Sequence[Beside], key: str
) -> ResponseReturnValue:
    row = found_or_hidden(next((one for one in rows if one.public_id == key), None))
    operations.take_away(session, held, row, act())
    session.commit()
    flash(_("Đã bỏ."), "ok")
    return redirect(page_of(held), 303)
