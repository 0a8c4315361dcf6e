"""The second step of signing in: what opens, what does not, replay, recovery codes, limits, the clock."""

import re
import threading
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from flask import Flask, make_response
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from registry.accounts.models import Account, AccountSession, Alert, HalfSignIn, SecondStepTry
from registry.accounts.operations import (
    accept_code,
    begin_sign_in,
    change_password,
    claim_second_try,
    finish_sign_in,
    forget_second_tries,
    keep_secret,
    renew_recovery_codes,
    suspend_account,
)
from registry.accounts.queries import half_sign_in_of, recovery_codes_left
from registry.accounts.rules import Role
from registry.accounts.rules.second_factor import HALF_SIGN_IN, code_of, step_at
from registry.accounts.views.signing_in import enter
from registry.audit.models import AuditEvent
from registry.config import Settings
from registry.db import Database
from registry.db.keys import WrongKey
from registry.web.clock import today
from tests.conftest import Client, Served, browser
from tests.factories.accounts import (
    PASSWORD,
    SECRET,
    account,
    cheap_hash,
    fresh_code,
    post,
    sign_in,
)
from tests.factories.api import is_refused_as_program
from tests.factories.databases import own_database

AT = datetime(2026, 11, 26, 1, 0, tzinfo=UTC)
STEP = "/dang-nhap/buoc-hai"
RECOVERY = "/dang-nhap/ma-du-phong"
# What somebody between the two steps may open: the sign-in itself, and what says nothing to anybody.
OPEN = {
    "/api/v1/openapi.json",
    "/du-lieu-mo",
    "/du-lieu-mo/catalog.jsonld",
    "/du-lieu-mo/<ma>",
    "/du-lieu-mo/<ma>/<so>",
    "/du-lieu-mo/<ma>/<so>/<tep>",
    "/_thanh-phan",
    "/chinh-sach",
    "/chinh-sach/<ma>",
    "/chinh-sach/kiem-tra",
    "/dang-ky/tai-khoan",
    "/dang-ky/tai-khoan/gui-lai",
    "/dang-ky/tai-khoan/lien-ket/<ma>",
    "/dang-ky/tai-khoan/xac-nhan",
    "/dang-nhap",
    "/dang-nhap/buoc-hai",
    "/dang-nhap/khoa",
    "/dang-nhap/ma-du-phong",
    "/dang-nhap/mot-lan",
    "/dang-nhap/mot-lan/ve",
    "/giu-lai/<ma>",
    "/healthz",
    "/hop-thu-minh-hoa",
    "/hop-thu-minh-hoa/<ma>",
    "/loi-moi/<ma>",
    "/moi/<ma>",
    "/quen-mat-khau",
    "/quen-mat-khau/<ma>",
    "/quen-mat-khau/da-gui",
    "/quen-mat-khau/gui-lai",
    "/readyz",
    "/tra-loi/<token>",
    "/tra-loi/<token>/xem",
    "/thu/dung/<ma>",
    "/xac-nhan-thu/<ma>",
}
"""Pages for everybody, signed in or not."""


def first_step(client: Client, email: str, following: str = "") -> str:
    """Type the password; where it leads."""
    answer = post(client, "/dang-nhap", {"email": email, "password": PASSWORD, "next": following})
    assert answer.status_code == 303
    return str(answer.headers["Location"])


def half_done(client: Client, session: Session) -> Account:
    """An officer with a second factor after the password."""
    made = account(session)
    assert first_step(client, made.email) == STEP
    return made


def test_after_the_password_comes_the_code_and_then_the_page_one_wanted(
    client: Client, session: Session
) -> None:
    made = account(session)
    assert first_step(client, made.email, "/tai-khoan") == STEP
    assert session.scalars(select(AccountSession)).all() == []
    with client.session_transaction() as cookie:
        half = cookie["half_sign_in"]
    answer = post(client, STEP, {"code": fresh_code(session, made)})
    assert (answer.status_code, answer.headers["Location"]) == (303, "/tai-khoan")
    with client.session_transaction() as cookie:
        assert set(cookie) == {"sign_in"}
        assert cookie["sign_in"] != half
    assert client.get("/tai-khoan").status_code == 200
    assert session.scalars(select(HalfSignIn)).all() == []
    done = session.scalars(select(AuditEvent).where(AuditEvent.action == "sign_in.done")).one()
    assert '"step":"totp"' in done.content


