"""Comparing one figure with its source: of a document, of a value, of a year of a list. And what is to be looked at again."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session

from registry import formats
from registry.accounts.access import current_account, require
from registry.accounts.rules import Permission
from registry.policies import operations
from registry.policies.forms.fields import CompareForm
from registry.policies.models import LegalDocument, ParameterValue, PolicyVersion, YearlyListYear
from registry.policies.operations import Compared, FigureChanged
from registry.policies.queries.parameters import list_year_of, value_of
from registry.policies.queries.verified import Owner, overdue
from registry.policies.rules.figures import REVIEWED_AFTER_YEARS
from registry.policies.views.blueprint import bp, may_write, opened_document
from registry.policies.views.documents import name_of
from registry.web.clock import now, today
from registry.web.database import db_session
from registry.web.errors import NotVisible
from registry.web.i18n import current_language
from registry.web.i18n import gettext as _


@dataclass(frozen=True)
class _Looked:
    """What is compared, what it says, the source that is written beside it, and where it came from."""

    owner: Owner
    heading: str
    says: list[tuple[str, Any]]
    source: str
    back: str
    place: str


@bp.route("/van-ban/<ma>/kiem-chung", methods=["GET", "POST"])
@require(Permission.POLICIES_WRITE)
def verify_document(ma: str) -> ResponseReturnValue:
    """Number, issuer and days of a document."""
    session = db_session()
    found = opened_document(session, ma)
    says = [
        (_("Số, ký hiệu"), name_of(found)),
        (_("Cơ quan ban hành"), found.issuer),
        (_("Ngày ký"), _day(found.signed_on)),
        (_("Hiệu lực"), formats.date_range(found.effective_from, found.effective_to, current_language())),
    ]
    back = url_for(".document", ma=ma)
    return _compare(session, _Looked(found, found.title, says, found.number, back, _("Văn bản")))


@bp.route("/tham-so/moc/<ma>/kiem-chung", methods=["GET", "POST"])
@require(Permission.POLICIES_WRITE)
def verify_value(ma: str) -> ResponseReturnValue:
    """A value of a parameter and its first day."""
    session = db_session()
    found = value_of(session, ma)
    if found is None:
        raise NotVisible
    says = [
        (_("Giá trị"), formats.money(found.value_vnd, current_language())),
        (_("Áp dụng từ ngày"), _day(found.valid_from)),
        (_("Theo văn bản"), name_of(found.document) if found.document else ""),
    ]
    source = found.document.number if found.document else ""
    return _compare(
        session, _Looked(found, found.parameter.name, says, source, url_for(".parameters"), _("Tham số"))
    )


@bp.route("/danh-muc-nam/nam/<ma>/kiem-chung", methods=["GET", "POST"])
@require(Permission.POLICIES_WRITE)
def verify_year(ma: str) -> ResponseReturnValue:
    """The fields of a year."""
    session = db_session()
    found = list_year_of(session, ma)
    if found is None:
        raise NotVisible
    says = [(_("Năm"), found.year), (_("Mã ngành đào tạo"), ", ".join(found.field_codes))]
    source = found.document.number if found.document else ""
    return _compare(
        session, _Looked(found, found.yearly_list.name, says, source, url_for(".lists"), _("Danh mục năm"))
    )


def _compare(session: Session, looked: _Looked) -> ResponseReturnValue:
    """The form, and keeping what it says."""
    form, on = CompareForm(), today()
    if request.method != "POST":
        form.source.data, form.checked_on.data = looked.source, on
        form.review_on.data = review_day(on)
        return _page(form, looked)
    compared = compared_with(form, on)
    if compared is None:
        return _page(form, looked), 422
    try:
        operations.verify_figure(session, looked.owner, compared, by=current_account().id, at=now())
    except FigureChanged:
        raise NotVisible from None
    session.commit()
    flash(_("Đã ghi kiểm chứng."), "ok")
    return redirect(looked.back, 303)


def compared_with(form: CompareForm, on: date) -> Compared | None:
    """What was typed of a comparison; None, with sentences, when it is not whole or lies in the future."""
    if not form.validate() or form.checked_on.data is None or form.review_on.data is None:
        return None
    if form.checked_on.data > on:
        form.checked_on.errors = [_("Ngày đối chiếu không được sau hôm nay")]
        return None
    return Compared(form.source.data or "", form.checked_on.data, form.review_on.data)


def review_day(on: date) -> date:
    """A year from a day."""
    year = on.year + REVIEWED_AFTER_YEARS
    return on.replace(year=year, day=28) if (on.month, on.day) == (2, 29) else on.replace(year=year)


def _page(form: CompareForm, looked: _Looked) -> str:
    return render_template("policies/compare.html", form=form, looked=looked)


def _day(day: date | None) -> str:
    return "" if day is None else formats.date(day, current_language())


@bp.get("/chinh-sach/quan-tri/can-xem-lai")
@require(Permission.POLICIES_READ)
def reviews() -> ResponseReturnValue:
    """What was verified too long ago."""
    session, on = db_session(), today()
    lines = [
        {"verification": one.verification, **_of_owner(one.owner, one.verification.figure)}
        for one in overdue(session, on)
    ]
    return render_template("policies/reviews.html", lines=lines, on=on, may_write=may_write())


def _of_owner(owner: Owner, figure: str) -> dict[str, Any]:
    """What the figure is called, and the page on which it is compared again."""
    if isinstance(owner, PolicyVersion):
        where = url_for(".verify_version", ma=owner.policy.code, ban=owner.number)
        return {"name": owner.title, "what": figure, "href": where}
    if isinstance(owner, LegalDocument):
        return {
            "name": name_of(owner),
            "what": _("văn bản"),
            "href": url_for(".verify_document", ma=owner.code),
        }
    if isinstance(owner, ParameterValue):
        amount = formats.money(owner.value_vnd, current_language())
        where = url_for(".verify_value", ma=owner.public_id)
        return {"name": owner.parameter.name, "what": amount, "href": where}
    return _of_year(owner)


def _of_year(owner: YearlyListYear) -> dict[str, Any]:
    where = url_for(".verify_year", ma=owner.public_id)
    return {"name": owner.yearly_list.name, "what": str(owner.year), "href": where}
