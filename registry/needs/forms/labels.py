"""The Vietnamese words for the closed lists of needs."""

from typing import Any

from registry.needs.rules import ConditionKind, NeedKind, NeedState, Part
from registry.people.forms.words import WORK_FORM
from registry.web.i18n import lazy_gettext as _l

KIND_LABELS: dict[NeedKind, Any] = {
    NeedKind.POSITION: _l("Vị trí việc làm"),
    NeedKind.SHORT_TASK: _l("Nhiệm vụ ngắn hạn"),
    NeedKind.PANEL: _l("Hội đồng, nhóm chuyên gia"),
    NeedKind.SECONDMENT: _l("Biệt phái"),
    NeedKind.TRAINING_PLACE: _l("Suất đào tạo"),
}

STATE_LABELS: dict[NeedState, Any] = {
    NeedState.DRAFT: _l("Bản nháp"),
    NeedState.SUBMITTED: _l("Chờ duyệt"),
    NeedState.APPROVED: _l("Đã duyệt"),
    NeedState.OPEN: _l("Đang tuyển chọn"),
    NeedState.ON_HOLD: _l("Tạm dừng"),
    NeedState.FILLED: _l("Đã đủ người"),
    NeedState.CANCELLED: _l("Đã hủy"),
    NeedState.REJECTED: _l("Không duyệt"),
}

STATE_TAGS: dict[NeedState, str] = {
    NeedState.DRAFT: "line",
    NeedState.SUBMITTED: "warn",
    NeedState.APPROVED: "info",
    NeedState.OPEN: "ok",
    NeedState.ON_HOLD: "warn",
    NeedState.FILLED: "ok",
    NeedState.CANCELLED: "bad",
    NeedState.REJECTED: "bad",
}

MOVE_LABELS: dict[tuple[NeedState, NeedState], Any] = {
    (NeedState.DRAFT, NeedState.SUBMITTED): _l("Gửi duyệt"),
    (NeedState.DRAFT, NeedState.CANCELLED): _l("Hủy nhu cầu"),
    (NeedState.SUBMITTED, NeedState.DRAFT): _l("Trả lại để sửa"),
    (NeedState.SUBMITTED, NeedState.APPROVED): _l("Duyệt"),
    (NeedState.SUBMITTED, NeedState.REJECTED): _l("Không duyệt"),
    (NeedState.APPROVED, NeedState.OPEN): _l("Công bố"),
    (NeedState.APPROVED, NeedState.CANCELLED): _l("Hủy nhu cầu"),
    (NeedState.OPEN, NeedState.ON_HOLD): _l("Tạm dừng"),
    (NeedState.OPEN, NeedState.FILLED): _l("Ghi đã đủ người"),
    (NeedState.OPEN, NeedState.CANCELLED): _l("Hủy nhu cầu"),
    (NeedState.ON_HOLD, NeedState.OPEN): _l("Tiếp tục tuyển chọn"),
    (NeedState.ON_HOLD, NeedState.FILLED): _l("Ghi đã đủ người"),
    (NeedState.ON_HOLD, NeedState.CANCELLED): _l("Hủy nhu cầu"),
    (NeedState.REJECTED, NeedState.DRAFT): _l("Sửa lại để gửi duyệt"),
}
"""What the button of each change of state says."""

MOVE_MEANINGS: dict[NeedState, Any] = {
    NeedState.DRAFT: _l("Nhu cầu trở lại là bản nháp; người soạn sửa rồi gửi duyệt lại."),
    NeedState.SUBMITTED: _l("Người có quyền duyệt trong phạm vi này sẽ thấy nhu cầu."),
    NeedState.APPROVED: _l("Nhu cầu được duyệt nhưng chưa công bố."),
    NeedState.OPEN: _l("Nhu cầu bắt đầu tuyển chọn và được tính thời gian từ hôm nay."),
    NeedState.ON_HOLD: _l("Nhu cầu không nhận thêm ứng viên cho đến khi tiếp tục."),
    NeedState.FILLED: _l("Nhu cầu kết thúc vì đã đủ người. Không mở lại được; muốn tuyển tiếp thì nhân bản."),
    NeedState.CANCELLED: _l("Nhu cầu kết thúc. Không mở lại được; muốn dùng lại thì nhân bản."),
    NeedState.REJECTED: _l("Nhu cầu không được duyệt; người soạn có thể sửa và gửi lại."),
}

