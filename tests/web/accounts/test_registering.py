"""Registering an account: the answer tells nobody who exists, the letter decides, scanners and races change nothing."""

import re
import threading
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import event, func, select
from sqlalchemy.orm import Session
from werkzeug.routing import MapAdapter

from registry.accounts.models import Account, AccountState, SignInThrottle, SingleUseLink
from registry.accounts.operations import PasswordHashing
from registry.accounts.rules import Permission, Role, permissions_of
from registry.accounts.rules.links import MOST_CODE_TRIES, typed_code
from registry.app.factory import create_app
from registry.audit.models import AuditEvent
from registry.config import Settings
from registry.db import Database
from registry.mail.models import MailOutbox
from tests.conftest import Client, browser
from tests.factories.accounts import CHEAP, account, form_token, post, sign_in
from tests.factories.databases import own_database
from tests.factories.letters import the_letter, waiting_letters

FORM, CODE = "/dang-ky/tai-khoan", "/dang-ky/tai-khoan/xac-nhan"
LINK = "/dang-ky/tai-khoan/lien-ket/"
CHOSEN = "một câu thật dài khó đoán"
ADDRESS = "nguoi-moi@vidu.vn"


def ask(client: Client, email: str = ADDRESS, password: str = CHOSEN, name: str = "Lò Thị Mai") -> Any:
    return post(client, FORM, {"email": email, "password": password, "display_name": name})


def other_browser(client: Client) -> Client:
    return browser(client.application, client.session)


def owner(session: Session, email: str = ADDRESS) -> Account | None:
    return session.scalars(
        select(Account).where(Account.email_folded == email).execution_options(populate_existing=True)
    ).one_or_none()


def test_a_newcomer_types_the_code_and_is_signed_in(client: Client, session: Session) -> None:
    answer = ask(client)
    assert (answer.status_code, answer.headers["Location"]) == (303, CODE)
    assert "Xem hộp thư của bạn" in client.get(CODE).text
    assert owner(session) is None
    letter = the_letter(session, "confirm_registration")
    assert letter.to == ADDRESS
    done = post(client, CODE, {"code": letter.code})
    assert (done.status_code, done.headers["Location"]) == (303, "/dang-ky")
    made = owner(session)
    assert made is not None
    assert (made.state, made.display_name) == (AccountState.ACTIVE, "Lò Thị Mai")
    assert [role.role for role in made.roles] == [Role.CANDIDATE]
    assert CHEAP.verify(made.password_hash, CHOSEN)
    assert client.get("/tai-khoan").status_code == 200
    assert client.get("/nguoi-dung").status_code == 403


def test_the_link_works_in_another_tab_and_looking_at_it_changes_nothing(
    client: Client, session: Session
) -> None:
    ask(client)
    path = the_letter(session, "confirm_registration").path(LINK)
    for _ in range(3):
        page = client.get(path)
        assert page.status_code == 200
        assert 'name="password"' not in page.text
        assert client.head(path).status_code == 200
    assert owner(session) is None
    assert post(client, path).status_code == 303
    assert owner(session) is not None
    over = client.get(path)
    assert over.status_code == 410
    assert "không dùng được nữa" in over.text
    assert post(client, path).status_code == 410


def test_another_browser_must_know_the_password_that_was_chosen(client: Client, session: Session) -> None:
    """Else whoever registers somebody else's address would have its owner confirm an account they know the key of."""
    ask(client)
    path, elsewhere = the_letter(session, "confirm_registration").path(LINK), other_browser(client)
    assert 'name="password"' in elsewhere.get(path).text
    assert post(elsewhere, path).status_code == 422
    wrong = post(elsewhere, path, {"password": "không phải câu ấy"})
    assert wrong.status_code == 422
    assert owner(session) is None
    assert post(elsewhere, path, {"password": CHOSEN}).status_code == 303
    assert elsewhere.get("/tai-khoan").status_code == 200


