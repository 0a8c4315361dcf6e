"""Writing a need through the form: saved, asked, refused with everything kept, sent twice, out of scope."""

import re
from datetime import date
from typing import Any

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from registry.accounts.rules import Role
from registry.needs.models import Need, NeedCondition
from registry.needs.operations.terms import condition_terms_of
from registry.needs.rules import ConditionKind, ConditionTerms, NeedState, SkillTerms
from registry.needs.views.typed import typed_need
from registry.organisations.operations import create_organisation
from registry.organisations.rules import OrganisationKind
from registry.places.queries import resolve_place
from registry.skills.models import PendingTerm
from registry.skills.queries import skills_by_code
from registry.skills.rules import LevelScale, PendingState, rank_of
from tests.conftest import Client
from tests.factories import needs as make
from tests.factories.accounts import account, post, sign_in

FORM: dict[str, Any] = {
    "title": "Kỹ sư dữ liệu y tế",
    "kind": "position",
    "headcount": "2",
    "organisation": "Trung tâm IOC Lai Châu",
    "legal_basis": "Đề án vị trí việc làm 2026",
    "workplace": "Lai Châu",
    "expected_on": ["15", "01", "2027"],
    "share_skills": "50",
    "share_experience": "20",
    "share_qualification": "15",
    "share_availability": "10",
    "share_place": "5",
}


@pytest.fixture
def officer(client: Client, session: Session) -> Client:
    """An officer of Lai Châu, with an organisation to write needs for."""
    unit = resolve_place(session, "Lai Châu").unit
    create_organisation(
        session,
        name="Trung tâm IOC Lai Châu",
        kind=OrganisationKind.PUBLIC_SERVICE_UNIT,
        parent=None,
        unit=unit,
        by=None,
    )
    sign_in(client, account(session, Role.OFFICER, "VN/12/"))
    return client


def only_need(session: Session) -> Need:
    return session.scalars(select(Need)).one()


def how_many(session: Session) -> int:
    return session.scalar(select(func.count()).select_from(Need)) or 0


def test_a_form_becomes_a_draft_with_skills_conditions_and_dates(officer: Client, session: Session) -> None:
    answer = post(
        officer,
        "/nhu-cau/tao",
        FORM
        | {
            "skill_text": "Python (4); Kế toán",
            "experience_years": "3",
            "experience_field": "748",
            "qualification_rank": "4",
            "qualification_fields": ["748", "746"],
            "degree_rank": "4",
            "language_1": "en",
            "language_rank_1": "3",
            "available_by": ["01", "03", "2027"],
            "scope_place": "Lai Châu",
            "evidence": "attached",
            "forms": ["fixed_term", "project"],
            "is_remote": "y",
        },
    )
    assert answer.status_code == 303, answer.text
    need = only_need(session)
    assert answer.headers["Location"] == f"/nhu-cau/{need.public_id}"
    assert (need.state, need.headcount, need.unit_path, need.is_remote) == (
        NeedState.DRAFT,
        2,
        "VN/12/",
        True,
    )
    assert (need.experience_years, need.experience_field, need.qualification_rank) == (3, "748", 4)
    assert sorted(need.qualification_fields) == ["746", "748"]
    assert need.forms == ["fixed_term", "project"]
    assert [(row.skill.code if row.skill else None, row.level) for row in need.skills] == [
        ("IT01", 4),
        ("FI01", 3),
    ]
    assert [row.kind for row in need.conditions] == [
        ConditionKind.DEGREE,
        ConditionKind.LANGUAGE,
        ConditionKind.AVAILABLE,
        ConditionKind.SCOPE,
        ConditionKind.EVIDENCE,
    ]
    assert officer.get(answer.headers["Location"]).status_code == 200


def test_checking_skills_saves_nothing_and_says_what_was_understood(
    officer: Client, session: Session
) -> None:
    answer = post(
        officer, "/nhu-cau/tao", FORM | {"skill_text": "pyhton (4)\nĐếm sao đêm rằm", "then": "check"}
    )
    assert answer.status_code == 200
    assert "Đếm sao đêm rằm" in answer.text
    assert "Chưa có trong danh mục" in answer.text
    assert 'name="skills-0-typed"' in answer.text
    assert how_many(session) == 0
    assert session.scalar(select(func.count()).select_from(PendingTerm)) == 0


