"""The ledger of consents: recorded with channel and day, withdrawn at once, effective in every list."""

from typing import Any

import pytest
from sqlalchemy.orm import Session

from registry.accounts.rules import Role
from registry.consents.models import Consent
from registry.consents.queries import consent_history
from registry.consents.rules import Channel, PurposeCode
from registry.people.models import Person
from registry.web.clock import today
from tests.conftest import Client
from tests.factories import people as make
from tests.factories.accounts import account, post, sign_in
from tests.factories.people import ANONYMOUS, KEPT_ONLY, NAMED

GIVEN = {"purposes": ["contact"], "channel": "phone", "given_on": ["20", "11", "2026"]}


def ledger(session: Session, person: Person) -> list[Consent]:
    return list(consent_history(session, person.id))


def url(person: Person, rest: str = "") -> str:
    return f"/ung-vien/{person.public_id}/dong-y{rest}"


def test_a_consent_that_came_by_telephone_is_recorded_and_counts_at_once(
    officer: Client, session: Session
) -> None:
    person = make.person(session, "Lò Văn Nghĩa", consents=ANONYMOUS)
    assert "Nghĩa" not in officer.get("/ung-vien").text
    answer = post(officer, url(person), GIVEN, follow_redirects=True)
    assert "Đã ghi sự đồng ý" in answer.text
    assert "Điện thoại" in answer.text
    assert "20/11/2026" in answer.text
    assert "Lò Văn Nghĩa" in officer.get("/ung-vien").text


def test_purposes_agreed_to_are_not_asked_again(officer: Client, session: Session) -> None:
    person = make.person(session, consents=ANONYMOUS)
    page = officer.get(url(person)).text
    assert 'value="contact"' in page
    assert 'value="matching"' not in page
    boxes = [line for line in page.split("<input") if 'name="purposes"' in line]
    assert not any(" checked" in box for box in boxes)


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"purposes": []}, "Chọn ít nhất một mục đích"),
        ({"channel": ""}, "Chọn đồng ý bằng cách nào"),
        ({"given_on": ["", "", ""]}, "Nhập ngày đồng ý"),
        ({"given_on": ["31", "2", "2026"]}, "Ngày phải có thật"),
        ({"given_on": ["1", "1", "2099"]}, "Ngày đồng ý không được sau hôm nay"),
        ({"purposes": ["matching"]}, "Chọn một mục trong danh sách"),
    ],
)
def test_a_consent_without_proof_is_refused(
    officer: Client, session: Session, changes: dict[str, Any], sentence: str
) -> None:
    person = make.person(session, consents=ANONYMOUS)
    answer = post(officer, url(person), {**GIVEN, **changes})
    assert answer.status_code == 422
    assert sentence in answer.text
    assert len(ledger(session, person)) == 2


def test_the_page_before_a_withdrawal_says_what_stops(officer: Client, session: Session) -> None:
    person = make.person(session, consents=NAMED)
    assert "chỉ còn mã ẩn danh" in officer.get(url(person, "/contact/rut")).text
    assert "Hồ sơ không còn được xem" in officer.get(url(person, "/registry/rut")).text
    assert "Từ lúc này không danh sách nào" in officer.get(url(person, "/matching/rut")).text


def test_what_the_law_orders_goes_on_and_the_page_says_so(officer: Client, session: Session) -> None:
    person = make.person(session, by_law=True)
    post(officer, url(person), {**GIVEN, "purposes": ["contact", "campaigns"]})
    assert "vẫn được giữ và dùng theo luật" in officer.get(url(person, "/contact/rut")).text
    assert "Từ lúc này không danh sách nào" in officer.get(url(person, "/campaigns/rut")).text


