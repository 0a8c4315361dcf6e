"""The log in words: what fields and values are called. Tables and pure functions; nothing is queried."""

import re
from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any, cast

from registry import formats
from registry.accounts.forms import ROLE_WORDS
from registry.web.i18n import current_language
from registry.web.i18n import gettext as _
from registry.web.i18n import lazy_gettext as _l

FIELDS: dict[str, Any] = {
    "answer_due_on": _l("Hạn trả lời lần đầu"),
    "as_of": _l("Tính tại ngày"),
    "at": _l("Lúc"),
    "author": _l("Người khai"),
    "availability": _l("Sẵn sàng nhận việc"),
    "birth": _l("Ngày sinh"),
    "birth_on": _l("Ngày sinh"),
    "birthplace": _l("Nơi sinh"),
    "cadres": _l("Chức vụ cán bộ"),
    "channel": _l("Đồng ý bằng cách"),
    "claim": _l("Nội dung khai"),
    "code": _l("Mã"),
    "contacts": _l("Cách liên hệ"),
    "count": _l("Số lượng"),
    "created": _l("Số mục tạo mới"),
    "device": _l("Thiết bị"),
    "display_name": _l("Họ và tên"),
    "done_due_on": _l("Hạn hoàn tất"),
    "doi-tuong": _l("Lọc theo mã đối tượng"),
    "education": _l("Học vấn"),
    "days": _l("Số ngày"),
    "den": _l("Lọc đến ngày"),
    "email": _l("Thư điện tử"),
    "ends_on": _l("Đến ngày"),
    "errors": _l("Số lỗi"),
    "evidence": _l("Minh chứng"),
    "experience": _l("Kinh nghiệm"),
    "experts": _l("Vai trò chuyên gia"),
    "external_id": _l("Mã ngoài"),
    "full_name": _l("Họ và tên"),
    "good_for": _l("Dùng để"),
    "headline": _l("Nghề nghiệp hiện nay"),
    "identities": _l("Giấy tờ tùy thân"),
    "issuer": _l("Dịch vụ đăng nhập"),
    "kind": _l("Loại"),
    "labels": _l("Số tên gọi"),
    "language": _l("Ngôn ngữ của văn bản"),
    "languages": _l("Ngoại ngữ"),
    "legal_basis": _l("Cơ sở lưu hồ sơ"),
    "limit": _l("Giới hạn"),
    "method": _l("Cách vào"),
    "name": _l("Tên"),
    "nationalities": _l("Quốc tịch"),
    "need": _l("Nhu cầu"),
    "nguoi": _l("Lọc theo người làm"),
    "organisation_id": _l("Đơn vị"),
    "organisation_path": _l("Đơn vị"),
    "origin": _l("Quê quán"),
    "overseas": _l("Tình trạng ở nước ngoài"),
    "page": _l("Phần đã xem"),
    "path": _l("Vị trí trong cây đơn vị"),
    "people": _l("Mã nội bộ của hồ sơ"),
    "permission": _l("Quyền cần có"),
    "places": _l("Nơi nhận làm việc"),
    "purpose": _l("Mục đích"),
    "residence": _l("Nơi đang ở"),
    "role": _l("Vai trò"),
    "rule": _l("Quy tắc lưu giữ"),
    "gone_on": _l("Ngày xóa"),
    "rows": _l("Số dòng"),
    "columns": _l("Các cột"),
    "export": _l("Mã lần xuất"),
    "expires_at": _l("Hết hạn"),
    "exports": _l("Số lần xuất đã bỏ"),
    "filters": _l("Điều kiện lọc"),
    "for": _l("Dùng để"),
    "format": _l("Loại tệp"),
    "hidden": _l("Ẩn tên và liên hệ"),
    "key": _l("Mã khóa API"),
    "letters": _l("Số thư giữ lại"),
    "list": _l("Danh sách"),
    "purpose_text": _l("Nói rõ mục đích"),
    "scope": _l("Quyền cần có"),
    "scopes": _l("Được làm gì"),
    "sections": _l("Các mục"),
    "sign_ins": _l("Số phiên đăng nhập đã kết thúc"),
    "system": _l("Phần mềm"),
    "taken_at": _l("Lúc sao lưu"),
    "tokens": _l("Số khóa API đã kết thúc"),
    "self": _l("Bản thân"),
    "sex": _l("Giới tính"),
    "skills": _l("Kỹ năng"),
    "skipped": _l("Số dòng bỏ qua"),
    "source": _l("Dấu nhận ra cùng một mạng"),
    "starts_on": _l("Từ ngày"),
    "step": _l("Bước xác thực"),
    "state": _l("Trạng thái"),
    "stated_years": _l("Số năm kinh nghiệm tự khai"),
    "summary": _l("Giới thiệu"),
    "temporary": _l("Mật khẩu dùng một lần"),
    "title": _l("Tên"),
    "tu": _l("Lọc từ ngày"),
    "unit_id": _l("Địa bàn"),
    "unit_path": _l("Phạm vi"),
    "valid": _l("Số dòng đúng"),
    "valid_to": _l("Hết hiệu lực"),
    "version": _l("Bản thông báo số"),
    "viec": _l("Lọc theo việc"),
    "warnings": _l("Số cảnh báo"),
    "why": _l("Vì sao"),
    "other": _l("Kỹ năng kia"),
    "scheme": _l("Danh mục"),
    "words": _l("Chữ"),
}

