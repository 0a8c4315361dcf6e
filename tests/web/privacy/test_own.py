"""«Quyền của tôi»: asking, seeing both clocks, lifting; nobody sees another's requests."""

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from registry.accounts.models import Account
from registry.accounts.rules import Role
from registry.people.models import Person
from registry.privacy.models import RightsRequest
from registry.privacy.rules import RightKind
from tests.conftest import Client
from tests.factories.accounts import account, post, sign_in
from tests.factories.rights import asked, with_account
from tests.web.reading import text_of

Mine = tuple[Client, Person]


def page(client: Client, path: str, status: int = 200) -> str:
    answer = client.get(path)
    assert answer.status_code == status, path
    return text_of(answer.text)


def only_request(session: Session) -> RightsRequest:
    return session.scalars(select(RightsRequest)).one()


def test_the_page_says_what_can_be_asked_and_how_long_it_takes(my_browser: Mine) -> None:
    client, _me = my_browser
    shown = page(client, "/toi/yeu-cau")
    assert "Bạn chưa gửi yêu cầu nào" in shown
    assert "trả lời trong 2 ngày làm việc, xong trong 15 ngày" in shown
    assert "chưa kiểm chứng" in shown


@pytest.mark.parametrize("slug", ["xem", "sua", "rut-dong-y", "han-che", "phan-doi", "xoa"])
def test_every_kind_has_its_page(my_browser: Mine, slug: str) -> None:
    client, _me = my_browser
    assert "Gửi yêu cầu" in page(client, f"/toi/yeu-cau/tao/{slug}")


def test_a_restriction_hides_the_record_from_the_next_request_on_and_can_be_lifted(
    my_browser: Mine, session: Session, officer: Client
) -> None:
    client, me = my_browser
    own = session.get_one(Person, me.id)
    path, account_id = f"/ung-vien/{own.public_id}", own.account_id
    assert officer.get(path).status_code == 200
    assert own.full_name in officer.get("/ung-vien").text
    _sign_in_again(client, session, account_id)
    sent = post(client, "/toi/yeu-cau/tao/han-che", {"words": "Tạm thời"})
    assert sent.status_code == 303
    shown = page(client, sent.location)
    assert "Phần mềm đã áp dụng ngay ở mọi danh sách" in shown
    assert "chậm nhất ngày" in shown
    again = post(client, "/toi/yeu-cau/tao/han-che", {})
    assert again.location == sent.location
    sign_in(officer, account(session, Role.OFFICER, "VN/12/"))
    assert officer.get(path).status_code == 404
    assert own.full_name not in officer.get("/ung-vien").text
    _sign_in_again(client, session, account_id)
    assert post(client, f"{sent.location}/cho-dung-lai").status_code == 303
    sign_in(officer, account(session, Role.OFFICER, "VN/12/"))
    assert officer.get(path).status_code == 200


def _sign_in_again(client: Client, session: Session, account_id: int | None) -> None:
    sign_in(client, session.get_one(Account, account_id))


def test_a_withdrawal_names_its_purpose_and_says_what_goes_on(my_browser: Mine, session: Session) -> None:
    client, _me = my_browser
    shown = page(client, "/toi/yeu-cau/tao/rut-dong-y")
    assert "Tìm nhu cầu phù hợp" in shown
    assert "Chỉ mục đích này dừng, ngay từ lúc gửi." in shown
    assert "Mọi mục đích khác cũng dừng" in shown
    missing = post(client, "/toi/yeu-cau/tao/rut-dong-y", {"words": "Thôi"})
    assert missing.status_code == 422
    assert "Thôi" in missing.text
    assert "Chọn một mục đích" in text_of(missing.text)
    sent = post(client, "/toi/yeu-cau/tao/rut-dong-y", {"purpose": "matching", "words": ""})
    assert sent.status_code == 303
    after = page(client, sent.location)
    assert "Lưu hồ sơ trong sổ đăng ký: tiếp tục" in after
    assert only_request(session).purpose == "matching"


def test_all_purposes_at_once(my_browser: Mine, session: Session) -> None:
    client, _me = my_browser
    assert post(client, "/toi/yeu-cau/tao/rut-dong-y", {"purpose": "all"}).status_code == 303
    assert only_request(session).purpose is None
    assert "Không còn gì để dừng" in page(client, "/toi/yeu-cau/tao/rut-dong-y")


def test_a_purpose_that_is_not_used_cannot_be_chosen(my_browser: Mine) -> None:
    client, _me = my_browser
    assert post(client, "/toi/yeu-cau/tao/phan-doi", {"purpose": "campaigns"}).status_code == 422
    assert post(client, "/toi/yeu-cau/tao/phan-doi", {"purpose": "registry"}).status_code == 422


def test_a_correction_needs_words(my_browser: Mine) -> None:
    client, _me = my_browser
    refused = post(client, "/toi/yeu-cau/tao/sua", {"words": " "})
    assert refused.status_code == 422
    assert "Ghi thông tin nào sai" in refused.text


def test_the_record_the_law_orders_goes_on_and_says_so(client: Client, session: Session) -> None:
    _person, own = with_account(session, by_law=True)
    sign_in(client, own)
    shown = page(client, "/toi/yeu-cau/tao/han-che")
    assert "luật về cán bộ, công chức, viên chức buộc giữ" in shown
    assert "Tiếp tục" in shown


def test_nobody_sees_the_requests_of_another(my_browser: Mine, session: Session) -> None:
    client, _me = my_browser
    other, _account = with_account(session, "Vàng A Páo")
    found = asked(session, other, RightKind.RESTRICTION)
    assert client.get(f"/toi/yeu-cau/{found.public_id}").status_code == 404
    assert client.get("/toi/yeu-cau/khong-co").status_code == 404
    assert post(client, f"/toi/yeu-cau/{found.public_id}/cho-dung-lai").status_code == 404


def test_an_account_without_a_record_is_told_so(client: Client, session: Session) -> None:
    sign_in(client, account(session, Role.CANDIDATE, ""))
    for path in ("/toi/yeu-cau", "/toi/ai-da-xem"):
        assert "chưa gắn với hồ sơ nào" in page(client, path)
    page(client, "/toi/yeu-cau/tao/xem", 404)


def test_an_officer_has_no_own_pages(officer: Client) -> None:
    assert officer.get("/toi/yeu-cau").status_code == 403


def test_home_leads_to_the_own_rights(my_browser: Mine) -> None:
    client, _me = my_browser
    home = client.get("/", follow_redirects=True).text
    assert "/toi/ai-da-xem" in home
    assert "/toi/yeu-cau" in home
