"""Orders (đặt hàng) and quotas (chỉ tiêu): lists, one order, making, revising, ending with a result."""

from typing import Any

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from registry.accounts.access import current_viewer, may, require
from registry.accounts.rules import Permission
from registry.training import operations
from registry.training.forms import words
from registry.training.forms.plans import CloseForm, OrderForm, QuotaForm
from registry.training.models import TrainingOrder, TrainingQuota, TrainingSession
from registry.training.operations import NotPossible
from registry.training.queries.counting import quota_lines
from registry.training.queries.registers import order_of, orders_page, quotas
from registry.training.queries.scopes import row_of
from registry.training.queries.sessions import session_with_code
from registry.training.rules import ORDER_STEPS, OrderState, percent
from registry.training.views.blueprint import (
    act,
    add_error,
    bp,
    chosen,
    form_page,
    found_or_hidden,
    may_write,
    not_possible,
    offer_offices,
    office_columns,
    office_said,
    organisation_said,
    saved,
    text,
    version_sent,
    writable,
)
from registry.web.clock import today
from registry.web.database import db_session
from registry.web.i18n import gettext as _
from registry.web.paging import page_number

_SAME = ("code", "occupation", "number", "ordered_on", "deadline", "note")
_QUOTA = ("name", "period_start", "period_end", "amount", "measure", "field", "document")


@bp.get("/dao-tao/dat-hang")
@require(Permission.TRAINING_READ)
def orders() -> ResponseReturnValue:
    """Orders of agencies and enterprises, those due first on top."""
    state = chosen(request.args.get("trang-thai"), words.ORDER)
    found = orders_page(db_session(), current_viewer(), state, page_number(request.args.get("trang")))
    return render_template(
        "training/orders.html",
        found=found,
        words=words,
        state=state or "",
        args={"trang-thai": state} if state else {},
        on=today(),
        may_write=may_write(),
    )


@bp.get("/dao-tao/dat-hang/<ma>")
@require(Permission.TRAINING_READ)
def order(ma: str) -> ResponseReturnValue:
    """One order with what came of it."""
    one = _order(ma)
    writes = may(Permission.TRAINING_WRITE, one)
    return render_template(
        "training/order.html",
        order=one,
        words=words,
        moves=[step for step in words.ORDER_MOVE if writes and step in ORDER_STEPS[one.state]],
        may_write=writes,
        may_close=writes and OrderState.CLOSED in ORDER_STEPS[one.state],
        percent=percent(one.result_number or 0, one.number) if one.result_number is not None else None,
        session_visible=one.session is not None
        and row_of(db_session(), current_viewer(), TrainingSession, one.session.public_id) is not None,
    )


def _order(ma: str, *, to_write: bool = False) -> TrainingOrder:
    one = found_or_hidden(order_of(db_session(), current_viewer(), ma))
    return writable(one) if to_write else one


@bp.route("/dao-tao/dat-hang/tao", methods=["GET", "POST"])
@require(Permission.TRAINING_WRITE)
def create_order() -> ResponseReturnValue:
    """A new order; with «thieu» the shortage that opened it."""
    form = OrderForm()
    offer_offices(form)

    def page() -> str:
        return form_page(form, _("Thêm đặt hàng đào tạo"), url_for("training.orders"))

    if request.method != "POST":
        return page()
    values = _order_said(form)
    if values is None:
        return page(), 422

    def do() -> str:
        made = operations.create(db_session(), TrainingOrder(state=OrderState.ASKED, **values), act())
        flash(_("Đã lưu đặt hàng %(code)s.", code=made.code), "ok")
        return url_for("training.order", ma=made.public_id)

    return saved(form, do, page)


@bp.route("/dao-tao/dat-hang/<ma>/sua", methods=["GET", "POST"])
@require(Permission.TRAINING_WRITE)
def edit_order(ma: str) -> ResponseReturnValue:
    """Save an order that is not closed."""
    one, back = _order(ma, to_write=True), url_for("training.order", ma=ma)
    if one.state is OrderState.CLOSED:
        return not_possible(_("Đặt hàng đã kết thúc: không sửa được nữa."), back)
    known = {name: getattr(one, name) for name in _SAME} | {
        "version": str(one.version),
        "ordering": one.ordering.name,
        "provider": "" if one.provider is None else one.provider.name,
        "session_code": "" if one.session is None else one.session.code,
    }
    form = OrderForm() if request.method == "POST" else OrderForm(formdata=None, data=known)
    offer_offices(form)
    if request.method != "POST":
        form.office.data = _office_value(one, form)

    def page() -> str:
        return form_page(form, _("Sửa đặt hàng %(code)s", code=one.code), back)

    if request.method != "POST":
        return page()
    values = _order_said(form)
    if values is None:
        return page(), 422

    def do() -> str:
        operations.revise(db_session(), one, values, act(), version=version_sent(form))
        flash(_("Đã lưu thay đổi."), "ok")
        return back

    return saved(form, do, page, version=lambda: one.version)


def _office_value(one: TrainingOrder, form: OrderForm) -> str:
    """The office an order is kept by: that of its organisation path among those offered, else its unit."""
    known = {str(value) for value, *_rest in form.office.choices or ()}
    wanted = f"organisation:{one.ordering.public_id}"
    is_own = one.organisation_path == one.ordering.path and wanted in known
    return wanted if is_own else f"unit:{one.unit_path}"


