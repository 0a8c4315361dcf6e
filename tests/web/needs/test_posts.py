"""Job posts become draft needs, once."""

from typing import Any

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from registry.needs.models import Need
from registry.needs.operations import draft_need_from_post
from registry.needs.rules import DEFAULT_SHARES, NeedState, PostRefused
from registry.organisations.models import Organisation
from registry.skills.models import PendingTerm
from tests.factories.needs import AT

POST: dict[str, Any] = {
    "slug": "ky-su-du-lieu-sao-mai-1234",
    "title": "Kỹ sư dữ liệu",
    "company": "Công ty Sao Mai",
    "location": "Ho Chi Minh - Ha Noi",
    "workingMode": "At office",
    "tags": ["Python", "SQL"],
    "skills": ["SQL", "Python programming", "Khrtp zqvxw"],
    "jobDescription": "Xây kho dữ liệu.",
    "requirements": "SQL tốt.",
    "postedTime": "Posted 7 hours ago",
    "scrapedAt": "2026-05-08T00:15:21.550Z",
}


def test_a_post_becomes_a_draft_need(session: Session) -> None:
    drafted = draft_need_from_post(session, POST, by=None, at=AT)
    need = drafted.need
    assert drafted.is_new
    assert (need.state, need.external_id, need.title, need.headcount) == (
        NeedState.DRAFT,
        "ky-su-du-lieu-sao-mai-1234",
        "Kỹ sư dữ liệu",
        1,
    )
    assert need.description == "Xây kho dữ liệu.\n\nYêu cầu:\nSQL tốt."
    assert need.organisation is not None
    assert (need.organisation.name, need.organisation_path) == ("Công ty Sao Mai", need.organisation.path)
    assert (need.unit_path, need.is_remote, need.shares) == ("VN/79/", False, DEFAULT_SHARES)
    assert "Ha Noi" in need.note


def test_each_concept_stands_once_at_level_three_weight_one_desirable(session: Session) -> None:
    need = draft_need_from_post(session, POST, by=None, at=AT).need
    session.refresh(need)
    assert [(row.typed, row.skill.code if row.skill else None) for row in need.skills] == [
        ("Python", "IT01"),
        ("SQL", "IT08"),
        ("Khrtp zqvxw", None),
    ]
    assert {(row.level, row.weight, row.is_essential, row.minimum) for row in need.skills} == {
        (3, 1, False, None)
    }
    assert session.scalar(select(func.count()).select_from(PendingTerm)) == 1


def test_the_same_slug_again_returns_the_need_unchanged(session: Session) -> None:
    first = draft_need_from_post(session, POST, by=None, at=AT).need
    version = first.version
    again = draft_need_from_post(session, POST | {"title": "Tên khác", "tags": ["Java"]}, by=None, at=AT)
    assert (again.need.id, again.is_new) == (first.id, False)
    assert (first.title, first.version, len(first.skills)) == ("Kỹ sư dữ liệu", version, 3)
    assert session.scalar(select(func.count()).select_from(Need)) == 1


def test_posts_of_one_company_share_its_organisation(session: Session) -> None:
    before = session.scalar(select(func.count()).select_from(Organisation)) or 0
    for number, company in enumerate(("Công ty Sao Mai", "CÔNG TY SAO MAI", "Cong ty Sao Mai")):
        draft_need_from_post(session, POST | {"slug": f"tin-{number}", "company": company}, by=None, at=AT)
    assert (session.scalar(select(func.count()).select_from(Organisation)) or 0) == before + 1


def test_more_than_sixteen_skills_leave_the_rest_in_the_note(session: Session) -> None:
    tags = [f"Khrtp zqvxw {number}" for number in range(20)]
    need = draft_need_from_post(session, POST | {"tags": tags, "skills": []}, by=None, at=AT).need
    assert len(need.skills) == 16
    assert "Kỹ năng khác trong tin: Khrtp zqvxw 16; Khrtp zqvxw 17" in need.note


@pytest.mark.parametrize(
    ("location", "path"),
    [("Ha Noi", "VN/01/"), ("Da Nang", "VN/48/"), ("Dong Nai", "VN/75/"), ("Others", ""), ("", "")],
)
def test_the_first_place_is_the_workplace(session: Session, location: str, path: str) -> None:
    need = draft_need_from_post(session, POST | {"location": location}, by=None, at=AT).need
    assert need.unit_path == path


def test_a_remote_post_is_remote(session: Session) -> None:
    assert draft_need_from_post(session, POST | {"workingMode": "Remote"}, by=None, at=AT).need.is_remote


def test_a_post_may_name_no_company_and_signs_are_no_skills(session: Session) -> None:
    post = POST | {"company": "", "tags": ["Python", "—", "***"], "skills": []}
    need = draft_need_from_post(session, post, by=None, at=AT).need
    assert need.organisation_id is None
    assert [row.typed for row in need.skills] == ["Python"]


def test_a_broken_post_writes_nothing(session: Session) -> None:
    with pytest.raises(PostRefused):
        draft_need_from_post(session, POST | {"slug": ""}, by=None, at=AT)
    assert session.scalar(select(func.count()).select_from(Need)) == 0
