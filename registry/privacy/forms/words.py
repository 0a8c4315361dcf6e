"""What kinds, states and steps of requests are called, for the person and for offices. Tables; nothing is queried."""

from collections.abc import Mapping
from enum import StrEnum
from typing import Any

from registry.consents.rules import Channel, PurposeCode
from registry.privacy.rules import DayKind, IdentityCheck, RequestState, RightKind, StepKind
from registry.privacy.rules.retention import CountedFrom, NoticeOutcome, RetentionAction
from registry.web.choices import choices
from registry.web.i18n import lazy_gettext as _l

Words = Mapping[Any, Any]

KIND: Words = {
    RightKind.ACCESS: _l("Xem và nhận bản sao dữ liệu"),
    RightKind.CORRECTION: _l("Sửa thông tin sai"),
    RightKind.WITHDRAWAL: _l("Rút đồng ý"),
    RightKind.RESTRICTION: _l("Hạn chế sử dụng hồ sơ"),
    RightKind.OBJECTION: _l("Phản đối một cách sử dụng"),
    RightKind.ERASURE: _l("Xóa hồ sơ"),
}

KIND_HINT: Words = {
    RightKind.ACCESS: _l("Tải ngay mọi dữ liệu về bạn, hoặc nhờ cơ quan gửi bản giấy."),
    RightKind.CORRECTION: _l("Báo thông tin nào sai và đúng phải là gì."),
    RightKind.WITHDRAWAL: _l("Có hiệu lực ngay ở mọi danh sách."),
    RightKind.RESTRICTION: _l("Hồ sơ chỉ được cất giữ, không ai tìm hay dùng, cho đến khi bạn cho dùng lại."),
    RightKind.OBJECTION: _l("Dừng riêng một cách sử dụng, các cách khác không đổi."),
    RightKind.ERASURE: _l("Xóa vĩnh viễn, trừ phần luật buộc giữ."),
}

STATE: Words = {
    RequestState.RECEIVED: _l("Đã nhận, chờ trả lời lần đầu"),
    RequestState.ANSWERED: _l("Đã trả lời lần đầu, đang thực hiện"),
    RequestState.DONE: _l("Đã hoàn tất"),
    RequestState.REFUSED: _l("Bị từ chối, có nêu lý do"),
}

STATE_TAG: Words = {
    RequestState.RECEIVED: "info",
    RequestState.ANSWERED: "info",
    RequestState.DONE: "ok",
    RequestState.REFUSED: "bad",
}

STEP: Words = {
    StepKind.RECEIVED: _l("Nhận yêu cầu"),
    StepKind.APPLIED: _l("Phần mềm đã áp dụng ngay ở mọi danh sách"),
    StepKind.ANSWERED: _l("Trả lời lần đầu"),
    StepKind.EXTENDED: _l("Gia hạn"),
    StepKind.DONE: _l("Hoàn tất"),
    StepKind.REFUSED: _l("Từ chối"),
    StepKind.LIFTED: _l("Cho dùng lại"),
}

IDENTITY: Words = {
    IdentityCheck.DOCUMENT_SEEN: _l("Đã xem giấy tờ tùy thân"),
    IdentityCheck.SIGNATURE: _l("Đơn có chữ ký, đã đối chiếu"),
    IdentityCheck.CALLED_BACK: _l("Đã gọi lại số trong hồ sơ"),
    IdentityCheck.ACCOUNT: _l("Đăng nhập bằng tài khoản của chính người đó"),
}

CHANNEL: Words = {
    Channel.SCREEN: _l("Trên trang này"),
    Channel.PAPER: _l("Đơn giấy"),
    Channel.PHONE: _l("Điện thoại"),
}

PURPOSE: Words = {
    PurposeCode.REGISTRY: _l("Lưu hồ sơ trong sổ đăng ký"),
    PurposeCode.MATCHING: _l("Tìm nhu cầu phù hợp"),
    PurposeCode.CONTACT: _l("Cho cơ quan biết tên và cách liên hệ"),
    PurposeCode.POLICY_CHECK: _l("Xét chính sách hỗ trợ"),
    PurposeCode.CAMPAIGNS: _l("Nhận thư mời và chiến dịch"),
    PurposeCode.OTHER_PROVINCES: _l("Chia sẻ với tỉnh khác"),
    PurposeCode.STATISTICS: _l("Thống kê"),
    PurposeCode.POOL: _l("Ở lại nguồn"),
}

OUTCOME: Words = {
    NoticeOutcome.WAITING: _l("đang chờ trả lời"),
    NoticeOutcome.KEPT: _l("giữ lại"),
    NoticeOutcome.LET_GO: _l("không giữ"),
    NoticeOutcome.DONE: _l("đã thực hiện"),
    NoticeOutcome.LAPSED: _l("thôi, lý do đã hết"),
}

SINCE: Words = {
    CountedFrom.LAST_WORD: _l("sau lần cuối người này xác nhận, đồng ý hoặc giữ lại"),
    CountedFrom.REGISTRY_WITHDRAWN: _l("sau khi rút đồng ý lưu hồ sơ"),
    CountedFrom.POLICY_WITHDRAWN: _l("sau khi rút đồng ý xét chính sách"),
    CountedFrom.LAST_SAVED: _l("sau lần cuối gõ"),
    CountedFrom.NEED_OVER: _l("sau khi nhu cầu xong"),
    CountedFrom.CONFIRMED: _l("sau lần cuối xác nhận còn đúng"),
}