PART_LABELS: dict[Part, Any] = {
    Part.SKILLS: _l("Kỹ năng"),
    Part.EXPERIENCE: _l("Kinh nghiệm"),
    Part.QUALIFICATION: _l("Trình độ"),
    Part.AVAILABILITY: _l("Sẵn sàng nhận việc"),
    Part.PLACE: _l("Nguyện vọng nơi làm việc"),
}

CONDITION_LABELS: dict[ConditionKind, Any] = {
    ConditionKind.DEGREE: _l("Trình độ tối thiểu"),
    ConditionKind.FIELD: _l("Ngành đào tạo"),
    ConditionKind.LANGUAGE: _l("Ngoại ngữ"),
    ConditionKind.AVAILABLE: _l("Nhận việc chậm nhất"),
    ConditionKind.SCOPE: _l("Hồ sơ thuộc địa bàn"),
    ConditionKind.EVIDENCE: _l("Minh chứng kỹ năng bắt buộc"),
}

RANK_LABELS: dict[int, Any] = {
    1: _l("Sơ cấp"),
    2: _l("Trung cấp"),
    3: _l("Cao đẳng"),
    4: _l("Đại học"),
    5: _l("Thạc sĩ"),
    6: _l("Tiến sĩ"),
}

LANGUAGE_RANK_LABELS: dict[int, Any] = {
    1: _l("Bậc 1 (A1)"),
    2: _l("Bậc 2 (A2)"),
    3: _l("Bậc 3 (B1)"),
    4: _l("Bậc 4 (B2)"),
    5: _l("Bậc 5 (C1)"),
    6: _l("Bậc 6 (C2)"),
}

EVIDENCE_LABELS: dict[str, Any] = {
    "attached": _l("Có minh chứng trở lên"),
    "verified": _l("Đã xác minh"),
}

ORDER_LABELS: dict[str, Any] = {
    "newest": _l("Mới nhất"),
    "expected": _l("Cần sớm nhất"),
    "title": _l("Theo tên"),
}

WORK_FORM_LABELS = WORK_FORM
"""A need offers what a person accepts, in the same words; the template for Excel lists them too."""

GROUP_LABELS: dict[str, Any] = {
    "title": _l("Tên nhu cầu"),
    "kind": _l("Loại"),
    "headcount": _l("Số người cần"),
    "organisation": _l("Cơ quan, đơn vị"),
    "legal_basis": _l("Căn cứ"),
    "description": _l("Mô tả công việc"),
    "task": _l("Số ngày và sản phẩm"),
    "note": _l("Ghi chú"),
    "skills": _l("Kỹ năng"),
    "experience": _l("Kinh nghiệm"),
    "qualification": _l("Trình độ được tính điểm"),
    "conditions": _l("Điều kiện bắt buộc"),
    "expected_on": _l("Cần người trước ngày"),
    "start_on": _l("Ngày bắt đầu làm việc"),
    "forms": _l("Hình thức làm việc"),
    "workplace": _l("Nơi làm việc"),
    "shares": _l("Tỷ trọng điểm"),
}
"""The parts of a need as the page of two versions names them."""

TERM_LABELS: dict[str, Any] = {
    **{
        name: GROUP_LABELS[name]
        for name in ("title", "kind", "headcount", "legal_basis", "description", "note", "skills")
    },
    "organisation_id": GROUP_LABELS["organisation"],
    "estimated_days": _l("Số ngày làm việc dự kiến"),
    "deliverable": _l("Sản phẩm phải có"),
    "conditions": GROUP_LABELS["conditions"],
    "experience_years": _l("Số năm kinh nghiệm"),
    "experience_field": _l("Lĩnh vực kinh nghiệm"),
    "qualification_rank": GROUP_LABELS["qualification"],
    "qualification_fields": _l("Ngành đào tạo được tính đủ điểm"),
    "expected_on": GROUP_LABELS["expected_on"],
    "start_on": GROUP_LABELS["start_on"],
    "forms": GROUP_LABELS["forms"],
    "unit_id": GROUP_LABELS["workplace"],
    "is_remote": _l("Có thể làm từ xa"),
    "shares": GROUP_LABELS["shares"],
}
"""Every term of a need, in the order in which changes are told."""