def test_a_chosen_password_cannot_be_guessed_behind_the_link(client: Client, session: Session) -> None:
    ask(client)
    path, elsewhere = the_letter(session, "confirm_registration").path(LINK), other_browser(client)
    for _ in range(MOST_CODE_TRIES):
        assert post(elsewhere, path, {"password": "không phải câu ấy"}).status_code == 422
    assert post(elsewhere, path, {"password": CHOSEN}).status_code == 410
    assert owner(session) is None


def test_after_five_wrong_codes_the_right_one_is_wrong_too(client: Client, session: Session) -> None:
    ask(client)
    right = the_letter(session, "confirm_registration").code
    wrong = "000000" if right != "000000" else "111111"
    for _ in range(MOST_CODE_TRIES):
        assert post(client, CODE, {"code": wrong}).status_code == 422
    assert post(client, CODE, {"code": right}).status_code == 422
    assert owner(session) is None


def test_a_code_is_forgiven_its_blanks_and_runs_out(client: Client, session: Session) -> None:
    assert [typed_code(text) for text in ("012 345", "012-345", "01234", "０１２３４５", "")] == [
        "012345",
        "012345",
        "",
        "",
        "",
    ]
    ask(client)
    letter = the_letter(session, "confirm_registration")
    link = session.scalars(select(SingleUseLink)).one()
    link.expires_at = datetime.now(UTC) - timedelta(seconds=1)
    assert post(client, CODE, {"code": letter.code}).status_code == 422
    assert client.get(letter.path(LINK)).status_code == 410
    assert owner(session) is None


def test_a_code_belongs_to_the_browser_that_asked(client: Client, session: Session) -> None:
    ask(client)
    code = the_letter(session, "confirm_registration").code
    assert post(other_browser(client), CODE, {"code": code}).status_code == 422


def test_an_owner_is_told_that_somebody_tried_and_nothing_changes(client: Client, session: Session) -> None:
    made = account(session, email=ADDRESS)
    before = made.password_hash
    answer = ask(client)
    assert (answer.status_code, answer.headers["Location"]) == (303, CODE)
    letter = the_letter(session, "address_known")
    assert letter.to == ADDRESS
    assert waiting_letters(session, "confirm_registration") == []
    assert post(client, CODE, {"code": "123456"}).status_code == 422
    session.refresh(made)
    assert made.password_hash == before
    assert client.get(letter.path("/quen-mat-khau/")).status_code == 200


def bare(page: str) -> str:
    """A page without what differs from request to request for everybody."""
    return re.sub(r'name="csrf_token"[^>]*value="[^"]*"|value="[^"]*"[^>]*name="csrf_token"', "", page)


def test_known_and_unknown_addresses_are_answered_with_the_same_bytes(app: Flask, session: Session) -> None:
    account(session, email="co@vidu.vn")
    answers: list[Any] = []
    for email in ("co@vidu.vn", "khong-co@vidu.vn"):
        client = browser(app, session)
        first = ask(client, email)
        shown = client.get(CODE)
        tried = post(client, CODE, {"code": "000000"})
        with client.session_transaction() as cookie:
            keys = sorted((name, type(value).__name__, len(str(value))) for name, value in cookie.items())
        answers.append(
            (
                (first.status_code, first.headers["Location"], len(first.headers.getlist("Set-Cookie"))),
                sorted(name for name, _value in first.headers),
                (shown.status_code, bare(shown.text)),
                (tried.status_code, bare(tried.text)),
                keys,
            )
        )
    assert answers[0] == answers[1]


