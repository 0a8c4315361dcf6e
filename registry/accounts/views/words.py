"""Sentences that several pages of this room say."""

from collections.abc import Mapping
from typing import Any

from registry.accounts.operations.passkeys import ALERT_ADDED
from registry.accounts.operations.second_factor import ALERT_CODE_USED, ALERT_RESET, ALERT_TRIED
from registry.accounts.operations.sign_on import ALERT_LINKED
from registry.web.i18n import lazy_gettext as _l
from registry.web.i18n import ngettext

_ALERTS: Mapping[str, Any] = {
    ALERT_RESET: _l(
        "Quản trị hệ thống đã đặt lại đăng nhập hai lớp của bạn. Nếu bạn không nhờ việc này, báo ngay cho đơn vị."
    ),
    ALERT_CODE_USED: _l(
        "Có người đăng nhập bằng một mã dự phòng của bạn. Nếu không phải bạn, đổi mật khẩu và tạo mã dự phòng mới."
    ),
    ALERT_TRIED: _l(
        "Có người biết mật khẩu của bạn và gõ sai mã xác thực nhiều lần. Nếu không phải bạn, đổi mật khẩu ngay."
    ),
    ALERT_ADDED: _l(
        "Một khóa truy cập đã được thêm vào tài khoản của bạn. Nếu không phải bạn, bỏ khóa đó và đổi mật khẩu."
    ),
    ALERT_LINKED: _l(
        "Tài khoản của bạn vừa được nối với dịch vụ đăng nhập chung. Nếu không phải bạn, gỡ ra và đổi mật khẩu."
    ),
}


def alert_sentence(kind: str) -> str:
    """What an account is told about its own sign-in."""
    return str(_ALERTS[kind])


def wait_sentence(seconds: int) -> str:
    """How long to wait before the next try."""
    if seconds < 90:
        return ngettext(
            "Đã thử nhiều lần. Đợi %(num)s giây rồi thử lại",
            "Đã thử nhiều lần. Đợi %(num)s giây rồi thử lại",
            seconds,
        )
    minutes = -(-seconds // 60)
    return ngettext(
        "Đã thử nhiều lần. Đợi %(num)s phút rồi thử lại",
        "Đã thử nhiều lần. Đợi %(num)s phút rồi thử lại",
        minutes,
    )
