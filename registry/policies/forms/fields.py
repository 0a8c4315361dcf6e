"""Forms of documents, values, lists, versions and comparisons: shape and words. Choices come from the views."""

import re
from typing import Any

from wtforms import SelectField
from wtforms.validators import StopValidation, ValidationError

from registry.policies.forms.figures import MaybeNumber
from registry.policies.forms.words import KIND, PURPOSE, STATUS
from registry.policies.rules.documents import Status
from registry.policies.rules.money import read_vnd
from registry.web.choices import choices
from registry.web.dates import DateBoxes
from registry.web.edits import EditForm
from registry.web.forms import CleanString, CleanText, Required, WebForm, WholeNumber
from registry.web.i18n import gettext as _
from registry.web.i18n import lazy_gettext as _l

_CODES = re.compile(r"[^\s,;]+")
_FIELD_CODE = re.compile(r"7\d{2,6}|\d{1,7}", re.ASCII)
MOST_CODES = 200
MOST_DAYS = 3650


def day_field(label: Any, *, required: Any = None, description: Any = None) -> DateBoxes:
    """A day in three boxes."""
    return DateBoxes(
        label,
        [] if required is None else [Required(required)],
        sentence=_l("Ngày phải có thật, ví dụ 25 11 2026"),
        description=description or _l("Ví dụ: 25 11 2026"),
    )


class DocumentForm(EditForm):
    """What is known of a document. `amends` and `replaces` are codes or numbers, one a line."""

    number = CleanString(
        _l("Số, ký hiệu"), limit=80, description=_l("Ví dụ: 92/2026/NQ-HĐND. Để trống khi chưa biết.")
    )
    kind = SelectField(
        _l("Loại văn bản"),
        [Required(_l("Chọn loại văn bản"))],
        choices=choices((one.value, label) for one, label in KIND.items()),
    )
    issuer = CleanString(_l("Cơ quan ban hành"), [Required(_l("Nhập cơ quan ban hành"))], limit=200)
    title = CleanString(_l("Trích yếu"), [Required(_l("Nhập trích yếu của văn bản"))], limit=500)
    status = SelectField(
        _l("Tình trạng"),
        choices=choices((one.value, label) for one, label in STATUS.items()),
        default=Status.UNKNOWN.value,
    )
    signed_on = day_field(_l("Ngày ký"))
    effective_from = day_field(_l("Có hiệu lực từ ngày"))
    effective_after_days = MaybeNumber(
        _l("Có hiệu lực sau số ngày kể từ ngày ký"),
        description=_l("Chỉ điền khi văn bản không ghi ngày hiệu lực."),
    )
    effective_to = day_field(_l("Đến hết ngày"))
    amends = CleanText(
        _l("Sửa đổi văn bản"), limit=2000, description=_l("Mỗi dòng một số hoặc mã văn bản đã có trong sổ.")
    )
    replaces = CleanText(
        _l("Thay thế văn bản"), limit=2000, description=_l("Mỗi dòng một số hoặc mã văn bản đã có trong sổ.")
    )
    sources = CleanText(_l("Nguồn"), limit=2000, description=_l("Mỗi dòng một nguồn: Công báo, trang đăng."))
    note = CleanText(_l("Ghi chú"), limit=2000)

    def validate_effective_after_days(self, field: Any) -> None:
        """Days after signing count from a day that is known, and only where no first day is written."""
        if field.data is None:
            return
        if not 0 <= field.data <= MOST_DAYS:
            raise StopValidation(_("Nhập số ngày từ 0 đến %(most)d", most=MOST_DAYS))
        if self.effective_from.data is not None:
            raise StopValidation(_("Đã có ngày hiệu lực: bỏ trống số ngày sau khi ký"))
        if self.signed_on.data is None:
            raise StopValidation(_("Nhập ngày ký để tính được ngày hiệu lực"))

    def validate_effective_from(self, field: Any) -> None:
        """No text binds before it is signed."""
        if field.data and self.signed_on.data and field.data < self.signed_on.data:
            raise StopValidation(_("Ngày hiệu lực không được trước ngày ký"))

    def validate_effective_to(self, field: Any) -> None:
        """The last day is not before the first."""
        start = self.effective_from.data or self.signed_on.data
        if field.data and start and field.data < start:
            raise StopValidation(_("Ngày cuối không được trước ngày đầu"))


class MoneyField(CleanString):
    """A sum of đồng as people write it; `vnd` is the number."""

    @property
    def vnd(self) -> int | None:
        """Whole đồng; None when nothing was typed or it is no sum."""
        return read_vnd(str(self.data or ""))

    def post_validate(self, form: Any, validation_stopped: bool) -> None:  # noqa: ARG002 - as WTForms calls it
        """Say what a sum looks like."""
        if not validation_stopped and self.data and self.vnd is None:
            raise ValidationError(_("Nhập số tiền nguyên đồng, ví dụ 2.340.000 hoặc 150 triệu"))