def _order_said(form: OrderForm) -> dict[str, Any] | None:
    if not form.validate():
        return None
    office = office_said(form)
    ordering, provider = organisation_said(form.ordering), organisation_said(form.provider)
    held = _session_said(form)
    if office is None or ordering is None or form.errors:
        return None
    return office_columns(office, with_organisation=False) | {
        **{name: getattr(form, name).data or None for name in ("number", "ordered_on", "deadline")},
        "code": text(form.code),
        "occupation": text(form.occupation),
        "note": text(form.note),
        "ordering_id": ordering.id,
        "provider_id": None if provider is None else provider.id,
        "session_id": None if held is None else held.id,
    }


def _session_said(form: OrderForm) -> TrainingSession | None:
    if not form.session_code.data:
        return None
    found = session_with_code(db_session(), current_viewer(), text(form.session_code))
    if found is None:
        add_error(form.session_code, _("Không có lớp mang mã này trong phạm vi của bạn"))
    return found


@bp.post("/dao-tao/dat-hang/<ma>/chuyen")
@require(Permission.TRAINING_WRITE)
def move_order(ma: str) -> ResponseReturnValue:
    """Accepted, or delivered."""
    one, back = _order(ma, to_write=True), url_for("training.order", ma=ma)
    target = chosen(request.form.get("target"), words.ORDER_MOVE)
    try:
        if target is None:
            raise NotPossible
        operations.move_order(db_session(), one, target, act())
    except NotPossible:
        return not_possible(_("Đặt hàng đang ở trạng thái không chuyển như vậy được."), back)
    db_session().commit()
    flash(_("Đặt hàng đã chuyển sang «%(state)s».", state=words.ORDER[one.state]), "ok")
    return redirect(back, 303)


@bp.route("/dao-tao/dat-hang/<ma>/ket-thuc", methods=["GET", "POST"])
@require(Permission.TRAINING_WRITE)
def close_order(ma: str) -> ResponseReturnValue:
    """End an order with its result."""
    one, back = _order(ma, to_write=True), url_for("training.order", ma=ma)
    form = CloseForm() if request.method == "POST" else CloseForm(formdata=None, data={"closed_on": today()})

    def page() -> str:
        return form_page(form, _("Kết thúc đặt hàng"), back, about=f"{one.code} · {one.occupation}")

    if request.method != "POST":
        return page()
    if not form.validate():
        return page(), 422
    try:
        operations.close_order(
            db_session(),
            one,
            act(),
            result=form.result_number.data or 0,
            on=form.closed_on.data or today(),
            note=text(form.result_note),
        )
    except NotPossible:
        return not_possible(_("Đặt hàng đã kết thúc."), back)
    db_session().commit()
    flash(_("Đã kết thúc đặt hàng với kết quả."), "ok")
    return redirect(back, 303)


@bp.get("/dao-tao/chi-tieu")
@require(Permission.TRAINING_READ)
def quota_list() -> ResponseReturnValue:
    """Quotas with what was done; each percent has its own plan, and none is made where there is no plan."""
    session, viewer = db_session(), current_viewer()
    lines = quota_lines(session, viewer, quotas(session, viewer))
    return render_template(
        "training/quotas.html",
        lines=[(one, percent(one.result, one.quota.amount)) for one in lines],
        words=words,
        writable={one.quota.id for one in lines if may(Permission.TRAINING_WRITE, one.quota)},
        may_write=may_write(),
    )


@bp.route("/dao-tao/chi-tieu/tao", methods=["GET", "POST"])
@require(Permission.TRAINING_WRITE)
def create_quota() -> ResponseReturnValue:
    """A new quota."""
    form = QuotaForm()
    offer_offices(form)
    back = url_for("training.quota_list")

    def page() -> str:
        return form_page(form, _("Thêm chỉ tiêu"), back)

    if request.method != "POST":
        return page()
    values = _quota_said(form)
    if values is None:
        return page(), 422

    def do() -> str:
        operations.create(db_session(), TrainingQuota(**values), act())
        flash(_("Đã thêm chỉ tiêu."), "ok")
        return back

    return saved(form, do, page)


@bp.route("/dao-tao/chi-tieu/<ma>/sua", methods=["GET", "POST"])
@require(Permission.TRAINING_WRITE)
def edit_quota(ma: str) -> ResponseReturnValue:
    """Save a quota."""
    session, back = db_session(), url_for("training.quota_list")
    one = writable(found_or_hidden(row_of(session, current_viewer(), TrainingQuota, ma)))
    known = {name: getattr(one, name) for name in _QUOTA} | {
        "version": str(one.version),
        "category": one.category or "",
        "levels": list(one.level_codes),
    }
    form = QuotaForm() if request.method == "POST" else QuotaForm(formdata=None, data=known)
    offer_offices(form, one)

    def page() -> str:
        return form_page(form, _("Sửa chỉ tiêu"), back)

    if request.method != "POST":
        return page()
    values = _quota_said(form)
    if values is None:
        return page(), 422

    def do() -> str:
        operations.revise(session, one, values, act(), version=version_sent(form))
        flash(_("Đã lưu thay đổi."), "ok")
        return back

    return saved(form, do, page, version=lambda: one.version)


def _quota_said(form: QuotaForm) -> dict[str, Any] | None:
    if not form.validate():
        return None
    office = office_said(form)
    if office is None:
        return None
    return office_columns(office) | {
        "name": text(form.name),
        "period_start": form.period_start.data,
        "period_end": form.period_end.data,
        "amount": form.amount.data,
        "measure": chosen(form.measure.data, words.MEASURE),
        "category": form.category.data or None,
        "levels": ",".join(form.levels.data or ()),
        "field": chosen(form.field.data, words.FIELD),
        "document": text(form.document),
    }
