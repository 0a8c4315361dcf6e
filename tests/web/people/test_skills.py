"""Skills and languages: understood, asked about, kept pending, levels by new rows."""

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from registry.people.models import (
    LanguageClaim,
    SkillClaim,
)
from registry.people.rules import (
    LanguageDraft,
    SkillDraft,
)
from registry.skills.models import PendingTerm, Skill
from registry.web.clock import today
from tests.conftest import Client
from tests.factories import people as make
from tests.factories.accounts import post
from tests.factories.people import only, path_of


def skill_of(session: Session, code: str) -> Skill:
    return session.scalars(select(Skill).where(Skill.code == code)).one()


def it_skill(session: Session) -> Skill:
    return session.scalars(select(Skill).where(Skill.vi == "Công nghệ thông tin")).one()


def test_a_skill_is_understood_and_the_answer_is_told(officer: Client, session: Session) -> None:
    person = make.person(session)
    answer = post(
        officer,
        path_of(person, "ky-nang/tao"),
        {"typed": "CNTT", "level": "4", "since_year": "2018"},
        follow_redirects=True,
    )
    claim: SkillClaim = only(session, SkillClaim, person)
    assert claim.skill_id == it_skill(session).id
    assert (claim.level, claim.since_year, claim.typed) == (4, 2018, "CNTT")
    assert "«CNTT» được hiểu là" in answer.text


def test_a_skill_nobody_knows_is_kept_as_typed(officer: Client, session: Session) -> None:
    person = make.person(session)
    words = "zqvxw khrtp qwx"
    answer = post(
        officer, path_of(person, "ky-nang/tao"), {"typed": words, "level": ""}, follow_redirects=True
    )
    if "Bạn muốn nói kỹ năng nào" in answer.text:
        fields = {"typed": words, "level": "", "concept": "giu"}
        answer = post(officer, path_of(person, "ky-nang/tao"), fields, follow_redirects=True)
    claim: SkillClaim = only(session, SkillClaim, person)
    assert claim.skill_id is None
    term = session.get_one(PendingTerm, claim.pending_term_id)
    assert (term.text, term.count) == (words, 1)
    assert "Đã giữ nguyên chữ" in answer.text


def test_an_ambiguous_abbreviation_asks_and_the_answer_settles_it(officer: Client, session: Session) -> None:
    person = make.person(session)
    answer = post(officer, path_of(person, "ky-nang/tao"), {"typed": "KT", "level": "3"})
    assert answer.status_code == 422
    assert "Bạn muốn nói kỹ năng nào?" in answer.text
    code = answer.text.split('name="concept" value="')[1].split('"')[0]
    fields = {"typed": "KT", "level": "3", "concept": code}
    assert post(officer, path_of(person, "ky-nang/tao"), fields).status_code == 303
    claim: SkillClaim = only(session, SkillClaim, person)
    assert claim.skill_id == skill_of(session, code).id
    assert not claim.needs_confirmation


def test_an_answer_that_was_not_offered_is_asked_again(officer: Client, session: Session) -> None:
    person = make.person(session)
    fields = {"typed": "KT", "level": "3", "concept": "IT01"}
    assert post(officer, path_of(person, "ky-nang/tao"), fields).status_code == 422
    assert session.scalars(select(SkillClaim)).all() == []


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({"typed": "", "level": ""}, "Nhập kỹ năng"),
        ({"typed": "CNTT", "level": "7"}, "là số từ 0 đến 5"),
        ({"typed": "CNTT", "level": "9"}, "Chọn một mục trong danh sách"),
        ({"typed": "CNTT", "level": "", "since_year": "1800"}, "Nhập số từ 1950 đến 2100"),
        ({"typed": "CNTT", "level": "", "since_year": "9" * 400}, "Nhập số từ 1950 đến 2100"),
        ({"typed": "x" * 1_000_000, "level": ""}, "Rút gọn còn không quá 200 ký tự"),
        ({"typed": "CN\x00TT", "level": ""}, "Bỏ ký tự điều khiển"),
    ],
)
def test_a_wrong_skill_says_how_to_mend_it(
    officer: Client, session: Session, fields: dict[str, str], sentence: str
) -> None:
    person = make.person(session)
    answer = post(officer, path_of(person, "ky-nang/tao"), fields)
    assert answer.status_code == 422
    assert sentence in answer.text


