"""«Quyền của tôi»: asking about one's own data, and seeing where each request stands with both clocks."""

from typing import Any

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from registry.accounts.access import require
from registry.accounts.rules import Permission
from registry.consents.rules import PurposeCode
from registry.privacy import operations
from registry.privacy.forms import words
from registry.privacy.forms.requests import WITH_PURPOSE, OwnForm
from registry.privacy.models import RightsRequest
from registry.privacy.operations import AlreadyAsked, Asked, NotPossible
from registry.privacy.operations.handling import may_be_lifted
from registry.privacy.queries import requests_of
from registry.privacy.queries.confirmed import confirmed_fingerprints
from registry.privacy.queries.parameters import limit_now
from registry.privacy.rules import LIMITING, Limit, RightKind, limit_of
from registry.privacy.rules.confirming import as_confirmed
from registry.privacy.views import shown
from registry.privacy.views.blueprint import Own, bp, must_own, own_record, own_request
from registry.web.choices import choices
from registry.web.i18n import gettext as _

_LOAI = f"<any({', '.join(repr(slug) for slug in words.KIND_OF_SLUG)}):loai>"
_ALL = "all"
WORDS_NEEDED = frozenset({RightKind.CORRECTION})


@bp.get("/toi/yeu-cau")
@require(Permission.PROFILE_OWN)
def own() -> ResponseReturnValue:
    """What one may ask, what one has asked, and how long offices may take."""
    mine = own_record()
    if mine is None:
        return render_template("privacy/no_record.html", title=_("Quyền của tôi"))
    return render_template(
        "privacy/own.html",
        kinds=[(kind, words.KIND[kind], words.KIND_HINT[kind], slug) for kind, slug in words.SLUGS.items()],
        lines=[shown.line_of(one, mine.on) for one in requests_of(mine.session, mine.person)],
        limits=_limits(mine),
    )


def _limits(mine: Own) -> list[tuple[Limit, str]]:
    """The limits in force, each with the kinds it is for."""
    kinds: dict[Limit, list[str]] = {}
    known = confirmed_fingerprints(mine.session)
    for kind in RightKind:
        kinds.setdefault(as_confirmed(limit_of(kind, mine.on), known), []).append(str(words.KIND[kind]))
    return [(row, ", ".join(named)) for row, named in kinds.items()]


@bp.route(f"/toi/yeu-cau/tao/{_LOAI}", methods=["GET", "POST"])
@require(Permission.PROFILE_OWN)
def ask(loai: str) -> ResponseReturnValue:
    """Ask: the page says what stops at once and what goes on; what can take effect at once does."""
    mine, kind = must_own(), words.KIND_OF_SLUG[loai]
    form = _form(mine, kind)
    if request.method != "POST" or not _is_complete(form, kind):
        return _ask_page(mine, kind, form), 200 if request.method != "POST" else 422
    asked = Asked(kind, mine.at, purpose=_purpose(form, kind), words=form.words.data or "")
    try:
        made = operations.receive_request(
            mine.session, mine.person, asked, by=mine.by, recorded_by=None, at=mine.at
        )
    except AlreadyAsked as already:
        mine.session.rollback()
        flash(_("Bạn đã gửi yêu cầu này và nó còn hiệu lực. Đây là yêu cầu đó."), "warn")
        return redirect(url_for(".own_request_page", ma=str(already)), 303)
    mine.session.commit()
    flash(_("Đã gửi yêu cầu. Trang này ghi mọi bước tiếp theo."), "ok")
    return redirect(url_for(".own_request_page", ma=made.public_id), 303)


def _form(mine: Own, kind: RightKind) -> OwnForm:
    form = OwnForm()
    form.purpose.choices = choices(_purposes(mine, kind)) if kind in WITH_PURPOSE else choices([])
    form.purpose.flags.required = True
    form.words.flags.required = kind in WORDS_NEEDED
    return form