RETENTION_ACTION: Words = {
    RetentionAction.ERASE: _l("Xóa cả hồ sơ"),
    RetentionAction.EMPTY: _l("Xóa riêng phần này"),
    RetentionAction.FORGET: _l("Xóa phần đã gõ"),
    RetentionAction.ASK: _l("Hỏi lại, không xóa"),
}

# By the code of the rule.
QUESTION: Words = {
    "profile": _l("Bạn còn muốn giữ hồ sơ không?"),
    "withdrawn": _l("Bạn đã rút đồng ý lưu hồ sơ"),
    "papers": _l("Giấy tờ và mục nhạy cảm của bạn sắp được xóa"),
    "draft": _l("Phần đăng ký bạn gõ dở sắp được xóa"),
    "pool": _l("Bạn có muốn ở lại nguồn không?"),
    "stale": _l("Hồ sơ của bạn còn đúng không?"),
}

QUESTION_TEXT: Words = {
    "profile": _l("Đã lâu bạn không xác nhận gì. Nếu không trả lời, hồ sơ của bạn được xóa."),
    "withdrawn": _l("Không còn căn cứ để giữ hồ sơ. Nếu bạn không đồng ý lại, hồ sơ được xóa."),
    "papers": _l("Chúng chỉ cần khi xét chính sách mà bạn đã rút đồng ý. Phần còn lại của hồ sơ không đổi."),
    "draft": _l("Bạn bắt đầu đăng ký mà chưa gửi. Nếu không giữ lại, phần đã gõ được xóa."),
    "pool": _l("Nhu cầu bạn nộp hồ sơ đã xong và bạn chưa được chọn. Nếu không trả lời, hồ sơ được xóa."),
    "stale": _l("Không trả lời thì hồ sơ không bị xóa, nhưng cơ quan tạm không tìm thấy bạn."),
}

KEEP: Words = {
    "profile": _l("Giữ lại hồ sơ của tôi"),
    "withdrawn": _l("Tôi đồng ý, giữ lại hồ sơ của tôi"),
    "papers": _l("Giữ lại phần này"),
    "draft": _l("Giữ lại phần tôi đã gõ"),
    "pool": _l("Tôi đồng ý ở lại nguồn"),
    "stale": _l("Hồ sơ của tôi vẫn đúng"),
}

DAY: Words = {
    DayKind.HOLIDAY: _l("Ngày lễ"),
    DayKind.IN_LIEU: _l("Nghỉ bù"),
    DayKind.SWAPPED: _l("Nghỉ hoán đổi"),
    DayKind.WORKED: _l("Làm bù"),
}

LOOK: Words = {
    "person.opened": _l("Mở hồ sơ"),
    "people.listed": _l("Hiện trong một danh sách"),
    "people.looked_up": _l("Tra cứu đúng hồ sơ của bạn"),
    "people.compared": _l("So sánh với người khác"),
    "people.exported": _l("Xuất ra tệp"),
    "person.formats_taken": _l("Lấy hồ sơ của bạn theo định dạng mở"),
    "person.cv_taken": _l("Lấy CV của bạn"),
    "match.printed": _l("In bảng xếp hạng có bạn"),
    "match.listed": _l("Hiện trong bảng xếp hạng"),
    "match.explained": _l("Xem vì sao phù hợp"),
    "match.needs_of_person": _l("Xem các nhu cầu phù hợp"),
    "match.kept_read": _l("Xem bảng xếp hạng đã lưu"),
    "interest.listed": _l("Hiện trong danh sách người quan tâm"),
    "interest.read": _l("Xem quan tâm, yêu cầu và tin nhắn của bạn"),
    "offer.read": _l("Xem chính sách nào áp dụng cho bạn"),
    "offer.kept": _l("Lưu phiếu đề xuất chính sách cho bạn"),
    "offer.printed": _l("In phiếu đề xuất chính sách cho bạn"),
    "reveal.asked": _l("Hỏi để biết tên bạn"),
    "reveal.cancelled": _l("Rút yêu cầu biết tên bạn"),
    "message.to_person": _l("Nhắn tin cho bạn"),
    "message.read": _l("Ghi là đã đọc tin của bạn"),
    "rights_request.read": _l("Xem yêu cầu về quyền của bạn"),
    "person.data_taken": _l("Tải toàn bộ dữ liệu về bạn"),
}

# In addresses.
SLUGS: Mapping[RightKind, str] = {
    RightKind.ACCESS: "xem",
    RightKind.CORRECTION: "sua",
    RightKind.WITHDRAWAL: "rut-dong-y",
    RightKind.RESTRICTION: "han-che",
    RightKind.OBJECTION: "phan-doi",
    RightKind.ERASURE: "xoa",
}
KIND_OF_SLUG = {slug: kind for kind, slug in SLUGS.items()}


def pairs(words: Words) -> list[Any]:
    """The entries of a table as options of a field, by the stored word."""
    return choices((str(one.value if isinstance(one, StrEnum) else one), text) for one, text in words.items())
