"""«Quan tâm, trao đổi» of a need, for its officers: who is interested, who was asked, what was written.

Everybody here may be matched at this moment; whoever withdrew or paused is as one who never was.
"""

from collections.abc import Callable
from typing import Any

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from registry.accounts.access import current_account, current_viewer, require
from registry.accounts.rules import Permission
from registry.introductions import operations, queries
from registry.introductions.forms import REVEAL, REVEAL_TAG, MessageForm, RevealForm
from registry.introductions.rules import RevealState, Side, limits_on
from registry.introductions.views.blueprint import REFUSALS, Pair, bp, papers, refusal, visible_need
from registry.introductions.views.shown import limits_words, message_lines, request_line
from registry.matching.views.blueprint import record_shown
from registry.needs.rules import NeedState
from registry.needs.views.register import head_of
from registry.people.queries import display_name, may_be_named
from registry.people.views.introduced import in_need
from registry.web.clock import now, today
from registry.web.database import db_session
from registry.web.errors import NotVisible
from registry.web.i18n import gettext as _


@bp.get("/nhu-cau/<ma>/gioi-thieu")
@require(Permission.MATCHING_READ)
def of_need(ma: str) -> ResponseReturnValue:
    """Everybody who has something to do with the need, unread messages first."""
    session, on = db_session(), today()
    need = visible_need(ma)
    lines = queries.inbox_of(session, current_viewer(), need, on=on)
    record_shown("interest.listed", [line.person.public_id for line in lines], need=need.public_id)
    viewer = in_need(current_viewer(), need.public_id)
    return render_template(
        "introductions/of_need.html",
        **head_of(need),
        need=need,
        tab="introductions",
        lines=[
            {
                "ma": line.person.public_id,
                "name": display_name(line.person, viewer),
                "headline": line.person.headline,
                "interest": line.interest,
                "request": None
                if line.request is None
                else _state_tag(queries.standing_on(line.request, on)),
                "talk": line.conversation,
                "unread": line.unread,
                "last_at": line.last_at,
            }
            for line in lines
        ],
    )


def _state_tag(state: RevealState) -> tuple[Any, str]:
    return REVEAL[state], REVEAL_TAG.get(state, "")


@bp.get("/nhu-cau/<ma>/gioi-thieu/<nguoi>")
@require(Permission.MATCHING_READ)
def pair(ma: str, nguoi: str) -> ResponseReturnValue:
    """What there is between the need and one person, and what may be done."""
    found = _pair(ma, nguoi)
    record_shown("interest.read", [nguoi], need=ma)
    return _page(found, RevealForm(), MessageForm())


@bp.post("/nhu-cau/<ma>/gioi-thieu/<nguoi>/hoi-ten")
@require(Permission.MATCHING_DECIDE)
def ask(ma: str, nguoi: str) -> ResponseReturnValue:
    """Ask an anonymous person to be known by name for this need."""
    found, form = _pair(ma, nguoi), RevealForm()
    if not form.validate():
        return _page(found, form, MessageForm(formdata=None)), 422
    reason = form.reason.data or ""
    try:
        return _done(
            found,
            lambda: operations.ask_reveal(
                found.session,
                found.person,
                found.need,
                papers(found.session),
                reason=reason,
                by=found.by,
                at=found.at,
            ),
            _("Đã hỏi. Người này được báo bằng thư và trên trang của mình."),
        )
    except operations.TooManyRequests as refused:
        # The question can be sent another day: what was typed stays.
        form.reason.errors = [refusal(refused)]
        return _page(_pair(ma, nguoi), form, MessageForm(formdata=None)), 422


@bp.post("/nhu-cau/<ma>/gioi-thieu/<nguoi>/rut-yeu-cau")
@require(Permission.MATCHING_DECIDE)
def take_back(ma: str, nguoi: str) -> ResponseReturnValue:
    """Take back a request that was not answered yet."""
    found = _pair(ma, nguoi)
    request = queries.live_request(queries.requests_about(found.session, found.person, found.need), found.on)
    if request is None:
        raise NotVisible
    return _done(
        found,
        lambda: operations.cancel_request(found.session, request, by=found.by, at=found.at),
        _("Đã rút yêu cầu."),
    )


