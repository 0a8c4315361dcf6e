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
    "education": {"degree": "THS", "rank": 5, "field": "714"},
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
            "scale": "general",
            "level": 4,
            "minimum": None,
            "weight": 2,
            "is_essential": True,
        }
    ],
    "conditions": {
        "degree_rank": 4,
        "fields": [],
        "languages": [{"code": "en", "rank": 3}],
        "available_by": None,
        "place": None,
        "evidence": None,
    },
    "shares": {"skills": 50, "experience": 20, "qualification": 15, "availability": 10, "place": 5},
}
NEED_DRAFT: dict[str, Any] = {
    "title": "Kỹ sư dữ liệu",
    "organisation": "Sở Khoa học và Công nghệ",
    "headcount": 2,
    "place": "12",
    "expected_on": "2027-03-01",
    "skills": [{"text": "Kỹ thuật dữ liệu", "level": 4, "weight": 2, "is_essential": True}],
}
NEED_PATCH: dict[str, Any] = {"headcount": 3, "expected_on": "2027-04-01"}
MATCHES: dict[str, Any] = {
    "need": NEED["id"],
    "formula": 1,
    "index": None,
    "as_of": "2026-11-27",
    "considered": 120,
    "not_enough_data": 3,
    "excluded": {"Kỹ thuật dữ liệu từ bậc 4": 98},
    "excluded_people": 98,
    "relaxations": {"Kỹ thuật dữ liệu từ bậc 4": 12},
    "rows": [
        {
            "person": PERSON["id"],
            "rank": 1,
            "state": "met",
            "score": 8150,
            "potential": 9150,
            "parts": [{"name": "skills", "share": 50, "points": 5000, "potential": 5000, "max": 5000}],
            "skills": [
                {
                    "requirement": "SK-0001",
                    "essential": True,
                    "weight": 2,
                    "required_level": 4,
                    "claim": "SK-0001",
                    "similarity": 100,
                    "level": 4,
                    "points": 5000,
                    "max": 5000,
                    "how": "exact",
                    "evidence": "verified",
                }
            ],
            "conditions": [{"text": "Kỹ thuật dữ liệu từ bậc 4", "state": "met"}],
            "policies": [],
        }
    ],
    "next": None,
}
RESOLVED: dict[str, Any] = {
    "input": "kế toán",
    "skill": "SK-0002",
    "vi": "Kế toán",
    "en": "Accounting",
    "how": "exact",
    "score": 100,
    "margin": 40,
    "level": None,
    "needs_confirmation": False,
    "candidates": [{"skill": "SK-0002", "vi": "Kế toán", "score": 100}],
}
SKILL: dict[str, Any] = {
    "code": "SK-0002",
    "vi": "Kế toán",
    "en": "Accounting",
    "family": "profession",
    "sector": "it",
    "scale": "general",
    "state": "active",
    "merged_into": None,
    "labels": ["kế toán viên"],
    "elsewhere": [
        {
            "scheme": "esco",
            "code": "S1.2.3",
            "uri": "http://data.europa.eu/esco/skill/…",
            "label": "accounting",
        }
    ],
}
PLACE: dict[str, Any] = {
    "code": "12",
    "name": "tỉnh Lai Châu",
    "kind": "province",
    "level": "province",
    "valid_from": "2025-07-01",
    "valid_to": None,
    "parent": None,
    "successors": [],
    "predecessors": [
        {
            "code": "12",
            "name": "tỉnh Lai Châu",
            "kind": "province",
            "level": "province",
            "valid_from": "2004-01-01",
            "valid_to": "2025-06-30",
        }
    ],
}
CHANGES: dict[str, Any] = {
    "items": [
        {"kind": "person", "id": PERSON["id"], "change": "changed"},
        {"kind": "need", "id": NEED["id"], "change": "closed"},
    ],
    "next": "WzQyLCJ-Il0",
    "has_more": False,
}
