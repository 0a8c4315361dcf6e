"""What the closed lists of the room are called on pages. Tables."""

from collections.abc import Mapping
from typing import Any

from registry.policies.rules.documents import Status
from registry.policies.rules.figures import FigureKind
from registry.policies.rules.states import (
    DocumentKind,
    InForce,
    LinkKind,
    PolicyPurpose,
    VersionState,
)
from registry.web.i18n import lazy_gettext as _l

KIND: Mapping[DocumentKind, Any] = {
    DocumentKind.LAW: _l("Luật"),
    DocumentKind.DECREE: _l("Nghị định"),
    DocumentKind.DECISION: _l("Quyết định của Thủ tướng"),
    DocumentKind.COUNCIL_RESOLUTION: _l("Nghị quyết của Hội đồng nhân dân"),
    DocumentKind.PROVINCE_DECISION: _l("Quyết định của Ủy ban nhân dân tỉnh"),
    DocumentKind.DRAFT: _l("Dự thảo"),
}
STATUS: Mapping[Status, Any] = {
    Status.DRAFT: _l("Dự thảo"),
    Status.IN_FORCE: _l("Còn hiệu lực"),
    Status.PARTLY: _l("Hết hiệu lực một phần"),
    Status.EXPIRED: _l("Hết hiệu lực"),
    Status.REPLACED: _l("Bị thay thế"),
    Status.UNKNOWN: _l("Chưa rõ"),
}
LINK: Mapping[LinkKind, Any] = {LinkKind.AMENDS: _l("Sửa đổi"), LinkKind.REPLACES: _l("Thay thế")}
LINKED_FROM: Mapping[LinkKind, Any] = {
    LinkKind.AMENDS: _l("Được sửa đổi bởi"),
    LinkKind.REPLACES: _l("Bị thay thế bởi"),
}
PURPOSE: Mapping[PolicyPurpose, Any] = {
    PolicyPurpose.ATTRACT: _l("Thu hút"),
    PolicyPurpose.RETAIN: _l("Giữ chân"),
    PolicyPurpose.TRAIN: _l("Đào tạo"),
    PolicyPurpose.HOUSING: _l("Nhà ở"),
    PolicyPurpose.RELOCATION: _l("Chuyển nơi làm việc"),
}
STATE: Mapping[VersionState, Any] = {
    VersionState.DRAFT: _l("Bản nháp"),
    VersionState.SUBMITTED: _l("Chờ duyệt"),
    VersionState.PUBLISHED: _l("Đã ban hành"),
    VersionState.WITHDRAWN: _l("Đã rút"),
}
STATE_TAG: Mapping[VersionState, str] = {
    VersionState.DRAFT: "",
    VersionState.SUBMITTED: "info",
    VersionState.PUBLISHED: "ok",
    VersionState.WITHDRAWN: "bad",
}
STANDING: Mapping[InForce, Any] = {
    InForce.IN_FORCE: _l("Đang có hiệu lực"),
    InForce.UPCOMING: _l("Chưa có hiệu lực"),
    InForce.EXPIRED: _l("Hết hiệu lực"),
    InForce.DRAFT: _l("Dự thảo, chưa ban hành"),
    InForce.UNDATED: _l("Chưa rõ ngày hiệu lực"),
    InForce.WITHDRAWN: _l("Đã rút"),
}
STANDING_TAG: Mapping[InForce, str] = {
    InForce.IN_FORCE: "ok",
    InForce.UPCOMING: "info",
    InForce.EXPIRED: "bad",
    InForce.DRAFT: "warn",
    InForce.UNDATED: "",
    InForce.WITHDRAWN: "bad",
}
FIGURE: Mapping[FigureKind, Any] = {
    FigureKind.DATES: _l("Ngày hiệu lực, địa bàn"),
    FigureKind.RULE: _l("Điều kiện"),
    FigureKind.BENEFIT: _l("Khoản hưởng"),
    FigureKind.COMMITMENT: _l("Cam kết"),
    FigureKind.REMAINING: _l("Số năm công tác còn lại"),
    FigureKind.EXCLUSION: _l("Loại trừ"),
    FigureKind.MODIFIER: _l("Mức tăng thêm"),
    FigureKind.REPAYMENT: _l("Bồi hoàn"),
    FigureKind.STACKING: _l("Cách tính khi thuộc nhiều nhóm"),
}
