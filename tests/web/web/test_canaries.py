"""Fifty personal values go through the screens; none is in a log, an address, a job, an error page, a letter's header."""

import io
import json
import logging
import socket
import sys
from argparse import Namespace
from base64 import b64encode
from collections.abc import Generator
from contextlib import contextmanager
from dataclasses import replace
from email import policy
from email.headerregistry import Address
from email.message import EmailMessage
from email.parser import BytesParser
from html import escape
from pathlib import Path
from threading import Thread
from typing import Any
from urllib.parse import quote, unquote

import pytest
import structlog
import waitress
from flask import Flask, request
from flask import session as cookie
from sqlalchemy import text
from sqlalchemy.exc import OperationalError
from sqlalchemy.orm import Session

from registry.accounts.access import public
from registry.app.handlers import look_for_work
from registry.cli import worker
from registry.config import Settings
from registry.exchange.readers.cv import opening
from registry.exchange.readers.cv.child import answer_to
from registry.text import fold
from registry.web import logs
from registry.web.lanes import TwoLanes, lanes_for
from tests.conftest import Served, settings_in
from tests.factories.leaks import VALUES, Sinks, labels_in, watch
from tests.factories.telling_values import Story, knock, officer_page, own_page, provoke, register

V = VALUES


def planted(app: Flask) -> None:
    """Views that fail with a value in the exception, in the statement and in what was sent."""

    @public
    def fails(place: str) -> str:
        held = request.form.get("a", "") + place + V["in an exception"]
        raise RuntimeError(held)

    @public
    def unavailable(place: str) -> str:
        raise OperationalError("SELECT :a", {"a": V["in a statement"]}, RuntimeError(place))

    @public
    def breaks_off(place: str) -> Any:
        def pieces() -> Generator[str]:
            yield place
            raise RuntimeError(V["in an exception"])

        return app.response_class(pieces(), mimetype="text/plain")

    @public
    def leaks(place: str) -> Any:
        name, shown = V["name"], quote(V["name"])
        cookie["name"] = name
        answer = app.make_response((f'<a href="/a/{shown}">a</a>{name}{place}', 418))
        answer.headers["Location"], answer.headers["ETag"] = (
            f"/b?ten={shown}",
            b64encode(name.encode()).decode(),
        )
        return answer

    for view in (fails, unavailable, breaks_off, leaks):
        app.add_url_rule(
            f"/_hong/{view.__name__}/<place>", f"planted_{view.__name__}", view, methods=["GET", "POST"]
        )


@pytest.fixture
def log(monkeypatch: pytest.MonkeyPatch) -> Generator[io.StringIO]:
    """What a server and a worker write, as they set up their logs, and everything else in Python that speaks."""
    written, before = io.StringIO(), structlog.get_config()
    monkeypatch.setattr(sys, "stderr", written)
    monkeypatch.setattr(sys, "stdout", written)
    configure: Any = structlog.configure

    def uncached(**given: Any) -> None:
        configure(**{**given, "cache_logger_on_first_use": False})

    monkeypatch.setattr(structlog, "configure", uncached)
    handler, root = logs.library_lines(written), logging.getLogger()
    level = root.level
    root.addHandler(handler)
    root.setLevel(logging.DEBUG)
    logs.configure_logs()
    yield written
    root.removeHandler(handler)
    root.setLevel(level)
    configure(**before)


@contextmanager
def serving(app: Flask) -> Generator[int]:
    """The server of the product, its threads and its lines, at a port."""
    maker: Any = waitress  # its stubs leave out what follows
    server: Any = maker.create_server(
        app, host="127.0.0.1", port=0, ident=None, _dispatcher=TwoLanes(lanes_for(app), 2)
    )
    running = Thread(target=server.run, daemon=True)
    running.start()
    yield server.effective_port
    server.close()
    running.join(5)


def knock_at_the_server(app: Flask, sinks: Sinks) -> None:
    """What the real server says of requests, good and broken, and of an answer that breaks off."""
    place, name = quote(V["in a path"]), quote(V["in a query"])
    said = (
        f"GET /ung-vien?tim={name} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n",
        f"GET /_hong/breaks_off/{place}?ten={name} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n",
        f"GET /{place} HTTP/9.{name}\r\nHost: localhost\r\n\r\n",
        f"POST /dang-nhap HTTP/1.1\r\nHost: localhost\r\nContent-Length: {name}\r\n\r\n",
        f"GET / HTTP/1.1\r\nHost: localhost\r\n{name}\r\nX-Ten {name}\r\n\r\n",
    )
    with serving(app) as port:
        for one in said:
            with socket.create_connection(("127.0.0.1", port), timeout=5) as connection:
                connection.sendall(one.encode())
                connection.shutdown(socket.SHUT_WR)
                answer = b""
                while piece := connection.recv(65_536):
                    answer += piece
            head = answer.partition(b"\r\n\r\n")[0].decode("latin-1")
            # Who is led to the sign-in page comes back to what they asked for.
            sinks.note(
                "headers", unquote(unquote(head)).replace(V["in a query"], "") if "next=" in head else head
            )


