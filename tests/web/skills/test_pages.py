"""The pages of the vocabulary, through HTTP."""

import re
from html import unescape

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from registry import formats
from registry.accounts.rules import Role
from registry.skills.models import Skill
from registry.skills.rules import Sector, SkillState
from registry.text import sort_key
from tests.conftest import Client
from tests.factories.accounts import account, sign_in
from tests.factories.skills import pending_term, skill
from tests.web.reading import statements, text_of


def listed(session: Session, sector: Sector | None = None) -> str:
    """How many concepts stand in the list, as a page writes it."""
    counting = select(func.count()).select_from(Skill).where(Skill.state == SkillState.ACTIVE)
    if sector is not None:
        counting = counting.where(Skill.sector == sector)
    return formats.number(session.scalar(counting))


def test_the_vocabulary_is_listed_in_vietnamese_order_twenty_to_a_page(
    officer: Client, session: Session
) -> None:
    page = officer.get("/ky-nang")
    assert page.status_code == 200
    assert page.text.count('<th scope="row">') == 20
    words = text_of(page.text)
    assert f"{listed(session)} kỹ năng" in words
    names = [unescape(name) for name in re.findall(r'<th scope="row">\s*<a [^>]*>([^<]+)</a>', page.text)]
    assert len(names) == 20
    assert names == sorted(names, key=sort_key)


@pytest.mark.parametrize("typed", ["ke toan", "KẾ TOÁN", "accounting", "kế tóan"])
def test_a_search_finds_names_written_in_any_way(officer: Client, typed: str) -> None:
    page = officer.get("/ky-nang", query_string={"tim": typed})
    assert ">Kế toán</a>" in page.text


def test_a_search_begins_at_the_beginning_of_a_word(officer: Client) -> None:
    words = text_of(officer.get("/ky-nang", query_string={"tim": "ung th"}).text)
    assert "Ung bướu" in words
    assert "Công chứng" not in words
    assert "1 kỹ năng" in text_of(officer.get("/ky-nang", query_string={"tim": "FI01"}).text)


def test_a_search_says_what_the_text_would_be_understood_as(officer: Client) -> None:
    words = text_of(officer.get("/ky-nang", query_string={"tim": "tiếng Khmer B2"}).text)
    assert "được hiểu là Tiếng Khmer , vì đúng tên sau khi bỏ mức và chức danh; mức «B2»" in words
    assert "1 kỹ năng" in words


def test_an_ambiguous_text_shows_all_its_readings(officer: Client) -> None:
    words = text_of(officer.get("/ky-nang", query_string={"tim": "CNC"}).text)
    assert "khi nhập sẽ được hỏi lại" in words
    assert "Gia công CNC" in words
    assert "Nông nghiệp công nghệ cao" in words


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ("khrtp zqvxw", "Không có kỹ năng nào mang tên như vậy"),
        ("a\u202eb", "ký tự ẩn"),
        ("từ " * 30, "Quá dài"),
        ("x" * 5_000, "Không có kỹ năng nào"),
        ("%_\\", "Không có kỹ năng nào"),
    ],
)
def test_odd_texts_have_a_clear_answer(officer: Client, session: Session, typed: str, told: str) -> None:
    page = officer.get("/ky-nang", query_string={"tim": typed})
    assert page.status_code == 200
    # A text without letters lists everything, since it asks for nothing.
    assert told in text_of(page.text) or (
        typed == "%_\\" and f"{listed(session)} kỹ năng" in text_of(page.text)
    )


def test_a_sector_narrows_the_list_and_counts_stay(officer: Client, session: Session) -> None:
    page = officer.get("/ky-nang", query_string={"linh-vuc": "law", "tim": "luật"})
    words = text_of(page.text)
    assert "Luật đất đai" in words
    assert "Khai thác mỏ" not in words
    assert f"Y tế {listed(session, Sector.HEALTH)}" in words


def test_an_unknown_sector_and_page_are_the_whole_list_and_the_first_page(
    officer: Client, session: Session
) -> None:
    page = officer.get("/ky-nang", query_string={"linh-vuc": "abc", "trang": "-4"})
    assert f"1–20 trong {listed(session)}" in text_of(page.text)


