"""Forms of introductions, and their words. Nothing is queried."""

from collections.abc import Mapping
from typing import Any

from registry.introductions.rules import MESSAGE_LENGTH, REASON_LENGTH, WORDS_LENGTH, RevealState
from registry.needs.rules import NeedState
from registry.web.forms import CleanText, Required, WebForm
from registry.web.i18n import lazy_gettext as _l


class InterestForm(WebForm):
    """«Tôi quan tâm», with words or without."""

    words = CleanText(
        _l("Lời nhắn cho đơn vị"),
        limit=WORDS_LENGTH,
        description=_l("Nếu đang ẩn danh, đừng ghi tên hay số điện thoại ở đây."),
    )


class RevealForm(WebForm):
    """Why an officer asks to know a name; the person reads it."""

    reason = CleanText(
        _l("Vì sao cần biết người này là ai"),
        [Required(_l("Ghi lý do: người được hỏi đọc lý do này trước khi trả lời"))],
        limit=REASON_LENGTH,
        description=_l("Người được hỏi đọc nguyên văn. Ví dụ: mời phỏng vấn vòng một trong tháng này."),
    )


class MessageForm(WebForm):
    """A message in plain text."""

    message = CleanText(_l("Tin nhắn"), [Required(_l("Viết tin nhắn"))], limit=MESSAGE_LENGTH)


REVEAL: Mapping[RevealState, Any] = {
    RevealState.ASKED: _l("Đang chờ trả lời"),
    RevealState.GRANTED: _l("Đã đồng ý"),
    RevealState.REFUSED: _l("Đã từ chối"),
    RevealState.EXPIRED: _l("Hết hạn, không có trả lời"),
    RevealState.CLOSED: _l("Hết hiệu lực vì nhu cầu đã đóng"),
    RevealState.WITHDRAWN: _l("Đã rút lại sự đồng ý"),
    RevealState.CANCELLED: _l("Đơn vị đã rút yêu cầu"),
}

REVEAL_TAG: Mapping[RevealState, str] = {
    RevealState.ASKED: "warn",
    RevealState.GRANTED: "ok",
}

# What a need is doing, for people outside the office.
NEED: Mapping[NeedState, Any] = {
    NeedState.OPEN: _l("Đang tuyển chọn"),
    NeedState.ON_HOLD: _l("Đang tạm dừng tuyển chọn"),
    NeedState.FILLED: _l("Đã đóng: đã đủ người"),
    NeedState.CANCELLED: _l("Đã đóng: không tuyển nữa"),
}
NEED_ELSE = _l("Đơn vị đang sửa lại nhu cầu, chưa tuyển chọn tiếp")