class ValueForm(WebForm):
    """A new value of a parameter: how much, from when, by which document."""

    value = MoneyField(
        _l("Giá trị"),
        [Required(_l("Nhập số tiền, ví dụ 2.340.000"))],
        limit=40,
        description=_l("Đồng. Ví dụ: 2.340.000 hoặc 2,34 triệu"),
    )
    valid_from = day_field(_l("Áp dụng từ ngày"), required=_l("Nhập ngày bắt đầu áp dụng"))
    valid_to = day_field(_l("Đến hết ngày"), description=_l("Để trống nếu chưa biết ngày cuối."))
    document = SelectField(_l("Theo văn bản"), choices=[])
    note = CleanString(_l("Ghi chú"), limit=500)

    def offer(self, documents: list[tuple[str, str]]) -> None:
        """The documents on record."""
        self.document.choices = choices([("", _("Chọn văn bản")), *documents])

    def validate_document(self, field: Any) -> None:
        """A value without a document cannot be checked by anybody."""
        if not field.data:
            raise StopValidation(
                _("Chọn văn bản quy định giá trị này. Chưa có thì thêm vào sổ văn bản trước")
            )

    def validate_valid_to(self, field: Any) -> None:
        """The last day is not before the first."""
        if field.data and self.valid_from.data and field.data < self.valid_from.data:
            raise StopValidation(_("Ngày cuối không được trước ngày đầu"))


class YearForm(WebForm):
    """The fields of one year of a list."""

    year = WholeNumber(_l("Năm"), [Required(_l("Nhập năm, ví dụ 2026"))])
    field_codes = CleanText(
        _l("Mã ngành đào tạo"),
        [Required(_l("Nhập ít nhất một mã ngành"))],
        limit=4000,
        description=_l("Mã của danh mục giáo dục, cách nhau bằng dấu phẩy hoặc xuống dòng: 7720101, 748."),
    )
    document = SelectField(_l("Theo văn bản"), choices=[])
    note = CleanString(_l("Ghi chú"), limit=500)

    def offer(self, documents: list[tuple[str, str]]) -> None:
        """The documents on record."""
        self.document.choices = choices([("", _("Chưa rõ văn bản")), *documents])

    @property
    def codes(self) -> list[str]:
        """The codes that were typed, each once, in order."""
        return sorted(set(_CODES.findall(str(self.field_codes.data or ""))))

    def validate_year(self, field: Any) -> None:
        """A year of this product's time."""
        if field.data is not None and not 2000 <= field.data <= 2100:
            raise StopValidation(_("Nhập năm từ 2000 đến 2100"))

    def validate_field_codes(self, field: Any) -> None:  # noqa: ARG002 - as WTForms calls it
        """Digits alone, and not more than a page holds."""
        wrong = [code for code in self.codes if _FIELD_CODE.fullmatch(code) is None]
        if wrong:
            raise StopValidation(
                _("«%(code)s» không phải mã ngành: mã gồm 1 đến 7 chữ số", code=wrong[0][:20])
            )
        if len(self.codes) > MOST_CODES:
            raise StopValidation(_("Nhập không quá %(most)d mã", most=MOST_CODES))


class CompareForm(WebForm):
    """Against which text a figure was compared, when, and by when it is to be looked at again."""

    source = CleanString(
        _l("Đã đối chiếu với văn bản nào, điều khoản nào"),
        [Required(_l("Ghi văn bản và điều khoản"))],
        limit=500,
        description=_l("Ví dụ: Nghị quyết 92/2026/NQ-HĐND, Điều 4, bản trên Công báo"),
    )
    checked_on = day_field(_l("Ngày đối chiếu"), required=_l("Nhập ngày đối chiếu"))
    review_on = day_field(_l("Xem lại trước ngày"), required=_l("Nhập ngày phải xem lại"))

    def validate_review_on(self, field: Any) -> None:
        """Later than the comparison."""
        if field.data and self.checked_on.data and field.data <= self.checked_on.data:
            raise StopValidation(_("Ngày xem lại phải sau ngày đối chiếu"))


class DraftForm(EditForm):
    """What of a draft is not composed: names, days, the document it stands on."""

    title = CleanString(_l("Tên chính sách"), [Required(_l("Nhập tên chính sách"))], limit=500)
    purpose = SelectField(
        _l("Mục đích"),
        [Required(_l("Chọn mục đích"))],
        choices=choices((one.value, label) for one, label in PURPOSE.items()),
    )
    document = SelectField(_l("Văn bản"), [Required(_l("Chọn văn bản"))], choices=[])
    effective_from = day_field(_l("Có hiệu lực từ ngày"), description=_l("Để trống: theo ngày của văn bản."))
    effective_to = day_field(_l("Đến hết ngày"))
    apply_from = day_field(_l("Nhận hồ sơ từ ngày"))
    apply_to = day_field(_l("Nhận hồ sơ đến hết ngày"))

    def offer(self, documents: list[tuple[str, str]]) -> None:
        """The documents on record."""
        self.document.choices = choices(documents)

    def validate_effective_to(self, field: Any) -> None:
        """The last day is not before the first."""
        _in_order(self.effective_from, field)

    def validate_apply_to(self, field: Any) -> None:
        """The last day is not before the first."""
        _in_order(self.apply_from, field)


def _in_order(start: Any, end: Any) -> None:
    if start.data and end.data and end.data < start.data:
        raise StopValidation(_("Ngày cuối không được trước ngày đầu"))


class ReasonForm(WebForm):
    """Why a version goes back or is taken away."""

    why = CleanText(_l("Lý do"), [Required(_l("Ghi lý do"))], limit=500)


class ButtonForm(WebForm):
    """One button: nothing but the token."""
