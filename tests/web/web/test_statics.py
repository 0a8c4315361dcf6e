"""Static files come from the app alone: with its headers, kept for a year where their address never means others."""

from itertools import count
from pathlib import Path

import pytest
from flask import Flask

from registry.web import statics
from registry.web.statics import static_url
from tests.conftest import Client

KEPT = "public, max-age=31536000, immutable"


def test_an_address_with_a_hash_and_a_font_may_be_kept_for_ever(client: Client) -> None:
    with client.application.test_request_context():
        hashed = static_url("app.css")
    for path in (hashed, "/static/vendor/fonts/noto-sans-latin-wght-normal.woff2"):
        answer = client.get(path, buffered=True)
        assert (answer.status_code, answer.headers["Cache-Control"]) == (200, KEPT)
        assert answer.headers["X-Content-Type-Options"] == "nosniff"
        assert "Set-Cookie" not in answer.headers


def test_an_address_without_a_hash_is_asked_for_again(client: Client) -> None:
    answer = client.get("/static/app.css", buffered=True)
    assert answer.headers["Cache-Control"] == "no-cache"
    known = {"If-None-Match": answer.headers["ETag"]}
    again = client.get("/static/app.css", headers=known, buffered=True)
    assert again.status_code == 304
    assert client.get("/static/none.woff2").status_code == 404


def test_a_file_that_changes_gets_another_address_wherever_the_app_is_mounted(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    seconds = count(1_000.0, 2.0)
    monkeypatch.setattr(statics, "STATIC", tmp_path)
    monkeypatch.setattr(statics.time, "monotonic", lambda: next(seconds))
    app, file = Flask("mounted"), tmp_path / "look.css"
    told: list[str] = []
    for text in ("a {}", "b {}", "b {}"):
        file.write_text(text, encoding="utf-8")
        for root in ("", "/so"):
            with app.test_request_context("/", environ_overrides={"SCRIPT_NAME": root}):
                told.append(static_url("look.css"))
    assert all(one.startswith("/static/look.css?v=") for one in told[::2])
    assert [f"/so{one}" for one in told[::2]] == told[1::2]
    assert told[0] != told[2]
    assert told[2] == told[4]
    with app.test_request_context("/"), pytest.raises(FileNotFoundError):
        static_url("none.css")
