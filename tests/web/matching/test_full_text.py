"""Searching by words that stand in profiles: who is found, why, and who never is."""

import re
from collections.abc import Sequence
from html import unescape
from typing import Any
from urllib.parse import quote_plus

import pytest
from sqlalchemy import func, select, text, update
from sqlalchemy.orm import Session

from registry.people import operations
from registry.people.models import Achievement, Experience, Person, PersonName, PersonText
from registry.people.operations import keep_missing_texts
from registry.people.queries import ids_with_text
from registry.people.rules import (
    AchievementDraft,
    AchievementKind,
    EducationDraft,
    EvidenceDraft,
    ExperienceDraft,
    NameKind,
    PersonState,
    SelfDraft,
    SkillDraft,
)
from registry.people.rules.full_text import asked_text
from registry.skills.models import Skill
from registry.web.clock import today
from tests.conftest import Client
from tests.factories import people as make
from tests.factories.people import ANONYMOUS, AT


def page(client: Client, typed: str, rest: str = "") -> str:
    answer = client.get(f"/ung-vien?q={quote_plus(typed)}{rest}")
    assert answer.status_code == 200
    return answer.text


def found(client: Client, typed: str, rest: str = "") -> list[str]:
    return names(page(client, typed, rest))


def names(html: str) -> list[str]:
    """Who stands in a list, in order."""
    return [unescape(one.strip()) for one in re.findall(r'<h3><a href="/ung-vien/[^"]+">([^<]+)</a>', html)]


def post(duties: str) -> ExperienceDraft:
    return ExperienceDraft(title="Trưởng ca", organisation_text="Bưu cục Mường Tè", description=duties)


def worker(session: Session, name: str = "Lò Văn Chiến", **traits: Any) -> Person:
    """Somebody with words in many parts of the profile."""
    return make.person(
        session,
        name,
        experience=(post("Vận hành băng chuyền phân loại kiện"),),
        education=(EducationDraft(degree_rank=4, major="Cơ khí chế tạo", school="Trường Bách Nghệ"),),
        about=SelfDraft(name, headline="Thợ cả đóng thuyền", summary="Ưa trèo núi và giữ rừng già"),
        **traits,
    )


WORDS = [
    ("đóng thuyền", "Nghề nghiệp: Thợ cả <mark>đóng thuyền</mark>"),
    ("dong thuyen", "Nghề nghiệp: Thợ cả <mark>đóng thuyền</mark>"),
    ("trưởng ca mường tè", "Vị trí đã làm: <mark>Trưởng ca</mark>; Nơi công tác: Bưu cục"),
    ("băng chuyền", "Mô tả công việc: Vận hành <mark>băng chuyền</mark> phân loại kiện"),
    ("bách nghệ", "Trường: Trường <mark>Bách Nghệ</mark>"),
    ("trèo núi", "Giới thiệu: Ưa <mark>trèo núi</mark> và giữ rừng già"),
    ('"ca đóng"', ""),
    ('"cả đóng thuyền"', "<mark>cả đóng thuyền</mark>"),
    ("trẻo núi", ""),
    ("đông thuyền", ""),
]


@pytest.mark.slow
def test_words_of_a_profile_find_it_and_the_card_says_where(officer: Client, session: Session) -> None:
    worker(session)
    worker(session, "Vàng A Páo", unit_path="VN/01/")
    make.person(session, "Trần Ánh")
    for typed, where in WORDS:
        html = page(officer, typed)
        assert (where or "Không có ứng viên khớp") in html, typed
        assert names(html) == (["Lò Văn Chiến"] if where else []), typed


def test_marks_typed_count_and_marks_left_out_do_not(officer: Client, session: Session) -> None:
    for name, line in (("A Chè", "Hái chè tươi"), ("B Che", "Lợp mái che tươi màu")):
        make.person(session, name, about=SelfDraft(name, summary=line))
    assert found(officer, "chè tươi") == ["A Chè"]
    assert found(officer, "chẻ tươi") == []
    assert sorted(found(officer, "che tuoi")) == ["A Chè", "B Che"]


