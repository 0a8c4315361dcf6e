"""«Danh sách rút gọn» of a need: who was chosen, where each stands today, and nobody who may not be seen."""

from typing import Any

from sqlalchemy.orm import Session

from registry.accounts.rules import Role
from registry.matching.operations.keeping import add_to_shortlist, create_shortlist, remove_from_shortlist
from registry.people.models import Person
from registry.web.clock import now
from tests.conftest import Client
from tests.factories.accounts import account, sign_in
from tests.factories.pages import opened, words_of
from tests.factories.ranked_needs import Story


def page_of(told: Story) -> str:
    return f"/nhu-cau/{told.need.public_id}/danh-sach"


def listed(session: Session, told: Story, *people: Person, name: str = "Vòng một", own: bool = True) -> Any:
    by = account(session, Role.OFFICER).id
    made = create_shortlist(session, name=name, need=told.need if own else None, by=by, at=now())
    add_to_shortlist(session, made, people, notes={people[0].public_id: "Gọi thứ Hai"}, by=by, at=now())
    return made


def rows_of(page: Any) -> dict[str, str]:
    """What the page says of each person: {name: place and points}."""
    return {
        words_of(row.xpath("th/a")[0]): words_of(row.xpath("td[1]")[0]) for row in page.xpath("//tbody/tr")
    }


def test_everybody_on_a_list_of_the_need_stands_with_the_place_of_today(
    national_officer: Client, session: Session, told: Story
) -> None:
    listed(session, told, told.best, told.low_degree)
    page = opened(national_officer, page_of(told))
    rows = rows_of(page)
    assert list(rows) == [told.best.full_name, told.low_degree.full_name]
    assert "hạng 1" in rows[told.best.full_name]
    assert "Bị loại" in rows[told.low_degree.full_name]
    assert "Gọi thứ Hai" in words_of(page.xpath("//tbody/tr[1]")[0])
    compared = page.xpath("//a[contains(., 'So sánh 2 người')]")[0].get("href")
    assert told.low_degree.full_name in words_of(opened(national_officer, compared).xpath("//thead")[0])


def test_the_tab_counts_each_person_once_and_nobody_taken_off(
    national_officer: Client, session: Session, told: Story
) -> None:
    one = listed(session, told, told.best, told.asked)
    listed(session, told, told.best, name="Vòng hai")
    listed(session, told, told.hidden, name="Việc khác", own=False)
    tab = f"//nav[@aria-label='Nội dung nhu cầu']/a[@href='{page_of(told)}']"
    for path in ("", "/xep-hang", "/nhat-ky", "/danh-sach"):
        page = opened(national_officer, f"/nhu-cau/{told.need.public_id}{path}")
        assert words_of(page.xpath(tab)[0]) == "Danh sách rút gọn 2"
    remove_from_shortlist(session, one, [told.best], by=account(session, Role.OFFICER).id, at=now())
    remove_from_shortlist(session, one, [told.asked], by=account(session, Role.OFFICER).id, at=now())
    assert words_of(opened(national_officer, page_of(told)).xpath(tab)[0]) == "Danh sách rút gọn 1"


def test_a_ranking_marks_who_is_on_a_list_of_its_need(
    national_officer: Client, session: Session, told: Story
) -> None:
    ranking = f"/nhu-cau/{told.need.public_id}/xep-hang"
    marked = "//article[.//*[contains(text(), 'Đã rút gọn')]]//button[@name='rut_gon']/@value"
    assert opened(national_officer, ranking).xpath(marked) == []
    listed(session, told, told.asked)
    listed(session, told, told.best, name="Việc khác", own=False)
    page = opened(national_officer, ranking)
    assert page.xpath(marked) == [told.asked.public_id]
    assert opened(national_officer, f"{ranking}/{told.asked.public_id}").xpath(marked) == [
        told.asked.public_id
    ]


def test_who_asked_not_to_be_named_is_not_named_here(
    national_officer: Client, session: Session, told: Story
) -> None:
    listed(session, told, told.hidden)
    page = opened(national_officer, page_of(told))
    assert told.hidden.full_name not in words_of(page)
    assert len(rows_of(page)) == 1


def test_a_need_without_lists_says_how_to_begin_one(national_officer: Client, told: Story) -> None:
    page = opened(national_officer, page_of(told))
    assert "chưa có danh sách rút gọn" in words_of(page)
    assert page.xpath(
        f"//main//a[@href='/nhu-cau/{told.need.public_id}/xep-hang' and contains(@class, 'btn')]"
    )


def test_a_need_of_another_province_is_not_there(client: Client, session: Session, told: Story) -> None:
    sign_in(client, account(session, Role.OFFICER, "VN/01/"))
    assert client.get(page_of(told)).status_code == 404
    assert client.get("/nhu-cau/khong-co/danh-sach").status_code == 404
