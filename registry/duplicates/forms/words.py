"""The closed lists of the room in words for people."""

from collections.abc import Mapping
from typing import Any

from registry.duplicates.rules import Reason
from registry.web.i18n import lazy_gettext as _l

REASON: Mapping[Reason, Any] = {
    Reason.IDENTITY: _l("Cùng số giấy tờ"),
    Reason.ORCID: _l("Cùng mã ORCID"),
    Reason.EMAIL: _l("Cùng thư điện tử"),
    Reason.PHONE: _l("Cùng số điện thoại"),
    Reason.NAME: _l("Cùng họ tên"),
    Reason.NAME_ORDER: _l("Cùng họ tên, khác thứ tự"),
    Reason.NAME_TYPO: _l("Họ tên khác một ký tự"),
    Reason.NAME_SHORT: _l("Họ tên thiếu một chữ"),
    Reason.BIRTH: _l("Cùng ngày sinh"),
    Reason.BIRTH_SWAPPED: _l("Ngày và tháng sinh đổi chỗ"),
    Reason.BIRTH_YEAR: _l("Cùng năm sinh"),
}

STRENGTH: Mapping[int, tuple[Any, str]] = {
    3: (_l("Rất giống"), "ok"),
    2: (_l("Khá giống"), "info"),
    1: (_l("Có thể"), "warn"),
}
"""Words and the kind of the tag."""

SLUGS: Mapping[str, Reason] = {
    "giay-to": Reason.IDENTITY | Reason.ORCID,
    "thu": Reason.EMAIL,
    "dien-thoai": Reason.PHONE,
    "ho-ten": Reason.NAME | Reason.NAME_ORDER,
    "viet-lech": Reason.NAME_TYPO | Reason.NAME_SHORT | Reason.BIRTH_SWAPPED,
}
SLUG_WORDS: Mapping[str, Any] = {
    "giay-to": _l("Giấy tờ, ORCID"),
    "thu": _l("Thư điện tử"),
    "dien-thoai": _l("Điện thoại"),
    "ho-ten": _l("Họ tên"),
    "viet-lech": _l("Tên hoặc ngày sinh viết lệch"),
}
"""What the queue is filtered by."""

FIELD: Mapping[str, Any] = {
    "full_name": _l("Họ và tên"),
    "birth": _l("Ngày sinh"),
    "sex": _l("Giới tính"),
    "headline": _l("Nghề nghiệp"),
    "summary": _l("Giới thiệu"),
    "stated_years": _l("Số năm kinh nghiệm tự khai"),
    "origin": _l("Gốc"),
    "birthplace": _l("Nơi sinh"),
    "residence": _l("Nơi đang ở"),
    "external_id": _l("Mã ngoài"),
    "office": _l("Cơ quan giữ hồ sơ"),
}

HINDRANCE: Mapping[str, Any] = {
    "over": _l("Đã quá ngày cuối được tách lại; phần để tách đã được xóa."),
    "erased": _l("Một trong hai hồ sơ đã được xóa theo yêu cầu, nên không còn gì để tách."),
    "merged_on": _l("Hồ sơ ở lại sau đó đã được gộp tiếp vào một hồ sơ khác. Tách lần gộp sau trước."),
    "done": _l("Lần gộp này vừa được tách lại."),
}


def reason_words(found: Reason) -> list[Any]:
    """Every reason in words, the strongest first."""
    return [words for reason, words in REASON.items() if reason in found]
