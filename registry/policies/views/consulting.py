"""«Lấy ý kiến»: whom a draft was sent to, who has not answered, and what was done with each comment."""

from datetime import timedelta
from typing import Any

from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from registry.accounts.access import require
from registry.accounts.rules import Permission
from registry.policies import operations
from registry.policies.forms.consulting import OUTCOME, OUTCOME_TAG, AnswerForm, AskForm, SettleForm
from registry.policies.models import PolicyComment, PolicyConsultation
from registry.policies.operations import AgencyAnswer, NotPossible, Settled
from registry.policies.queries.consulting import (
    agencies_asked,
    agency_asked,
    comment_on,
    standing_of_consultation,
)
from registry.policies.rules.consulting import CommentOutcome
from registry.policies.rules.states import OPEN_STATES
from registry.policies.views.blueprint import Opened, bp, may_write, not_possible, opened_version
from registry.web.clock import today
from registry.web.errors import NotVisible
from registry.web.i18n import gettext as _

# No law read so far fixes it for a province's own draft; the form may be given another day.
_USUAL_DAYS = 15


@bp.get("/chinh-sach/quan-tri/<ma>/<ban>/lay-y-kien")
@require(Permission.POLICIES_READ)
def consultation(ma: str, ban: str) -> ResponseReturnValue:
    """Every agency asked with its comments; those that did not answer stand first."""
    opened, on = opened_version(ma, ban), today()
    agencies = agencies_asked(opened.session, opened.version)
    return render_template(
        "policies/consultation.html",
        version=opened.version,
        code=opened.ma,
        silent=[one for one in agencies if one.answered_on is None],
        answered=[one for one in agencies if one.answered_on is not None],
        standing=standing_of_consultation(agencies, on),
        on=on,
        outcome=OUTCOME,
        outcome_tag=OUTCOME_TAG,
        may_write=may_write() and opened.version.state in OPEN_STATES,
    )


@bp.route("/chinh-sach/quan-tri/<ma>/<ban>/lay-y-kien/hoi", methods=["GET", "POST"])
@require(Permission.POLICIES_WRITE)
def ask_agencies(ma: str, ban: str) -> ResponseReturnValue:
    """Ask agencies until a day."""
    opened = opened_version(ma, ban)
    if opened.version.state not in OPEN_STATES:
        return not_possible(opened)
    if request.method != "POST":
        usual = {"due_on": today() + timedelta(days=_USUAL_DAYS)}
        return _page(opened, AskForm(formdata=None, data=usual), _("Hỏi ý kiến các cơ quan"))
    form = AskForm()
    if not form.validate():
        return _page(opened, form, _("Hỏi ý kiến các cơ quan")), 422

    def act() -> None:
        operations.ask_agencies(
            opened.session,
            opened.version,
            form.names,
            due_on=form.due_on.data or today(),
            by=opened.by,
            at=opened.at,
            on=today(),
        )

    return _carried_out(opened, act)


@bp.route("/chinh-sach/quan-tri/<ma>/<ban>/lay-y-kien/<co_quan>/tra-loi", methods=["GET", "POST"])
@require(Permission.POLICIES_WRITE)
def keep_answer(ma: str, ban: str, co_quan: str) -> ResponseReturnValue:
    """Keep what an agency answered: one comment, or that it has none."""
    opened = opened_version(ma, ban)
    asked = agency_asked(opened.session, opened.version, co_quan)
    if asked is None:
        raise NotVisible
    if opened.version.state not in OPEN_STATES:
        return not_possible(opened)
    known = {"on": asked.answered_on or today(), "letter": asked.letter}
    form = AnswerForm() if request.method == "POST" else AnswerForm(formdata=None, data=known)
    if request.method != "POST" or not form.validate() or _is_early(form, asked):
        page = _page(opened, form, _("Ghi trả lời"), asked.agency)
        return (page, 422) if request.method == "POST" else page
    given = AgencyAnswer(
        form.on.data or today(),
        str(form.letter.data or ""),
        str(form.clause.data or ""),
        str(form.words.data or ""),
    )
    return _carried_out(
        opened,
        lambda: operations.keep_answer(opened.session, asked, given, by=opened.by, at=opened.at),
    )


def _is_early(form: AnswerForm, asked: PolicyConsultation) -> bool:
    """Whether the day of the answer lies before the question; then it is said beside the field."""
    if form.on.data is None or form.on.data >= asked.asked_on:
        return False
    form.on.errors = [
        _(
            "Cơ quan được hỏi ngày %(day)s: ngày trả lời không được trước ngày đó",
            day=f"{asked.asked_on:%d/%m/%Y}",
        )
    ]
    return True


@bp.route("/chinh-sach/quan-tri/<ma>/<ban>/lay-y-kien/gop-y/<gop_y>", methods=["GET", "POST"])
@require(Permission.POLICIES_WRITE)
def settle_comment(ma: str, ban: str, gop_y: str) -> ResponseReturnValue:
    """Take a comment over, explain, or reject it; and what changes in the draft."""
    opened = opened_version(ma, ban)
    comment = comment_on(opened.session, opened.version, gop_y)
    if comment is None:
        raise NotVisible
    if opened.version.state not in OPEN_STATES:
        return not_possible(opened)
    form = SettleForm() if request.method == "POST" else SettleForm(formdata=None, data=_settled(comment))
    if request.method != "POST" or not form.validate():
        page = _page(opened, form, _("Xử lý góp ý"), comment.consultation.agency, comment)
        return (page, 422) if request.method == "POST" else page
    settled = Settled(
        CommentOutcome(form.outcome.data), str(form.reply.data or ""), str(form.change.data or "")
    )
    return _carried_out(
        opened,
        lambda: operations.settle_comment(opened.session, comment, settled, by=opened.by, at=opened.at),
    )


def _settled(comment: PolicyComment) -> dict[str, Any]:
    outcome = None if comment.outcome is None else comment.outcome.value
    return {"outcome": outcome, "reply": comment.reply, "change": comment.change}


def _page(
    opened: Opened, form: Any, heading: str, about: str = "", comment: PolicyComment | None = None
) -> str:
    return render_template(
        "policies/consultation_form.html",
        form=form,
        heading=heading,
        about=about,
        comment=comment,
        version=opened.version,
        code=opened.ma,
        back=_back(opened),
    )


def _back(opened: Opened) -> str:
    return url_for(".consultation", ma=opened.ma, ban=opened.version.number)


def _carried_out(opened: Opened, act: Any) -> ResponseReturnValue:
    try:
        act()
    except NotPossible:
        return not_possible(opened)
    opened.session.commit()
    return redirect(_back(opened), 303)
