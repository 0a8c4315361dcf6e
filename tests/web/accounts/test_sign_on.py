"""Signing in with an OpenID provider: who gets in, who is linked after which proof, and what is not taken."""

import hmac
import json
import re
from base64 import urlsafe_b64encode
from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from flask import Flask
from joserfc import jwt
from joserfc.jwk import ECKey
from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from registry.accounts.models import Account, Alert, LinkedIdentity, SpentQuestion
from registry.accounts.rules import Role, throttle
from registry.audit.models import AuditEvent
from registry.config import Settings
from registry.web import openid
from tests.conftest import Client, Served, browser
from tests.factories.accounts import PASSWORD, account, post, sign_in
from tests.factories.issuers import FakeIssuer, running_issuer
from tests.factories.letters import the_letter

START, BACK, STEP = "/dang-nhap/mot-lan", "/dang-nhap/mot-lan/ve", "/dang-nhap/mot-lan/tiep"
OWN = "/tai-khoan/mot-lan"
MAIL = "lo.thi.mai@vidu.vn"
CHOSEN = "một câu thật dài khó đoán"


@pytest.fixture(scope="module")
def listening() -> Iterator[FakeIssuer]:
    with running_issuer() as issuer:
        yield issuer


@pytest.fixture
def issuer(listening: FakeIssuer) -> FakeIssuer:
    listening.reset()
    return listening


Browse = Callable[..., Client]


@pytest.fixture
def browse(issuer: FakeIssuer, settings: Settings, served: Served, session: Session) -> Browse:
    """Gives a browser at an installation that has this provider."""

    def make(**more: Any) -> Client:
        own = replace(settings, sign_on=issuer.settings(label="VNeID mẫu", **more))
        app = served(own)
        openid.install(app, own.sign_on)  # nothing kept of what an earlier test published
        return browser(app, session)

    return make


def go(client: Client, issuer: FakeIssuer, **claims: Any) -> Any:
    """To the provider and back; what the way back answers."""
    return client.get(issuer.visit(client.get(START).headers["Location"], **claims))


def verified(email: str = MAIL, **more: Any) -> dict[str, Any]:
    return {"email": email, "email_verified": True, "name": "Lò Thị Mai"} | more


def is_in(client: Client) -> bool:
    return client.get("/tai-khoan").status_code == 200


def links(session: Session) -> list[LinkedIdentity]:
    return list(session.scalars(select(LinkedIdentity)).all())


def refusals(session: Session) -> list[str]:
    events = session.scalars(
        select(AuditEvent).where(AuditEvent.action == "sign_in.refused").order_by(AuditEvent.id)
    )
    return [found[1] for one in events if (found := re.search(r'"why": ?"([^"]+)"', one.content))]


def linked(client: Client, issuer: FakeIssuer, session: Session, **known: Any) -> Account:
    """An account that the identity `nguoi-1` opens; nobody is signed in afterwards."""
    made = account(session, Role.CANDIDATE, "", email=MAIL, **known)
    go(client, issuer, **verified())
    assert post(client, STEP, {"password": PASSWORD}).status_code == 303
    post(client, "/dang-xuat")
    assert not is_in(client)
    return made


def test_without_a_provider_there_is_no_button_and_no_page(client: Client) -> None:
    assert "mot-lan" not in client.get("/dang-nhap").text
    for path in (START, BACK):
        assert client.get(path).status_code == 404


def missing(_name: str) -> None:
    """No such package."""


