"""The private page that shows every component in every state: for development, screenshots and accessibility checks.

Everything on it is invented. `render_components` needs the context of a request; the route belongs to `pages`.
"""

from typing import Any

from flask import render_template
from werkzeug.datastructures import MultiDict
from wtforms import (
    BooleanField,
    FileField,
    PasswordField,
    RadioField,
    SelectField,
    SelectMultipleField,
)

from registry.web.choices import choices
from registry.web.dates import DateBoxes
from registry.web.forms import CleanString, CleanText, Required, WebForm
from registry.web.paging import Page

_WEIGHED = (("skills", 50), ("experience", 20), ("qualification", 15), ("availability", 10), ("place", 5))
_TYPED = (
    ("birth_on", "31"),
    ("birth_on", "02"),
    ("birth_on", "1988"),
    ("email", "ten@"),
    ("purposes", "matching"),
)
_PREFIX = "loi-"


class SampleForm(WebForm):
    """One field of every kind."""

    full_name = CleanString(
        "Họ và tên", [Required("Nhập họ và tên")], description="Viết đủ dấu, như trên giấy tờ"
    )
    birth_on = DateBoxes(
        "Ngày sinh",
        [Required("Nhập ngày sinh")],
        sentence="Ngày sinh phải có thật, ví dụ 15/08/1990",
        description="Ví dụ: 15/08/1990",
    )
    email = CleanString("Thư điện tử")
    password = PasswordField("Mật khẩu", [Required("Nhập mật khẩu")])
    degree = SelectField(
        "Trình độ",
        [Required("Chọn trình độ")],
        choices=choices([("", "Chọn trình độ"), ("doctor", "Tiến sĩ"), ("master", "Thạc sĩ")]),
    )
    unit = CleanString("Đơn vị", description="Gõ vài chữ rồi chọn")
    level = RadioField(
        "Mức của bạn", [Required("Chọn mức")], choices=choices((str(n), str(n)) for n in range(1, 6))
    )
    visibility = RadioField(
        "Ai được xem hồ sơ của bạn?",
        [Required("Chọn ai được xem hồ sơ của bạn")],
        choices=choices([("agencies", "Cơ quan trong tỉnh"), ("anonymous", "Ẩn danh, hỏi tôi trước")]),
    )
    purposes = SelectMultipleField(
        "Mục đích sử dụng",
        choices=choices([("matching", "Tìm nhu cầu phù hợp với tôi"), ("policy", "Xét chính sách hỗ trợ")]),
    )
    letters = BooleanField(
        "Nhận thư báo khi có nhu cầu mới", description="Chỉ báo khi có nhu cầu khớp kỹ năng"
    )
    cv = FileField("Tệp hồ sơ", description="PDF hoặc DOCX")
    note = CleanText("Ghi chú")


def render_components() -> str:
    """The page as HTML."""
    typed = MultiDict((_PREFIX + name, value) for name, value in _TYPED)
    refused: Any = SampleForm(typed, prefix=_PREFIX)
    refused.validate()
    refused.csrf_token.errors = []  # nothing was posted, so no token came
    filled: Any = SampleForm(formdata=None, data={"full_name": "Nguyễn Thị Minh Khuê", "level": "4"})
    return render_template(
        "style/components.html",
        filled=filled,
        refused=refused,
        page=Page(rows=range(20), number=3, total=1_284),
        rows=[_row(1, "met", _skills()), _row(2, "unknown", [])],
        shares=_WEIGHED,
    )


def _row(rank: int, state: str, skills: list[dict[str, Any]]) -> dict[str, Any]:
    """A ranked row as `registry match --json` prints it."""
    earned = ((4250, 4550), (1800, 2000), (1500, 1500), (650, 1000), (400, 500))
    parts = [
        {"name": name, "share": share, "points": points, "potential": potential, "max": share * 100}
        for (name, share), (points, potential) in zip(_WEIGHED, earned, strict=True)
    ]
    return {
        "rank": rank,
        "state": state,
        "score": sum(points for points, _ in earned),
        "potential": sum(potential for _, potential in earned),
        "parts": parts,
        "skills": skills,
        "conditions": [
            {"text": "Trình độ từ Thạc sĩ trở lên", "state": "met"},
            {"text": "Nhận việc trước 15/01/2027", "state": "unknown"},
            {"text": "Tiếng Anh từ bậc 4", "state": "not_met"},
        ],
    }


def _skills() -> list[dict[str, Any]]:
    """One skill for every way a claim can meet a requirement: above, equal, short, level not stated, not claimed."""
    table = (
        ("Kỹ thuật dữ liệu", "Data engineering", 90, 5, 4, 1080, 1200, "narrower", "verified"),
        ("SQL và mô hình hóa dữ liệu", "PostgreSQL, dbt", 100, 4, 4, 1000, 1000, "same", "attached"),
        ("An toàn thông tin", "Quản lý theo ISO 27001", 90, 2, 3, 480, 800, "narrower", "self_declared"),
        ("Trao đổi dữ liệu y tế", "Bệnh án điện tử", 50, 3, 3, 400, 800, "related", "rejected"),
        ("Trực quan hóa dữ liệu", "Metabase", 100, None, 3, 200, 600, "same", "expired"),
        ("Quản trị dự án", None, None, None, 3, 0, 600, None, None),
    )
    return [
        {
            "requirement": name,
            "claim": claim,
            "similarity": similarity,
            "level": level,
            "required_level": need,
            "points": points,
            "max": most,
            "how": how,
            "evidence": evidence,
            "essential": index < 2,
            "weight": 5 - index // 2,
        }
        for index, (name, claim, similarity, level, need, points, most, how, evidence) in enumerate(table)
    ]
