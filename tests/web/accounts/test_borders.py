"""What every response carries, which hosts are answered, and what the settings refuse."""

from dataclasses import replace
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import Connection
from sqlalchemy.orm import Session

from registry.app.factory import create_app
from registry.config import Misconfigured, Settings, check_settings, load_settings
from registry.db import Database
from registry.web.hosts import host_name
from registry.web.limits import client_network, network_of
from tests.conftest import Client, RequestDatabase, Served, browser
from tests.factories.accounts import account, post, sign_in

POLICY_PARTS = {
    "default-src 'none'",
    "object-src 'none'",
    "base-uri 'none'",
    "frame-ancestors 'none'",
    "form-action 'self'",
}


def with_a_view_that_fails(app: Flask) -> None:
    """Adds a view that fails inside, as it does where nobody tests."""

    def fail() -> str:
        raise RuntimeError("chi tiết không ai được thấy")

    fail.access = "public"  # pyright: ignore[reportFunctionMemberAccess]
    app.add_url_rule("/hong", view_func=fail)
    app.config["PROPAGATE_EXCEPTIONS"] = False


@pytest.fixture
def broken(settings: Settings, served: Served, session: Session) -> Client:
    """A browser at an app with a view that fails inside."""
    return browser(served(settings, with_a_view_that_fails), session)


REQUESTS = [
    ("GET", "/dang-nhap", 200),
    ("HEAD", "/dang-nhap", 200),
    ("OPTIONS", "/dang-nhap", 200),
    ("GET", "/", 303),
    ("GET", "/tai-khoan", 302),
    ("GET", "/khong-co-trang-nay", 404),
    ("POST", "/dang-nhap", 400),
    ("DELETE", "/dang-nhap", 405),
    ("TRACE", "/dang-nhap", 405),
    ("GET", "/static/app.css", 200),
    ("GET", "/static/khong-co.css", 404),
    ("GET", "/static/../config.py", 404),
    ("GET", "/healthz", 200),
    ("GET", "/readyz", 200),
    ("GET", "/hong", 500),
    ("GET", "/%ff%fe", 400),
    ("GET", "/dang-nhap?next=%ff%00", 400),
]


@pytest.mark.parametrize(("method", "path", "code"), REQUESTS)
def test_every_response_carries_the_headers(broken: Client, method: str, path: str, code: int) -> None:
    answer = broken.open(path, method=method, buffered=True)
    assert answer.status_code == code
    policy = answer.headers["Content-Security-Policy"]
    assert {part.strip() for part in policy.split(";")} >= POLICY_PARTS
    assert "unsafe" not in policy
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert answer.headers["Referrer-Policy"] == "same-origin"
    assert answer.headers["Cross-Origin-Opener-Policy"] == "same-origin"
    assert "Strict-Transport-Security" not in answer.headers
    assert "chi tiết" not in answer.text


def test_pages_of_signed_in_people_are_not_stored(client: Client, session: Session) -> None:
    sign_in(client, account(session))
    for path in ("/tai-khoan", "/khong-co-trang-nay", "/nguoi-dung"):
        assert client.get(path).headers["Cache-Control"] == "no-store"
    assert post(client, "/dang-xuat").headers["Cache-Control"] in {"no-store", "no-cache"}


@pytest.mark.parametrize(
    "host",
    [
        "evil.example",
        "127.0.0.1.evil.example",
        "localhost.evil.example",
        "evil.example:80",
        "",
        "localhost@evil.example",
        "[::1",
        "localhost:x",
    ],
)
def test_another_host_is_not_answered(client: Client, host: str) -> None:
    answer = client.get("/dang-nhap", headers={"Host": host})
    assert answer.status_code == 400
    assert "evil" not in answer.text


@pytest.mark.parametrize(
    ("header", "name"),
    [
        ("A.example:80", "a.example"),
        ("[::1]:8000", "::1"),
        ("[:::::]", None),
        ("a b", None),
        ("a:b@c", None),
        ("", None),
    ],
)
def test_a_host_header_is_a_name_or_nothing(header: str, name: str | None) -> None:
    assert host_name(header) == name