def test_known_and_unknown_addresses_cost_the_same_work(
    app: Flask, session: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    """No clock: the slow hashes and the statements sent are counted."""
    account(session, email="co@vidu.vn")
    hashes: list[str] = []
    for name in ("hash", "verify"):
        plain = getattr(PasswordHashing, name)

        def counted(own: Any, *values: Any, plain: Any = plain, name: str = name) -> Any:
            hashes.append(name)
            return plain(own, *values)

        monkeypatch.setattr(PasswordHashing, name, counted)
    sent: list[str] = []

    def listen(_connection: Any, _cursor: Any, statement: str, *_sent: Any) -> None:
        if not statement.startswith(("SAVEPOINT", "RELEASE")):
            sent.append(statement.split(" (")[0][:60])

    event.listen(session.get_bind(), "before_cursor_execute", listen)
    work: list[Any] = []
    for email in ("khoi-dong@vidu.vn", "co@vidu.vn", "khong-co@vidu.vn"):  # the first fills caches
        for path in (FORM, "/quen-mat-khau"):
            client = browser(app, session)
            hashes.clear()
            sent.clear()
            fields = {"email": email, "password": CHOSEN, "display_name": "Lò Thị Mai"}
            assert post(client, path, fields).status_code == 303
            work.append((path, list(hashes), list(sent)))
    assert work[2] == work[4]
    assert work[3] == work[5]
    assert work[2][1] == ["hash"]


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"email": ""}, "Nhập địa chỉ thư điện tử"),
        ({"email": "khong phai dia chi"}, "ten@vidu.vn"),
        ({"email": f"a@vidu.vn\r\nBcc: {ADDRESS}"}, "ký tự"),
        ({"password": "ngắn"}, "ít nhất 8 ký tự"),
        ({"password": "matkhau123"}, "hay bị đoán"),
        ({"password": "Lò Thị Mai 1990"}, "không làm từ tên"),
        ({"display_name": ""}, "Nhập họ và tên"),
    ],
)
def test_what_is_typed_wrongly_is_kept_and_told(
    client: Client, session: Session, fields: dict[str, str], words: str
) -> None:
    typed = {"email": ADDRESS, "password": CHOSEN, "display_name": "Lò Thị Mai", **fields}
    answer = post(client, FORM, typed)
    assert answer.status_code == 422
    assert words in answer.text
    if typed["display_name"]:
        assert "Lò Thị Mai" in answer.text
    assert session.scalars(select(MailOutbox)).all() == []


def test_nothing_a_stranger_types_goes_to_an_address_a_stranger_typed(
    client: Client, session: Session
) -> None:
    ask(client, name="Bấm vào www.ke-gian.vn để nhận thưởng")
    letter = the_letter(session, "confirm_registration")
    assert "ke-gian" not in letter.body + letter.subject


def test_letters_and_pages_are_english_for_whoever_reads_english(client: Client, session: Session) -> None:
    post(client, "/ngon-ngu", {"lang": "en", "next": FORM})
    page = client.get(FORM).text
    assert 'lang="en"' in page
    ask(client)
    letter = the_letter(session, "confirm_registration")
    assert letter.row.language == "en"
    assert letter.body.startswith("Hello,")


def test_links_begin_with_the_configured_address_whatever_the_request_says(
    client: Client, session: Session
) -> None:
    fields = {"email": ADDRESS, "password": CHOSEN, "display_name": "Lò Thị Mai"}
    headers = {"X-Forwarded-Host": "ke-gian.vn", "X-Forwarded-Proto": "https"}
    post(client, FORM, fields, headers=headers)
    assert re.findall(r"https?://[^/\s]+", the_letter(session, "confirm_registration").body) == [
        "http://localhost",
        "http://localhost",
    ]
    refused = post(client, FORM, fields, headers={"Host": "ke-gian.vn"})
    assert refused.status_code == 400


def test_whoever_is_signed_in_needs_no_account(client: Client, session: Session) -> None:
    sign_in(client, account(session))
    assert client.get(FORM).status_code == 303


