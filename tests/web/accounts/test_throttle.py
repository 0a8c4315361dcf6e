"""Slowing down guesses: counted in the database, the same for known and unknown addresses, never ending a sign-in."""

import threading
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from registry.accounts.models import AccountSession, SignInThrottle
from registry.accounts.operations.throttle import claim_attempt, forgive_attempt
from registry.accounts.rules import Role
from registry.accounts.views.words import wait_sentence
from registry.audit.models import AuditEvent
from registry.config import Settings
from registry.db import Database
from tests.conftest import Client
from tests.factories.accounts import PASSWORD, account, post, sign_in
from tests.factories.databases import own_database

AT = datetime(2026, 11, 25, 1, 0, tzinfo=UTC)
FREE = 5


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    """The usual settings of tests, with limits on."""
    return replace(
        Settings("sqlite://", tmp_path, "s" * 40, ("k" * 40,), "http://localhost", testing=True),
        password_memory_kib=8,
        password_passes=1,
        password_lanes=1,
    )


def enter(
    client: Client, email: str, password: str, address: str = "203.0.113.7", forwarded: str = ""
) -> int:
    headers = {"X-Forwarded-For": forwarded} if forwarded else {}
    fields = {"email": email, "password": password}
    answer = post(client, "/dang-nhap", fields, headers=headers, environ_base={"REMOTE_ADDR": address})
    return int(answer.status_code)


def test_after_some_wrong_passwords_even_the_right_one_must_wait(client: Client, session: Session) -> None:
    made = account(session)
    assert [enter(client, made.email, "sai") for _ in range(FREE)] == [422] * FREE
    answer = post(
        client,
        "/dang-nhap",
        {"email": made.email, "password": PASSWORD},
        environ_base={"REMOTE_ADDR": "203.0.113.7"},
    )
    assert answer.status_code == 429
    assert 1 <= int(answer.headers["Retry-After"]) <= 10
    assert "Đợi" in answer.text
    assert made.email in answer.text


def test_an_unknown_address_waits_just_as_long(client: Client) -> None:
    assert [enter(client, "khong-co@vidu.vn", "sai") for _ in range(FREE + 1)] == [422] * FREE + [429]


def test_a_wait_runs_out_and_the_right_password_enters(client: Client, session: Session) -> None:
    made = account(session)
    for _ in range(FREE):
        enter(client, made.email, "sai")
    for row in session.scalars(select(SignInThrottle)):
        row.blocked_until = datetime.now(UTC) - timedelta(seconds=1)
    assert enter(client, made.email, PASSWORD) == 303


def test_a_success_gives_the_account_its_tries_back(client: Client, session: Session) -> None:
    made = account(session)
    for _ in range(3):
        assert [enter(client, made.email, "sai") for _ in range(FREE - 1)] == [422] * (FREE - 1)
        assert enter(client, made.email, PASSWORD) == 303


def test_a_stranger_elsewhere_does_not_keep_the_owner_out(client: Client, session: Session) -> None:
    made = account(session)
    for _ in range(FREE + 3):
        enter(client, made.email, "sai", address="198.51.100.1")
    assert enter(client, made.email, PASSWORD, address="203.0.113.7") == 303


def test_a_running_sign_in_is_not_touched(client: Client, session: Session) -> None:
    made = account(session)
    sign_in(client, made)
    other = client.application.test_client()
    assert isinstance(other, Client)
    other.session = session
    for _ in range(FREE + 3):
        enter(other, made.email, "sai")
    assert client.get("/tai-khoan").status_code == 200
    assert session.scalars(select(AccountSession.ended_at)).all() == [None]


def test_a_forged_forwarding_header_does_not_help(client: Client, session: Session) -> None:
    made = account(session)
    codes = [enter(client, made.email, "sai", forwarded=f"192.0.2.{number}") for number in range(FREE + 1)]
    assert codes == [422] * FREE + [429]


def test_one_network_may_not_try_many_addresses(session: Session) -> None:
    waits = [claim_attempt(session, f"a{number}@vidu.vn", "203.0.113.7", at=AT) for number in range(61)]
    assert waits[:60] == [timedelta(0)] * 60
    assert waits[60] > timedelta(0)
    assert claim_attempt(session, "a1@vidu.vn", "198.51.100.9", at=AT) == timedelta(0)


def test_an_office_that_signs_in_together_is_not_slowed(session: Session) -> None:
    for number in range(150):
        email = f"a{number}@vidu.vn"
        assert claim_attempt(session, email, "203.0.113.7", at=AT) == timedelta(0)
        forgive_attempt(session, email, "203.0.113.7", at=AT)