def test_between_the_steps_no_page_opens(app: Flask, client: Client, session: Session) -> None:
    """Every address that answers GET: it leads to signing in, asks for more in its address, or is not there."""
    half_done(client, session)
    opened: list[str] = []
    asked = 0
    for rule in app.url_map.iter_rules():
        if "GET" not in (rule.methods or set()) or rule.endpoint == "static" or rule.rule in OPEN:
            continue
        path = re.sub(r"<any\('?([\w-]+)'?[^>]*>", r"\1", rule.rule)
        answer = client.get(re.sub(r"<[^>]+>", "x", path))
        asked += 1
        if is_refused_as_program(rule, answer):
            continue
        if answer.status_code not in {302, 303} or not answer.headers["Location"].startswith("/dang-nhap"):
            opened.append(f"{rule.rule}: {answer.status_code}")
    assert opened == []
    assert asked > 60


def test_between_the_steps_nothing_can_be_sent(app: Flask, client: Client, session: Session) -> None:
    half_done(client, session)
    done: list[str] = []
    for rule in app.url_map.iter_rules():
        if "POST" not in (rule.methods or set()) or rule.rule in OPEN or rule.rule == "/dang-xuat":
            continue
        if rule.endpoint in {"pages.switch_language", "pages.content_policy_report"}:
            continue
        path = re.sub(r"<any\('?([\w-]+)'?[^>]*>", r"\1", rule.rule)
        answer = post(client, re.sub(r"<[^>]+>", "x", path))
        if is_refused_as_program(rule, answer):
            continue
        if answer.status_code != 303 or answer.headers["Location"] != "/dang-nhap":
            done.append(f"{rule.rule}: {answer.status_code}")
    assert done == []


def test_the_token_of_a_half_finished_sign_in_is_none_of_a_sign_in(client: Client, session: Session) -> None:
    half_done(client, session)
    with client.session_transaction() as cookie:
        cookie["sign_in"] = cookie["half_sign_in"]
    assert client.get("/tai-khoan").status_code == 302


@pytest.mark.parametrize("path", [STEP, RECOVERY])
def test_without_the_first_step_there_is_no_second(client: Client, path: str) -> None:
    assert client.get(path).headers["Location"] == "/dang-nhap"
    answer = post(client, path, {"code": "123456"})
    assert (answer.status_code, answer.headers["Location"]) == (303, "/dang-nhap")


def test_a_wrong_code_is_said_is_on_the_record_and_opens_nothing(client: Client, session: Session) -> None:
    half_done(client, session)
    wrong = code_of(SECRET, step_at(datetime.now(UTC)) + 50)
    for typed, words in (("", "Nhập mã 6 số"), (wrong, "Mã không đúng"), ("x" * 21, "Rút gọn")):
        answer = post(client, STEP, {"code": typed})
        assert answer.status_code == 422
        assert words in answer.text
    assert client.get("/tai-khoan").status_code == 302
    refused = session.scalars(
        select(AuditEvent).where(AuditEvent.action == "second_factor.refused").order_by(AuditEvent.id)
    ).all()
    assert [event.content for event in refused] == ['{"step":"totp"}']


def test_a_code_opens_once(client: Client, session: Session) -> None:
    made = half_done(client, session)
    code = fresh_code(session, made)
    assert post(client, STEP, {"code": code}).status_code == 303
    post(client, "/dang-xuat")
    assert first_step(client, made.email) == STEP
    answer = post(client, STEP, {"code": code})
    assert answer.status_code == 422
    assert "đã dùng" in answer.text


def test_after_a_later_code_the_one_before_is_worth_nothing(session: Session) -> None:
    made, step = account(session), step_at(AT)
    assert accept_code(session, made, code_of(SECRET, step + 1), at=AT)
    for earlier in (step - 1, step, step + 1):
        assert not accept_code(session, made, code_of(SECRET, earlier), at=AT)
    assert accept_code(session, made, code_of(SECRET, step + 2), at=AT + timedelta(seconds=30))


