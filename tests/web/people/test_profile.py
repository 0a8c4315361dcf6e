"""The profile: what officers in scope see, what anonymous people hide, what others get, who looked."""

import re
from datetime import date

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from registry.accounts.rules import Role
from registry.audit.models import AuditEvent
from registry.consents.rules import Channel, PurposeCode
from registry.people import operations
from registry.people.models import (
    Achievement,
    CadreFacet,
    Education,
    Experience,
    LanguageClaim,
    SkillClaim,
)
from registry.people.rules import (
    AcademicTitle,
    AchievementDraft,
    AchievementKind,
    AvailabilityDraft,
    AvailabilityState,
    CadreDraft,
    CadreKind,
    ContactDraft,
    ContactKind,
    EducationDraft,
    EvidenceDraft,
    ExperienceDraft,
    ExpertDraft,
    ExpertKind,
    IdentityDraft,
    IdentityKind,
    LanguageDraft,
    OverseasDraft,
    PartialDate,
    PersonState,
    PlaceDraft,
    ReturnIntent,
    SelfDraft,
    SkillDraft,
)
from registry.places.queries import resolve_place
from registry.skills.models import Skill
from registry.web.clock import today
from tests.conftest import Client
from tests.factories import people as make
from tests.factories.accounts import account, post, sign_in
from tests.factories.people import ANONYMOUS, AT, NAMED, TODAY

SECRETS = (
    "Vàng",
    "Páo",
    "pao@vidu.vn",
    "0912 345 678",
    "001188456789",
    "15/08/1990",
    "Công ty Bí Mật",
    "Đại học Kín",
    "Phường Đoàn Kết",
    "CB-0077",
    "Bằng khen Riêng",
    "Giới thiệu dài",
)


def full_person(session: Session, consents: tuple[PurposeCode, ...]):
    about = SelfDraft(
        "x",
        birth=PartialDate(1990, 8, 15),
        residence=PlaceDraft("Phường Đoàn Kết", None, "", "VN"),
        headline="Kỹ sư dữ liệu",
        summary="Giới thiệu dài",
    )
    skill = session.scalars(select(Skill.id).where(Skill.code == "IT01")).one()
    return make.person(
        session,
        "Vàng A Páo",
        consents=consents,
        about=about,
        external_id="CB-0077",
        contacts=(
            ContactDraft(ContactKind.EMAIL, "pao@vidu.vn"),
            ContactDraft(ContactKind.PHONE, "+84912345678"),
        ),
        identities=(IdentityDraft(IdentityKind.CCCD, "001188456789"),),
        experience=(
            ExperienceDraft(
                "Kỹ sư", "Công ty Bí Mật", started=PartialDate(2010, 1), ended=PartialDate(2012, 6)
            ),
            ExperienceDraft("Chuyên viên", "Công ty Bí Mật", started=PartialDate(2014, 1), is_ongoing=True),
        ),
        education=(EducationDraft(5, "THS", "748", school="Đại học Kín"),),
        languages=(LanguageDraft("ja", 4, "JLPT N2"),),
        skills=(SkillDraft("cntt", skill, level=4),),
        achievements=(AchievementDraft(AchievementKind.AWARD, "Bằng khen Riêng"),),
        cadres=(CadreDraft(CadreKind.CIVIL_SERVANT, organisation_text="Công ty Bí Mật"),),
    )


def test_an_officer_in_scope_sees_the_whole_record(officer: Client, session: Session) -> None:
    person = full_person(session, NAMED)
    page = officer.get(f"/ung-vien/{person.public_id}")
    assert page.status_code == 200
    assert "<h1>Vàng A Páo" in page.text
    for shown in (
        "0912 345 678",
        "pao@vidu.vn",
        "15/08/1990",
        "Công ty Bí Mật",
        "Đại học Kín",
        "Bằng khen Riêng",
    ):
        assert shown in page.text, shown
    for shown in (
        "Thạc sĩ",
        "Tiếng Nhật, bậc 4 (B2)",
        "4 trên 5",
        "Công chức",
        "07/2012 – 12/2013",
        "Chưa ghi",
    ):
        assert shown in page.text, shown
    assert "001188456789" not in page.text
    assert page.headers["Cache-Control"] == "no-store"


