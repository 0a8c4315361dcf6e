"""Sentences in the language of a request: chosen once, escaped on pages, changed for a while."""

from typing import Any

import flask_babel
import pytest
from babel.support import Translations
from flask import Flask, render_template_string, request

from registry.web import i18n
from registry.web.i18n import current_language, gettext, install, lazy_gettext, ngettext

SENTENCE = "Đăng xuất"


@pytest.fixture
def page() -> Flask:
    """An app with nothing but its sentences."""
    app = Flask(__name__)
    app.secret_key = "s" * 40
    install(app)
    return app


def english(sentence: str) -> str:
    """What the sentence is in English."""
    found: str = Translations.load(str(i18n.TRANSLATIONS), ["en"]).gettext(sentence)
    assert found != sentence
    return found


def test_each_request_speaks_its_own_language(page: Flask) -> None:
    for language, said in (("vi", SENTENCE), ("en", english(SENTENCE)), ("vi", SENTENCE), ("fr", SENTENCE)):
        with page.test_request_context(f"/?lang={language}"):
            assert gettext(SENTENCE) == said
            assert str(lazy_gettext(SENTENCE)) == said
            assert render_template_string("{{ _('Đăng xuất') }}") == said
            assert current_language() == (language if language != "fr" else "vi")


def test_a_lazy_sentence_follows_whoever_shows_it(page: Flask) -> None:
    lazy = lazy_gettext(SENTENCE)
    with page.test_request_context("/?lang=en"):
        assert str(lazy) == english(SENTENCE)
    with page.test_request_context("/"):
        assert str(lazy) == SENTENCE
    assert str(lazy) == SENTENCE


def test_the_language_can_be_another_for_a_while(page: Flask) -> None:
    with page.test_request_context("/"):
        assert gettext(SENTENCE) == SENTENCE
        force_locale: Any = vars(flask_babel)["force_locale"]
        with force_locale("en"):
            assert gettext(SENTENCE) == english(SENTENCE)
        assert gettext(SENTENCE) == SENTENCE


def test_a_request_looks_for_its_language_once(page: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    looked: list[str] = []
    domain: Any = flask_babel.Domain
    found = domain.get_translations

    def look(self: Any) -> Any:
        looked.append(request.path)
        return found(self)

    monkeypatch.setattr(domain, "get_translations", look)
    with page.test_request_context("/một"):
        for _ in range(5):
            gettext(SENTENCE)
            ngettext("%(num)s người", "%(num)s người", 3)
            render_template_string("{{ _('Đăng xuất') }}")
    assert looked == ["/một"]


def test_what_is_filled_in_is_escaped_on_a_page_and_nowhere_else(page: Flask) -> None:
    with page.test_request_context("/"):
        assert render_template_string("{{ _('Chào %(name)s', name='<b>') }}") == "Chào &lt;b&gt;"
        assert render_template_string("{{ gettext('Còn 5 %% và <i>') }}") == "Còn 5 % và <i>"
        assert gettext("Chào %(name)s", name="<b>") == "Chào <b>"
        assert gettext("Còn 5 %") == "Còn 5 %"


def test_without_a_page_sentences_are_said_as_they_are_written() -> None:
    assert gettext("Chào %(name)s", name="Lò") == "Chào Lò"
    assert ngettext("%(num)s người", "%(num)s người", 1747) == "1.747 người"
