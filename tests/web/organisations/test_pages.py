"""The pages of organisations, through HTTP."""

import re
from datetime import date
from html import unescape
from typing import Any

import pytest
from sqlalchemy import event, func, select, update
from sqlalchemy.orm import Session

from registry.accounts.rules import Role, Viewer
from registry.audit.models import AuditEvent
from registry.organisations import operations, queries
from registry.organisations.models import Organisation
from registry.organisations.rules import OrganisationKind
from tests.conftest import Client
from tests.factories.accounts import account, post, sign_in
from tests.factories.organisations import committee, organisation
from tests.web.reading import statements, text_of

NEW = {"name": "Sở Y tế", "kind": "department", "parent_text": "", "unit_text": "Lai Châu"}


@pytest.fixture
def admin(client: Client, session: Session) -> Client:
    """A client of the system administrator, who may write all organisations."""
    sign_in(client, account(session, Role.SYSTEM_ADMIN, ""))
    return client


@pytest.fixture
def campaign_admin(client: Client, session: Session) -> Client:
    """A client who may write the organisations of Lai Châu only."""
    sign_in(client, account(session, Role.CAMPAIGN_ADMIN, "VN/12/"))
    return client


def without_token(html: str) -> str:
    return re.sub(r'name="csrf_token"[^>]* value="[^"]+"', "", html)


def newest(session: Session) -> Organisation:
    return session.scalars(select(Organisation).order_by(Organisation.id.desc()).limit(1)).one()


def test_an_empty_registry_says_what_organisations_are_for(admin: Client) -> None:
    page = admin.get("/don-vi")
    assert page.status_code == 200
    assert "Thêm đơn vị đầu tiên" in text_of(page.text)


def test_the_form_under_an_organisation_is_filled_with_it(admin: Client, session: Session) -> None:
    root = committee(session)
    page = admin.get(f"/don-vi/tao?trong={root.public_id}")
    assert 'value="UBND tỉnh Lai Châu"' in page.text
    assert 'value="tỉnh Lai Châu"' in page.text


def test_an_organisation_is_made_under_the_typed_parent(admin: Client, session: Session) -> None:
    root = committee(session)
    sent = post(admin, "/don-vi/tao", NEW | {"parent_text": "ubnd tinh lai chau", "unit_text": ""})
    assert sent.status_code == 303
    made = newest(session)
    assert (made.name, made.path, made.unit_path) == ("Sở Y tế", f"{root.id}/{made.id}/", "VN/12/")
    page = admin.get(sent.location)
    assert "Đã thêm Sở Y tế" in text_of(page.text)
    assert "UBND tỉnh Lai Châu" in text_of(page.text)
    assert "tỉnh Lai Châu" in text_of(page.text)


def test_a_former_place_name_is_taken_as_the_unit_of_today(admin: Client, session: Session) -> None:
    assert post(admin, "/don-vi/tao", NEW | {"unit_text": "tỉnh Bến Tre"}).status_code == 303
    assert newest(session).unit_path == "VN/86/"


def test_an_ambiguous_place_is_asked_back_and_nothing_typed_is_lost(admin: Client, session: Session) -> None:
    typed = NEW | {"unit_text": "Ba Tri, Bến Tre", "name": "Trạm y tế"}
    asked = post(admin, "/don-vi/tao", typed)
    assert asked.status_code == 422
    assert 'value="Trạm y tế"' in asked.text
    choices = re.findall(r'name="unit_choice" value="([^"]+)"', asked.text)
    assert choices == ["VN/86/", "VN/86/29110/"]
    assert post(admin, "/don-vi/tao", typed | {"unit_choice": choices[1]}).status_code == 303
    assert newest(session).unit_path == "VN/86/29110/"


def test_a_choice_that_was_not_offered_is_no_choice(admin: Client, session: Session) -> None:
    sent = post(admin, "/don-vi/tao", NEW | {"unit_text": "Ba Tri, Bến Tre", "unit_choice": "VN/01/"})
    assert sent.status_code == 422
    assert session.scalar(select(func.count()).select_from(Organisation)) == 0


