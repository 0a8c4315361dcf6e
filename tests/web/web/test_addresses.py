"""Addresses that are kept are those that Flask builds, wherever the app is mounted."""

import flask
import pytest
from flask import Flask, render_template_string
from werkzeug.datastructures import MultiDict

from registry.web.addresses import install, url_for, with_query


@pytest.fixture(scope="module")
def app() -> Flask:
    made = Flask(__name__)
    made.add_url_rule("/tìm", "search")
    install(made)
    return made


def test_an_address_follows_where_the_app_is_mounted(app: Flask) -> None:
    for root in ("", "/so", ""):
        with app.test_request_context("/", environ_overrides={"SCRIPT_NAME": root}):
            assert url_for("search") == flask.url_for("search") == f"{root}/t%C3%ACm"
            assert render_template_string("{{ url_for('search') }}") == flask.url_for("search")
            assert url_for("search", q="a") == flask.url_for("search", q="a")


def test_two_apps_keep_their_own_addresses(app: Flask) -> None:
    other = Flask("other")
    other.add_url_rule("/khac", "search")
    install(other)
    with app.test_request_context("/"):
        assert url_for("search") == "/t%C3%ACm"
    with other.test_request_context("/"):
        assert url_for("search") == "/khac"


def test_a_query_is_written_as_flask_writes_it(app: Flask) -> None:
    state = MultiDict([("q", "kỹ sư & 50% (C++), «a»/b:c;d?e@f!$*'"), ("x", ""), ("x", "2"), ("tu", "21")])
    held = dict(state.lists())
    with app.test_request_context("/"):
        built = flask.url_for("search", **held)  # pyright: ignore[reportArgumentType] - as it takes them
        assert with_query(url_for("search"), state.items(multi=True)) == built
        assert with_query(url_for("search"), []) == url_for("search")
