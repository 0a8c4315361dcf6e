"""Pages and static texts come compressed to those who take it, and are the same texts; all else comes as it is."""

import gzip
import os
import re
from base64 import urlsafe_b64encode
from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask, Response, stream_with_context
from flask.testing import FlaskClient
from sqlalchemy.orm import Session

from registry.accounts.rules import Role
from registry.paths import STATIC
from registry.web import compression, statics
from registry.web.statics import static_url
from tests.conftest import Client
from tests.factories.accounts import account, sign_in

ONE_DATABASE = pytest.mark.parametrize("database", ["sqlite"], indirect=True)
TOKEN = re.compile(r'name="csrf_token"[^>]* value="([^"]+)"')
TAKES = {"Accept-Encoding": "gzip, deflate, br"}
LONG = "Điện Biên, Lai Châu, Sơn La. " * 100


def _views(app: Flask) -> None:
    def streamed() -> Response:
        def lines() -> Iterator[str]:
            yield LONG

        return Response(stream_with_context(lines()), mimetype="text/html")

    def answer(kind: str) -> Response:
        made = {
            "short": Response("ngắn", mimetype="text/html"),
            "json": Response(f'"{LONG}"', mimetype="application/json"),
            "pdf": Response(LONG, mimetype="application/pdf"),
            "packed": Response(LONG, mimetype="text/html", headers={"Content-Encoding": "br"}),
            "tagged": Response(LONG, mimetype="text/html", headers={"ETag": '"1"'}),
            "part": Response(LONG, 206, mimetype="text/html"),
            "unchanged": Response(status=304, mimetype="text/html"),
        }
        return made[kind]

    app.add_url_rule("/streamed", "streamed", streamed)
    app.add_url_rule("/answer/<kind>", "answer", answer)


@pytest.fixture
def answering() -> FlaskClient:
    """A small app that answers in every way there is."""
    app = Flask("answering")
    compression.install(app)
    _views(app)
    return app.test_client()


@ONE_DATABASE
@pytest.mark.parametrize("path", ["/dang-nhap", "/khong-co", "/dang-ky/tai-khoan?lang=en"])
def test_a_page_is_the_same_page_compressed(client: Client, path: str) -> None:
    plain, packed = client.get(path), client.get(path, headers=TAKES)
    assert plain.status_code == packed.status_code
    assert (plain.content_encoding, packed.content_encoding) == (None, "gzip")
    assert _without_tokens(gzip.decompress(packed.data)) == _without_tokens(plain.data)
    for answer in (plain, packed):
        assert {"Accept-Encoding", "HX-Request"} <= set(answer.vary)
        assert answer.content_length == len(answer.data)
    assert len(packed.data) < len(plain.data) * 0.6
    assert packed.headers["Content-Security-Policy"] == plain.headers["Content-Security-Policy"]


@ONE_DATABASE
@pytest.mark.parametrize("said", ["gzip;q=0", "br", "identity", "*;q=0"])
def test_who_takes_no_gzip_gets_none(client: Client, said: str) -> None:
    for path in ("/dang-nhap", "/static/app.css"):
        answer = client.get(path, headers={"Accept-Encoding": said}, buffered=True)
        assert (answer.status_code, answer.content_encoding) == (200, None)
        assert "Accept-Encoding" in answer.vary


@pytest.mark.parametrize(
    ("kind", "goes_packed"), [("json", True), ("short", False), ("pdf", False), ("part", False)]
)
def test_finished_texts_of_some_length_are_compressed(
    answering: FlaskClient, kind: str, goes_packed: bool
) -> None:
    answer = answering.get(f"/answer/{kind}", headers=TAKES)
    assert answer.content_encoding == ("gzip" if goes_packed else None)
    assert ("Accept-Encoding" in answer.vary) is (kind != "pdf")
    assert answer.content_length == len(answer.data)


@pytest.mark.parametrize("path", ["/streamed", "/answer/packed", "/answer/tagged", "/answer/unchanged"])
def test_streams_and_what_is_compressed_or_named_already_come_as_they_are(
    answering: FlaskClient, path: str
) -> None:
    plain, answer = answering.get(path), answering.get(path, headers=TAKES)
    assert (answer.data, answer.content_encoding) == (plain.data, plain.content_encoding)
    assert answer.headers.get("ETag") == plain.headers.get("ETag")


@ONE_DATABASE
def test_the_head_of_a_page_is_that_of_the_plain_page(client: Client) -> None:
    head = client.head("/dang-nhap", headers=TAKES)
    assert (head.data, head.content_encoding) == (b"", None)
    assert "Accept-Encoding" in head.vary


