"""Asking an OpenID provider: what it publishes of itself, its keys, the exchange of a code. Knows no room.

A worker of ours never waits long for it: every call ends within seconds, few run at once, and after a failure nobody
asks again for a moment. Called is nobody but the provider that the settings name.
"""

import time
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import Future
from concurrent.futures import TimeoutError as Overdue
from dataclasses import dataclass
from importlib.util import find_spec
from threading import BoundedSemaphore, Lock, Thread
from typing import Any, TypeVar, cast

import structlog
from flask import Flask, current_app

from registry.config import SignOnSettings

Answer = TypeVar("Answer")

CALL_SECONDS = 5.0
"""So long one call may take in all."""
PAUSE_SECONDS = 10.0
"""After a failure nobody is sent to wait for the next one for so long."""
_CONNECT_SECONDS = 3.0
_CALLS_AT_ONCE = 2
_DOCUMENT_LASTS, _KEYS_LAST, _KEYS_AT_MOST_EVERY = 3_600.0, 3_600.0, 30.0
_LONGEST_BODY = 262_144
_DISCOVERY = "/.well-known/openid-configuration"
_EXTENSION = "registry.openid"
_SCOPES = "openid email profile"

log = structlog.get_logger("registry.openid")


class ProviderAway(Exception):
    """The provider does not answer in time, or not as one does."""


class CodeRefused(Exception):
    """The provider does not take the code: it was used, is too old, or is none of its own."""


@dataclass(frozen=True)
class Question:
    """What goes with somebody to the provider and must come back: random, and known to this browser alone."""

    state: str
    nonce: str
    verifier: str


def is_installed() -> bool:
    """Whether the extra [sso] is there."""
    return all(find_spec(name) is not None for name in ("authlib", "requests", "joserfc"))


