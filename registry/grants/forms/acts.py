"""Forms of what is done with decisions and grants. Each asks for what its act needs and nothing else."""

from typing import Any

from wtforms import SelectField
from wtforms.validators import StopValidation

from registry.grants.rules import LONGEST_NUMBER, WORDS_LENGTH
from registry.policies.forms.fields import MoneyField
from registry.web.choices import choices
from registry.web.dates import DateBoxes
from registry.web.forms import CleanString, CleanText, Required, WebForm, WholeNumber
from registry.web.i18n import gettext as _
from registry.web.i18n import lazy_gettext as _l

_REAL_DAY = _l("Ngày phải có thật, ví dụ 25 11 2026")


def _day(label: Any, required: Any = None, **more: Any) -> DateBoxes:
    return DateBoxes(label, [Required(required)] if required else [], sentence=_REAL_DAY, **more)


def _why(sentence: Any) -> CleanText:
    return CleanText(
        _l("Lý do"),
        [Required(sentence)],
        limit=WORDS_LENGTH,
        description=_l("Người được cấp đọc được lý do này trên trang của mình."),
    )


def _sum(label: Any, **more: Any) -> MoneyField:
    hint = more.pop("description", _l("Đồng. Ví dụ: 80.000.000 hoặc 80 triệu"))
    return MoneyField(label, [Required(_l("Nhập số tiền"))], limit=40, description=hint, **more)


def _voucher() -> CleanString:
    return CleanString(_l("Số chứng từ"), [Required(_l("Nhập số chứng từ"))], limit=LONGEST_NUMBER)


class ApproveForm(WebForm):
    """The paper of a decision."""

    number = CleanString(
        _l("Số quyết định"),
        [Required(_l("Nhập số quyết định"))],
        limit=LONGEST_NUMBER,
        description=_l("Ví dụ: 1234/QĐ-UBND"),
    )
    signed_on = _day(
        _l("Ngày ký"),
        _l("Nhập ngày ký"),
        description=_l("Số tiền tính theo mức lương cơ sở của ngày này."),
    )
    signer_name = CleanString(_l("Người ký"), [Required(_l("Nhập tên người ký"))])
    signer_post = CleanString(_l("Chức vụ người ký"), [Required(_l("Nhập chức vụ người ký"))])
    expires_on = _day(
        _l("Dùng được đến hết ngày"),
        description=_l("Để trống nếu không có hạn. Quá ngày mà chưa cam kết chi thì hết hạn."),
    )
    words = CleanText(_l("Ghi chú"), limit=WORDS_LENGTH)


class ReasonForm(WebForm):
    """Why something is refused, taken back, completed, ended."""

    words = _why(_l("Ghi lý do"))


class NoteForm(WebForm):
    """A note that need not be written."""

    words = CleanText(_l("Ghi chú"), limit=WORDS_LENGTH)


class CommitForm(NoteForm):
    """Committing the money, and until when the promise binds where the terms do not tell it."""

    until = _day(
        _l("Cam kết đến hết ngày"),
        description=_l("Điều khoản không đủ để tính ngày này. Ghi ngày cuối mà người được cấp đã cam kết."),
    )


class SuspendForm(WebForm):
    """From when on, and until when if that is known."""

    on = _day(_l("Tạm dừng từ ngày"), _l("Nhập ngày bắt đầu tạm dừng"))
    to = _day(
        _l("Đến hết ngày"),
        description=_l("Để trống nếu chưa biết. Thời gian cam kết cũng đứng lại trong những ngày này."),
    )
    words = _why(_l("Ghi lý do tạm dừng"))


class ResumeForm(NoteForm):
    """From when on again."""

    on = _day(_l("Tiếp tục từ ngày"), _l("Nhập ngày tiếp tục"))


class ExtendForm(WebForm):
    """The later end of the promise."""

    until = _day(_l("Cam kết đến hết ngày"), _l("Nhập ngày cuối mới"))
    words = _why(_l("Ghi lý do gia hạn"))


class BreachForm(WebForm):
    """The day of the breach; the sum only where it cannot be computed."""

    on = _day(_l("Ngày vi phạm"), _l("Nhập ngày vi phạm"))
    amount = _sum(
        _l("Số phải hoàn trả"),
        description=_l("Cách tính của văn bản chưa được đọc: ghi số do cơ quan xác định."),
    )
    words = _why(_l("Ghi việc gì đã xảy ra"))


class PaidForm(WebForm):
    """A payment, or what came back."""

    amount = _sum(_l("Số tiền"))
    on = _day(_l("Ngày"), _l("Nhập ngày"))
    voucher = _voucher()


class RepaidForm(PaidForm):
    """What came back, with a note."""

    words = CleanText(_l("Ghi chú"), limit=WORDS_LENGTH)


class WaiveForm(WebForm):
    """On which ground somebody need not pay back."""

    ground = SelectField(_l("Căn cứ miễn"), choices=[])
    words = _why(_l("Ghi căn cứ cụ thể"))

    def offer(self, grounds: tuple[str, ...]) -> None:
        """The grounds of the text; where it lists none, whatever is written below."""
        if grounds:
            self.ground.choices = choices([(one, one) for one in grounds])
        else:
            del self.ground

    @property
    def chosen(self) -> str:
        """The ground, in the words of the text or of whoever waives."""
        return str(self.ground.data) if "ground" in self else str(self.words.data or "")


class FixForm(WebForm):
    """The sum of a line within its bounds, and for how many months."""

    amount = _sum(_l("Số tiền ấn định"))
    months = WholeNumber(_l("Số tháng chi"))
    ground = CleanText(_l("Căn cứ ấn định"), limit=WORDS_LENGTH)

    def fit(self, *, has_amount: bool, has_months: bool) -> None:
        """Leave out what the line does not need."""
        if not has_amount:
            del self.amount
        if not has_months:
            del self.months

    def validate_months(self, field: Any) -> None:
        """A line by the month needs an end before it can be paid."""
        if field.data is not None and field.data < 1:
            raise StopValidation(_("Nhập số tháng từ 1 trở lên"))
