"""An officer puts somebody forward for a need; whoever does decides nothing about them (CA-07, CA-10)."""

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from registry.accounts.access import current_account, current_viewer, require
from registry.accounts.rules import Permission
from registry.candidacies import operations
from registry.candidacies.forms.own import NominationForm
from registry.candidacies.views.blueprint import REFUSALS, bp, naming, papers, refusal, visible_need
from registry.introductions.queries import is_reachable, reachable_person
from registry.needs.models import Need
from registry.people.models import Person
from registry.people.queries import display_name
from registry.web.clock import now, today
from registry.web.database import db_session
from registry.web.errors import NotVisible
from registry.web.i18n import gettext as _


@bp.get("/nhu-cau/<ma>/tien-cu/<nguoi>")
@require(Permission.CANDIDACIES_DECIDE)
def nominate_page(ma: str, nguoi: str) -> ResponseReturnValue:
    """Asks for the ground, which the person reads."""
    need, person = _both(ma, nguoi)
    return _page(need, person, NominationForm())


@bp.post("/nhu-cau/<ma>/tien-cu/<nguoi>")
@require(Permission.CANDIDACIES_DECIDE)
def nominate(ma: str, nguoi: str) -> ResponseReturnValue:
    """Put the person forward; they are told, and agree before anything else happens."""
    need, person = _both(ma, nguoi)
    session, form = db_session(), NominationForm()
    if not form.validate():
        return _page(need, person, form), 422
    if not is_reachable(session, person, on=today()):
        form.ground.errors = [_("Người này chưa có tài khoản để trả lời. Mời nhận hồ sơ trước.")]
        return _page(need, person, form), 422
    try:
        operations.nominate(
            session, person, need, ground=form.ground.data or "", by=current_account().id, at=now()
        )
    except REFUSALS as refused:
        session.rollback()
        form.ground.errors = [refusal(refused)]
        return _page(*_both(ma, nguoi), form), 422
    operations.tell_nominee(session, person, papers(session), at=now())
    session.commit()
    flash(_("Đã gửi tiến cử. Người này đồng ý thì ứng tuyển mới được mở."), "ok")
    return redirect(url_for(".of_need", ma=ma), 303)


def _both(ma: str, nguoi: str) -> tuple[Need, Person]:
    need, viewer = visible_need(ma), current_viewer()
    if not viewer.can(Permission.CANDIDACIES_DECIDE, at=(need.unit_path, need.organisation_path)):
        raise NotVisible
    limited = viewer.limited_to(Permission.CANDIDACIES_DECIDE)
    person = reachable_person(db_session(), limited, nguoi, on=today())
    if person is None:
        raise NotVisible
    return need, person


def _page(need: Need, person: Person, form: NominationForm) -> str:
    name = display_name(person, naming(current_viewer(), need.public_id))
    return render_template("candidacies/nominate.html", need=need, person=person, name=name, form=form)
