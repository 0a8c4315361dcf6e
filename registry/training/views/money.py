"""«Kinh phí»: dedicated lines of programmes and courses, what was spent of them, and what was spent outside all of them."""

from typing import Any

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from registry.accounts.access import current_viewer, may, require
from registry.accounts.rules import Permission
from registry.formats import number
from registry.policies.rules.budgets import EntryKind, sums_of
from registry.training import operations
from registry.training.forms.money import KIND, BudgetLineForm, OutsideForm, SpendingForm
from registry.training.models import TrainingBudgetLine, TrainingCourse, TrainingProgramme
from registry.training.operations.spending import Money, spend
from registry.training.queries.money import (
    money_line_of,
    money_lines,
    money_years,
    named_training,
    spent_outside,
    with_sums,
)
from registry.training.views.blueprint import (
    act,
    add_error,
    bp,
    form_page,
    found_or_hidden,
    may_write,
    saved,
    text,
    version_sent,
    writable,
)
from registry.web.clock import today
from registry.web.database import db_session
from registry.web.i18n import gettext as _
from registry.web.paging import page_number


@bp.get("/dao-tao/kinh-phi")
@require(Permission.TRAINING_READ)
def money() -> ResponseReturnValue:
    """The dedicated lines of a year or of all; below, what was spent outside them."""
    session, viewer = db_session(), current_viewer()
    years = money_years(session, viewer)
    asked = request.args.get("nam", "")
    year = int(asked) if asked.isascii() and asked.isdigit() and len(asked) == 4 and int(asked) else None
    lines = money_lines(session, viewer, year)
    outside, sums = spent_outside(session, viewer, year, page_number(request.args.get("trang")))
    return render_template(
        "training/money.html",
        lines=lines,
        sums=sums_of(one.sums for one in lines),
        over=[one for one in lines if one.sums.is_over],
        outside=outside,
        outside_committed=sums[0],
        outside_paid=sums[1],
        years=years,
        year=year,
        args={"nam": str(year)} if year else {},
        kinds=KIND,
        may_write=may_write(),
    )


@bp.get("/dao-tao/kinh-phi/<ma>")
@require(Permission.TRAINING_READ)
def money_line(ma: str) -> ResponseReturnValue:
    """One line with its entries."""
    return _line_page(_line(ma), SpendingForm(formdata=None, data={"on": today()}))


@bp.post("/dao-tao/kinh-phi/<ma>/ghi")
@require(Permission.TRAINING_WRITE)
def spend_of_line(ma: str) -> ResponseReturnValue:
    """Enter money of a line; one that goes beyond its plan is entered, and said to."""
    row, form = _line(ma, to_write=True), SpendingForm()
    if not form.validate():
        return _line_page(row, form), 422
    session = db_session()
    spend(session, row, _money_said(form), act())
    session.commit()
    session.refresh(row)
    _warn_or_tell(row, _("Đã ghi."))
    return redirect(url_for("training.money_line", ma=ma), 303)


@bp.route("/dao-tao/kinh-phi/tao", methods=["GET", "POST"])
@require(Permission.TRAINING_WRITE)
def create_money_line() -> ResponseReturnValue:
    """A new dedicated line."""
    form = BudgetLineForm()

    def page() -> str:
        return form_page(form, _("Thêm dòng kinh phí riêng"), url_for("training.money"))

    if request.method != "POST":
        return page()
    values = _line_said(form)
    if values is None:
        return page(), 422

    def do() -> str:
        made = operations.create(db_session(), TrainingBudgetLine(**values), act())
        flash(_("Đã thêm dòng kinh phí."), "ok")
        return url_for("training.money_line", ma=made.public_id)

    return saved(form, do, page)