# What only a machine compares: marks of files and texts, inner numbers.
_UNSAID = frozenset(
    {"sha256", "files", "consent", "change", "change_id", "request", "conversation", "merged", "moved",
     "kept_newer", "gone", "added"}
)  # fmt: skip

PURPOSES: dict[str, Any] = {
    "registry": _l("lưu hồ sơ trong sổ đăng ký"),
    "matching": _l("tìm nhu cầu phù hợp"),
    "contact": _l("biết tên và cách liên hệ"),
    "policy_check": _l("xét chính sách hỗ trợ"),
    "campaigns": _l("thư mời và chiến dịch"),
    "other_provinces": _l("chia sẻ với tỉnh khác"),
    "statistics": _l("thống kê"),
    "pool": _l("ở lại nguồn"),
}

PERMISSIONS: dict[str, Any] = {
    "home": _l("vào trang tổng quan"),
    "profile_own": _l("xem hồ sơ của mình"),
    "people_read": _l("xem hồ sơ"),
    "people_write": _l("sửa hồ sơ"),
    "people_merge": _l("gộp hồ sơ trùng"),
    "evidence_verify": _l("xác minh giấy tờ"),
    "consents_write": _l("ghi nhận sự đồng ý"),
    "sensitive_read": _l("xem mục nhạy cảm"),
    "needs_read": _l("xem nhu cầu"),
    "needs_write": _l("sửa nhu cầu"),
    "needs_approve": _l("duyệt nhu cầu"),
    "matching_read": _l("xem xếp hạng"),
    "matching_decide": _l("quyết định trên xếp hạng"),
    "matching_batch": _l("ghép đồng loạt"),
    "policies_read": _l("xem chính sách, văn bản, tham số"),
    "policies_write": _l("soạn chính sách, văn bản, tham số"),
    "policies_approve": _l("duyệt chính sách"),
    "campaigns_read": _l("xem chiến dịch"),
    "campaigns_write": _l("soạn và gửi chiến dịch"),
    "campaigns_approve": _l("duyệt chiến dịch"),
    "candidacies_read": _l("xem ứng tuyển"),
    "candidacies_decide": _l("quyết định về ứng tuyển"),
    "grants_read": _l("xem quyết định, khoản hỗ trợ, cam kết"),
    "grants_decide": _l("đề xuất quyết định, ghi chi hỗ trợ"),
    "grants_approve": _l("duyệt quyết định hỗ trợ"),
    "training_read": _l("xem đào tạo"),
    "training_write": _l("ghi đào tạo, kết quả, đặt hàng, chỉ tiêu"),
    "programmes_read": _l("xem chương trình"),
    "programmes_write": _l("soạn chương trình"),
    "indicators_read": _l("xem chỉ tiêu, báo cáo"),
    "indicators_write": _l("ghi chỉ tiêu, báo cáo"),
    "indicators_publish": _l("công bố số liệu"),
    "skills_read": _l("xem danh mục kỹ năng"),
    "skills_curate": _l("sửa danh mục kỹ năng"),
    "places_read": _l("xem địa bàn"),
    "organisations_read": _l("xem đơn vị"),
    "organisations_write": _l("sửa đơn vị"),
    "imports_run": _l("nhập tệp"),
    "jobs_read": _l("xem việc chạy nền"),
    "accounts_manage": _l("quản lý người dùng"),
    "audit_read": _l("xem nhật ký"),
    "privacy_read": _l("xem sự cố và lưu giữ"),
    "privacy_write": _l("ghi sự cố và xác nhận giới hạn"),
}