def test_a_parent_of_which_there_are_two_is_asked_back(admin: Client, session: Session) -> None:
    one, two = committee(session), committee(session, "UBND tỉnh Vĩnh Long", "VN/86/")
    organisation(session, "Văn phòng", parent=one)
    under = organisation(session, "Văn phòng", parent=two)
    asked = post(admin, "/don-vi/tao", NEW | {"parent_text": "văn phòng"})
    assert asked.status_code == 422
    assert "Văn phòng (UBND tỉnh Vĩnh Long)" in text_of(asked.text)
    sent = post(admin, "/don-vi/tao", NEW | {"parent_text": "văn phòng", "parent_choice": under.public_id})
    assert sent.status_code == 303
    assert newest(session).path.startswith(under.path)


@pytest.mark.parametrize(
    ("changed", "sentence"),
    [
        ({"name": ""}, "Nhập tên đơn vị"),
        ({"name": "x" * 201}, "Rút gọn còn không quá 200 ký tự"),
        ({"name": "Sở\x00Y tế"}, "Bỏ ký tự điều khiển"),
        ({"name": "Sở \u202eY tế"}, "Bỏ ký tự đổi chiều chữ"),
        ({"kind": "kingdom"}, "Chọn một mục trong danh sách"),
        ({"parent_text": "Sở không có"}, "Không có đơn vị đang hoạt động nào tên này"),
        ({"unit_text": "Xứ Lạ Kỳ"}, "Không có địa bàn này"),
        ({"unit_text": "Bến Trẻ"}, "Chưa rõ địa bàn nào"),
        ({"valid_from": ["31", "02", "2025"]}, "Ngày thành lập phải có thật"),
    ],
)
def test_what_is_wrong_is_said_and_nothing_is_saved(
    admin: Client, session: Session, changed: dict[str, Any], sentence: str
) -> None:
    sent = post(admin, "/don-vi/tao", NEW | changed)
    assert sent.status_code == 422
    assert sentence in text_of(sent.text)
    assert session.scalar(select(func.count()).select_from(Organisation)) == 0


def test_a_sibling_of_the_same_name_is_an_error_on_the_name(admin: Client, session: Session) -> None:
    root = committee(session)
    organisation(session, "Sở Y tế", parent=root)
    sent = post(admin, "/don-vi/tao", NEW | {"name": "SỞ Y TẾ", "parent_text": root.name})
    assert sent.status_code == 422
    assert "Đã có đơn vị đang hoạt động tên này" in text_of(sent.text)
    assert 'id="name-loi"' in sent.text


def test_outside_the_scope_nothing_is_seen_made_or_changed(campaign_admin: Client, session: Session) -> None:
    elsewhere = committee(session, "UBND tỉnh Vĩnh Long", "VN/86/")
    here = committee(session)
    page = campaign_admin.get("/don-vi")
    assert "UBND tỉnh Lai Châu" in page.text
    assert "Vĩnh Long" not in page.text
    nowhere = "0" * 26
    unknown = campaign_admin.get(f"/don-vi/{nowhere}").text
    for path in ("", "/sua", "/chuyen", "/dong", "/mo-lai"):
        answer = campaign_admin.get(f"/don-vi/{elsewhere.public_id}{path}")
        assert answer.status_code == 404
    hidden = campaign_admin.get(f"/don-vi/{elsewhere.public_id}").text
    assert without_token(hidden).replace(elsewhere.public_id, nowhere) == without_token(unknown)
    refused = post(campaign_admin, "/don-vi/tao", NEW | {"unit_text": "Vĩnh Long"})
    assert refused.status_code == 422
    assert "nằm ngoài phạm vi" in text_of(refused.text)
    assert post(campaign_admin, f"/don-vi/{elsewhere.public_id}/sua", NEW).status_code == 404
    assert post(campaign_admin, "/don-vi/tao", NEW | {"parent_text": here.name}).status_code == 303


