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
    "none_required": _l("Mục này phải là null"),
}


def sentence_of(kind: str, about: Mapping[str, Any], said: str) -> str:
    """The sentence of a fault by its kind; `about` holds the limits that were passed."""
    if kind in _SENTENCES:
        return str(_SENTENCES[kind])
    if kind in {"greater_than_equal", "greater_than"}:
        return _("Nhập số từ %(least)s trở lên", least=about.get("ge", about.get("gt")))
    if kind in {"less_than_equal", "less_than"}:
        return _("Nhập số không quá %(most)s", most=about.get("le", about.get("lt")))
    if kind in {"enum", "literal_error"}:
        return _("Chọn một trong: %(words)s", words=about.get("expected", ""))
    if kind == "string_too_long":
        return _("Rút gọn còn không quá %(limit)d ký tự", limit=about.get("max_length", 0))
    if kind == "too_long":
        return _("Gửi tối đa %(most)d mục", most=about.get("max_length", 0))
    if kind in {"too_short", "string_too_short"}:
        return _("Mục này không được để trống")
    if kind.startswith(("date", "datetime")):
        return _("Ghi ngày dạng yyyy-mm-dd, ví dụ 2027-01-15")
    if kind == "value_error":
        return said.removeprefix("Value error, ")
    return _("Mục này chưa đúng dạng")
