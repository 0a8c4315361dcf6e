"""The words of closed lists as people read them."""

from typing import Any

from registry.balance.rules import Direction, Horizon, MoveReason, ShortageState, Sign, SubjectKind
from registry.web.i18n import lazy_gettext as _l

HORIZON: dict[Horizon, Any] = {
    Horizon.SHORT: _l("Ngắn hạn (trong 12 tháng)"),
    Horizon.LONG: _l("Dài hạn (mọi thời điểm)"),
}
HORIZON_SHORT: dict[Horizon, Any] = {Horizon.SHORT: _l("Ngắn hạn"), Horizon.LONG: _l("Dài hạn")}
SIGN: dict[Sign, Any] = {
    Sign.SHORTAGE: _l("Thiếu"),
    Sign.EVEN: _l("Cân bằng"),
    Sign.SURPLUS: _l("Dư"),
    Sign.UNKNOWN: _l("Chưa rõ"),
}
SIGN_TAG: dict[Sign, str] = {Sign.SHORTAGE: "bad", Sign.EVEN: "", Sign.SURPLUS: "ok", Sign.UNKNOWN: ""}
SUBJECT: dict[SubjectKind, Any] = {
    SubjectKind.OCCUPATION: _l("Ngành nghề"),
    SubjectKind.SECTOR: _l("Lĩnh vực"),
    SubjectKind.SKILL: _l("Kỹ năng"),
}
STATE: dict[ShortageState, Any] = {
    ShortageState.OPEN: _l("Chưa xử lý"),
    ShortageState.ORDERED: _l("Đã đặt hàng đào tạo"),
    ShortageState.CAMPAIGNED: _l("Đã mở chiến dịch"),
    ShortageState.MET: _l("Đã đáp ứng"),
}
STATE_TAG: dict[ShortageState, str] = {
    ShortageState.OPEN: "bad",
    ShortageState.ORDERED: "info",
    ShortageState.CAMPAIGNED: "info",
    ShortageState.MET: "ok",
}
DIRECTION: dict[Direction, Any] = {Direction.IN: _l("Đến"), Direction.OUT: _l("Đi")}
REASON: dict[MoveReason, Any] = {
    MoveReason.PAY: _l("Thu nhập"),
    MoveReason.CAREER: _l("Cơ hội nghề nghiệp"),
    MoveReason.CONDITIONS: _l("Điều kiện làm việc"),
    MoveReason.FAMILY: _l("Gia đình"),
    MoveReason.STUDY: _l("Đi học"),
    MoveReason.HOME: _l("Về quê"),
    MoveReason.POLICY: _l("Chính sách thu hút"),
    MoveReason.POSTING: _l("Điều động, biệt phái"),
    MoveReason.RETIREMENT: _l("Nghỉ hưu"),
    MoveReason.OTHER: _l("Lý do khác"),
    MoveReason.NONE_GIVEN: _l("Không nêu lý do"),
}
UNRECORDED = _l("Chưa ghi")
"""What nobody wrote down, which is not «Không nêu lý do»."""

UNSTATED_NAME = _l("Chưa ghi ngành nghề")
HIDDEN = _l("ẩn")