def test_an_unknown_skill_is_kept_and_waits(officer: Client, session: Session) -> None:
    answer = post(officer, "/nhu-cau/tao", FORM | {"skill_text": "Đếm sao đêm rằm (2)"})
    assert answer.status_code == 303
    [row] = only_need(session).skills
    assert (row.typed, row.skill_id, row.level) == ("Đếm sao đêm rằm", None, 2)
    assert row.pending_term is not None


def asked(client: Client) -> tuple[str, str]:
    """A text the resolver asks about, and the page that asks."""
    for text in ("CNC", "KT", "CV", "CN", "TC"):
        page = post(client, "/nhu-cau/tao", FORM | {"skill_text": text})
        if page.status_code == 422 and "Bạn muốn nói kỹ năng nào?" in page.text:
            return text, page.text
    raise AssertionError("the resolver asks about none of the ambiguous abbreviations")


def test_a_skill_that_is_not_clear_is_asked_about_before_saving(officer: Client, session: Session) -> None:
    text, page = asked(officer)
    assert how_many(session) == 0
    assert "chọn kỹ năng bạn muốn nói, hoặc giữ nguyên chữ" in page
    codes = re.findall(r'name="skills-0-pick" value="([^"]+)"', page)
    assert codes[-1] == "giu"
    chosen = FORM | {
        "skills-0-typed": text,
        "skills-0-seen": text,
        "skills-0-pick": codes[0],
        "skills-0-weight": "1",
    }
    chosen |= {"skills-0-is_essential": "y", "skills-0-level": "4"}
    answer = post(officer, "/nhu-cau/tao", chosen)
    assert answer.status_code == 303, answer.text
    [row] = only_need(session).skills
    assert row.skill is not None
    level = rank_of(LevelScale(row.skill.scale), 4)
    assert (row.typed, row.skill.code, row.is_essential, row.level) == (text, codes[0], True, level)


def test_a_skill_that_is_not_clear_may_stay_as_typed(officer: Client, session: Session) -> None:
    text, _page = asked(officer)
    kept = FORM | {
        "skills-0-typed": text,
        "skills-0-seen": text,
        "skills-0-pick": "giu",
        "skills-0-weight": "1",
    }
    assert post(officer, "/nhu-cau/tao", kept).status_code == 303
    assert only_need(session).skills[0].skill_id is None


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"title": ""}, "Nhập tên nhu cầu"),
        ({"title": "x" * 201}, "Rút gọn còn không quá 200 ký tự"),
        ({"title": "Kỹ sư\u202e"}, "Bỏ ký tự đổi chiều chữ"),
        ({"title": "Kỹ sư\x00"}, "Bỏ ký tự điều khiển"),
        ({"headcount": "hai"}, "Nhập một số nguyên"),
        ({"headcount": "0"}, "Nhập số từ 1"),
        ({"kind": "khac"}, "Chọn một mục trong danh sách"),
        ({"organisation": "Sở Không Có"}, "Chưa có đơn vị tên này"),
        ({"workplace": "Xứ Lạ Hoắc"}, "Không tìm thấy"),
        ({"scope_place": "Xứ Lạ Hoắc"}, "Không tìm thấy"),
        ({"expected_on": ["31", "02", "2027"]}, "Nhập ngày có thật"),
        ({"share_place": "6"}, "Năm tỷ trọng phải cộng thành 100, bây giờ là 101"),
        ({"share_place": ""}, "Nhập tỷ trọng"),
        ({"experience_years": "16"}, "Nhập số từ 1"),
        ({"language_1": "en"}, "Chọn bậc tối thiểu của ngoại ngữ này"),
        ({"workplace": "Cao Bằng"}, "ngoài phạm vi của bạn"),
        (
            {"skill_text": "\n".join(f"Zqvxw {n}" for n in range(17))},
            "Nhập tối đa 16 kỹ năng, bây giờ là 17",
        ),
        ({"skill_text": "x" * 4001}, "Rút gọn còn không quá 4000 ký tự"),
        ({"skill_text": "Python (9)"}, "bậc"),
        ({"skill_text": "***"}, "Nhập tên kỹ năng bằng chữ"),
        ({"skill_text": "\n".join(f"Zqvxw {n}" for n in range(60))}, "Nhập tối đa 16 kỹ năng"),
        ({"skill_text": "Python; python"}, "Kỹ năng này đã có ở dòng khác"),
    ],
)
def test_what_is_wrong_is_named_and_everything_typed_stays(
    officer: Client, session: Session, change: dict[str, Any], sentence: str
) -> None:
    answer = post(officer, "/nhu-cau/tao", FORM | {"legal_basis": "Công văn 12 & phụ lục"} | change)
    assert answer.status_code == 422
    assert sentence in answer.text
    assert "Công văn 12 &amp; phụ lục" in answer.text
    assert "<title>\n      Lỗi:" in answer.text or "<title>Lỗi:" in answer.text
    assert 'role="alert"' in answer.text
    assert how_many(session) == 0


