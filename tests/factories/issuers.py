"""An OpenID provider on this machine: a real HTTP server with keys of its own, that lies when a test tells it to."""

import json
import threading
from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Callable, Generator
from contextlib import contextmanager
from datetime import UTC, datetime
from hashlib import sha256
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlsplit

from joserfc import jwt
from joserfc.jwk import ECKey

from registry.config import SignOnSettings

CLIENT, SECRET = "so-nhan-luc", "bi-mat-cua-may-khach"


class FakeIssuer:
    """Signs in whoever it is told to, at once. `claims`, `sign` and `published` may be replaced by a test."""

    def __init__(self) -> None:
        self.server = ThreadingHTTPServer(("127.0.0.1", 0), _handler(self))
        self.url = f"http://127.0.0.1:{self.server.server_address[1]}"
        self.reset()

    def reset(self) -> None:
        """An honest provider with a fresh key."""
        self.calls: list[str] = []
        self.codes: dict[str, dict[str, str]] = {}
        self.claims: dict[str, Any] = {}
        self.published: dict[str, Any] = {}
        self.answers: dict[str, Callable[[], tuple[int, bytes]]] = {}
        self.sign: Callable[[dict[str, Any]], str] = self.signed
        self.keys: list[Any] = []
        self.change_key("k1")

    def change_key(self, kid: str) -> None:
        """Sign with another key from now on, and publish only that."""
        self.key = ECKey.generate_key("P-256", {"kid": kid})
        self.keys = [self.key]

    def signed(self, claims: dict[str, Any]) -> str:
        """The token of these claims, rightly signed."""
        return jwt.encode({"alg": "ES256", "kid": self.key.kid}, claims, self.key)

    def settings(self, **more: Any) -> SignOnSettings:
        """What an installation says of this provider."""
        said: dict[str, Any] = {"issuer": self.url, "client_id": CLIENT, "client_secret": SECRET} | more
        return SignOnSettings(**said)

    def visit(self, address: str, **claims: Any) -> str:
        """Somebody signs in at the address they were sent to; the path with query they are sent back to."""
        asked = {name: values[0] for name, values in parse_qs(urlsplit(address).query).items()}
        code = f"code-{len(self.codes)}-{asked['state'][:6]}"
        self.codes[code] = asked | {"claims": json.dumps(claims)}
        path = urlsplit(asked["redirect_uri"]).path
        return f"{path}?code={code}&state={asked['state']}&iss={self.url}"

    def answer(self, path: str, form: dict[str, str], authorization: str) -> tuple[int, bytes]:
        """What a call gets."""
        self.calls.append(path)
        if path in self.answers:
            return self.answers[path]()
        if path == "/.well-known/openid-configuration":
            return 200, _json(self._discovery() | self.published)
        if path == "/keys":
            return 200, _json({"keys": [key.as_dict(private=False) for key in self.keys]})
        return self._token(form, authorization) if path == "/token" else (404, b"")

    def _discovery(self) -> dict[str, Any]:
        return {
            "issuer": self.url,
            "authorization_endpoint": f"{self.url}/authorize",
            "token_endpoint": f"{self.url}/token",
            "jwks_uri": f"{self.url}/keys",
        }

    def _token(self, form: dict[str, str], authorization: str) -> tuple[int, bytes]:
        asked = self.codes.pop(form.get("code", ""), None)
        basic = urlsafe_b64decode(authorization.removeprefix("Basic ")).decode() if authorization else ""
        proof = urlsafe_b64encode(sha256(form.get("code_verifier", "").encode()).digest()).rstrip(b"=")
        is_right = (
            asked is not None
            and basic == f"{CLIENT}:{SECRET}"
            and form.get("redirect_uri") == asked["redirect_uri"]
            and (asked["code_challenge_method"], asked["code_challenge"]) == ("S256", proof.decode())
        )
        if asked is None or not is_right:
            return 400, _json({"error": "invalid_grant"})
        at = int(datetime.now(UTC).timestamp())
        usual = {"iss": self.url, "aud": CLIENT, "sub": "nguoi-1", "iat": at, "exp": at + 300}
        claims = usual | {"nonce": asked["nonce"]} | json.loads(asked["claims"]) | self.claims
        return 200, _json({"access_token": "x", "token_type": "Bearer", "id_token": self.sign(claims)})


@contextmanager
def running_issuer() -> Generator[FakeIssuer]:
    """A provider that listens."""
    issuer = FakeIssuer()
    thread = threading.Thread(target=issuer.server.serve_forever, args=(0.01,), daemon=True)
    thread.start()
    try:
        yield issuer
    finally:
        issuer.server.shutdown()
        issuer.server.server_close()
        thread.join()


def _json(found: Any) -> bytes:
    return json.dumps(found).encode()


def _handler(issuer: FakeIssuer) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self._send({})

        def do_POST(self) -> None:
            sent = self.rfile.read(int(self.headers["Content-Length"])).decode()
            self._send({name: values[0] for name, values in parse_qs(sent).items()})

        def _send(self, form: dict[str, str]) -> None:
            status, body = issuer.answer(self.path, form, self.headers.get("Authorization", ""))
            self.send_response(status)
            if status == 302:
                self.send_header("Location", body.decode())
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, format: str, *args: Any) -> None:
            """Tests read `calls`."""

    return Handler
