"""Forms of orders (đặt hàng) and quotas (chỉ tiêu). Shape and words."""

from typing import Any

from wtforms import HiddenField, SelectMultipleField
from wtforms.validators import StopValidation

from registry.training.forms import words
from registry.training.forms.courses import refuse_earlier
from registry.training.forms.fields import (
    DOCUMENT_LIMIT,
    NOTE_LIMIT,
    code_field,
    day_field,
    named_organisation,
    office_field,
    one_of,
    whole,
)
from registry.training.forms.sessions import refuse_future
from registry.web.choices import choices
from registry.web.forms import CleanString, CleanText, Required, WebForm
from registry.web.i18n import gettext as _
from registry.web.i18n import lazy_gettext as _l

MOST_PEOPLE = 1_000_000


class OrderForm(WebForm):
    """Which occupation, how many, from whom, for whom, until when."""

    version = HiddenField()
    code = code_field(_l("Ví dụ: DH-2026-03"))
    occupation = CleanString(
        _l("Nghề, vị trí cần đào tạo"),
        [Required(_l("Nhập nghề cần đào tạo"))],
        description=_l("Ví dụ: Kỹ thuật viên vận hành nhà máy điện"),
    )
    number = whole(_l("Số người"), 1, MOST_PEOPLE, required=_l("Nhập số người"))
    ordering = named_organisation(
        _l("Đơn vị, doanh nghiệp đặt hàng"), required=_l("Nhập đơn vị hoặc doanh nghiệp đặt hàng")
    )
    provider = named_organisation(_l("Cơ sở đào tạo"))
    office = office_field()
    ordered_on = day_field(_l("Ngày đặt"))
    deadline = day_field(_l("Hạn bàn giao"))
    session_code = CleanString(_l("Mã lớp thực hiện"), limit=40, description=_l("Để trống khi chưa mở lớp."))
    note = CleanText(_l("Yêu cầu"), limit=2_000)

    def validate_deadline(self, field: Any) -> None:
        """Not before the day of the order."""
        refuse_earlier(field, self.ordered_on.data)


class CloseForm(WebForm):
    """What came of an order."""

    result_number = whole(
        _l("Số người đã đào tạo"), 0, MOST_PEOPLE, required=_l("Nhập số người, có thể là 0")
    )
    closed_on = day_field(_l("Ngày kết thúc"), required=_l("Nhập ngày kết thúc"))
    result_note = CleanString(_l("Kết quả, lý do"), limit=NOTE_LIMIT)

    def validate_closed_on(self, field: Any) -> None:
        """A day that has come."""
        refuse_future(field)


class QuotaForm(WebForm):
    """How much in a period, in which measure, for which levels and field."""

    version = HiddenField()
    name = CleanString(
        _l("Tên chỉ tiêu"),
        [Required(_l("Nhập tên chỉ tiêu"))],
        description=_l("Ví dụ: Đào tạo sơ cấp và dưới 3 tháng năm 2025"),
    )
    office = office_field()
    period_start = day_field(_l("Từ ngày"), required=_l("Nhập ngày bắt đầu"))
    period_end = day_field(_l("Đến hết ngày"), required=_l("Nhập ngày kết thúc"))
    amount = whole(_l("Chỉ tiêu"), 1, MOST_PEOPLE, required=_l("Nhập chỉ tiêu"))
    measure = one_of(
        _l("Đơn vị tính"),
        words.MEASURE,
        required=_l("Chọn người hoặc lượt người"),
        description=_l("Một người học hai lớp là một người, hai lượt."),
    )
    category = one_of(_l("Nhóm"), words.CATEGORY, nothing=_l("Mọi nhóm"))
    levels = SelectMultipleField(
        _l("Trình độ, thời hạn"),
        choices=choices(words.LEVEL.items()),
        description=_l("Không chọn là mọi trình độ. Văn bản ghi gộp thì chọn gộp, không tự chia."),
    )
    field = one_of(_l("Lĩnh vực nghề"), words.FIELD, nothing=_l("Cả hai, hoặc không phải đào tạo nghề"))
    document = CleanString(_l("Văn bản"), limit=DOCUMENT_LIMIT)

    def validate_period_end(self, field: Any) -> None:
        """Not before the start, and no longer than a plan runs."""
        refuse_earlier(field, self.period_start.data)
        if field.data and self.period_start.data and field.data.year - self.period_start.data.year > 20:
            raise StopValidation(_("Nhập kỳ không quá 20 năm"))