def test_a_craft_typed_with_marks_is_not_found_in_a_headline_with_others(
    officer: Client, session: Session
) -> None:
    make.person(session, "A Một", about=SelfDraft("x", headline="Việc gì cũng làm được"))
    make.person(session, "B Hai", about=SelfDraft("x", headline="Bán dược, làm thuốc"))
    assert found(officer, "dược") == ["B Hai"]
    assert sorted(found(officer, "duoc")) == ["A Một", "B Hai"]
    assert found(officer, "dược", "&dung_tu=1") == ["B Hai"]
    assert found(officer, '"dược"') == ["B Hai"]
    assert found(officer, '"được"') == ["A Một"]


def test_words_narrow_what_was_understood_and_can_be_taken_away(officer: Client, session: Session) -> None:
    for name, has_words in (("A Cả Hai", True), ("B Nghề", False)):
        one = worker(session, name) if has_words else make.person(session, name)
        operations.claim_skill(
            session, one, SkillDraft("Kế toán", _skill(session)), on=today(), by=None, at=AT
        )
    assert sorted(found(officer, "ke toan")) == ["A Cả Hai", "B Nghề"]
    html = page(officer, "kế toán băng chuyền")
    assert "Từ trong hồ sơ: băng chuyền" in html
    assert names(html) == ["A Cả Hai"]
    assert re.search(r'href="/ung-vien\?q=k%E1%BA%BF\+to%C3%A1n"', html)
    nobody = page(officer, "kế toán xyzzy")
    assert "Bỏ «xyzzy» thì có 2 người" in unescape(nobody)


def _skill(session: Session) -> int:
    return session.scalars(select(Skill.id).where(Skill.vi == "Kế toán")).one()


# --- who is never found -----------------------------------------------------------------------------------


HIDDEN_NAME = ["chiến", "lo van chien", '"Lò Văn Chiến"']
HIDDEN_WORDS = ["mường tè", "băng chuyền", "trèo núi", "bách nghệ"]


@pytest.mark.slow
@pytest.mark.parametrize("rest", ["", "&dung_tu=1"], ids=["read", "literal"])
def test_an_anonymous_profile_is_not_found_by_what_it_hides(
    officer: Client, session: Session, rest: str
) -> None:
    one = worker(session, consents=ANONYMOUS)
    one.headline = "Thợ cả đóng thuyền Lò Văn Chiến"
    session.flush()
    for typed in HIDDEN_WORDS:
        assert found(officer, typed, rest) == [], typed
    for typed in HIDDEN_NAME:
        assert one.code not in page(officer, typed, rest), typed


def test_an_anonymous_profile_is_found_by_what_it_shows_and_says_no_more(
    officer: Client, session: Session
) -> None:
    one = worker(session, consents=ANONYMOUS)
    html = page(officer, "thuyền ca chế tạo")
    assert names(html) == [f"Hồ sơ ẩn danh {one.code}"]
    assert "Chuyên ngành: Cơ khí <mark>chế tạo</mark>" in html
    assert "Mường Tè" not in html


@pytest.mark.parametrize("typed", ["0912345678", "012345678901", "chien.lo@vidu.vn", "0912 345 678"])
def test_numbers_and_addresses_written_into_a_profile_find_nobody(
    officer: Client, session: Session, typed: str
) -> None:
    told = "Gọi 0912 345 678 hoặc 0912345678, thư chien.lo@vidu.vn, số 012345678901"
    one = make.person(session, "Lò Văn Chiến", consents=ANONYMOUS, about=SelfDraft("x", headline=told))
    html = page(officer, typed)
    assert one.code not in html
    assert names(html) == []


def test_who_is_out_of_sight_is_found_by_no_word(officer: Client, session: Session) -> None:
    withdrawn = worker(session)
    withdrawn.state = PersonState.WITHDRAWN
    merged = worker(session, "Vàng A Páo")
    kept = worker(session, "Trần Ánh")
    merged.merged_into_id, merged.state = kept.id, PersonState.MERGED
    session.flush()
    assert found(officer, "băng chuyền") == ["Trần Ánh"]


def test_who_is_erased_leaves_no_word(officer: Client, session: Session) -> None:
    one = worker(session)
    assert found(officer, "băng chuyền") == [one.full_name]
    session.delete(one)
    session.flush()
    assert found(officer, "băng chuyền") == []
    assert session.scalar(select(func.count()).select_from(PersonText)) == 0
    if session.get_bind().dialect.name == "sqlite":
        words = "SELECT count(*) FROM person_text_words WHERE person_text_words MATCH '\"chuyền\"'"
        assert session.scalar(text(words)) == 0
        session.execute(text("INSERT INTO person_text_words(person_text_words) VALUES ('integrity-check')"))


