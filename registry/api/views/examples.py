"""Examples of the document. Nobody in them exists."""

from typing import Any

PERSON: dict[str, Any] = {
    "id": "3n7q1k9w5x2v8c4m6z0r1t3y5p",
    "code": "HS-20418",
    "is_anonymous": True,
    "name": None,
    "headline": "Kỹ sư dữ liệu",
    "expert_kinds": [],
    "cadre_kinds": [],
    "is_overseas": False,
    "place": "Trong nước",
    "education": {"degree": "thac-si", "rank": 5, "field": "48"},
    "years": 7,
    "stated_years": None,
    "skills": [
        {
            "code": "SK-0001",
            "label": "Kỹ thuật dữ liệu",
            "level": 4,
            "scale": "general",
            "evidence": "verified",
        }
    ],
    "availability": "available",
    "evidence": "verified",
}
NEED_SUMMARY: dict[str, Any] = {
    "id": "5p7q1k9w5x2v8c4m6z0r1t3y3n",
    "code": "NC-2026-014",
    "external_id": None,
    "title": "Kỹ sư dữ liệu",
    "kind": "position",
    "state": "open",
    "headcount": 2,
    "organisation": "Sở Khoa học và Công nghệ",
    "place": "12",
    "expected_on": "2027-03-01",
    "updated_at": "2026-11-26T01:00:00Z",
}
NEED: dict[str, Any] = NEED_SUMMARY | {
    "description": "Xây kho dữ liệu dùng chung của tỉnh",
    "estimated_days": None,
    "deliverable": "",
    "is_remote": False,
    "start_on": None,
    "forms": [],
    "legal_basis": "Đề án vị trí việc làm 2026",
    "experience_years": 3,
    "experience_field": None,
    "qualification_rank": None,
    "qualification_fields": [],
    "skills": [
        {
            "code": "SK-0001",
            "text": "Kỹ thuật dữ liệu",
            "level": 4,
            "minimum": None,
            "weight": 2,
            "is_essential": True,
        }
    ],
    "conditions": [],
    "shares": {"skills": 50, "experience": 20, "qualification": 15, "availability": 10, "place": 5},
}
