"""The forms of a measure, of a target, of a reported figure, and of a reason."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from wtforms import BooleanField, HiddenField, SelectField
from wtforms.validators import Regexp, ValidationError

from registry.indicators.forms.fields import AmountField
from registry.indicators.rules.figures import WHY_MISSING, Missing, Reading
from registry.indicators.rules.horizons import READING_WORDS
from registry.indicators.rules.kinds import KIND_WORDS
from registry.indicators.rules.units import UNITS
from registry.indicators.rules.wording import read_plan_phrase
from registry.web.choices import choices
from registry.web.dates import DateBoxes
from registry.web.forms import CleanString, CleanText, Required, WebForm
from registry.web.i18n import gettext as _
from registry.web.i18n import lazy_gettext as _l

_DAY = _l("Ngày phải có thật, ví dụ 30 06 2025")
_ENTERED = (Missing.NOT_COLLECTED, Missing.NOT_PRINTED, Missing.NO_DENOMINATOR, Missing.NO_BASELINE)
MOST_PARAMETERS = 1_000


def _translated(words: Any) -> list[Any]:
    return choices((one.value, _(text)) for one, text in words.items())


class IndicatorForm(WebForm):
    """A measure. An owner and a source are asked for: without them a figure is nobody's."""

    version = HiddenField()
    code = CleanString(
        _l("Mã"),
        [
            Required(_l("Nhập mã, ví dụ LC-DTN")),
            Regexp(
                r"^[A-Z0-9]+(?:-[A-Z0-9]+)*$",
                message=_l("Mã chỉ gồm chữ in hoa không dấu, số và gạch nối, ví dụ LC-DTN"),
            ),
        ],
        limit=40,
        description=_l("Chữ in hoa không dấu, số và gạch nối. Không sửa được sau khi lưu."),
    )
    name = CleanString(_l("Tên chỉ tiêu"), [Required(_l("Nhập tên chỉ tiêu"))], limit=200)
    name_en = CleanString(_l("Tên bằng tiếng Anh"), limit=200)
    office = SelectField(_l("Đơn vị và địa bàn"), [Required(_l("Chọn đơn vị"))], choices=[])
    kind = SelectField(_l("Loại"), [Required(_l("Chọn loại"))], choices=[])
    unit = SelectField(_l("Đơn vị tính"), [Required(_l("Chọn đơn vị tính"))], choices=[])
    definition = CleanText(_l("Định nghĩa"), [Required(_l("Ghi chỉ tiêu đếm cái gì"))], limit=4_000)
    limits = CleanText(_l("Giới hạn đã biết"), limit=4_000)
    numerator = CleanString(_l("Tử số"), limit=500)
    denominator = CleanString(_l("Mẫu số"), limit=500)
    owner = CleanString(
        _l("Cơ quan chịu trách nhiệm"), [Required(_l("Ghi cơ quan chịu trách nhiệm"))], limit=200
    )
    source = CleanString(_l("Nguồn"), [Required(_l("Ghi nguồn số liệu, ví dụ số văn bản"))], limit=500)
    query = SelectField(
        _l("Cách đếm từ hồ sơ"),
        choices=[],
        description=_l("Để trống nếu chỉ tiêu chỉ nhập theo báo cáo."),
    )
    parameters = CleanText(
        _l("Tham số của cách đếm"),
        limit=MOST_PARAMETERS,
        description=_l("Mỗi dòng một tham số: tên = giá trị, ví dụ category = vocational."),
    )
    lower_is_better = BooleanField(_l("Số càng thấp càng tốt"))

    def offer(self, offices: Sequence[tuple[str, Any]], queries: Sequence[tuple[str, str]]) -> None:
        """The lists the view keeps."""
        self.office.choices = choices([("", _("Chọn đơn vị")), *offices])
        self.kind.choices = [*choices([("", _("Chọn loại"))]), *_translated(KIND_WORDS)]
        self.unit.choices = choices(
            [("", _("Chọn đơn vị tính")), *((one.code, _(one.name)) for one in UNITS)]
        )
        self.query.choices = choices([("", _("Không đếm từ hồ sơ")), *queries])

    def validate_parameters(self, field: Any) -> None:
        """Every line is a name and a value."""
        for line in str(field.data or "").splitlines():
            if line.strip() and "=" not in line:
                raise ValidationError(
                    _("Dòng «%(line)s» thiếu dấu =. Viết: tên = giá trị", line=line.strip()[:40])
                )

    @property
    def parameter_values(self) -> dict[str, str]:
        """The parameters as typed."""
        pairs = (line.partition("=") for line in str(self.parameters.data or "").splitlines() if line.strip())
        return {name.strip(): value.strip() for name, _sign, value in pairs}


