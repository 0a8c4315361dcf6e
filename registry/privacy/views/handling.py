"""Answering, extending, completing, refusing and lifting: one page for each, with the words the person will read."""

from datetime import datetime

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from registry.accounts.access import current_account, require
from registry.accounts.rules import Permission
from registry.privacy import operations
from registry.privacy.forms.requests import ExtendForm, StepForm
from registry.privacy.models import RightsRequest
from registry.privacy.operations import NotPossible
from registry.privacy.operations.handling import most_extension
from registry.privacy.rules import StepKind
from registry.privacy.views import shown
from registry.privacy.views.actions import BY_SLUG, Action, is_possible
from registry.privacy.views.blueprint import bp, request_in_scope
from registry.web.clock import now, today
from registry.web.database import db_session
from registry.web.i18n import gettext as _

_VIEC = f"<any({', '.join(repr(slug) for slug in BY_SLUG)}):viec>"


@bp.route(f"/yeu-cau-quyen/<ma>/{_VIEC}", methods=["GET", "POST"])
@require(Permission.CONSENTS_WRITE)
def handle(ma: str, viec: str) -> ResponseReturnValue:
    """The page of one act, and the act."""
    found, action = request_in_scope(ma), BY_SLUG[viec]
    if not is_possible(found, action):
        return _too_late(ma)
    form = _form(found, action)
    if request.method != "POST" or not form.validate():
        return _page(found, action, form), 200 if request.method != "POST" else 422
    session = db_session()
    try:
        _act(found, action, form, by=current_account().id, at=now())
    except NotPossible:
        session.rollback()
        return _too_late(ma)
    session.commit()
    flash(str(action.done), "ok")
    return redirect(url_for(".show", ma=ma), 303)


def _form(found: RightsRequest, action: Action) -> StepForm:
    if action.step is not StepKind.EXTENDED:
        return StepForm(action.sentence)
    form = ExtendForm(action.sentence)
    form.limit_to(most_extension(found))
    return form


def _act(found: RightsRequest, action: Action, form: StepForm, *, by: int, at: datetime) -> None:
    session, words = db_session(), form.words.data or ""
    if isinstance(form, ExtendForm):
        operations.extend_request(session, found, days=form.days.data or 0, words=words, by=by, at=at)
    elif action.step is StepKind.ANSWERED:
        operations.answer_request(session, found, words=words, by=by, at=at)
    elif action.step is StepKind.DONE:
        operations.complete_request(session, found, words=words, by=by, at=at)
    elif action.step is StepKind.REFUSED:
        operations.refuse_request(session, found, words=words, by=by, at=at)
    else:
        operations.lift_limit(session, found, words=words, by=by, officer=by, at=at)


def _too_late(ma: str) -> ResponseReturnValue:
    flash(_("Việc này không còn làm được với yêu cầu ở trạng thái hiện nay. Xem các bước bên dưới."), "warn")
    return redirect(url_for(".show", ma=ma), 303)


def _page(found: RightsRequest, action: Action, form: StepForm) -> str:
    return render_template(
        "privacy/act.html",
        form=form,
        action=action,
        found=found,
        title=shown.title_of(found),
        name=found.person.code,
        clocks=shown.clocks(found, today()),
        most_days=most_extension(found),
    )
