"""The environment of pages shows what Jinja's own would: nothing unescaped, attributes and keys as before."""

from typing import Any

import pytest
from flask import Flask
from markupsafe import Markup, escape

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
