"""The forms of tasks that are ordered or assigned."""

from typing import Any

from wtforms import HiddenField, RadioField, SelectField
from wtforms.validators import ValidationError

from registry.networks.forms.associations import DAY, Choices
from registry.networks.forms.words import TASK_KIND, TASK_LEVEL, TASK_WAY
from registry.policies.forms.fields import MoneyField
from registry.policies.rules.budgets import MOST_PLANNED
from registry.web.choices import choices
from registry.web.dates import DateBoxes
from registry.web.forms import CleanString, CleanText, Required, WebForm
from registry.web.i18n import gettext as _
from registry.web.i18n import lazy_gettext as _l


class TaskForm(WebForm):
    """What is ordered or assigned."""

    submission = HiddenField()
    way = RadioField(
        _l("Đặt hàng hay giao nhiệm vụ"),
        [Required(_l("Chọn đặt hàng hoặc giao nhiệm vụ"))],
        choices=choices((one.value, text) for one, text in TASK_WAY.items()),
    )
    kind = SelectField(
        _l("Loại"),
        [Required(_l("Chọn loại"))],
        choices=choices((one.value, text) for one, text in TASK_KIND.items()),
    )
    level = SelectField(
        _l("Cấp"),
        [Required(_l("Chọn cấp"))],
        choices=choices((one.value, text) for one, text in TASK_LEVEL.items()),
    )
    title = CleanText(_l("Tên nhiệm vụ"), [Required(_l("Ghi tên nhiệm vụ"))], limit=500)
    document = CleanString(
        _l("Văn bản"), limit=500, description=_l("Ví dụ: Quyết định số 12/QĐ-UBND ngày 05/01/2026")
    )
    office = SelectField(_l("Đơn vị và địa bàn quản lý"), [Required(_l("Chọn đơn vị"))], choices=[])
    orderer = SelectField(_l("Cơ quan đặt hàng, giao nhiệm vụ"), choices=[])
    performer = SelectField(_l("Tổ chức thực hiện"), choices=[])
    performer_text = CleanString(_l("Tổ chức thực hiện ngoài danh sách"), limit=200)
    budget_line = CleanString(
        _l("Dòng ngân sách"), limit=500, description=_l("Ví dụ: Sự nghiệp khoa học và công nghệ năm 2026")
    )
    budget = MoneyField(_l("Kinh phí (đồng)"), limit=40, description=_l("Ví dụ: 450.000.000 hoặc 450 triệu"))
    deliverable = CleanText(_l("Sản phẩm phải giao"), [Required(_l("Ghi sản phẩm phải giao"))], limit=500)
    ordered_on = DateBoxes(_l("Ngày đặt hàng, giao nhiệm vụ"), [Required(_l("Nhập ngày"))], sentence=DAY)
    due_on = DateBoxes(_l("Hạn"), sentence=DAY)

    def offer(self, offices: Choices, organisations: Choices) -> None:
        """The offices tasks may be kept for; who may order and who may perform."""
        if "office" in self:  # an office that keeps a task goes on keeping it
            self.office.choices = choices([("", _("Chọn đơn vị")), *offices])
        self.orderer.choices = choices([("", _("Chưa chọn")), *organisations])
        self.performer.choices = choices([("", _("Không có trong danh sách")), *organisations])

    def check_performer(self) -> bool:
        """Whether one organisation performs it, from the list or as words; said beside the field."""
        if bool(self.performer_text.data) != bool(self.performer.data):
            return True
        self.performer_text.errors = [_("Chọn tổ chức trong danh sách, hoặc ghi tên tổ chức ngoài danh sách")]
        return False

    def validate_budget(self, field: Any) -> None:
        """The sum is within reason."""
        if field.vnd is not None and not 0 <= field.vnd <= MOST_PLANNED:
            raise ValidationError(_("Số tiền phải từ 0 đến 1.000.000 tỷ đồng"))

    def validate_due_on(self, field: Any) -> None:
        """Not before it was ordered."""
        if field.data and self.ordered_on.data and field.data < self.ordered_on.data:
            raise ValidationError(_("Hạn không được trước ngày đặt hàng, giao nhiệm vụ"))


class DeliveredForm(WebForm):
    """When the deliverable came."""

    on = DateBoxes(_l("Ngày giao nộp"), [Required(_l("Nhập ngày giao nộp"))], sentence=DAY)


class ApprovedForm(WebForm):
    """The acceptance."""

    on = DateBoxes(_l("Ngày nghiệm thu"), [Required(_l("Nhập ngày nghiệm thu"))], sentence=DAY)
    who = CleanString(_l("Ai nghiệm thu"), [Required(_l("Ghi hội đồng hoặc cơ quan nghiệm thu"))], limit=200)
    result = CleanText(
        _l("Kết quả"), [Required(_l("Ghi kết quả nghiệm thu, ví dụ: Đạt, xếp loại khá"))], limit=500
    )


class RefusedForm(WebForm):
    """Why nobody performs it."""

    reason = CleanText(_l("Lý do"), [Required(_l("Ghi lý do không thực hiện"))], limit=500)
