"""Counts for a form that is not saved and the sandbox of the ranking page: the numbers are right, nothing is written."""

from typing import Any

import pytest
from sqlalchemy import MetaData, select
from sqlalchemy.orm import Session
from werkzeug.datastructures import MultiDict

from registry.accounts.rules import Role
from registry.needs.models import Need
from registry.needs.rules import NeedState
from registry.needs.views.typed import typed_need
from tests.conftest import Client
from tests.factories import accounts
from tests.factories import needs as make_needs
from tests.factories.accounts import form_token, post
from tests.factories.candidates import candidate, crowd
from tests.factories.pages import parsed, words_of
from tests.factories.ranked_needs import Story

# Written by every look at a person, by design, and by every request of somebody signed in.
_LOGS = {"audit_event", "audit_seal", "audit_key", "account_session"}


def everything(session: Session) -> dict[str, list[tuple[Any, ...]]]:
    """All rows of all tables but the logs."""
    tables = MetaData()
    tables.reflect(session.connection())
    return {
        name: sorted((tuple(row) for row in session.execute(select(table))), key=repr)
        for name, table in tables.tables.items()
        if name not in _LOGS and not name.startswith("audit")
    }


def counts_for(client: Client, path: str, values: MultiDict[str, str], **headers: str) -> Any:
    sent = MultiDict(values)
    sent["csrf_token"] = form_token(client)
    return client.post(path, data=sent, headers=headers)


def live(client: Client, need: Need, values: MultiDict[str, str]) -> str:
    path = f"/nhu-cau/{need.public_id}/sua/thu"
    return words_of(parsed(counts_for(client, path, values, **{"HX-Request": "true"})))


def test_counts_follow_the_form_and_stand_beside_the_saved_need(
    national_officer: Client, told: Story
) -> None:
    values = typed_need(told.need)
    same = live(national_officer, told.need, values)
    assert "Được xếp hạng 3 3 Bị loại 2 2 Chưa đủ dữ liệu 1 1" in same
    assert "1 người: trình độ dưới Thạc sĩ Nới điều kiện này: thêm 1 người" in same
    values["degree_rank"] = ""
    assert "Được xếp hạng 3 4 (+1) Bị loại 2 1 (−1)" in live(national_officer, told.need, values)


def test_counts_say_what_is_not_known_and_what_one_level_less_would_bring(
    national_officer: Client, session: Session
) -> None:
    crowd(session, 3, ("IT15", 4), ("IT08", 3))
    candidate(session, "Lò Văn Chiến", ("IT15", 4))
    need = make_needs.need(
        session, skills=[make_needs.skill(session, "IT15", 3), make_needs.skill(session, "IT08", 4)]
    )
    text = live(national_officer, need, typed_need(need))
    assert "Còn thiếu dữ liệu gì 1 người: chưa khai «" in text
    assert "bậc 4: 0 người đạt" in text
    assert "Nếu hạ một bậc:" in text
    assert "xuống bậc 3: thêm 3 người" in text


def test_a_skill_just_typed_counts_before_anything_is_saved(
    national_officer: Client, session: Session
) -> None:
    crowd(session, 2, ("IT15", 4))
    candidate(session, "Vàng A Páo", ("HE01", 2))
    name = make_needs.skill(session, "IT15").typed
    values: MultiDict[str, str] = MultiDict({"skill_text": f"{name} (3); chữ không ai biết là gì"})
    answer = counts_for(national_officer, "/nhu-cau/tao/thu", values, **{"HX-Request": "true"})
    text = words_of(parsed(answer))
    assert "Được xếp hạng 2" in text
    assert "Chưa đủ dữ liệu 1" in text
    assert "Chưa tính kỹ năng: chữ không ai biết là gì." in text


def test_an_empty_form_says_that_it_asks_for_nothing(national_officer: Client) -> None:
    answer = counts_for(national_officer, "/nhu-cau/tao/thu", MultiDict(), **{"HX-Request": "true"})
    assert "Chưa có yêu cầu nào để tính điểm" in words_of(parsed(answer))


UNREADABLE = [
    ("degree_rank", "99", "Trình độ tối thiểu"),
    ("experience_years", "nhiều", "Số năm kinh nghiệm"),
    ("scope_place", "Atlantis", "Chỉ xét hồ sơ thuộc địa bàn"),
    ("share_skills", "70", "Kỹ năng"),
    ("start_on", "31", "Ngày bắt đầu làm việc"),
    ("language_1", "en", "Bậc tối thiểu"),
    ("skills-0-level", "x", ""),
    ("skills-0-weight", "900", ""),
]


def test_what_cannot_be_read_is_left_out_and_named(national_officer: Client, told: Story) -> None:
    for name, value, label in UNREADABLE:
        values = typed_need(told.need)
        values[name] = value
        text = live(national_officer, told.need, values)
        assert "Được xếp hạng" in text, name
        assert f"Chưa đọc được, nên chưa tính: {label}" in text if label else "Chưa đọc được" not in text, (
            name
        )


