"""Letters sent once more: to whoever waits, so often only, and with the same answer whether an address is known."""

from dataclasses import replace
from typing import Any

import pytest
from sqlalchemy.orm import Session

from registry.accounts.rules import Role
from registry.config import Settings
from tests.conftest import Client, Served, browser
from tests.factories.accounts import PASSWORD, account, post, sign_in
from tests.factories.letters import the_letter, waiting_letters

ADDRESS = "nguoi-moi@vidu.vn"
CHOSEN = "một câu thật dài khó đoán"
REGISTER, FORGOTTEN, EMAIL = "/dang-ky/tai-khoan", "/quen-mat-khau", "/tai-khoan/thu-dien-tu"


def register(client: Client, email: str = ADDRESS) -> Any:
    return post(client, REGISTER, {"email": email, "password": CHOSEN, "display_name": "Lò Thị Mai"})


def answer(client: Client, path: str) -> tuple[int, str, str]:
    """What pressing the button says: status, where to, and the words there."""
    done = post(client, f"{path}/gui-lai")
    page = client.get(done.headers["Location"]).text
    return done.status_code, done.headers["Location"], page.partition("<main")[2].partition("csrf")[0]


def test_a_code_sent_again_makes_the_account(client: Client, session: Session) -> None:
    register(client)
    first = the_letter(session, "confirm_registration")
    assert "Gửi lại mã" in client.get(f"{REGISTER}/xac-nhan").text
    _status, place, words = answer(client, REGISTER)
    assert place == f"{REGISTER}/xac-nhan"
    assert "Đã gửi lại" in words
    second = the_letter(session, "confirm_registration")
    assert (second.to, len(waiting_letters(session))) == (ADDRESS, 2)
    if first.code != second.code:
        assert post(client, f"{REGISTER}/xac-nhan", {"code": first.code}).status_code == 422
    assert post(client, f"{REGISTER}/xac-nhan", {"code": second.code}).headers["Location"] == "/dang-ky"
    assert answer(client, REGISTER)[1] == REGISTER  # nobody waits any more


@pytest.mark.parametrize("path", [REGISTER, FORGOTTEN])
def test_the_answer_is_the_same_for_known_and_unknown_addresses(
    client: Client, session: Session, path: str
) -> None:
    known = account(session, Role.CANDIDATE, "").email
    said: list[Any] = []
    for email in (ADDRESS, known):
        own = browser(client.application, session)
        if path == REGISTER:
            register(own, email)
        else:
            post(own, FORGOTTEN, {"email": email})
        said.append(answer(own, path))
        kinds = [one.kind for one in waiting_letters(session) if one.to == email]
        assert len(kinds) == 2
        assert len(set(kinds)) == 1
    assert said[0] == said[1]


@pytest.mark.parametrize("path", [REGISTER, FORGOTTEN])
def test_who_waits_for_nothing_is_led_to_the_form(client: Client, session: Session, path: str) -> None:
    assert answer(client, path)[1] == path
    assert waiting_letters(session) == []


def test_a_new_address_is_written_to_again_until_it_is_confirmed(client: Client, session: Session) -> None:
    own = account(session, Role.CANDIDATE, "")
    sign_in(client, own)
    assert "Gửi lại thư" not in client.get("/tai-khoan").text
    post(client, EMAIL, {"email": ADDRESS, "current": PASSWORD})
    assert ADDRESS in client.get("/tai-khoan").text
    first = the_letter(session, "confirm_email").path("/xac-nhan-thu/")
    answer(client, EMAIL)
    second = the_letter(session, "confirm_email").path("/xac-nhan-thu/")
    assert client.get(first).status_code == 410
    assert post(client, second).status_code == 303
    sent = len(waiting_letters(session))
    answer(client, EMAIL)
    assert len(waiting_letters(session)) == sent


def test_no_address_is_flooded(served: Served, settings: Settings, session: Session) -> None:
    client = browser(served(replace(settings, rate_limits=True)), session)
    register(client)
    said = [answer(client, REGISTER)[2] for _ in range(6)]
    assert "Đã gửi lại" in said[0]
    assert "Đã thử nhiều lần" in said[-1]
    assert len(waiting_letters(session)) == 5
