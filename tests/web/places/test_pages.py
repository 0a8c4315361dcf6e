"""The pages of places, through HTTP."""

import re
from html import unescape

import pytest
from sqlalchemy.orm import Session

from registry.accounts.rules import Role
from tests.conftest import Client
from tests.factories.accounts import account, sign_in
from tests.web.reading import statements, text_of


def test_the_first_page_lists_34_provinces_with_their_communes(officer: Client) -> None:
    page = officer.get("/dia-ban")
    assert page.status_code == 200
    assert page.text.count('<th scope="row">') == 34
    words = text_of(page.text)
    assert "Bến Tre, Trà Vinh" in words
    assert "126" in words


def test_a_former_province_is_found_with_what_it_is_now(officer: Client) -> None:
    page = officer.get("/dia-ban", query_string={"tim": "bến tre"})
    assert page.status_code == 200
    assert "Bến Tre, nay là Vĩnh Long" in text_of(page.text)


def test_an_ambiguous_name_is_a_question_whose_links_answer_it(officer: Client) -> None:
    page = officer.get("/dia-ban", query_string={"tim": "Ba Tri, Bến Tre"})
    words = text_of(page.text)
    assert "là nơi nào?" in words
    links = re.findall(r'href="(/dia-ban\?tim=[^"]+)"', page.text)
    assert len(links) == 2
    for link in links:
        answer = officer.get(unescape(link))
        assert answer.status_code == 200
        assert "là nơi nào?" not in text_of(answer.text)
        assert "Xem địa bàn này" in text_of(answer.text)


def test_a_name_nobody_knows_is_said_and_near_names_are_offered(officer: Client) -> None:
    assert "Không tìm thấy" in text_of(officer.get("/dia-ban", query_string={"tim": "Xứ Lạ Kỳ"}).text)
    near = text_of(officer.get("/dia-ban", query_string={"tim": "Bến Trẻ"}).text)
    assert "tên gần giống" in near
    assert "Bến Tre, nay là Vĩnh Long" in near


def test_the_beginning_of_a_name_lists_the_units_that_begin_so(officer: Client) -> None:
    page = officer.get("/dia-ban", query_string={"tim": "Vĩnh Lo"})
    assert "tỉnh Vĩnh Long" in text_of(page.text)


def test_a_full_name_of_today_warns_of_former_units_of_that_name(officer: Client) -> None:
    page = officer.get("/dia-ban", query_string={"tim": "xã Tân Phú, tỉnh Đồng Tháp"})
    assert "còn chỉ nơi khác" in text_of(page.text)


@pytest.mark.parametrize(
    "typed", ["<script>alert(1)</script>", "a" * 5000, "\u202e", "🐟", "' OR 1=1 --", "_%_"]
)
def test_whatever_is_typed_is_answered(officer: Client, typed: str) -> None:
    page = officer.get("/dia-ban", query_string={"tim": typed})
    assert page.status_code == 200
    assert "<script>alert" not in page.text


def test_a_province_shows_its_communes_and_what_they_were(officer: Client) -> None:
    page = officer.get("/dia-ban/86")
    assert page.status_code == 200
    words = text_of(page.text)
    assert "Tỉnh Vĩnh Long" in words
    assert "Xã Ba Tri" in words
    assert "thị trấn Ba Tri" in words


def test_a_commune_shows_what_it_was_made_of(officer: Client) -> None:
    page = officer.get("/dia-ban/29110")
    assert "thị trấn Ba Tri, huyện Ba Tri, tỉnh Bến Tre" in text_of(page.text)


@pytest.mark.parametrize("code", ["00", "83", "VN", "x", "86'"])
def test_a_code_without_a_unit_of_today_is_not_found(officer: Client, code: str) -> None:
    assert officer.get(f"/dia-ban/{code}").status_code == 404


def test_english_readers_get_english_kinds_and_vietnamese_names(officer: Client) -> None:
    page = officer.get("/dia-ban", query_string={"tim": "Ba Tri Commune, Vinh Long Province", "lang": "en"})
    assert "Ba Tri Commune, Vĩnh Long Province" in text_of(page.text)


def test_people_without_the_permission_stay_outside(client: Client, session: Session) -> None:
    assert client.get("/dia-ban").location.startswith("/dang-nhap")
    sign_in(client, account(session, Role.CANDIDATE, ""))
    assert client.get("/dia-ban").status_code == 403
    assert client.get("/dia-ban/86").status_code == 403


def test_the_number_of_statements_does_not_grow_with_the_rows(officer: Client, session: Session) -> None:
    officer.get("/dia-ban/86")
    counted: dict[str, int] = {}
    for path in ("/dia-ban", "/dia-ban/86", "/dia-ban/01", "/dia-ban?tim=Ba+Tri"):
        with statements(session) as seen:
            assert officer.get(path).status_code == 200
        counted[path] = len([one for one in seen if "administrative_unit" in one or "place_edition" in one])
    assert counted == {"/dia-ban": 3, "/dia-ban/86": 5, "/dia-ban/01": 5, "/dia-ban?tim=Ba+Tri": 2}
