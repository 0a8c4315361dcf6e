"""What the closed lists of the room are called on pages. Tables."""

from collections.abc import Mapping
from typing import Any

from registry.grants.rules import CommitmentState, DecisionState, EventKind, GrantState, PaymentState
from registry.grants.rules.words import COMMITMENTS, DECISIONS, GRANTS
from registry.policies.rules import LineKind, Period, RepaymentKind, State
from registry.policies.rules.answers import EvidenceState
from registry.web.i18n import gettext as _
from registry.web.i18n import lazy_gettext as _l

DECISION: Mapping[DecisionState, Any] = {one: _l(text) for one, text in DECISIONS.items()}
DECISION_TAG: Mapping[DecisionState, str] = {
    DecisionState.PROPOSED: "info",
    DecisionState.APPROVED: "ok",
    DecisionState.REFUSED: "bad",
    DecisionState.REVOKED: "bad",
    DecisionState.EXPIRED: "warn",
}
GRANT: Mapping[GrantState, Any] = {one: _l(text) for one, text in GRANTS.items()}
GRANT_TAG: Mapping[GrantState, str] = {
    GrantState.PLANNED: "info",
    GrantState.ACTIVE: "ok",
    GrantState.EXTENDED: "ok",
    GrantState.SUSPENDED: "warn",
    GrantState.BREACHED: "bad",
}
COMMITMENT: Mapping[CommitmentState, Any] = {one: _l(text) for one, text in COMMITMENTS.items()}
COMMITMENT_TAG: Mapping[CommitmentState, str] = {
    CommitmentState.RUNNING: "info",
    CommitmentState.SUSPENDED: "warn",
    CommitmentState.FULFILLED: "ok",
    CommitmentState.BREACHED: "bad",
}
PAYMENT: Mapping[PaymentState, Any] = {
    PaymentState.PLANNED: _l("Kế hoạch"),
    PaymentState.COMMITTED: _l("Đã cam kết chi"),
    PaymentState.PAID: _l("Đã chi"),
    PaymentState.CANCELLED: _l("Không chi nữa"),
}
PAYMENT_TAG: Mapping[PaymentState, str] = {PaymentState.COMMITTED: "info", PaymentState.PAID: "ok"}
EVENT: Mapping[EventKind, Any] = {
    EventKind.COMMITTED: _l("Cam kết chi"),
    EventKind.SUSPENDED: _l("Tạm dừng"),
    EventKind.RESUMED: _l("Tiếp tục"),
    EventKind.EXTENDED: _l("Gia hạn cam kết"),
    EventKind.COMPLETED: _l("Chi xong"),
    EventKind.ENDED: _l("Chấm dứt"),
    EventKind.FULFILLED: _l("Hoàn thành cam kết"),
    EventKind.BREACHED: _l("Vi phạm cam kết"),
    EventKind.REPAID: _l("Hoàn trả"),
    EventKind.WAIVED: _l("Miễn hoàn trả"),
    EventKind.PAYMENT_UNDONE: _l("Hủy ghi chi"),
}
ANSWER: Mapping[State, Any] = {
    State.MET: _l("Đạt"),
    State.NOT_MET: _l("Không đạt"),
    State.UNKNOWN: _l("Thiếu dữ liệu"),
}
ANSWER_TAG: Mapping[State, str] = {State.MET: "ok", State.NOT_MET: "bad", State.UNKNOWN: "warn"}
EVIDENCE: Mapping[EvidenceState, Any] = {
    EvidenceState.NONE: _l("chưa có giấy tờ"),
    EvidenceState.DECLARED: _l("tự khai"),
    EvidenceState.ATTACHED: _l("có giấy tờ, chưa xác minh"),
    EvidenceState.VERIFIED: _l("đã xác minh"),
    EvidenceState.EXPIRED: _l("giấy tờ hết hạn"),
}
PERIOD: Mapping[Period, Any] = {
    Period.ONCE: _l("một lần"),
    Period.MONTH: _l("mỗi tháng"),
    Period.YEAR: _l("mỗi năm"),
}
LINE: Mapping[LineKind, Any] = {
    LineKind.FIXED: _l("Số tiền cố định"),
    LineKind.RANGE: _l("Trong khoảng"),
    LineKind.UP_TO: _l("Không quá"),
    LineKind.UNKNOWN: _l("Chưa tính được"),
    LineKind.IN_KIND: _l("Không phải tiền"),
    LineKind.NEGOTIATED: _l("Theo thỏa thuận"),
}
REPAYMENT: Mapping[RepaymentKind, Any] = {
    RepaymentKind.FULL: _l("Hoàn trả toàn bộ số đã nhận."),
    RepaymentKind.PRO_RATA_MONTHS: _l("Hoàn trả theo số tháng chưa phục vụ."),
    RepaymentKind.MULTIPLE: _l("Hoàn trả nhiều lần số đã nhận."),
    RepaymentKind.UNKNOWN: _l("Văn bản có quy định bồi hoàn; cách tính chưa được đọc."),
    RepaymentKind.NOT_STATED: _l("Văn bản không nêu việc hoàn trả."),
}


def formula_words(formula: str) -> str:
    """The formula of a repayment in the language of the page; the engine writes it in Vietnamese."""
    for said, told in _formula_parts().items():
        formula = formula.replace(said, told)
    return formula


def _formula_parts() -> dict[str, str]:
    return {
        "đã hết thời gian cam kết": _("đã hết thời gian cam kết"),
        "chưa đọc được công thức": _("chưa đọc được công thức"),
        "văn bản không nêu": _("văn bản không nêu"),
        "chưa rõ thời gian cam kết": _("chưa rõ thời gian cam kết"),
        "được miễn": _("được miễn"),
        "toàn bộ": _("toàn bộ"),
        "tháng": _("tháng"),
    }
