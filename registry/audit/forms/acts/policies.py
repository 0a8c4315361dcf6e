"""What is said of policies and of money: figures, consultations, decisions, grants and what was promised for them."""

from typing import Any

from registry.web.i18n import lazy_gettext as _l

POLICIES: dict[str, Any] = {
    "policy_figure.verified": _l("Con số của chính sách: đối chiếu với văn bản"),
    "policy_consultation.answered": _l("Lấy ý kiến về dự thảo: ghi trả lời của cơ quan"),
    "policy_consultation.asked": _l("Lấy ý kiến về dự thảo: hỏi cơ quan"),
    "policy_consultation.settled": _l("Lấy ý kiến về dự thảo: xử lý góp ý"),
    "parameter.confirmed": _l("Giới hạn và lịch: xác nhận một dòng"),
    "parameter.unconfirmed": _l("Giới hạn và lịch: thôi xác nhận một dòng"),
    "area.classified": _l("Địa bàn: ghi đặc điểm"),
    "decision.proposed": _l("Quyết định hỗ trợ: đề xuất"),
    "decision.approved": _l("Quyết định hỗ trợ: người thứ hai duyệt"),
    "decision.refused": _l("Quyết định hỗ trợ: không duyệt"),
    "decision.revoked": _l("Quyết định hỗ trợ: rút hoặc thu hồi"),
    "decision.expired": _l("Quyết định hỗ trợ: hết hạn, chưa dùng"),
    "grant.planned": _l("Khoản hỗ trợ: lập kế hoạch"),
    "grant.line_fixed": _l("Khoản hỗ trợ: ấn định một khoản"),
    "grant.committed": _l("Khoản hỗ trợ: cam kết chi"),
    "grant.paid": _l("Khoản hỗ trợ: ghi đã chi"),
    "grant.payment_undone": _l("Khoản hỗ trợ: hủy ghi chi"),
    "grant.suspended": _l("Khoản hỗ trợ: tạm dừng"),
    "grant.resumed": _l("Khoản hỗ trợ: tiếp tục"),
    "grant.extended": _l("Khoản hỗ trợ: gia hạn cam kết"),
    "grant.completed": _l("Khoản hỗ trợ: chi xong"),
    "grant.ended": _l("Khoản hỗ trợ: chấm dứt"),
    "grant.alerted": _l("Cam kết: báo sắp hết thời gian"),
    "grant.fulfilled": _l("Cam kết: hoàn thành"),
    "grant.breached": _l("Cam kết: ghi vi phạm"),
    "grant.repaid": _l("Cam kết: ghi hoàn trả"),
    "grant.waived": _l("Cam kết: miễn hoàn trả"),
}