def test_an_anonymous_profile_hides_everything_that_tells_who_it_is(
    officer: Client, session: Session
) -> None:
    person = full_person(session, ANONYMOUS)
    page = officer.get(f"/ung-vien/{person.public_id}")
    assert f"<title>Hồ sơ ẩn danh {person.code}" in page.text
    for hidden in SECRETS:
        assert hidden not in page.text, hidden
    for shown in (
        "Kỹ sư dữ liệu",
        "Thạc sĩ",
        "Tiếng Nhật, bậc 4 (B2)",
        "Chuyên viên",
        "1 thành tích, không hiện",
    ):
        assert shown in page.text, shown


@pytest.mark.parametrize("section", ["ban-than", "lien-he", "giay-to", "nhay-cam"])
def test_sections_that_tell_who_it_is_are_closed_while_a_profile_is_anonymous(
    officer: Client, session: Session, section: str
) -> None:
    person = full_person(session, ANONYMOUS)
    answer = officer.get(f"/ung-vien/{person.public_id}/{section}")
    assert answer.status_code == 403
    assert not any(secret in answer.text for secret in SECRETS)
    assert post(officer, f"/ung-vien/{person.public_id}/{section}", {"full_name": "X"}).status_code == 403


def test_rows_of_an_anonymous_profile_cannot_be_opened_either(officer: Client, session: Session) -> None:
    person = full_person(session, ANONYMOUS)
    row = operations.add_entry(session, person, EducationDraft(4, "DH", school="Đại học Kín"), by=None, at=AT)
    answer = officer.get(f"/ung-vien/{person.public_id}/hoc-van/{row.public_id}")
    assert answer.status_code == 403
    assert "Đại học Kín" not in answer.text


def test_withdrawing_contact_hides_the_name_from_the_next_page_on(officer: Client, session: Session) -> None:
    person = full_person(session, NAMED)
    assert "Vàng A Páo" in officer.get(f"/ung-vien/{person.public_id}").text
    operations.withdraw_consent(
        session, person, PurposeCode.CONTACT, channel=Channel.PHONE, reason="", by=None, at=AT
    )
    for path in (f"/ung-vien/{person.public_id}", "/ung-vien", f"/ung-vien/{person.public_id}/dong-y"):
        assert "Vàng" not in officer.get(path).text


def test_a_record_without_ground_says_so_and_nothing_else(officer: Client, session: Session) -> None:
    person = full_person(session, NAMED)
    operations.withdraw_consent(
        session, person, PurposeCode.REGISTRY, channel=Channel.PAPER, reason="", by=None, at=AT
    )
    answer = officer.get(f"/ung-vien/{person.public_id}")
    assert answer.status_code == 410
    assert "đã rút đồng ý" in answer.text
    assert not any(secret in answer.text for secret in SECRETS)
    assert officer.get(f"/ung-vien/{person.public_id}/ky-nang/tao").status_code == 404
    assert officer.get(f"/ung-vien/{person.public_id}/dong-y").status_code == 200


SECTIONS = (
    "",
    "/ban-than",
    "/lien-he",
    "/giay-to",
    "/nhay-cam",
    "/nguyen-vong",
    "/dong-y",
    "/hoc-van/tao",
    "/ky-nang/tao",
    "/ngoai-ngu/tao",
    "/minh-chung/tao",
)


def without_request(text: str) -> str:
    """A page without what differs from one request to the next: tokens and the address itself."""
    return re.sub(r'value="[^"]*"', "", re.sub(r"/ung-vien/[^\"/]*", "", text))


@pytest.mark.parametrize("section", SECTIONS)
def test_a_person_out_of_scope_answers_like_one_that_does_not_exist(
    officer: Client, session: Session, section: str
) -> None:
    person = make.person(session, "Người Sơn La", unit_path="VN/14/")
    there = officer.get(f"/ung-vien/{person.public_id}{section}")
    nowhere = officer.get(f"/ung-vien/{'0' * 26}{section}")
    assert there.status_code == nowhere.status_code == 404
    assert without_request(there.text) == without_request(nowhere.text)
    assert officer.get(f"/ung-vien/x%00y{section}").status_code in {400, 404}