LINKS: dict[str, Any] = {
    "registration": _l("xác nhận đăng ký"),
    "password": _l("đặt mật khẩu mới"),
    "email": _l("xác nhận địa chỉ thư mới"),
    "invitation": _l("nhận hồ sơ"),
    "sign_on": _l("nối với dịch vụ đăng nhập chung"),
}

PAGES: dict[str, Any] = {
    "ban-than": _l("bản thân"),
    "api": _l("API cho phần mềm khác"),
    "cv": _l("CV"),
    "xep-hang-in": _l("bảng xếp hạng in ra"),
    "xuat": _l("tệp xuất"),
    "can-bo": _l("chức vụ cán bộ"),
    "cam-ket": _l("sổ cam kết"),
    "de-xuat": _l("đề xuất quyết định hỗ trợ"),
    "ho-tro": _l("quyết định và khoản hỗ trợ"),
    "dao-tao": _l("khóa học đã tham gia"),
    "lop-dao-tao": _l("danh sách lớp"),
    "ket-qua-dao-tao": _l("kết quả học"),
    "giang-vien": _l("giảng viên"),
    "yeu-cau-dao-tao": _l("yêu cầu đào tạo theo chức vụ"),
    "quyet-dinh": _l("quyết định hỗ trợ"),
    "danh-sach": _l("danh sách rút gọn"),
    "danh-sach/them": _l("thêm vào danh sách rút gọn"),
    "lua-chon": _l("lựa chọn để xuất"),
    "lua-chon/tao": _l("giữ lựa chọn để xuất"),
    "chuyen-gia": _l("vai trò chuyên gia"),
    "dang-ky-cho": _l("đăng ký chờ xem"),
    "dong-y": _l("sự đồng ý"),
    "gan-bo": _l("gắn bó với địa phương"),
    "giay-to": _l("giấy tờ tùy thân"),
    "hoc-van": _l("học vấn"),
    "ho-so": _l("cả hồ sơ"),
    "kinh-nghiem": _l("kinh nghiệm"),
    "ky-nang": _l("kỹ năng"),
    "lien-he": _l("cách liên hệ"),
    "minh-chung": _l("minh chứng"),
    "ngoai-ngu": _l("ngoại ngữ"),
    "nguyen-vong": _l("nguyện vọng"),
    "nhay-cam": _l("mục nhạy cảm"),
    "o-nuoc-ngoai": _l("tình trạng ở nước ngoài"),
    "thanh-tich": _l("thành tích"),
    "trung": _l("hồ sơ trùng"),
    "ung-vien": _l("danh sách ứng viên"),
    "tai-du-lieu": _l("toàn bộ dữ liệu"),
    "thu-khong-toi": _l("người mà thư không tới"),
    "xac-minh": _l("giấy tờ chờ xác minh"),
    "yeu-cau-quyen": _l("yêu cầu về quyền"),
}

