"""«Góp ý»: whom the draft of a scheme was sent to, what they said and what was done with each comment."""

from datetime import timedelta
from typing import Any

from flask import flash, redirect, render_template, request
from flask.typing import ResponseReturnValue

from registry.accounts.access import require
from registry.accounts.rules import Permission
from registry.policies.forms.consulting import OUTCOME, OUTCOME_TAG, AnswerForm, SettleForm
from registry.policies.operations import AgencyAnswer, Settled
from registry.policies.queries.consulting import standing_of_consultation
from registry.policies.rules.consulting import CommentOutcome
from registry.programmes.forms.consulting import AskAboutForm
from registry.programmes.models import ProgrammeComment
from registry.programmes.operations.errors import WrongPlace
from registry.programmes.operations.registers import consult_agencies, keep_answer, settle_comment
from registry.programmes.queries.programmes import document_of, documents
from registry.programmes.queries.registers import agency_consulted, comment_of, consulted
from registry.programmes.views.blueprint import (
    bp,
    by,
    document_choices,
    form_page,
    head_of,
    opened_to_write,
    opened_whole,
    page_of,
    saved,
)
from registry.web.clock import now, today
from registry.web.errors import NotVisible
from registry.web.i18n import gettext as _

# No law read so far fixes it for a province's own draft; the form may be given another day.
_USUAL_DAYS = 15


@bp.get("/chuong-trinh/<ma>/gop-y")
@require(Permission.PROGRAMMES_READ)
def consultation(ma: str) -> ResponseReturnValue:
    """Every agency asked with its comments; those that did not answer stand first."""
    session, programme = opened_whole(ma)
    agencies, on = consulted(session, programme), today()
    return render_template(
        "programmes/consultation.html",
        **head_of(programme, "consultation"),
        silent=[one for one in agencies if one.answered_on is None],
        answered=[one for one in agencies if one.answered_on is not None],
        standing=standing_of_consultation(agencies, on),
        on=on,
        outcome=OUTCOME,
        outcome_tag=OUTCOME_TAG,
        has_documents=bool(documents(session, programme)),
    )


@bp.route("/chuong-trinh/<ma>/gop-y/hoi", methods=["GET", "POST"])
@require(Permission.PROGRAMMES_WRITE)
def consult(ma: str) -> ResponseReturnValue:
    """Ask agencies about a draft until a day."""
    session, programme = opened_to_write(ma)
    back = page_of(programme, "consultation")
    offered = document_choices(session, programme)
    if not offered:
        flash(_("Thêm văn bản dự thảo vào chuỗi trước khi hỏi ý kiến."), "warn")
        return redirect(back, 303)
    usual: dict[str, Any] = {"due_on": today() + timedelta(days=_USUAL_DAYS)}
    form = AskAboutForm() if request.method == "POST" else AskAboutForm(formdata=None, data=usual)
    form.offer(offered)
    if request.method != "POST" or not form.validate():
        page = form_page(programme, form, _("Hỏi ý kiến các cơ quan"), back)
        return (page, 422) if request.method == "POST" else page
    about = document_of(session, programme, str(form.document.data))
    if about is None:
        raise NotVisible
    consult_agencies(
        session, about, form.names, due_on=form.due_on.data or today(), by=by(), at=now(), on=today()
    )
    return saved(session, back)


@bp.route("/chuong-trinh/<ma>/gop-y/<co_quan>/tra-loi", methods=["GET", "POST"])
@require(Permission.PROGRAMMES_WRITE)
def answered(ma: str, co_quan: str) -> ResponseReturnValue:
    """Keep what an agency answered: one comment, or that it has none."""
    session, programme = opened_to_write(ma)
    asked = agency_consulted(session, programme, co_quan)
    if asked is None:
        raise NotVisible
    known = {"on": asked.answered_on or today(), "letter": asked.letter}
    form = AnswerForm() if request.method == "POST" else AnswerForm(formdata=None, data=known)
    back, heading = page_of(programme, "consultation"), _("Ghi trả lời")
    if request.method != "POST" or not form.validate():
        page = form_page(programme, form, heading, back, about=asked.agency)
        return (page, 422) if request.method == "POST" else page
    given = AgencyAnswer(
        form.on.data or today(),
        str(form.letter.data or ""),
        str(form.clause.data or ""),
        str(form.words.data or ""),
    )
    try:
        keep_answer(session, asked, given, by=by(), at=now())
    except WrongPlace:
        day = f"{asked.asked_on:%d/%m/%Y}"
        form.on.errors = [_("Cơ quan được hỏi ngày %(day)s: ngày trả lời không được trước ngày đó", day=day)]
        return form_page(programme, form, heading, back, about=asked.agency), 422
    return saved(session, back)


@bp.route("/chuong-trinh/<ma>/gop-y/<gop_y>/xu-ly", methods=["GET", "POST"])
@require(Permission.PROGRAMMES_WRITE)
def settle(ma: str, gop_y: str) -> ResponseReturnValue:
    """Take a comment over, explain, or reject it; and what changes in the draft."""
    session, programme = opened_to_write(ma)
    comment = comment_of(session, programme, gop_y)
    if comment is None:
        raise NotVisible
    form = SettleForm() if request.method == "POST" else SettleForm(formdata=None, data=_settled(comment))
    back = page_of(programme, "consultation")
    if request.method != "POST" or not form.validate():
        about = comment.consultation.agency
        page = form_page(programme, form, _("Xử lý góp ý"), back, about=about, words=comment.words)
        return (page, 422) if request.method == "POST" else page
    settled = Settled(
        CommentOutcome(form.outcome.data), str(form.reply.data or ""), str(form.change.data or "")
    )
    settle_comment(session, comment, settled, by=by(), at=now())
    return saved(session, back)


def _settled(comment: ProgrammeComment) -> dict[str, Any]:
    outcome = None if comment.outcome is None else comment.outcome.value
    return {"outcome": outcome, "reply": comment.reply, "change": comment.change}
