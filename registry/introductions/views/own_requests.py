"""«Yêu cầu xem danh tính»: who asks to know one's name for which need, agreeing, refusing without a reason, taking back."""

from collections.abc import Callable, Mapping
from typing import Any

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from registry.accounts.access import require
from registry.accounts.rules import Permission
from registry.introductions import operations, queries
from registry.introductions.views.blueprint import REFUSALS, bp, must_own, own_or_none, refusal
from registry.introductions.views.shown import limits_words, own_request_lines
from registry.web.errors import NotVisible
from registry.web.i18n import gettext as _
from registry.web.i18n import lazy_gettext as _l

_ACTS: Mapping[str, tuple[Callable[..., None], Any]] = {
    "dong-y": (
        operations.grant_reveal,
        _l("Đã đồng ý. Cán bộ của nhu cầu này thấy tên và cách liên hệ của bạn, chỉ vì nhu cầu này."),
    ),
    "tu-choi": (
        operations.refuse_reveal,
        _l("Đã từ chối. Đơn vị không biết tên bạn và không được nêu lý do."),
    ),
    "rut": (operations.withdraw_grant, _l("Đã rút. Từ bây giờ đơn vị lại chỉ thấy mã hồ sơ.")),
}


@bp.get(operations.OWN_REQUESTS)
@require(Permission.PROFILE_OWN)
def own_requests() -> ResponseReturnValue:
    """All requests, those that wait first."""
    own = own_or_none()
    if own is None:
        return render_template("introductions/no_record.html", title=_("Yêu cầu xem danh tính"))
    return render_template(
        "introductions/own_requests.html",
        lines=own_request_lines(own, queries.own_requests(own.session, own.person)),
        is_named=bool(own.person.agrees_to_be_named),
        code=own.person.code,
        limits=limits_words(own),
    )


@bp.post(f"{operations.OWN_REQUESTS}/<ma>/<any('dong-y', 'tu-choi', 'rut'):viec>")
@require(Permission.PROFILE_OWN)
def answer_request(ma: str, viec: str) -> ResponseReturnValue:
    """Agree, refuse, or take an agreement back; in force at once."""
    own = must_own()
    request = queries.own_request(own.session, own.person, ma)
    if request is None:
        raise NotVisible
    act, said = _ACTS[viec]
    try:
        act(own.session, request, by=own.by, at=own.at)
    except REFUSALS as refused:
        own.session.rollback()
        flash(refusal(refused), "warn")
    else:
        own.session.commit()
        flash(str(said), "ok")
    return redirect(url_for(".own_requests"), 303)
