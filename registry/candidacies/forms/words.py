"""What stages, decisions, ties and opinions are called, to officers and to people themselves."""

from collections.abc import Mapping
from typing import Any

from registry.candidacies.rules import (
    DecisionKind,
    NextStep,
    Outcome,
    Recommendation,
    Source,
    Stage,
    Standing,
)
from registry.candidacies.rules.panels import CheckOutcome, Conflict, OpinionState, TieKind
from registry.candidacies.rules.words import NEXT_STEPS, OUTCOMES, SOURCES, STAGES
from registry.web.i18n import lazy_gettext as _l

STAGE: Mapping[Stage, Any] = {one: _l(words) for one, words in STAGES.items()}

STAGE_TAG: Mapping[Stage, str] = {
    Stage.SIGNED: "ok",
    Stage.PLACED: "ok",
    Stage.OFFERED: "info",
    Stage.ACCEPTED: "info",
    Stage.DECLINED: "line",
    Stage.WITHDRAWN: "line",
    Stage.NOT_SELECTED: "line",
    Stage.REMOVED: "line",
    Stage.CLOSED_PLACED_ELSEWHERE: "line",
}

NEXT: Mapping[NextStep, Any] = {one: _l(words) for one, words in NEXT_STEPS.items()}
SOURCE: Mapping[Source, Any] = {one: _l(words) for one, words in SOURCES.items()}
OUTCOME: Mapping[Outcome, Any] = {one: _l(words) for one, words in OUTCOMES.items()}

KIND: Mapping[DecisionKind, Any] = {
    DecisionKind.REFERRAL: _l("Giới thiệu"),
    DecisionKind.SELECTION: _l("Tuyển chọn"),
}

STANDING: Mapping[Standing, Any] = {
    Standing.PENDING: _l("Chưa quyết định"),
    Standing.REFERRED: _l("Đã giới thiệu, chờ tuyển chọn"),
    Standing.NOT_REFERRED: _l("Không giới thiệu"),
    Standing.SELECTED: _l("Được chọn"),
    Standing.NOT_SELECTED: _l("Không được chọn"),
}

STANDING_TAG: Mapping[Standing, str] = {
    Standing.PENDING: "",
    Standing.REFERRED: "info",
    Standing.SELECTED: "ok",
    Standing.NOT_REFERRED: "line",
    Standing.NOT_SELECTED: "line",
}

TIE: Mapping[TieKind, Any] = {
    TieKind.FAMILY: _l("Người trong gia đình, họ hàng"),
    TieKind.INTEREST: _l("Có lợi ích liên quan"),
    TieKind.OTHER: _l("Quan hệ khác có thể ảnh hưởng đến quyết định"),
}

CONFLICT: Mapping[Conflict, Any] = {
    Conflict.SELF: _l("chính là người này"),
    Conflict.FAMILY: _l("đã khai báo quan hệ gia đình"),
    Conflict.INTEREST: _l("có lợi ích liên quan"),
    Conflict.OTHER: _l("đã khai báo quan hệ khác"),
    Conflict.NOMINATOR: _l("đã tiến cử người này"),
    Conflict.SAME_DECISION: _l("đã cùng người này tham gia một quyết định trước đây"),
}

OPINION: Mapping[OpinionState, Any] = {
    OpinionState.REQUESTED: _l("Đang chờ ý kiến"),
    OpinionState.SUBMITTED: _l("Đã có ý kiến"),
    OpinionState.RECUSED: _l("Xin không tham gia"),
    OpinionState.CANCELLED: _l("Không hỏi nữa"),
}

ADVICE: Mapping[Recommendation, Any] = {
    Recommendation.FOR: _l("Nên chọn"),
    Recommendation.CONDITIONAL: _l("Nên chọn, với điều kiện"),
    Recommendation.AGAINST: _l("Không nên chọn"),
}

CHECK: Mapping[CheckOutcome, Any] = {
    CheckOutcome.STILL: _l("Vẫn làm việc"),
    CheckOutcome.LEFT: _l("Đã thôi việc"),
    CheckOutcome.UNKNOWN: _l("Không rõ"),
}

# What a person reads of their own candidacy: what it is, and what comes next.
OWN: Mapping[Stage, tuple[Any, Any]] = {
    Stage.SUGGESTED: (
        _l("Đơn vị đang xem hồ sơ của bạn."),
        _l("Đơn vị liên hệ nếu muốn đi tiếp. Bạn chưa phải làm gì."),
    ),
    Stage.INVITED: (
        _l("Đơn vị mời bạn ứng tuyển."),
        _l("Bạn trả lời: nhận lời, hoặc từ chối. Không trả lời thì lời mời hết hạn."),
    ),
    Stage.INTERESTED: (_l("Đơn vị biết bạn quan tâm."), _l("Đơn vị xem hồ sơ rồi cho bạn biết.")),
    Stage.SHORTLISTED: (
        _l("Bạn có trong danh sách ngắn của đơn vị."),
        _l("Đơn vị quyết định có giới thiệu bạn để phỏng vấn hay không."),
    ),
    Stage.REFERRED: (_l("Bạn đã được giới thiệu."), _l("Đơn vị hẹn bạn phỏng vấn.")),
    Stage.INTERVIEWED: (_l("Bạn đã được phỏng vấn."), _l("Đơn vị quyết định rồi cho bạn biết.")),
    Stage.OFFERED: (
        _l("Bạn được chọn. Đơn vị đề nghị bạn nhận việc."),
        _l("Bạn trả lời: nhận việc, hoặc từ chối."),
    ),
    Stage.ACCEPTED: (_l("Bạn đã đồng ý nhận việc."), _l("Đơn vị chuẩn bị giấy tờ để ký.")),
    Stage.SIGNED: (_l("Đã ký."), _l("Đơn vị hẹn ngày bạn bắt đầu làm việc.")),
    Stage.PLACED: (
        _l("Bạn đang làm việc theo nhu cầu này."),
        _l("Sau 12, 36 và 60 tháng, đơn vị hỏi lại bạn còn làm việc hay không."),
    ),
    Stage.DECLINED: (_l("Bạn đã từ chối."), _l("Việc này không ảnh hưởng đến nhu cầu khác.")),
    Stage.WITHDRAWN: (_l("Bạn đã rút."), _l("Việc này không ảnh hưởng đến nhu cầu khác.")),
    Stage.NOT_SELECTED: (
        _l("Đơn vị đã xét và không chọn bạn cho nhu cầu này."),
        _l("Hồ sơ của bạn vẫn được tìm cho các nhu cầu khác."),
    ),
    Stage.REMOVED: (
        _l("Đơn vị đã đưa bạn ra khỏi danh sách, chưa xét để chọn hay không chọn."),
        _l("Đây không phải là kết quả trượt. Hồ sơ của bạn vẫn được tìm cho các nhu cầu khác."),
    ),
    Stage.CLOSED_PLACED_ELSEWHERE: (
        _l("Đã đóng vì bạn nhận việc theo một nhu cầu khác."),
        _l("Đơn vị không quyết định gì về bạn ở đây."),
    ),
}

OWN_NEED_OVER = (
    _l("Nhu cầu đã đóng trước khi đơn vị quyết định về bạn."),
    _l("Đây không phải là kết quả trượt. Hồ sơ của bạn vẫn được tìm cho các nhu cầu khác."),
)