@pytest.mark.parametrize("section", SECTIONS)
def test_roles_without_records_are_refused_whoever_it_is(
    client: Client, session: Session, section: str
) -> None:
    sign_in(client, account(session, Role.SYSTEM_ADMIN, ""))
    person = make.person(session)
    assert client.get(f"/ung-vien/{person.public_id}{section}").status_code == 403
    assert client.get(f"/ung-vien/{'0' * 26}{section}").status_code == 403


def test_a_reader_without_the_right_to_write_gets_no_buttons_and_no_forms(
    client: Client, session: Session
) -> None:
    sign_in(client, account(session, Role.CAMPAIGN_ADMIN, "VN/12/"))
    person = full_person(session, NAMED)
    page = client.get(f"/ung-vien/{person.public_id}")
    assert page.status_code == 200
    assert "Thêm kỹ năng" not in page.text
    assert "Sửa liên hệ" not in page.text
    assert client.get(f"/ung-vien/{person.public_id}/ban-than").status_code == 403
    assert client.get(f"/ung-vien/{person.public_id}/nhay-cam").status_code == 403
    assert post(client, f"/ung-vien/{person.public_id}/xac-nhan").status_code == 403


def test_a_merged_record_leads_to_the_one_it_went_into(officer: Client, session: Session) -> None:
    person, into = make.people(session, ["A Một", "B Hai"])
    person.state, person.merged_into_id = PersonState.MERGED, into.id
    session.flush()
    led = officer.get(f"/ung-vien/{person.public_id}/ban-than")
    assert (led.status_code, led.location) == (303, f"/ung-vien/{into.public_id}/ban-than")
    into.unit_path = "VN/01/"
    session.flush()
    assert officer.get(f"/ung-vien/{person.public_id}").status_code == 404


def test_every_look_is_kept_and_shown(officer: Client, session: Session) -> None:
    person = full_person(session, NAMED)
    officer.get(f"/ung-vien/{person.public_id}")
    officer.get("/ung-vien")
    page = officer.get(f"/ung-vien/{person.public_id}").text
    assert "Ai đã xem" in page
    assert "Lò Thị Hạnh: Mở hồ sơ" in page
    assert "Lò Thị Hạnh: Hiện trong danh sách ứng viên" in page
    opened = session.scalars(
        select(AuditEvent).where(AuditEvent.action == "person.opened").order_by(AuditEvent.id)
    ).all()
    assert len(opened) == 2


def test_looking_changes_nothing_but_the_log(officer: Client, session: Session) -> None:
    person = full_person(session, NAMED)
    version = person.version
    officer.get(f"/ung-vien/{person.public_id}")
    officer.get(f"/ung-vien/{person.public_id}/ban-than")
    session.refresh(person)
    assert person.version == version


def test_confirming_is_one_button(officer: Client, session: Session) -> None:
    person = full_person(session, NAMED)
    person.confirmed_on = None
    session.flush()
    answer = post(officer, f"/ung-vien/{person.public_id}/xac-nhan")
    assert answer.status_code == 303
    session.refresh(person)
    assert person.confirmed_on == today()


def test_a_long_name_is_shown_whole(officer: Client, session: Session) -> None:
    name = "Công Tằng Tôn Nữ Hoàng Phương Thảo Nguyên"
    person = make.person(session, name)
    assert name in officer.get(f"/ung-vien/{person.public_id}").text


def test_what_people_type_is_never_markup(officer: Client, session: Session) -> None:
    attack = "<script>alert(1)</script>"
    person = make.person(session, f"Tên {attack}", about=SelfDraft("x", headline=attack, summary=attack))
    for path in (f"/ung-vien/{person.public_id}", "/ung-vien"):
        assert attack not in officer.get(path).text


