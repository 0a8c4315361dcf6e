"""Hostile inputs, seeded: forms of the product filled with what breaks others, addresses, methods, headers.

The same seed sends the same sequence to both databases. What a form kept stays, so that a browser can look at it later;
all else is undone.
"""

import random
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from time import perf_counter
from typing import Any
from urllib.parse import quote, quote_from_bytes, unquote_to_bytes, urlsplit

from flask import Flask
from lxml import html as lxml_html
from sqlalchemy import Connection

from tests.factories.authz.actors import form_fields
from tests.factories.authz.expected import NO_OBJECT, Ask, read_matrix
from tests.factories.authz.world import World, parts_of

PARSER: Any = lxml_html  # lxml ships no types
SLOW = 2.0
_TRIES = 3
RAN = "__hostile"
"""What a script that ran leaves in the window."""
_MARK = f"window.{RAN}=1"
_SCRIPTS = (
    f"<script>{_MARK}</script>", f"<img src=x onerror={_MARK}>", f"<svg onload={_MARK}>", f"\"><script>{_MARK}</script>",
    f"' onmouseover='{_MARK}", f"\" autofocus onfocus=\"{_MARK}", f"javascript:{_MARK}", f"JaVaScRiPt:{_MARK}//",
    f"data:text/html,<script>{_MARK}</script>", f"</title><script>{_MARK}</script>", f"</textarea><script>{_MARK}</script>",
    f"<iframe srcdoc='<script>parent.{RAN}=1</script>'>", f"<details open ontoggle={_MARK}>", f"<body onload={_MARK}>",
    f"<a href=javascript:{_MARK}>bấm</a>", f"<math><mtext><img src=x onerror={_MARK}>", f"<style>@import 'javascript:{_MARK}'</style>",
    f"<!--><script>{_MARK}</script>-->", f"<scr<script>ipt>{_MARK}</script>", f"&lt;script&gt;{_MARK}&lt;/script&gt;",
    f"＜script＞{_MARK}＜/script＞", f"<input autofocus onfocus={_MARK}>", f"`;{_MARK};`", f"');{_MARK};//", f"<object data=javascript:{_MARK}>",
)  # fmt: skip
_QUERIES = (
    "' OR '1'='1", "'; DROP TABLE person; --", "\" OR \"\"=\"", "1) OR 1=1--", "' UNION SELECT NULL,NULL--", "%", "_", "\\", "%_%", "\\%",
    "%' ESCAPE '", "' || pg_sleep(9) || '", "$1", ":name", "?", "NULL", "\x1a", "'", "''", "\"\"", "--", "/*", "*/", ";", "0x27",
    "a\" NEAR(b)", "NEAR(", "a AND", "OR OR", "NOT", "\"", "\"a", "a*", "*", "^a", "a:b", "{a b}:c", "-a", "(((", ")))", "a & | b", "!",
    "a <-> b", "a:*", "'a':B", "col : x", "\"a\" \"b\"", "+a", "~", "<->", "a AND NOT", "\"*\"", "--a", "''a''",
)  # fmt: skip
_TEMPLATES = (
    "{{7*7}}", "{{config}}", "{% for a in b %}", "${7*7}", "#{7*7}", "<%= 7*7 %>", "{{''.__class__.__mro__}}", "%(name)s", "%s%s%s%n",
    "{0.__class__}", "{name}", "{}", "{", "%", "%(", "$(id)", "`id`", "| id", "; id", "&& id", "../../etc/passwd", "..\\..\\win.ini",
    "file:///etc/passwd", "http://127.0.0.1/", "=1+1", "@SUM(1)", "+84", "-1", "=cmd|' /C calc'!A0", "＝1",
)  # fmt: skip
_LETTERS = (
    "", " ", "\t", "\n", "\r\n", "\x00", "a\x00b", "\x08", "\x7f", "\x9b31m", "\x1b[31m", "\ud800", "a\udfffb", "\ufffd", "\ufeff", "\u200b",
    "\u202eabc", "\u2066a\u2069", "\u2028", "\u2029", "\u00ad", "\U000e0041\U000e0042", "a" + "\u0301" * 1000, "👨‍👩‍👧‍👦" * 20, "🇻🇳",
    "Nguye\u0302\u0303n", "Nguyễn", "ÐẶNG", "đặng", "ﷺ" * 50, "İ", "ß", "ﬁ", "\U0010ffff", "\ue000", "０１２３４５６７８９", "①", "Ⅷ", "٣", "\u3000",
)  # fmt: skip
_NUMBERS = (
    "0", "-1", "1e309", "NaN", "Infinity", "-Infinity", "9" * 400, "2147483648", "9223372036854775808", "-9223372036854775809", "0x10", "1_0",
    "1.5", "1,5", "1e3", "+1", " 1 ", "٣", "１", "0000-00-00", "0000", "9999", "10000", "9999-12-31", "0001-01-01", "2026-02-30", "29/02/2025",
    "31/12/9999", "1/1/1", "00", "13", "32", "-0", "true", "null", "undefined", "[]", "{}", "[object Object]", "on",
)  # fmt: skip
_PLACES = (
    "//evil.example", "/\\evil.example", "https:evil.example", "https://evil.example/", "\\\\evil.example", "/%09/evil.example", "/\t/evil.example",
    "///evil.example", "http:///evil.example", "//evil。example", "/..//evil.example", "javascript:alert(1)", "/a\r\nSet-Cookie: a=b", "/%0d%0aX: y",
    "@evil.example", "//evil.example\\@localhost",
)  # fmt: skip
PAYLOADS: tuple[str, ...] = (*_SCRIPTS, *_QUERIES, *_TEMPLATES, *_LETTERS, *_NUMBERS, *_PLACES)
HUGE = ("a" * 1_000_000, "ạ " * 300_000, "<b>" * 200_000)
_NAMES = (
    "q", "tim", "trang", "trang-thai", "thu-tu", "dia-ban", "dot-nhap", "nguoi", "nhu_cau", "ma", "next", "tu", "den", "loai", "viec", "lang",
    "email", "password", "code", "then", "version", "row", "shown", "moi", "bo_tim", "ngay", "trong_so", "sap-xep", "dang", "thieu", "toi", "id",
)  # fmt: skip
_COLUMNS = {
    "id": "1", "public_id": "z" * 26, "unit_path": "VN/01/", "organisation_path": "", "state": "active", "role": "system_admin",
    "is_admin": "1", "account_id": "1", "created_by": "1", "legal_basis": "law", "agrees_to_be_named": "1", "verified_at": "2026-01-01",
    "version_id": "99", "person_id": "1", "owner_id": "1", "code": "HS-1", "password_hash": "x", "purposes": "open_data",
}  # fmt: skip
# Forms whose result stays when they were accepted: texts that pages show afterwards.
_KEEP = re.compile(
    r"^/(ung-vien/<ma>/(ban-than|nguyen-vong|<muc>/<dong>|ky-nang/<dong>|ngoai-ngu/<dong>|hoc-van/tao)|nhu-cau/(tao|<ma>/sua)"
    r"|don-vi/(tao|<ma>/sua)|danh-sach|bo-tim/luu|ky-nang/them)$"
)
_IDS = re.compile(r"[0-9a-z]{26}|HS-\w+|NC-\w+|\d+")
_PROGRAMS = ("PUT", "DELETE", "PATCH", "TRACE", "OPTIONS", "HEAD", "PROPFIND", "GET", "POST")


