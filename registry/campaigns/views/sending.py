"""«Gửi lời mời»: whom the letters go to, why not to others, and the orders to send."""

from typing import Any

from flask import flash, redirect, render_template, request
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session

from registry.accounts.access import current_account, current_viewer, proved_lately, require
from registry.accounts.rules import Permission
from registry.accounts.views.postman import settings
from registry.campaigns.forms.words import EXCLUSION, LETTER, SENDING, SENDING_TAG
from registry.campaigns.models import Campaign, CampaignSegment
from registry.campaigns.operations.errors import NobodyToWriteTo, NoText, NotRunning, SendingGoesOn
from registry.campaigns.operations.parts import add_segment, remove_segment
from registry.campaigns.operations.sending import cancel_sending, order_sending
from registry.campaigns.queries.audience import audience_of, remindable
from registry.campaigns.queries.campaigns import newest_texts, segments_of, sendings_of
from registry.campaigns.queries.results import letters_by_state
from registry.campaigns.rules.words import MessageStep, SendingState
from registry.campaigns.views.blueprint import bp, head_of, page_of, session_and
from registry.campaigns.views.values import texts_of
from registry.mail.rules import LetterState
from registry.matching.queries.kept_searches import saved_search, saved_searches
from registry.matching.views.saved import kept_words, people_found
from registry.web.clock import now, today
from registry.web.errors import NotVisible
from registry.web.i18n import gettext as _


@bp.get("/chien-dich/<ma>/gui")
@require(Permission.CAMPAIGNS_READ)
def sending(ma: str) -> ResponseReturnValue:
    """The audience as it is now, with exclusions and their reasons; what was ordered and how far it is."""
    session, campaign = session_and(ma)
    return _page(session, campaign)


def _page(session: Session, campaign: Campaign) -> str:
    segments = segments_of(session, campaign)
    found = audience_of(session, campaign, segments, people_found, on=today())
    counts = counts_by_step(session, campaign, found.reachable)
    newest, letters = newest_texts(session, campaign), letters_by_state(session, campaign)
    there = {one.address for one in segments}
    return render_template(
        "campaigns/sending.html",
        **head_of(campaign, "sending"),
        segments=[(one, kept_words(session, current_viewer(), one.address)) for one in segments],
        searches=[one for one in saved_searches(session, current_account().id) if one.address not in there],
        audience=found,
        excluded=[(EXCLUSION[one], count) for one, count in found.excluded.items()],
        steps=[
            {"step": step, "name": LETTER[step], "count": counts[step], "has_text": (step, "vi") in newest}
            for step in MessageStep
        ],
        sendings=[_line(one) for one in sendings_of(session, campaign)],
        letters={
            "waiting": letters.get(LetterState.QUEUED, 0) + letters.get(LetterState.SENDING, 0),
            "sent": letters.get(LetterState.SENT, 0),
            "failed": letters.get(LetterState.FAILED, 0) + letters.get(LetterState.SUPPRESSED, 0),
            "cancelled": letters.get(LetterState.CANCELLED, 0),
        },
        quiet=settings().mail_quiet.partition("-"),
    )


def counts_by_step(session: Session, campaign: Campaign, reachable: int) -> dict[MessageStep, int]:
    """How many people each step would go to at this moment."""
    at, on = now(), today()
    reminders = (MessageStep.REMINDER_1, MessageStep.REMINDER_2)
    return {
        MessageStep.INVITATION: reachable,
        **{step: remindable(session, campaign, step, at=at, on=on) for step in reminders},
    }


def _line(one: Any) -> dict[str, Any]:
    return {
        "sending": one,
        "name": LETTER[one.step],
        "state": SENDING[one.state],
        "kind": SENDING_TAG[one.state],
        "is_waiting": one.state is SendingState.WAITING,
    }


@bp.post("/chien-dich/<ma>/gui")
@require(Permission.CAMPAIGNS_WRITE)
@proved_lately
def order(ma: str) -> ResponseReturnValue:
    """Order a step; a job sends it batch by batch."""
    session, campaign = session_and(ma, to_write=True)
    if request.form.get("buoc") not in set(MessageStep):
        raise NotVisible
    step = MessageStep(request.form["buoc"])
    found = audience_of(session, campaign, segments_of(session, campaign), people_found, on=today())
    expected = counts_by_step(session, campaign, found.reachable)[step]
    try:
        order_sending(
            session,
            campaign,
            step,
            texts=texts_of(session, campaign),
            expected=expected,
            by=current_account().id,
            at=now(),
        )
    except (NotRunning, NoText, NobodyToWriteTo, SendingGoesOn) as refused:
        flash(_refusal(refused), "warn")
        return redirect(page_of(campaign, "sending"), 303)
    session.commit()
    flash(
        _(
            "Đã giao việc gửi cho %(count)s người, mỗi giờ nhiều nhất %(hour)s thư.",
            count=expected,
            hour=campaign.per_hour,
        ),
        "ok",
    )
    return redirect(page_of(campaign, "sending"), 303)


def _refusal(refused: Exception) -> str:
    if isinstance(refused, NotRunning):
        return _("Chiến dịch hôm nay không chạy: phải được duyệt và trong thời gian của chiến dịch.")
    if isinstance(refused, NoText):
        return _("Chưa có thư tiếng Việt của bước này. Soạn thư trước.")
    if isinstance(refused, NobodyToWriteTo):
        return _("Lúc này không có ai để gửi.")
    return _("Bước này đang được gửi.")


@bp.post("/chien-dich/<ma>/gui/<lan>/dung")
@require(Permission.CAMPAIGNS_WRITE)
def cancel(ma: str, lan: str) -> ResponseReturnValue:
    """Stop an order and take back its letters that wait."""
    session, campaign = session_and(ma, to_write=True)
    one = next((one for one in sendings_of(session, campaign) if one.public_id == lan), None)
    if one is None:
        raise NotVisible
    count = cancel_sending(session, one, by=current_account().id, at=now())
    session.commit()
    flash(_("Đã dừng. Rút lại %(count)s thư chưa gửi.", count=count), "ok")
    return redirect(page_of(campaign, "sending"), 303)


@bp.post("/chien-dich/<ma>/gui/nhom")
@require(Permission.CAMPAIGNS_WRITE)
def choose_segment(ma: str) -> ResponseReturnValue:
    """Add one of one's saved searches as it stands now."""
    session, campaign = session_and(ma, to_write=True)
    saved = saved_search(session, current_account().id, request.form.get("bo-tim", ""))
    if saved is None:
        flash(_("Chọn một bộ tìm đã lưu."), "warn")
    elif add_segment(session, campaign, saved, by=current_account().id, at=now()):
        session.commit()
        flash(_("Đã thêm nhóm. Sửa hay xóa bộ tìm về sau không đổi nhóm này."), "ok")
    return redirect(page_of(campaign, "sending"), 303)


@bp.post("/chien-dich/<ma>/gui/nhom/<nhom>/bo")
@require(Permission.CAMPAIGNS_WRITE)
def drop_segment(ma: str, nhom: str) -> ResponseReturnValue:
    """Take a segment out; whoever was invited stays invited."""
    session, campaign = session_and(ma, to_write=True)
    segment: CampaignSegment | None = next(
        (one for one in segments_of(session, campaign) if one.public_id == nhom), None
    )
    if segment is None:
        raise NotVisible
    remove_segment(session, campaign, segment, by=current_account().id, at=now())
    session.commit()
    flash(_("Đã bỏ nhóm. Người đã mời không đổi."), "ok")
    return redirect(page_of(campaign, "sending"), 303)