class OpenIdProvider:
    """One provider, as seen from one process of ours; safe for threads."""

    def __init__(self, settings: SignOnSettings, clock: Callable[[], float] = time.monotonic) -> None:
        self.settings = settings
        self._clock = clock
        self._places, self._guard = BoundedSemaphore(_CALLS_AT_ONCE), Lock()
        self._document: Mapping[str, Any] = {}
        self._keys: Sequence[Mapping[str, Any]] = ()
        self._document_at = self._keys_at = self._failed_at = float("-inf")

    def address(self, question: Question, back: str) -> str:
        """Where somebody signs in at the provider, to come back to `back` with a code. Raises ProviderAway."""
        client = self._client(back)
        address, _state = client.create_authorization_url(
            self._endpoint("authorization_endpoint"),
            state=question.state,
            nonce=question.nonce,
            code_verifier=question.verifier,
        )
        return str(address)

    def id_token(self, code: str, question: Question, back: str) -> str:
        """The ID token for a code. Raises ProviderAway and CodeRefused."""
        endpoint = self._endpoint("token_endpoint")

        def exchange() -> Mapping[str, Any]:
            from authlib.integrations.base_client.errors import OAuthError  # noqa: PLC0415 - of an extra

            try:
                return self._client(back).fetch_token(
                    endpoint,
                    grant_type="authorization_code",
                    code=code,
                    code_verifier=question.verifier,
                    allow_redirects=False,
                    timeout=(_CONNECT_SECONDS, CALL_SECONDS),
                )
            except OAuthError as error:
                raise CodeRefused from error

        token = self._in_time(exchange).get("id_token")
        if not isinstance(token, str):
            raise ProviderAway
        return token

    def keys(self, *, are_stale: bool = False) -> Sequence[Mapping[str, Any]]:
        """The keys the provider publishes (JWK). With `are_stale` they are asked for anew, though not at every call:
        a stranger with made-up tokens must not make us ask all day. Raises ProviderAway."""
        lasts = _KEYS_AT_MOST_EVERY if are_stale else _KEYS_LAST
        if self._clock() - self._keys_at >= lasts:
            found = self._read(self._endpoint("jwks_uri")).get("keys")
            if not isinstance(found, list):
                raise ProviderAway
            rows: list[Any] = [row for row in cast("list[Any]", found) if isinstance(row, dict)]
            self._keys = rows
            self._keys_at = self._clock()
        return self._keys

    @property
    def names_itself(self) -> bool:
        """Whether the provider says its name beside each code (RFC 9207)."""
        return self._published().get("authorization_response_iss_parameter_supported") is True

    def _endpoint(self, name: str) -> str:
        address = self._published().get(name)
        if not isinstance(address, str) or not self.settings.may_call(address):
            log.error("openid_address_refused", name=name)
            raise ProviderAway
        return address

    def _published(self) -> Mapping[str, Any]:
        """What the provider says of itself; kept for an hour."""
        if self._clock() - self._document_at >= _DOCUMENT_LASTS:
            found = self._read(self.settings.issuer.rstrip("/") + _DISCOVERY)
            if found.get("issuer") != self.settings.issuer:
                log.error("openid_other_issuer")
                raise ProviderAway
            self._document, self._document_at = found, self._clock()
        return self._document

    def _read(self, address: str) -> Mapping[str, Any]:
        def read() -> Any:
            with self._client("") as client:
                waits = (_CONNECT_SECONDS, CALL_SECONDS)
                answer = client.get(address, withhold_token=True, allow_redirects=False, timeout=waits)
                if answer.status_code != 200:
                    raise ProviderAway
                return answer.json()

        found = self._in_time(read)
        if not isinstance(found, dict):
            raise ProviderAway
        return cast("dict[str, Any]", found)

    def _in_time(self, call: Callable[[], Answer]) -> Answer:
        """The answer of a call. It runs beside this thread, which goes on when the time is over: a provider that
        drips a byte a second would else hold it."""
        if self._clock() - self._failed_at < PAUSE_SECONDS or not self._places.acquire(blocking=False):
            raise ProviderAway
        came: Future[Answer] = Future()

        def run() -> None:
            try:
                came.set_result(call())
            except BaseException as fault:
                came.set_exception(fault)
            finally:
                self._places.release()

        Thread(target=run, name="openid", daemon=True).start()
        try:
            return came.result(CALL_SECONDS)
        except CodeRefused:
            raise
        except (Exception, Overdue) as fault:
            self._failed_at = self._clock()
            log.error("openid_provider_away", fault=type(fault).__name__)
            raise ProviderAway from fault

    def _client(self, back: str) -> Any:
        from authlib.integrations.requests_client import OAuth2Session  # noqa: PLC0415 - of an extra

        made: Any = OAuth2Session(
            self.settings.client_id,
            self.settings.client_secret or None,
            scope=_SCOPES,
            redirect_uri=back,
            code_challenge_method="S256",
        )
        made.trust_env = False  # no proxy and no password of the environment
        made.mount("https://", _short_answers())
        made.mount("http://", _short_answers())
        return made


def install(app: Flask, settings: SignOnSettings | None) -> None:
    """Keep the provider of the settings for the process; none without the extra [sso], which the log says."""
    if settings is not None and not is_installed():
        log.error("openid_extra_missing", extra="sso")
        settings = None
    app.extensions[_EXTENSION] = None if settings is None else OpenIdProvider(settings)


def provider() -> OpenIdProvider | None:
    """The provider of the current app, if it has one."""
    return cast("OpenIdProvider | None", current_app.extensions[_EXTENSION])


def _short_answers() -> Any:
    """How requests are sent: an answer of more than 256 KiB is none."""
    from requests import PreparedRequest, Response  # noqa: PLC0415 - of an extra
    from requests.adapters import HTTPAdapter  # noqa: PLC0415 - of an extra

    class ShortAnswers(HTTPAdapter):
        def send(self, request: PreparedRequest, *args: Any, **options: Any) -> Response:
            answer = super().send(request, *args, **(options | {"stream": True}))
            body = answer.raw.read(_LONGEST_BODY + 1, decode_content=True)
            answer.close()
            if len(body) > _LONGEST_BODY:
                raise ProviderAway
            setattr(answer, "_content", body)  # noqa: B010 - requests would read it without a limit
            setattr(answer, "_content_consumed", True)  # noqa: B010
            return answer

    return ShortAnswers()
