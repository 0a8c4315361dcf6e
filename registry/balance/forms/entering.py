"""The forms of forecasts, movements and shortages."""

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

from wtforms import HiddenField, RadioField, SelectField
from wtforms.validators import NumberRange, ValidationError

from registry.balance.forms.words import DIRECTION, HORIZON, REASON, UNRECORDED
from registry.balance.rules import MOST_PEOPLE, Subject, SubjectKind, occupations, sectors
from registry.web.choices import choices
from registry.web.dates import DateBoxes
from registry.web.forms import CleanString, CleanText, Required, WebForm, WholeNumber
from registry.web.i18n import gettext as _
from registry.web.i18n import lazy_gettext as _l

_DAY = _l("Ngày phải có thật, ví dụ 01 04 2026")
_EARLIEST = date(1945, 9, 2)
_YEARS_AHEAD = 30
_PEOPLE = _l("Số người phải từ 1 đến 100.000")

Choices = Sequence[tuple[str, Any]]


def subject_value(subject: Subject) -> str:
    """A subject as the value of a choice."""
    return f"{subject.kind}:{subject.code}"


def subject_of(value: str) -> Subject:
    """The subject of a choice that was offered."""
    kind, _colon, code = value.partition(":")
    return Subject(SubjectKind(kind), code)


def _subject_choices(skills: Choices) -> list[tuple[str, Any]]:
    found: list[tuple[str, Any]] = [("", _("Chọn ngành nghề, lĩnh vực hoặc kỹ năng"))]
    for kind, names in ((SubjectKind.SECTOR, sectors()), (SubjectKind.OCCUPATION, occupations())):
        word = _("Lĩnh vực") if kind is SubjectKind.SECTOR else _("Ngành nghề")
        found += [(f"{kind}:{code}", f"{word}: {name}") for code, name in names.items()]
    return [*found, *((f"{SubjectKind.SKILL}:{code}", f"{_('Kỹ năng')}: {name}") for code, name in skills)]


class _OfSubject(WebForm):
    submission = HiddenField()
    subject = SelectField(_l("Về"), [Required(_l("Chọn ngành nghề, lĩnh vực hoặc kỹ năng"))], choices=[])
    office = SelectField(_l("Đơn vị và địa bàn"), [Required(_l("Chọn đơn vị"))], choices=[])

    def offer(self, offices: Choices, skills: Choices) -> None:
        """The offices rows may be kept for, and the skills that may be named."""
        self.office.choices = choices([("", _("Chọn đơn vị")), *offices])
        self.subject.choices = choices(_subject_choices(skills))


class ForecastForm(_OfSubject):
    """A forecast of demand."""

    amount = WholeNumber(
        _l("Dự báo cần bao nhiêu người"),
        [
            Required(_l("Nhập số người dự báo")),
            NumberRange(min=0, max=MOST_PEOPLE, message=_l("Số người phải từ 0 đến 100.000")),
        ],
    )
    made_on = DateBoxes(_l("Ngày dự báo"), [Required(_l("Nhập ngày dự báo"))], sentence=_DAY)
    due_on = DateBoxes(
        _l("Dự báo đến hết ngày"),
        [Required(_l("Nhập ngày cuối của dự báo"))],
        sentence=_DAY,
        description=_l("Trong vòng một năm từ ngày dự báo là ngắn hạn, xa hơn là dài hạn."),
    )
    author = CleanString(
        _l("Ai dự báo"),
        [Required(_l("Ghi cơ quan hoặc người dự báo"))],
        limit=200,
        description=_l("Ví dụ: Phòng Công chức, viên chức, Sở Nội vụ"),
    )
    method = CleanText(
        _l("Cách dự báo"),
        [Required(_l("Ghi cách dự báo, ví dụ: số nghỉ hưu cộng số vị trí mới"))],
        limit=500,
    )
    document = CleanString(_l("Văn bản"), limit=500, description=_l("Ví dụ: Kế hoạch số 12/KH-SNV"))

    def validate_made_on(self, field: Any) -> None:
        """Within reason."""
        if field.data and field.data < _EARLIEST:
            raise ValidationError(_("Ngày dự báo không được trước ngày 02/09/1945"))

    def validate_due_on(self, field: Any) -> None:
        """After the day it was made, and not beyond reason."""
        made: date | None = self.made_on.data
        if not field.data or not made:
            return
        if field.data <= made:
            raise ValidationError(_("Ngày cuối của dự báo phải sau ngày dự báo"))
        if field.data.year > made.year + _YEARS_AHEAD:
            raise ValidationError(_("Dự báo không xa quá 30 năm"))


class WithdrawForm(WebForm):
    """Why a forecast is withdrawn."""

    reason = CleanString(_l("Lý do"), [Required(_l("Ghi lý do rút dự báo"))], limit=500)


