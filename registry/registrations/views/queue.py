"""Registrations whose identity number is in another record: an officer finds out who that is, and decides."""

from datetime import date
from typing import Any

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session

from registry.accounts.access import current_account, current_viewer, require
from registry.accounts.rules import Permission, Viewer
from registry.audit.operations import record_read
from registry.people.forms.fields import refuse
from registry.people.models import Person
from registry.people.queries import display_name, identities_in_clear, own_record, person_with_identity
from registry.registrations.forms import AUDIENCE, DecisionForm
from registry.registrations.operations import (
    HasRecord,
    InUse,
    NotOpen,
    accept_held,
    link_held,
)
from registry.registrations.queries import held_registration, held_registrations
from registry.registrations.views.blueprint import bp
from registry.registrations.views.own import Own
from registry.web.clock import now, today
from registry.web.database import db_session, reads_only, write_session
from registry.web.errors import NotVisible
from registry.web.i18n import gettext as _


@bp.get("/ung-vien/dang-ky-cho")
@require(Permission.PEOPLE_WRITE)
def held() -> ResponseReturnValue:
    """The registrations an officer of these scopes has to look at."""
    lines = held_registrations(db_session(), current_viewer(), on=today())
    return render_template("registrations/held.html", lines=lines, audiences=AUDIENCE)


@bp.route("/ung-vien/dang-ky-cho/<ma>", methods=["GET", "POST"])
@require(Permission.PEOPLE_WRITE)
def decide(ma: str) -> ResponseReturnValue:
    """Who is it: the person of the record, or somebody else whose number was written wrong."""
    session, viewer = db_session(), current_viewer()
    registration = held_registration(session, viewer, ma, to_write=not reads_only())
    if registration is None:
        raise NotVisible
    waiting = own_record(session, registration.account_id)
    if waiting is None:
        raise NotVisible
    own = Own(session, current_account(), registration, waiting, today(), now())
    form, holder = DecisionForm(), _holder(session, viewer, waiting, own.on)
    if form.is_submitted() and form.validate() and _is_done(own, waiting, holder, form):
        return redirect(url_for(".held"), 303)
    page = _page(own, viewer, waiting, holder, form)
    return (page, 422) if form.errors else page


def _is_done(own: Own, waiting: Person, holder: Person | None, form: DecisionForm) -> bool:
    """Carry the decision out; False with a sentence on the form."""
    by = own.account.id
    try:
        if form.decision.data == "other":
            accept_held(own.session, own.registration, waiting, by=by, at=own.at)
        elif holder is None:
            return refuse(form.decision, _("Hồ sơ kia thuộc cơ quan khác. Chuyển việc này cho cơ quan đó."))
        else:
            link_held(own.session, own.registration, waiting, holder, by=by, at=own.at)
    except HasRecord:
        own.session.rollback()
        return refuse(form.decision, _("Hồ sơ kia đã gắn với một tài khoản khác."))
    except InUse:
        own.session.rollback()
        return refuse(form.decision, _("Người này đã gửi yêu cầu về quyền. Xử lý yêu cầu đó trước."))
    except NotOpen:
        own.session.rollback()
        flash(_("Việc này vừa được xử lý"), "info")
        return True
    own.session.commit()
    flash(_("Đã xử lý đăng ký %(code)s", code=own.registration.code), "ok")
    return True


def _holder(session: Session, viewer: Viewer, waiting: Person, on: date) -> Person | None:
    """The record that has the number, when the officer may see it."""
    numbers = identities_in_clear(session, waiting)
    holders = (
        person_with_identity(session, viewer, one.kind, numbers[one.id], on=on) for one in waiting.identities
    )
    return next((one for one in holders if one is not None), None)


def _page(own: Own, viewer: Viewer, waiting: Person, holder: Person | None, form: DecisionForm) -> str:
    page = render_template(
        "registrations/decide.html",
        form=form,
        registration=own.registration,
        audience=AUDIENCE[own.audience],
        holder=holder,
        holder_name="" if holder is None else display_name(holder, viewer),
        likenesses=_likenesses(waiting, holder),
    )
    if holder is not None:
        writing = write_session()
        record_read(
            writing,
            own.account.id,
            "person.opened",
            people=[holder.public_id],
            purpose="registry",
            detail={"page": "dang-ky-cho"},
            at=own.at,
        )
        writing.commit()
    return page


def _likenesses(waiting: Person, holder: Person | None) -> list[tuple[Any, bool]]:
    """What is the same on both sides, without saying what it is: the other may want to stay anonymous."""
    if holder is None:
        return []
    return [
        (_("Họ và tên"), waiting.folded_name == holder.folded_name),
        (_("Ngày sinh"), waiting.birth is not None and waiting.birth == holder.birth),
    ]
