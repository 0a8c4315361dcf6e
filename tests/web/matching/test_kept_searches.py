"""What officers keep of a search: shortlists with history and undo, comparing, selections, saved searches with news."""

import re
from html import unescape

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from registry.accounts.rules import Role
from registry.audit.models import AuditEvent
from registry.matching.models import SavedSearch, SearchDemand, Selection, Shortlist, ShortlistEntry
from registry.people import operations
from registry.people.models import Person
from registry.people.rules import SkillDraft
from registry.skills.models import Skill
from registry.web.clock import today
from tests.conftest import Client
from tests.factories import people as make
from tests.factories.accounts import account, post, sign_in
from tests.factories.people import ANONYMOUS, AT


def python_people(session: Session, *names: str) -> list[Person]:
    skill = session.scalars(select(Skill.id).where(Skill.code == "IT01")).one()
    people = make.people(session, list(names))
    for person in people:
        draft = SkillDraft("Python", skill, level=4)
        operations.claim_skill(session, person, draft, on=today(), by=None, at=AT)
    return people


def ids(people: list[Person]) -> list[str]:
    return [person.public_id for person in people]


def on_the_list(session: Session) -> set[int]:
    session.expire_all()
    return set(session.scalars(select(ShortlistEntry.person_id).where(ShortlistEntry.removed_at.is_(None))))


def shortlisted(officer: Client, people: list[Person], name: str = "Kỹ sư dữ liệu") -> str:
    fields = {
        "nguoi": ids(people),
        "danh_sach": "",
        "ten": name,
        f"ghi-chu-{people[0].public_id}": "gọi trước",
    }
    answer = post(officer, "/danh-sach/them", fields)
    assert answer.status_code == 303
    return answer.headers["Location"]


def test_ticked_people_go_on_a_list_with_notes_and_the_act_can_be_undone(
    officer: Client, session: Session
) -> None:
    people = python_people(session, "A Một", "B Hai")
    answer = post(officer, "/ung-vien/da-chon", {"nguoi": ids(people), "viec": "rut-gon"})
    assert answer.headers["Location"].startswith("/danh-sach/them?nguoi=")
    assert "A Một" in officer.get(answer.headers["Location"]).text
    where = shortlisted(officer, people)
    page = officer.get(where).text
    assert "gọi trước" in page
    assert "Lò Thị Hạnh thêm A Một" in page
    batch = re.search(r'name="lan" value="(\w+)"', page)
    assert batch is not None
    path = where.split("?")[0]
    assert on_the_list(session) == {person.id for person in people}
    post(officer, f"{path}/hoan-tac", {"lan": batch[1]})
    assert on_the_list(session) == set()


def test_taking_off_keeps_who_did_it_and_can_be_undone(officer: Client, session: Session) -> None:
    people = python_people(session, "A Một", "B Hai")
    path = shortlisted(officer, people).split("?")[0]
    answer = post(officer, f"{path}/bo", {"nguoi": [people[0].public_id]})
    page = officer.get(answer.headers["Location"]).text
    assert "Lò Thị Hạnh bỏ A Một" in page
    assert on_the_list(session) == {people[1].id}
    batch = re.search(r'name="lan" value="(\w+)"', page)
    assert batch is not None
    post(officer, f"{path}/hoan-tac", {"lan": batch[1]})
    assert on_the_list(session) == {person.id for person in people}
    again = post(officer, f"{path}/hoan-tac", {"lan": batch[1]})
    assert "Không còn hoàn tác được" in officer.get(again.headers["Location"]).text


def test_adding_twice_adds_once(officer: Client, session: Session) -> None:
    people = python_people(session, "A Một")
    shortlisted(officer, people)
    made = session.scalars(select(Shortlist)).one()
    post(officer, "/danh-sach/them", {"nguoi": ids(people), "danh_sach": made.public_id})
    both = post(
        officer, "/danh-sach/them", {"nguoi": ids(people), "danh_sach": made.public_id, "ten": "Tên khác"}
    )
    assert both.status_code == 422
    assert "chọn «Danh sách mới»" in both.text
    assert "Tên khác" in both.text
    assert len(session.scalars(select(ShortlistEntry)).all()) == 1


def test_a_list_needs_a_name_and_nothing_typed_is_lost(officer: Client, session: Session) -> None:
    people = python_people(session, "A Một")
    fields = {"nguoi": ids(people), "danh_sach": "", "ten": "", f"ghi-chu-{people[0].public_id}": "gọi trước"}
    answer = post(officer, "/danh-sach/them", fields)
    assert answer.status_code == 422
    assert "Chọn một danh sách" in answer.text
    assert "gọi trước" in answer.text


def test_lists_searches_and_selections_of_others_do_not_exist(officer: Client, session: Session) -> None:
    people = python_people(session, "A Một")
    path = shortlisted(officer, people).split("?")[0]
    post(officer, "/bo-tim/luu", {"q": "python", "ten": "Của tôi"})
    post(officer, "/lua-chon/tao", {"nguoi": ids(people), "muc_dich": "Hội đồng"})
    saved, made = session.scalars(select(SavedSearch)).one(), session.scalars(select(Selection)).one()
    sign_in(officer, account(session, Role.OFFICER, "VN/12/", name="Người khác"))
    assert officer.get(path).status_code == 404
    assert officer.get(f"/lua-chon/{made.public_id}").status_code == 404
    assert post(officer, f"/bo-tim/{saved.public_id}/xoa").status_code == 404
    assert "Của tôi" not in officer.get("/bo-tim").text