def test_an_essential_skill_is_not_wanted_higher_than_what_earns_all_points(officer: Client) -> None:
    row = {"skills-0-typed": "Python", "skills-0-weight": "4", "skills-0-minimum": "4"}
    sentence = "Chọn bậc tối thiểu không cao hơn bậc cần là 3"
    assert sentence in post(officer, "/nhu-cau/tao", FORM | row | {"skills-0-is_essential": "y"}).text
    asked = {"skills-0-is_essential": "y", "skills-0-level": "4"}
    assert sentence not in post(officer, "/nhu-cau/tao", FORM | row | asked).text
    assert sentence not in post(officer, "/nhu-cau/tao", FORM | row).text


def test_refused_skill_rows_stay_in_their_boxes(officer: Client) -> None:
    rows = {
        "skills-0-typed": "Python",
        "skills-0-level": "5",
        "skills-0-weight": "4",
        "skills-0-is_essential": "y",
    }
    rows |= {"skills-1-typed": "Kế toán\u202e", "skills-1-weight": "2"}
    answer = post(officer, "/nhu-cau/tao", FORM | rows)
    assert answer.status_code == 422
    assert 'value="Python"' in answer.text
    assert "Kế toán\u202e" in answer.text
    assert 'href="#skills-1-typed"' in answer.text


def test_nine_essential_skills_are_one_too_many(officer: Client) -> None:
    rows: dict[str, str] = {}
    for number in range(9):
        rows |= {f"skills-{number}-typed": f"Zqvxw {number}", f"skills-{number}-weight": "1"}
        rows |= {f"skills-{number}-is_essential": "y"}
    answer = post(officer, "/nhu-cau/tao", FORM | rows)
    assert answer.status_code == 422
    assert "Chọn tối đa 8 kỹ năng bắt buộc, bây giờ là 9" in answer.text


def test_a_name_several_organisations_have_is_asked_about(officer: Client, session: Session) -> None:
    parents = [
        create_organisation(
            session, name=name, kind=OrganisationKind.COMMITTEE, parent=None, unit=None, by=None
        )
        for name in ("UBND xã Tả Lèng", "UBND xã Khun Há")
    ]
    for parent in parents:
        create_organisation(
            session, name="Phòng Kinh tế", kind=OrganisationKind.DIVISION, parent=parent, unit=None, by=None
        )
    several = post(officer, "/nhu-cau/tao", FORM | {"organisation": "Phòng Kinh tế"})
    assert several.status_code == 422
    assert "Có 2 đơn vị tên này" in several.text
    assert "Phòng Kinh tế, UBND xã " in several.text
    chosen = post(officer, "/nhu-cau/tao", FORM | {"organisation": "phòng kinh tế, ubnd xã Tả Lèng"})
    assert chosen.status_code == 303
    need = only_need(session)
    assert need.organisation is not None
    assert need.organisation.parent is parents[0]
    assert 'value="Phòng Kinh tế, UBND xã Tả Lèng"' in officer.get(f"/nhu-cau/{need.public_id}/sua").text


def test_a_former_name_of_the_workplace_is_understood(client: Client, session: Session) -> None:
    create_organisation(
        session,
        name="Bệnh viện tỉnh",
        kind=OrganisationKind.PUBLIC_SERVICE_UNIT,
        parent=None,
        unit=None,
        by=None,
    )
    sign_in(client, account(session, Role.OFFICER, "VN/86/"))
    answer = post(client, "/nhu-cau/tao", FORM | {"organisation": "bệnh viện tỉnh", "workplace": "Bến Tre"})
    assert answer.status_code == 303, answer.text
    assert only_need(session).unit_path == "VN/86/"


