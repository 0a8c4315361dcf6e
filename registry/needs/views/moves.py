"""Changing the state of a need, with a reason where one is due, and making a new need from it."""

from typing import Any

from flask import abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy.exc import IntegrityError

from registry.accounts.access import current_account, current_viewer, require
from registry.accounts.rules import Permission, Viewer
from registry.needs import operations
from registry.needs.forms import MoveForm, ReasonForm
from registry.needs.forms.labels import MOVE_LABELS, MOVE_MEANINGS, STATE_LABELS
from registry.needs.models import Need
from registry.needs.operations import ExpectedDateMissing
from registry.needs.queries import need_by_submission
from registry.needs.rules import (
    NeedState,
    NotPermitted,
    Transition,
    may_approve,
    transition,
    transitions_from,
)
from registry.needs.views.blueprint import bp, visible_need
from registry.web.clock import now
from registry.web.database import db_session
from registry.web.i18n import gettext as _
from registry.web.sent import submission_key


def moves_of(need: Need, viewer: Viewer) -> list[dict[str, Any]]:
    """The changes of state this viewer may make, as the page draws them."""
    return [
        {
            "target": step.target,
            "text": MOVE_LABELS[step.source, step.target],
            "needs_reason": step.needs_reason,
            "kind": "danger"
            if step.target is NeedState.CANCELLED
            else ("" if step.needs_reason else "primary"),
        }
        for step in transitions_from(need.state)
        if _may(step, need, viewer) and not _is_own(step, need, viewer)
    ]


def waits_for_another(need: Need, viewer: Viewer) -> bool:
    """Whether the viewer could approve, had they not put the need forward themselves."""
    return any(
        _may(step, need, viewer) and _is_own(step, need, viewer) for step in transitions_from(need.state)
    )


def _may(step: Transition, need: Need, viewer: Viewer) -> bool:
    wanted = Permission.NEEDS_APPROVE if step.needs_approval_right else Permission.NEEDS_WRITE
    return viewer.can(wanted, at=(need.unit_path, need.organisation_path))


def _is_own(step: Transition, need: Need, viewer: Viewer) -> bool:
    return step.target is NeedState.APPROVED and not may_approve(viewer.account_id, need.put_forward_by)


@bp.get("/<ma>/chuyen")
@require(Permission.NEEDS_WRITE)
def ask_move(ma: str) -> ResponseReturnValue:
    """The page that asks for the reason of a change of state."""
    need = visible_need(db_session(), ma)
    step = _step_asked(need, request.args.get("toi"))
    if step is None:
        return redirect(url_for(".show", ma=ma), 303)
    return _move_page(need, ReasonForm(target=step.target), step)


@bp.post("/<ma>/chuyen")
@require(Permission.NEEDS_WRITE)
def move(ma: str) -> ResponseReturnValue:
    """Change the state; what was decided on an older version of the need is shown again instead."""
    session = db_session()
    need = visible_need(session, ma)
    target = _known_state(request.form.get("target"))
    if target is None:
        abort(400)
    if need.state is target:
        return redirect(url_for(".show", ma=ma), 303)
    if request.form.get("version") != str(need.version):
        flash(_("Nhu cầu vừa được người khác sửa. Xem lại trước khi chuyển trạng thái."), "warn")
        return redirect(url_for(".show", ma=ma), 303)
    try:
        step = transition(need.state, target)
    except NotPermitted:
        flash(_("Nhu cầu đang ở trạng thái không chuyển như vậy được."), "warn")
        return redirect(url_for(".show", ma=ma), 303)
    if not _may(step, need, current_viewer()):
        abort(403)
    if _is_own(step, need, current_viewer()):
        flash(_("Bạn là người gửi duyệt nhu cầu này nên phải để người khác duyệt."), "warn")
        return redirect(url_for(".show", ma=ma), 303)
    return _moved(need, step)


def _moved(need: Need, step: Transition) -> ResponseReturnValue:
    session, by = db_session(), current_account().id
    form = ReasonForm() if step.needs_reason else MoveForm()
    if not form.validate():
        return _move_page(need, form, step), 422
    try:
        operations.move_need(session, need, step.target, by=by, at=now(), reason=form.reason.data or "")
    except ExpectedDateMissing:
        return redirect(url_for(".edit", ma=need.public_id, thieu="ngay", _anchor="expected_on"), 303)
    session.commit()
    flash(_("Nhu cầu đã chuyển sang «%(state)s».", state=STATE_LABELS[step.target]), "ok")
    return redirect(url_for(".show", ma=need.public_id), 303)


@bp.post("/<ma>/nhan-ban")
@require(Permission.NEEDS_WRITE)
def copy(ma: str) -> ResponseReturnValue:
    """A new draft that asks for the same; it opens for editing at once."""
    session = db_session()
    source, by = visible_need(session, ma), current_account().id
    key = submission_key(request.form.get("submission"))
    need = need_by_submission(session, key, by)
    if need is None:
        try:
            need = operations.copy_need(session, source, by=by, at=now(), submission_key=key)
            session.commit()
        except IntegrityError:
            session.rollback()
            need = need_by_submission(session, key, by) or abort(409)
        flash(_("Đã tạo bản nháp %(code)s. Đặt lại các ngày trước khi gửi duyệt.", code=need.code), "ok")
    return redirect(url_for(".edit", ma=need.public_id), 303)


def _step_asked(need: Need, target: str | None) -> Transition | None:
    wanted = _known_state(target)
    permitted = [step for step in transitions_from(need.state) if step.target is wanted]
    return permitted[0] if permitted and _may(permitted[0], need, current_viewer()) else None


def _known_state(value: str | None) -> NeedState | None:
    return NeedState(value) if value in set(NeedState) else None


def _move_page(need: Need, form: MoveForm, step: Transition) -> str:
    return render_template(
        "needs/move.html",
        need=need,
        form=form,
        step=step,
        label=MOVE_LABELS[step.source, step.target],
        meaning=MOVE_MEANINGS[step.target],
    )