def test_without_scripts_the_button_shows_the_form_again_with_all_that_was_typed(
    national_officer: Client, told: Story
) -> None:
    values = typed_need(told.need)
    values["title"], values["experience_years"] = "", "nhiều"
    values["note"] = "chưa chắc"
    page = parsed(counts_for(national_officer, f"/nhu-cau/{told.need.public_id}/sua/thu", values))
    form = page.get_element_by_id("nhu-cau")
    assert form.get("action") == f"/nhu-cau/{told.need.public_id}/sua"
    assert page.xpath("//input[@name='experience_years']")[0].get("value") == "nhiều"
    assert page.xpath("//textarea[@name='note']")[0].text.strip() == "chưa chắc"
    assert not page.xpath("//*[@class='errsum']")
    assert "Chưa đọc được, nên chưa tính: Số năm kinh nghiệm." in words_of(page.get_element_by_id("dem-so"))
    button = page.xpath("//button[@form='nhu-cau']")[0]
    assert button.get("formaction") == f"/nhu-cau/{told.need.public_id}/sua/thu#dem-thu"


@pytest.mark.slow
def test_counting_and_trying_leave_every_table_as_it_was(
    national_officer: Client, session: Session, told: Story
) -> None:
    ranking = f"/nhu-cau/{told.need.public_id}/xep-hang"
    national_officer.get(ranking)
    before = everything(session)
    values = typed_need(told.need)
    values["skill_text"] = "một kỹ năng hoàn toàn mới; SQL (2)"
    for path in (f"/nhu-cau/{told.need.public_id}/sua/thu", "/nhu-cau/tao/thu"):
        assert counts_for(national_officer, path, values).status_code == 200
        assert counts_for(national_officer, path, values, **{"HX-Request": "true"}).status_code == 200
    trial = "?ty-trong=100&ty-trong=0&ty-trong=0&ty-trong=0&ty-trong=0&noi=degree%3E=5&ngay=2027-01-01"
    assert national_officer.get(ranking + trial).status_code == 200
    assert national_officer.get(f"/nhu-cau/{told.need.public_id}/sua/tu-ban-thu{trial}").status_code == 200
    assert everything(session) == before


def test_the_sandbox_says_that_it_saves_nothing_and_counts_before_and_after(
    national_officer: Client, told: Story
) -> None:
    page = parsed(national_officer.get(f"/nhu-cau/{told.need.public_id}/xep-hang"))
    boxes = page.xpath("//form//input[@name='noi']")
    assert len(boxes) == 2
    key = next(box.get("value") for box in boxes if "degree" in box.get("value"))
    tried = parsed(national_officer.get(f"/nhu-cau/{told.need.public_id}/xep-hang?noi={key}"))
    text = words_of(tried)
    assert "Chỉ xem thử, không lưu" in text
    assert "Được xếp hạng 3 4 (+1)" in text
    assert tried.xpath("//form//input[@name='noi'][@checked]")[0].get("value") == key
    link = tried.xpath("//a[contains(., 'Dùng các thay đổi này')]")[0].get("href")
    form = parsed(national_officer.get(link))
    assert (
        "Đã điền sẵn điều bạn vừa thử, chưa lưu gì Bỏ điều kiện bắt buộc: Trình độ từ Thạc sĩ trở lên."
        in (words_of(form))
    )
    assert not form.xpath("//select[@name='degree_rank']/option[@selected and @value!='']")


def test_a_trial_taken_over_is_saved_only_by_the_button_of_the_form(
    national_officer: Client, session: Session, told: Story
) -> None:
    need = told.need
    key = "skill:IT15%3E=3"
    page = parsed(
        national_officer.get(
            f"/nhu-cau/{need.public_id}/sua/tu-ban-thu?noi={key}"
            "&ty-trong=60&ty-trong=10&ty-trong=15&ty-trong=10&ty-trong=5"
        )
    )
    assert page.xpath("//input[@name='share_skills']")[0].get("value") == "60"
    assert not page.xpath("//input[@name='skills-0-is_essential'][@checked]")
    form = page.get_element_by_id("nhu-cau")
    sent = MultiDict([(name, value) for name, value in form.form_values() if name != "csrf_token"])
    sent["organisation"] = make_needs.organisation(session).name
    sent["csrf_token"] = form_token(national_officer)
    assert national_officer.post(form.get("action"), data=sent).status_code == 303
    session.refresh(need)
    assert need.share_skills == 60
    assert not any(row.is_essential for row in need.skills)


def test_those_who_may_not_write_needs_may_not_count(client: Client, session: Session, told: Story) -> None:
    accounts.sign_in(client, accounts.account(session, Role.AUDITOR, ""))
    assert post(client, "/nhu-cau/tao/thu", {}).status_code == 403
    accounts.sign_in(client, accounts.account(session, Role.OFFICER, "VN/01/"))
    assert post(client, f"/nhu-cau/{told.need.public_id}/sua/thu", {}).status_code == 404
    assert client.get(f"/nhu-cau/{told.need.public_id}/sua/tu-ban-thu").status_code == 404


def test_a_finished_need_has_no_form_to_fill(national_officer: Client, session: Session) -> None:
    need = make_needs.need(session, state=NeedState.FILLED)
    answer = national_officer.get(f"/nhu-cau/{need.public_id}/sua/tu-ban-thu")
    assert answer.status_code == 303
    assert answer.headers["Location"].endswith(f"/nhu-cau/{need.public_id}")


def test_the_address_of_the_counts_opened_by_itself_leads_to_the_form(
    national_officer: Client, told: Story
) -> None:
    for path in ("/nhu-cau/tao", f"/nhu-cau/{told.need.public_id}/sua"):
        assert national_officer.get(f"{path}/thu").headers["Location"] == path
