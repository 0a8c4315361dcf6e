"""Which entry of the navigation a page stands under."""

import re
from typing import Any

import pytest
from sqlalchemy.orm import Session

from registry.accounts.rules import Role
from tests.conftest import Client
from tests.factories import needs as make
from tests.factories.accounts import account, post, sign_in
from tests.factories.pages import parsed, words_of


def current_entry(page: str) -> str:
    found = re.search(r'<a[^>]*aria-current="page"[^>]*>([^<]+)', page)
    return found[1].strip() if found else ""


def texts(part: Any, path: str) -> list[str]:
    return [words_of(one) for one in part.xpath(path)]


@pytest.fixture
def officer(client: Client, session: Session) -> Client:
    sign_in(client, account(session, Role.OFFICER, "VN/12/"))
    return client


def test_what_matching_shows_of_people_stands_under_the_people(officer: Client) -> None:
    made = post(officer, "/danh-sach", {"ten": "Kỹ sư"}).headers["Location"]
    for path in ("/ung-vien", "/danh-sach", made, f"{made}/dan-ma", "/bo-tim"):
        assert current_entry(officer.get(path).text) == "Ứng viên", path


def test_what_matching_shows_of_a_need_stands_under_the_needs(officer: Client, session: Session) -> None:
    need = make.need(session)
    for path in ("/nhu-cau", f"/nhu-cau/{need.public_id}/xep-hang", "/nhu-cau/ghep-dong-loat"):
        assert current_entry(officer.get(path).text) == "Nhu cầu", path


def test_what_concerns_the_whole_installation_is_not_offered_to_a_role_on_a_part(
    client: Client, session: Session
) -> None:
    sign_in(client, account(session, Role.SYSTEM_ADMIN, "VN/12/"))
    page = client.get("/nguoi-dung").text
    assert 'href="/su-co"' not in page
    assert 'href="/luu-giu"' not in page
    sign_in(client, account(session, Role.SYSTEM_ADMIN, ""))
    page = client.get("/nguoi-dung").text
    assert 'href="/su-co"' in page
    assert 'href="/luu-giu"' in page


def test_what_is_not_daily_work_is_folded_and_says_where_one_is(officer: Client) -> None:
    page = parsed(officer.get("/ky-nang"))
    row = page.xpath("//ul[@class='nav-row']/li")
    assert len(row) <= 10  # so many fit one line at a desk
    menus = page.xpath("//ul[@class='nav-row']//details")
    assert [texts(menu, "summary") for menu in menus] == [
        ["Chương trình"],
        ["Xử lý hồ sơ"],
        ["Danh mục"],
    ]
    assert texts(menus[0], "ul//a") == [
        "Đào tạo",
        "Chương trình",
        "Chỉ tiêu",
        "Cung cầu",
        "Mạng lưới",
        "Công bố dữ liệu",
    ]
    assert texts(menus[2], "ul//a") == ["Kỹ năng", "Đơn vị", "Địa bàn"]
    assert [bool(menu.xpath("summary[@data-current]")) for menu in menus] == [False, False, True]
    whole = page.xpath("//nav[@class='nav']//ul[@class='nav-row']//a/@href")
    assert page.xpath("//details[@class='nav-menu']//a/@href") == whole
    assert texts(page, "//details[@class='nav-menu']/summary/span") == ["Kỹ năng"]


def test_a_menu_of_one_place_is_that_place_and_few_places_need_no_menu(
    client: Client, session: Session
) -> None:
    sign_in(client, account(session, Role.CAMPAIGN_ADMIN, "VN/12/"))
    page = parsed(client.get("/nhap-excel"))
    assert texts(page, "//ul[@class='nav-row']/li/a[@aria-current]") == ["Nhập Excel"]
    sign_in(client, account(session, Role.SYSTEM_ADMIN, ""))
    page = parsed(client.get("/nguoi-dung"))
    assert texts(page, "//ul[@class='nav-row']/li/a[@aria-current]") == ["Người dùng"]
    assert page.xpath("//ul[@class='nav-row']//details") == []
