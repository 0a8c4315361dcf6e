"""The steps of a task: taken, delivered, accepted (nghiệm thu), or not performed."""

from collections.abc import Callable
from typing import Any

from flask import render_template, request, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session

from registry import formats
from registry.accounts.access import require, session_and
from registry.accounts.rules import Permission
from registry.networks import operations
from registry.networks.forms.tasks import ApprovedForm, DeliveredForm, RefusedForm
from registry.networks.forms.words import TASK_STEP
from registry.networks.models import OrderedTask
from registry.networks.operations import Acceptance, WrongStep
from registry.networks.queries.tasks import task_of
from registry.networks.rules import TaskState
from registry.networks.views.blueprint import bp, by, saved
from registry.web.clock import now, today
from registry.web.i18n import current_language
from registry.web.i18n import gettext as _

Deed = Callable[[Session, OrderedTask, Any], None]


@bp.post("/mang-luoi/nhiem-vu/<ma>/nhan")
@require(Permission.PROGRAMMES_WRITE)
def accept_task(ma: str) -> ResponseReturnValue:
    """Taken, or given back to be mended."""
    session, one = session_and(task_of, ma)
    return _done(session, one, lambda: operations.accept_task(session, one, by=by(), at=now()))


@bp.route("/mang-luoi/nhiem-vu/<ma>/giao-nop", methods=["GET", "POST"])
@require(Permission.PROGRAMMES_WRITE)
def deliver_task(ma: str) -> ResponseReturnValue:
    """The deliverable came."""
    form = DeliveredForm() if request.method == "POST" else DeliveredForm(formdata=None)

    def deed(session: Session, one: OrderedTask, filled: DeliveredForm) -> None:
        assert filled.on.data is not None  # noqa: S101 - the form asked for it
        operations.deliver_task(session, one, filled.on.data, by=by(), at=now())

    return _stepped(ma, form, TaskState.DELIVERED, deed)


@bp.route("/mang-luoi/nhiem-vu/<ma>/nghiem-thu", methods=["GET", "POST"])
@require(Permission.PROGRAMMES_WRITE)
def approve_task(ma: str) -> ResponseReturnValue:
    """What came was examined and accepted."""
    form = ApprovedForm() if request.method == "POST" else ApprovedForm(formdata=None)

    def deed(session: Session, one: OrderedTask, filled: ApprovedForm) -> None:
        assert filled.on.data is not None  # noqa: S101 - the form asked for it
        found = Acceptance(filled.on.data, str(filled.who.data), str(filled.result.data))
        operations.approve_task(session, one, found, by=by(), at=now())

    return _stepped(ma, form, TaskState.APPROVED, deed)


@bp.route("/mang-luoi/nhiem-vu/<ma>/khong-thuc-hien", methods=["GET", "POST"])
@require(Permission.PROGRAMMES_WRITE)
def refuse_task(ma: str) -> ResponseReturnValue:
    """Nobody performs it."""
    form = RefusedForm() if request.method == "POST" else RefusedForm(formdata=None)

    def deed(session: Session, one: OrderedTask, filled: RefusedForm) -> None:
        operations.refuse_task(session, one, str(filled.reason.data), by=by(), at=now())

    return _stepped(ma, form, TaskState.REFUSED, deed)


def _stepped(ma: str, form: Any, state: TaskState, deed: Deed) -> ResponseReturnValue:
    """The page of a step, or the step itself."""
    session, one = session_and(task_of, ma)
    if request.method == "POST" and form.validate() and _days_fit(form, one):
        return _done(session, one, lambda: deed(session, one, form))
    back = url_for("networks.task", ma=ma)
    page = render_template(
        "networks/form.html",
        form=form,
        heading=str(TASK_STEP[state]),
        back=back,
        crumb=[(url_for("networks.tasks"), _("Nhiệm vụ")), (back, one.title)],
        words=one.title,
    )
    return (page, 422) if request.method == "POST" else page


def _days_fit(form: Any, one: OrderedTask) -> bool:
    """Whether the day of a step lies between what came before and today; said beside the field."""
    if "on" not in form or form.on.data is None:
        return True
    first = one.delivered_on or one.ordered_on
    if first <= form.on.data <= today():
        return True
    language = current_language()
    days = {"first": formats.date(first, language), "last": formats.date(today(), language)}
    form.on.errors = [_("Ngày phải từ %(first)s, ngày của bước trước, đến hôm nay %(last)s", **days)]
    return False


def _done(session: Session, one: OrderedTask, deed: Callable[[], None]) -> ResponseReturnValue:
    back = url_for("networks.task", ma=one.public_id)
    try:
        deed()
    except WrongStep:
        session.rollback()
        return saved(session, back, _("Nhiệm vụ không còn ở bước này. Xem lại trạng thái."))
    return saved(session, back)