@ONE_DATABASE
def test_the_length_of_a_page_varies_and_its_token_is_covered(client: Client, session: Session) -> None:
    sign_in(client, account(session, Role.OFFICER, "VN/12/"))
    texts: list[str] = []
    lengths: set[int] = set()
    for _number in range(12):
        answer = client.get("/tai-khoan", headers=TAKES)
        texts.append(gzip.decompress(answer.data).decode())
        lengths.add(len(answer.data))
    assert len(lengths) > 3
    tokens = [set(TOKEN.findall(text)) for text in texts]
    assert all(len(found) == 1 for found in tokens), "the forms of one page show one token"
    assert len({token for found in tokens for token in found}) == len(texts)
    with client.session_transaction() as cookie:
        secret = str(cookie["csrf_token"])
    assert secret not in "".join(texts)
    assert urlsafe_b64encode(f'"{secret}"'.encode()).decode().rstrip("=") not in "".join(texts)


@ONE_DATABASE
def test_a_form_is_accepted_with_the_token_of_its_page_and_with_no_other(
    client: Client, session: Session
) -> None:
    sign_in(client, account(session, Role.OFFICER, "VN/12/"))
    token = TOKEN.findall(client.get("/tai-khoan").text)[0]
    changed = ("A" if token[30] != "A" else "B").join((token[:30], token[31:]))
    for sent in ("", "A", "A" * len(token), token[:-4], changed):
        assert client.post("/dang-xuat", data={"csrf_token": sent}).status_code == 400
    assert client.post("/dang-xuat", data={"csrf_token": token}).status_code == 303


@ONE_DATABASE
@pytest.mark.parametrize("name", ["app.css", "app.js", "icons.svg", "vendor/htmx/htmx.min.js"])
def test_a_static_text_is_the_same_text_compressed(client: Client, name: str) -> None:
    with client.application.test_request_context():
        address = static_url(name)
    plain, packed = (client.get(address, headers=one, buffered=True) for one in ({}, TAKES))
    assert (plain.content_encoding, packed.content_encoding) == (None, "gzip")
    assert gzip.decompress(packed.data) == plain.data == (STATIC / name).read_bytes()
    assert packed.content_length == len(packed.data)
    assert packed.mimetype == plain.mimetype
    assert (
        packed.headers["Cache-Control"]
        == plain.headers["Cache-Control"]
        == "public, max-age=31536000, immutable"
    )
    assert packed.headers["X-Content-Type-Options"] == "nosniff"
    assert packed.last_modified == plain.last_modified
    assert "Accept-Encoding" in plain.vary
    assert "Accept-Encoding" in packed.vary
    head = client.head(address, headers=TAKES, buffered=True)
    assert (head.data, head.content_length, head.content_encoding) == (b"", len(packed.data), "gzip")


@ONE_DATABASE
def test_the_two_shapes_of_a_file_have_two_tags_and_each_is_known_again(client: Client) -> None:
    shapes = {
        said: client.get("/static/app.css", headers={"Accept-Encoding": said}, buffered=True)
        for said in ("gzip", "identity")
    }
    tags = {said: answer.headers["ETag"] for said, answer in shapes.items()}
    assert tags["gzip"] != tags["identity"]
    for asked in tags:
        for held, tag in tags.items():
            answer = client.get(
                "/static/app.css", headers={"Accept-Encoding": asked, "If-None-Match": tag}, buffered=True
            )
            assert answer.status_code == (304 if asked == held else 200)
            assert "Accept-Encoding" in answer.vary
            assert answer.data == (b"" if asked == held else shapes[asked].data)


@ONE_DATABASE
def test_parts_fonts_short_files_and_what_is_not_there_come_as_they_are(client: Client) -> None:
    part = client.get("/static/app.css", headers={**TAKES, "Range": "bytes=0-9"}, buffered=True)
    assert (part.status_code, part.data) == (206, (STATIC / "app.css").read_bytes()[:10])
    font = client.get("/static/vendor/fonts/noto-sans-latin-wght-normal.woff2", headers=TAKES, buffered=True)
    assert (font.content_encoding, "Accept-Encoding" in font.vary) == (None, False)
    for path in ("/static/none.css", "/static/vendor", "/static/..%2fapp.css"):
        assert client.get(path, headers=TAKES).status_code == 404


def test_a_file_is_compressed_once_and_again_when_it_changes(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    calls: list[bytes] = []

    def counted(text: bytes, level: int) -> bytes:
        calls.append(text)
        return compression.packed(text, level)

    monkeypatch.setattr(statics, "STATIC", tmp_path)
    monkeypatch.setattr(statics, "packed", counted)
    small = Flask("small", static_url_path="/static", static_folder=str(tmp_path))
    statics.install(small)
    file = tmp_path / "look.css"
    for changed, text in ((1, LONG), (1, LONG), (2, LONG.upper()), (3, "ngắn")):
        file.write_text(text, "utf-8")
        os.utime(file, ns=(0, changed))
        answer = small.test_client().get("/static/look.css", headers=TAKES, buffered=True)
        assert answer.content_encoding == ("gzip" if len(text) > 1_000 else None)
        assert (gzip.decompress(answer.data) if answer.content_encoding else answer.data).decode() == text
    assert [text.decode() for text in calls] == [LONG, LONG.upper()]


def _without_tokens(page: bytes) -> str:
    return TOKEN.sub("", page.decode())
