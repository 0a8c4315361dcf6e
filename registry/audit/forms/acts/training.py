"""What is said of training: programmes, sessions, orders, money, who takes part."""

from typing import Any

from registry.web.i18n import lazy_gettext as _l

TRAINING: dict[str, Any] = {
    "training_programme.created": _l("Chương trình đào tạo: thêm"),
    "training_programme.revised": _l("Chương trình đào tạo: sửa"),
    "training_programme.partner_added": _l("Chương trình đào tạo: thêm đối tác"),
    "training_course.created": _l("Khóa học: thêm"),
    "training_course.revised": _l("Khóa học: sửa"),
    "training_session.created": _l("Lớp: mở"),
    "training_session.revised": _l("Lớp: sửa"),
    "training_session.moved": _l("Lớp: chuyển trạng thái"),
    "training_session.partner_added": _l("Lớp: thêm đối tác"),
    "training_session.partner_removed": _l("Lớp: bỏ đối tác"),
    "training_session.lecturer_added": _l("Lớp: thêm giảng viên"),
    "training_session.lecturer_removed": _l("Lớp: bỏ giảng viên"),
    "training_session.seats_added": _l("Lớp: phân chỗ cho đơn vị"),
    "training_session.seats_removed": _l("Lớp: bỏ chỗ của đơn vị"),
    "training_requirement.created": _l("Yêu cầu đào tạo: thêm"),
    "training_requirement.dropped": _l("Yêu cầu đào tạo: bỏ"),
    "training_order.created": _l("Đặt hàng đào tạo: thêm"),
    "training_order.revised": _l("Đặt hàng đào tạo: sửa"),
    "training_order.moved": _l("Đặt hàng đào tạo: chuyển trạng thái"),
    "training_order.closed": _l("Đặt hàng đào tạo: kết thúc"),
    "training_quota.created": _l("Chỉ tiêu đào tạo: thêm"),
    "training_quota.revised": _l("Chỉ tiêu đào tạo: sửa"),
    "training_budget_line.created": _l("Kinh phí đào tạo: thêm dòng"),
    "training_budget_line.revised": _l("Kinh phí đào tạo: sửa dòng"),
    "training_spending.entered": _l("Kinh phí đào tạo: ghi chi"),
    "participation.entered": _l("Học viên: ghi vào lớp"),
    "participation.recorded": _l("Học viên: ghi tham gia, kết quả"),
    "participation.revoked": _l("Học viên: thu hồi kết quả"),
    "participation.removed": _l("Học viên: bỏ khỏi lớp"),
}