def test_people_outside_the_scope_cannot_be_picked(officer: Client, session: Session) -> None:
    other = make.person(session, "Người Sơn La", unit_path="VN/14/")
    inside = python_people(session, "A Một")[0]
    assert (
        "Người Sơn La"
        not in officer.get(f"/danh-sach/them?nguoi={other.public_id}&nguoi={inside.public_id}").text
    )
    post(officer, "/danh-sach/them", {"nguoi": [other.public_id], "danh_sach": "", "ten": "X"})
    assert on_the_list(session) == set()
    answer = post(
        officer, "/ung-vien/da-chon", {"nguoi": [other.public_id, inside.public_id], "viec": "so-sanh"}
    )
    assert "so-sanh" not in answer.headers["Location"]


def test_two_to_four_are_compared_and_hidden_names_stay_hidden(officer: Client, session: Session) -> None:
    people = python_people(session, "A Một", "B Hai")
    hidden = make.person(session, "Vàng A Páo", consents=ANONYMOUS)
    answer = post(
        officer, "/ung-vien/da-chon", {"nguoi": [*ids(people), hidden.public_id], "viec": "so-sanh"}
    )
    page = officer.get(answer.headers["Location"]).text
    assert "So sánh 3 ứng viên" in page
    assert "A Một" in page
    assert "Páo" not in page
    assert hidden.code in page
    assert "Python · bậc 4" in page
    one = post(officer, "/ung-vien/da-chon", {"nguoi": ids(people)[:1], "viec": "so-sanh"})
    assert "/so-sanh" not in one.headers["Location"]
    events = session.scalars(
        select(AuditEvent).where(AuditEvent.action == "people.compared").order_by(AuditEvent.id)
    ).all()
    assert len(events) == 1


def test_nothing_ticked_is_said(officer: Client) -> None:
    answer = post(officer, "/ung-vien/da-chon", {"viec": "rut-gon"})
    assert "Chưa chọn ai" in officer.get(answer.headers["Location"]).text


def test_a_selection_keeps_its_purpose_and_asks_for_one(officer: Client, session: Session) -> None:
    people = python_people(session, "A Một", "B Hai")
    assert post(officer, "/lua-chon/tao", {"nguoi": ids(people), "muc_dich": ""}).status_code == 422
    answer = post(officer, "/lua-chon/tao", {"nguoi": ids(people), "muc_dich": "Gửi hội đồng tuyển chọn"})
    page = officer.get(answer.headers["Location"]).text
    assert "Gửi hội đồng tuyển chọn" in page
    assert "A Một" in page
    assert "Gửi hội đồng tuyển chọn" in officer.get("/lua-chon").text


def test_a_saved_search_tells_only_who_is_new_since_it_was_last_looked_at(
    officer: Client, session: Session
) -> None:
    python_people(session, "A Cũ")
    answer = post(officer, "/bo-tim/luu", {"q": "python", "ten": "Lập trình"})
    assert answer.status_code == 303
    news = "hồ sơ mới từ lần xem trước"
    assert news not in officer.get("/bo-tim").text
    assert news not in officer.get("/").text
    python_people(session, "B Mới", "C Mới")
    other = make.person(session, "Người Sơn La", unit_path="VN/14/")
    page = unescape(officer.get("/bo-tim").text)
    assert f"2 {news}" in page
    assert f"2 {news}" in officer.get("/").text
    link = re.search(r'href="(/ung-vien\?[^"]*moi=1)"', page)
    assert link is not None
    shown = officer.get(link[1]).text
    assert "B Mới" in shown
    assert "A Cũ" not in shown
    assert other.full_name not in shown
    saved = session.scalars(select(SavedSearch)).one()
    post(officer, f"/bo-tim/{saved.public_id}/da-xem")
    assert news not in officer.get("/bo-tim").text


def test_a_changed_search_never_overwrites_the_saved_one(officer: Client, session: Session) -> None:
    python_people(session, "A Một")
    post(officer, "/bo-tim/luu", {"q": "python", "ten": "Lập trình"})
    saved = session.scalars(select(SavedSearch)).one()
    before = saved.address
    page = officer.get(f"/ung-vien?q=python&trinh_do=5&bo_tim={saved.public_id}").text
    assert "Bản đã lưu không đổi" in page
    answer = post(officer, "/bo-tim/luu", {"q": "python", "trinh_do": "5", "ten": "Lập trình"})
    assert answer.status_code == 422
    assert "Bạn đã có bộ tìm tên «Lập trình»" in unescape(answer.text)
    session.expire_all()
    assert session.scalars(select(SavedSearch)).one().address == before


def test_a_search_in_vain_is_kept_once_it_finds_nobody(officer: Client, session: Session) -> None:
    post(officer, "/ung-vien/chua-co-nguoi", {"q": "python", "trinh_do": "6"})
    kept = session.scalars(select(SearchDemand)).one()
    assert (kept.found, kept.asked_on) == (0, today())
    assert "Python" in kept.words
    python_people(session, "A Một")
    post(officer, "/ung-vien/chua-co-nguoi", {"q": "python"})
    assert len(session.scalars(select(SearchDemand)).all()) == 1


@pytest.mark.parametrize("path", ["/bo-tim", "/danh-sach", "/lua-chon", "/ung-vien/so-sanh", "/bo-tim/luu"])
def test_roles_that_read_no_people_are_refused(client: Client, session: Session, path: str) -> None:
    sign_in(client, account(session, Role.SYSTEM_ADMIN, ""))
    assert client.get(path).status_code == 403