@bp.route("/dao-tao/kinh-phi/<ma>/sua", methods=["GET", "POST"])
@require(Permission.TRAINING_WRITE)
def edit_money_line(ma: str) -> ResponseReturnValue:
    """Save a line; what was entered for it stays."""
    row, back = _line(ma, to_write=True), url_for("training.money_line", ma=ma)
    known = {name: getattr(row, name) for name in ("name", "year", "source", "document")} | {
        "version": str(row.version),
        "planned": number(row.planned_vnd),
        "programme_code": row.programme.code if row.programme else "",
        "course_code": row.course.code if row.course else "",
    }
    form = BudgetLineForm() if request.method == "POST" else BudgetLineForm(formdata=None, data=known)

    def page() -> str:
        return form_page(form, _("Sửa dòng kinh phí"), back)

    if request.method != "POST":
        return page()
    values = _line_said(form)
    if values is None:
        return page(), 422

    def do() -> str:
        operations.revise(db_session(), row, values, act(), version=version_sent(form))
        _warn_or_tell(row, _("Đã lưu thay đổi."))
        return back

    return saved(form, do, page, version=lambda: row.version)


@bp.route("/dao-tao/kinh-phi/ngoai", methods=["GET", "POST"])
@require(Permission.TRAINING_WRITE)
def spend_outside() -> ResponseReturnValue:
    """Enter money for training that no dedicated line pays."""
    form = OutsideForm() if request.method == "POST" else OutsideForm(formdata=None, data={"on": today()})
    back = url_for("training.money")

    def page() -> str:
        return form_page(form, _("Ghi chi ngoài dòng kinh phí riêng"), back)

    if request.method != "POST":
        return page()
    of = _training_said(form) if form.validate() else None
    if of is None:
        return page(), 422
    session = db_session()
    spend(session, of, _money_said(form), act())
    session.commit()
    flash(_("Đã ghi vào danh sách chi ngoài dòng kinh phí riêng."), "ok")
    return redirect(back, 303)


def _line(ma: str, *, to_write: bool = False) -> TrainingBudgetLine:
    """A line is read and written by who reads and writes what it is for. Raises NotVisible."""
    row = found_or_hidden(money_line_of(db_session(), current_viewer(), ma))
    if to_write:
        writable(row.about)
    return row


def _line_page(row: TrainingBudgetLine, form: SpendingForm) -> str:
    return render_template(
        "training/money_line.html",
        line=row,
        sums=with_sums(row).sums,
        form=form,
        kinds=KIND,
        may_write=may(Permission.TRAINING_WRITE, row.about),
    )


def _warn_or_tell(row: TrainingBudgetLine, done: str) -> None:
    sums = with_sums(row).sums
    if sums.is_over:
        flash(_("%(done)s Đã cam kết quá dự toán %(over)s ₫.", done=done, over=number(sums.over)), "warn")
    else:
        flash(done, "ok")


def _money_said(form: SpendingForm) -> Money:
    amount = (form.amount.vnd or 0) * (-1 if form.takes_back.data else 1)
    return Money(EntryKind(form.kind.data), amount, form.on.data or today(), text(form.note))


def _line_said(form: BudgetLineForm) -> dict[str, Any] | None:
    if not form.validate():
        return None
    of = _training_said(form)
    if of is None:
        return None
    return {
        "programme": of if isinstance(of, TrainingProgramme) else None,
        "course": of if isinstance(of, TrainingCourse) else None,
        "name": text(form.name),
        "year": form.year.data,
        "source": text(form.source),
        "document": text(form.document),
        "planned_vnd": form.planned.vnd,
    }


def _training_said(form: Any) -> TrainingProgramme | TrainingCourse | None:
    """What the money is for, if the writer may write it; else None, with the error at the code."""
    codes = text(form.programme_code), text(form.course_code)
    found = [
        one
        for one in named_training(db_session(), current_viewer(), *codes)
        if may(Permission.TRAINING_WRITE, one)
    ]
    if found:
        return found[0]
    field = form.programme_code if codes[0] else form.course_code
    add_error(field, _("Không có mã này trong phạm vi bạn được ghi"))
    return None