def test_without_the_extra_there_is_no_button_either(browse: Browse, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(openid, "find_spec", missing)
    client = browse()
    assert "VNeID" not in client.get("/dang-nhap").text
    assert client.get(START).status_code == 404


def test_the_browser_is_sent_with_a_code_challenge_and_the_configured_way_back(
    browse: Browse, issuer: FakeIssuer
) -> None:
    client = browse(label_en="Sample ID")
    assert "Đăng nhập bằng VNeID mẫu" in client.get("/dang-nhap").text
    sent = client.get(START, headers={"X-Forwarded-Host": "xau.example"})
    asked = parse_qs(urlsplit(sent.headers["Location"]).query)
    assert sent.headers["Location"].startswith(f"{issuer.url}/authorize?")
    assert asked["redirect_uri"] == ["http://localhost/dang-nhap/mot-lan/ve"]
    assert (asked["response_type"], asked["code_challenge_method"]) == (["code"], ["S256"])
    assert len(asked["state"][0]) >= 43
    assert len(asked["nonce"][0]) >= 43
    assert asked["state"] != asked["nonce"]


def test_an_unknown_person_becomes_an_account_with_a_password_of_its_own(
    browse: Browse, issuer: FakeIssuer, session: Session
) -> None:
    client = browse()
    back = go(client, issuer, **verified())
    assert (back.status_code, back.headers["Location"]) == (303, STEP)
    assert session.scalars(select(Account).where(Account.email_folded == MAIL)).all() == []
    page = client.get(STEP).text
    assert MAIL in page
    assert 'value="Lò Thị Mai"' in page
    assert post(client, STEP, {"display_name": "Lò Thị Mai", "password": "12345678"}).status_code == 422
    done = post(client, STEP, {"display_name": "Lò Thị Mai", "password": CHOSEN})
    assert (done.status_code, done.headers["Location"]) == (303, "/dang-ky")
    made = session.scalars(select(Account).where(Account.email_folded == MAIL)).one()
    assert [role.role for role in made.roles] == [Role.CANDIDATE]
    assert [link.account_id for link in links(session)] == [made.id]
    assert "nguoi-1" not in links(session)[0].subject_digest
    assert is_in(client)
    post(client, "/dang-xuat")
    assert go(client, issuer, **verified("dia-chi-moi@vidu.vn")).headers["Location"] == "/"
    assert is_in(client)  # by who it is there, whatever address it has by now


def test_an_account_of_that_address_is_linked_only_after_its_password(
    browse: Browse, issuer: FakeIssuer, session: Session
) -> None:
    client, known = browse(), account(session, Role.CANDIDATE, "", email=MAIL)
    go(client, issuer, **verified())
    assert "Địa chỉ này đã có tài khoản" in client.get(STEP).text
    assert post(client, STEP, {"password": "không phải câu ấy"}).status_code == 422
    assert links(session) == []
    assert not is_in(client)
    assert post(client, STEP, {"password": PASSWORD}).status_code == 303
    assert [link.account_id for link in links(session)] == [known.id]
    assert is_in(client)
    assert session.scalars(select(Alert.kind)).all() == ["identity.linked"]
    assert "nối với dịch vụ đăng nhập chung" in client.get("/tai-khoan").text


def test_or_after_a_code_sent_to_the_address(browse: Browse, issuer: FakeIssuer, session: Session) -> None:
    client, known = browse(), account(session, Role.CANDIDATE, "", email=MAIL)
    go(client, issuer, **verified())
    assert post(client, "/dang-nhap/mot-lan/thu").status_code == 303
    code = the_letter(session, "link_identity").code
    elsewhere = browser(client.application, session)
    go(elsewhere, issuer, **verified(sub="ke-khac"))
    assert post(elsewhere, "/dang-nhap/mot-lan/ma", {"code": code}).status_code == 422
    wrong = "000000" if code != "000000" else "000001"
    assert post(client, "/dang-nhap/mot-lan/ma", {"code": wrong}).status_code == 422
    assert links(session) == []
    assert post(client, "/dang-nhap/mot-lan/ma", {"code": code}).status_code == 303
    assert [link.account_id for link in links(session)] == [known.id]
    assert is_in(client)


@pytest.mark.parametrize(
    "said", [{"email_verified": False}, {"email_verified": None}, {"email": "khong phai"}]
)
def test_an_address_the_provider_did_not_verify_opens_and_makes_nothing(
    browse: Browse, issuer: FakeIssuer, session: Session, said: dict[str, Any]
) -> None:
    client, _known = browse(), account(session, Role.CANDIDATE, "", email=MAIL)
    go(client, issuer, **(verified() | said))
    assert "chưa xác nhận địa chỉ thư" in client.get(STEP).text
    for fields in ({"password": PASSWORD}, {"display_name": "Lò Thị Mai", "password": CHOSEN}):
        post(client, STEP, fields)
    post(client, "/dang-nhap/mot-lan/thu")
    assert links(session) == []
    assert not is_in(client)


def test_officers_are_not_let_in_unless_the_settings_say_so(
    browse: Browse, issuer: FakeIssuer, session: Session
) -> None:
    client = browse()
    account(session, Role.OFFICER, email=MAIL, has_factor=False)
    go(client, issuer, **verified())
    assert post(client, STEP, {"password": PASSWORD}).headers["Location"] == "/dang-nhap"
    assert "chỉ đăng nhập bằng mật khẩu" in client.get("/dang-nhap").text
    assert links(session) == []
    assert not is_in(client)


@pytest.mark.parametrize(("acr", "is_asked"), [("loa1", True), ("loa3", False)])
def test_officers_are_asked_for_the_second_factor_unless_the_provider_asked(
    browse: Browse, issuer: FakeIssuer, session: Session, acr: str, is_asked: bool
) -> None:
    client = browse(roles=("candidate", "officer"), strong=("loa3",))
    officer = account(session, Role.OFFICER, email=MAIL)
    go(client, issuer, **verified(acr="loa3"))
    assert "đăng nhập hai lớp" in client.get(STEP).text  # the password alone would go past it
    post(client, STEP, {"password": PASSWORD})
    assert links(session) == []
    sign_in(client, officer)
    go(client, issuer, **verified(acr=acr))
    word = re.search(r'name="identity" value="([^"]+)"', client.get(OWN).text)
    assert word
    assert post(client, OWN, {"identity": word[1]}).status_code == 303
    post(client, "/dang-xuat")
    back = go(client, issuer, **verified(acr=acr))
    assert (back.headers["Location"] == "/dang-nhap/buoc-hai") is is_asked
    assert is_in(client) is not is_asked


def test_one_links_from_ones_own_account_and_unlinks_there(
    browse: Browse, issuer: FakeIssuer, session: Session
) -> None:
    client, other = browse(), account(session, Role.CANDIDATE, "")
    own = account(session, Role.CANDIDATE, "")
    sign_in(client, own)
    back = go(client, issuer, **verified("ho-so-khac@vidu.vn"))
    assert back.headers["Location"] == OWN
    page = client.get(OWN).text
    assert "ho-so-khac@vidu.vn" in page
    assert links(session) == []
    word = re.search(r'name="identity" value="([^"]+)"', page)
    assert word
    stranger = browser(client.application, session)
    sign_in(stranger, other)
    assert post(stranger, OWN, {"identity": word[1]}).status_code == 303
    assert links(session) == []  # made for another account
    post(client, OWN, {"identity": word[1]})
    (link,) = links(session)
    assert link.account_id == own.id
    assert go(stranger, issuer, **verified()).headers["Location"] == "/tai-khoan"
    assert "một tài khoản khác" in stranger.get("/tai-khoan").text
    assert post(stranger, f"{OWN}/{link.public_id}/go").status_code == 404
    assert post(client, f"{OWN}/{link.public_id}/go").status_code == 303
    assert links(session) == []
    post(client, OWN, {"identity": word[1]})
    assert links(session) == []  # good once


def test_a_suspended_account_stays_closed(browse: Browse, issuer: FakeIssuer, session: Session) -> None:
    client = browse()
    made = linked(client, issuer, session)
    made.state = type(made.state).SUSPENDED
    session.commit()
    assert go(client, issuer, **verified()).headers["Location"] == "/dang-nhap"
    assert not is_in(client)


def by_hand(header: dict[str, Any], claims: dict[str, Any], secret: bytes = b"") -> str:
    """A token as no library would make it: unsigned, or signed with whatever is at hand."""
    told = b".".join(base64(json.dumps(part).encode()) for part in (header, claims))
    signature = base64(hmac.digest(secret, told, "sha256")) if secret else b""
    return b".".join((told, signature)).decode()


def base64(some: bytes) -> bytes:
    return urlsafe_b64encode(some).rstrip(b"=")


def test_forged_tokens_open_nothing(browse: Browse, issuer: FakeIssuer, session: Session) -> None:
    """Unsigned, signed with a key nobody published, with the public key as a shared secret, for others, too old."""
    client = browse()
    linked(client, issuer, session)
    stranger = ECKey.generate_key("P-256", {"kid": "k1"})
    shared: bytes = issuer.key.as_pem(private=False)
    before = len(refusals(session))

    def unsigned(claims: dict[str, Any]) -> str:
        return by_hand({"alg": "none"}, claims)

    def with_public_key(claims: dict[str, Any]) -> str:
        return by_hand({"alg": "HS256", "kid": "k1"}, claims, shared)

    def with_other_key(claims: dict[str, Any]) -> str:
        return jwt.encode({"alg": "ES256", "kid": "k1"}, claims, stranger)

    def with_unknown_key(claims: dict[str, Any]) -> str:
        return jwt.encode({"alg": "ES256", "kid": "k9"}, claims, stranger)

    def no_token(_claims: dict[str, Any]) -> str:
        return "không.phải.thẻ"

    attacks: list[tuple[str, dict[str, Any], Any]] = [
        ("algorithm", {}, unsigned),
        ("algorithm", {}, with_public_key),
        ("signature", {}, with_other_key),
        ("key", {}, with_unknown_key),
        ("form", {}, no_token),
        ("issuer", {"iss": "https://khac.example"}, issuer.signed),
        ("audience", {"aud": "may-khach-khac"}, issuer.signed),
        ("authorised_party", {"aud": ["so-nhan-luc", "may-khach-khac"]}, issuer.signed),
        ("nonce", {"nonce": "x" * 43}, issuer.signed),
        ("expired", {"exp": 1_700_000_000}, issuer.signed),
        ("older_than_the_question", {"iat": 1_700_000_000}, issuer.signed),
        ("from_the_future", {"iat": 4_000_000_000, "exp": 4_000_000_300}, issuer.signed),
        ("times_missing", {"exp": None}, issuer.signed),
        ("subject", {"sub": ""}, issuer.signed),
    ]
    for _reason, claims, sign in attacks:
        issuer.claims, issuer.sign = claims, sign
        assert go(client, issuer, **verified()).headers["Location"] == "/dang-nhap"
        assert not is_in(client)
    assert refusals(session)[before:] == [reason for reason, _claims, _sign in attacks]
    issuer.claims, issuer.sign = {}, issuer.signed
    go(client, issuer, **verified())
    assert is_in(client)


def test_answers_of_another_browser_again_or_from_elsewhere_open_nothing(
    browse: Browse, issuer: FakeIssuer, session: Session
) -> None:
    client = browse()
    linked(client, issuer, session)
    way = issuer.visit(client.get(START).headers["Location"])
    stranger = browser(client.application, session)
    assert stranger.get(way).headers["Location"] == "/dang-nhap"
    mixed = way.replace(f"iss={issuer.url}", "iss=https://khac.example")
    with client.session_transaction() as cookie:
        kept = dict(cookie)
    assert client.get(mixed).headers["Location"] == "/dang-nhap"
    with client.session_transaction() as cookie:
        cookie.update(kept)  # the cookie from before: the question was answered once
    assert client.get(way).headers["Location"] == "/dang-nhap"
    way = issuer.visit(client.get(START).headers["Location"])
    assert client.get(way + "&state=khac").headers["Location"] == "/dang-nhap"
    assert client.get(way).headers["Location"] == "/"
    assert is_in(client)
    assert refusals(session)[-4:] == ["question", "sender", "question_again", "question"]
    post(client, "/dang-xuat")
    used = issuer.visit(client.get(START).headers["Location"])
    issuer.codes.clear()  # somebody else was quicker with the code
    assert client.get(used).headers["Location"] == "/dang-nhap"
    assert refusals(session)[-1] == "code"


def test_a_provider_that_names_itself_must_do_so(
    browse: Browse, issuer: FakeIssuer, session: Session
) -> None:
    issuer.published = {"authorization_response_iss_parameter_supported": True}
    client = browse()
    way = issuer.visit(client.get(START).headers["Location"])
    client.get(way.partition("&iss=")[0])
    assert refusals(session)[-1] == "sender"


def test_a_new_key_of_the_provider_is_found(browse: Browse, issuer: FakeIssuer, session: Session) -> None:
    client = browse()
    linked(client, issuer, session)
    clock = [0.0]
    service: Any = client.application.extensions["registry.openid"]
    service._clock = lambda: clock[0]
    service._keys_at = service._document_at = 0.0
    issuer.change_key("k2")
    go(client, issuer)
    assert not is_in(client)  # asked for keys a moment ago
    clock[0] = 31.0
    go(client, issuer)
    assert is_in(client)


def test_a_provider_that_is_away_leaves_the_password(
    browse: Browse, issuer: FakeIssuer, session: Session
) -> None:
    issuer.answers["/.well-known/openid-configuration"] = lambda: (500, b"")
    client = browse()
    account(session, Role.CANDIDATE, "", email=MAIL)
    assert client.get(START).headers["Location"] == "/dang-nhap"
    page = client.get("/dang-nhap").text
    assert "VNeID mẫu hiện không trả lời" in page
    asked = len(issuer.calls)
    client.get(START)
    assert len(issuer.calls) == asked  # nobody waits for it again at once
    assert post(client, "/dang-nhap", {"email": MAIL, "password": PASSWORD}).headers["Location"] == "/"
    assert is_in(client)


def test_the_cookie_tells_nobody_who_came_back(browse: Browse, issuer: FakeIssuer) -> None:
    client = browse()
    go(client, issuer, **verified())
    with client.session_transaction() as cookie:
        assert MAIL not in str(dict(cookie))
        assert "nguoi-1" not in str(dict(cookie))


def test_no_way_back_leads_out_of_the_site(browse: Browse, issuer: FakeIssuer, session: Session) -> None:
    client = browse()
    linked(client, issuer, session)
    sent = client.get(f"{START}?next=//xau.example")
    assert client.get(issuer.visit(sent.headers["Location"])).headers["Location"] == "/"


def test_who_comes_back_too_often_must_wait(
    issuer: FakeIssuer,
    settings: Settings,
    served: Served,
    session: Session,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(throttle, "NETWORK", replace(throttle.NETWORK, free=2))
    own = replace(settings, sign_on=issuer.settings(), rate_limits=True)
    app: Flask = served(own)
    openid.install(app, own.sign_on)
    client = browser(app, session)
    for _ in range(3):
        with client.session_transaction() as cookie:
            cookie["sign_on_question"] = ["s", "n", "v", 4_000_000_000, ""]
        client.get(f"{BACK}?state=s&error=access_denied")
        session.execute(delete(SpentQuestion))
    assert "Đợi" in client.get("/dang-nhap").text
