"""An expert's page of what they were asked: answering, stepping aside (CA-11)."""

from typing import Any

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from registry.accounts.access import require
from registry.accounts.rules import Permission
from registry.candidacies import operations, queries
from registry.candidacies.forms.own import OpinionForm, RecuseForm
from registry.candidacies.forms.words import ADVICE, OPINION
from registry.candidacies.models import ExpertOpinion
from registry.candidacies.queries.sealed import asked_question, opinion_words
from registry.candidacies.rules import Recommendation
from registry.candidacies.rules.panels import OpinionState, is_late
from registry.candidacies.views.blueprint import REFUSALS, bp, refusal
from registry.introductions.rules import local_day
from registry.introductions.views.blueprint import Own, must_own, need_words, own_or_none
from registry.web.errors import NotVisible
from registry.web.i18n import gettext as _


@bp.get(operations.OWN_OPINIONS)
@require(Permission.PROFILE_OWN)
def own_opinions() -> ResponseReturnValue:
    """All one was asked, newest first."""
    own = own_or_none()
    if own is None:
        return render_template("introductions/no_record.html", title=_("Ý kiến phản biện"))
    lines = [_line(own, one) for one in queries.own_opinions(own.session, own.person)]
    return render_template("candidacies/own_opinions.html", lines=lines)


@bp.get(f"{operations.OWN_OPINIONS}/<ma>")
@require(Permission.PROFILE_OWN)
def own_opinion(ma: str) -> ResponseReturnValue:
    """One question, with the forms to answer it."""
    own, opinion = _opened(ma)
    return _page(own, opinion, OpinionForm(None), RecuseForm(None))


@bp.post(f"{operations.OWN_OPINIONS}/<ma>")
@require(Permission.PROFILE_OWN)
def submit(ma: str) -> ResponseReturnValue:
    """The opinion with its recommendation; dated the moment it is sent."""
    own, opinion = _opened(ma)
    form = OpinionForm()
    if not form.validate():
        return _page(own, opinion, form, RecuseForm(None)), 422
    return _done(
        own,
        lambda: operations.submit_opinion(
            own.session,
            opinion,
            recommendation=Recommendation(form.recommendation.data),
            words=form.words.data or "",
            by=own.by,
            at=own.at,
        ),
        _("Đã gửi ý kiến. Cảm ơn bạn."),
    )


@bp.post(f"{operations.OWN_OPINIONS}/<ma>/khong-tham-gia")
@require(Permission.PROFILE_OWN)
def step_aside(ma: str) -> ResponseReturnValue:
    """Not this one: tied to the person, or no time."""
    own, opinion = _opened(ma)
    form = RecuseForm()
    if not form.validate():
        return _page(own, opinion, OpinionForm(None), form), 422
    return _done(
        own,
        lambda: operations.recuse(own.session, opinion, words=form.words.data or "", by=own.by, at=own.at),
        _("Đã ghi là bạn không tham gia."),
    )


def _opened(ma: str) -> tuple[Own, ExpertOpinion]:
    own = must_own()
    opinion = queries.own_opinion(own.session, own.person, ma)
    if opinion is None:
        raise NotVisible
    return own, opinion


def _line(own: Own, one: ExpertOpinion) -> dict[str, Any]:
    return {
        "ma": one.public_id,
        "need": need_words(one.need),
        "code": one.candidacy.person.code if one.candidacy else "",
        "headline": one.candidacy.person.headline if one.candidacy else "",
        "question": asked_question(own.session, one),
        "due_on": one.due_on,
        "is_waiting": one.state is OpinionState.REQUESTED,
        "is_late": is_late(one.state, one.due_on, own.on),
        "state": OPINION[one.state],
        "advice": None if one.recommendation is None else ADVICE[one.recommendation],
        "words": opinion_words(own.session, one),
        "answered_on": None if one.answered_at is None else local_day(one.answered_at),
    }


def _page(own: Own, opinion: ExpertOpinion, form: OpinionForm, aside: RecuseForm) -> str:
    return render_template("candidacies/own_opinion.html", line=_line(own, opinion), form=form, aside=aside)


def _done(own: Own, act: Any, said: str) -> ResponseReturnValue:
    try:
        act()
    except REFUSALS as refused:
        own.session.rollback()
        flash(refusal(refused), "warn")
    else:
        own.session.commit()
        flash(said, "ok")
    return redirect(url_for(".own_opinions"), 303)
