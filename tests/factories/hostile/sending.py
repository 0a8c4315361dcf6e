"""Sends one request through the whole application and says what came; undone unless it may stay."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from io import BytesIO
from pathlib import Path
from time import perf_counter
from typing import Any
from urllib.parse import quote, quote_from_bytes, unquote_to_bytes, urlsplit

from flask import Flask
from sqlalchemy import Connection, text
from werkzeug.datastructures import FileStorage
from werkzeug.exceptions import HTTPException
from werkzeug.routing import RequestRedirect

from tests.factories.authz.actors import form_fields
from tests.factories.hostile.payloads import COMPUTED

SLOW = 2.0
_TRIES = 3
_RAISED = 599
"""The status of an answer that never came, since something was raised instead."""
IDS = re.compile(r"[0-9a-z]{26}|HS-\w+|NC-\w+|\d+")


@dataclass(frozen=True)
class Sent:
    """One request and what came: for comparing two databases, and for telling which was wrong."""

    what: str
    status: int
    seconds: float
    location: str = ""
    fault: str = ""
    stayed: bool = False
    rule: tuple[str, str] = ("", "")

    @property
    def verdict(self) -> str:
        """The same on both databases, whatever ids they gave."""
        return f"{self.what} → {self.status} {IDS.sub('#', self.location)}"

    @property
    def is_bad(self) -> bool:
        """Whether this is none of the answers a request may get."""
        return self.status >= 500 or self.seconds > SLOW or bool(self.fault)


BEARER = "Bearer "
"""Begins what stands in the place of a cookie for a program with a key."""


def _who(cookie: str) -> dict[str, str]:
    return {"Authorization": cookie} if cookie.startswith(BEARER) else {"Cookie": cookie}


@dataclass(frozen=True)
class Request:
    """What is sent. `path` is percent-encoded; `pairs` make a form, to which the token is added."""

    what: str
    path: str
    cookie: str
    pairs: Sequence[tuple[str, str]] | None = None
    file: tuple[str, bytes, str, str] | None = None
    query: str = ""
    method: str = ""
    raw: tuple[bytes, str] = (b"", "")
    headers: dict[str, str] = field(default_factory=dict[str, str])
    may_stay: bool = False

    @property
    def verb(self) -> str:
        return self.method or ("GET" if self.pairs is None else "POST")


class Sender:
    """An app over one connection. Each request is a transaction of its own, a savepoint where one is open already."""

    def __init__(self, app: Flask, connection: Connection) -> None:
        self._client = app.test_client(use_cookies=False)
        self._connection = connection
        self._token = form_fields(app)["csrf_token"]
        self._adapter = app.url_map.bind("localhost")
        self._queues = [Path("/proc/thread-self/schedstat"), *_queue_of_server(connection)]

    def send(self, asked: Request) -> tuple[str, Sent]:
        """The page and what is told of it; seconds without waiting for a processor that others use.

        What took long is sent again: what is read once and kept was then not the request's own work.
        """
        tried = 0
        while True:
            tried += 1
            with self._undoable() as transaction:
                waited, started = self._waited(), perf_counter()
                status, location, page = self._answer(asked)
                seconds = perf_counter() - started - (self._waited() - waited)
                is_over = seconds <= SLOW or tried == _TRIES
                stays = is_over and asked.may_stay and status == 303
                if not stays:
                    transaction.rollback()
            if is_over:
                break
        fault = f"leads away to {location}" if leads_away(location) else ""
        if COMPUTED in page:
            fault = "computed a template"
        short = urlsplit(location).path
        return page, Sent(asked.what, status, seconds, short, fault, stays, self._rule(asked))

    def _undoable(self) -> Any:
        one = self._connection
        return one.begin_nested() if one.in_transaction() else one.begin()

    def _waited(self) -> float:
        """Seconds that this thread, and the server's process for this connection, stood in line for a processor."""
        return sum(int(one.read_text("ascii").split()[1]) for one in self._queues if one.exists()) / 1e9

    def _answer(self, asked: Request) -> tuple[int, str, str]:
        data, kind = self._body(asked)
        path = unquote_to_bytes(asked.path).decode("latin-1")
        try:
            answer: Any = self._client.open(
                "/",
                method=asked.verb,
                data=data or None,
                content_type=kind or None,
                headers=_who(asked.cookie) | asked.headers,
                environ_overrides={"PATH_INFO": path, "QUERY_STRING": asked.query},
            )
        except Exception as fault:  # whatever it is, somebody would have got no answer
            return _RAISED, "", type(fault).__name__
        page = answer.get_data().decode("utf-8", "replace")
        answer.close()
        return answer.status_code, str(answer.headers.get("Location", "")), page

    def _body(self, asked: Request) -> tuple[Any, str]:
        if asked.pairs is None:
            return asked.raw
        pairs = [
            *((name, value) for name, value in asked.pairs if name != "csrf_token"),
            ("csrf_token", self._token),
        ]
        if asked.file is None:
            return encoded(pairs).encode("ascii"), "application/x-www-form-urlencoded"
        name, content, called, kind = asked.file
        fields: dict[str, Any] = {
            one: value.encode("utf-8", "surrogatepass").decode("latin-1") for one, value in pairs
        }
        fields[name] = FileStorage(BytesIO(content), filename=called, content_type=kind)
        return fields, "multipart/form-data"

    def _rule(self, asked: Request) -> tuple[str, str]:
        try:
            path = unquote_to_bytes(asked.path).decode("utf-8", "replace")
            rule, _parts = self._adapter.match(path, method=asked.verb, return_rule=True)
        except (HTTPException, RequestRedirect):
            return "", asked.verb
        return rule.rule, asked.verb


def server_process(connection: Connection) -> int | None:
    """The process of PostgreSQL that serves this connection; SQLite has none."""
    if connection.dialect.name == "sqlite":
        return None
    was_begun = connection.in_transaction()
    process: int = connection.execute(text("SELECT pg_backend_pid()")).scalar_one()
    if not was_begun:
        connection.rollback()
    return process


def _queue_of_server(connection: Connection) -> list[Path]:
    process = server_process(connection)
    return [] if process is None else [Path(f"/proc/{process}/schedstat")]


def leads_away(location: str) -> bool:
    """Whether a redirect leaves the site, as browsers read it: a backslash is a stroke, a tab nothing."""
    parts = urlsplit(location.replace("\\", "/").replace("\t", ""))
    return bool(location) and (parts.scheme not in {"", "http"} or parts.netloc not in {"", "localhost"})


@lru_cache(maxsize=2_000)
def quoted(value: str) -> str:
    """A text in an address or a form, whatever letters it has."""
    return quote_from_bytes(value.encode("utf-8", "surrogatepass"), safe="")


def encoded(pairs: Sequence[tuple[str, str]]) -> str:
    """Names and values as a form sends them."""
    return "&".join(
        f"{quote(name, safe='', errors='surrogatepass')}={quoted(value)}" for name, value in pairs
    )
