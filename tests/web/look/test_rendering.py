"""Filters follow the language of the page."""

import datetime as dt

import pytest
from flask import Flask, render_template_string

from registry.web import i18n, rendering


@pytest.fixture
def bare() -> Flask:
    app = Flask("registry")
    app.secret_key = "x" * 32
    i18n.install(app)
    rendering.install(app)
    return app


def shown(bare: Flask, template: str, address: str = "/") -> str:
    with bare.test_request_context(address):
        return render_template_string(
            template,
            day=dt.date(2026, 11, 22),
            at=dt.datetime(2026, 11, 22, 1, 15, tzinfo=dt.UTC),
            nothing=None,
        )


def test_filters_speak_vietnamese_unless_english_was_asked_for(bare: Flask) -> None:
    assert shown(bare, "{{ day|date }} {{ 1234|number }} {{ 8600|points }}") == "22/11/2026 1.234 86,00"
    assert shown(bare, "{{ 1234|number }} {{ 8600|points }}", "/?lang=en") == "1,234 86.00"


def test_places_can_be_given(bare: Flask) -> None:
    assert shown(bare, "{{ 12.345|number(1) }}") == "12,3"


def test_instants_and_dates_carry_their_machine_form(bare: Flask) -> None:
    assert shown(bare, "{{ day|time_tag }}") == '<time datetime="2026-11-22">22/11/2026</time>'
    assert (
        shown(bare, "{{ at|time_tag }}")
        == '<time datetime="2026-11-22T01:15:00+00:00">22/11/2026 08:15</time>'
    )
    assert (
        shown(bare, "{{ day|time_tag('<hôm qua>') }}") == '<time datetime="2026-11-22">&lt;hôm qua&gt;</time>'
    )
    assert shown(bare, "{{ nothing|time_tag }}") == "–"


def test_numbers_inside_sentences_are_grouped_too(bare: Flask) -> None:
    sentence = "{{ ngettext('%(num)s cọc tre', '%(num)s cọc tre', 1747) }}"
    assert shown(bare, sentence) == "1.747 cọc tre"
    assert shown(bare, sentence, "/?lang=en") == "1,747 cọc tre"
    with bare.test_request_context():
        assert i18n.ngettext("%(num)s cọc tre", "%(num)s cọc tre", 1747) == "1.747 cọc tre"


def test_charts_and_formats_are_at_hand(bare: Flask) -> None:
    assert shown(bare, "{{ charts.bar(1, 2) }}").startswith('<svg class="bar"')
    assert shown(bare, "{{ formats.missing }}") == "–"
