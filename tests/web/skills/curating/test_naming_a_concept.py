"""Forms in which a curator names a concept: what only may be meant is asked about, and offered while it is typed."""

import re
from collections.abc import Sequence
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from registry.skills import operations, queries
from registry.skills.models import ExternalConcept, PendingTerm, Skill
from registry.skills.operations import ConceptTerms, NewLabel
from registry.skills.rules import (
    ExternalScheme,
    ExternalState,
    LevelScale,
    PendingState,
    Sector,
    SkillFamily,
)
from tests.conftest import Client
from tests.factories.accounts import post
from tests.factories.curating import AT
from tests.factories.skills import pending_term, skill
from tests.web.reading import text_of

BY: dict[str, Any] = {"by": None, "at": AT}


def made(session: Session, name: str, sector: Sector = Sector.IT) -> Skill:
    terms = ConceptTerms(name, "", SkillFamily.PROFESSION, sector)
    return operations.create_concept(session, terms, LevelScale.GENERAL, **BY)[0]


@pytest.fixture
def kept(session: Session) -> PendingTerm:
    return pending_term(session, "zorblat quantik")


@pytest.fixture
def cloud(session: Session) -> Skill:
    """A concept whose name begins with what is another name of a different one."""
    operations.add_label(session, skill(session, "IT01"), NewLabel("điện toán"), **BY)
    return made(session, "Điện toán đám mây")


def address_of(term: PendingTerm) -> str:
    return f"/ky-nang/cho-duyet/{term.public_id}/ky-nang-khac"


def offered(page: Any) -> list[str]:
    return re.findall(r'name="choice" value="(\w+)"', page.text)


def ids(skills: Sequence[Skill]) -> list[str]:
    return [one.public_id for one in skills]


def test_another_name_that_begins_a_main_name_is_asked_about_and_nothing_is_lost(
    curating: Client, session: Session, kept: PendingTerm, cloud: Skill
) -> None:
    asked = post(curating, address_of(kept), {"concept": "dien toan"})
    assert asked.status_code == 422
    assert offered(asked)[:2] == ids([skill(session, "IT01"), cloud])
    words = text_of(asked.text)
    assert "Chọn kỹ năng bạn muốn nói" in words
    assert "IT01 · Công nghệ thông tin · có tên gọi «điện toán»" in words
    assert f"{cloud.code} · Công nghệ thông tin" in words
    assert 'value="dien toan"' in asked.text
    session.expire_all()
    assert kept.state is PendingState.WAITING
    fields = {"concept": "dien toan", "asked": "dien toan", "choice": cloud.public_id}
    assert post(curating, address_of(kept), fields).status_code == 303
    session.expire_all()
    assert kept.skill_id == cloud.id


def test_a_main_name_a_code_and_a_name_like_no_other_need_no_question(
    curating: Client, session: Session, cloud: Skill
) -> None:
    java = skill(session, "IT02")
    for number, typed in enumerate(("dien toan dam may", cloud.code.lower(), "Java Swing", "java")):
        term = pending_term(session, f"zorblat {number} quantik")
        assert post(curating, address_of(term), {"concept": typed}).status_code == 303, typed
        session.expire_all()
        assert term.skill_id in {cloud.id, java.id}


def test_what_was_picked_for_another_text_does_not_count(
    curating: Client, session: Session, kept: PendingTerm, cloud: Skill
) -> None:
    fields = {"concept": "điện toán", "asked": "điện toán đám mây", "choice": cloud.public_id}
    asked = post(curating, address_of(kept), fields)
    assert asked.status_code == 422
    assert "checked" not in asked.text
    session.expire_all()
    assert kept.state is PendingState.WAITING


def test_names_with_the_typed_words_are_offered_before_those_that_only_look_alike(
    curating: Client, session: Session, kept: PendingTerm
) -> None:
    skin, farm = made(session, "Da liễu", Sector.HEALTH), made(session, "Kiểm kê trại kế toán")
    big, science = made(session, "Dữ liệu lớn"), made(session, "Khoa học dữ liệu")
    apart = made(session, "Liệu pháp du lịch")
    queries.vocabulary(session)
    order = offered(post(curating, address_of(kept), {"concept": "du lieu"}))
    assert order[:3] == ids([big, science, apart])
    order = offered(post(curating, address_of(kept), {"concept": "kế toán trại"}))
    assert order[0] == farm.public_id
    assert skill(session, "FI01").public_id in order[1:]
    # The same letters under other marks are another word.
    asked = post(curating, address_of(kept), {"concept": "da liệu"})
    assert (asked.status_code, offered(asked)[0]) == (422, skin.public_id)


def test_every_form_that_names_a_concept_asks(curating: Client, session: Session, cloud: Skill) -> None:
    accounting = skill(session, "FI01")
    code = ExternalConcept(
        scheme=ExternalScheme.ESCO, code="S-1", label="glass blowing", state=ExternalState.UNMATCHED
    )
    session.add(code)
    session.commit()
    new = {"vi": "Đan lưới cá", "family": "trade", "sector": "craft", "scale": "trade"}
    forms = {
        f"/ky-nang/{accounting.public_id}/gop": {"concept": "dien toan"},
        f"/ky-nang/{accounting.public_id}/quan-he": {"concept": "dien toan", "kind": "related"},
        f"/ky-nang/danh-muc-ngoai/{code.public_id}/gan": {"concept": "dien toan"},
        "/ky-nang/them": new | {"broader": "dien toan"},
    }
    for address, fields in forms.items():
        asked = post(curating, address, fields)
        assert asked.status_code == 422, address
        assert offered(asked)[:2] == ids([skill(session, "IT01"), cloud]), address
        assert 'name="asked" value="dien toan"' in asked.text
        assert 'hx-get="/ky-nang/goi-y"' in asked.text
    assert "Đan lưới cá" in post(curating, "/ky-nang/them", new | {"broader": "dien toan"}).text
    session.expire_all()
    assert code.skill_id is None
    assert session.scalar(select(Skill.id).where(Skill.vi == "Đan lưới cá")) is None


def test_concepts_are_offered_while_a_name_is_typed(curating: Client, session: Session, cloud: Skill) -> None:
    part = curating.get("/ky-nang/goi-y", query_string={"concept": "dien toan"})
    assert "<html" not in part.text
    assert offered(part)[:2] == ids([skill(session, "IT01"), cloud])
    assert "checked" not in part.text
    whole = curating.get("/ky-nang/goi-y", query_string={"broader": "điện toán đám mây"})
    assert f'value="{cloud.public_id}" checked' in whole.text
    assert "Chọn kỹ năng rộng hơn" in text_of(whole.text)
    nothing = curating.get("/ky-nang/goi-y", query_string={"concept": "xyz qqq"})
    assert "Danh mục không có kỹ năng này" in text_of(nothing.text)
    assert text_of(curating.get("/ky-nang/goi-y", query_string={"concept": ""}).text) == ""


def test_only_curators_are_offered_concepts(officer: Client) -> None:
    assert officer.get("/ky-nang/goi-y", query_string={"concept": "java"}).status_code == 403
