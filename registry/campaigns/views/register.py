"""«Chiến dịch»: the register, one campaign with its numbers, its journal, and deciding about it."""

from typing import Any

from flask import abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from registry.accounts.access import current_account, current_viewer, may, require
from registry.accounts.rules import Permission
from registry.campaigns.forms.campaign import ReasonForm
from registry.campaigns.forms.words import MEANING, MISSING, MOVE, STATE
from registry.campaigns.models import Campaign
from registry.campaigns.operations.errors import Incomplete
from registry.campaigns.operations.writing import move_campaign, standing_of
from registry.campaigns.queries.campaigns import names_of, register
from registry.campaigns.queries.overview import overview_of
from registry.campaigns.rules.states import (
    CampaignState,
    Move,
    NotPermitted,
    may_approve,
    move_to,
    moves_from,
)
from registry.campaigns.views.blueprint import bp, head_of, page_of, reader, session_and, state_words
from registry.campaigns.views.shown import figures
from registry.web.clock import now, today
from registry.web.database import db_session
from registry.web.i18n import gettext as _
from registry.web.paging import page_number


@bp.get("/chien-dich")
@require(Permission.CAMPAIGNS_READ)
def index() -> ResponseReturnValue:
    """All campaigns in scope."""
    session, on = db_session(), today()
    found = register(session, reader(), page_number(request.args.get("trang")))
    return render_template(
        "campaigns/index.html",
        page=found,
        lines=[{"campaign": one, "state": state_words(standing_of(one, on))} for one in found.rows],
        may_write=current_viewer().can(Permission.CAMPAIGNS_WRITE),
    )


@bp.get("/chien-dich/<ma>")
@require(Permission.CAMPAIGNS_READ)
def show(ma: str) -> ResponseReturnValue:
    """One campaign: its goal, funnel, pace, money and work."""
    session, campaign = session_and(ma)
    overview = overview_of(session, campaign, at=now())
    return render_template(
        "campaigns/show.html",
        **head_of(campaign, "show"),
        moves=moves_of(campaign),
        waits_for_another=waits_for_another(campaign),
        **figures(campaign, overview, today(), request.args.get("nhu-cau", "")),
    )


@bp.get("/chien-dich/<ma>/nhat-ky")
@require(Permission.CAMPAIGNS_READ)
def journal(ma: str) -> ResponseReturnValue:
    """What was decided, when, by whom, why."""
    session, campaign = session_and(ma)
    names = names_of(session, [one.by_id for one in campaign.transitions])
    entries = [
        {"at": one.at, "state": STATE[one.state], "who": names.get(one.by_id or 0), "reason": one.reason}
        for one in reversed(campaign.transitions)
    ]
    return render_template("campaigns/journal.html", **head_of(campaign, "journal"), entries=entries)


def moves_of(campaign: Campaign) -> list[dict[str, Any]]:
    """The changes of state this viewer may make, as the page draws them."""
    shown = standing_of(campaign, today())
    return [
        {
            "target": step.target,
            "text": MOVE[step.source, step.target],
            "needs_reason": step.needs_reason,
            "kind": "danger"
            if step.target is CampaignState.CLOSED
            else ("" if step.needs_reason else "primary"),
        }
        for step in moves_from(shown)
        if _may(step, campaign) and not _is_own(step, campaign)
    ]


def waits_for_another(campaign: Campaign) -> bool:
    """Whether the viewer could approve, had they not put the campaign forward themselves."""
    return any(
        _may(step, campaign) and _is_own(step, campaign)
        for step in moves_from(standing_of(campaign, today()))
    )


def _may(step: Move, campaign: Campaign) -> bool:
    wanted = Permission.CAMPAIGNS_APPROVE if step.needs_approval_right else Permission.CAMPAIGNS_WRITE
    return may(wanted, campaign)


def _is_own(step: Move, campaign: Campaign) -> bool:
    is_approval = step.source is CampaignState.SUBMITTED and step.target is CampaignState.APPROVED
    return is_approval and not may_approve(current_viewer().account_id, campaign.put_forward_by_id)


@bp.get("/chien-dich/<ma>/chuyen")
@require(Permission.CAMPAIGNS_WRITE)
def ask_move(ma: str) -> ResponseReturnValue:
    """The page that asks for the reason of a change of state."""
    _session, campaign = session_and(ma, to_write=True)
    step = _step(campaign, request.args.get("toi"))
    if step is None or not _may(step, campaign):
        return redirect(page_of(campaign, "show"), 303)
    return _move_page(campaign, ReasonForm(formdata=None), step)


@bp.post("/chien-dich/<ma>/chuyen")
@require(Permission.CAMPAIGNS_WRITE)
def move(ma: str) -> ResponseReturnValue:
    """Decide; what was decided on an older version of the campaign is shown again instead."""
    session, campaign = session_and(ma, to_write=True)
    back = redirect(page_of(campaign, "show"), 303)
    if request.form.get("target") not in set(CampaignState):
        abort(400)
    step = _step(campaign, request.form.get("target"))
    if step is None:
        flash(_("Chiến dịch đang ở trạng thái không chuyển như vậy được."), "warn")
        return back
    if not _may(step, campaign):
        abort(403)
    if request.form.get("version") != str(campaign.version):
        flash(_("Chiến dịch vừa được người khác sửa. Xem lại trước khi chuyển trạng thái."), "warn")
        return back
    if _is_own(step, campaign):
        flash(_("Bạn là người gửi duyệt hoặc sửa sau cùng nên phải để người khác duyệt."), "warn")
        return back
    form = ReasonForm()
    if step.needs_reason and not form.validate():
        return _move_page(campaign, form, step), 422
    try:
        move_campaign(
            session,
            campaign,
            step.target,
            by=current_account().id,
            at=now(),
            reason=str(form.reason.data or "") if step.needs_reason else "",
        )
    except Incomplete as missing:
        words = "; ".join(str(MISSING[what]) for what in missing.what)
        flash(_("Chưa gửi duyệt được. Còn thiếu: %(what)s.", what=words), "warn")
        return redirect(page_of(campaign, "edit"), 303)
    session.commit()
    shown = STATE[standing_of(campaign, today())]
    flash(_("Chiến dịch đã chuyển sang «%(state)s».", state=shown), "ok")
    return back


def _step(campaign: Campaign, target: str | None) -> Move | None:
    if target not in set(CampaignState):
        return None
    try:
        return move_to(standing_of(campaign, today()), CampaignState(target))
    except NotPermitted:
        return None


def _move_page(campaign: Campaign, form: ReasonForm, step: Move) -> str:
    return render_template(
        "campaigns/move.html",
        campaign=campaign,
        form=form,
        step=step,
        label=MOVE[step.source, step.target],
        meaning=MEANING[step.target],
        back=url_for("campaigns.show", ma=campaign.public_id),
    )