def test_an_officer_reads_and_may_not_write(client: Client, session: Session) -> None:
    root = committee(session)
    sign_in(client, account(session, Role.OFFICER, "VN/12/"))
    page = client.get(f"/don-vi/{root.public_id}")
    assert page.status_code == 200
    assert "/sua" not in page.text
    assert client.get("/don-vi/tao").status_code == 403
    assert post(client, "/don-vi/tao", NEW).status_code == 403
    assert client.post("/don-vi/tao", data=NEW).status_code == 400


@pytest.mark.parametrize("code", ["a%27b", "x" * 300, "ệ"])
def test_an_id_that_cannot_be_is_not_found(admin: Client, code: str) -> None:
    assert admin.get(f"/don-vi/{code}").status_code == 404


def edited(one: Organisation, **changed: Any) -> dict[str, Any]:
    fields = {"version": str(one.version), "name": one.name, "kind": one.kind.value, "unit_text": "Lai Châu"}
    return fields | changed


def test_an_organisation_is_renamed_from_a_day(admin: Client, session: Session) -> None:
    one = organisation(session, "Sở Lao động")
    form = admin.get(f"/don-vi/{one.public_id}/sua")
    assert 'value="Sở Lao động"' in form.text
    fields = edited(one, name="Sở Nội vụ", renamed_on=["01", "03", "2025"])
    assert post(admin, f"/don-vi/{one.public_id}/sua", fields).status_code == 303
    page = text_of(admin.get(f"/don-vi/{one.public_id}").text)
    assert "Sở Lao động đến hết 28/02/2025" in page
    assert "Sở Nội vụ" in text_of(admin.get("/don-vi?tim=lao+dong").text)


def test_two_edits_at_once_meet_on_a_page_with_both_versions(admin: Client, session: Session) -> None:
    one = organisation(session, "Sở Y tế")
    mine = edited(one, name="Sở Y tế (bản của tôi)", kind="division")
    operations.edit_organisation(session, one, name="Sở Y tế (bản kia)", kind=one.kind, unit=None, by=None)
    met = post(admin, f"/don-vi/{one.public_id}/sua", mine)
    assert met.status_code == 409
    assert "Sở Y tế (bản của tôi)" in met.text
    assert "Sở Y tế (bản kia)" in met.text
    assert one.name == "Sở Y tế (bản kia)"
    hidden = dict(re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)">', met.text))
    chosen = {key: unescape(value) for key, value in hidden.items() if key != "csrf_token"}
    picks = {"pick-name": "theirs", "pick-kind": "mine", "pick-unit_text": "mine"}
    assert post(admin, f"/don-vi/{one.public_id}/sua", chosen | picks).status_code == 303
    session.expire_all()
    assert (one.name, one.kind, one.unit_path) == ("Sở Y tế (bản kia)", OrganisationKind.DIVISION, "VN/12/")


def test_a_field_that_only_the_other_changed_keeps_what_is_saved(admin: Client, session: Session) -> None:
    one = organisation(session, "Sở Y tế")
    page = admin.get(f"/don-vi/{one.public_id}/sua").text
    opened = dict(re.findall(r'name="(version|opened_with|unit_text)"[^>]*value="([^"]*)"', page))
    mine = edited(one, kind="division") | opened
    operations.edit_organisation(session, one, name="Sở Y tế (bản kia)", kind=one.kind, unit=None, by=None)
    met = post(admin, f"/don-vi/{one.public_id}/sua", mine)
    assert met.status_code == 409
    picked = dict(re.findall(r'name="pick-(\w+)" value="(\w+)" checked', met.text))
    assert (picked["name"], picked["kind"]) == ("theirs", "mine")
    assert ">Khác nhau<" not in met.text


