"""The list of people: who is in it, under which name, in which order, and how the filters narrow it."""

import re
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import event, select
from sqlalchemy.orm import Session

from registry.accounts.rules import Role
from registry.audit.models import AuditEvent
from registry.consents.rules import Channel, PurposeCode
from registry.people import operations
from registry.people.models import Person, SkillClaim
from registry.people.rules import (
    AvailabilityDraft,
    AvailabilityState,
    CadreDraft,
    CadreKind,
    EducationDraft,
    EvidenceDraft,
    ExperienceDraft,
    ExpertDraft,
    ExpertKind,
    OverseasDraft,
    PartialDate,
    PersonState,
    PlaceDraft,
    SelfDraft,
    SkillDraft,
)
from registry.skills.models import Skill
from registry.web.clock import today
from tests.conftest import Client
from tests.factories import people as make
from tests.factories.accounts import account, sign_in
from tests.factories.people import ANONYMOUS, AT


def names(html: str) -> list[str]:
    """The names of the cards, in order."""
    return [found.strip() for found in re.findall(r'<h3><a href="/ung-vien/[^"]+">([^<]+)</a>', html)]


def listed(client: Client, query: str = "") -> list[str]:
    answer = client.get(f"/ung-vien{query}")
    assert answer.status_code == 200
    return names(answer.text)


def claim(session: Session, person: Person, code: str = "IT01", level: int = 4) -> None:
    skill = session.scalars(select(Skill.id).where(Skill.code == code)).one()
    draft = SkillDraft("x", skill, level=level)
    operations.claim_skill(session, person, draft, on=today(), by=None, at=AT)


def test_people_are_listed_by_given_name_and_anonymous_ones_last_by_code(
    officer: Client, session: Session
) -> None:
    make.people(session, ["Nguyễn Văn Đức", "Trần Thị Ánh", "Lò Văn Dũng", "Đặng Thị Ân"])
    hidden = make.person(session, "Aaron Ẩn Danh", consents=ANONYMOUS)
    shown = listed(officer)
    assert shown == [
        "Trần Thị Ánh",
        "Đặng Thị Ân",
        "Lò Văn Dũng",
        "Nguyễn Văn Đức",
        f"Hồ sơ ẩn danh {hidden.code}",
    ]


def test_an_anonymous_card_shows_neither_name_nor_employer_nor_school_nor_place(
    officer: Client, session: Session
) -> None:
    about = SelfDraft(
        "x", headline="Kỹ sư dữ liệu", residence=PlaceDraft("Phường Đoàn Kết", None, "VN/12/03388/", "VN")
    )
    make.person(
        session,
        "Vàng A Páo",
        consents=ANONYMOUS,
        about=about,
        external_id="CB-0077",
        experience=(
            ExperienceDraft("Kỹ sư", "Công ty Bí Mật", started=PartialDate(2015, 1), is_ongoing=True),
        ),
        education=(EducationDraft(5, "THS", "748", school="Đại học Kín"),),
    )
    page = officer.get("/ung-vien").text
    for hidden in ("Vàng", "Páo", "Bí Mật", "Đại học Kín", "Đoàn Kết", "CB-0077"):
        assert hidden not in page, hidden
    assert "Trong nước" in page
    assert "Thạc sĩ" in page


def test_other_scopes_and_people_who_left_are_not_listed(officer: Client, session: Session) -> None:
    make.person(session, "Người Sơn La", unit_path="VN/14/")
    make.person(session, "Người Đã Rút", state=PersonState.WITHDRAWN)
    withdrawn = make.person(session, "Người Rút Đồng Ý")
    operations.withdraw_consent(
        session, withdrawn, PurposeCode.REGISTRY, channel=Channel.PHONE, reason="", by=None, at=AT
    )
    assert listed(officer) == []
    assert "Chưa có hồ sơ nào" in officer.get("/ung-vien").text


@pytest.mark.parametrize("words", ["chien", "CHIẾN", "lo van", "Lò+Văn"])
def test_names_are_found_whatever_the_accents(officer: Client, session: Session, words: str) -> None:
    make.people(session, ["Lò Văn Chiến", "Trần Thị Ánh"])
    assert listed(officer, f"?q={words}") == ["Lò Văn Chiến"]