@dataclass(frozen=True)
class Sent:
    """One request and what came: for comparing two databases, and for telling which was wrong."""

    what: str
    status: int
    seconds: float
    location: str = ""
    fault: str = ""

    @property
    def verdict(self) -> str:
        """The same on both databases, whatever ids they gave."""
        return f"{self.what} → {self.status} {_IDS.sub('#', self.location)}"


@dataclass
class Attacker:
    """Sends hostile requests to an app over one connection with an open transaction."""

    app: Flask
    connection: Connection
    world: World
    seed: int
    chance: random.Random = field(init=False)

    def __post_init__(self) -> None:
        self.chance = random.Random(self.seed)
        self.client = self.app.test_client(use_cookies=False)
        self.token = form_fields(self.app)["csrf_token"]
        matrix = read_matrix()
        self.asks = [one for one in matrix.asks if not one.is_stale and "dang-xuat" not in one.path]
        self.forms = [one for one in self.asks if one.method == "GET" and self._has_post(one)]
        self.may = {one.line: _who_may(matrix.shapes[one.shape]) for one in self.asks}

    def _has_post(self, ask: Ask) -> bool:
        bare = ask.path.partition("?")[0]
        return any(one.method == "POST" and one.path.partition("?")[0] == bare for one in self.asks)

    def run(self, requests: int) -> Iterator[Sent]:
        """At least so many requests."""
        steps: Sequence[Callable[[], Iterator[Sent]]] = (
            self._form, self._form, self._form, self._form, self._bare, self._query, self._query, self._path, self._method, self._header,
        )  # fmt: skip
        sent = 0
        while sent < requests:
            for one in self.chance.choice(steps)():
                sent += 1
                yield one

    def _form(self) -> Iterator[Sent]:
        """Open a form as somebody who may, spoil some fields, send it."""
        ask = self.chance.choice(self.forms)
        path, actor = self._target(ask)
        page, opened = self._send(f"GET {ask.path}", path, cookie=actor)
        yield opened
        fields = _fields_of(page)
        names = [name for name, _value, is_typed in fields if is_typed] or [
            name for name, _value, _t in fields
        ]
        spoiled = self._some(names)
        pairs = [(name, self._payload() if name in spoiled else value) for name, value, _typed in fields]
        pairs += [pair for pair in _COLUMNS.items() if self.chance.random() < 0.05]
        pairs += [(name, value) for name, value in pairs if self.chance.random() < 0.03]
        self.chance.shuffle(pairs)
        may_stay = _KEEP.match(ask.path.partition("?")[0]) is not None
        yield self._send(f"POST {ask.path}", path, cookie=actor, pairs=pairs, may_stay=may_stay)[1]

    def _bare(self) -> Iterator[Sent]:
        """A POST with invented fields."""
        ask = self.chance.choice([one for one in self.asks if one.method == "POST"])
        path, actor = self._target(ask)
        names = self._some([*_NAMES, *(name for name, _value in ask.fields)])
        pairs = [(self._odd(name), self._payload()) for name in names]
        yield self._send(f"POST {ask.path}", path, cookie=actor, pairs=pairs)[1]

    def _query(self) -> Iterator[Sent]:
        ask = self.chance.choice([one for one in self.asks if one.method == "GET"])
        path, actor = self._target(ask)
        pairs = [(self._odd(name), self._payload()) for name in self._some(_NAMES)]
        more = {"HX-Request": "true"} if self.chance.random() < 0.2 else {}
        yield self._send(
            f"GET {ask.path}?", path, cookie=actor, query=_encoded(pairs)[:20_000], headers=more
        )[1]

    def _path(self) -> Iterator[Sent]:
        ask = self.chance.choice([one for one in self.asks if "<" in one.path])
        _path, actor = self._target(ask)
        broken = (
            "%ff%fe",
            "%00",
            "%c0%ae",
            "..%2f",
            "%2e%2e",
            "%ED%A0%80",
            "z" * 5_000,
            "9" * 30,
            "%F0%9F",
            "%e2%80%ae",
        )
        part = self.chance.choice((*broken, _quoted(self._payload())[:5_000]))
        path = re.sub(r"<\w+>", lambda _found: part, ask.path.partition("?")[0])
        pairs = None if ask.method == "GET" else [("a", "b")]
        yield self._send(f"{ask.method} {ask.path}!", path, cookie=actor, pairs=pairs)[1]

    def _method(self) -> Iterator[Sent]:
        ask = self.chance.choice(self.asks)
        path, actor = self._target(ask)
        method = self.chance.choice(_PROGRAMS)
        bodies = (
            (b'{"a": [1, {"b": "c"}]}', "application/json"),
            (b"[" * 20_000, "application/json"),
            (b"--x\r\nContent-Disposition: form-data; name=a\r\n\r\n", "multipart/form-data; boundary=x"),
            (b"nothing", "multipart/form-data"),
            (b"a=%ff%fe&b=%00&=&&a[]=1&a[b]=2&csrf_token=", "application/x-www-form-urlencoded"),
            (b"\xff\xfe\x00", "text/plain; charset=utf-7"),
        )
        body, kind = self.chance.choice(bodies)
        more = {"X-HTTP-Method-Override": "DELETE"}
        yield self._send(
            f"{method} {ask.path}~", path, cookie=actor, method=method, raw=(body, kind), headers=more
        )[1]

    def _header(self) -> Iterator[Sent]:
        ask = self.chance.choice([one for one in self.asks if one.method == "GET"])
        path, actor = self._target(ask)
        odd = {
            "Host": ("evil.example", "localhost:99999", "localhost evil", "", "[::1"),
            "X-Forwarded-Host": ("evil.example",),
            "X-Forwarded-For": ("1.2.3.4, 5.6.7.8", "x" * 3_000),
            "Accept-Language": ("*", "vi;q=9", "x" * 5_000, "en-" + "a" * 99, ";;;,,,"),
            "Cookie": ("registry=.", "registry=" + "A" * 4_000, ";;;=;=", "registry=\x80"),
            "Referer": ("https://evil.example/?a=b", "javascript:1"),
            "Content-Length": ("-1", "9999999999", "a"),
            "HX-Request": ("true",),
            "Range": ("bytes=0-,0-,0-", "bytes=-1"),
            "If-Modified-Since": ("Thu, 99 Foo 0000",),
        }
        name = self.chance.choice(sorted(odd))
        yield self._send(
            f"GET {ask.path} {name}", path, cookie=actor, headers={name: self.chance.choice(odd[name])}
        )[1]

    def _target(self, ask: Ask) -> tuple[str, str]:
        """An address of the line and the cookie of somebody who may open it; now and then of anybody."""
        where, actor = self.chance.choice(self.may[ask.line])
        if self.chance.random() < 0.1:
            actor = self.chance.choice(sorted(self.world.actors))
        path = ask.path.partition("?")[0]
        for name, value in ({} if ask.kind == NO_OBJECT else parts_of(self.world, ask.kind, where)).items():
            path = path.replace(f"<{name}>", value)
        return path, self.world.actors[actor].fresh

    def _some(self, names: Sequence[str]) -> list[str]:
        return self.chance.sample(list(names), min(len(names), self.chance.choice((1, 1, 1, 2, 4))))

    def _odd(self, name: str) -> str:
        return self.chance.choice((name, name, name, f"{name}[]", f"{name}[a]", f"{name}.b", f"{name}-0"))

    def _payload(self) -> str:
        return self.chance.choice(HUGE) if self.chance.random() < 0.005 else self.chance.choice(PAYLOADS)

    def _send(
        self,
        what: str,
        path: str,
        *,
        cookie: str,
        pairs: Sequence[tuple[str, str]] | None = None,
        query: str = "",
        method: str = "",
        raw: tuple[bytes, str] | None = None,
        headers: dict[str, str] | None = None,
        may_stay: bool = False,
    ) -> tuple[str, Sent]:
        body, kind = raw or (b"", "")
        if pairs is not None:
            with_token = [*((n, v) for n, v in pairs if n != "csrf_token"), ("csrf_token", self.token)]
            body, kind = _encoded(with_token).encode("ascii"), "application/x-www-form-urlencoded"

        def once() -> tuple[Any, str, float]:
            started = perf_counter()
            answer: Any = self.client.open(
                "/",
                method=method or ("GET" if pairs is None else "POST"),
                data=body or None,
                content_type=kind or None,
                headers={"Cookie": cookie} | (headers or {}),
                environ_overrides={
                    "PATH_INFO": unquote_to_bytes(path).decode("latin-1"),
                    "QUERY_STRING": query,
                },
            )
            page = answer.get_data().decode("utf-8", "replace")
            answer.close()
            return answer, page, perf_counter() - started

        answer, page, seconds = self._settled(once, may_stay=may_stay)
        location = str(answer.headers.get("Location", ""))
        fault = f"leads away to {location}" if leads_away(location) else ""
        return page, Sent(what, answer.status_code, seconds, urlsplit(location).path, fault)

    def _settled(
        self, once: Callable[[], tuple[Any, str, float]], *, may_stay: bool
    ) -> tuple[Any, str, float]:
        """Undo what was sent, unless it may stay; what took long is sent again, since others use the machine too."""
        tries = 0
        while True:
            tries += 1
            savepoint = self.connection.begin_nested()
            answer, page, seconds = once()
            if may_stay and answer.status_code == 303:
                savepoint.commit()
                return answer, page, seconds
            savepoint.rollback()
            if seconds <= SLOW or tries == _TRIES:
                return answer, page, seconds