def test_a_save_that_somebody_else_beats_by_a_moment_meets_too(admin: Client, session: Session) -> None:
    one = organisation(session, "Sở Y tế")

    def beat(_mapper: Any, connection: Any, target: Organisation) -> None:
        connection.execute(update(Organisation).where(Organisation.id == target.id).values(version=99))

    event.listen(Organisation, "before_update", beat)
    try:
        met = post(admin, f"/don-vi/{one.public_id}/sua", edited(one, name="Sở Y tế mới"))
    finally:
        event.remove(Organisation, "before_update", beat)
    assert met.status_code == 409
    assert "Sở Y tế mới" in met.text


def test_an_edit_that_is_wrong_shows_what_to_mend(admin: Client, session: Session) -> None:
    one = organisation(session, "Sở Y tế", valid_from=date(2001, 1, 1))
    organisation(session, "Sở Xây dựng")
    for changed, sentence in (
        ({"name": ""}, "Nhập tên đơn vị"),
        ({"name": "Sở Xây dựng"}, "Đã có đơn vị đang hoạt động"),
        ({"unit_text": "Ba Tri"}, "Chưa rõ địa bàn nào"),
        ({"name": "Sở Mới", "renamed_on": ["01", "01", "2999"]}, "không sau hôm nay"),
        ({"name": "Sở Mới", "renamed_on": ["01", "01", "2001"]}, "phải sau ngày thành lập"),
    ):
        sent = post(admin, f"/don-vi/{one.public_id}/sua", edited(one, **changed))
        assert sent.status_code == 422
        assert sentence in text_of(sent.text)


def test_an_organisation_moves_with_what_is_under_it(admin: Client, session: Session) -> None:
    old, new = committee(session), committee(session, "UBND tỉnh Vĩnh Long", "VN/86/")
    one = organisation(session, "Sở Y tế", parent=old)
    below = organisation(session, "Bệnh viện", parent=one)
    path = f"/don-vi/{one.public_id}/chuyen"
    assert 'value="UBND tỉnh Lai Châu"' in admin.get(path).text
    fields = {"version": str(one.version), "parent_text": "UBND tỉnh Vĩnh Long"}
    assert post(admin, path, fields).status_code == 303
    assert below.path == f"{new.id}/{one.id}/{below.id}/"
    wrong = post(admin, f"/don-vi/{new.public_id}/chuyen", {"version": "1", "parent_text": "Bệnh viện"})
    assert wrong.status_code == 422
    assert "không phải chính đơn vị này" in text_of(wrong.text)
    stale = post(admin, path, {"version": "99", "parent_text": "UBND tỉnh Lai Châu"})
    assert stale.status_code == 422
    assert "vừa được người khác sửa" in text_of(stale.text)
    top = post(admin, path, {"version": str(one.version), "parent_text": ""})
    assert top.status_code == 303
    assert one.path == f"{one.id}/"


def test_a_scoped_writer_does_not_move_things_out_of_reach(client: Client, session: Session) -> None:
    root = committee(session)
    one = organisation(session, "Sở Y tế", parent=root)
    below = organisation(session, "Bệnh viện", parent=one)
    sign_in(client, account(session, Role.CAMPAIGN_ADMIN, "VN/12/", one.path))
    refused = post(client, f"/don-vi/{below.public_id}/chuyen", {"version": "1", "parent_text": ""})
    assert refused.status_code == 422
    assert "nằm ngoài phạm vi" in text_of(refused.text)
    refused = post(client, "/don-vi/tao", NEW | {"name": "Phòng mới"})
    assert "nằm ngoài phạm vi" in text_of(refused.text)


