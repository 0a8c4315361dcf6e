"""Searching people through the page: what is understood, who is found in which order, what is never told."""

import re
from html import unescape
from urllib.parse import quote_plus

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session
from werkzeug.datastructures import MultiDict

from registry.accounts.rules import Scope, Viewer
from registry.matching.queries.search import facet_counts, found_total, made_ready, page_of
from registry.matching.queries.search.finding import Place
from registry.matching.views import search_address as address
from registry.people import operations
from registry.people.models import Person
from registry.people.rules import (
    CadreDraft,
    CadreKind,
    EducationDraft,
    EvidenceDraft,
    ExpertDraft,
    ExpertKind,
    LanguageDraft,
    PlaceDraft,
    SelfDraft,
    SkillDraft,
)
from registry.skills.models import Skill, SkillRelation
from registry.skills.rules import RelationKind
from registry.web.clock import today
from tests.conftest import Client
from tests.factories import people as make
from tests.factories.accounts import post
from tests.factories.people import ANONYMOUS, AT

LAI_CHAU = Viewer(1, frozenset(), (Scope("VN/12/", ""),))


def skill(session: Session, name: str) -> Skill:
    return session.scalars(select(Skill).where(Skill.vi == name)).one()


def claim(
    session: Session, person: Person, name: str, level: int | None = 4, *, proved: bool = False
) -> None:
    draft = SkillDraft(name, skill(session, name).id, level=level)
    made = operations.claim_skill(session, person, draft, on=today(), by=None, at=AT)
    if proved:
        operations.attach_evidence(session, person, [made], EvidenceDraft("Bằng"), by=None, at=AT)


def names(html: str) -> list[str]:
    return [unescape(one.strip()) for one in re.findall(r'<h3><a href="/ung-vien/[^"]+">([^<]+)</a>', html)]


def found(client: Client, typed: str, rest: str = "") -> list[str]:
    answer = client.get(f"/ung-vien?q={quote_plus(typed)}{rest}")
    assert answer.status_code == 200
    return names(answer.text)


def test_unmarked_words_find_the_craft_and_the_language_most_found_first(
    officer: Client, session: Session
) -> None:
    both, craft, language, none = make.people(session, ["A Cả Hai", "B Nghề", "C Tiếng", "D Không"])
    claim(session, craft, "Kỹ thuật dữ liệu")
    claim(session, both, "Kỹ thuật dữ liệu")
    for person in (both, language):
        operations.claim_language(session, person, LanguageDraft("ja", 4), on=today(), by=None, at=AT)
    page = officer.get("/ung-vien?q=ky+su+du+lieu+tieng+nhat").text
    assert names(page)[0] == "A Cả Hai"
    assert set(names(page)) == {"A Cả Hai", "B Nghề", "C Tiếng"}
    assert none.full_name not in page
    assert "Đã hiểu là" in page
    assert "<strong>Kỹ thuật dữ liệu</strong> và <strong>Tiếng Nhật</strong>" in page
    assert "Chỉ tìm đúng từ đã gõ" in page
    assert "Bạn gõ «ky su du lieu», hiểu là «Kỹ thuật dữ liệu»" in page
    assert found(officer, "ky su du lieu tieng nhat", "&tat_ca=1") == ["A Cả Hai"]
    assert set(found(officer, "ky su du lieu tieng nhat", "&bat_buoc=language:ja")) == {"A Cả Hai", "C Tiếng"}


def test_proved_comes_before_claimed_and_ties_go_by_public_id(officer: Client, session: Session) -> None:
    people = make.people(session, ["A Một", "B Hai", "C Ba", "D Bốn"])
    for person in people:
        claim(session, person, "Python", proved=person.full_name == "D Bốn")
    rest = sorted(people[:3], key=lambda person: person.public_id)
    assert found(officer, "python") == ["D Bốn", *(person.full_name for person in rest)]


def test_a_narrower_concept_counts_and_says_so(officer: Client, session: Session) -> None:
    relation = session.scalars(
        select(SkillRelation).where(SkillRelation.kind == RelationKind.BROADER).limit(1)
    ).one()
    wide, special = session.get_one(Skill, relation.other_id), session.get_one(Skill, relation.skill_id)
    person = make.person(session, "A Hẹp")
    claim(session, person, special.vi)
    page = unescape(officer.get(f"/ung-vien?q={quote_plus(wide.vi)}").text)
    assert names(page) == ["A Hẹp"]
    assert "kỹ năng hẹp hơn" in page
    assert not found(officer, "", f"&ky_nang={wide.code}")
    assert found(officer, "", f"&ky_nang={special.code}") == ["A Hẹp"]
    itself = make.person(session, "B Đúng")
    claim(session, itself, wide.vi, 1)
    assert set(found(officer, wide.vi)) == {"A Hẹp", "B Đúng"}


