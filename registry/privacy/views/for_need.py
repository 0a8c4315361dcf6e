"""«Chỉ nộp cho một nhu cầu»: what an officer notes from the person's own words, on the record they keep."""

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from registry.accounts.access import current_account, current_viewer, require
from registry.accounts.rules import Permission
from registry.needs.models import Need
from registry.needs.queries import need_by_code
from registry.needs.rules import NeedState
from registry.people.models import Person
from registry.people.queries import display_name, get_visible
from registry.privacy.forms.parameters import AnswerForm, NeedForm
from registry.privacy.models import GivenForNeed
from registry.privacy.operations.for_need import (
    AlreadyNoted,
    choose_for,
    given_for,
    note_given_for,
    take_back_given,
)
from registry.privacy.rules.retention import retention_rule
from registry.privacy.views.blueprint import bp
from registry.web.clock import now, today
from registry.web.database import db_session
from registry.web.errors import NotVisible
from registry.web.i18n import gettext as _

_TOLD = frozenset({NeedState.OPEN, NeedState.ON_HOLD, NeedState.FILLED})


@bp.route("/ung-vien/<ma>/chi-cho-nhu-cau", methods=["GET", "POST"])
@require(Permission.CONSENTS_WRITE)
def for_need(ma: str) -> ResponseReturnValue:
    """The needs a record was given for, and one more."""
    person, form = _person(ma), NeedForm()
    if request.method != "POST" or not form.validate():
        return _page(person, form), 200 if request.method != "POST" else 422
    session = db_session()
    need = need_by_code(session, form.need.data or "")
    if need is None or not _may_be_told(need):
        form.need.errors = [_("Không có nhu cầu nào mang mã này")]
        return _page(person, form), 422
    try:
        note_given_for(session, person, need, on=today(), by=current_account().id, at=now())
    except AlreadyNoted:
        form.need.errors = [_("Đã ghi nhu cầu này cho hồ sơ")]
        return _page(person, form), 422
    session.commit()
    flash(_("Đã ghi. Khi nhu cầu xong, người này được hỏi có ở lại nguồn không."), "ok")
    return redirect(url_for(".for_need", ma=ma), 303)


@bp.post("/ung-vien/<ma>/chi-cho-nhu-cau/<dong>/<any('duoc-chon', bo):viec>")
@require(Permission.CONSENTS_WRITE)
def settle_for_need(ma: str, dong: str, viec: str) -> ResponseReturnValue:
    """The person was chosen, or the note was a slip."""
    person, session = _person(ma), db_session()
    row = next((one for one in given_for(session, person) if one.public_id == dong), None)
    if row is None or not AnswerForm().validate():
        raise NotVisible
    _settle(person, row, viec)
    session.commit()
    flash(_("Đã ghi là được chọn") if viec == "duoc-chon" else _("Đã bỏ ghi chú"), "ok")
    return redirect(url_for(".for_need", ma=ma), 303)


def _settle(person: Person, row: GivenForNeed, act: str) -> None:
    run = choose_for if act == "duoc-chon" else take_back_given
    run(db_session(), person, row, by=current_account().id, at=now())


def _person(ma: str) -> Person:
    person = get_visible(db_session(), current_viewer(), ma, on=today())
    if person is None:
        raise NotVisible
    return person


def _may_be_told(need: Need) -> bool:
    """A need of the viewer's, or one that the person may have read about because it looks or looked for people."""
    here = (need.unit_path, need.organisation_path)
    return need.state in _TOLD or current_viewer().can(Permission.NEEDS_READ, at=here)


def _page(person: Person, form: NeedForm) -> str:
    return render_template(
        "privacy/for_need.html",
        form=form,
        person=person,
        name=display_name(person, current_viewer()),
        rows=given_for(db_session(), person),
        rule=retention_rule("pool", today()),
    )
