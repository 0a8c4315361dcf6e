"""The forms of speaking to people from here, of visiting experts and of awards."""

from datetime import date
from typing import Any

from wtforms import HiddenField, SelectField, SelectMultipleField
from wtforms.validators import NumberRange, Optional, ValidationError

from registry.campaigns.forms.words import WAY
from registry.networks.forms.associations import CODE_HINT, DAY, Choices
from registry.networks.forms.words import AWARD_KIND, ORIGIN_ANSWER, ORIGIN_KIND, VISIT_KIND
from registry.web.choices import choices
from registry.web.dates import DateBoxes
from registry.web.forms import CleanString, CleanText, Required, WebForm, WholeNumber
from registry.web.i18n import gettext as _
from registry.web.i18n import lazy_gettext as _l


class AttemptForm(WebForm):
    """An attempt to speak to somebody."""

    way = SelectField(
        _l("Cách liên hệ"),
        [Required(_l("Chọn cách liên hệ"))],
        choices=choices((one.value, text) for one, text in WAY.items()),
    )
    on = DateBoxes(_l("Ngày liên hệ"), [Required(_l("Nhập ngày liên hệ"))], sentence=DAY)
    answer = SelectField(
        _l("Trả lời"),
        [Required(_l("Chọn câu trả lời"))],
        choices=choices((one.value, text) for one, text in ORIGIN_ANSWER.items()),
    )
    words = CleanText(_l("Người đó nói gì"), limit=2_000)
    role = CleanString(
        _l("Vai trò đã thống nhất"), limit=300, description=_l("Ví dụ: cố vấn từ xa, về làm toàn thời gian.")
    )
    next_on = DateBoxes(_l("Liên hệ lại ngày"), sentence=DAY)

    def check_day(self, today: date) -> bool:
        """Whether it already happened; said beside the field."""
        if self.on.data is None or self.on.data <= today:
            return True
        self.on.errors = [_("Ngày liên hệ không được sau hôm nay")]
        return False

    def validate_next_on(self, field: Any) -> None:
        """After this one."""
        if field.data and self.on.data and field.data < self.on.data:
            raise ValidationError(_("Ngày liên hệ lại không được trước ngày liên hệ"))


class KindsForm(WebForm):
    """Which of the four kinds somebody is of."""

    kinds = SelectMultipleField(
        _l("Nhóm do cán bộ ghi"), choices=choices((one.value, text) for one, text in ORIGIN_KIND.items())
    )


class VisitForm(WebForm):
    """A visiting expert."""

    submission = HiddenField()
    person = CleanString(_l("Mã hồ sơ"), limit=20, description=CODE_HINT)
    mark = CleanString(
        _l("Số trong danh sách của đơn vị"), limit=40, description=_l("Ví dụ: CG-07. Không ghi tên người.")
    )
    country = SelectField(_l("Quốc tịch"), choices=[])
    kind = SelectField(
        _l("Đến để"),
        [Required(_l("Chọn chuyên gia đến để làm gì"))],
        choices=choices((one.value, text) for one, text in VISIT_KIND.items()),
    )
    starts = DateBoxes(_l("Từ ngày"), [Required(_l("Nhập ngày bắt đầu"))], sentence=DAY)
    ends = DateBoxes(_l("Đến hết ngày"), sentence=DAY, description=_l("Để trống nếu chưa kết thúc."))
    host = SelectField(_l("Đơn vị tiếp nhận"), choices=[])
    host_text = CleanString(_l("Đơn vị tiếp nhận ngoài danh sách"), limit=200)
    days_a_week = WholeNumber(
        _l("Số ngày mỗi tuần"),
        [Optional(), NumberRange(min=1, max=7, message=_l("Số ngày mỗi tuần từ 1 đến 7"))],
    )
    office = SelectField(_l("Đơn vị và địa bàn quản lý"), [Required(_l("Chọn đơn vị"))], choices=[])

    def offer(self, offices: Choices, hosts: Choices, lands: Choices) -> None:
        """The lists other rooms keep."""
        self.office.choices = choices([("", _("Chọn đơn vị")), *offices])
        self.host.choices = choices([("", _("Không có trong danh sách")), *hosts])
        self.country.choices = choices([("", _("Chưa ghi")), *lands])

    def check_who(self) -> bool:
        """Whether a record or a number says whose visit it is; said beside the field."""
        if self.mark.data or self.person.data:
            return True
        self.mark.errors = [_("Ghi mã hồ sơ hoặc số trong danh sách của đơn vị")]
        return False

    def check_host(self) -> bool:
        """Whether one organisation receives the expert, from the list or as words; said beside the field."""
        if bool(self.host_text.data) != bool(self.host.data):
            return True
        self.host_text.errors = [_("Chọn đơn vị trong danh sách, hoặc ghi tên đơn vị ngoài danh sách")]
        return False


class AwardForm(WebForm):
    """What a collective was given or recognised for."""

    submission = HiddenField()
    organisation = SelectField(_l("Tập thể"), [Required(_l("Chọn tập thể"))], choices=[])
    kind = SelectField(
        _l("Loại"),
        [Required(_l("Chọn loại"))],
        choices=choices((one.value, text) for one, text in AWARD_KIND.items()),
    )
    title = CleanString(_l("Danh hiệu, nội dung"), [Required(_l("Ghi danh hiệu hoặc nội dung"))], limit=500)
    level = CleanString(_l("Cấp"), limit=200, description=_l("Ví dụ: cấp tỉnh, cấp bộ"))
    decision = CleanString(_l("Số quyết định"), limit=200)
    decided_by = CleanString(_l("Cơ quan quyết định"), limit=200)
    given_on = DateBoxes(_l("Ngày"), sentence=DAY)

    def offer(self, organisations: Choices) -> None:
        """Organisations that may be named."""
        self.organisation.choices = choices([("", _("Chọn tập thể")), *organisations])
