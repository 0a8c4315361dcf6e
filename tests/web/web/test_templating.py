"""The environment of pages shows what Jinja's own would: nothing unescaped, attributes and keys as before."""

from typing import Any

import pytest
from flask import Flask
from jinja2 import pass_context
from jinja2.runtime import Context
from markupsafe import Markup, escape

from registry.web.i18n import install
from registry.web.templating import PageEnvironment

VALUES = (
    "An",
    "<script>",
    "R&D",
    'say "so"',
    "l'eau",
    "a > b",
    "",
    Markup("<b>An</b>"),
    7,
    None,
    0.5,
    ["<i>"],
)


class Shouting(str):
    """A text that is markup in its own way."""

    __slots__ = ()

    def __html__(self) -> str:
        return f"<em>{escape(str(self))}</em>"


@pytest.fixture(scope="module")
def pages() -> PageEnvironment:
    return PageEnvironment(Flask("pages"), autoescape=True)


@pytest.mark.parametrize("value", [*VALUES, Shouting("<An>")])
def test_a_value_is_shown_as_escaping_it_shows_it(pages: PageEnvironment, value: Any) -> None:
    assert pages.from_string("{{ value }}").render(value=value) == str(escape(value))


def test_where_nothing_is_escaped_values_stay_as_they_are(pages: PageEnvironment) -> None:
    text = "{% autoescape false %}{{ value }}{% endautoescape %}{{ value }}"
    assert pages.from_string(text).render(value="<b>") == "<b>&lt;b&gt;"


def test_a_macro_and_a_filter_pass_escaped_text_on_once(pages: PageEnvironment) -> None:
    text = (
        "{% macro bold(text) %}<b>{{ text }}</b>{% endmacro %}{{ bold('<' ~ value) }}{{ [value, '<']|join }}"
    )
    assert pages.from_string(text).render(value="R&D") == "<b>&lt;R&amp;D</b>R&amp;D&lt;"


def test_names_are_looked_for_in_rows_as_jinja_does(pages: PageEnvironment) -> None:
    row = {"name": "An", "items": "taken", "none": None}
    text = "{{ row.name }} {{ row.none }} {{ row.gone }}|{{ row.gone is defined }} {{ row.items() | length }}"
    assert pages.from_string(text).render(row=row) == "An None |False 3"


def test_names_of_objects_that_are_no_plain_dict_are_their_attributes(pages: PageEnvironment) -> None:
    class Named(dict[str, str]):
        name = "attribute"

    text = "{{ row.name }} {{ missing.name is defined }}"
    assert pages.from_string(text).render(row=Named(name="entry"), missing=None) == "attribute False"


@pytest.fixture(scope="module")
def speaking() -> Flask:
    """An app whose pages have sentences."""
    app = Flask("pages")
    app.jinja_environment = PageEnvironment
    app.secret_key = "s" * 40
    install(app)
    return app


def test_a_template_once_compiled_says_its_sentences_in_the_language_of_each_request(speaking: Flask) -> None:
    page = speaking.jinja_env.from_string("{{ _('Đăng xuất') }}{% set said = _('Đăng xuất') %}, {{ said }}")
    told: list[str] = []
    for language in ("vi", "en", "vi"):
        with speaking.test_request_context(f"/?lang={language}"):
            told.append(page.render())
    assert told == ["Đăng xuất, Đăng xuất", "Sign out, Sign out", "Đăng xuất, Đăng xuất"]


def test_a_sentence_is_markup_and_two_percent_signs_are_one(speaking: Flask) -> None:
    text = "{{ _('Còn 5 %% và <i>') }} {% for n in ['<b>', 7] %}{{ _('Còn %(n)s', n=n) }} {% endfor %}{{ _('Hết', n=1) }}"
    said = speaking.jinja_env.from_string(text)
    with speaking.test_request_context("/"):
        assert said.render() == "Còn 5 % và <i> Còn &lt;b&gt; Còn 7 Hết"


def test_a_name_of_the_template_is_not_taken_for_the_one_of_sentences(speaking: Flask) -> None:
    said = speaking.jinja_env.from_string("{% for _ in [other] %}{{ _('Đăng xuất') }}{% endfor %}")
    with speaking.test_request_context("/?lang=en"):
        assert said.render(other=str.upper) == "ĐĂNG XUẤT"


def test_functions_are_given_what_they_ask_of_the_template(pages: PageEnvironment) -> None:
    @pass_context
    def named(context: Context, name: str) -> str:
        return f"{context.get(name)}<"

    def plain(*values: Any, **named: Any) -> str:
        return f"{values}{named}"

    text = "{% for n in [1] %}{{ named('who') }}{{ plain(n, b=2) }}{{ 'x'.upper() }}{% endfor %}"
    shown = pages.from_string(text).render(named=named, plain=plain, who="An")
    assert shown == f"An&lt;{escape(str((1,)) + str({'b': 2}))}X"
