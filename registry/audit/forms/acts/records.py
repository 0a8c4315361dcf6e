"""What is said of records, their owners and the accounts that look at them."""

from typing import Any

from registry.web.i18n import lazy_gettext as _l

RECORDS: dict[str, Any] = {
    "backup.begun": _l("Bản sao lưu: bắt đầu ghi"),
    "backup.restored": _l("Bản sao lưu: khôi phục vào sổ đăng ký"),
    "consent.given": _l("Sự đồng ý: ghi nhận"),
    "consent.withdrawn": _l("Sự đồng ý: rút lại"),
    "cv.confirmed": _l("CV: đưa mục đã chọn vào phần đăng ký"),
    "cv.read": _l("CV: phần mềm đọc"),
    "evidence.rejected": _l("Minh chứng: từ chối"),
    "evidence.withdrawn": _l("Minh chứng: rút vì kết quả khóa học bị thu hồi"),
    "person.opened": _l("Hồ sơ: xem"),
    "retention.kept": _l("Lưu giữ: người này giữ lại"),
    "skill_claim.reopened": _l("Kỹ năng: mở lại bậc trước khóa học"),
    "api_token.made": _l("Khóa API: tạo"),
    "second_factor.refused": _l("Đăng nhập hai lớp: mã không đúng"),
    "second_factor.removed": _l("Đăng nhập hai lớp: tắt"),
    "identity.linked": _l("Danh tính đăng nhập chung: nối với tài khoản"),
    "identity.unlinked": _l("Danh tính đăng nhập chung: gỡ khỏi tài khoản"),
    "limit.sign_on": _l("Giới hạn: thử đăng nhập chung quá nhiều"),
    "sign_in.confirmed": _l("Đăng nhập: xác nhận lại là mình"),
    "rights_request.done": _l("Yêu cầu về quyền: hoàn tất"),
    "rights_request.refused": _l("Yêu cầu về quyền: từ chối, có nêu lý do"),
}