def _who_may(shape: Any) -> list[tuple[str, str]]:
    """(where, actor) of those who are served; anybody when nobody is."""
    every = [(where, actor, verdict) for where, row in shape.items() for actor, verdict in row.items()]
    served = [(where, actor) for where, actor, verdict in every if verdict in "SMB"]
    return sorted(served or [(where, actor) for where, actor, _verdict in every])


def _fields_of(page: str) -> list[tuple[str, str, bool]]:
    """(name, value, whether it is typed) of the last form of a page that is sent by POST."""
    if "<form" not in page:
        return []
    forms = [form for form in PARSER.fromstring(page.encode()).forms if form.method == "POST"]
    main = [
        form for form in forms if form.action is None or not form.action.endswith(("/ngon-ngu", "/dang-xuat"))
    ]
    if not main:
        return []
    found: list[tuple[str, str, bool]] = []
    values = main[-1].form_values()
    typed = {
        one.get("name")
        for one in main[-1].xpath(
            ".//textarea|.//input[not(@type) or @type='text' or @type='email' or @type='search']"
        )
    }
    found += [(name, value, name in typed) for name, value in values if name != "csrf_token"]
    found += [(str(name), "", True) for name in sorted(typed - {None}) if name not in dict(values)]
    return found


def leads_away(location: str) -> bool:
    """Whether a redirect leaves the site, as browsers read it: a backslash is a stroke, a tab nothing."""
    parts = urlsplit(location.replace("\\", "/").replace("\t", ""))
    return bool(location) and (parts.scheme not in {"", "http"} or parts.netloc not in {"", "localhost"})


def _quoted(text: str) -> str:
    return quote_from_bytes(text.encode("utf-8", "surrogatepass"), safe="")


def _encoded(pairs: Sequence[tuple[str, str]]) -> str:
    return "&".join(
        f"{quote(name, safe='', errors='surrogatepass')}={_quoted(value)}" for name, value in pairs
    )