class MovementForm(WebForm):
    """Somebody came or left."""

    submission = HiddenField()
    direction = RadioField(
        _l("Đến hay đi"),
        [Required(_l("Chọn đến hay đi"))],
        choices=choices((one, text) for one, text in DIRECTION.items()),
    )
    moved_on = DateBoxes(_l("Ngày đến hoặc đi"), [Required(_l("Nhập ngày"))], sentence=_DAY)
    office = SelectField(_l("Đơn vị và địa bàn"), [Required(_l("Chọn đơn vị"))], choices=[])
    person = CleanString(
        _l("Mã hồ sơ"),
        limit=20,
        description=_l("Ví dụ: HS-20418. Người chưa có hồ sơ thì để trống, không ghi tên ở đâu cả."),
    )
    last_post = CleanString(_l("Vị trí sau cùng"), limit=200)
    degree = SelectField(_l("Trình độ"), choices=[])
    occupation = SelectField(_l("Ngành nghề"), choices=[])
    place = SelectField(_l("Từ đâu đến, hoặc đi đâu"), choices=[])
    reason = SelectField(
        _l("Lý do"),
        choices=[],
        description=_l("«Không nêu lý do» là đã hỏi mà người đó không nêu; «Chưa ghi» là chưa ai hỏi."),
    )
    reason_text = CleanString(_l("Lời giải thích"), limit=500)

    def offer(self, offices: Choices, degrees: Choices, places: Choices) -> None:
        """The lists other rooms keep."""
        self.office.choices = choices([("", _("Chọn đơn vị")), *offices])
        self.degree.choices = choices([("", _("Chưa rõ")), *degrees])
        self.occupation.choices = choices([("", _("Chưa ghi ngành nghề")), *occupations().items()])
        self.place.choices = choices([("", UNRECORDED), *places])
        self.reason.choices = choices(
            [("", UNRECORDED), *((one.value, text) for one, text in REASON.items())]
        )

    def check_day(self, on: date) -> None:
        """Who has not come or gone yet is no movement; said beside the field."""
        day: date | None = self.moved_on.data
        if day is not None and not _EARLIEST <= day <= on:
            self.moved_on.errors = [_("Ngày không được sau hôm nay hoặc trước ngày 02/09/1945")]


class ShortageForm(_OfSubject):
    """People missing on a subject."""

    horizon = SelectField(_l("Kỳ hạn"), choices=choices((one, text) for one, text in HORIZON.items()))
    size = WholeNumber(
        _l("Thiếu bao nhiêu người"),
        [Required(_l("Nhập số người thiếu")), NumberRange(min=1, max=MOST_PEOPLE, message=_PEOPLE)],
    )
    note = CleanText(_l("Ghi chú"), limit=500)


class OrderForm(WebForm):
    """An order for training."""

    occupation = CleanString(_l("Ngành nghề đào tạo"), [Required(_l("Ghi ngành nghề đào tạo"))], limit=200)
    number = WholeNumber(
        _l("Số người đặt hàng"),
        [Required(_l("Nhập số người đặt hàng")), NumberRange(min=1, max=MOST_PEOPLE, message=_PEOPLE)],
    )
    ordering = SelectField(_l("Đơn vị đặt hàng"), [Required(_l("Chọn đơn vị đặt hàng"))], choices=[])
    provider = SelectField(_l("Cơ sở đào tạo"), choices=[])
    deadline = DateBoxes(_l("Hạn"), sentence=_DAY)
    note = CleanText(_l("Ghi chú"), limit=2_000)

    def offer(self, organisations: Choices) -> None:
        """Who may order and who may teach."""
        self.ordering.choices = choices([("", _("Chọn đơn vị")), *organisations])
        self.provider.choices = choices([("", _("Chưa chọn")), *organisations])

    def check_day(self, on: date) -> None:
        """A deadline lies ahead; said beside the field."""
        if self.deadline.data is not None and self.deadline.data < on:
            self.deadline.errors = [_("Hạn không được trước hôm nay")]


class BeginForm(WebForm):
    """A campaign as a draft: everything else is written on its own page."""

    title = CleanString(_l("Tên chiến dịch"), [Required(_l("Nhập tên chiến dịch"))], limit=200)
    starts_on = DateBoxes(_l("Từ ngày"), [Required(_l("Nhập ngày bắt đầu"))], sentence=_DAY)
    ends_on = DateBoxes(_l("Đến hết ngày"), [Required(_l("Nhập ngày kết thúc"))], sentence=_DAY)

    def validate_ends_on(self, field: Any) -> None:
        """The last day is not before the first."""
        start: date | None = self.starts_on.data
        if start and field.data and field.data < start:
            raise ValidationError(_("Ngày kết thúc không được trước ngày bắt đầu"))

    @staticmethod
    def usual(title: str, on: date) -> dict[str, Any]:
        """What stands in the form before anybody types: half a year from now."""
        return {"title": title, "starts_on": on, "ends_on": on + timedelta(days=180)}


class MetForm(WebForm):
    """What ended a shortage."""

    note = CleanString(
        _l("Vì sao không còn thiếu"),
        [Required(_l("Ghi vì sao không còn thiếu"))],
        limit=500,
        description=_l("Ví dụ: đã bố trí đủ người; hoặc không còn nhu cầu."),
    )
