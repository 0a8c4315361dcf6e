"""What is wrong with a parameter or a member, in words."""

from collections.abc import Mapping
from typing import Any

from registry.web.i18n import gettext as _
from registry.web.i18n import lazy_gettext as _l

_SENTENCES: Mapping[str, Any] = {
    "missing": _l("Thiếu mục này"),
    "extra_forbidden": _l("Không có mục tên này. Xem /api/v1/openapi.json"),
    "string_type": _l("Mục này phải là chữ"),
    "int_type": _l("Mục này phải là số nguyên"),
    "int_parsing": _l("Mục này phải là số nguyên"),
    "int_from_float": _l("Mục này phải là số nguyên"),
    "int_parsing_size": _l("Số này quá lớn"),
    "bool_type": _l("Mục này phải là true hoặc false"),
    "list_type": _l("Mục này phải là danh sách"),
    "model_type": _l("Mục này phải là đối tượng JSON"),
    "model_attributes_type": _l("Mục này phải là đối tượng JSON"),
    "too_short": _l("Mục này không được để trống"),
    "string_too_short": _l("Mục này không được để trống"),
}


# Those that say a limit: how the sentence is written, and the name of the limit in what pydantic tells.
_WITH_LIMIT: Mapping[str, tuple[Any, str]] = {
    "greater_than_equal": (_l("Nhập giá trị từ %(limit)s trở lên"), "ge"),
    "less_than_equal": (_l("Nhập giá trị không quá %(limit)s"), "le"),
    "enum": (_l("Chọn một trong: %(limit)s"), "expected"),
    "literal_error": (_l("Chọn một trong: %(limit)s"), "expected"),
    "string_too_long": (_l("Rút gọn còn không quá %(limit)s ký tự"), "max_length"),
    "too_long": (_l("Gửi tối đa %(limit)s mục"), "max_length"),
}


def sentence_of(kind: str, about: Mapping[str, Any]) -> str:
    """The sentence of a fault by its kind; `about` holds the limits that were passed."""
    if kind in _SENTENCES:
        return str(_SENTENCES[kind])
    if kind in _WITH_LIMIT:
        sentence, name = _WITH_LIMIT[kind]
        return str(sentence) % {"limit": about.get(name, "")}
    if kind.startswith("date"):
        return _("Ghi ngày dạng yyyy-mm-dd, ví dụ 2027-01-15")
    return _("Mục này chưa đúng dạng")