def note_rows(session: Session, sinks: Sinks) -> None:
    """Jobs, the open part of the log, letters, what is counted of attempts, links: as their rows have it."""
    for sink, statement in (
        ("jobs", "SELECT kind, arguments, error, result FROM job"),
        ("log of deeds", "SELECT action, subject_kind, subject_id, person, content FROM audit_event"),
        ("letters", "SELECT * FROM mail_outbox"),
        ("attempts", "SELECT * FROM sign_in_throttle"),
        ("links", "SELECT * FROM single_use_link"),
    ):
        for row in session.execute(text(statement)):
            sinks.note(sink, [_plain(one) for one in row])


def _plain(value: Any) -> Any:
    return bytes(value) if hasattr(value, "tobytes") else value


def note_files(sinks: Sinks, folder: Path) -> None:
    """Names of files, and what is written on the outside of letters."""
    for path in folder.rglob("*"):
        sinks.note("file names", path.relative_to(folder))
        if path.suffix == ".eml":
            note_letter(sinks, path.read_bytes())


def note_letter(sinks: Sinks, content: bytes) -> None:
    """Everything on the outside of a letter but the address it goes to."""
    letter = BytesParser(policy=policy.default).parsebytes(content)
    sinks.note("letter headers", *(f"{name}: {value}" for name, value in letter.items() if name != "To"))
    sinks.note("letter headers", *(one.display_name for one in letter["To"].addresses))


def read_here(_module: str, content: bytes, kind: str, **_more: Any) -> bytes:
    """A CV is read without a process of its own."""
    return answer_to(content, kind).encode()


def no_work(*_given: Any) -> int:
    """Nothing is due."""
    return 0


@pytest.mark.slow
def test_no_value_is_where_none_may_be(
    served: Served,
    session: Session,
    settings: Settings,
    log: io.StringIO,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(opening, "printed_by", read_here)
    kept, sinks = replace(settings, rate_limits=True), Sinks()
    app = served(kept, planted)
    story = Story(app, session, sinks)
    knock(story)
    theirs = register(story)
    officer_page(story, theirs, own_page(story, theirs))
    provoke(story, theirs)
    session.commit()
    assert look_for_work(app.extensions["registry.database"], kept) >= 3
    knock_at_the_server(app, sinks)
    note_rows(session, sinks)
    note_files(sinks, kept.data_dir)
    sinks.note("logs", log.getvalue())
    assert len(VALUES) >= 50
    assert len(sinks.held) >= 10
    assert {sink for sink, texts in sinks.held.items() if not texts} == set()
    assert ", ".join(f"{label} in {sink}" for sink, label in sinks.found()) == ""


def test_a_worker_writes_its_lines_as_a_server_does(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    configured: list[str] = []
    monkeypatch.setattr(worker, "configure_logs", lambda: configured.append("yes"))
    monkeypatch.setattr(worker, "load_settings", lambda: settings_in(tmp_path))
    monkeypatch.setattr(worker, "look_for_work", no_work)
    monkeypatch.setattr(worker, "post_now", no_work)
    assert worker.work(Namespace(once=True, until_parent_ends=False)) == 0
    assert configured == ["yes"]


@pytest.mark.parametrize("label", sorted(VALUES))
def test_a_value_is_found_however_it_is_written(label: str) -> None:
    value = VALUES[label]
    said = (
        value,
        value.upper(),
        quote(value),
        json.dumps({"a": value}),
        escape(value),
        fold(value),
    )
    packed = [b64encode(before + value.encode()).decode() for before in (b"", b"a", b"ab")]
    assert [one for one in (*said, *packed) if label not in labels_in(f"x {one} y")] == []
    assert labels_in("Không có gì riêng ở đây: /ung-vien?trang=2, HS-20418") == set()


@pytest.mark.parametrize("database", ["sqlite"], indirect=True)
def test_a_leak_into_each_place_is_seen(
    served: Served, settings: Settings, log: io.StringIO, tmp_path: Path
) -> None:
    """The control: a value planted where none may be is told of, by the name of the place."""
    name, sinks = V["name"], Sinks()
    watch(sinks, served(replace(settings, rate_limits=True), planted).test_client().get("/_hong/leaks/a"))
    structlog.get_logger("control").warning("happened", who=name)
    sinks.note("logs", log.getvalue())
    letter = EmailMessage()
    letter["Subject"], letter["To"] = name, Address(name, addr_spec="a@khongco.vn")
    note_letter(sinks, letter.as_bytes())
    for sink, row in (("jobs", {"who": name}), ("log of deeds", [name]), ("letters", [name.encode()])):
        sinks.note(sink, row)
    (tmp_path / fold(name)).touch()
    note_files(sinks, tmp_path)
    seen = {sink for sink, label in sinks.found() if label == "name"}
    assert seen == {
        "addresses", "redirects", "headers", "cookies", "error pages", "logs", "letter headers", "jobs", "log of deeds", "letters", "file names",
    }  # fmt: skip