# --- how the text follows ---------------------------------------------------------------------------------


def test_whatever_is_written_is_found_at_once_and_what_is_gone_is_not(
    officer: Client, session: Session
) -> None:
    one = worker(session)
    row = make.only(session, Experience, one)
    row.description = "Trông kho gạo nếp"
    session.flush()
    assert (found(officer, "băng chuyền"), found(officer, "gạo nếp")) == ([], [one.full_name])
    session.execute(update(Experience).where(Experience.id == row.id).values(title="Canh nương"))
    assert found(officer, "canh nương") == [one.full_name]
    award = AchievementDraft(AchievementKind.AWARD, "Giải cấy nhanh")
    operations.add_entry(session, one, award, by=None, at=AT)
    won = make.only(session, Achievement, one)
    assert found(officer, "giải cấy nhanh") == [one.full_name]
    operations.attach_evidence(session, one, [won], EvidenceDraft("Thư tay trưởng bản"), by=None, at=AT)
    assert found(officer, "thư tay") == [one.full_name]
    session.delete(row)
    session.flush()
    assert found(officer, "gạo nếp") == []


def test_a_row_that_changes_hands_takes_its_words_along(officer: Client, session: Session) -> None:
    one, other = worker(session), make.person(session, "Trần Ánh")
    make.only(session, Experience, one).person_id = other.id
    session.flush()
    assert found(officer, "băng chuyền") == ["Trần Ánh"]


def holding(session: Session, typed: str) -> list[int]:
    """Whose text holds the words."""
    asked = asked_text(typed)
    assert asked is not None
    return ids_with_text(session, asked).tolist()


def test_what_is_rolled_back_is_not_found_and_what_stays_is(session: Session) -> None:
    one = worker(session)
    session.flush()
    savepoint = session.begin_nested()
    assert holding(session, "băng chuyền") == [one.id]
    one.summary = "Đắp đập nhỏ"
    session.flush()
    assert holding(session, "đập nhỏ") == [one.id]
    savepoint.rollback()
    assert (holding(session, "đập nhỏ"), holding(session, "băng chuyền")) == ([], [one.id])
    session.commit()
    assert session.scalars(select(PersonText.id)).all() == [one.id]


def test_many_savepoints_of_one_transaction_write_every_text_once(
    session: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    written: list[int] = []

    def keep(_session: Session, ids: Sequence[int]) -> None:
        written.extend(ids)

    monkeypatch.setattr("registry.people.models.keeping_text.keep_text", keep)
    people = [worker(session) for _ in range(3)]
    for one in people:
        with session.begin_nested():
            one.summary = "Đắp đập nhỏ"
    session.commit()
    assert written == sorted(one.id for one in people)


def test_a_new_name_is_hidden_from_the_headline(officer: Client, session: Session) -> None:
    one = make.person(session, consents=ANONYMOUS, about=SelfDraft("x", headline="Thợ rèn Giàng A Sử"))
    session.add(PersonName(person_id=one.id, kind=NameKind.FORMER, full_name="Giàng A Sử"))
    session.flush()
    assert one.code not in page(officer, "giàng a sử")


def test_texts_that_are_missing_are_filled_in(session: Session) -> None:
    one = worker(session)
    session.commit()
    before = session.execute(select(PersonText.open_words, PersonText.closed_words)).all()
    session.execute(text("DELETE FROM person_text"))
    assert keep_missing_texts(session) == 1
    assert session.execute(select(PersonText.open_words, PersonText.closed_words)).all() == before
    assert keep_missing_texts(session) == 0
    assert one.id == session.scalar(select(PersonText.id))


STRANGE = [
    "%" * 200,
    "_" * 200,
    "%a_%b\\" * 33,
    '"' * 199,
    '" OR "x" AND (',
    "băng* NOT chuyền",
    "NEAR(a b)",
    "open_words:x",
]


@pytest.mark.slow
def test_signs_of_other_languages_are_words_like_any(officer: Client, session: Session) -> None:
    worker(session)
    for typed in STRANGE:
        assert found(officer, typed) == [], typed
        assert found(officer, typed, "&dung_tu=1") == [], typed
