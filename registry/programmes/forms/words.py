"""What states, parts, roles and kinds are called. Tables; nothing is queried."""

from typing import Any

from registry.programmes.rules.tasks import AgenciesFault, Lateness, TaskState
from registry.programmes.rules.trees import NodeFault
from registry.programmes.rules.words import (
    AgencyPart,
    ChainLink,
    DocumentRole,
    FactKind,
    MemberRole,
    NodeKind,
    ProgrammeState,
    RecommendationState,
    ReviewVerdict,
)
from registry.web.i18n import lazy_gettext as _l

STATE: dict[ProgrammeState, Any] = {
    ProgrammeState.DRAFT: _l("Dự thảo"),
    ProgrammeState.RUNNING: _l("Đang thực hiện"),
    ProgrammeState.CLOSED: _l("Đã kết thúc"),
}
STATE_TAG = {ProgrammeState.DRAFT: "info", ProgrammeState.RUNNING: "ok"}
ROLE: dict[DocumentRole, Any] = {
    DocumentRole.SCHEME: _l("Đề án"),
    DocumentRole.PLAN: _l("Kế hoạch"),
    DocumentRole.RESOLUTION: _l("Nghị quyết"),
    DocumentRole.CONCLUSION: _l("Kết luận"),
    DocumentRole.REVIEW: _l("Sơ kết, tổng kết"),
    DocumentRole.NOTICE: _l("Thông báo"),
    DocumentRole.DECISION: _l("Quyết định"),
}
LINK: dict[ChainLink, Any] = {
    ChainLink.IMPLEMENTS: _l("triển khai"),
    ChainLink.CONTINUES: _l("tiếp tục thực hiện"),
    ChainLink.AMENDS: _l("sửa đổi, bổ sung"),
    ChainLink.REVIEWS: _l("sơ kết, đánh giá"),
    ChainLink.RESTS_ON: _l("căn cứ"),
    ChainLink.CONSULTS: _l("lấy ý kiến về"),
}
NODE: dict[NodeKind, Any] = {
    NodeKind.OBJECTIVE: _l("Mục tiêu"),
    NodeKind.KEY_RESULT: _l("Kết quả then chốt"),
    NodeKind.TASK_GROUP: _l("Nhóm nhiệm vụ"),
    NodeKind.RESULT_GROUP: _l("Nhóm kết quả"),
}
NODE_FAULT: dict[NodeFault, Any] = {
    NodeFault.NO_OWNER: _l("chưa có đơn vị chịu trách nhiệm"),
    NodeFault.NO_SOURCE: _l("chưa có nguồn số liệu"),
    NodeFault.NO_KEY_RESULT: _l("chưa có kết quả then chốt"),
}
PART: dict[AgencyPart, Any] = {
    AgencyPart.LEAD: _l("Chủ trì"),
    AgencyPart.CO_OPERATE: _l("Phối hợp"),
    AgencyPart.INFORMED: _l("Được thông tin"),
}
PART_LETTER: dict[AgencyPart, Any] = {
    AgencyPart.LEAD: _l("CT"),
    AgencyPart.CO_OPERATE: _l("PH"),
    AgencyPart.INFORMED: _l("TT"),
}
MEMBER: dict[MemberRole, Any] = {
    MemberRole.HEAD: _l("Tổ trưởng"),
    MemberRole.DEPUTY: _l("Tổ phó"),
    MemberRole.MEMBER: _l("Tổ viên"),
}
FACT: dict[FactKind, Any] = {
    FactKind.DATE: _l("Ngày, thời điểm"),
    FactKind.PERIOD: _l("Giai đoạn, mốc"),
    FactKind.DOCUMENT: _l("Số hiệu văn bản"),
    FactKind.ORDINAL: _l("Thứ tự"),
    FactKind.DURATION: _l("Thời lượng"),
}
TASK: dict[TaskState, Any] = {
    TaskState.ASSIGNED: _l("Đã giao"),
    TaskState.IN_PROGRESS: _l("Đang thực hiện"),
    TaskState.REVIEWED: _l("Đã tự đánh giá"),
    TaskState.DONE: _l("Hoàn thành"),
}
TASK_TAG = {TaskState.IN_PROGRESS: "info", TaskState.REVIEWED: "info", TaskState.DONE: "ok"}
STEP: dict[tuple[TaskState, TaskState], Any] = {
    (TaskState.ASSIGNED, TaskState.IN_PROGRESS): _l("Bắt đầu thực hiện"),
    (TaskState.IN_PROGRESS, TaskState.REVIEWED): _l("Gửi tự đánh giá"),
    (TaskState.REVIEWED, TaskState.IN_PROGRESS): _l("Trả lại để làm tiếp"),
    (TaskState.REVIEWED, TaskState.DONE): _l("Công nhận hoàn thành"),
    (TaskState.DONE, TaskState.IN_PROGRESS): _l("Mở lại"),
}
LATENESS: dict[Lateness, Any] = {
    Lateness.NO_DAY: _l("không có hạn"),
    Lateness.IN_TIME: _l("trong hạn"),
    Lateness.SOON: _l("sắp đến hạn"),
    Lateness.LATE: _l("chậm"),
    Lateness.DRAGGING: _l("chậm, kéo dài"),
}
LATENESS_TAG = {Lateness.SOON: "warn", Lateness.LATE: "bad", Lateness.DRAGGING: "bad"}
AGENCIES_FAULT: dict[AgenciesFault, Any] = {
    AgenciesFault.NO_LEAD: _l("Chọn đơn vị chủ trì: nhiệm vụ không có đơn vị chủ trì thì không giao được"),
    AgenciesFault.TWO_LEADS: _l("Chỉ một đơn vị chủ trì; các đơn vị khác phối hợp"),
    AgenciesFault.TWICE: _l("Mỗi đơn vị chỉ một vai trò: bỏ bớt ở phối hợp hoặc được thông tin"),
}
VERDICT: dict[ReviewVerdict, Any] = {
    ReviewVerdict.FULL: _l("Thực hiện đầy đủ"),
    ReviewVerdict.PARTLY: _l("Thực hiện một phần"),
    ReviewVerdict.NOT_YET: _l("Chưa thực hiện"),
}
VERDICT_TAG = {ReviewVerdict.FULL: "ok", ReviewVerdict.PARTLY: "warn", ReviewVerdict.NOT_YET: "bad"}
RECOMMENDATION: dict[RecommendationState, Any] = {
    RecommendationState.RAISED: _l("Mới nêu"),
    RecommendationState.FORWARDED: _l("Đã chuyển"),
    RecommendationState.ANSWERED: _l("Đã trả lời"),
    RecommendationState.DONE: _l("Đã xong"),
}
RECOMMENDATION_TAG = {
    RecommendationState.RAISED: "warn",
    RecommendationState.FORWARDED: "info",
    RecommendationState.DONE: "ok",
}
MOVE_RECOMMENDATION: dict[RecommendationState, Any] = {
    RecommendationState.FORWARDED: _l("Chuyển đơn vị trả lời"),
    RecommendationState.ANSWERED: _l("Ghi trả lời"),
    RecommendationState.DONE: _l("Ghi kết quả, kết thúc"),
}
