"""The forms of associations, their terms and members."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from wtforms import HiddenField, SelectField
from wtforms.validators import NumberRange, ValidationError

from registry.networks.forms.words import ROLE
from registry.networks.rules import MemberRole
from registry.web.choices import choices
from registry.web.clock import today
from registry.web.dates import DateBoxes
from registry.web.forms import CleanString, CleanText, Required, WebForm, WholeNumber
from registry.web.i18n import gettext as _
from registry.web.i18n import lazy_gettext as _l

DAY = _l("Ngày phải có thật, ví dụ 01 04 2026")
EARLIEST = date(1945, 9, 2)
CODE_HINT = _l("Ví dụ: HS-20418. Người chưa có hồ sơ thì để trống, không ghi tên ở đâu cả.")
Choices = Sequence[tuple[str, Any]]


def check_period(form: Any) -> bool:
    """Whether the last day is not before the first, and neither lies before the state began; said beside the field."""
    first: date | None = form.starts.data
    last: date | None = form.ends.data
    if first is not None and first < EARLIEST:
        form.starts.errors = [_("Ngày không được trước ngày 02/09/1945")]
        return False
    if first is not None and last is not None and last < first:
        form.ends.errors = [_("Ngày cuối không được trước ngày đầu")]
        return False
    return True


class AssociationForm(WebForm):
    """The decision that founded an association."""

    organisation = SelectField(
        _l("Tổ chức"),
        [Required(_l("Chọn tổ chức"))],
        choices=[],
        description=_l(
            "Chưa có trong danh sách thì nhờ người quản trị thêm ở trang Đơn vị, loại «Hội, hiệp hội»."
        ),
    )
    decision = CleanString(
        _l("Quyết định thành lập"),
        [Required(_l("Ghi số quyết định thành lập, ví dụ 520 QĐ-CT"))],
        limit=200,
    )
    decided_by = CleanString(_l("Cơ quan ban hành"), limit=200)
    founded_year = WholeNumber(
        _l("Năm thành lập"),
        description=_l("Ví dụ: 2012."),
        validators=[
            Required(_l("Nhập năm thành lập")),
            NumberRange(min=1945, max=2100, message=_l("Năm phải có bốn chữ số, ví dụ 2012")),
        ],
    )
    founded_on = DateBoxes(_l("Ngày quyết định, nếu biết"), sentence=DAY)
    note = CleanText(_l("Ghi chú"), limit=500)

    def offer(self, organisations: Choices) -> None:
        """Organisations that may be one."""
        self.organisation.choices = choices([("", _("Chọn tổ chức")), *organisations])

    def validate_founded_year(self, field: Any) -> None:
        """No later than this year."""
        if field.data and field.data > today().year:
            raise ValidationError(_("Năm thành lập chưa tới: ghi năm đã có quyết định"))

    def validate_founded_on(self, field: Any) -> None:
        """In the year that was typed."""
        if field.data and self.founded_year.data and field.data.year != self.founded_year.data:
            raise ValidationError(_("Ngày quyết định phải nằm trong năm thành lập"))


class TermForm(WebForm):
    """A term of office."""

    number = WholeNumber(
        _l("Nhiệm kỳ thứ"),
        [
            Required(_l("Nhập số thứ tự nhiệm kỳ")),
            NumberRange(min=1, max=99, message=_l("Số thứ tự từ 1 đến 99")),
        ],
    )
    starts = DateBoxes(_l("Từ ngày"), [Required(_l("Nhập ngày bắt đầu"))], sentence=DAY)
    ends = DateBoxes(_l("Đến hết ngày"), sentence=DAY, description=_l("Để trống nếu nhiệm kỳ đang diễn ra."))


class EndForm(WebForm):
    """The last day of something that runs."""

    ends = DateBoxes(_l("Đến hết ngày"), [Required(_l("Nhập ngày cuối"))], sentence=DAY)

    def check_after(self, starts: date) -> bool:
        """Whether it is not before the first day; said beside the field."""
        if self.ends.data is None or self.ends.data >= starts:
            return True
        self.ends.errors = [_("Ngày cuối không được trước ngày đầu")]
        return False


class MemberForm(WebForm):
    """Somebody joined an association."""

    submission = HiddenField()
    person = CleanString(_l("Mã hồ sơ"), limit=20, description=CODE_HINT)
    card = CleanString(_l("Số thẻ hội viên"), limit=40)
    role = SelectField(
        _l("Vai trò"),
        [Required(_l("Chọn vai trò"))],
        choices=choices((one.value, text) for one, text in ROLE.items()),
    )
    starts = DateBoxes(_l("Vào Hội từ ngày"), [Required(_l("Nhập ngày vào Hội"))], sentence=DAY)
    ends = DateBoxes(_l("Đến hết ngày"), sentence=DAY, description=_l("Để trống nếu còn là hội viên."))

    def check_who(self) -> bool:
        """Whether a record or a card says who it is; said beside the field."""
        if self.card.data or self.person.data:
            return True
        self.card.errors = [_("Ghi mã hồ sơ hoặc số thẻ hội viên")]
        return False

    @staticmethod
    def usual(submission: str) -> dict[str, Any]:
        """What stands in the form before anybody types."""
        return {"submission": submission, "role": MemberRole.MEMBER.value}