@bp.post("/nhu-cau/<ma>/gioi-thieu/<nguoi>/nhan-tin")
@require(Permission.MATCHING_DECIDE)
def write(ma: str, nguoi: str) -> ResponseReturnValue:
    """Write to the person, by name or code."""
    found, form = _pair(ma, nguoi), MessageForm()
    if not form.validate():
        return _page(found, RevealForm(formdata=None), form), 422
    words = form.message.data or ""
    try:
        operations.write_to_person(
            found.session,
            found.person,
            found.need,
            papers(found.session),
            words=words,
            by=found.by,
            at=found.at,
        )
    except REFUSALS as refused:
        found.session.rollback()
        form.message.errors = [refusal(refused)]
        return _page(_pair(ma, nguoi), RevealForm(formdata=None), form), 422
    found.session.commit()
    flash(_("Đã gửi tin."), "ok")
    return redirect(url_for(".pair", ma=ma, nguoi=nguoi, _anchor="trao-doi"), 303)


@bp.post("/nhu-cau/<ma>/gioi-thieu/<nguoi>/da-doc")
@require(Permission.MATCHING_DECIDE)
def mark_read(ma: str, nguoi: str) -> ResponseReturnValue:
    """Say that the person's messages are read."""
    found = _pair(ma, nguoi)
    talk = queries.conversation_of(found.session, found.person, found.need)
    if talk is None:
        raise NotVisible
    operations.mark_read_by_unit(found.session, talk, by=found.by, at=found.at)
    found.session.commit()
    return redirect(url_for(".pair", ma=ma, nguoi=nguoi, _anchor="trao-doi"), 303)


def _pair(ma: str, nguoi: str) -> Pair:
    session, viewer, on = db_session(), current_viewer(), today()
    need = visible_need(ma)
    person = queries.reachable_person(session, viewer, nguoi, on=on)
    if person is None:
        raise NotVisible
    return Pair(session, in_need(viewer, ma), need, person, current_account().id, on, now())


def _done(found: Pair, act: Callable[[], object], said: str) -> ResponseReturnValue:
    """Do it, or say why not, and show the page of the two again. Raises TooManyRequests, and nothing was done."""
    try:
        act()
    except REFUSALS as refused:
        found.session.rollback()
        if isinstance(refused, operations.TooManyRequests):
            raise
        flash(refusal(refused), "warn")
    else:
        found.session.commit()
        flash(said, "ok")
    return redirect(url_for(".pair", ma=found.need.public_id, nguoi=found.person.public_id), 303)


def _page(found: Pair, form: RevealForm, message: MessageForm) -> str:
    session, person, need = found.session, found.person, found.need
    interest = queries.standing_interest(session, person, need)
    requests = queries.requests_about(session, person, need)
    talk = queries.conversation_of(session, person, need)
    is_named = may_be_named(person, found.viewer)
    may_decide = current_viewer().can(Permission.MATCHING_DECIDE, at=(need.unit_path, need.organisation_path))
    is_reachable = queries.is_reachable(session, person, on=found.on)
    could_ask = (
        may_decide
        and is_reachable
        and not is_named
        and need.state is NeedState.OPEN
        and queries.live_request(requests, found.on) is None
    )
    quiet_until = queries.quiet_day(requests, limits_on(found.on), found.on) if could_ask else None
    return render_template(
        "introductions/pair.html",
        **head_of(need),
        need=need,
        tab="introductions",
        person=person,
        name=display_name(person, found.viewer),
        is_named=is_named,
        interest=interest,
        words="" if interest is None else queries.interest_words(session, interest),
        requests=[request_line(found, one) for one in requests],
        may_ask=could_ask and quiet_until is None,
        quiet_until=quiet_until,
        may_decide=may_decide,
        is_reachable=is_reachable,
        talk=talk,
        lines=[] if talk is None else message_lines(found, talk, Side.UNIT),
        may_message=may_decide
        and is_reachable
        and (talk is None or talk.stopped_at is None)
        and not queries.is_over(need),
        limits=limits_words(found),
        form=form,
        message=message,
    )
