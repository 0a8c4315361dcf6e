"""Asking an OpenID provider: nobody waits long for it, and nobody else is called."""

import time
from collections.abc import Callable, Iterator
from threading import Semaphore
from typing import Any

import pytest

from registry.config import Misconfigured, SignOnSettings
from registry.config.sign_on import check_sign_on, sign_on_of
from registry.web import openid
from registry.web.openid import OpenIdProvider, ProviderAway, Question
from tests.factories.issuers import FakeIssuer, running_issuer

ASKED = Question("s" * 43, "n" * 43, "v" * 43)
DISCOVERY = "/.well-known/openid-configuration"
BACK = "http://localhost/ve"


@pytest.fixture(scope="module")
def listening() -> Iterator[FakeIssuer]:
    with running_issuer() as issuer:
        yield issuer


@pytest.fixture
def issuer(listening: FakeIssuer) -> FakeIssuer:
    listening.reset()
    return listening


def test_what_it_publishes_is_asked_for_once(issuer: FakeIssuer) -> None:
    service = OpenIdProvider(issuer.settings())
    for _ in range(3):
        service.address(ASKED, BACK)
        service.keys()
    assert issuer.calls == [DISCOVERY, "/keys"]


def test_keys_are_not_asked_for_all_day(issuer: FakeIssuer) -> None:
    clock = [0.0]
    service = OpenIdProvider(issuer.settings(), lambda: clock[0])
    service.keys()
    for clock[0] in (1.0, 29.0, 31.0, 32.0):
        service.keys(are_stale=True)
    assert issuer.calls.count("/keys") == 2


@pytest.mark.parametrize(
    "published",
    [
        {"issuer": "https://khac.example"},
        {"jwks_uri": "http://127.0.0.1:1/keys"},
        {"jwks_uri": "https://khac.example/keys"},
        {"jwks_uri": "file:///etc/passwd"},
        {"jwks_uri": None},
    ],
)
def test_nobody_else_is_called(issuer: FakeIssuer, published: dict[str, Any]) -> None:
    issuer.published = published
    with pytest.raises(ProviderAway):
        OpenIdProvider(issuer.settings()).keys()
    assert issuer.calls == [DISCOVERY]


@pytest.mark.parametrize(
    "answer",
    [
        lambda: (302, b"http://127.0.0.1:1/elsewhere"),
        lambda: (200, b'{"issuer": "' + b"x" * 300_000 + b'"}'),
        lambda: (200, b"[]"),
        lambda: (200, b"<html>"),
        lambda: (503, b""),
    ],
)
def test_what_is_no_answer_is_none(issuer: FakeIssuer, answer: Callable[[], tuple[int, bytes]]) -> None:
    issuer.answers[DISCOVERY] = answer
    with pytest.raises(ProviderAway):
        OpenIdProvider(issuer.settings()).keys()
    assert issuer.calls == [DISCOVERY]


def test_a_slow_provider_holds_nobody(issuer: FakeIssuer, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(openid, "CALL_SECONDS", 0.2)
    clock, never = [0.0], Semaphore(0)
    service: Any = OpenIdProvider(issuer.settings(), lambda: clock[0])
    begun: list[float] = []

    def drips() -> None:
        begun.append(clock[0])
        never.acquire()

    began = time.monotonic()
    for clock[0] in (
        0.0,
        1.0,
        11.0,
        22.0,
    ):  # the second is told at once, the fourth finds no place for a thread
        with pytest.raises(ProviderAway):
            service._in_time(drips)
    assert begun == [0.0, 11.0]
    assert time.monotonic() - began < 2
    never.release(2)


def test_the_environment_names_a_provider() -> None:
    assert sign_on_of({}) is None
    found = sign_on_of(
        {
            "REGISTRY_SSO_ISSUER": "https://dang-nhap.example",
            "REGISTRY_SSO_CLIENT_ID": "so",
            "REGISTRY_SSO_CLAIMS": "email=mail, verified=mail_ok",
            "REGISTRY_SSO_ROLES": "candidate,officer",
            "REGISTRY_SSO_STRONG": "loa3 mfa",
            "REGISTRY_SSO_HOSTS": "Token.example",
        }
    )
    assert found is not None
    check_sign_on(found)
    assert [found.claim(what) for what in ("subject", "email", "verified")] == ["sub", "mail", "mail_ok"]
    assert (found.roles, found.strong) == (("candidate", "officer"), ("loa3", "mfa"))
    assert found.may_call("https://token.example/token")
    assert not found.may_call("http://token.example/token")
    assert not found.may_call("https://ai-do@dang-nhap.example/token")


@pytest.mark.parametrize(
    "wrong",
    [
        {"REGISTRY_SSO_ISSUER": "http://dang-nhap.example"},
        {"REGISTRY_SSO_ISSUER": "https://"},
        {"REGISTRY_SSO_ISSUER": "https://x.example/?a=b"},
        {"REGISTRY_SSO_CLIENT_ID": ""},
        {"REGISTRY_SSO_CLAIMS": "mail"},
        {"REGISTRY_SSO_CLAIMS": "phone=tel"},
        {"REGISTRY_SSO_LABEL": "Hai\ndòng"},
    ],
)
def test_a_provider_that_could_not_be_trusted_is_refused_at_the_start(wrong: dict[str, str]) -> None:
    usual = {"REGISTRY_SSO_ISSUER": "https://dang-nhap.example", "REGISTRY_SSO_CLIENT_ID": "so"}
    with pytest.raises(Misconfigured):
        check_sign_on(sign_on_of(usual | wrong) or SignOnSettings("", ""))