def test_a_withdrawal_takes_effect_in_the_next_list(officer: Client, session: Session) -> None:
    person = make.person(session, "Lò Văn Nghĩa", consents=NAMED)
    assert "Lò Văn Nghĩa" in officer.get("/ung-vien").text
    fields = {"channel": "phone", "reason": "Đổi ý"}
    answer = post(officer, url(person, "/registry/rut"), fields, follow_redirects=True)
    assert answer.status_code == 200
    assert "Lò Văn Nghĩa" not in answer.text
    page = officer.get("/ung-vien").text
    assert "Lò Văn Nghĩa" not in page
    assert person.code not in page
    ended = next(one for one in ledger(session, person) if one.purpose.code is PurposeCode.REGISTRY)
    assert ended.withdrawn_at is not None
    assert (ended.withdrawal_channel, ended.withdrawn_because) == (Channel.PHONE, "Đổi ý")


def test_the_profile_says_on_which_day_a_consent_was_withdrawn(officer: Client, session: Session) -> None:
    person = make.person(session, consents=NAMED)
    post(officer, url(person, "/matching/rut"), {"channel": "phone"})
    page = officer.get(f"/ung-vien/{person.public_id}").text
    assert f"đã rút ngày {today():%d/%m/%Y}" in page
    post(officer, url(person), {**GIVEN, "purposes": ["matching"]})
    assert "đã rút ngày" not in officer.get(f"/ung-vien/{person.public_id}").text


def test_the_ledger_shows_the_words_that_were_read_and_no_bare_codes(
    officer: Client, session: Session
) -> None:
    person = make.person(session, consents=NAMED)
    page = officer.get(url(person)).text
    notice = ledger(session, person)[0].notice
    assert "Bản 1, tiếng Việt" in page
    assert "(vi)" not in page
    assert "Lời thông báo người này đã xem" in page
    assert notice.text[:60] in page
    assert f"Mã đối chiếu: {notice.sha256[:12]}" in page


def test_the_page_of_a_withdrawal_asks_once(officer: Client, session: Session) -> None:
    person = make.person(session, consents=NAMED)
    page = officer.get(url(person, "/contact/rut")).text
    assert page.lower().count("rút bằng cách nào") == 1


def test_withdrawing_needs_a_channel_and_nothing_is_withdrawn_twice(
    officer: Client, session: Session
) -> None:
    person = make.person(session, consents=NAMED)
    answer = post(officer, url(person, "/contact/rut"), {"channel": ""})
    assert answer.status_code == 422
    assert "Chọn rút bằng cách nào" in answer.text
    assert post(officer, url(person, "/contact/rut"), {"channel": "paper"}).status_code == 303
    again = post(officer, url(person, "/contact/rut"), {"channel": "paper"}, follow_redirects=True)
    assert "Không có sự đồng ý nào đang có hiệu lực" in again.text
    assert officer.get(url(person, "/khong-co/rut")).status_code == 404


def test_a_new_consent_brings_a_withdrawn_record_back(officer: Client, session: Session) -> None:
    person = make.person(session, "Lò Văn Nghĩa", consents=KEPT_ONLY)
    post(officer, url(person, "/registry/rut"), {"channel": "paper"})
    assert officer.get(f"/ung-vien/{person.public_id}").status_code == 410
    assert "Lò" not in officer.get(url(person)).text.replace("Lò Thị Hạnh", "")
    fields = {**GIVEN, "purposes": ["registry", "contact"]}
    assert post(officer, url(person), fields).status_code == 303
    assert "Lò Văn Nghĩa" in officer.get(f"/ung-vien/{person.public_id}").text


def test_the_ledger_is_open_to_those_who_keep_consents_only(client: Client, session: Session) -> None:
    sign_in(client, account(session, Role.CAMPAIGN_ADMIN, "VN/12/"))
    person = make.person(session)
    assert client.get(url(person)).status_code == 403
    assert post(client, url(person), GIVEN).status_code == 403
    assert post(client, url(person, "/contact/rut"), {"channel": "paper"}).status_code == 403


def test_a_ledger_out_of_scope_does_not_exist(officer: Client, session: Session) -> None:
    person = make.person(session, unit_path="VN/14/")
    assert officer.get(url(person)).status_code == 404
    assert post(officer, url(person), GIVEN).status_code == 404
    assert post(officer, url(person, "/contact/rut"), {"channel": "paper"}).status_code == 404
    assert all(one.withdrawn_at is None for one in ledger(session, person))
