"""Letters as others meet them: the queue page, the demonstration inbox, the warning of many wrong tries, canaries."""

import logging
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from threading import Event
from typing import Any

import pytest
import structlog
from flask import Flask
from sqlalchemy import select
from sqlalchemy.exc import OperationalError
from sqlalchemy.orm import Session

from registry.accounts.rules import Role
from registry.app.posting import keep_posting, post_now
from registry.audit.models import AuditEvent
from registry.config import Settings
from registry.db import Database
from registry.mail.models import MailOutbox
from registry.mail.operations import queue_letter
from registry.mail.posting import post_due_letters
from registry.mail.rules import Ending, Letter, LetterState, Outcome
from registry.mail.transport import mail_folder, transport_of
from registry.web.clock import now
from registry.web.installation import DEMONSTRATION, keep_fact
from tests.conftest import Client, browser
from tests.factories.accounts import PASSWORD, account, post, sign_in
from tests.factories.databases import own_database
from tests.factories.letters import (
    VALUES,
    Remembering,
    SweepWork,
    queued,
    shown_rows,
    the_letter,
    waiting_letters,
)
from tests.web.mail.test_outbox import sweep

QUEUE, INBOX = "/he-thong/thu", "/hop-thu-minh-hoa"
CANARY = "chim-hoang-yen@vidu.vn"


@pytest.fixture
def administrator(client: Client, session: Session) -> Client:
    sign_in(client, account(session, Role.SYSTEM_ADMIN, ""))
    return client


def failed(session: Session, outcome: Outcome) -> MailOutbox:
    letter = queued(session, CANARY, at=now())
    sweep(session, Remembering(answers={CANARY: outcome}), SweepWork(session, at=now()))
    return letter


def test_the_queue_page_counts_and_never_shows_whom_or_what(administrator: Client, session: Session) -> None:
    failed(session, Outcome(Ending.REFUSED, "smtp-554"))
    queued(session, CANARY, kind="reset_password", at=now())
    page = administrator.get(QUEUE).text
    assert "Không có tài khoản" in page
    assert "máy chủ thư trả lời 554" in page
    assert "Đặt mật khẩu mới" in page
    assert "chim-hoang-yen" not in page
    assert "Chào bạn" not in page
    assert "Chưa có máy chủ thư" in page


def test_a_letter_that_failed_is_sent_again_from_the_page(administrator: Client, session: Session) -> None:
    letter = failed(session, Outcome(Ending.ADDRESS_REFUSED, "smtp-550"))
    path = f"{QUEUE}/{letter.public_id}/gui-lai"
    assert path in administrator.get(QUEUE).text
    assert post(administrator, path).status_code == 303
    session.refresh(letter)
    assert letter.state is LetterState.QUEUED
    assert "Đã xếp thư" in administrator.get(QUEUE).text
    event = session.scalars(select(AuditEvent).where(AuditEvent.action == "letter.sent_again")).one()
    assert event.subject_id == letter.public_id
    post(administrator, path)
    assert "không gửi lại được" in administrator.get(QUEUE).text


def test_every_fault_has_words(administrator: Client, session: Session) -> None:
    for fault in ("timeout", "tls", "dropped", "unreachable", "folder", "smtp", "address", "wrong-key"):
        failed(session, Outcome(Ending.REFUSED, fault))
    page = administrator.get(QUEUE).text
    for code in ("timeout", "unreachable", "wrong-key"):
        assert f">{code}<" not in page


@pytest.mark.parametrize(
    ("role", "unit", "code"),
    [
        (Role.SYSTEM_ADMIN, "VN/12/", 404),
        (Role.OFFICER, "", 403),
        (Role.AUDITOR, "", 403),
        (Role.CAMPAIGN_ADMIN, "", 403),
        (Role.CANDIDATE, "", 403),
    ],
)
def test_the_queue_is_for_whoever_administers_the_whole_installation(
    client: Client, session: Session, role: Role, unit: str, code: int
) -> None:
    letter = failed(session, Outcome(Ending.REFUSED, "smtp-554"))
    sign_in(client, account(session, role, unit))
    assert client.get(QUEUE).status_code == code
    assert post(client, f"{QUEUE}/{letter.public_id}/gui-lai").status_code == code
    session.refresh(letter)
    assert letter.state is LetterState.FAILED


