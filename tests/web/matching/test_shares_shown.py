"""The page of a need shows the shares that its ranking uses, and why they are not the written ones."""

import re
from datetime import date
from typing import Any

import pytest
from sqlalchemy.orm import Session

from registry.accounts.rules import Role, Viewer
from registry.matching.engine.facts import PARTS
from registry.matching.queries import ranked
from registry.needs.models import Need
from registry.needs.rules import Part, SkillTerms, shares_in_force
from tests.conftest import Client
from tests.factories import needs as make
from tests.factories.accounts import account, sign_in

ON = date(2026, 11, 25)


def shown(client: Client, need: Need) -> str:
    page = client.get(f"/nhu-cau/{need.public_id}").text
    return page.split('id="ty-trong"')[1].split("</section>")[0]


@pytest.mark.parametrize(
    "terms",
    [
        {},
        {"unit_path": ""},
        {"experience_years": 3},
        {"qualification_rank": 4, "is_remote": True},
        {"forms": ("remote",), "shares": (40, 20, 20, 10, 10)},
        {"start_on": date(2027, 1, 1), "experience_years": 3, "qualification_rank": 4},
    ],
)
@pytest.mark.parametrize("has_skill", [True, False])
def test_the_page_and_the_ranking_agree(
    client: Client, session: Session, terms: dict[str, Any], has_skill: bool
) -> None:
    skills = [make.skill(session, "IT01", 4)] if has_skill else [SkillTerms("Đếm sao đêm rằm", None)]
    need = make.need(session, skills=skills, **terms)
    plan = ranked(session, need, Viewer.installation(), ON).plan
    in_force = shares_in_force(need.shares, need.asked)
    assert tuple(Part) == PARTS
    assert in_force == [plan.shares[part] for part in PARTS]
    sign_in(client, account(session, Role.OFFICER, ""))
    numbers = re.findall(r'<b class="tnum">(\d+) %</b>', shown(client, need))
    assert [int(number) for number in numbers] == (in_force if any(need.asked) else [])


def test_what_is_not_asked_says_so_and_what_was_written_stays_in_sight(
    client: Client, session: Session
) -> None:
    need = make.need(session, skills=[make.skill(session, "IT01", 4)])
    sign_in(client, account(session, Role.OFFICER, "VN/12/"))
    words = shown(client, need)
    assert "91 %" in words
    assert "soạn 50 %" in words
    assert "không yêu cầu; soạn 20 %" in words
    assert "được chia cho các phần còn lại theo tỷ lệ" in words


def test_skills_that_all_wait_are_not_called_unasked(client: Client, session: Session) -> None:
    need = make.need(session, skills=[SkillTerms("Đếm sao đêm rằm", None)])
    sign_in(client, account(session, Role.OFFICER, "VN/12/"))
    assert "còn chờ duyệt, chưa tính điểm; soạn 50 %" in shown(client, need)