def _purposes(mine: Own, kind: RightKind) -> list[tuple[str, Any]]:
    """The purposes that such a request could stop, one by one and, where there are several, all at once."""
    stopping = [
        use.purpose
        for use in shown.uses_of(mine.session, mine.person)
        if shown.stops_when(kind, use.purpose, use, is_by_law=mine.person.legal_basis == "law")
    ]
    each = [(purpose.value, words.PURPOSE[purpose]) for purpose in stopping]
    if kind is RightKind.OBJECTION:
        each = [one for one in each if one[0] != PurposeCode.REGISTRY.value]
    return [*each, (_ALL, _("Tất cả các mục đích trên"))] if len(each) > 1 else each


def _is_complete(form: OwnForm, kind: RightKind) -> bool:
    if kind not in WITH_PURPOSE:
        del form.purpose
    is_valid = form.validate()
    if kind in WITH_PURPOSE and not form.purpose.data:
        form.purpose.errors = [_("Chọn một mục đích")]
        is_valid = False
    if kind in WORDS_NEEDED and not form.words.data:
        form.words.errors = [_("Ghi thông tin nào sai và đúng phải là gì")]
        is_valid = False
    return is_valid


def _purpose(form: OwnForm, kind: RightKind) -> PurposeCode | None:
    if kind not in WITH_PURPOSE or form.purpose.data == _ALL:
        return None
    return PurposeCode(form.purpose.data)


def _ask_page(mine: Own, kind: RightKind, form: OwnForm) -> str:
    effects = shown.effects(mine.session, mine.person, kind, None)
    return render_template(
        "privacy/ask.html",
        form=form,
        kind=kind,
        title=words.KIND[kind],
        hint=words.KIND_HINT[kind],
        with_purpose=kind in WITH_PURPOSE,
        has_purposes=kind not in WITH_PURPOSE or bool(_purposes(mine, kind)),
        effects=[one for one in effects if not one["stops"]] if kind in WITH_PURPOSE else effects,
        hints=_hints(mine, kind),
        limit=limit_now(mine.session, kind, mine.on),
    )


def _hints(mine: Own, kind: RightKind) -> dict[str, str]:
    """What choosing each purpose stops."""
    one_only = _("Chỉ mục đích này dừng, ngay từ lúc gửi.")
    hints = {purpose.value: one_only for purpose in PurposeCode} | {_ALL: _("Dừng hết, ngay từ lúc gửi.")}
    if kind is RightKind.WITHDRAWAL and mine.person.legal_basis == "consent":
        hints[PurposeCode.REGISTRY.value] = _("Mọi mục đích khác cũng dừng: hồ sơ không còn hiện ở đâu.")
    return hints


@bp.get("/toi/yeu-cau/<ma>")
@require(Permission.PROFILE_OWN)
def own_request_page(ma: str) -> ResponseReturnValue:
    """One own request: state, both clocks, every step with its words."""
    mine = must_own()
    found = own_request(mine, ma)
    return render_template(
        "privacy/own_request.html",
        line=shown.line_of(found, mine.on),
        clocks=shown.clocks(found, mine.on),
        steps=shown.steps_of(mine.session, found, for_person=True),
        may_lift=may_be_lifted(found),
        effects=_goes_on(mine, found),
    )


def _goes_on(mine: Own, found: RightsRequest) -> list[str]:
    """What still goes on after a request that took effect at once, each with its ground."""
    if found.kind not in LIMITING | {RightKind.WITHDRAWAL}:
        return []
    return [
        _("%(purpose)s: tiếp tục, vì %(why)s", purpose=one["purpose"], why=one["why"])
        for one in shown.effects(mine.session, mine.person, found.kind, found.purpose)
    ]


@bp.post("/toi/yeu-cau/<ma>/cho-dung-lai")
@require(Permission.PROFILE_OWN)
def lift_own(ma: str) -> ResponseReturnValue:
    """End one's own restriction or objection."""
    mine = must_own()
    found = own_request(mine, ma)
    try:
        operations.lift_limit(mine.session, found, words="", by=mine.by, officer=None, at=mine.at)
    except NotPossible:
        mine.session.rollback()
        flash(_("Yêu cầu này không còn hạn chế gì."), "warn")
        return redirect(url_for(".own_request_page", ma=ma), 303)
    mine.session.commit()
    flash(_("Đã cho dùng lại. Các đồng ý của bạn không đổi."), "ok")
    return redirect(url_for(".own_request_page", ma=ma), 303)
