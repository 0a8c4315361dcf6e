"""Forms of officers. Choices that hang on the day or the need are given by the views."""

from datetime import date
from typing import Any

from wtforms import BooleanField, RadioField, SelectField
from wtforms.validators import StopValidation

from registry.candidacies.forms.words import CHECK, NEXT, TIE
from registry.candidacies.rules import LINE_LENGTH, NOTE_LENGTH
from registry.candidacies.rules.panels import CheckOutcome
from registry.web.choices import choices
from registry.web.dates import DateBoxes
from registry.web.forms import CleanString, CleanText, Required, WebForm, WholeNumber
from registry.web.i18n import gettext as _
from registry.web.i18n import lazy_gettext as _l

CRITERIA = (
    ("skill", _l("Chuyên môn")),
    ("experience", _l("Kinh nghiệm")),
    ("fit", _l("Phù hợp với việc")),
)
MOST_POINTS = 10


def _day(label: Any, sentence: Any) -> DateBoxes:
    return DateBoxes(
        label,
        [Required(sentence)],
        sentence=_l("Ngày phải có thật, ví dụ 25 11 2026"),
        description=_l("Ví dụ: 25 11 2026"),
    )


class MoveForm(WebForm):
    """To another stage, with a reason where one is due."""

    stage = SelectField(_l("Chuyển sang"), default="", validators=[Required(_l("Chọn bước"))])
    reason = SelectField(
        _l("Lý do"), default="", description=_l("Bắt buộc khi lùi bước hoặc đưa ra khỏi danh sách.")
    )
    note = CleanText(_l("Ghi chú"), limit=NOTE_LENGTH)
    shared = BooleanField(
        _l("Cho người này đọc lý do và ghi chú"), description=_l("Kết quả thì người này luôn được biết.")
    )


class DecisionForm(WebForm):
    """Refer or select, or not."""

    outcome = RadioField(_l("Quyết định"), [Required(_l("Chọn một quyết định"))])
    reason = SelectField(_l("Lý do"), [Required(_l("Chọn lý do"))])
    words = CleanText(_l("Giải thích thêm"), limit=NOTE_LENGTH)
    shared = BooleanField(
        _l("Cho người này đọc lý do và giải thích"),
        description=_l("Kết quả thì người này luôn được biết."),
    )


class NextForm(WebForm):
    """What is to be done next."""

    step = SelectField(
        _l("Việc tiếp theo"),
        [Required(_l("Chọn việc tiếp theo"))],
        choices=choices((one.value, label) for one, label in NEXT.items()),
    )
    due_on = _day(_l("Hạn"), _l("Nhập hạn"))
    owner = SelectField(_l("Người phụ trách"), [Required(_l("Chọn người phụ trách"))])


class InterviewForm(WebForm):
    """What was noted of an interview."""

    held_on = _day(_l("Ngày phỏng vấn"), _l("Nhập ngày phỏng vấn"))
    who = CleanString(_l("Ai tham gia"), [Required(_l("Ghi ai tham gia phỏng vấn"))], limit=LINE_LENGTH)
    words = CleanText(
        _l("Ghi chép"),
        [Required(_l("Ghi nội dung phỏng vấn"))],
        limit=NOTE_LENGTH,
        description=_l("Người này được nhận bản sao khi xin dữ liệu về mình."),
    )
    skill = WholeNumber(CRITERIA[0][1], description=_l("Từ 0 đến 10, để trống khi không chấm."))
    experience = WholeNumber(CRITERIA[1][1])
    fit = WholeNumber(CRITERIA[2][1])
    today: date | None = None

    def validate_held_on(self, field: Any) -> None:
        """An interview that is noted has been held."""
        if field.data is not None and self.today is not None and field.data > self.today:
            raise StopValidation(_("Ngày phỏng vấn chưa đến: ghi sau khi đã phỏng vấn"))

    def validate_skill(self, field: Any) -> None:
        """Points lie between nothing and the most."""
        if field.data is not None and not 0 <= field.data <= MOST_POINTS:
            raise StopValidation(_("Nhập số từ 0 đến %(most)d", most=MOST_POINTS))

    validate_experience = validate_skill
    validate_fit = validate_skill

    def scores(self) -> list[tuple[str, int]]:
        """(criterion, points) of those that were judged."""
        found: list[tuple[str, int]] = []
        for name, _label in CRITERIA:
            points: int | None = getattr(self, name).data
            if points is not None:
                found.append((name, points))
        return found


class TieForm(WebForm):
    """«Khai báo quan hệ»."""

    kind = RadioField(
        _l("Quan hệ của bạn với người này"),
        [Required(_l("Chọn loại quan hệ"))],
        choices=choices((one.value, label) for one, label in TIE.items()),
    )
    words = CleanText(_l("Nói rõ hơn"), limit=LINE_LENGTH)


class AllowForm(WebForm):
    """Why an officer with a tie may decide all the same."""

    account = SelectField(_l("Cán bộ"), [Required(_l("Chọn cán bộ"))])
    reason = CleanText(
        _l("Vì sao vẫn cho quyết định"), [Required(_l("Ghi lý do: lý do này vào nhật ký"))], limit=LINE_LENGTH
    )


class AskForm(WebForm):
    """A question to an expert."""

    expert = RadioField(_l("Chuyên gia"), [Required(_l("Chọn một chuyên gia"))])
    question = CleanText(
        _l("Cần ý kiến về điều gì"),
        [Required(_l("Ghi điều cần hỏi"))],
        limit=NOTE_LENGTH,
        description=_l("Chuyên gia đọc nguyên văn. Đừng ghi tên nếu người ứng tuyển đang ẩn danh."),
    )
    due_on = _day(_l("Trả lời trước hết ngày"), _l("Nhập hạn trả lời"))
    today: date | None = None

    def validate_due_on(self, field: Any) -> None:
        """There is time left to answer."""
        if field.data is not None and self.today is not None and field.data <= self.today:
            raise StopValidation(_("Hạn trả lời phải sau hôm nay"))


class CheckForm(WebForm):
    """Whether who was placed is still there."""

    outcome = RadioField(
        _l("Kết quả"),
        [Required(_l("Chọn kết quả"))],
        choices=choices((one.value, label) for one, label in CHECK.items()),
    )
    left_on = DateBoxes(
        _l("Thôi việc từ ngày"),
        [],
        sentence=_l("Ngày phải có thật, ví dụ 25 11 2026"),
        description=_l("Chỉ điền khi đã thôi việc và biết ngày."),
    )

    def left_day(self) -> date | None:
        """The day the person left, where they did."""
        day: date | None = self.left_on.data
        return day if self.outcome.data == CheckOutcome.LEFT.value else None
