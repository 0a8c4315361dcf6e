"""Moving, closing and reopening organisations."""

from flask import flash, redirect, url_for
from flask.typing import ResponseReturnValue

from registry.accounts.access import current_account, current_viewer, require
from registry.accounts.rules import Permission
from registry.organisations import operations
from registry.organisations.forms import CloseForm, MoveForm, ReopenForm
from registry.organisations.operations import HasOpenUnits, NameTaken, WrongParent, WrongSuccessor
from registry.organisations.views.blueprint import bp, visible_organisation
from registry.organisations.views.lookup import OrganisationQuestion
from registry.organisations.views.refusals import explain, form_page, is_newest, is_reachable
from registry.web.clock import today
from registry.web.database import db_session
from registry.web.i18n import gettext as _

_WRITE = Permission.ORGANISATIONS_WRITE


@bp.get("/<ma>/chuyen")
@require(_WRITE)
def move(ma: str) -> ResponseReturnValue:
    """Where to?"""
    organisation = visible_organisation(db_session(), ma)
    form = MoveForm(formdata=None)
    form.version.data = str(organisation.version)
    form.parent_text.data = organisation.parent.name if organisation.parent else ""
    return form_page("move", form, organisation)


@bp.post("/<ma>/chuyen")
@require(_WRITE)
def move_sent(ma: str) -> ResponseReturnValue:
    """Put it elsewhere with all that is under it."""
    session, viewer = db_session(), current_viewer()
    organisation = visible_organisation(session, ma)
    form = MoveForm()
    parents = OrganisationQuestion(session, viewer, form.parent_text, form.parent_choice, organisation)
    is_valid = form.validate()
    parent, parent_ok = parents.answer()
    if not (is_valid and parent_ok and is_newest(form, organisation)):
        return form_page("move", form, organisation), 422
    if not is_reachable(form, organisation.unit_path, parent.path if parent else ""):
        return form_page("move", form, organisation), 422
    try:
        operations.move_organisation(session, organisation, parent=parent, by=current_account().id)
        session.commit()
    except (NameTaken, WrongParent) as refused:
        explain(form, refused)
        return form_page("move", form, organisation), 422
    flash(_("Đã chuyển. Hồ sơ và phân quyền theo đơn vị này đã đi theo."), "ok")
    return redirect(url_for(".show", ma=ma), 303)


@bp.get("/<ma>/dong")
@require(_WRITE)
def close(ma: str) -> ResponseReturnValue:
    """When does it end, and who follows?"""
    organisation = visible_organisation(db_session(), ma)
    form = CloseForm(formdata=None)
    form.version.data = str(organisation.version)
    form.last_day.data = today()
    return form_page("close", form, organisation)


@bp.post("/<ma>/dong")
@require(_WRITE)
def close_sent(ma: str) -> ResponseReturnValue:
    """End it; its records stay."""
    session, viewer = db_session(), current_viewer()
    organisation = visible_organisation(session, ma)
    form = CloseForm()
    successors = OrganisationQuestion(
        session, viewer, form.successor_text, form.successor_choice, organisation
    )
    is_valid = form.validate()
    successor, successor_ok = successors.answer()
    last_day = form.last_day.data
    if last_day is None or not (is_valid and successor_ok and is_newest(form, organisation)):
        return form_page("close", form, organisation), 422
    if organisation.valid_from is not None and last_day < organisation.valid_from:
        form.last_day.errors = [_("Ngày cuối không được trước ngày thành lập")]
        return form_page("close", form, organisation), 422
    try:
        operations.close_organisation(
            session,
            organisation,
            last_day=last_day,
            successor=successor,
            by=current_account().id,
            reason=str(form.reason.data or ""),
        )
        session.commit()
    except (HasOpenUnits, WrongSuccessor) as refused:
        explain(form, refused)
        return form_page("close", form, organisation), 422
    flash(_("Đã đóng đơn vị. Hồ sơ của đơn vị vẫn được giữ."), "ok")
    return redirect(url_for(".show", ma=ma), 303)


@bp.get("/<ma>/mo-lai")
@require(_WRITE)
def reopen(ma: str) -> ResponseReturnValue:
    """Why was closing it wrong?"""
    return form_page("reopen", ReopenForm(formdata=None), visible_organisation(db_session(), ma))


@bp.post("/<ma>/mo-lai")
@require(_WRITE)
def reopen_sent(ma: str) -> ResponseReturnValue:
    """Take the closing back."""
    session = db_session()
    organisation = visible_organisation(session, ma)
    form = ReopenForm()
    if not form.validate():
        return form_page("reopen", form, organisation), 422
    try:
        operations.reopen_organisation(
            session, organisation, by=current_account().id, reason=str(form.reason.data)
        )
        session.commit()
    except (NameTaken, WrongParent) as refused:
        explain(form, refused)
        return form_page("reopen", form, organisation), 422
    flash(_("Đã mở lại đơn vị."), "ok")
    return redirect(url_for(".show", ma=ma), 303)