def test_a_level_asked_is_a_level_held(officer: Client, session: Session) -> None:
    low, high, unknown = make.people(session, ["A Thấp", "B Cao", "C Chưa Nói"])
    for person, rank in ((low, 2), (high, 5), (unknown, None)):
        operations.claim_language(session, person, LanguageDraft("ja", rank), on=today(), by=None, at=AT)
    assert found(officer, "tiếng Nhật N2") == ["B Cao"]
    assert set(found(officer, "tiếng Nhật")) == {"A Thấp", "B Cao", "C Chưa Nói"}


def test_names_with_a_slip_are_found_and_hidden_names_never(officer: Client, session: Session) -> None:
    make.person(session, "Lò Văn Chiến")
    make.person(session, "Trần Thị Ánh")
    hidden = make.person(session, "Vàng Thị Hoàng Oanh", consents=ANONYMOUS)
    assert found(officer, "lo van chienn") == ["Lò Văn Chiến"]
    for typed in ("Vàng Thị Hoàng Oanh", "hoang oanh", "vang thi hoang oan", "oanh@vidu.vn", "0912345678"):
        page = officer.get(f"/ung-vien?q={quote_plus(typed)}").text
        assert hidden.code not in page, typed
    assert found(officer, hidden.code) == [f"Hồ sơ ẩn danh {hidden.code}"]


def test_nobody_learns_by_a_place_where_an_anonymous_person_lives(officer: Client, session: Session) -> None:
    home = SelfDraft("x", residence=PlaceDraft("Lai Châu", None, "VN/12/", "VN"))
    make.person(session, "A Có Tên", about=home)
    make.person(session, "B Ẩn Danh", about=home, consents=ANONYMOUS)
    assert found(officer, "ở Lai Châu") == ["A Có Tên"]
    assert len(found(officer, "", "&noi_o=home")) == 2


def test_people_of_other_scopes_are_never_found(officer: Client, session: Session) -> None:
    other = make.person(session, "Người Sơn La", unit_path="VN/14/")
    claim(session, other, "Python")
    assert found(officer, "python") == []
    assert found(officer, "Người Sơn La") == []
    assert found(officer, other.code) == []


def test_only_the_words_typed_leaves_out_what_is_near(officer: Client, session: Session) -> None:
    exact = make.person(session, "A Đúng")
    claim(session, exact, "Kỹ thuật dữ liệu")
    make.person(session, "B Nghề", about=SelfDraft("x", headline="Kỹ thuật dữ liệu y sinh"))
    near = make.person(session, "C Gần")
    claim(session, near, "Kho dữ liệu")
    assert set(found(officer, "kỹ thuật dữ liệu", "&dung_tu=1")) == {"A Đúng", "B Nghề"}
    assert len(found(officer, "kỹ thuật dữ liệu")) == 3


def test_marks_that_were_typed_are_never_overlooked(officer: Client, session: Session) -> None:
    make.person(session, "A Dược", about=SelfDraft("x", headline="Bào chế dược liệu"))
    make.person(session, "B Làm", about=SelfDraft("x", headline="Người làm được việc"))
    assert found(officer, "dược", "&dung_tu=1") == ["A Dược"]


def test_zero_results_say_which_condition_to_drop_and_keep_the_demand(
    officer: Client, session: Session
) -> None:
    person = make.person(session, "A Một", education=(EducationDraft(6, "TS", "748"),))
    claim(session, person, "Python")
    page = unescape(officer.get("/ung-vien?q=python&trinh_do=1").text)
    assert names(page) == []
    assert "Bỏ «Trình độ cao nhất» thì có 1 người" in page
    assert "Mở nhu cầu từ bộ tìm này" in page
    assert re.search(r'href="/nhu-cau/tao\?[^"]*skill_text=Python', page)
    kept = post(officer, "/ung-vien/chua-co-nguoi", {"q": "python", "trinh_do": "1"})
    assert kept.status_code == 303
    assert "Đã ghi lại" in officer.get(kept.headers["Location"]).text


def test_a_need_begins_with_the_words_of_the_search(officer: Client) -> None:
    page = unescape(officer.get("/nhu-cau/tao?title=Lập+trình&skill_text=Python").text)
    assert 'value="Lập trình"' in page
    assert re.search(r"<textarea[^>]*>\s*Python", page)


