"""Recording a payment, taking a record back, fixing the sum of a line."""

from typing import Any

from flask import render_template, request
from flask.typing import ResponseReturnValue

from registry.accounts.access import proved_lately, require
from registry.accounts.rules import Permission
from registry.grants import operations
from registry.grants.forms import acts as forms
from registry.grants.models import GrantLine, GrantPayment
from registry.grants.operations import TO_FIX
from registry.grants.rules import PAYING, GrantState, PaymentState
from registry.grants.views.blueprint import (
    OpenedGrant,
    bp,
    day,
    done,
    home_of,
    keep_read,
    kept,
    money,
    not_possible,
    open_grant,
    shown_name,
)
from registry.grants.views.refusals import REFUSALS, put
from registry.policies.rules import Period
from registry.web.errors import NotVisible
from registry.web.i18n import gettext as _


@bp.route("/ho-tro/<ma>/chi/<phan>", methods=["GET", "POST"])
@require(Permission.GRANTS_DECIDE)
@proved_lately
def pay(ma: str, phan: str) -> ResponseReturnValue:
    """Record that a part was paid, or some of it."""
    opened = open_grant(ma)
    payment = _payment(opened, phan)
    if opened.grant.state not in PAYING or payment.state is not PaymentState.COMMITTED:
        return not_possible(opened)
    form: Any = forms.PaidForm()
    hint = _(
        "%(text)s: %(sum)s, hạn %(day)s.",
        text=payment.line.text,
        sum=money(payment.amount_vnd),
        day=day(payment.due_on),
    )
    heading = _("Ghi đã chi")
    if request.method != "POST":
        form.amount.data, form.on.data = f"{payment.amount_vnd:,}".replace(",", "."), opened.act.on
        return _page(opened, form, heading, hint)
    if not form.validate():
        return _page(opened, form, heading, hint), 422
    paid = operations.Paid(form.amount.vnd, form.on.data, form.voucher.data)
    try:
        operations.record_payment(opened.session, payment, paid, opened.act)
    except operations.NotPossible:
        return not_possible(opened)
    except REFUSALS as refused:
        return _again(opened, form, refused, heading, hint)
    return done(opened, _("Đã ghi chi."))


@bp.route("/ho-tro/<ma>/chi/<phan>/huy", methods=["GET", "POST"])
@require(Permission.GRANTS_DECIDE)
@proved_lately
def undo_pay(ma: str, phan: str) -> ResponseReturnValue:
    """Take a record of a payment back, with the reason."""
    opened = open_grant(ma)
    payment = _payment(opened, phan)
    if payment.state is not PaymentState.PAID:
        return not_possible(opened)
    form: Any = forms.ReasonForm()
    hint = _(
        "%(sum)s, chứng từ %(number)s, ngày %(day)s.",
        sum=money(payment.amount_vnd),
        number=payment.voucher,
        day=day(payment.paid_on),
    )
    heading = _("Hủy ghi chi")
    if request.method != "POST":
        return _page(opened, form, heading, hint)
    if not form.validate():
        return _page(opened, form, heading, hint), 422
    try:
        operations.undo_payment(opened.session, payment, opened.act, words=form.words.data)
    except operations.NotPossible:
        return not_possible(opened)
    return done(opened, _("Đã hủy ghi chi. Khoản này lại chờ chi."))


@bp.route("/ho-tro/<ma>/khoan/<khoan>", methods=["GET", "POST"])
@require(Permission.GRANTS_DECIDE)
@proved_lately
def fix(ma: str, khoan: str) -> ResponseReturnValue:
    """Fix the sum of a line, and for how many months it is paid."""
    opened = open_grant(ma)
    line = next((one for one in opened.grant.lines if one.public_id == khoan), None)
    if line is None:
        raise NotVisible
    if opened.grant.state is not GrantState.PLANNED or not may_be_fixed(line):
        return not_possible(opened)
    form: Any = forms.FixForm()
    form.fit(has_amount=line.kind in TO_FIX, has_months=line.period is not Period.ONCE)
    heading = _("Ấn định khoản chi")
    hint = f"{line.text}. {line.formula}"
    if request.method != "POST":
        _begin(form, line)
        return _page(opened, form, heading, hint)
    if not form.validate():
        return _page(opened, form, heading, hint), 422
    try:
        operations.fix_line(
            opened.session,
            line,
            amount=form.amount.vnd if "amount" in form else None,
            months=form.months.data if "months" in form else None,
            ground=form.ground.data or "",
            act=opened.act,
        )
    except operations.NotPossible:
        return not_possible(opened)
    except REFUSALS as refused:
        return _again(opened, form, refused, heading, hint)
    return kept(opened, _("Đã ấn định. Lịch chi được lập lại."))


def may_be_fixed(line: GrantLine) -> bool:
    """Whether an officer has something to fix about a line: a sum, or an end."""
    return line.kind in TO_FIX or line.period is not Period.ONCE


def _begin(form: Any, line: GrantLine) -> None:
    if "amount" in form and line.amount_vnd is not None:
        form.amount.data = f"{line.amount_vnd:,}".replace(",", ".")
    if "months" in form:
        form.months.data = line.months


def _payment(opened: OpenedGrant, phan: str) -> GrantPayment:
    found = (one for line in opened.grant.lines for one in line.payments if one.public_id == phan)
    payment = next(found, None)
    if payment is None:
        raise NotVisible
    return payment


def _again(
    opened: OpenedGrant, form: Any, refused: Exception, heading: str, hint: str
) -> ResponseReturnValue:
    ma = opened.ma
    opened.session.rollback()
    put(form, refused)
    return _page(open_grant(ma), form, heading, hint), 422


def _page(opened: OpenedGrant, form: Any, heading: str, hint: str) -> str:
    page = render_template(
        "grants/act.html",
        form=form,
        heading=heading,
        hint=hint,
        back=home_of(opened),
        name=shown_name(opened.decision.person),
        title=opened.decision.policy_version.title,
    )
    keep_read("ho-tro", [opened.decision.person.public_id])
    return page