def test_every_section_page_opens_and_leaves_one_read(officer: Client, session: Session) -> None:
    person = full_person(session, NAMED)
    rows = {
        "hoc-van": session.scalars(select(Education)).one(),
        "kinh-nghiem": session.scalars(select(Experience)).first(),
        "thanh-tich": session.scalars(select(Achievement)).one(),
        "can-bo": session.scalars(select(CadreFacet)).one(),
        "ngoai-ngu": session.scalars(select(LanguageClaim)).one(),
        "ky-nang": session.scalars(select(SkillClaim)).one(),
    }
    paths = ["ban-than", "lien-he", "giay-to", "nhay-cam", "nguyen-vong", "dong-y", "minh-chung/tao"]
    paths += [f"{slug}/tao" for slug in rows] + [
        f"{slug}/{row.public_id}" for slug, row in rows.items() if row
    ]
    for path in paths:
        before = reads(session)
        answer = officer.get(f"/ung-vien/{person.public_id}/{path}")
        assert answer.status_code == 200, path
        assert "Vàng A Páo" in answer.text
        assert reads(session) == before + 1, path


def reads(session: Session) -> int:
    wanted = select(func.count()).select_from(AuditEvent).where(AuditEvent.action == "person.opened")
    return session.scalar(wanted) or 0


def test_facets_and_evidence_are_shown_in_words(officer: Client, session: Session) -> None:
    person = make.person(
        session,
        "Lò Văn Chiến",
        experts=(ExpertDraft(ExpertKind.EXPERT, AcademicTitle.ASSOCIATE_PROFESSOR, "Gen cây trồng"),),
        overseas=(OverseasDraft("DE", return_intent=ReturnIntent.PROJECT),),
        availability=AvailabilityDraft(TODAY, AvailabilityState.PAUSED, paused_until=date(2027, 1, 31)),
        education=(EducationDraft(5, "THS", "748", is_completed=False),),
        achievements=(
            AchievementDraft(AchievementKind.PATENT, "Máy sấy", level="cấp tỉnh", when=PartialDate(2020)),
        ),
        experience=(ExperienceDraft("Kỹ sư"),),
    )
    deed = session.scalars(select(Achievement)).one()
    post_row = session.scalars(select(Experience)).one()
    operations.attach_evidence(
        session, person, [deed, post_row], EvidenceDraft("Bằng sáng chế"), by=None, at=AT
    )
    page = officer.get(f"/ung-vien/{person.public_id}").text
    for shown in (
        "Phó giáo sư, Gen cây trồng",
        "Ở Đức",
        "Làm dự án",
        "31/01/2027",
        "Đang học",
        "Sáng chế, giải pháp hữu ích, cấp tỉnh, 2020",
        "chứng minh: Máy sấy, Kỹ sư",
        "không rõ – không rõ",
    ):
        assert shown in page, shown


@pytest.mark.parametrize(
    ("place", "words"),
    [
        (PlaceDraft("", None, "", "JP"), "Nhật Bản"),
        (PlaceDraft("Nagoya", None, "", "JP"), "Nagoya, Nhật Bản"),
        (PlaceDraft("", None, "", "VN"), "Việt Nam"),
        (PlaceDraft("Bản Hồ", None, "", "VN"), "Bản Hồ"),
    ],
)
def test_the_country_of_residence_is_shown(
    officer: Client, session: Session, place: PlaceDraft, words: str
) -> None:
    person = make.person(session, about=SelfDraft("x", residence=place))
    page = " ".join(officer.get(f"/ung-vien/{person.public_id}").text.split())
    assert re.search(rf"<dt>Nơi đang ở</dt>\s*<dd>{words}</dd>", page)


def test_an_english_page_says_places_and_levels_in_english(officer: Client, session: Session) -> None:
    unit = resolve_place(session, "Lai Châu").unit
    assert unit is not None
    person = make.person(
        session, about=SelfDraft("x", residence=PlaceDraft("Lai Châu", unit.id, unit.path, "VN"))
    )
    operations.claim_language(session, person, LanguageDraft("en", 4), on=TODAY, by=None, at=AT)
    page = officer.get(f"/ung-vien/{person.public_id}?lang=en").text
    assert "English, level 4 (B2)" in page
    assert "<dd>Lai Châu Province</dd>" in page
    form = officer.get(f"/ung-vien/{person.public_id}/ngoai-ngu/tao?lang=en").text
    assert ">Japanese<" in form
    assert "Level 3 (B1)" in form
