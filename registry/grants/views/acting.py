"""What happens to a grant: committed, suspended, taken up, extended, completed, ended, breached, paid back, waived.

Each has a page of its own that asks for what it needs; who did it proved who they are a short while ago.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from flask import render_template, request
from flask.typing import ResponseReturnValue

from registry.accounts.access import proved_lately, require
from registry.accounts.rules import Permission
from registry.grants import operations
from registry.grants.forms import acts as forms
from registry.grants.queries.promised import repayable_on
from registry.grants.queries.sealed import frozen_of
from registry.grants.rules import CommitmentState, EventKind, may_happen, repayment_of
from registry.grants.views.blueprint import (
    OpenedGrant,
    bp,
    done,
    home_of,
    keep_read,
    not_possible,
    open_grant,
    shown_name,
)
from registry.grants.views.refusals import REFUSALS, put
from registry.web.errors import NotVisible
from registry.web.i18n import lazy_gettext as _l


@dataclass(frozen=True)
class Doing:
    """One act: what it is called, what it asks for, what it does, what is said when it is done."""

    event: EventKind
    heading: Any
    form: type[Any]
    do: Callable[[OpenedGrant, Any], None]
    said: Any
    hint: Any = ""


def _commit(opened: OpenedGrant, form: Any) -> None:
    until = form.until.data if "until" in form else None
    operations.commit_grant(
        opened.session, opened.grant, opened.act, until=until, words=form.words.data or ""
    )


def _suspend(opened: OpenedGrant, form: Any) -> None:
    operations.suspend_grant(
        opened.session, opened.grant, opened.act, on=form.on.data, to=form.to.data, words=form.words.data
    )


def _resume(opened: OpenedGrant, form: Any) -> None:
    operations.resume_grant(
        opened.session, opened.grant, opened.act, on=form.on.data, words=form.words.data or ""
    )


def _extend(opened: OpenedGrant, form: Any) -> None:
    operations.extend_grant(
        opened.session, opened.grant, opened.act, until=form.until.data, words=form.words.data
    )


def _complete(opened: OpenedGrant, form: Any) -> None:
    operations.complete_grant(opened.session, opened.grant, opened.act, words=form.words.data or "")


def _end(opened: OpenedGrant, form: Any) -> None:
    operations.end_grant(opened.session, opened.grant, opened.act, words=form.words.data)


def _breach(opened: OpenedGrant, form: Any) -> None:
    amount = form.amount.vnd if "amount" in form else None
    operations.find_breach(
        opened.session, opened.grant, opened.act, on=form.on.data, words=form.words.data, amount=amount
    )


def _repaid(opened: OpenedGrant, form: Any) -> None:
    repaid = operations.Repaid(form.amount.vnd, form.on.data, form.voucher.data)
    operations.record_repaid(opened.session, opened.grant, repaid, opened.act, words=form.words.data or "")


DOINGS: Mapping[str, Doing] = {
    "cam-ket-chi": Doing(
        EventKind.COMMITTED,
        _l("Cam kết chi"),
        forms.CommitForm,
        _commit,
        _l("Đã cam kết chi. Lịch chi và thời gian cam kết có hiệu lực từ bây giờ."),
        _l(
            "Số tiền của từng khoản được chốt và không sửa được nữa. Nếu có cam kết phục vụ, thời gian bắt đầu tính."
        ),
    ),
    "tam-dung": Doing(
        EventKind.SUSPENDED,
        _l("Tạm dừng"),
        forms.SuspendForm,
        _suspend,
        _l("Đã tạm dừng. Trong thời gian này không ghi chi; thời gian cam kết đứng lại."),
    ),
    "tiep-tuc": Doing(EventKind.RESUMED, _l("Tiếp tục"), forms.ResumeForm, _resume, _l("Đã ghi: tiếp tục.")),
    "gia-han": Doing(
        EventKind.EXTENDED, _l("Gia hạn cam kết"), forms.ExtendForm, _extend, _l("Đã gia hạn cam kết.")
    ),
    "hoan-thanh": Doing(
        EventKind.COMPLETED,
        _l("Chi xong"),
        forms.NoteForm,
        _complete,
        _l("Đã ghi: chi xong. Cam kết vẫn tiếp tục đến ngày cuối."),
    ),
    "cham-dut": Doing(
        EventKind.ENDED,
        _l("Chấm dứt"),
        forms.ReasonForm,
        _end,
        _l("Đã chấm dứt. Những khoản chưa chi không chi nữa."),
        _l("Những khoản chưa chi không chi nữa. Cam kết cho số đã nhận vẫn tiếp tục."),
    ),
    "vi-pham": Doing(
        EventKind.BREACHED,
        _l("Ghi vi phạm cam kết"),
        forms.BreachForm,
        _breach,
        _l("Đã ghi vi phạm và số phải hoàn trả. Việc miễn do người khác có quyền duyệt quyết định."),
    ),
    "hoan-tra": Doing(
        EventKind.REPAID, _l("Ghi hoàn trả"), forms.RepaidForm, _repaid, _l("Đã ghi số tiền hoàn trả.")
    ),
}


def open_doings(opened: OpenedGrant) -> list[tuple[str, Any]]:
    """(name in the address, heading) of what may happen to the grant as it stands."""
    return [(name, one.heading) for name, one in DOINGS.items() if is_open(opened, one.event)]


def is_open(opened: OpenedGrant, event: EventKind) -> bool:
    """Whether an event may happen now; a breach and an extension need a promise that binds."""
    promised = opened.grant.commitment
    if event in (EventKind.BREACHED, EventKind.EXTENDED):
        binds = promised is not None and promised.state in (
            CommitmentState.RUNNING,
            CommitmentState.SUSPENDED,
        )
        return binds and may_happen(opened.grant.state, event)
    return may_happen(opened.grant.state, event)


@bp.route("/ho-tro/<ma>/viec/<viec>", methods=["GET", "POST"])
@require(Permission.GRANTS_DECIDE)
@proved_lately
def do(ma: str, viec: str) -> ResponseReturnValue:
    """One act on a grant."""
    opened, doing = open_grant(ma), DOINGS.get(viec)
    if doing is None:
        raise NotVisible
    if not is_open(opened, doing.event):
        return not_possible(opened)
    form = doing.form()
    _fit(opened, form)
    if request.method != "POST":
        return _page(opened, form, doing.heading, doing.hint)
    return _carry_out(opened, form, doing.heading, doing.hint, doing.do, doing.said)


def _fit(opened: OpenedGrant, form: Any) -> None:
    """Leave out what this grant does not need to be asked, and begin with today."""
    frozen: dict[str, Any] = frozen_of(opened.session, opened.decision) or {}
    is_commit, is_breach = type(form) is forms.CommitForm, type(form) is forms.BreachForm
    if is_commit and not frozen.get("given", {}).get("commitment", {}).get("needs"):
        del form.until
    if is_breach:
        found = repayable_on(frozen, opened.grant, opened.act.on)
        if found is not None and found.vnd is not None:
            del form.amount
    if request.method != "POST" and "on" in form:
        form.on.data = opened.act.on


@bp.route("/ho-tro/<ma>/mien", methods=["GET", "POST"])
@require(Permission.GRANTS_APPROVE)
@proved_lately
def waive(ma: str) -> ResponseReturnValue:
    """Free from what is still to be paid back."""
    opened = open_grant(ma)
    if not is_open(opened, EventKind.WAIVED):
        return not_possible(opened)
    form: Any = forms.WaiveForm()
    form.offer(repayment_of(frozen_of(opened.session, opened.decision) or {}).waived_when)
    heading = _l("Miễn hoàn trả")

    def free(found: OpenedGrant, filled: Any) -> None:
        words = filled.words.data if "ground" in filled else ""
        operations.waive_repayment(
            found.session, found.grant, found.act, ground=filled.chosen, words=words or ""
        )

    if request.method != "POST":
        return _page(opened, form, heading, "")
    return _carry_out(opened, form, heading, "", free, _l("Đã miễn số còn phải hoàn trả."))


def _carry_out(
    opened: OpenedGrant,
    form: Any,
    heading: Any,
    hint: Any,
    act: Callable[[OpenedGrant, Any], None],
    said: Any,
) -> ResponseReturnValue:
    if not form.validate():
        return _page(opened, form, heading, hint), 422
    ma = opened.ma
    try:
        act(opened, form)
    except operations.NotPossible:
        return not_possible(opened)
    except REFUSALS as refused:
        opened.session.rollback()
        put(form, refused)
        return _page(open_grant(ma), form, heading, hint), 422
    return done(opened, str(said))


def _page(opened: OpenedGrant, form: Any, heading: Any, hint: Any) -> str:
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