def test_a_hidden_name_is_never_found_but_the_code_is(officer: Client, session: Session) -> None:
    person = make.person(session, "Lò Văn Chiến", consents=ANONYMOUS)
    assert listed(officer, "?q=chien") == []
    assert listed(officer, f"?q={person.code}") == [f"Hồ sơ ẩn danh {person.code}"]


def test_words_that_name_a_skill_find_who_claims_it_and_say_so(officer: Client, session: Session) -> None:
    person = make.person(session, "Lò Văn Chiến")
    make.person(session, "Trần Thị Ánh")
    claim(session, person)
    skill = session.scalars(select(Skill).where(Skill.code == "IT01")).one()
    page = officer.get(f"/ung-vien?q={skill.vi}").text
    assert names(page) == ["Lò Văn Chiến"]
    assert "Đã hiểu là" in page
    assert "Vì sao khớp" in page


@pytest.mark.parametrize("words", ["%25", "_", "%5C", "'", '"%20OR%201=1', "%00x", "a" * 500])
def test_hostile_words_find_nobody_and_break_nothing(officer: Client, session: Session, words: str) -> None:
    make.person(session, "Lò Văn Chiến")
    answer = officer.get(f"/ung-vien?q={words}")
    assert answer.status_code == (400 if "%00" in words else 200)


def test_filters_are_or_inside_and_and_across(officer: Client, session: Session) -> None:
    make.person(session, "A Chuyên Gia", experts=(ExpertDraft(ExpertKind.EXPERT),))
    make.person(session, "B Công Chức", cadres=(CadreDraft(CadreKind.CIVIL_SERVANT),), by_law=True)
    make.person(
        session,
        "C Ở Đức",
        overseas=(OverseasDraft("DE"),),
        education=(EducationDraft(6, "TS", "748"),),
        about=SelfDraft("x", residence=PlaceDraft("Berlin", None, "", "DE")),
    )
    assert listed(officer, "?doi_tuong=expert&doi_tuong=civil_servant") == ["B Công Chức", "A Chuyên Gia"]
    assert listed(officer, "?doi_tuong=overseas&trinh_do=6") == ["C Ở Đức"]
    assert listed(officer, "?doi_tuong=expert&trinh_do=6") == []
    assert listed(officer, "?noi_o=abroad") == ["C Ở Đức"]
    assert listed(officer, "?doi_tuong=khong-co") == listed(officer)


def test_ended_facets_and_lower_degrees_do_not_count(officer: Client, session: Session) -> None:
    ended = ExpertDraft(ExpertKind.EXPERT, valid_to=today() - timedelta(days=1))
    both = (EducationDraft(4, "DH"), EducationDraft(6, "TS"), EducationDraft(5, "THS", is_completed=False))
    make.person(session, "A Đã Hết", experts=(ended,), education=both)
    assert listed(officer, "?doi_tuong=expert") == []
    assert listed(officer, "?trinh_do=4") == []
    assert listed(officer, "?trinh_do=5") == []
    assert listed(officer, "?trinh_do=6") == ["A Đã Hết"]


def test_availability_is_counted_from_today_and_pauses_end(officer: Client, session: Session) -> None:
    on = today()
    statements: dict[str, AvailabilityDraft | None] = {
        "A Ngay": AvailabilityDraft(on, from_on=on),
        "B Hai Tháng": AvailabilityDraft(on, from_on=on + timedelta(days=60)),
        "C Dừng": AvailabilityDraft(on, AvailabilityState.PAUSED, paused_until=on),
        "D Hết Dừng": AvailabilityDraft(
            on, AvailabilityState.PAUSED, on, paused_until=on - timedelta(days=1)
        ),
        "E Không": AvailabilityDraft(on, AvailabilityState.NOT_AVAILABLE),
        "G Chưa Nói": None,
    }
    for name, statement in statements.items():
        make.person(session, name, availability=statement)
    assert set(listed(officer, "?san_sang=now")) == {"A Ngay", "D Hết Dừng"}
    assert set(listed(officer, "?san_sang=months_3")) == {"A Ngay", "B Hai Tháng", "D Hết Dừng"}
    assert "C Dừng" not in listed(officer)
    assert 'value="paused"' not in officer.get("/ung-vien").text
    assert listed(officer, "?san_sang=not_available") == ["E Không"]
    assert listed(officer, "?san_sang=unstated") == ["G Chưa Nói"]


