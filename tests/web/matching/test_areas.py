"""Facets of an elite workforce: professional, vocational, languages, digital, AI; combined they narrow, in the page and in the roll."""

import re
from pathlib import Path

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session
from werkzeug.datastructures import MultiDict

from registry.accounts.rules import Scope, Viewer
from registry.matching.operations import make_snapshot, record_snapshot
from registry.matching.queries.files import index_folder, use_snapshot, write_snapshot
from registry.matching.queries.search import Sought, facet_counts, found_total, made_ready
from registry.matching.queries.search.on_roll import on_rolls
from registry.matching.views import search_address as address
from registry.people import operations
from registry.people.models import Person
from registry.people.rules import EvidenceDraft, LanguageDraft, SkillDraft, VerificationMethod
from registry.skills.models import Skill
from registry.web.clock import today
from tests.conftest import Client
from tests.factories import people as make
from tests.factories.people import AT

PYTHON, AI, LEARNING, WELDING, DIGITAL, LITERACY = "IT01", "IT15", "IT16", "EN69", "IT26", "IT187"
LAI_CHAU = Viewer(1, frozenset(), (Scope("VN/12/", ""),))


def claim(
    session: Session, person: Person, code: str, level: int | None = 4, *, verified: bool = False
) -> None:
    concept = session.scalars(select(Skill.id).where(Skill.code == code)).one()
    row = operations.claim_skill(
        session, person, SkillDraft(code, concept, level=level), on=today(), by=None, at=AT
    )
    if verified:
        made = operations.attach_evidence(session, person, [row], EvidenceDraft("Bằng"), by=None, at=AT)
        operations.verify_evidence(
            session,
            person,
            made,
            method=VerificationMethod.CERTIFIED_COPY,
            until=None,
            expected_version=1,
            by=None,
            at=AT,
        )


def speaks(session: Session, person: Person, language: str) -> None:
    operations.claim_language(session, person, LanguageDraft(language, 4), on=today(), by=None, at=AT)


def crowd(session: Session) -> None:
    """People of one area each, of two, and who say they have it not."""
    both, only_ai, only_digital, none, maker, speaker = make.people(
        session, ["A Cả Hai", "B Chỉ AI", "C Chỉ Số", "D Chưa Có", "E Thợ Hàn", "G Ngoại Ngữ"]
    )
    claim(session, both, LEARNING, 4, verified=True)  # narrower than AI, and a profession
    claim(session, both, DIGITAL, 2)
    claim(session, only_ai, AI, 1)
    claim(session, only_digital, LITERACY, 5)
    claim(session, none, AI, 0)
    claim(session, none, PYTHON, 5)  # a tool of programmers is none of the areas
    claim(session, maker, WELDING, 5)
    claim(session, speaker, DIGITAL, None)
    speaks(session, speaker, "en")
    speaks(session, both, "en")


def names(client: Client, query: str) -> set[str]:
    page = client.get(f"/ung-vien?{query}")
    assert page.status_code == 200
    return {one.strip() for one in re.findall(r'<h3><a href="/ung-vien/[^"]+">([^<]+)</a>', page.text)}


def test_two_facets_combined_give_exactly_those_who_have_both_pt8(officer: Client, session: Session) -> None:
    crowd(session)
    assert names(officer, "ai=any") == {"A Cả Hai", "B Chỉ AI"}
    assert names(officer, "chuyen_doi_so=any") == {"A Cả Hai", "C Chỉ Số", "G Ngoại Ngữ"}
    assert names(officer, "ai=any&chuyen_doi_so=any") == {"A Cả Hai"}
    assert names(officer, "chuyen_doi_so=any&ngoai_ngu=en") == {"A Cả Hai", "G Ngoại Ngữ"}
    assert names(officer, "ai=any&chuyen_doi_so=any&ngoai_ngu=en&chuyen_mon=verified") == {"A Cả Hai"}
    assert names(officer, "tay_nghe=any") == {"E Thợ Hàn"}
    assert names(officer, "tay_nghe=any&ai=any") == set()
    assert names(officer, "ai=rank_3") == names(officer, "ai=verified") == {"A Cả Hai"}
    assert names(officer, "chuyen_doi_so=rank_3&chuyen_doi_so=verified") == {"C Chỉ Số"}
    assert len(names(officer, "ai=anybody&chuyen_mon=")) == 6  # what no page would send narrows nothing


def test_the_panel_names_the_five_areas_counts_them_and_takes_them_away_pt8(
    officer: Client, session: Session
) -> None:
    crowd(session)
    page = officer.get("/ung-vien?ai=any").text
    for title in ("Chuyên môn", "Kỹ năng nghề", "Ngoại ngữ", "Chuyển đổi số", "Trí tuệ nhân tạo"):
        assert f"<summary>{title}" in page, title
    assert re.search(r'name="chuyen_doi_so" value="any"><span>Có khai</span><span class="c">1<', page)
    assert "Trí tuệ nhân tạo: Có khai" in page
    assert re.search(r'name="tay_nghe" value="any" disabled>', page)  # no welder knows AI


@pytest.mark.parametrize("rolled", [False, True], ids=["by the database", "by the roll"])
def test_every_count_of_an_area_is_what_choosing_it_gives_pt8(
    session: Session, tmp_path: Path, *, rolled: bool
) -> None:
    crowd(session)
    if rolled:
        index(session, tmp_path)
    asked: list[dict[str, str]] = [{}, {"ai": "any"}, {"chuyen_doi_so": "any", "ngoai_ngu": "en"}]
    found: list[int] = []
    for args in asked:
        ready = ready_for(session, MultiDict(args))
        assert bool(on_rolls(session, ready)) is rolled
        closed = facet_counts(session, ready, []).closed
        for facet in ("profession", "trade", "digital", "ai"):
            for option, count in closed[facet].items():
                alone = {**args, address.PARAMS[facet]: option}
                assert found_total(session, ready_for(session, MultiDict(alone))) == count, (
                    args,
                    facet,
                    option,
                )
                found.append(count)
    assert found == [
        *(3, 1, 1, 1, 1, 0, 3, 1, 0, 2, 1, 1),
        *(2, 1, 1, 0, 0, 0, 1, 0, 0, 2, 1, 1),
        *(2, 1, 1, 0, 0, 0, 2, 0, 0, 1, 1, 1),
    ]


def ready_for(session: Session, args: MultiDict[str, str]) -> Sought:
    return made_ready(session, address.search_of(session, args, (), LAI_CHAU), LAI_CHAU, on=today())


def index(session: Session, folder: Path) -> None:
    """Everybody in a snapshot that is in use."""
    snapshot = make_snapshot(session, today())
    index_folder(folder).mkdir(exist_ok=True)
    write_snapshot(index_folder(folder), snapshot)
    record_snapshot(session, snapshot, at=AT)
    use_snapshot(index_folder(folder), snapshot.version)
    session.info["folder"] = folder