def test_an_organisation_is_closed_with_a_successor_and_reopened(admin: Client, session: Session) -> None:
    root = committee(session)
    one = organisation(session, "Sở Kế hoạch", parent=root, valid_from=date(2010, 1, 1))
    organisation(session, "Sở Tài chính", parent=root)
    path = f"/don-vi/{one.public_id}/dong"
    assert admin.get(path).status_code == 200
    fields = {
        "version": "1",
        "last_day": ["30", "06", "2025"],
        "successor_text": "Sở Tài chính",
        "reason": "NQ 18",
    }
    early = post(admin, path, fields | {"last_day": ["31", "12", "2009"]})
    assert early.status_code == 422
    assert "không được trước ngày thành lập" in text_of(early.text)
    assert post(admin, path, fields | {"last_day": ""}).status_code == 422
    assert post(admin, path, fields | {"successor_text": "Sở Nào Đó"}).status_code == 422
    open_below = post(admin, f"/don-vi/{root.public_id}/dong", fields | {"successor_text": ""})
    assert "Còn đơn vị bên dưới đang hoạt động" in text_of(open_below.text)
    assert post(admin, path, fields).status_code == 303
    page = text_of(admin.get(f"/don-vi/{one.public_id}").text)
    assert "hoạt động đến hết ngày 30/06/2025" in page
    assert "Sở Tài chính" in page
    assert "Sở Kế hoạch" not in text_of(admin.get("/don-vi").text)
    assert "Sở Kế hoạch" in text_of(admin.get("/don-vi?da-dong=1").text)
    reopen = f"/don-vi/{one.public_id}/mo-lai"
    assert admin.get(reopen).status_code == 200
    assert post(admin, reopen, {"reason": ""}).status_code == 422
    assert post(admin, reopen, {"reason": "Đóng nhầm"}).status_code == 303
    assert one.is_open


def test_reopening_onto_a_name_in_use_is_refused(admin: Client, session: Session) -> None:
    one = organisation(session, "Sở Y tế")
    operations.close_organisation(session, one, last_day=date(2025, 6, 30), successor=None, by=None)
    organisation(session, "Sở Y tế")
    sent = post(admin, f"/don-vi/{one.public_id}/mo-lai", {"reason": "Đóng nhầm"})
    assert sent.status_code == 422
    assert "Đã có đơn vị đang hoạt động tên này" in text_of(sent.text)


def test_every_write_leaves_one_event(admin: Client, session: Session) -> None:
    def events() -> list[str]:
        found = select(AuditEvent.action).where(AuditEvent.subject_kind == "organisation")
        return list(session.scalars(found))

    post(admin, "/don-vi/tao", NEW)
    assert events() == ["organisation.created"]
    one = newest(session)
    post(admin, f"/don-vi/{one.public_id}/sua", edited(one, name="Sở Y tế mới"))
    assert events() == ["organisation.created", "organisation.edited"]
    post(admin, f"/don-vi/{one.public_id}/sua", edited(one))
    assert len(events()) == 2, "saving without a change is no event"


def test_searching_and_filtering_keep_their_choice(admin: Client, session: Session) -> None:
    root = committee(session)
    organisation(session, "Công ty Chè Than Uyên", kind=OrganisationKind.ENTERPRISE)
    organisation(session, "Sở Y tế", parent=root)
    page = admin.get("/don-vi?tim=che+than&loai=enterprise")
    assert "1 đơn vị" in text_of(page.text)
    assert 'value="che than"' in page.text
    assert 'value="enterprise" selected' in page.text
    assert "Không có đơn vị nào như vậy" in text_of(admin.get("/don-vi?tim=khong+co").text)
    for odd in ("?loai=x", "?trang=0", "?trang=abc", "?trang=99999999", "?tim=" + "x" * 3000):
        assert admin.get(f"/don-vi{odd}").status_code == 200


def test_the_number_of_statements_does_not_grow_with_the_tree(admin: Client, session: Session) -> None:
    root = committee(session)
    paths = ("/don-vi", "/don-vi?tim=so", f"/don-vi/{root.public_id}")
    counted: list[list[int]] = []
    for size in (3, 12):
        for number in range(size):
            organisation(session, f"Sở số {size} {number}", parent=root)
        row: list[int] = []
        for path in paths:
            with statements(session, "FROM organisation") as seen:
                assert admin.get(path).status_code == 200
            row.append(len(seen))
        counted.append(row)
    assert counted[0] == counted[1] == [1, 2, 3]
    assert len(queries.children_of(session, Viewer.installation(), root)) == 15
