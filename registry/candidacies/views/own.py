"""A person's own candidacies in plain words: how each stands, what comes next, whom to ask; answering and withdrawing.

Before there was contact an office's consideration is no promise: the page says that the profile was viewed, and no
stage (CA-08).
"""

from collections.abc import Callable
from typing import Any

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from registry.accounts.access import require
from registry.accounts.rules import Permission
from registry.candidacies import operations, queries
from registry.candidacies.forms.own import LeavingForm, NominationForm
from registry.candidacies.forms.words import OWN, OWN_NEED_OVER, STAGE, STAGE_TAG
from registry.candidacies.models import Candidacy
from registry.candidacies.queries.sealed import decision_words, nomination_ground, step_note
from registry.candidacies.rules import TAKEN, Stage
from registry.candidacies.rules.panels import NominationState
from registry.candidacies.rules.reasons import NEED_CLOSED, reason_words, reasons_for
from registry.candidacies.views.blueprint import REFUSALS, bp, refusal
from registry.introductions.rules import local_day
from registry.introductions.views.blueprint import Own, must_own, need_words, own_need, own_or_none
from registry.needs.rules import FINAL_STATES
from registry.web.choices import choices
from registry.web.errors import NotVisible
from registry.web.i18n import current_language
from registry.web.i18n import gettext as _


@bp.get(operations.OWN_CANDIDACIES)
@require(Permission.PROFILE_OWN)
def own_candidacies() -> ResponseReturnValue:
    """All of one's own, those that wait for an answer first."""
    own = own_or_none()
    if own is None:
        return render_template("introductions/no_record.html", title=_("Ứng tuyển của tôi"))
    lines = own_lines(own)
    return render_template(
        "candidacies/own.html",
        lines=[line for line in lines if line["is_told"]],
        viewed=[line for line in lines if not line["is_told"]],
        nominations=_nominations(own),
    )


def own_lines(own: Own) -> list[dict[str, Any]]:
    """A person's candidacies as their pages show them; of what the office weighs alone, the need and nothing else."""
    rows = queries.own_candidacies(own.session, own.person)
    lines = [_line(own, one) if one.contacted_at else _viewed(one) for one in rows]
    return sorted(lines, key=lambda line: not line["may_answer"])


def _viewed(one: Candidacy) -> dict[str, Any]:
    return {"is_told": False, "may_answer": False, "need": need_words(one.need)}


def _line(own: Own, one: Candidacy) -> dict[str, Any]:
    is_over = _ended_with_its_need(own, one)
    words, after = OWN_NEED_OVER if is_over else OWN[one.stage]
    if one.stage is Stage.PLACED and one.closed_at is not None:
        words, after = _("Bạn đã thôi việc này."), ""
    may_answer = one.stage in {Stage.INVITED, Stage.OFFERED} and one.closed_at is None and not is_over
    return {
        "is_told": True,
        "ma": one.public_id,
        "need": need_words(one.need),
        "state": _("Đóng, chưa quyết định") if is_over else STAGE[one.stage],
        "kind": "line" if is_over else STAGE_TAG.get(one.stage, ""),
        "since": local_day(one.stage_since),
        "words": words,
        "after": after,
        "due_on": one.next_due_on if may_answer else None,
        "is_late": may_answer and one.next_due_on is not None and one.next_due_on < own.on,
        "is_offer": one.stage is Stage.OFFERED,
        "may_answer": may_answer,
        "may_withdraw": one.closed_at is None and one.stage not in TAKEN and not is_over,
        "told": told_reason(own, one),
    }


def _ended_with_its_need(own: Own, one: Candidacy) -> bool:
    """Whether the need closed before anything was decided, written down already or not."""
    if one.closed_at is None:
        return one.stage not in TAKEN and one.need.state in FINAL_STATES
    last = queries.steps_of(own.session, one)[-1]
    return one.stage is Stage.REMOVED and last.reason == NEED_CLOSED


def told_reason(own: Own, one: Candidacy) -> dict[str, str] | None:
    """What the office lets the person read of the last move or the decision that stands; the fact is told anyway."""
    decisions = queries.decisions_on(own.session, one)
    _standing, says = queries.standing(decisions)
    steps = [step for step in queries.steps_of(own.session, one) if step.undone_at is None]
    last = steps[-1] if steps else None
    if says is not None and says.shared_with_person:
        return _told(says.reason, decision_words(own.session, says))
    if last is not None and last.shared_with_person and last.by_id != own.by:
        return _told(last.reason, step_note(own.session, last))
    return None


def _told(reason: str, words: str) -> dict[str, str]:
    return {"reason": reason_words(reason, current_language()) if reason else "", "words": words}


