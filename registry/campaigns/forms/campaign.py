"""The form of a campaign, and those of its parts."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from wtforms import (
    BooleanField,
    FieldList,
    Form,
    FormField,
    HiddenField,
    SelectField,
    SelectMultipleField,
)
from wtforms.validators import NumberRange, Optional, ValidationError

from registry.campaigns.forms.words import CHANNEL, ENTRY, WAY
from registry.campaigns.rules.texts import MOST_BODY, MOST_SUBJECT
from registry.campaigns.rules.words import ChannelKind
from registry.policies.forms.fields import MoneyField
from registry.policies.rules.budgets import MOST_PLANNED
from registry.web.choices import choices
from registry.web.dates import DateBoxes
from registry.web.forms import CleanString, CleanText, Required, WebForm, WholeNumber
from registry.web.i18n import gettext as _
from registry.web.i18n import lazy_gettext as _l

BLANKS = 2
MOST_ROWS = 20
_MOST_PEOPLE = 100_000
_DAY = _l("Ngày phải có thật, ví dụ 01 04 2026")


class _Row(Form):
    class Meta:
        get_translations = WebForm.Meta.get_translations


class GoalRow(_Row):
    """How many people of what."""

    of = CleanString(_l("Kỹ năng, nghề"), limit=200)
    people = WholeNumber(_l("Số người"), [Optional(), NumberRange(min=1, max=_MOST_PEOPLE)])

    def validate_of(self, field: Any) -> None:
        """A goal has a number; asked here, for what is empty and optional is not asked itself."""
        typed = any(str(one).strip() for one in self.people.raw_data or ())
        if field.data and self.people.data is None and not typed:
            raise ValidationError(_("Nhập số người của mục tiêu này"))


class LineRow(_Row):
    """A line of the budget."""

    key = HiddenField()
    name = CleanString(_l("Khoản"), limit=200)
    source = CleanString(_l("Nguồn"), limit=200)
    planned = MoneyField(_l("Dự toán (₫)"), limit=40)
    from_grants = BooleanField(_l("Tính từ các khoản hỗ trợ đã quyết định"))

    def validate_name(self, field: Any) -> None:
        """A line has a sum."""
        if field.data and not self.planned.data:
            raise ValidationError(_("Nhập dự toán của khoản này, ví dụ 1.200.000.000"))

    def validate_planned(self, field: Any) -> None:
        """The sum is within reason."""
        if field.vnd is not None and not 0 <= field.vnd <= MOST_PLANNED:
            raise ValidationError(_("Số tiền phải từ 0 đến 1.000.000 tỷ đồng"))


class MilestoneRow(_Row):
    """A day of the campaign."""

    on = DateBoxes(_l("Ngày"), sentence=_DAY)
    text = CleanString(_l("Việc"), limit=300)
    people = WholeNumber(
        _l("Kế hoạch đến ngày này (người đã ký)"), [Optional(), NumberRange(min=0, max=_MOST_PEOPLE)]
    )

    def validate_on(self, field: Any) -> None:
        """A milestone has a day and says what is then."""
        if field.data and not self.text.data:
            raise ValidationError(_("Ghi việc của ngày này"))
        if self.text.data and not field.data:
            raise ValidationError(_("Nhập ngày của việc này"))


class CampaignForm(WebForm):
    """The whole form. `submission` makes a second sending of the same form harmless."""

    submission = HiddenField()
    version = HiddenField()
    title = CleanString(_l("Tên chiến dịch"), [Required(_l("Nhập tên chiến dịch"))], limit=200)
    legal_basis = CleanString(
        _l("Căn cứ"), limit=500, description=_l("Ví dụ: Kế hoạch số 112/KH-UBND. Phải có khi gửi duyệt.")
    )
    office = SelectField(_l("Đơn vị và địa bàn"), [Required(_l("Chọn đơn vị"))], choices=[])
    about = CleanText(
        _l("Giới thiệu cho người được mời"),
        limit=4_000,
        description=_l("Hiện ở trang công khai và trang trả lời lời mời."),
    )
    about_en = CleanText(_l("Giới thiệu bằng tiếng Anh"), limit=4_000)
    starts_on = DateBoxes(_l("Từ ngày"), [Required(_l("Nhập ngày bắt đầu"))], sentence=_DAY)
    ends_on = DateBoxes(_l("Đến hết ngày"), [Required(_l("Nhập ngày kết thúc"))], sentence=_DAY)
    goals = FieldList(FormField(GoalRow), max_entries=MOST_ROWS)
    needs = SelectMultipleField(
        _l("Nhu cầu của chiến dịch"),
        description=_l("Người trả lời «Quan tâm» chọn một trong các nhu cầu đang tuyển."),
    )
    policies = SelectMultipleField(_l("Chính sách đưa ra"))
    lines = FieldList(FormField(LineRow), max_entries=MOST_ROWS)
    milestones = FieldList(FormField(MilestoneRow), max_entries=MOST_ROWS)
    per_hour = WholeNumber(
        _l("Nhiều nhất bao nhiêu thư một giờ"),
        [Required(_l("Nhập số thư một giờ")), NumberRange(min=1, max=5_000)],
        default=200,
    )
    remind_after_days = WholeNumber(
        _l("Nhắc sau bao nhiêu ngày không trả lời"),
        [Required(_l("Nhập số ngày")), NumberRange(min=1, max=90)],
        default=10,
    )
    link_days = WholeNumber(
        _l("Đường dẫn trả lời dùng được bao nhiêu ngày"),
        [Required(_l("Nhập số ngày")), NumberRange(min=1, max=365)],
        default=60,
    )

    def offer(
        self,
        offices: Sequence[tuple[str, Any]],
        needs: Sequence[tuple[str, str]],
        policies: Sequence[tuple[str, str]],
    ) -> None:
        """The lists other rooms keep."""
        self.office.choices = choices([("", _("Chọn đơn vị")), *offices])
        self.needs.choices = choices(needs)
        self.policies.choices = choices(policies)

    def with_blanks(self) -> "CampaignForm":
        """Every list with a few empty rows at its end."""
        for rows in (self.goals, self.lines, self.milestones):
            for _number in range(min(BLANKS, MOST_ROWS - len(rows))):
                rows.append_entry()
        return self

    def validate_ends_on(self, field: Any) -> None:
        """The last day is not before the first."""
        start: date | None = self.starts_on.data
        if start and field.data and field.data < start:
            raise ValidationError(_("Ngày kết thúc không được trước ngày bắt đầu"))

    def validate_lines(self, field: Any) -> None:
        """One line at most is computed: what grants cost cannot be told apart by lines."""
        if sum(bool(row.form.from_grants.data and row.form.name.data) for row in field) > 1:
            raise ValidationError(_("Chỉ một khoản được tính từ các khoản hỗ trợ đã quyết định"))

    def error_list(self) -> list[tuple[str, str]]:
        """As in every form; an error in a row leads to the field of that row."""
        found: list[tuple[str, str]] = []
        fields: Any = self
        for field in fields:
            if hasattr(field, "append_entry"):
                for row in field:
                    found.extend((str(cell.id), str(said)) for cell in row.form for said in cell.errors)
                found.extend((str(field.id), said) for said in field.errors if isinstance(said, str))
            else:
                found.extend((str(field.id), str(said)) for said in field.errors)
        return found


class ReasonForm(WebForm):
    """Why."""

    reason = CleanString(_l("Lý do"), [Required(_l("Ghi lý do"))], limit=500)


class TextForm(WebForm):
    """A letter of a step, with fields in braces."""

    subject = CleanString(_l("Tiêu đề thư"), [Required(_l("Nhập tiêu đề thư"))], limit=MOST_SUBJECT)
    body = CleanText(_l("Nội dung"), [Required(_l("Nhập nội dung thư"))], limit=MOST_BODY)


class ChannelForm(WebForm):
    """A new channel."""

    kind = SelectField(
        _l("Loại kênh"),
        choices=choices((one, text) for one, text in CHANNEL.items() if one is not ChannelKind.LETTER),
        default=ChannelKind.ASSOCIATION,
    )
    name = CleanString(
        _l("Tên kênh"),
        [Required(_l("Nhập tên kênh"))],
        limit=200,
        description=_l("Ví dụ: Hội người Việt Nam tại Nhật Bản"),
    )


class EntryForm(WebForm):
    """Money of a line that no grant pays."""

    line = SelectField(_l("Khoản"), [Required(_l("Chọn khoản"))], choices=[])
    kind = SelectField(_l("Loại"), choices=choices(ENTRY.items()))
    amount = MoneyField(
        _l("Số tiền (₫)"),
        [Required(_l("Nhập số tiền, ví dụ 120.000.000"))],
        limit=40,
    )
    takes_back = BooleanField(_l("Dòng này rút lại số đã ghi nhầm"))
    on = DateBoxes(_l("Ngày"), [Required(_l("Nhập ngày"))], sentence=_DAY)
    note = CleanString(_l("Nội dung chi"), limit=500)

    def offer(self, lines: Sequence[tuple[str, str]]) -> None:
        """The lines money is entered for."""
        self.line.choices = choices([("", _("Chọn khoản")), *lines])


class OutreachForm(WebForm):
    """An attempt to speak to somebody."""

    way = SelectField(_l("Cách liên hệ"), choices=choices(WAY.items()))
    on = DateBoxes(_l("Ngày liên hệ"), [Required(_l("Nhập ngày liên hệ"))], sentence=_DAY)
    words = CleanText(_l("Người đó nói gì"), limit=2_000)
    role = CleanString(
        _l("Vai trò đã thống nhất"), limit=300, description=_l("Ví dụ: cố vấn từ xa, về làm toàn thời gian.")
    )
    next_on = DateBoxes(_l("Liên hệ lại ngày"), sentence=_DAY)
