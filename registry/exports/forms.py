"""The form of an export: purpose, columns, kind of file. Shape and words; no database."""

from typing import Any

from wtforms import HiddenField, RadioField, SelectField, SelectMultipleField
from wtforms.validators import ValidationError

from registry.exports.rules.columns import COLUMNS
from registry.exports.rules.formats import OpenFormat
from registry.exports.rules.kinds import ExportFormat, ExportList, ExportPurpose
from registry.exports.rules.words import KINDS, PURPOSES
from registry.web.choices import choices
from registry.web.forms import CleanString, Required, WebForm
from registry.web.i18n import lazy_gettext as _l

PURPOSE_LENGTH = 300
FEWEST_LETTERS = 10

# The file and the page call them alike; the page in its language.
KIND_WORDS: dict[ExportList, Any] = {one: _l(words) for one, words in KINDS.items()}
PURPOSE_WORDS: dict[ExportPurpose, Any] = {one: _l(words) for one, words in PURPOSES.items()}
FORMAT_WORDS: dict[ExportFormat, Any] = {
    ExportFormat.XLSX: _l("Excel (.xlsx), có trang «Thông tin»"),
    ExportFormat.CSV: _l("CSV (.csv, UTF-8), có cột cuối «Thông tin»"),
}


OPEN_FORMAT_WORDS: dict[OpenFormat, Any] = {
    OpenFormat.JSON_RESUME: _l("JSON Resume 1.0.0 (.json)"),
    OpenFormat.EUROPASS: _l("Europass (.xml)"),
    OpenFormat.ORCID: _l("Bản ghi ORCID 3.0 (.json)"),
}
OPEN_FORMAT_USES: dict[OpenFormat, Any] = {
    OpenFormat.JSON_RESUME: _l("Cho các trình soạn CV và trang việc làm mở. Mang được nhiều nhất."),
    OpenFormat.EUROPASS: _l(
        "Cho các nước châu Âu: hồ sơ Europass và mạng việc làm EURES. Kỹ năng có địa chỉ trong danh mục ESCO."
    ),
    OpenFormat.ORCID: _l(
        "Cho kho và hệ thống nghiên cứu đọc bản ghi ORCID: nơi làm việc, học vấn, công bố. Không gửi gì tới orcid.org."
    ),
}


class PurposeForm(WebForm):
    """What a file about people is for."""

    purpose = SelectField(
        _l("Dùng để làm gì"),
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

    def validate_purpose_text(self, field: Any) -> None:
        """A word says nothing to whoever reads the log later."""
        if field.data and len(field.data) < FEWEST_LETTERS:
            raise ValidationError(_l("Nói rõ hơn, ít nhất 10 ký tự"))


class OwnFormatForm(WebForm):
    """In which open format one takes one's own profile."""

    format = RadioField(
        _l("Định dạng"),
        [Required(_l("Chọn định dạng"))],
        choices=choices((one.value, text) for one, text in OPEN_FORMAT_WORDS.items()),
        default=OpenFormat.JSON_RESUME.value,
    )


class FormatForm(PurposeForm, OwnFormatForm):
    """In which open format an officer takes the profile of somebody, and what for."""


class ExportForm(PurposeForm):
    """`filters` are the filters of the list as they stand in an address; the columns are those of the list."""

    filters = HiddenField()
    columns = SelectMultipleField(_l("Các cột"), [Required(_l("Chọn ít nhất một cột"))], validate_choice=True)
    format = RadioField(
        _l("Loại tệp"),
        [Required(_l("Chọn loại tệp"))],
        choices=choices((one.value, text) for one, text in FORMAT_WORDS.items()),
        default=ExportFormat.XLSX.value,
    )


def form_for(kind: ExportList, *, filters: str, purpose_text: str = "", is_sent: bool) -> ExportForm:
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


def groups_of(kind: ExportList) -> list[tuple[str, list[str]]]:
    """The groups of the columns of a list with the keys of each; none where the columns are not in groups."""
    found: dict[str, list[str]] = {}
    for one in COLUMNS[kind]:
        if one.group:
            found.setdefault(one.group, []).append(one.key)
    return list(found.items())