def test_tries_during_a_wait_neither_count_nor_lengthen_it(session: Session) -> None:
    for _ in range(FREE):
        claim_attempt(session, "a@vidu.vn", "n", at=AT)
    first = claim_attempt(session, "a@vidu.vn", "n", at=AT)
    for _ in range(20):
        assert claim_attempt(session, "a@vidu.vn", "n", at=AT) == first
    assert claim_attempt(session, "a@vidu.vn", "n", at=AT + first) == timedelta(0)


def test_reaching_a_limit_is_on_the_record_once(client: Client, session: Session) -> None:
    made = account(session)
    for _ in range(FREE + 4):
        enter(client, made.email, "sai")
    events = session.scalars(
        select(AuditEvent).where(AuditEvent.action == "limit.sign_in").order_by(AuditEvent.id)
    ).all()
    assert [event.subject_id for event in events] == ["account_from_network"]
    assert made.email not in events[0].content
    assert "203.0.113.7" not in events[0].content


def test_the_counters_hold_no_address_in_the_clear_and_are_forgotten(session: Session) -> None:
    claim_attempt(session, "a@vidu.vn", "203.0.113.7", at=AT)
    rows = session.scalars(select(SignInThrottle.subject)).all()
    assert len(rows) == 4
    assert all(len(row) == 64 and "vidu" not in row for row in rows)
    claim_attempt(session, "b@vidu.vn", "198.51.100.1", at=AT + timedelta(days=2))
    left = session.scalars(select(SignInThrottle.counted_since)).all()
    assert all(since == AT + timedelta(days=2) for since in left)


def test_changing_the_password_is_slowed_too(client: Client, session: Session) -> None:
    sign_in(client, account(session))
    fields = {"current": "sai", "password": "một câu hoàn toàn khác", "again": "một câu hoàn toàn khác"}
    codes = [post(client, "/tai-khoan/mat-khau", fields).status_code for _ in range(FREE + 1)]
    assert codes == [422] * FREE + [429]


@pytest.fixture
def shared(database: Database, tmp_path: Path, request: pytest.FixtureRequest) -> Iterator[Database]:
    """A database of the same kind that several processes may really commit to."""
    with own_database(database, request, tmp_path, "guessers", is_empty=True) as (_url, opened):
        yield opened


def test_guesses_at_the_same_moment_count_as_one_after_the_other(shared: Database) -> None:
    """Twelve guessers start together, each with connections of its own, as workers of one installation have."""
    start = threading.Barrier(12)
    let_through: list[bool] = []
    failures: list[BaseException] = []

    def guess() -> None:
        start.wait()
        try:
            with shared.writing() as session:
                wait = claim_attempt(session, "a@vidu.vn", "203.0.113.7", at=AT)
                session.commit()
                let_through.append(wait == timedelta(0))
        except BaseException as failure:
            failures.append(failure)

    threads = [threading.Thread(target=guess) for _ in range(12)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    assert failures == []
    assert sum(let_through) == FREE


@pytest.mark.parametrize(
    ("seconds", "words"), [(1, "1 giây"), (89, "89 giây"), (90, "2 phút"), (900, "15 phút")]
)
def test_the_wait_is_said_in_round_figures(client: Client, seconds: int, words: str) -> None:
    with client.application.test_request_context():
        assert words in wait_sentence(seconds)


def test_whoever_administers_is_slowed_too(client: Client, session: Session) -> None:
    sign_in(client, account(session, Role.SYSTEM_ADMIN, ""))
    for entry in session.scalars(select(AccountSession)):
        entry.proved_at = None
    path = f"/nguoi-dung/{account(session).public_id}/mat-khau"
    wrong = {"proof_password": "sai", "proof_code": "000000"}
    assert [post(client, path, wrong).status_code for _ in range(FREE + 1)] == [422] * FREE + [429]


def test_a_network_gets_one_try_back_after_a_success_even_beyond_its_limit(session: Session) -> None:
    for number in range(62):
        claim_attempt(session, f"a{number}@vidu.vn", "203.0.113.7", at=AT + timedelta(seconds=number * 4))
    forgive_attempt(session, "a1@vidu.vn", "203.0.113.7", at=AT)
    rows = session.scalars(select(SignInThrottle).where(SignInThrottle.blocked_until.is_not(None))).all()
    assert len(rows) == 1