@pytest.mark.parametrize(
    "host", ["localhost", "localhost:8000", "127.0.0.1:54321", "[::1]:8000", "LOCALHOST"]
)
def test_every_name_of_this_machine_is_answered(client: Client, host: str) -> None:
    assert client.get("/dang-nhap", headers={"Host": host}).status_code == 200


def test_forwarding_headers_make_no_link(client: Client) -> None:
    forged = {
        "X-Forwarded-Host": "evil.example",
        "X-Forwarded-Proto": "https",
        "Forwarded": "host=evil.example",
    }
    answer = client.get("/tai-khoan", headers=forged)
    assert answer.headers["Location"] == "/dang-nhap?next=/tai-khoan"
    assert "evil" not in client.get("/dang-nhap", headers=forged).text


@pytest.fixture
def public_client(settings: Settings, served: Served, session: Session) -> Client:
    """A browser at an installation with a public https address."""
    public = replace(settings, public_url="https://nhanluc.laichau.example", rate_limits=True)
    return browser(served(public), session)


def test_over_https_the_cookie_is_bound_to_the_host_and_the_connection(public_client: Client) -> None:
    answer = public_client.get("/dang-nhap", base_url="https://nhanluc.laichau.example")
    assert answer.status_code == 200
    cookie = answer.headers["Set-Cookie"]
    assert cookie.startswith("__Host-registry=")
    parts = {part.strip() for part in cookie.split(";")[1:]}
    assert parts == {"Secure", "HttpOnly", "Path=/", "SameSite=Lax"}
    assert answer.headers["Strict-Transport-Security"] == "max-age=31536000; includeSubDomains"


def test_a_public_installation_answers_to_its_own_name_only(public_client: Client) -> None:
    for host in ("localhost", "127.0.0.1", "laichau.example", "x.nhanluc.laichau.example"):
        assert public_client.get("/dang-nhap", base_url=f"https://{host}").status_code == 400


def settings_with(base: Settings, **changed: object) -> Settings:
    return replace(base, **changed)  # pyright: ignore[reportArgumentType] - the table below names the fields


@pytest.mark.parametrize(
    "changed",
    [
        {"public_url": "http://nhanluc.laichau.example"},
        {"public_url": "ftp://127.0.0.1"},
        {"public_url": ""},
        {"public_url": "http://192.168.1.5:8000"},
        {"public_url": "https://nhanluc.laichau.example", "rate_limits": False},
        {"secret_key": "ngắn"},
        {"field_keys": ()},
        {"field_keys": ("k" * 40, "ngắn")},
        {"secret_key": "k" * 40},
        {"testing": False},
    ],
)
def test_unsafe_settings_do_not_start(settings: Settings, changed: dict[str, object]) -> None:
    with pytest.raises(Misconfigured):
        check_settings(settings_with(settings, **changed))


@pytest.mark.parametrize(
    "url", ["http://127.0.0.1:8000", "http://localhost", "http://[::1]:80", "https://a.example"]
)
def test_safe_settings_start(settings: Settings, url: str) -> None:
    check_settings(settings_with(settings, public_url=url, rate_limits=True))


def test_keys_are_made_once_for_the_owner_only(tmp_path: Path) -> None:
    first = load_settings({"REGISTRY_DATA_DIR": str(tmp_path / "data")})
    again = load_settings({"REGISTRY_DATA_DIR": str(tmp_path / "data")})
    assert (first.secret_key, first.field_keys) == (again.secret_key, again.field_keys)
    assert first.secret_key not in first.field_keys
    for name in ("secret_key", "field_keys"):
        assert (tmp_path / "data" / name).stat().st_mode & 0o777 == 0o600
    assert (tmp_path / "data").stat().st_mode & 0o077 == 0
    assert sorted(path.name for path in (tmp_path / "data").iterdir()) == ["field_keys", "secret_key"]