def test_the_list_of_accounts_leads_to_the_queue(administrator: Client, session: Session) -> None:
    assert QUEUE in administrator.get("/nguoi-dung").text
    elsewhere = browser(administrator.application, session)
    sign_in(elsewhere, account(session, Role.SYSTEM_ADMIN, "VN/12/"))
    assert QUEUE not in elsewhere.get("/nguoi-dung").text


def posted(session: Session, settings: Settings) -> None:
    """What is due goes where this installation sends it."""
    post_due_letters(post_work(session), session.info["keyring"], transport_of(settings), settings.mail_from)


def post_work(session: Session) -> SweepWork:
    """A sweep a moment after all that was queued."""
    return SweepWork(session, at=now() + timedelta(seconds=1))


@pytest.fixture
def demonstration(client: Client, session: Session) -> Client:
    keep_fact(session, DEMONSTRATION, "1")
    return client


def test_a_newcomer_alone_at_one_machine_finishes_a_registration(
    demonstration: Client, session: Session, settings: Settings
) -> None:
    fields = {"email": CANARY, "password": "một câu thật dài khó đoán", "display_name": "Lò Thị Mai"}
    post(demonstration, "/dang-ky/tai-khoan", fields)
    assert INBOX in demonstration.get("/dang-ky/tai-khoan/xac-nhan").text
    assert "Chưa có thư nào" in demonstration.get(INBOX).text
    posted(session, settings)
    letter = session.scalars(select(MailOutbox)).one()
    assert f"{INBOX}/{letter.public_id}" in demonstration.get(INBOX).text
    page = demonstration.get(f"{INBOX}/{letter.public_id}").text
    assert CANARY in page
    assert 'href="/dang-ky/tai-khoan/lien-ket/' in page
    path = page.split('href="/dang-ky/tai-khoan/lien-ket/')[1].split('"')[0]
    assert post(demonstration, f"/dang-ky/tai-khoan/lien-ket/{path}").status_code == 303


def test_only_addresses_of_this_installation_can_be_followed(
    demonstration: Client, session: Session, settings: Settings
) -> None:
    for home in ("http://localhost.ke-gian.vn/", "http://ke-gian.vn/", "javascript:alert(1)//"):
        queue_letter(
            session, Letter("no_account", "vi", CANARY, {**VALUES, "register": f"{home}x"}), at=now()
        )
    session.commit()
    posted(session, settings)
    for letter in session.scalars(select(MailOutbox)):
        page = demonstration.get(f"{INBOX}/{letter.public_id}").text
        assert 'href="http' not in page.split("<main", 1)[1].split("</main", 1)[0]
        assert 'href="javascript' not in page


@pytest.mark.parametrize(
    "other",
    [
        {"public_url": "https://nhanluc.vidu.vn", "rate_limits": True},
        {"smtp_url": "smtp://thu.vidu.vn", "mail_from": "so@vidu.vn"},
        {},
    ],
)
def test_everywhere_else_there_is_no_such_inbox(
    served: Any, settings: Settings, session: Session, other: dict[str, Any]
) -> None:
    if other:
        keep_fact(session, DEMONSTRATION, "1")
    changed: Any = replace
    app: Flask = served(changed(settings, **other))
    host = "nhanluc.vidu.vn" if "public_url" in other else "localhost"
    (mail_folder(settings.data_dir)).mkdir()
    client = browser(app, session)
    for path in (INBOX, f"{INBOX}/{'0' * 26}"):
        assert client.get(path, headers={"Host": host}).status_code == 404
    missing = client.get("/khong-co-trang-nay", headers={"Host": host})
    assert missing.status_code == 404


@pytest.fixture
def limited(served: Any, settings: Settings, session: Session) -> Client:
    return browser(served(replace(settings, rate_limits=True)), session)


def test_an_owner_is_told_once_of_many_wrong_tries(limited: Client, session: Session) -> None:
    made = account(session)
    open_elsewhere = browser(limited.application, session)
    sign_in(open_elsewhere, made)
    codes = [
        post(limited, "/dang-nhap", {"email": made.email, "password": "sai"}).status_code for _ in range(8)
    ]
    assert codes == [422] * 5 + [429] * 3
    letter = the_letter(session, "sign_in_slowed")
    assert (letter.to, letter.row.account_public_id) == (made.email, made.public_id)
    for _ in range(6):
        headers = {"REMOTE_ADDR": "198.51.100.9"}
        post(limited, "/dang-nhap", {"email": made.email, "password": "sai"}, environ_base=headers)
    assert len(waiting_letters(session, "sign_in_slowed")) == 1
    assert open_elsewhere.get("/tai-khoan").status_code == 200