def test_a_secret_moved_into_another_account_opens_nothing(session: Session) -> None:
    one, other = account(session), account(session)
    other.totp_sealed = one.totp_sealed
    session.flush()
    with pytest.raises(WrongKey):
        accept_code(session, other, code_of(SECRET, step_at(AT)), at=AT)


def test_the_second_step_must_come_within_ten_minutes(session: Session) -> None:
    made = account(session)
    begun = begin_sign_in(session, made, device="", at=AT)
    assert begun.is_half
    last = AT + HALF_SIGN_IN - timedelta(microseconds=1)
    assert half_sign_in_of(session, begun.token, last) is not None
    assert half_sign_in_of(session, begun.token, AT + HALF_SIGN_IN) is None


def test_too_late_one_begins_again_and_is_told(client: Client, session: Session) -> None:
    made = half_done(client, session)
    for half in session.scalars(select(HalfSignIn)):
        half.expires_at = datetime.now(UTC)
    answer = post(client, STEP, {"code": fresh_code(session, made)})
    assert (answer.status_code, answer.headers["Location"]) == (303, "/dang-nhap")
    assert "Đã quá lâu" in client.get("/dang-nhap").text


def test_a_half_finished_sign_in_is_finished_once(session: Session) -> None:
    made = account(session)
    begun = begin_sign_in(session, made, device="", at=AT)
    half = half_sign_in_of(session, begun.token, AT)
    assert half is not None
    assert finish_sign_in(session, half, how="totp", at=AT) is not None
    assert half_sign_in_of(session, begun.token, AT) is None


def test_an_account_closed_between_the_steps_does_not_get_in(client: Client, session: Session) -> None:
    made = half_done(client, session)
    suspend_account(session, made, by=None, reason="thử", at=datetime.now(UTC), on=today())
    answer = post(client, STEP, {"code": fresh_code(session, made)})
    assert answer.headers["Location"] == "/dang-nhap"
    assert session.scalars(select(HalfSignIn)).all() == []


def test_leaving_between_the_steps_ends_it(client: Client, session: Session) -> None:
    half_done(client, session)
    post(client, "/dang-xuat")
    assert session.scalars(select(HalfSignIn)).all() == []
    assert client.get(STEP).headers["Location"] == "/dang-nhap"


def test_people_with_a_profile_of_their_own_need_no_second_step(client: Client, session: Session) -> None:
    made = account(session, Role.CANDIDATE)
    assert first_step(client, made.email, "/tai-khoan") == "/tai-khoan"
    page = client.get("/tai-khoan")
    assert page.status_code == 200
    assert "Bật đăng nhập hai lớp" in page.text


def test_a_recovery_code_opens_once_and_its_owner_is_told(client: Client, session: Session) -> None:
    made = half_done(client, session)
    codes = renew_recovery_codes(session, made, by=made.id, at=datetime.now(UTC))
    assert len(set(codes)) == 10
    assert post(client, RECOVERY, {"code": "aaaaa-aaaaa"}).status_code == 422
    assert post(client, RECOVERY, {"code": codes[3].upper().replace("-", " ")}).status_code == 303
    page = client.get("/tai-khoan").text
    assert "còn 9 mã" in page
    assert "đăng nhập bằng một mã dự phòng" in page
    post(client, "/dang-xuat")
    first_step(client, made.email)
    assert post(client, RECOVERY, {"code": codes[3]}).status_code == 422
    assert recovery_codes_left(session, made.id) == 9


def test_recovery_codes_of_another_account_or_of_before_open_nothing(
    client: Client, session: Session
) -> None:
    made, other = half_done(client, session), account(session)
    before = renew_recovery_codes(session, made, by=made.id, at=AT)
    renew_recovery_codes(session, made, by=made.id, at=AT)
    foreign = renew_recovery_codes(session, other, by=other.id, at=AT)
    for code in (before[0], foreign[0]):
        assert post(client, RECOVERY, {"code": code}).status_code == 422


@pytest.fixture
def limited(settings: Settings, served: Served, session: Session) -> Client:
    """A browser at an installation with limits on."""
    return browser(served(replace(settings, rate_limits=True)), session)