def test_rows_added_meanwhile_move_nobody(session: Session) -> None:
    people = make.people(session, [f"Người {number:02d}" for number in range(24)])
    for person in people:
        claim(session, person, "Python")
    sought = made_ready(
        session, address.search_of(session, MultiDict({"q": "python"}), (), LAI_CHAU), LAI_CHAU, on=today()
    )
    first = page_of(session, sought)
    newer = make.people(session, ["Người Mới 1", "Người Mới 2", "Người Mới 3"])
    for person in newer:
        claim(session, person, "Python", proved=True)
    second = page_of(session, sought, Place(after=first.people[-1].public_id))
    seen = [person.public_id for person in (*first.people, *second.people)]
    assert len(seen) == len(set(seen))
    assert {person.public_id for person in people} <= set(seen)
    back = page_of(session, sought, Place(before=second.people[0].public_id))
    assert [one.public_id for one in back.people] == [one.public_id for one in first.people]


def test_a_page_before_somebody_out_of_sight_is_the_first_page(session: Session) -> None:
    make.people(session, ["A Một", "B Hai", "C Ba"])
    other = make.person(session, "Người Sơn La", unit_path="VN/14/")
    sought = made_ready(session, address.search_of(session, MultiDict(), (), LAI_CHAU), LAI_CHAU, on=today())
    for place in (Place(before=other.public_id), Place(after=other.public_id)):
        page = page_of(session, sought, place, rows=2)
        assert [one.full_name for one in page.people] == ["C Ba", "B Hai"]
        assert (page.earlier, page.later) == (False, True)


def crowd(session: Session) -> None:
    """People who differ in everything facets tell apart."""
    kinds = [ExpertKind.EXPERT, ExpertKind.YOUNG_SCIENTIST]
    for number in range(12):
        person = make.person(
            session,
            f"Người {number:02d}",
            consents=ANONYMOUS if number % 4 == 3 else make.NAMED,
            experts=(ExpertDraft(kinds[number % 2]),) if number % 3 else (),
            cadres=(CadreDraft(CadreKind.CIVIL_SERVANT),) if number % 5 == 0 else (),
            education=(
                EducationDraft(4 + number % 3, ("DH", "THS", "TS")[number % 3], ("748", "734")[number % 2]),
            ),
            about=SelfDraft("x", residence=PlaceDraft("x", None, "", ("VN", "JP", "DE")[number % 3])),
        )
        claim(session, person, ("Python", "Kế toán")[number % 2], 1 + number % 5)
        if number % 2:
            operations.claim_language(
                session,
                person,
                LanguageDraft(("ja", "en")[number % 4 // 2], 1 + number % 6),
                on=today(),
                by=None,
                at=AT,
            )


CHOICES = [
    {},
    {"q": "python"},
    {"q": "python ke toan", "trinh_do": ["5"]},
    {"doi_tuong": ["expert", "civil_servant"]},
    {"trinh_do": ["4", "5"], "noi_o": ["JP"], "linh_vuc": ["748"]},
    {"ky_nang": ["IT01"], "bac": "2", "ngoai_ngu": ["ja"]},
]


@pytest.mark.slow
@pytest.mark.parametrize("choice", CHOICES, ids=str)
def test_every_count_is_what_choosing_the_option_gives(
    session: Session, choice: dict[str, str | list[str]]
) -> None:
    crowd(session)
    args = MultiDict(choice)
    sought = made_ready(session, address.search_of(session, args, (), LAI_CHAU), LAI_CHAU, on=today())
    counts = facet_counts(session, sought, [])
    told = [
        (address.PARAMS[facet], option, count)
        for facet, options in counts.closed.items()
        for option, count in options.items()
    ]
    for facet, param in (
        ("skill", "ky_nang"),
        ("field", "linh_vuc"),
        ("language", "ngoai_ngu"),
        ("country", "noi_o"),
    ):
        told += [(param, option, count) for option, count in counts.open[facet].items()]
    for param, option, count in told:
        alone = MultiDict(args)
        alone.setlist(param, [option])
        ready = made_ready(session, address.search_of(session, alone, (), LAI_CHAU), LAI_CHAU, on=today())
        assert found_total(session, ready) == count, (param, option)


def test_what_is_only_related_never_stands_above_the_craft_itself(officer: Client, session: Session) -> None:
    relation = session.scalars(
        select(SkillRelation).where(SkillRelation.kind == RelationKind.RELATED).limit(1)
    ).one()
    asked, near = session.get_one(Skill, relation.skill_id), session.get_one(Skill, relation.other_id)
    people = make.people(session, ["A Liên Quan", "B Đúng Nghề"])
    claim(session, people[0], near.vi, 1, proved=True)
    claim(session, people[1], asked.vi, 1)
    assert found(officer, asked.vi) == ["B Đúng Nghề", "A Liên Quan"]