def _nominations(own: Own) -> list[dict[str, Any]]:
    return [
        {
            "ma": one.public_id,
            "need": need_words(one.need),
            "ground": nomination_ground(own.session, one),
            "is_waiting": one.state is NominationState.PROPOSED,
        }
        for one in queries.own_nominations(own.session, own.person)
        if one.state is NominationState.PROPOSED
    ]


@bp.post(f"{operations.OWN_CANDIDACIES}/<ma>/nhan")
@require(Permission.PROFILE_OWN)
def accept(ma: str) -> ResponseReturnValue:
    """Yes to an invitation or an offer."""
    own, one = _opened(ma)
    return _done(
        own,
        lambda: operations.accept_invitation(own.session, one, by=own.by, at=own.at),
        _("Đã trả lời. Đơn vị thấy từ bây giờ."),
    )


@bp.get(f"{operations.OWN_CANDIDACIES}/<ma>/<any('tu-choi', 'rut'):viec>")
@require(Permission.PROFILE_OWN)
def leave_page(ma: str, viec: str) -> ResponseReturnValue:
    """Asks why, which need not be said."""
    own, one = _opened(ma)
    return _leaving(own, one, viec, LeavingForm())


@bp.post(f"{operations.OWN_CANDIDACIES}/<ma>/<any('tu-choi', 'rut'):viec>")
@require(Permission.PROFILE_OWN)
def leave(ma: str, viec: str) -> ResponseReturnValue:
    """No to an invitation or an offer; or out of this candidacy, and of no other."""
    own, one = _opened(ma)
    form = LeavingForm()
    form.reason.choices = _reasons(own, viec)
    if not form.validate():
        return _leaving(own, one, viec, form), 422
    act = operations.decline if viec == "tu-choi" else operations.withdraw
    return _done(
        own,
        lambda: act(
            own.session, one, reason=form.reason.data or "", note=form.note.data or "", by=own.by, at=own.at
        ),
        _("Đã ghi. Các ứng tuyển khác của bạn không thay đổi."),
    )


@bp.post(f"{operations.OWN_CANDIDACIES}/tien-cu/<ma>/<any('dong-y', 'tu-choi'):viec>")
@require(Permission.PROFILE_OWN)
def answer_nomination(ma: str, viec: str) -> ResponseReturnValue:
    """Agree to stand, or not; what was written about oneself goes with the refusal."""
    own = must_own()
    found = [one for one in queries.own_nominations(own.session, own.person) if one.public_id == ma]
    if not found:
        raise NotVisible
    act: Callable[..., object] = operations.agree if viec == "dong-y" else operations.refuse
    said = _("Đã đồng ý ứng tuyển.") if viec == "dong-y" else _("Đã từ chối. Lời tiến cử đã xóa.")
    return _done(own, lambda: act(own.session, found[0], by=own.by, at=own.at), said)


@bp.get("/toi/nhu-cau/<ma>/ung-cu")
@require(Permission.PROFILE_OWN)
def stand_page(ma: str) -> ResponseReturnValue:
    """Asks why one fits the need."""
    own = must_own()
    return _standing(own, ma, NominationForm())


@bp.post("/toi/nhu-cau/<ma>/ung-cu")
@require(Permission.PROFILE_OWN)
def stand(ma: str) -> ResponseReturnValue:
    """Put oneself forward."""
    own = must_own()
    need, form = own_need(own, ma), NominationForm()
    if not form.validate():
        return _standing(own, ma, form), 422
    return _done(
        own,
        lambda: operations.nominate(
            own.session, own.person, need, ground=form.ground.data or "", by=own.by, at=own.at
        ),
        _("Đã gửi. Đơn vị xem hồ sơ rồi cho bạn biết."),
    )


def _standing(own: Own, ma: str, form: NominationForm) -> str:
    return render_template("candidacies/stand.html", need=need_words(own_need(own, ma)), form=form)


def _opened(ma: str) -> tuple[Own, Candidacy]:
    own = must_own()
    one = queries.own_candidacy(own.session, own.person, ma)
    if one is None:
        raise NotVisible
    return own, one


def _leaving(own: Own, one: Candidacy, viec: str, form: LeavingForm) -> str:
    form.reason.choices = _reasons(own, viec)
    return render_template(
        "candidacies/leave.html", line=_line(own, one), form=form, is_withdrawal=viec == "rut"
    )


def _reasons(own: Own, viec: str) -> list[Any]:
    of = Stage.DECLINED if viec == "tu-choi" else Stage.WITHDRAWN
    language = current_language()
    found = [(one.code, one.words.get(language, "")) for one in reasons_for(of, own.on)]
    return choices([("", _("Không nêu")), *found])


def _done(own: Own, act: Callable[[], object], said: str) -> ResponseReturnValue:
    try:
        act()
    except REFUSALS as refused:
        own.session.rollback()
        flash(refusal(refused), "warn")
    else:
        own.session.commit()
        flash(said, "ok")
    return redirect(url_for(".own_candidacies"), 303)