def test_nobody_is_told_where_there_is_nobody_or_too_few_tries(limited: Client, session: Session) -> None:
    made = account(session)
    for _ in range(4):
        post(limited, "/dang-nhap", {"email": made.email, "password": "sai"})
    post(limited, "/dang-nhap", {"email": made.email, "password": PASSWORD})
    for _ in range(8):
        post(limited, "/dang-nhap", {"email": "khong-co@vidu.vn", "password": "sai"})
    assert waiting_letters(session) == []


@pytest.mark.slow
def test_a_worker_posts_what_a_page_queued(
    database: Database, settings: Settings, tmp_path: Path, request: pytest.FixtureRequest
) -> None:
    """As the worker does it, past all other work; it says how many went, never whom to."""
    with own_database(database, request, tmp_path, "posted", is_empty=True) as (_url, own):
        assert post_now(own, settings) == {"sent": 0, "not_sent": 0}
        with own.writing() as session:
            queue_letter(session, Letter("no_account", "vi", CANARY, VALUES), at=now())
            session.commit()
        assert post_now(own, settings) == {"sent": 1, "not_sent": 0}
        files = list(mail_folder(settings.data_dir).glob("*.eml"))
        assert [f"To: {CANARY}" in one.read_text() for one in files] == [True]
        assert post_now(own, settings) == {"sent": 0, "not_sent": 0}


@pytest.mark.slow
def test_letters_go_beside_other_work_and_survive_a_database_that_is_away(
    database: Database, settings: Settings, tmp_path: Path, request: pytest.FixtureRequest
) -> None:
    with own_database(database, request, tmp_path, "beside", is_empty=True) as (_url, own):
        with own.writing() as session:
            queue_letter(session, Letter("no_account", "vi", CANARY, VALUES), at=now())
            session.commit()
        stopped = Event()

        class Flaky(Database):
            """Away at the first look, there at the second; at the third the worker is stopped."""

            looks = [0]  # noqa: RUF012 - shared on purpose

            def read_session(self) -> Session:
                self.looks[0] += 1
                if self.looks[0] == 1:
                    raise OperationalError("SELECT", {}, Exception("away"))
                if self.looks[0] == 3:
                    stopped.set()
                return super().read_session()

        flaky = Flaky(own.read_engine, own.write_engine, own.keyring)
        with structlog.testing.capture_logs() as logged:
            keep_posting(flaky, settings, stopped, pause=0.01)
        assert [one["event"] for one in logged] == ["letters_not_posted"]
        assert len(list(mail_folder(settings.data_dir).glob("*.eml"))) == 1


def test_what_was_typed_is_in_no_log_job_header_or_address(
    client: Client, session: Session, settings: Settings, caplog: pytest.LogCaptureFixture
) -> None:
    """Name, address and password of a newcomer, through every step; the letter itself is the control."""
    caplog.set_level(logging.DEBUG)
    name, password = "Kim Oanh Hoàng Yến", "câu mật khẩu hoàng yến"
    addresses: list[str] = []
    with structlog.testing.capture_logs() as logged:
        fields = {"email": CANARY, "password": password, "display_name": name}
        for path, sent in (("/dang-ky/tai-khoan", fields), ("/quen-mat-khau", {"email": CANARY})):
            answer = post(client, path, sent)
            addresses.append(answer.headers["Location"])
        code = the_letter(session, "confirm_registration").code
        transport = Remembering(answers={})
        addresses.append(post(client, "/dang-ky/tai-khoan/xac-nhan", {"code": code}).headers["Location"])
        sweep(session, Remembering(answers={CANARY: Outcome(Ending.LATER, "smtp-450")}), post_work(session))
        sweep(session, transport, SweepWork(session, at=now() + timedelta(minutes=10)))
    headers = [
        f"{key}: {value}" for one in transport.taken for key, value in one.items() if key not in {"To"}
    ]
    tables = ("job", "mail_outbox", "single_use_link", "audit_event", "sign_in_throttle")
    rows = [shown_rows(session, table) for table in tables]
    sinks = repr((caplog.text, logged, addresses, headers, rows))
    assert {one for one in ("chim-hoang-yen", "Oanh", "hoàng yến", "ho\\xe0ng") if one in sinks} == set()
    assert [str(one["To"]) for one in transport.taken] == [CANARY, CANARY]
