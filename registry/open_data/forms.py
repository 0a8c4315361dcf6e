"""The forms of a set, of a release, and of a reason."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from wtforms import HiddenField, SelectField
from wtforms.validators import Regexp, ValidationError

from registry.open_data.rules.kinds import KIND_WORDS, LICENCES, THEME_WORDS
from registry.web.choices import choices
from registry.web.clock import today
from registry.web.dates import DateBoxes
from registry.web.forms import CleanString, CleanText, Required, WebForm
from registry.web.i18n import gettext as _
from registry.web.i18n import lazy_gettext as _l

_DAY = _l("Ngày phải có thật, ví dụ 30 06 2026")
_EARLIEST = date(1945, 9, 2)
Choices = Sequence[tuple[str, Any]]


class DescribeForm(WebForm):
    """What is said of a set in both languages."""

    version = HiddenField()
    title = CleanString(_l("Tên bộ dữ liệu"), [Required(_l("Nhập tên bộ dữ liệu"))], limit=200)
    title_en = CleanString(_l("Tên bằng tiếng Anh"), [Required(_l("Nhập tên bằng tiếng Anh"))], limit=200)
    description = CleanText(_l("Mô tả"), [Required(_l("Ghi bộ dữ liệu cho biết gì, đếm thế nào"))], limit=500)
    description_en = CleanText(
        _l("Mô tả bằng tiếng Anh"), [Required(_l("Ghi mô tả bằng tiếng Anh"))], limit=500
    )
    publisher = CleanString(
        _l("Cơ quan công bố"),
        [Required(_l("Ghi cơ quan công bố"))],
        limit=200,
        description=_l("Tên cơ quan, không ghi tên người."),
    )
    licence = SelectField(_l("Giấy phép"), [Required(_l("Chọn giấy phép"))], choices=[])
    theme = SelectField(_l("Chủ đề"), [Required(_l("Chọn chủ đề"))], choices=[])

    def offer_words(self) -> None:
        """The closed lists."""
        self.licence.choices = choices([(one.value, facts.name) for one, facts in LICENCES.items()])
        self.theme.choices = choices([(one.value, _(text)) for one, text in THEME_WORDS.items()])


class DatasetForm(DescribeForm):
    """A new set: its address, its table and its place stay as they are for good."""

    code = CleanString(
        _l("Địa chỉ"),
        [
            Required(_l("Nhập địa chỉ, ví dụ dao-tao-lai-chau")),
            Regexp(
                r"^[a-z0-9]+(?:-[a-z0-9]+)*$",
                message=_l("Địa chỉ chỉ gồm chữ thường không dấu, số và gạch nối, ví dụ dao-tao-lai-chau"),
            ),
        ],
        limit=40,
        description=_l("Chữ thường không dấu, số và gạch nối. Không sửa được sau khi lưu."),
    )
    kind = SelectField(_l("Bảng số liệu"), [Required(_l("Chọn bảng số liệu"))], choices=[])
    place = SelectField(_l("Địa bàn"), [Required(_l("Chọn địa bàn"))], choices=[])
    programme = SelectField(
        _l("Chương trình"),
        choices=[],
        description=_l("Chỉ dùng cho bảng chỉ tiêu; để trống là mọi chương trình."),
    )

    def offer(self, places: Choices, programmes: Choices) -> None:
        """The lists other rooms keep."""
        self.offer_words()
        self.kind.choices = choices(
            [("", _("Chọn bảng số liệu")), *((one.value, _(text)) for one, text in KIND_WORDS.items())]
        )
        self.place.choices = choices([("", _("Chọn địa bàn")), *places])
        self.programme.choices = choices([("", _("Mọi chương trình")), *programmes])


class StockForm(WebForm):
    """A release of what is counted as it stands today."""

    note = CleanString(_l("Ghi chú cho người đọc"), limit=500, description=_l("Ví dụ: số sơ bộ."))


class PeriodForm(StockForm):
    """A release of a period."""

    starts = DateBoxes(_l("Từ ngày"), [Required(_l("Nhập ngày đầu kỳ"))], sentence=_DAY)
    ends = DateBoxes(_l("Đến hết ngày"), [Required(_l("Nhập ngày cuối kỳ"))], sentence=_DAY)

    def validate_starts(self, field: Any) -> None:
        """Within reason."""
        if field.data and field.data < _EARLIEST:
            raise ValidationError(_("Ngày đầu kỳ không được trước ngày 02/09/1945"))

    def validate_ends(self, field: Any) -> None:
        """The last day is not before the first, and has come: a period that still runs would be published as a whole one."""
        start: date | None = self.starts.data
        if field.data and field.data > today():
            raise ValidationError(_("Ngày cuối kỳ không được sau hôm nay, vì số liệu của kỳ chưa đủ"))
        if start and field.data and field.data < start:
            raise ValidationError(_("Ngày cuối không được trước ngày đầu"))


class ReasonForm(WebForm):
    """Why a release is refused or withdrawn."""

    reason = CleanText(_l("Lý do"), [Required(_l("Ghi lý do"))], limit=500)