class _Days(WebForm):
    starts = DateBoxes(_l("Từ ngày"), [Required(_l("Nhập ngày đầu kỳ"))], sentence=_DAY)
    ends = DateBoxes(_l("Đến hết ngày"), [Required(_l("Nhập ngày cuối kỳ"))], sentence=_DAY)

    def validate_ends(self, field: Any) -> None:
        """The last day is not before the first."""
        start: date | None = self.starts.data
        if start and field.data and field.data < start:
            raise ValidationError(_("Ngày cuối không được trước ngày đầu"))


class TargetForm(_Days):
    """A target with the document that states it."""

    amount = AmountField(_l("Chỉ tiêu giao"), [Required(_l("Nhập số, ví dụ 6.775"))])
    unit = SelectField(_l("Đơn vị tính của chỉ tiêu"), [Required(_l("Chọn đơn vị tính"))], choices=[])
    reading = SelectField(_l("Số này là"), choices=[])
    document = CleanString(
        _l("Văn bản giao"),
        [Required(_l("Ghi văn bản giao chỉ tiêu, ví dụ Kế hoạch số 112/KH-UBND"))],
        limit=500,
    )
    quote = CleanString(_l("Trích nguyên văn"), limit=500)

    def offer(self) -> None:
        """The closed lists."""
        self.unit.choices = choices([(one.code, _(one.name)) for one in UNITS])
        self.reading.choices = _translated({one: READING_WORDS[one] for one in Reading})

    def validate_amount(self, field: Any) -> None:
        """A target is exact."""
        if field.is_about:
            raise ValidationError(_("Chỉ tiêu giao là số chính xác: bỏ chữ «khoảng»"))


class ObservationForm(_Days):
    """A figure as it was reported, or why there is none; in a province that was merged also which part of it reported."""

    former = SelectField(
        _l("Số của"),
        choices=[],
        default="",
        description=_l(
            "Báo cáo của một tỉnh trước khi sáp nhập thì chọn tỉnh đó; số của tỉnh nay để nguyên."
        ),
    )
    amount = AmountField(
        _l("Số báo cáo"),
        description=_l("Viết như trong văn bản: 5.647 hoặc 9,8; số ước chừng thì ghi «khoảng 100»."),
    )
    why_missing = SelectField(_l("Nếu không có số, vì sao"), choices=[])
    percent = CleanString(
        _l("Câu về tỷ lệ kế hoạch, nếu có"),
        limit=200,
        description=_l("Viết như trong văn bản, ví dụ: bằng 59,7% kế hoạch; vượt 33,1% kế hoạch."),
    )
    verdict = CleanString(_l("Nhận định của nguồn"), limit=200, description=_l("Ví dụ: còn ít, chưa đạt."))
    source = CleanString(_l("Nguồn"), [Required(_l("Ghi nguồn, ví dụ tên báo cáo"))], limit=500)
    quote = CleanString(_l("Trích nguyên văn"), limit=500)
    part_of = SelectField(_l("Nằm trong số khác"), choices=[])

    def offer(self, wholes: Sequence[tuple[str, str]], places: Sequence[tuple[str, str]]) -> None:
        """Why there is none, the figures this may lie inside, and whose it may be: the place and its former provinces."""
        self.former.choices = choices(places)
        self.why_missing.choices = choices(
            [("", _("Có số")), *((one.value, _(WHY_MISSING[one])) for one in _ENTERED)]
        )
        self.part_of.choices = choices([("", _("Không nằm trong số nào")), *wholes])

    def validate(self, extra_validators: Any = None) -> bool:
        """Either a number or the reason why there is none. What is empty and optional is not asked itself."""
        is_valid: bool = super().validate(extra_validators)
        if self.amount.errors:
            return False
        if not self.amount.data and not self.why_missing.data:
            self.amount.errors = [_("Nhập số, hoặc chọn vì sao không có số")]
            return False
        if self.amount.data and self.why_missing.data:
            self.amount.errors = [_("Đã có số thì chọn «Có số» ở mục bên dưới")]
            return False
        return is_valid

    def validate_percent(self, field: Any) -> None:
        """A phrase that states a percentage of plan."""
        if field.data and read_plan_phrase(str(field.data)) is None:
            raise ValidationError(
                _("Viết như trong văn bản, ví dụ «bằng 59,7% kế hoạch» hoặc «vượt 33,1% kế hoạch»")
            )


class ReasonForm(WebForm):
    """Why."""

    reason = CleanText(_l("Lý do"), [Required(_l("Ghi lý do"))], limit=2_000)