def test_a_concept_shows_names_contexts_relations_and_levels(officer: Client, session: Session) -> None:
    page = officer.get(f"/ky-nang/{skill(session, 'EN02').public_id}")
    words = text_of(page.text)
    assert "Gia công CNC" in words
    assert "CNC machining" in words
    assert "Tên gọi khác bằng tiếng Việt" in words
    assert "nhiều nghĩa, hiểu như vậy khi có: Kỹ thuật, công nghiệp, «gia công»" in words
    assert "Rộng hơn" in words
    assert "Cơ khí chế tạo" in words
    assert "bậc 7/7: bậc cao nhất của nghề" in words


def test_names_that_only_coincide_without_marks_say_so(officer: Client, session: Session) -> None:
    words = text_of(officer.get(f"/ky-nang/{skill(session, 'LN03').public_id}").text)
    assert "Hàn ngữ trùng tên khác khi viết không dấu" in words


def test_a_merged_concept_leads_to_what_it_became(officer: Client, session: Session) -> None:
    merged, into = skill(session, "IT03"), skill(session, "IT02")
    merged.state, merged.merged_into_id = SkillState.MERGED, into.id
    session.flush()
    words = text_of(officer.get(f"/ky-nang/{merged.public_id}").text)
    assert "Đã gộp" in words
    assert "gộp vào kỹ năng khác Java" in words
    assert f"{listed(session)} kỹ năng" in text_of(officer.get("/ky-nang").text)


@pytest.mark.parametrize("ma", ["khong-co", "IT01", "1"])
def test_an_unknown_concept_is_not_found(officer: Client, ma: str) -> None:
    assert officer.get(f"/ky-nang/{ma}").status_code == 404


def test_pending_terms_stand_most_frequent_first_with_the_nearest_concepts(
    officer: Client, session: Session
) -> None:
    pending_term(session, "kế toán trại giam")
    pending_term(session, "zzz qqq")
    for where in ("people", "needs", "needs"):
        pending_term(session, "khrtp zqvxw", where)
    page = officer.get("/ky-nang/cho-duyet")
    words = text_of(page.text)
    assert words.index("khrtp zqvxw") < words.index("kế toán trại giam")
    assert "nhu cầu (2) có «khrtp zqvxw» , hồ sơ (1) có «khrtp zqvxw»" in words
    assert "Kế toán" in words
    assert "3 từ chờ duyệt" in text_of(officer.get("/ky-nang").text)


def test_without_pending_terms_the_page_says_that_all_is_well(officer: Client) -> None:
    assert "Không có từ nào chờ duyệt" in text_of(officer.get("/ky-nang/cho-duyet").text)


@pytest.mark.parametrize("path", ["/ky-nang", "/ky-nang/cho-duyet", "/ky-nang/abc"])
def test_strangers_are_sent_to_sign_in(client: Client, path: str) -> None:
    page = client.get(path)
    assert page.status_code in {302, 303}
    assert "/dang-nhap" in page.headers["Location"]


def test_people_in_the_registry_are_refused(client: Client, session: Session) -> None:
    sign_in(client, account(session, Role.CANDIDATE))
    assert client.get("/ky-nang").status_code == 403


def test_lists_cost_the_same_however_many_rows(officer: Client, session: Session) -> None:
    # The first search of a process reads the vocabulary; every later one finds it in memory.
    officer.get("/ky-nang", query_string={"tim": "tôm"})
    with statements(session) as few:
        officer.get("/ky-nang", query_string={"tim": "dừa"})
    with statements(session) as many:
        officer.get("/ky-nang", query_string={"tim": "kế toán"})
    assert len(few) == len(many)
    pending_term(session, "từ một")
    with statements(session) as one:
        officer.get("/ky-nang/cho-duyet")
    for number in range(2, 9):
        pending_term(session, f"từ mới {number}")
    with statements(session) as more:
        officer.get("/ky-nang/cho-duyet")
    assert len(one) == len(more)
