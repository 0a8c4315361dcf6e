"""Forms of the money of training: a dedicated line, and what was committed or paid. Shape and words."""

from collections.abc import Mapping
from typing import Any

from wtforms import BooleanField, HiddenField
from wtforms.validators import StopValidation, ValidationError

from registry.policies.forms.fields import MoneyField
from registry.policies.rules.budgets import EntryKind
from registry.training.forms.fields import CODE_LIMIT, DOCUMENT_LIMIT, NOTE_LIMIT, day_field, one_of, whole
from registry.training.forms.sessions import refuse_future
from registry.training.rules.money import FIRST_YEAR, LAST_YEAR
from registry.web.forms import CleanString, Required, WebForm
from registry.web.i18n import gettext as _
from registry.web.i18n import lazy_gettext as _l

KIND: Mapping[EntryKind, Any] = {EntryKind.COMMITTED: _l("Cam kết chi"), EntryKind.PAID: _l("Đã chi")}


class _WhatFor(WebForm):
    """The programme or the course, by its code: one of both."""

    programme_code = CleanString(
        _l("Mã chương trình"),
        limit=CODE_LIMIT,
        description=_l("Ghi mã chương trình hoặc mã khóa học, một trong hai."),
    )
    course_code = CleanString(_l("Mã khóa học"), limit=CODE_LIMIT)

    def validate_programme_code(self, field: Any) -> None:
        """One of both, not both."""
        if bool(field.data) == bool(self.course_code.data):
            raise StopValidation(_("Ghi mã chương trình hoặc mã khóa học, một trong hai"))


class BudgetLineForm(_WhatFor):
    """A dedicated line of a year."""

    version = HiddenField()
    name = CleanString(
        _l("Tên dòng kinh phí"),
        [Required(_l("Nhập tên dòng kinh phí"))],
        limit=200,
        description=_l("Ví dụ: Đào tạo nhân lực chất lượng cao năm 2026"),
    )
    year = whole(_l("Năm"), FIRST_YEAR, LAST_YEAR, required=_l("Nhập năm, ví dụ 2026"))
    source = CleanString(
        _l("Nguồn"),
        [Required(_l("Nhập nguồn kinh phí, ví dụ ngân sách tỉnh"))],
        limit=200,
        description=_l("Ví dụ: Ngân sách tỉnh, sự nghiệp giáo dục và đào tạo"),
    )
    document = CleanString(_l("Văn bản giao"), limit=DOCUMENT_LIMIT)
    planned = MoneyField(_l("Dự toán (₫)"), [Required(_l("Nhập dự toán, ví dụ 1.200.000.000"))], limit=40)


class SpendingForm(WebForm):
    """Money of a line."""

    kind = one_of(_l("Loại"), KIND)
    amount = MoneyField(_l("Số tiền (₫)"), [Required(_l("Nhập số tiền, ví dụ 120.000.000"))], limit=40)
    takes_back = BooleanField(_l("Dòng này rút lại số đã ghi nhầm"))
    on = day_field(_l("Ngày"), required=_l("Nhập ngày"))
    note = CleanString(_l("Nội dung chi"), limit=NOTE_LIMIT)

    def validate_on(self, field: Any) -> None:
        """A day that has come, within the years that are kept."""
        refuse_future(field)
        if field.data and field.data.year < FIRST_YEAR:
            raise ValidationError(_("Nhập ngày từ năm %(year)s trở đi", year=FIRST_YEAR))


class OutsideForm(SpendingForm, _WhatFor):
    """Money outside every dedicated line, with what it is for."""
