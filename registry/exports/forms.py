"""The form of an export: purpose, columns, kind of file. Shape and words; no database."""

from typing import Any

from wtforms import HiddenField, RadioField, SelectField, SelectMultipleField
from wtforms.validators import ValidationError

from registry.exports.rules.columns import COLUMNS
from registry.exports.rules.kinds import ExportFormat, ExportKind, ExportPurpose
from registry.web.choices import choices
from registry.web.forms import CleanString, Required, WebForm
from registry.web.i18n import lazy_gettext as _l

PURPOSE_LENGTH = 300
FEWEST_LETTERS = 10

KIND_WORDS: dict[ExportKind, Any] = {
    ExportKind.PEOPLE: _l("Danh sách ứng viên"),
    ExportKind.NEEDS: _l("Danh sách nhu cầu"),
    ExportKind.RANKING: _l("Ứng viên xếp hạng"),
    ExportKind.SHORTLIST: _l("Danh sách rút gọn"),
    ExportKind.SELECTION: _l("Lựa chọn để xuất"),
}
PURPOSE_WORDS: dict[ExportPurpose, Any] = {
    ExportPurpose.PANEL: _l("Gửi hội đồng tuyển chọn"),
    ExportPurpose.NEED: _l("Tìm người cho một nhu cầu"),
    ExportPurpose.REPORT: _l("Báo cáo, thống kê nội bộ"),
    ExportPurpose.PARTNER: _l("Phối hợp với cơ quan khác"),
    ExportPurpose.CHECKING: _l("Rà soát, sửa dữ liệu"),
    ExportPurpose.OTHER: _l("Mục đích khác"),
}
FORMAT_WORDS: dict[ExportFormat, Any] = {
    ExportFormat.XLSX: _l("Excel (.xlsx), có trang «Thông tin»"),
    ExportFormat.CSV: _l("CSV (.csv, UTF-8), chỉ có các dòng dữ liệu"),
}


class ExportForm(WebForm):
    """`filters` are the filters of the list as they stand in an address; the columns are those of the list."""

    filters = HiddenField()
    purpose = SelectField(
        _l("Xuất để làm gì"),
        [Required(_l("Chọn mục đích"))],
        choices=choices(
            [("", _l("Chọn mục đích")), *((one.value, text) for one, text in PURPOSE_WORDS.items())]
        ),
    )
    purpose_text = CleanString(
        _l("Nói rõ mục đích"),
        [Required(_l("Nói rõ tệp dùng vào việc gì, ví dụ: Gửi hội đồng tuyển chọn họp ngày 02/12/2026"))],
        limit=PURPOSE_LENGTH,
        description=_l(
            "Ví dụ: Gửi hội đồng tuyển chọn họp ngày 02/12/2026. Được ghi vào nhật ký; đừng viết tên ứng viên ở đây."
        ),
    )
    columns = SelectMultipleField(_l("Các cột"), [Required(_l("Chọn ít nhất một cột"))], validate_choice=True)
    format = RadioField(
        _l("Loại tệp"),
        [Required(_l("Chọn loại tệp"))],
        choices=choices((one.value, text) for one, text in FORMAT_WORDS.items()),
        default=ExportFormat.XLSX.value,
    )

    def validate_purpose_text(self, field: Any) -> None:
        """A word says nothing to whoever reads the log later."""
        if field.data and len(field.data) < FEWEST_LETTERS:
            raise ValidationError(_l("Nói rõ hơn, ít nhất 10 ký tự"))


def form_for(kind: ExportKind, *, filters: str, purpose_text: str = "", is_sent: bool) -> ExportForm:
    """The form for a list, with its usual columns ticked until somebody chose."""
    usual = [one.key for one in COLUMNS[kind] if one.is_usual]
    if is_sent:
        form = ExportForm()
    else:
        form = ExportForm(
            formdata=None,
            data={"filters": filters, "purpose_text": purpose_text, "columns": usual, "format": "xlsx"},
        )
    form.columns.choices = choices((one.key, one.header) for one in COLUMNS[kind])
    return form