def test_after_five_wrong_codes_even_the_right_one_waits(limited: Client, session: Session) -> None:
    made = half_done(limited, session)
    assert [post(limited, STEP, {"code": "0"}).status_code for _ in range(5)] == [422] * 5
    answer = post(limited, STEP, {"code": fresh_code(session, made)})
    assert answer.status_code == 429
    assert 1 <= int(answer.headers["Retry-After"]) <= 300
    assert "Đợi" in answer.text
    assert post(limited, RECOVERY, {"code": "aaaaa-bbbbb"}).status_code == 429
    told = session.scalars(select(Alert).where(Alert.account_id == made.id)).one()
    assert told.kind == "second_factor.tried"


def test_tries_at_the_code_do_not_end_what_is_open(limited: Client, session: Session) -> None:
    made = account(session)
    owner = browser(limited.application, session)
    sign_in(owner, made)
    first_step(limited, made.email)
    for _ in range(6):
        post(limited, STEP, {"code": "0"})
    assert owner.get("/tai-khoan").status_code == 200


def test_a_right_code_gives_the_tries_back(session: Session) -> None:
    made = account(session)
    for _ in range(4):
        assert claim_second_try(session, made, at=AT) == timedelta(0)
    forget_second_tries(session, made)
    assert [claim_second_try(session, made, at=AT) for _ in range(5)] == [timedelta(0)] * 5
    assert claim_second_try(session, made, at=AT) == timedelta(minutes=5)


def test_each_account_has_tries_of_its_own_and_they_are_forgotten(session: Session) -> None:
    one, other = account(session), account(session)
    for _ in range(5):
        claim_second_try(session, one, at=AT)
    assert claim_second_try(session, other, at=AT) == timedelta(0)
    assert claim_second_try(session, one, at=AT + timedelta(days=2)) == timedelta(0)
    kept = session.scalar(select(func.count(SecondStepTry.id)).where(SecondStepTry.account_id == one.id))
    assert kept == 1


@pytest.fixture
def shared(database: Database, tmp_path: Path, request: pytest.FixtureRequest) -> Iterator[Database]:
    """A database of the same kind that several processes may really commit to."""
    with own_database(database, request, tmp_path, "second_steps", is_empty=True) as (_url, opened):
        yield opened


def test_processes_count_tries_as_one_and_accept_a_code_once(shared: Database) -> None:
    """Eight start together, each with connections of its own, as workers of one installation have."""
    with shared.writing() as session:
        made = account(session, role=None)
        keep_secret(session, made, SECRET, at=AT)
        session.commit()
    start = threading.Barrier(8)
    waited: list[bool] = []
    accepted: list[bool] = []
    failures: list[BaseException] = []

    def attempt() -> None:
        start.wait()
        try:
            with shared.writing() as session:
                own = session.get_one(Account, made.id)
                waited.append(claim_second_try(session, own, at=AT) > timedelta(0))
                accepted.append(accept_code(session, own, code_of(SECRET, step_at(AT)), at=AT))
                session.commit()
        except BaseException as failure:
            failures.append(failure)

    threads = [threading.Thread(target=attempt) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    assert failures == []
    assert sorted(waited) == [False] * 5 + [True] * 3
    assert sorted(accepted) == [False] * 7 + [True]


def test_a_new_password_never_spares_the_second_step(client: Client, session: Session) -> None:
    """A one-time password of an administrator, and whatever else proves the first step: the code still follows."""
    made = account(session)
    change_password(session, made, cheap_hash("câu mới hoàn toàn khác"), by=None, at=AT, is_temporary=False)
    answer = post(client, "/dang-nhap", {"email": made.email, "password": "câu mới hoàn toàn khác"})
    assert answer.headers["Location"] == STEP
    with client.application.test_request_context("/"):
        entered = enter(made.id, datetime.now(UTC), "/nguoi-dung")
        assert entered is not None
        assert make_response(entered).headers["Location"] == STEP
    assert session.scalars(select(AccountSession)).all() == []


def test_ending_all_sign_ins_ends_half_finished_ones(client: Client, session: Session) -> None:
    made = half_done(client, session)
    change_password(session, made, cheap_hash("x" * 12), by=None, at=AT)
    assert session.scalars(select(HalfSignIn)).all() == []
    assert post(client, STEP, {"code": fresh_code(session, made)}).headers["Location"] == "/dang-nhap"
