"""Keys: made on a screen, shown once, dead with the right of their maker; how much one may ask."""

import re
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from registry.accounts.models import SignInThrottle
from registry.accounts.operations import suspend_account
from registry.accounts.rules import Role
from registry.api.models import ApiToken
from registry.api.operations.tokens import LivesTooLong, end_token, make_token
from registry.api.rules import REQUESTS, STRANGERS, WINDOW, ApiScope
from registry.audit.models import AuditEvent
from registry.config import Settings
from registry.web.clock import now, today
from tests.conftest import Client, Served, browser
from tests.factories.accounts import account, post, sign_in
from tests.factories.api import get, key
from tests.factories.rights import with_account

FORM = {"name": "Phần mềm nhân sự", "scopes": ["people:read", "needs:read"], "unit": "VN/12/", "days": "90"}


def test_a_key_is_shown_once_opens_what_was_ticked_and_ends_with_a_reason(
    client: Client, session: Session
) -> None:
    sign_in(client, account(session, Role.SYSTEM_ADMIN, "VN/12/"))
    for wrong in ("VN", "VN/01/", ""):
        assert post(client, "/he-thong/api/tao", FORM | {"unit": wrong}).status_code == 422
    page = post(client, "/he-thong/api/tao", FORM)
    found = re.search(r"reg_[\w-]{43}", page.text)
    assert found is not None
    row = session.scalars(select(ApiToken)).one()
    assert found[0] not in (row.token_hash, row.name)
    assert row.scopes == ["people:read", "needs:read"]
    assert found[0] not in client.get("/he-thong/api").text
    headers = {"Authorization": f"Bearer {found[0]}"}
    assert client.get("/api/v1/people", headers=headers).status_code == 200
    assert client.get("/api/v1/places", headers=headers).status_code == 403
    session.expire_all()
    assert session.scalars(select(ApiToken.last_used_at)).one() is not None
    address = f"/he-thong/api/{row.public_id}/ket-thuc"
    assert post(client, address, {"reason": ""}).status_code == 422
    assert post(client, address, {"reason": "Hết hợp đồng"}).status_code == 303
    assert client.get("/api/v1/people", headers=headers).status_code == 401
    assert client.get(address).status_code == 404
    assert "Hết hợp đồng" in client.get("/he-thong/api").text
    told = session.scalars(select(AuditEvent.action).where(AuditEvent.subject_kind == "api_token")).all()
    assert sorted(told) == ["api_token.ended", "api_token.made"]


def test_a_key_dies_with_time_and_with_the_right_of_its_maker(client: Client, session: Session) -> None:
    maker, other = (account(session, Role.SYSTEM_ADMIN, "") for _ in range(2))
    lives, dies = key(session, maker=other), key(session, maker=maker)
    assert [get(client, one, "/needs").status_code for one in (lives, dies)] == [200, 200]
    suspend_account(session, maker, by=None, reason="thử", at=now(), on=today())
    assert [get(client, one, "/needs").status_code for one in (lives, dies)] == [200, 401]
    narrowed = key(session, maker=account(session, Role.SYSTEM_ADMIN, "VN/12/"), unit_path="VN/01/")
    assert get(client, narrowed, "/needs").status_code == 401
    bare = account(session, Role.SYSTEM_ADMIN, "", has_factor=False)
    assert get(client, key(session, maker=bare), "/needs").status_code == 401
    lives.row.expires_at = now() - timedelta(seconds=1)
    lives.row.made_at = now() - timedelta(days=1)
    session.commit()
    answer = get(client, lives, "/needs")
    assert answer.status_code == 401
    assert answer.data == get(client, dies, "/needs").data
    assert client.get("/api/v1/needs", headers={"Authorization": "Bearer x"}).data == answer.data


def test_a_key_lives_a_year_at_most(session: Session) -> None:
    at, by = datetime.now(UTC), account(session, Role.SYSTEM_ADMIN, "").id
    for days in (0, 400):
        with pytest.raises(LivesTooLong):
            make_token(
                session, name="x", scopes=[ApiScope.NEEDS_READ], unit_path="", by=by, at=at,
                expires_at=at + timedelta(days=days),
            )  # fmt: skip
    row = key(session).row
    for reason in ("một", "hai"):
        end_token(session, row, by=by, reason=reason, at=at)
    assert row.ended_because == "một"


def test_the_person_reads_which_system_looked(client: Client, session: Session) -> None:
    pao, own = with_account(session, "Lò Văn Pao")
    get(client, key(session, name="Phần mềm nhân sự"), f"/people/{pao.public_id}")
    sign_in(client, own)
    page = client.get("/toi/ai-da-xem").text
    assert "Phần mềm nhân sự" in page
    assert "qua API" in page


def test_too_many_requests_wait_for_the_next_window(
    served: Served, settings: Settings, session: Session
) -> None:
    client = browser(served(replace(settings, rate_limits=True)), session)
    one = key(session)
    first = get(client, one, "/needs")
    assert first.headers["RateLimit"].startswith(f'"key";r={REQUESTS - 1};t=')
    counter = session.scalars(select(SignInThrottle)).one()
    counter.failures = REQUESTS
    session.commit()
    late = get(client, one, "/needs")
    assert late.status_code == 429
    assert 0 < int(late.headers["Retry-After"]) <= WINDOW.total_seconds()
    counter.counted_since = now() - WINDOW
    session.commit()
    assert get(client, one, "/needs").status_code == 200
    strange = {"Authorization": "Bearer reg_" + "x" * 43}
    assert client.get("/api/v1/needs", headers=strange).status_code == 401
    for row in session.scalars(select(SignInThrottle)):
        row.failures = STRANGERS
    session.commit()
    assert client.get("/api/v1/needs", headers=strange).status_code == 429


@pytest.mark.parametrize("database", ["sqlite"], indirect=True)
def test_no_cookie_is_looked_at_and_none_is_set(client: Client, session: Session) -> None:
    sign_in(client, account(session))
    answer = client.get("/api/v1/people")
    assert answer.status_code == 401
    assert "Set-Cookie" not in answer.headers
    served = get(client, key(session), "/people")
    assert "Set-Cookie" not in served.headers
    assert served.headers["Cache-Control"] == "no-store"
    assert client.get("/api/v1/khong-co").mimetype == "application/problem+json"
    assert client.get("/khong-co").mimetype == "text/html"
