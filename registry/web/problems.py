"""Answers to programs that went wrong: problem+json (RFC 9457) under /api/, in Vietnamese or English as asked.

The one place that knows which addresses are for programs; error pages ask it before they make a page.
"""

import json
from collections.abc import Mapping, Sequence
from typing import Any

from flask import Response, request
from werkzeug.http import HTTP_STATUS_CODES

from registry.web.i18n import current_language
from registry.web.i18n import lazy_gettext as _l

PREFIX = "/api/"
MEDIA_TYPE = "application/problem+json"
LANGUAGE_HEADERS = "Accept-Language"

_TITLES: Mapping[int, Any] = {
    400: _l("Yêu cầu không đọc được"),
    401: _l("Cần khóa API còn hiệu lực"),
    403: _l("Khóa không có quyền này"),
    404: _l("Không có gì ở địa chỉ này, hoặc nằm ngoài phạm vi của khóa"),
    405: _l("Địa chỉ này không nhận phương thức đó"),
    409: _l("Không làm được trong tình trạng hiện nay"),
    410: _l("Dấu mốc quá cũ"),
    412: _l("Bản ghi đã thay đổi từ lần đọc trước"),
    413: _l("Nội dung gửi quá lớn"),
    415: _l("Nội dung phải là application/json"),
    422: _l("Có mục chưa đúng"),
    428: _l("Thiếu If-Match"),
    429: _l("Quá nhiều yêu cầu"),
    500: _l("Lỗi của máy chủ"),
    503: _l("Máy chủ đang bận"),
}
_DETAILS: Mapping[int, Any] = {
    400: _l("Sửa lại yêu cầu theo /api/v1/openapi.json."),
    401: _l("Gửi «Authorization: Bearer …» với khóa chưa hết hạn và chưa bị kết thúc."),
    403: _l("Nhờ quản trị hệ thống tạo khóa có quyền cần dùng."),
    404: _l("Kiểm tra lại địa chỉ và mã."),
    405: _l("Các phương thức được nhận ở Allow."),
    409: _l("Đọc lại bản ghi rồi thử lại."),
    410: _l("Đọc lại toàn bộ danh sách, rồi theo dõi tiếp từ dấu mốc mới."),
    412: _l("Đọc lại bản ghi, sửa trên bản mới rồi gửi với ETag mới."),
    413: _l("Gửi ít hơn trong mỗi yêu cầu."),
    415: _l("Gửi JSON với «Content-Type: application/json»."),
    422: _l("Sửa các mục kể ở «errors» rồi gửi lại."),
    428: _l("Gửi If-Match với ETag của lần đọc gần nhất."),
    429: _l("Đợi số giây ở Retry-After rồi gửi lại."),
    500: _l("Báo mã sự cố cho quản trị hệ thống."),
    503: _l("Đợi số giây ở Retry-After rồi gửi lại."),
}


class Refused(Exception):
    """A request of a program that is refused. `errors` are (JSON pointer or name of a parameter, sentence)."""

    def __init__(
        self,
        status: int,
        detail: str = "",
        *,
        errors: Sequence[tuple[str, str]] = (),
        headers: Mapping[str, str] | None = None,
    ) -> None:
        super().__init__(status)
        self.status, self.detail, self.errors = status, detail, tuple(errors)
        self.headers = dict(headers or {})


def asks_the_api() -> bool:
    """Whether this request comes from a program: by its address, whatever is sent along."""
    return request.path.startswith(PREFIX)


def problem(
    status: int,
    detail: str = "",
    *,
    incident: str = "",
    errors: Sequence[tuple[str, str]] = (),
    headers: Mapping[str, str] | None = None,
) -> Response:
    """What is told of a failure. Without `detail` the words depend on the status alone: 404 tells nothing of why."""
    told: dict[str, Any] = {
        "type": f"urn:registry:problem:{_slug(status)}",
        "title": str(_TITLES.get(status, _TITLES[500 if status >= 500 else 400])),
        "status": status,
        "detail": detail or str(_DETAILS.get(status, _DETAILS[500 if status >= 500 else 400])),
    }
    if incident:
        told["incident"] = incident
    if errors:
        told["errors"] = [{"where": where, "detail": said} for where, said in errors]
    answer = Response(json.dumps(told, ensure_ascii=False), status, mimetype=MEDIA_TYPE)
    answer.headers["Cache-Control"] = "no-store"
    answer.headers["Content-Language"] = current_language()
    answer.vary.add(LANGUAGE_HEADERS)
    answer.headers.update(headers or {})
    return answer


def _slug(status: int) -> str:
    return HTTP_STATUS_CODES.get(status, "error").lower().replace(" ", "-")
