"""What states, steps, channels and answers are called. Tables; nothing is queried."""

from typing import Any

from registry.campaigns.rules.funnel import Step
from registry.campaigns.rules.states import CampaignState
from registry.campaigns.rules.waiting import Waiting
from registry.campaigns.rules.words import (
    ChannelKind,
    Exclusion,
    MessageStep,
    OutreachWay,
    SendingState,
)
from registry.policies.rules.budgets import EntryKind
from registry.web.i18n import lazy_gettext as _l

_S = CampaignState
STATE: dict[CampaignState, Any] = {
    _S.DRAFT: _l("Bản nháp"),
    _S.SUBMITTED: _l("Chờ duyệt"),
    _S.APPROVED: _l("Đã duyệt, chưa đến ngày"),
    _S.RUNNING: _l("Đang chạy"),
    _S.PAUSED: _l("Tạm dừng"),
    _S.CLOSED: _l("Đã kết thúc"),
    _S.ARCHIVED: _l("Lưu trữ"),
}
STATE_TAG = {_S.SUBMITTED: "info", _S.APPROVED: "info", _S.RUNNING: "ok", _S.PAUSED: "warn"}
MOVE: dict[tuple[CampaignState, CampaignState], Any] = {
    (_S.DRAFT, _S.SUBMITTED): _l("Gửi duyệt"),
    (_S.DRAFT, _S.ARCHIVED): _l("Bỏ bản nháp"),
    (_S.SUBMITTED, _S.APPROVED): _l("Duyệt"),
    (_S.SUBMITTED, _S.DRAFT): _l("Trả về bản nháp"),
    (_S.APPROVED, _S.PAUSED): _l("Tạm dừng"),
    (_S.APPROVED, _S.DRAFT): _l("Sửa lại nội dung"),
    (_S.APPROVED, _S.CLOSED): _l("Kết thúc sớm"),
    (_S.PAUSED, _S.APPROVED): _l("Chạy tiếp"),
    (_S.PAUSED, _S.DRAFT): _l("Sửa lại nội dung"),
    (_S.PAUSED, _S.CLOSED): _l("Kết thúc sớm"),
    (_S.CLOSED, _S.ARCHIVED): _l("Đưa vào lưu trữ"),
}
MEANING: dict[CampaignState, Any] = {
    _S.SUBMITTED: _l("Người khác có quyền duyệt sẽ xem và duyệt."),
    _S.APPROVED: _l("Chiến dịch chạy từ ngày đầu đến hết ngày cuối."),
    _S.DRAFT: _l("Thư đang chờ được rút lại. Sau khi sửa phải có người duyệt lại."),
    _S.PAUSED: _l("Không gửi thêm thư. Đường dẫn đã gửi vẫn trả lời được."),
    _S.CLOSED: _l("Thư đang chờ được rút lại, đường dẫn đã gửi không mở được nữa."),
    _S.ARCHIVED: _l("Chiến dịch vào lưu trữ; số liệu vẫn xem được."),
}
STEP: dict[Step, Any] = {
    Step.REACHED: _l("Đã mời"),
    Step.OPENED: _l("Đã mở lời mời"),
    Step.REPLIED: _l("Đã trả lời"),
    Step.REGISTERED: _l("Có hồ sơ"),
    Step.COMPLETE: _l("Hồ sơ đủ mục"),
    Step.VERIFIED: _l("Đã xác minh"),
    Step.ELIGIBLE: _l("Đủ điều kiện"),
    Step.INTERVIEWED: _l("Đã phỏng vấn"),
    Step.AGREED: _l("Đồng ý nhận việc"),
    Step.SIGNED: _l("Đã ký"),
    Step.PLACED: _l("Đang làm việc"),
    Step.STILL_12: _l("Còn làm sau 12 tháng"),
    Step.STILL_36: _l("Còn làm sau 36 tháng"),
    Step.STILL_60: _l("Còn làm sau 60 tháng"),
}
STEP_MEANING: dict[Step, Any] = {
    Step.REACHED: _l("được gửi thư mời, hoặc tự đến bằng đường dẫn của một kênh"),
    Step.OPENED: _l("bấm xem lời mời hoặc đã trả lời; không đếm bằng ảnh ẩn, không đếm lượt máy quét thư mở"),
    Step.REPLIED: _l("bấm một câu trả lời, hoặc tự đến"),
    Step.REGISTERED: _l("hồ sơ đang dùng, của người quan tâm hoặc tự đến"),
    Step.COMPLETE: _l("có học vấn, kinh nghiệm và kỹ năng"),
    Step.VERIFIED: _l("ít nhất một mục có minh chứng đã xác minh"),
    Step.ELIGIBLE: _l(
        "có quyết định hưởng một chính sách của chiến dịch; hoặc hồ sơ đã xác minh đạt điều kiện của một nhóm đối tượng, tính bằng dữ liệu đang có: người còn thiếu dữ liệu chưa được đếm"
    ),
    Step.INTERVIEWED: _l("đã phỏng vấn cho một nhu cầu của chiến dịch"),
    Step.AGREED: _l("đồng ý nhận việc"),
    Step.SIGNED: _l("đã ký"),
    Step.PLACED: _l("đã bắt đầu làm việc"),
    Step.STILL_12: _l("lần hỏi sau 12 tháng: còn làm"),
    Step.STILL_36: _l("lần hỏi sau 36 tháng: còn làm"),
    Step.STILL_60: _l("lần hỏi sau 60 tháng: còn làm"),
}
ELIGIBLE_WITHOUT_POLICIES = _l("chiến dịch không có chính sách: vào danh sách rút gọn hoặc được đề cử")
LETTER: dict[MessageStep, Any] = {
    MessageStep.INVITATION: _l("Thư mời"),
    MessageStep.REMINDER_1: _l("Thư nhắc lần 1"),
    MessageStep.REMINDER_2: _l("Thư nhắc lần 2"),
}
LANGUAGE = {"vi": _l("tiếng Việt"), "en": _l("tiếng Anh")}
SENDING = {
    SendingState.WAITING: _l("Đang gửi"),
    SendingState.DONE: _l("Đã xếp hàng hết"),
    SendingState.CANCELLED: _l("Đã dừng"),
}
SENDING_TAG = {SendingState.WAITING: "info", SendingState.DONE: "ok", SendingState.CANCELLED: "warn"}
CHANNEL: dict[ChannelKind, Any] = {
    ChannelKind.LETTER: _l("Thư điện tử"),
    ChannelKind.REFERRER: _l("Người giới thiệu"),
    ChannelKind.ASSOCIATION: _l("Hội, đoàn thể"),
    ChannelKind.UNIVERSITY: _l("Trường đại học"),
    ChannelKind.EVENT: _l("Sự kiện"),
    ChannelKind.POSTER: _l("Áp phích, tờ rơi"),
    ChannelKind.SOCIAL: _l("Mạng xã hội"),
}
ENTRY = {EntryKind.COMMITTED: _l("Cam kết chi"), EntryKind.PAID: _l("Đã chi")}
WAY = {
    OutreachWay.PHONE: _l("Điện thoại"),
    OutreachWay.LETTER: _l("Thư"),
    OutreachWay.MEETING: _l("Gặp mặt"),
    OutreachWay.MESSAGE: _l("Nhắn tin"),
}
EXCLUSION: dict[Exclusion, Any] = {
    Exclusion.ALREADY: _l("đã được chiến dịch này mời, hoặc tự đến"),
    Exclusion.CLOSED: _l("đã đóng việc dùng hồ sơ cho chiến dịch"),
    Exclusion.NO_CONSENT: _l("chưa đồng ý nhận thư về chiến dịch, hoặc đã rút"),
    Exclusion.STOPPED: _l("đã bấm dừng nhận thư về chiến dịch"),
    Exclusion.NO_ADDRESS: _l("không có địa chỉ thư"),
    Exclusion.REFUSES: _l("hộp thư từ chối nhận"),
}
WAITING: dict[Waiting, Any] = {
    Waiting.INTERVIEW: _l("Chờ phỏng vấn quá 21 ngày"),
    Waiting.CONTACT: _l("Quan tâm, quá 7 ngày chưa ai xem"),
    Waiting.SIGNING: _l("Đồng ý nhận việc, chưa ký"),
    Waiting.OPENED: _l("Đã mở lời mời, chưa trả lời"),
    Waiting.SILENT: _l("Chưa mở lời mời"),
}
FIELD: dict[str, Any] = {
    "ten": _l("họ và tên người nhận"),
    "chien_dich": _l("tên chiến dịch"),
    "nhu_cau": _l("các nhu cầu đang tuyển của chiến dịch"),
    "chinh_sach": _l("tên các chính sách"),
    "so_tien": _l("mức cao nhất theo từng chính sách, do hệ thống tính"),
    "don_vi": _l("tên đơn vị gửi"),
    "han_tra_loi": _l("ngày cuối trả lời được bằng đường dẫn"),
    "lien_ket": _l("đường dẫn trả lời; không ghi thì tự thêm ở cuối thư"),
}
MISSING: dict[str, Any] = {
    "goal": _l("mục tiêu: số người theo kỹ năng, nghề"),
    "needs": _l("ít nhất một nhu cầu"),
    "legal_basis": _l("căn cứ"),
}