def test_without_a_workplace_the_organisations_own_place_counts(officer: Client, session: Session) -> None:
    assert post(officer, "/nhu-cau/tao", FORM | {"workplace": ""}).status_code == 303
    assert only_need(session).unit_path == "VN/12/"


def test_a_form_sent_twice_makes_one_need(officer: Client, session: Session) -> None:
    key = re.search(r'name="submission"[^>]*value="([0-9a-z]{26})"', officer.get("/nhu-cau/tao").text)
    assert key is not None
    answers = [post(officer, "/nhu-cau/tao", FORM | {"submission": key[1]}) for _ in range(2)]
    assert [answer.status_code for answer in answers] == [303, 303]
    assert answers[0].headers["Location"] == answers[1].headers["Location"]
    assert how_many(session) == 1


def test_a_key_somebody_else_used_makes_no_need_and_shows_none(officer: Client, session: Session) -> None:
    other = make.need(session, by=account(session).id)
    other.submission_key = "a" * 26
    session.commit()
    answer = post(officer, "/nhu-cau/tao", FORM | {"submission": "a" * 26})
    assert answer.status_code == 409
    assert other.public_id not in answer.text
    assert how_many(session) == 1


def test_a_form_without_a_token_is_refused(officer: Client, session: Session) -> None:
    assert officer.post("/nhu-cau/tao", data=FORM).status_code == 400
    assert how_many(session) == 0


@pytest.mark.parametrize("role", [Role.AUDITOR, Role.SYSTEM_ADMIN, Role.CANDIDATE])
def test_roles_that_do_not_write_needs_are_refused(client: Client, session: Session, role: Role) -> None:
    sign_in(client, account(session, role))
    assert client.get("/nhu-cau/tao").status_code == 403
    assert post(client, "/nhu-cau/tao", FORM).status_code == 403


def test_fields_that_are_not_in_the_form_change_nothing(officer: Client, session: Session) -> None:
    sent = FORM | {
        "state": "open",
        "code": "NC-1",
        "created_by": "1",
        "unit_path": "",
        "external_id": "x",
        "id": "9",
    }
    assert post(officer, "/nhu-cau/tao", sent).status_code == 303
    need = only_need(session)
    assert (need.state, need.external_id, need.unit_path) == (NeedState.DRAFT, None, "VN/12/")


def test_while_typing_the_fragment_says_what_is_understood(officer: Client, session: Session) -> None:
    fields = {"skill_text": "Python (4); Đếm sao đêm rằm"}
    answer = post(officer, "/nhu-cau/ky-nang", fields, headers={"HX-Request": "true"})
    assert answer.status_code == 200
    assert "<html" not in answer.text
    assert "«Python» là Python, bậc 4" in answer.text
    assert "chờ duyệt" in answer.text
    assert session.scalar(select(func.count()).select_from(PendingTerm)) == 0


def edited(client: Client, need: Need, change: dict[str, Any]) -> Any:
    """Send the edit form as the page gave it, with a change."""
    page = client.get(f"/nhu-cau/{need.public_id}/sua").text
    version = re.search(r'name="version"[^>]*value="(\d+)"', page)
    assert version is not None
    return post(client, f"/nhu-cau/{need.public_id}/sua", FORM | {"version": version[1]} | change)


def test_an_edit_is_saved(officer: Client, session: Session) -> None:
    need = make.need(session)
    answer = edited(officer, need, {"title": "Kỹ sư dữ liệu", "skill_text": "Python"})
    assert answer.status_code == 303, answer.text
    session.refresh(need)
    assert (need.title, len(need.skills)) == ("Kỹ sư dữ liệu", 1)


def test_the_edit_page_shows_what_the_need_says(officer: Client, session: Session) -> None:
    need = make.need(session, skills=[make.skill(session, "IT01", 4, weight=3, is_essential=True, minimum=2)])
    page = officer.get(f"/nhu-cau/{need.public_id}/sua").text
    assert 'value="Python"' in page
    for name, value in (("level", "4"), ("minimum", "2"), ("weight", "3")):
        assert re.search(rf'name="skills-0-{name}".*?<option selected value="{value}"', page, re.S)


