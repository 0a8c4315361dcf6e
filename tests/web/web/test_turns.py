"""While too many search at once the page says so, keeps what was typed and asks again; plain pages answer."""

from collections.abc import Generator, Iterator
from contextlib import contextmanager
from threading import Thread
from types import SimpleNamespace
from typing import Any

import pytest
from flask import Flask, Response
from sqlalchemy.orm import Session

from registry.accounts.rules import Role
from registry.web import turns as turns_of_web
from registry.web.headers import CONTENT_POLICY
from registry.web.lanes import lanes_for
from registry.web.turns import NoTurn, Turns, in_turn, takes_turns
from registry.web.turns import install as install_turns
from tests.conftest import Client
from tests.factories.accounts import account, post, sign_in
from tests.web.reading import statements

SEARCH = "/ung-vien?q=k%E1%BA%BF+to%C3%A1n"


class _Lost(Turns):
    """A place seemed free, and was gone when the view asked for it."""

    @contextmanager
    def one(self, patience: float = 0.0) -> Generator[None]:  # noqa: ARG002 - as its like
        raise NoTurn
        yield


@pytest.fixture
def turns(app: Flask, monkeypatch: pytest.MonkeyPatch) -> Turns:
    """The only turn of the app."""
    found = Turns(at_once=1)
    monkeypatch.setitem(app.extensions, "registry.turns", found)
    return found


@pytest.mark.parametrize("address", [SEARCH, "/ky-nang?tim=k%E1%BA%BF+to%C3%A1n"])
def test_a_page_without_a_turn_asks_again_with_everything_typed(
    turns: Turns, officer: Client, address: str
) -> None:
    with turns.one():
        answer = officer.get(address)
        assert answer.status_code == 503
        assert (answer.headers["Retry-After"], answer.headers["Refresh"]) == ("2", "2")
        assert f'href="{address}"' in answer.text
        assert officer.get("/nhu-cau").status_code == 200
    answer = officer.get(address)
    assert answer.status_code == 200
    assert "Refresh" not in answer.headers


def test_to_say_later_asks_the_database_nothing_and_leaves_the_session_alone(
    turns: Turns, officer: Client, session: Session
) -> None:
    with turns.one():
        officer.get(SEARCH)
        with statements(session) as asked:
            answer = officer.get(SEARCH)
    assert (answer.status_code, asked) == (503, [])
    assert "Set-Cookie" not in answer.headers
    assert answer.headers["Content-Security-Policy"] == CONTENT_POLICY
    assert answer.headers["Cache-Control"] == "no-store"


def test_what_was_typed_is_escaped_in_the_page_that_says_later(turns: Turns, officer: Client) -> None:
    with turns.one():
        answer = officer.get("/ung-vien", query_string='q="><b>x&tu=1')
    assert "<b>x" not in answer.text
    assert "&lt;b&gt;x&amp;tu=1" in answer.text or "%3Cb%3Ex&amp;tu=1" in answer.text


def test_the_page_that_says_later_speaks_the_language_of_who_asks(turns: Turns, officer: Client) -> None:
    with turns.one():
        assert '<html lang="vi">' in officer.get(SEARCH).text
        assert '<html lang="en">' in officer.get(f"{SEARCH}&lang=en").text
    with officer.session_transaction() as cookie:
        cookie["language"] = "en"
    with turns.one():
        assert '<html lang="en">' in officer.get(SEARCH).text


def test_the_page_kept_for_everybody_shows_nothing_of_who_was_told_first(
    app: Flask, officer: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(app.extensions, "registry.turns", _Lost())
    monkeypatch.setitem(app.extensions, "registry.turn_pages", type(app.extensions["registry.turn_pages"])())
    answer = officer.get(SEARCH)
    assert answer.status_code == 503
    assert "csrf_token" not in answer.text
    assert "/dang-xuat" not in answer.text


def test_strangers_take_no_turn_and_go_to_sign_in_even_when_all_are_taken(
    app: Flask, client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(app.extensions, "registry.turns", _Lost())
    assert client.get(SEARCH).status_code == 302
    taken = Turns(at_once=1)
    monkeypatch.setitem(app.extensions, "registry.turns", taken)
    with taken.one():
        answer = client.get(SEARCH)
    assert (answer.status_code, answer.headers["Location"].split("?")[0]) == (302, "/dang-nhap")


def test_an_answer_in_pieces_keeps_its_turn_until_its_end() -> None:
    app = Flask("pieces")
    install_turns(app)
    turns = app.extensions["registry.turns"] = Turns(at_once=1)

    @app.get("/")
    @in_turn
    def pieces() -> Response:  # pyright: ignore[reportUnusedFunction]
        def each() -> Iterator[str]:
            yield "one"
            yield "two"

        return Response(each())

    answer = app.test_client().get("/", buffered=False)
    assert turns.are_taken
    assert answer.text == "onetwo"
    answer.close()
    assert not turns.are_taken


def test_who_sends_a_form_for_a_costly_file_waits_a_moment(
    app: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    turns = Turns(at_once=1)
    made: list[str] = []

    def makes() -> None:
        with turns.one(patience=5):
            made.append("second")

    with turns.one():
        other = Thread(target=makes)
        other.start()
        made.append("first")
    other.join()
    assert made == ["first", "second"]
    assert not turns.are_taken


def test_without_a_turn_the_sender_is_asked_to_press_again(
    app: Flask, client: Client, session: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(turns_of_web, "_PATIENCE_SECONDS", 0.0)
    taken = Turns(at_once=1)
    monkeypatch.setitem(app.extensions, "registry.turns", taken)
    sign_in(client, account(session, Role.CANDIDATE, ""))
    with taken.one():
        for referrer, place in (
            ("http://localhost/toi/ai-da-xem", "/toi/ai-da-xem"),
            ("http://x.example//y", "/"),
        ):
            answer = post(client, "/toi/tai-du-lieu", headers={"Referer": referrer})
            assert (answer.status_code, answer.headers["Location"]) == (303, place)
    assert post(client, "/toi/tai-du-lieu").status_code == 404  # a turn, and no record
    assert takes_turns(app, "registrations.receipt")


def _channel(address: str, command: str = "GET", error: Any = None) -> SimpleNamespace:
    return SimpleNamespace(requests=[SimpleNamespace(path=address, command=command, error=error)])


def test_costly_pages_stand_in_a_lane_of_their_own(app: Flask) -> None:
    """What passes is told by giving out: a plain request goes first."""
    for costly in ("/ung-vien", "/ky-nang", "/nhu-cau/abc/xep-hang"):
        for plain in (
            _channel("/nhu-cau"),
            _channel(costly, "POST"),
            _channel("/không-có"),
            _channel(costly, error="broken"),
        ):
            lanes = lanes_for(app)
            lanes.append(_channel(costly))
            lanes.append(plain)
            assert lanes.take() == (plain, False)
