"""The words of closed lists as people read them."""

from typing import Any

from registry.networks.rules import (
    AwardKind,
    MemberRole,
    OriginKind,
    OutreachAnswer,
    TaskKind,
    TaskLevel,
    TaskState,
    TaskWay,
    VisitKind,
)
from registry.web.i18n import lazy_gettext as _l

ROLE: dict[MemberRole, Any] = {
    MemberRole.CHAIR: _l("Chủ tịch"),
    MemberRole.VICE_CHAIR: _l("Phó chủ tịch"),
    MemberRole.SECRETARY: _l("Tổng thư ký"),
    MemberRole.BOARD: _l("Ủy viên ban chấp hành"),
    MemberRole.MEMBER: _l("Hội viên"),
}
TASK_WAY: dict[TaskWay, Any] = {
    TaskWay.ORDERED: _l("Đặt hàng"),
    TaskWay.ASSIGNED: _l("Giao nhiệm vụ"),
}
TASK_KIND: dict[TaskKind, Any] = {
    TaskKind.STUDY: _l("Đề tài nghiên cứu"),
    TaskKind.TRAINING_SCHEME: _l("Đề án đào tạo"),
    TaskKind.OTHER: _l("Nhiệm vụ khác"),
}
TASK_LEVEL: dict[TaskLevel, Any] = {
    TaskLevel.STATE: _l("Cấp quốc gia"),
    TaskLevel.MINISTRY: _l("Cấp bộ"),
    TaskLevel.PROVINCE: _l("Cấp tỉnh, thành phố"),
    TaskLevel.AGENCY: _l("Cấp cơ sở"),
}
TASK_STATE: dict[TaskState, Any] = {
    TaskState.ASKED: _l("Chờ nhận"),
    TaskState.ACCEPTED: _l("Đang thực hiện"),
    TaskState.DELIVERED: _l("Đã giao nộp"),
    TaskState.APPROVED: _l("Đã nghiệm thu"),
    TaskState.REFUSED: _l("Không thực hiện"),
}
TASK_TAG: dict[TaskState, str] = {
    TaskState.ASKED: "warn",
    TaskState.ACCEPTED: "info",
    TaskState.DELIVERED: "info",
    TaskState.APPROVED: "ok",
    TaskState.REFUSED: "bad",
}
TASK_STEP: dict[TaskState, Any] = {
    TaskState.ACCEPTED: _l("Ghi đã nhận"),
    TaskState.DELIVERED: _l("Ghi đã giao nộp"),
    TaskState.APPROVED: _l("Nghiệm thu"),
    TaskState.REFUSED: _l("Ghi không thực hiện"),
}
REDO = _l("Trả lại để làm tiếp")
ORIGIN_KIND: dict[OriginKind, Any] = {
    OriginKind.INTELLECTUAL: _l("Trí thức"),
    OriginKind.SCIENTIST: _l("Nhà khoa học"),
    OriginKind.MANAGER: _l("Cán bộ quản lý"),
    OriginKind.ENTREPRENEUR: _l("Doanh nhân"),
}
ORIGIN_ANSWER: dict[OutreachAnswer, Any] = {
    OutreachAnswer.NONE: _l("Chưa trả lời"),
    OutreachAnswer.LATER: _l("Hẹn lúc khác"),
    OutreachAnswer.AGREED: _l("Đồng ý"),
    OutreachAnswer.DECLINED: _l("Từ chối"),
}
VISIT_KIND: dict[VisitKind, Any] = {
    VisitKind.WORK: _l("Làm việc"),
    VisitKind.RESEARCH: _l("Nghiên cứu"),
    VisitKind.TRANSFER: _l("Chuyển giao công nghệ"),
    VisitKind.TEACHING: _l("Giảng dạy"),
    VisitKind.SECONDMENT: _l("Biệt phái"),
}
AWARD_KIND: dict[AwardKind, Any] = {
    AwardKind.AWARD: _l("Khen thưởng"),
    AwardKind.INITIATIVE: _l("Sáng kiến được công nhận"),
    AwardKind.SCIENTIFIC_TASK: _l("Nhiệm vụ khoa học và công nghệ"),
}