def test_evidence_states_are_kept_apart(officer: Client, session: Session) -> None:
    declared, attached = make.people(session, ["A Tự Khai", "B Có Giấy"])
    for person in (declared, attached):
        claim(session, person)
    paper = session.scalars(select(SkillClaim).where(SkillClaim.person_id == attached.id)).one()
    operations.attach_evidence(session, attached, [paper], EvidenceDraft("Bằng"), by=None, at=AT)
    assert listed(officer, "?minh_chung=self_declared") == ["A Tự Khai"]
    assert listed(officer, "?minh_chung=attached") == ["B Có Giấy"]
    assert listed(officer, "?minh_chung=verified") == []


def test_the_count_beside_an_option_is_what_choosing_it_gives(officer: Client, session: Session) -> None:
    make.person(session, "A Một", experts=(ExpertDraft(ExpertKind.EXPERT),))
    make.person(session, "B Hai", experts=(ExpertDraft(ExpertKind.YOUNG_SCIENTIST),))
    page = officer.get("/ung-vien?doi_tuong=expert").text
    option = re.search(r'value="young_scientist".*?<span class="c">(\d+)</span>', page, re.S)
    assert option is not None
    assert option[1] == "1"
    assert 'value="skilled_worker" disabled' in page


@pytest.mark.slow
def test_pages_hold_twenty_and_never_repeat_anybody(officer: Client, session: Session) -> None:
    make.people(session, [f"Người Thứ {number:02d}" for number in range(45)])
    pages: list[list[str]] = []
    query = ""
    while True:
        html = officer.get(f"/ung-vien{query}").text
        pages.append(names(html))
        later = re.search(r'<a href="/ung-vien(\?[^"]*)">Sau', html)
        if later is None:
            break
        query = later[1].replace("&amp;", "&")
    assert [len(page) for page in pages] == [20, 20, 5]
    assert len({name for page in pages for name in page}) == 45


def test_the_number_of_queries_does_not_grow_with_the_list(officer: Client, session: Session) -> None:
    def count() -> int:
        seen: list[str] = []
        bind = session.get_bind()

        def note(_conn: Any, _cursor: Any, statement: str, *_rest: Any) -> None:
            seen.append(statement)

        event.listen(bind, "before_cursor_execute", note)
        try:
            assert officer.get("/ung-vien").status_code == 200
        finally:
            event.remove(bind, "before_cursor_execute", note)
        return len([one for one in seen if one.lstrip().upper().startswith("SELECT")])

    def add(name: str) -> None:
        person = make.person(
            session,
            name,
            experts=(ExpertDraft(ExpertKind.EXPERT),),
            education=(EducationDraft(5, "THS", "748"),),
            about=SelfDraft("x", residence=PlaceDraft("Lai Châu", None, "VN/12/", "VN")),
        )
        claim(session, person)

    add("Người Một")
    count()
    few = count()
    for number in range(12):
        add(f"Người {number}")
    session.commit()  # a page of somebody else is asked after the end of what was written
    assert count() == few


def test_a_list_is_one_read_event_with_everybody_on_it(officer: Client, session: Session) -> None:
    people = make.people(session, ["A Một", "B Hai"])
    officer.get("/ung-vien")
    found = session.scalars(
        select(AuditEvent).where(AuditEvent.action == "people.listed").order_by(AuditEvent.id)
    ).all()
    assert len(found) == 1
    assert all(person.public_id in found[0].content for person in people)


@pytest.mark.parametrize("role", [Role.SYSTEM_ADMIN, Role.AUDITOR, Role.CANDIDATE])
def test_roles_that_keep_no_records_are_refused(client: Client, session: Session, role: Role) -> None:
    sign_in(client, account(session, role, ""))
    assert client.get("/ung-vien").status_code == 403


def test_strangers_are_sent_to_the_sign_in_page(client: Client) -> None:
    answer = client.get("/ung-vien")
    assert answer.status_code == 302
    assert "/dang-nhap" in answer.headers["Location"]


def test_a_name_that_finds_nobody_says_how_anonymous_people_are_found(
    officer: Client, session: Session
) -> None:
    make.person(session, "Vàng A Páo", consents=ANONYMOUS)
    hint = "Hồ sơ ẩn danh không tìm được bằng tên"
    assert hint in officer.get("/ung-vien?q=Vàng+A+Páo").text
    assert hint not in officer.get("/ung-vien").text
    assert hint not in officer.get("/ung-vien?q=HS-99999").text
    make.person(session, "Lò Văn Chiến")
    assert hint not in officer.get("/ung-vien?q=Chiến").text
