"""What states, results and roles are called: in files always so, on pages translated. Pure."""

from collections.abc import Mapping

from registry.training.rules.categories import CourseKind, Field, Tier
from registry.training.rules.standing import Progress
from registry.training.rules.states import (
    Measure,
    Mode,
    OrderState,
    ParticipationState,
    PartnerRole,
    Result,
    SessionState,
)

KINDS: Mapping[CourseKind, str] = {CourseKind.EDUCATION: "Đào tạo", CourseKind.IN_SERVICE: "Bồi dưỡng"}
TIERS: Mapping[Tier, str] = {
    Tier.LEADER: "Lãnh đạo",
    Tier.MANAGER: "Quản lý",
    Tier.SPECIALIST: "Chuyên viên",
}
FIELDS: Mapping[Field, str] = {Field.AGRICULTURE: "Nông nghiệp", Field.NON_AGRICULTURE: "Phi nông nghiệp"}
SESSIONS: Mapping[SessionState, str] = {
    SessionState.PLANNED: "Theo kế hoạch",
    SessionState.OPEN: "Đang ghi danh",
    SessionState.RUNNING: "Đang học",
    SessionState.FINISHED: "Đã kết thúc",
    SessionState.CANCELLED: "Đã hủy",
}
MODES: Mapping[Mode, str] = {
    Mode.IN_PERSON: "Trực tiếp",
    Mode.ONLINE: "Trực tuyến",
    Mode.MIXED: "Kết hợp",
}
PARTNERS: Mapping[PartnerRole, str] = {
    PartnerRole.PARTNER: "Phối hợp",
    PartnerRole.SPONSOR: "Tài trợ",
    PartnerRole.PROVIDER: "Cơ sở giảng dạy",
}
PARTICIPATIONS: Mapping[ParticipationState, str] = {
    ParticipationState.REGISTERED: "Đã ghi danh",
    ParticipationState.ATTENDING: "Đang học",
    ParticipationState.ABSENT: "Vắng",
    ParticipationState.COMPLETED: "Đã học xong",
}
RESULTS: Mapping[Result, str] = {
    Result.PASSED: "Đạt",
    Result.FAILED: "Không đạt",
    Result.REPEAT: "Học lại",
    Result.REVOKED: "Đã thu hồi",
}
ORDERS: Mapping[OrderState, str] = {
    OrderState.ASKED: "Đã đặt",
    OrderState.ACCEPTED: "Cơ sở đã nhận",
    OrderState.DELIVERED: "Đã bàn giao",
    OrderState.CLOSED: "Đã kết thúc",
}
MEASURES: Mapping[Measure, str] = {Measure.PEOPLE: "người", Measure.ATTENDANCES: "lượt người"}
PROGRESS: Mapping[Progress, str] = {
    Progress.NOT_STARTED: "Chưa học",
    Progress.IN_PROGRESS: "Đang học",
    Progress.PASSED: "Đạt",
    Progress.FAILED: "Không đạt",
    Progress.REPEAT: "Phải học lại",
}