def test_a_text_that_has_become_a_label_is_read_anew_when_the_need_is_edited(
    officer: Client, session: Session
) -> None:
    need = make.need(session, skills=[SkillTerms("Đếm sao đêm rằm", None)])
    page = officer.get(f"/nhu-cau/{need.public_id}/sua").text
    assert 'name="skills-0-pick" value="giu"' in page
    term = need.skills[0].pending_term
    python = skills_by_code(session, ["IT01"])["IT01"]
    assert term is not None
    term.state, term.skill_id = PendingState.LABELLED, python.id
    session.commit()
    page = officer.get(f"/nhu-cau/{need.public_id}/sua").text
    assert 'name="skills-0-pick" value="giu"' not in page


def test_every_condition_comes_back_into_its_box(officer: Client, session: Session) -> None:
    conditions = [
        ConditionTerms(ConditionKind.DEGREE, rank=5),
        ConditionTerms(ConditionKind.FIELD, field_codes=("748", "746")),
        ConditionTerms(ConditionKind.LANGUAGE, language="en", rank=4),
        ConditionTerms(ConditionKind.LANGUAGE, language="zh", rank=2),
        ConditionTerms(ConditionKind.AVAILABLE, by_on=date(2027, 3, 1)),
        ConditionTerms(ConditionKind.SCOPE, unit_id=make.unit_id(session, "VN/12/"), unit_path="VN/12/"),
        ConditionTerms(ConditionKind.EVIDENCE, evidence="verified"),
    ]
    need = make.need(
        session, conditions=conditions, is_remote=True, estimated_days=9, start_on=date(2027, 2, 1)
    )
    values = list(typed_need(need).items(multi=True))
    answer = post(
        officer,
        f"/nhu-cau/{need.public_id}/sua",
        grouped(values) | {"version": str(need.version), "organisation": "Trung tâm IOC Lai Châu"},
    )
    assert answer.status_code == 303, answer.text
    session.expire_all()
    assert condition_terms_of(need) == conditions
    assert (need.is_remote, need.estimated_days, need.start_on) == (True, 9, date(2027, 2, 1))


def grouped(values: list[tuple[str, str]]) -> dict[str, Any]:
    """Pairs as the test client sends them: every name with all its values."""
    found: dict[str, Any] = {}
    for name, value in values:
        found.setdefault(name, []).append(value)
    return found


def test_two_people_editing_see_both_versions_and_choose(officer: Client, session: Session) -> None:
    need = make.need(session)
    page = officer.get(f"/nhu-cau/{need.public_id}/sua").text
    version = re.search(r'name="version"[^>]*value="(\d+)"', page)
    assert version is not None
    saved = edited(officer, need, {"title": "Bản của chị Hạnh", "headcount": "3"})
    assert saved.status_code == 303
    mine = FORM | {
        "version": version[1],
        "title": "Bản của tôi",
        "headcount": "5",
        "skill_text": "Python (4)",
    }
    conflict = post(officer, f"/nhu-cau/{need.public_id}/sua", mine)
    assert conflict.status_code == 409
    assert "Bản của chị Hạnh" in conflict.text
    assert "Bản của tôi" in conflict.text
    session.refresh(need)
    assert need.title == "Bản của chị Hạnh"
    newest = re.search(r'name="version"[^>]*value="(\d+)"', conflict.text)
    assert newest is not None
    chosen = mine | {
        "version": newest[1],
        "pick-title": "mine",
        "pick-headcount": "theirs",
        "pick-skills": "mine",
    }
    assert post(officer, f"/nhu-cau/{need.public_id}/sua", chosen).status_code == 303
    session.refresh(need)
    assert (need.title, need.headcount, [row.typed for row in need.skills]) == ("Bản của tôi", 3, ["Python"])


