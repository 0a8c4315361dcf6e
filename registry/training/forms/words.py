"""What the closed lists of the room are called on pages. Tables."""

from collections.abc import Mapping
from typing import Any

from registry.people.rules import vocabulary
from registry.training.rules import (
    CATEGORIES,
    LEVELS,
    CourseKind,
    Field,
    Measure,
    Mode,
    OrderState,
    ParticipationState,
    PartnerRole,
    Progress,
    Result,
    SessionState,
    Tier,
)
from registry.training.rules.words import (
    FIELDS,
    KINDS,
    MEASURES,
    MODES,
    ORDERS,
    PARTICIPATIONS,
    PARTNERS,
    PROGRESS,
    RESULTS,
    SESSIONS,
    TIERS,
)
from registry.web.i18n import lazy_gettext as _l

CATEGORY: Mapping[str, Any] = {one.code: _l(one.name) for one in CATEGORIES}
LEVEL: Mapping[str, Any] = {code: _l(name) for code, name in LEVELS.items()}
KIND: Mapping[CourseKind, Any] = {one: _l(text) for one, text in KINDS.items()}
TIER: Mapping[Tier, Any] = {one: _l(text) for one, text in TIERS.items()}
FIELD: Mapping[Field, Any] = {one: _l(text) for one, text in FIELDS.items()}
SESSION: Mapping[SessionState, Any] = {one: _l(text) for one, text in SESSIONS.items()}
SESSION_TAG: Mapping[SessionState, str] = {
    SessionState.PLANNED: "line",
    SessionState.OPEN: "info",
    SessionState.RUNNING: "ok",
    SessionState.CANCELLED: "bad",
}
MOVE: Mapping[SessionState, Any] = {
    SessionState.OPEN: _l("Mở ghi danh"),
    SessionState.RUNNING: _l("Khai giảng"),
    SessionState.FINISHED: _l("Bế giảng"),
    SessionState.CANCELLED: _l("Hủy lớp"),
}
MODE: Mapping[Mode, Any] = {one: _l(text) for one, text in MODES.items()}
PARTNER: Mapping[PartnerRole, Any] = {one: _l(text) for one, text in PARTNERS.items()}
PARTICIPATION: Mapping[ParticipationState, Any] = {one: _l(text) for one, text in PARTICIPATIONS.items()}
PARTICIPATION_TAG: Mapping[ParticipationState, str] = {
    ParticipationState.ATTENDING: "info",
    ParticipationState.ABSENT: "warn",
    ParticipationState.COMPLETED: "ok",
}
RESULT: Mapping[Result, Any] = {one: _l(text) for one, text in RESULTS.items()}
RESULT_TAG: Mapping[Result, str] = {
    Result.PASSED: "ok",
    Result.FAILED: "bad",
    Result.REPEAT: "warn",
    Result.REVOKED: "bad",
}
ORDER: Mapping[OrderState, Any] = {one: _l(text) for one, text in ORDERS.items()}
ORDER_TAG: Mapping[OrderState, str] = {
    OrderState.ASKED: "info",
    OrderState.ACCEPTED: "info",
    OrderState.DELIVERED: "warn",
    OrderState.CLOSED: "ok",
}
ORDER_MOVE: Mapping[OrderState, Any] = {
    OrderState.ACCEPTED: _l("Ghi cơ sở đã nhận"),
    OrderState.DELIVERED: _l("Ghi đã bàn giao"),
}
MEASURE: Mapping[Measure, Any] = {one: _l(text) for one, text in MEASURES.items()}
STANDING: Mapping[Progress, Any] = {one: _l(text) for one, text in PROGRESS.items()}
STANDING_TAG: Mapping[Progress, str] = {
    Progress.IN_PROGRESS: "info",
    Progress.PASSED: "ok",
    Progress.FAILED: "bad",
    Progress.REPEAT: "warn",
}
TRAIT: Mapping[str, Any] = {
    "rural": _l("Ở nông thôn"),
    "minority": _l("Dân tộc thiểu số"),
    "vulnerable": _l("Nhóm yếu thế"),
    "female": _l("Nữ"),
    "teacher": _l("Nhà giáo, giảng viên"),
}
POLITICAL_THEORY: Mapping[int, Any] = {
    one.rank: _l(one.vi) for one in vocabulary().political_theory if one.rank
}
STATE_MANAGEMENT: Mapping[int, Any] = {
    one.rank: _l(one.vi) for one in vocabulary().state_management if one.rank
}