def test_the_same_skill_twice_is_told(officer: Client, session: Session) -> None:
    person = make.person(session, skills=(SkillDraft("CNTT", it_skill(session).id, level=3),))
    answer = post(officer, path_of(person, "ky-nang/tao"), {"typed": "công nghệ thông tin", "level": "4"})
    assert answer.status_code == 422
    assert "Hồ sơ đã có kỹ năng này" in answer.text


def test_a_level_changes_by_a_new_row_and_a_skill_can_be_dropped(officer: Client, session: Session) -> None:
    person = make.person(session, skills=(SkillDraft("CNTT", it_skill(session).id, level=3),))
    claim: SkillClaim = only(session, SkillClaim, person)
    assert officer.get(path_of(person, f"ky-nang/{claim.public_id}")).status_code == 200
    stale = post(
        officer, path_of(person, f"ky-nang/{claim.public_id}"), {"typed": "CNTT", "level": "5", "version": 9}
    )
    assert stale.status_code == 409
    fields = {"typed": "CNTT", "level": "5", "version": claim.version}
    assert post(officer, path_of(person, f"ky-nang/{claim.public_id}"), fields).status_code == 303
    assert officer.get(path_of(person, f"ky-nang/{claim.public_id}")).status_code == 404
    new = session.scalars(select(SkillClaim).where(SkillClaim.valid_to.is_(None))).one()
    assert new.level == 5
    assert post(officer, path_of(person, f"ky-nang/{new.public_id}/xoa"), {"version": 9}).status_code == 303
    assert new.valid_to is None
    post(officer, path_of(person, f"ky-nang/{new.public_id}/xoa"), {"version": new.version})
    session.refresh(new)
    assert new.valid_to == today()


def test_languages_are_added_and_changed(officer: Client, session: Session) -> None:
    person = make.person(session)
    fields = {"language": "ja", "rank": "3", "certificate": "JLPT N3"}
    assert post(officer, path_of(person, "ngoai-ngu/tao"), fields).status_code == 303
    assert post(officer, path_of(person, "ngoai-ngu/tao"), fields).status_code == 422
    claim: LanguageClaim = only(session, LanguageClaim, person)
    path = path_of(person, f"ngoai-ngu/{claim.public_id}")
    assert post(officer, path, {**fields, "rank": "4", "version": 7}).status_code == 409
    assert post(officer, path, {**fields, "language": "", "version": claim.version}).status_code == 422
    assert post(officer, path, {**fields, "rank": "4", "version": claim.version}).status_code == 303
    new = session.scalars(select(LanguageClaim).where(LanguageClaim.valid_to.is_(None))).one()
    assert (new.rank, claim.valid_to) == (4, today())
    assert post(officer, path_of(person, f"ngoai-ngu/{new.public_id}/xoa"), {"version": 9}).status_code == 303
    post(officer, path_of(person, f"ngoai-ngu/{new.public_id}/xoa"), {"version": new.version})
    session.refresh(new)
    assert new.valid_to == today()


def test_a_language_cannot_become_one_that_is_there(officer: Client, session: Session) -> None:
    person = make.person(session, languages=(LanguageDraft("ja", 3), LanguageDraft("en", 4)))
    claim = session.scalars(select(LanguageClaim).where(LanguageClaim.language == "en")).one()
    fields = {"language": "ja", "rank": "4", "version": claim.version}
    assert post(officer, path_of(person, f"ngoai-ngu/{claim.public_id}"), fields).status_code == 422
