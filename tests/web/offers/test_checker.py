"""The anonymous checker, the panel of a person and one's own page."""

from typing import Any

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from registry.app.demonstration.policies import add_policies
from registry.audit.models import AuditEvent
from registry.people.rules import PartialDate, SelfDraft
from tests.conftest import Client
from tests.factories.accounts import post
from tests.factories.candidates import candidate, studied
from tests.factories.needs import AT
from tests.factories.pages import opened, parsed, words_of
from tests.web.offers.test_sheets import KEY, policy_on

WHERE = "/chinh-sach/kiem-tra"


@pytest.fixture(autouse=True)
def _policies(session: Session) -> None:  # pyright: ignore[reportUnusedFunction]
    add_policies(session, now=AT)


def states_of(page: Any) -> set[str]:
    return {one.get("data-state") for one in page.xpath("//main//*[@data-policy]")}


def test_before_any_answer_everything_is_unknown_and_nothing_is_not_enough(client: Client) -> None:
    page = opened(client, WHERE)
    assert states_of(page) == {"unknown"}
    assert "Chưa đủ" not in words_of(page)
    questions = page.xpath("//main//form//*[self::select or self::input[@type='text'] or self::fieldset]")
    assert 6 <= len({one.get("name") or one.get("id") for one in questions}) <= 8
    assert "Văn bản chưa nêu điều kiện" in words_of(page)
    assert states_of(parsed(post(client, WHERE))) == {"unknown"}


def test_answers_give_states_reasons_and_sums_and_are_kept_nowhere(client: Client, session: Session) -> None:
    before = session.scalar(select(func.count()).select_from(AuditEvent))
    sent = {"place": "VN/12/", "f_degree_rank": ["DH", "THS"], "f_age_on": "34", "f_gender": "female"}
    page = parsed(post(client, WHERE, sent))
    policy = policy_on(page)
    assert policy.get("data-state") == "met"
    assert "166.980.000 ₫" in words_of(policy).replace("\xa0", " ")
    assert "Có thể đủ" in words_of(policy)
    assert page.xpath("//main//form//input[@name='f_age_on']/@value") == ["34"]
    assert session.scalar(select(func.count()).select_from(AuditEvent)) == before
    older = policy_on(parsed(post(client, WHERE, {**sent, "f_age_on": "50"})))
    assert older.get("data-state") == "not_met"
    assert "không thể đổi" in words_of(older)


def test_one_policy_is_checked_alone_and_bad_input_is_said(client: Client) -> None:
    assert f'href="{WHERE}?chinh-sach=LC-MINH-HOA"' in client.get("/chinh-sach/LC-MINH-HOA").text
    page = opened(client, f"{WHERE}?chinh-sach=LC-MINH-HOA")
    assert [one.get("data-policy") for one in page.xpath("//main//*[@data-policy]")] == [KEY]
    assert client.get(f"{WHERE}?chinh-sach=khong-co").status_code == 404
    wrong = post(client, WHERE, {"f_age_on": "ba mươi"})
    assert wrong.status_code == 422
    assert 'value="ba mươi"' in wrong.text


def test_the_page_of_a_person_says_which_policies_and_leads_to_each_condition(
    session: Session, national_officer: Client
) -> None:
    person = candidate(
        session, "Lò Thị Mai", about=SelfDraft("", birth=PartialDate(1990, 5, 2)), education=(studied(6),)
    )
    path = f"/ung-vien/{person.public_id}"
    assert policy_on(opened(national_officer, path)).get("data-state") == "met"
    whole = policy_on(opened(national_officer, f"{path}/chinh-sach"))
    assert "Không quá 45 tuổi" in words_of(whole)
    assert "Chưa biết có được áp dụng hệ số hay không" in words_of(whole)