_VALUES: dict[str, Any] = {
    "people:read": _l("đọc hồ sơ người"),
    "needs:read": _l("đọc nhu cầu"),
    "needs:write": _l("tạo và sửa bản nháp nhu cầu"),
    "matches:read": _l("đọc xếp hạng"),
    "skills:read": _l("đọc danh mục kỹ năng"),
    "places:read": _l("đọc địa bàn"),
    "changes:read": _l("theo dõi thay đổi"),
    "panel": _l("gửi hội đồng tuyển chọn"),
    "need": _l("tìm người cho một nhu cầu"),
    "report": _l("báo cáo, thống kê nội bộ"),
    "partner": _l("phối hợp với cơ quan khác"),
    "checking": _l("rà soát, sửa dữ liệu"),
    "other": _l("mục đích khác"),
    "yes": _l("có"),
    "no": _l("không"),
    **{role.value: words for role, words in ROLE_WORDS.items()},
    **PERMISSIONS,
    "GET": _l("mở trang"),
    "POST": _l("gửi biểu mẫu"),
    "consent": _l("người này đồng ý"),
    "law": _l("theo luật"),
    "wrong_password": _l("sai mật khẩu"),
    "unknown": _l("không có tài khoản"),
    "temporary_password_overdue": _l("mật khẩu dùng một lần đã hết hạn"),
    "signed_out": _l("đăng xuất"),
    "ended_by_owner": _l("chủ tài khoản kết thúc"),
    "password_changed": _l("đổi mật khẩu"),
    "second_factor_changed": _l("đổi đăng nhập hai lớp"),
    "second_factor_reset": _l("đặt lại đăng nhập hai lớp"),
    "ended_by_administrator": _l("quản trị hệ thống kết thúc"),
    "rights_changed": _l("đổi vai trò"),
    "totp": _l("mã 6 số"),
    "recovery_code": _l("mã dự phòng"),
    "passkey": _l("khóa truy cập"),
    "sign_on": _l("dịch vụ đăng nhập chung"),
    "sign_on_from_network": _l("đăng nhập chung từ một mạng"),
    "question": _l("không phải lần đăng nhập của trình duyệt này"),
    "question_again": _l("câu trả lời dùng lại"),
    "code": _l("mã của dịch vụ không dùng được"),
    "sender": _l("câu trả lời của dịch vụ khác"),
    "password": _l("mật khẩu"),
    "suspended": _l("tạm khóa"),
    "closed": _l("đã đóng"),
    "letters_to_address": _l("thư tới một địa chỉ"),
    "letters_from_network": _l("thư xin từ một mạng"),
    "letters_of_everybody": _l("thư của mọi người"),
    "account_from_network": _l("một tài khoản từ một mạng"),
    "account": _l("một tài khoản"),
    "network": _l("một mạng"),
    "everybody": _l("mọi người"),
}
_OF_FIELD = {"page": PAGES, "purpose": PURPOSES, "good_for": LINKS}
_LONGEST_VALUE = 60


def field_words(name: str) -> str:
    """A field as people read it; one without a word is shown as it is named."""
    return str(FIELDS.get(name, name.replace("_", " ")))


def detail_lines(detail: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """(what, value) of an event's details in words; what only a machine compares is left out."""
    for name, value in detail.items():
        if name in _UNSAID or value in (None, ""):
            continue
        if isinstance(value, dict):
            if name in PURPOSES:
                yield field_words("purpose"), str(PURPOSES[name])
            yield from detail_lines(cast("dict[str, Any]", value))
        else:
            yield field_words(name), _value_of(name, value)


def _value_of(name: str, value: Any) -> str:
    known = _OF_FIELD.get(name, {})
    return str(known[value]) if isinstance(value, str) and value in known else value_words(value)


def value_words(value: Any) -> str:
    """A plain value of the log in words, cut where it would only be noise."""
    if isinstance(value, bool):
        return _("có") if value else _("không")
    if isinstance(value, list):
        return value_words(", ".join(value_words(member) for member in cast("list[Any]", value)))
    text = str(_VALUES.get(value, value) if isinstance(value, str) else value)
    if re.fullmatch(r"\d{4}-\d\d-\d\d", text):
        return formats.date(date.fromisoformat(text), current_language())
    return text if len(text) <= _LONGEST_VALUE else text[: _LONGEST_VALUE - 1] + "…"
