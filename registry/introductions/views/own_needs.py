"""One need told to one person: how they fit, saying «Tôi quan tâm» and taking it back, writing to the unit."""

from collections.abc import Callable

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from registry.accounts.access import require
from registry.accounts.rules import Permission
from registry.introductions import operations, queries
from registry.introductions.forms import InterestForm, MessageForm
from registry.introductions.rules import local_day
from registry.introductions.views.blueprint import (
    REFUSALS,
    Own,
    bp,
    must_own,
    need_words,
    own_need,
    refusal,
)
from registry.introductions.views.shown import own_request_lines
from registry.matching.views.fitting import fit_of_need
from registry.needs.models import Need
from registry.web.i18n import gettext as _


@bp.get("/toi/nhu-cau/<ma>")
@require(Permission.PROFILE_OWN)
def own_need_page(ma: str) -> ResponseReturnValue:
    """What the need asks for and what of it the person has."""
    own = must_own()
    return _page(own, own_need(own, ma), InterestForm(), MessageForm())


@bp.post("/toi/nhu-cau/<ma>/quan-tam")
@require(Permission.PROFILE_OWN)
def give(ma: str) -> ResponseReturnValue:
    """Say «Tôi quan tâm»."""
    own = must_own()
    need, form = own_need(own, ma), InterestForm()
    if not form.validate():
        return _page(own, need, form, MessageForm(formdata=None)), 422
    return _done(
        own,
        need,
        lambda: operations.give_interest(
            own.session, own.person, need, words=form.words.data or "", by=own.by, at=own.at
        ),
        _("Đã gửi. Đơn vị thấy bạn quan tâm từ bây giờ; rút lại lúc nào cũng được."),
    )


@bp.post("/toi/nhu-cau/<ma>/rut")
@require(Permission.PROFILE_OWN)
def withdraw(ma: str) -> ResponseReturnValue:
    """Take it back."""
    own = must_own()
    need = own_need(own, ma)
    return _done(
        own,
        need,
        lambda: operations.withdraw_interest(own.session, own.person, need, by=own.by, at=own.at),
        _("Đã rút quan tâm. Đơn vị không còn thấy nữa."),
    )


@bp.post("/toi/nhu-cau/<ma>/nhan-tin")
@require(Permission.PROFILE_OWN)
def write_first(ma: str) -> ResponseReturnValue:
    """Begin the conversation over the need."""
    own = must_own()
    need, form = own_need(own, ma), MessageForm()
    if not form.validate():
        return _page(own, need, InterestForm(formdata=None), form), 422
    return _done(
        own,
        need,
        lambda: operations.write_to_unit(
            own.session, own.person, need, words=form.message.data or "", by=own.by, at=own.at
        ),
        _("Đã gửi tin cho đơn vị."),
    )


def _done(own: Own, need: Need, act: Callable[[], object], said: str) -> ResponseReturnValue:
    """Do it and say so, or say why not; back to the need, or to one's page where the need concerns one no more."""
    try:
        act()
    except REFUSALS as refused:
        own.session.rollback()
        flash(refusal(refused), "warn")
    else:
        own.session.commit()
        flash(said, "ok")
    return redirect(
        url_for(".own_need_page" if not queries.is_over(need) else "registrations.mine", ma=need.public_id),
        303,
    )


def _page(own: Own, need: Need, form: InterestForm, message: MessageForm) -> str:
    interest = queries.standing_interest(own.session, own.person, need)
    talk = queries.conversation_of(own.session, own.person, need)
    is_reachable = queries.is_reachable(own.session, own.person, on=own.on)
    return render_template(
        "introductions/own_need.html",
        need=need_words(need),
        description=need.description if need_words(need)["is_open"] else "",
        fit=fit_of_need(own.session, own.person, own.by, need, own.on),
        interest=interest,
        words="" if interest is None else queries.interest_words(own.session, interest),
        given_on=None if interest is None else local_day(interest.given_at),
        is_named=bool(own.person.agrees_to_be_named),
        is_reachable=is_reachable,
        code=own.person.code,
        requests=own_request_lines(own, queries.requests_about(own.session, own.person, need)),
        talk=talk,
        may_write=talk is None
        and is_reachable
        and not queries.is_over(need)
        and operations.may_begin(own.session, own.person, need, at=own.at),
        form=form,
        message=message,
    )