def test_a_part_that_only_the_other_changed_keeps_what_is_saved(officer: Client, session: Session) -> None:
    need = make.need(session)
    page = officer.get(f"/nhu-cau/{need.public_id}/sua").text
    opened = dict(re.findall(r'name="(version|opened_with)"[^>]*value="([^"]*)"', page))
    loaded = grouped(list(typed_need(need).items(multi=True)))
    assert edited(officer, need, {"title": "Bản của chị Hạnh"}).status_code == 303
    conflict = post(officer, f"/nhu-cau/{need.public_id}/sua", loaded | opened | {"headcount": "5"})
    assert conflict.status_code == 409
    picked = dict(re.findall(r'name="pick-(\w+)" value="(\w+)" checked', conflict.text))
    assert (picked["title"], picked["headcount"]) == ("theirs", "mine")
    assert ">Khác nhau<" not in conflict.text


def test_the_conflict_page_carries_everything_typed(officer: Client, session: Session) -> None:
    need = make.need(session)
    typed = {
        "version": "0",
        "note": "Ghi chú riêng",
        "forms": ["advice", "teaching"],
        "skill_text": "Python (4)",
    }
    page = post(officer, f"/nhu-cau/{need.public_id}/sua", FORM | typed).text
    for name, value in (
        ("note", "Ghi chú riêng"),
        ("forms", "advice"),
        ("forms", "teaching"),
        ("skill_text", "Python (4)"),
    ):
        assert f'<input type="hidden" name="{name}" value="{value}">' in page


@pytest.mark.parametrize("state", [NeedState.FILLED, NeedState.CANCELLED])
def test_a_finished_need_is_not_edited(officer: Client, session: Session, state: NeedState) -> None:
    need = make.need(session, state=state)
    assert officer.get(f"/nhu-cau/{need.public_id}/sua").status_code == 303
    post(officer, f"/nhu-cau/{need.public_id}/sua", FORM | {"version": str(need.version), "title": "Khác"})
    session.refresh(need)
    assert need.title == "Kỹ sư dữ liệu y tế"


def test_needs_out_of_scope_answer_like_needs_that_do_not_exist(officer: Client, session: Session) -> None:
    need = make.need(session, unit_path="VN/04/")
    for path in ("", "/sua", "/nhat-ky", "/chuyen?toi=submitted"):
        hidden = officer.get(f"/nhu-cau/{need.public_id}{path}")
        missing = officer.get(f"/nhu-cau/{'z' * 26}{path}")
        assert (hidden.status_code, missing.status_code) == (404, 404)
        assert strip_tokens(hidden.text, need.public_id) == strip_tokens(missing.text, "z" * 26)
    for path in ("/sua", "/chuyen", "/nhan-ban"):
        assert (
            post(officer, f"/nhu-cau/{need.public_id}{path}", FORM | {"target": "submitted"}).status_code
            == 404
        )


def strip_tokens(page: str, public_id: str) -> str:
    """The page without what differs by request: tokens and the address that was asked for."""
    return re.sub(r'name="csrf_token"[^>]* value="[^"]*"', "", page).replace(public_id, "")


def test_conditions_are_replaced_not_added(officer: Client, session: Session) -> None:
    need = make.need(session)
    for rank in ("4", "5"):
        assert edited(officer, need, {"degree_rank": rank}).status_code == 303
    ranks = session.scalars(select(NeedCondition.rank).where(NeedCondition.need_id == need.id)).all()
    assert ranks == [5]


def test_a_workplace_taken_from_the_organisation_is_said_on_form_and_page(
    officer: Client, session: Session
) -> None:
    assert "Để trống thì lấy nơi đặt cơ quan, đơn vị" in officer.get("/nhu-cau/tao").text
    answer = post(officer, "/nhu-cau/tao", FORM | {"workplace": ""})
    assert "tỉnh Lai Châu (nơi đặt cơ quan, đơn vị)" in officer.get(answer.headers["Location"]).text


def test_a_level_that_is_left_out_is_shown_before_it_is_saved(officer: Client) -> None:
    assert "không ghi bậc là bậc 3" in officer.get("/nhu-cau/tao").text
    checked = post(officer, "/nhu-cau/tao", FORM | {"skill_text": "Python", "then": "check"}).text
    assert re.search(r'name="skills-0-level".*?<option selected value="3"', checked, re.S)
    asks = post(officer, "/nhu-cau/tao", FORM | {"skill_text": "CNC"}).text
    assert re.search(r'name="skills-0-level".*?<option selected value="3"', asks, re.S)
    preview = post(officer, "/nhu-cau/ky-nang", {"skill_text": "Python"}).text
    assert "«Python» là Python, bậc 3" in preview