def test_a_newcomer_goes_on_to_the_registration_where_there_is_one(
    client: Client, session: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    def is_there(_adapter: Any, path: str, _method: str) -> bool:
        return path == "/dang-ky"

    monkeypatch.setattr(MapAdapter, "test", is_there)
    ask(client)
    done = post(client, CODE, {"code": the_letter(session, "confirm_registration").code})
    assert done.headers["Location"] == "/dang-ky"


def test_the_log_knows_what_happened_and_no_value(client: Client, session: Session) -> None:
    ask(client)
    post(client, CODE, {"code": the_letter(session, "confirm_registration").code})
    events = session.scalars(select(AuditEvent).order_by(AuditEvent.id)).all()
    told = [
        one.action for one in events if not one.action.startswith(("stream.", "vocabulary.", "policies."))
    ]
    assert told == ["link.issued", "account.created", "account.role_granted", "sign_in.done"]
    for one in events:
        assert ADDRESS not in one.content
        assert "Mai" not in one.content


def test_the_table_keeps_hashes_and_forgets_what_was_carried(client: Client, session: Session) -> None:
    ask(client)
    letter = the_letter(session, "confirm_registration")
    link = session.scalars(select(SingleUseLink)).one()
    token = letter.path(LINK).removeprefix(LINK)
    assert len(token) >= 43
    assert token not in (link.token_hash, link.public_id)
    assert letter.code not in str(link.code_digest)
    assert ADDRESS.encode() not in bytes(link.payload_sealed or b"")
    post(client, CODE, {"code": letter.code})
    session.refresh(link)
    assert link.payload_sealed is None
    assert link.used_at is not None


@pytest.fixture
def limited(settings: Settings) -> Settings:
    return replace(settings, rate_limits=True)


@pytest.mark.parametrize("path", [FORM, "/quen-mat-khau"])
def test_an_address_is_not_flooded_and_known_ones_wait_as_long(
    served: Any, limited: Settings, session: Session, path: str
) -> None:
    account(session, email="co@vidu.vn")
    app = served(limited)
    codes = {}
    for email in ("co@vidu.vn", "khong-co@vidu.vn"):
        fields = {"email": email, "password": CHOSEN, "display_name": "Lò Thị Mai"}
        client = browser(app, session)
        codes[email] = [post(client, path, fields).status_code for _ in range(7)]
        wait = post(client, path, fields)
        assert "Đợi" in wait.text
        assert email in wait.text
    assert codes["co@vidu.vn"] == codes["khong-co@vidu.vn"] == [303] * 5 + [429] * 2
    assert len(session.scalars(select(MailOutbox)).all()) == 10
    assert all(len(row) == 64 for row in session.scalars(select(SignInThrottle.subject)))
    limits = session.scalars(
        select(AuditEvent).where(AuditEvent.action == "limit.letter").order_by(AuditEvent.id)
    ).all()
    assert {one.subject_id for one in limits} == {"letters_to_address"}


@pytest.fixture
def shared(database: Database, tmp_path: Path, request: pytest.FixtureRequest) -> Iterator[Database]:
    """A database of the same kind that several requests may really commit to."""
    with own_database(database, request, tmp_path, "newcomers", is_empty=True) as (_url, opened):
        yield opened


@pytest.mark.slow
def test_fifty_racing_registrations_of_one_address_make_one_account(
    shared: Database, settings: Settings
) -> None:
    app = create_app(settings, shared)
    browsers = [app.test_client() for _ in range(50)]
    fields = {"email": ADDRESS, "password": CHOSEN, "display_name": "Lò Thị Mai"}
    tokens = [form_token(one) for one in browsers]

    def together(work: Any) -> list[int]:
        start, codes = threading.Barrier(len(browsers)), [0] * len(browsers)

        def run(number: int) -> None:
            start.wait()
            codes[number] = work(number)

        threads = [threading.Thread(target=run, args=(number,)) for number in range(len(browsers))]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join(120)
        return codes

    def register(number: int) -> int:
        sent = {**fields, "csrf_token": tokens[number]}
        return browsers[number].post(FORM, data=sent).status_code

    assert together(register) == [303] * 50
    with shared.writing() as session:
        paths = [one.path(LINK) for one in waiting_letters(session, "confirm_registration")]
    assert len(paths) == 50

    def confirm(number: int) -> int:
        sent = {"password": CHOSEN, "csrf_token": tokens[number]}
        return browsers[number].post(paths[number], data=sent).status_code

    codes = together(confirm)
    assert sorted(codes) == [303] + [410] * 49
    with shared.writing() as session:
        assert session.scalar(select(func.count(Account.id))) == 1
        made = session.scalars(select(Account)).one()
        assert [role.role for role in made.roles] == [Role.CANDIDATE]
        assert Permission.PROFILE_OWN in permissions_of(role.role for role in made.roles)