@pytest.mark.parametrize(
    "environ",
    [
        {"REGISTRY_PASSWORD_COST": "1024,1,1"},
        {"REGISTRY_PASSWORD_COST": "65536"},
        {"REGISTRY_PASSWORD_COST": "nhiều,3,4"},
        {"REGISTRY_PROXIES": "-1"},
        {"REGISTRY_PROXIES": "１"},
        {"REGISTRY_RATE_LIMITS": "off", "REGISTRY_PUBLIC_URL": "https://a.example"},
    ],
)
def test_an_environment_that_weakens_the_installation_is_refused(
    tmp_path: Path, environ: dict[str, str]
) -> None:
    with pytest.raises(Misconfigured):
        load_settings({"REGISTRY_DATA_DIR": str(tmp_path)} | environ)


def test_limits_may_be_off_on_this_machine(tmp_path: Path) -> None:
    found = load_settings({"REGISTRY_DATA_DIR": str(tmp_path), "REGISTRY_RATE_LIMITS": "OFF"})
    assert not found.rate_limits


def test_debugging_stays_off_whatever_the_environment_says(
    settings: Settings, connection: Connection, database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("FLASK_DEBUG", "1")
    assert not create_app(settings, RequestDatabase(connection, database)).debug


def with_a_view_of_the_network(app: Flask) -> None:
    """Adds a view that tells where the request came from."""

    def look() -> str:
        return client_network()

    look.access = "public"  # pyright: ignore[reportFunctionMemberAccess]
    app.add_url_rule("/mang", view_func=look)


@pytest.mark.parametrize(
    ("proxies", "forwarded", "network"),
    [
        (0, "198.51.100.1", "203.0.113.7"),
        (1, "198.51.100.1", "198.51.100.1"),
        (1, "1.1.1.1, 198.51.100.1", "198.51.100.1"),
        (2, "1.1.1.1, 198.51.100.1, 10.0.0.1", "198.51.100.1"),
        (2, "198.51.100.1", "203.0.113.7"),
    ],
)
def test_exactly_as_many_forwarded_addresses_are_believed_as_there_are_proxies(
    settings: Settings, served: Served, proxies: int, forwarded: str, network: str
) -> None:
    app = served(replace(settings, proxies=proxies), with_a_view_of_the_network)
    answer = app.test_client().get(
        "/mang", headers={"X-Forwarded-For": forwarded}, environ_base={"REMOTE_ADDR": "203.0.113.7"}
    )
    assert answer.text == network


@pytest.mark.parametrize(
    ("address", "network"),
    [
        ("203.0.113.7", "203.0.113.7"),
        ("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64"),
        ("2001:db8:1:2::ffff", "2001:db8:1:2::/64"),
        ("::ffff:203.0.113.7", "203.0.113.7"),
        ("fe80::1%eth0", "fe80::/64"),
        ("không phải", "unknown"),
        ("", "unknown"),
        (None, "unknown"),
    ],
)
def test_an_ipv6_guesser_has_one_network_not_many_addresses(address: str | None, network: str) -> None:
    assert network_of(address) == network


HOSTILE = [
    "\0",
    "a\0b",
    "\u202e",
    "\ud800",
    "a" * 100_000,
    "' OR 1=1 --",
    "{{7*7}}",
    "<script>alert(1)</script>",
    "%s%n",
]


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_text_is_refused_alike_and_never_breaks_a_page(client: Client, text: str) -> None:
    typed = text.encode("utf-8", "surrogatepass").decode("latin-1") if text == "\ud800" else text
    answer = post(client, "/dang-nhap", {"email": typed, "password": typed})
    assert answer.status_code == 422
    assert "<script>alert" not in answer.text


def test_a_body_that_is_no_form_is_refused(client: Client) -> None:
    for content_type in (
        "application/json",
        "multipart/form-data",
        "text/plain",
        "multipart/form-data; boundary=x",
    ):
        answer = client.post("/dang-nhap", data=b"\xff\xfe{", content_type=content_type)
        assert answer.status_code == 400
