"""Forms on the page: labels, hints, errors said twice in the same words, nothing typed lost, dates in three boxes."""

import datetime as dt
from typing import Any

import pytest
from flask import Flask, render_template_string
from lxml import html
from werkzeug.datastructures import MultiDict
from wtforms import RadioField, SelectMultipleField

from registry.paths import STATIC, TEMPLATES
from registry.web import forms, i18n, rendering, statics
from registry.web.choices import choices
from registry.web.dates import DateBoxes
from registry.web.forms import CleanString, Required, WebForm

PARSER: Any = html  # lxml ships no types
PAGE = """{% import "_macros/forms.html" as f %}
{{ f.error_summary(form) }}
{% call f.form(form) %}{% for field in form %}{{ f.field(field) }}{% endfor %}{% endcall %}"""


class PersonForm(WebForm):
    full_name = CleanString("Họ và tên", [Required("Nhập họ và tên")], description="Viết đủ dấu")
    note = CleanString("Ghi chú")
    birth_on = DateBoxes("Ngày sinh", [Required("Nhập ngày sinh")], sentence="Ngày sinh phải có thật")
    seen_by = RadioField(
        "Ai được xem?",
        [Required("Chọn ai được xem")],
        choices=choices([("a", "Cơ quan"), ("b", "Ẩn danh")]),
    )
    purposes = SelectMultipleField("Mục đích", choices=choices([("m", "Tìm việc"), ("p", "Chính sách")]))


@pytest.fixture
def bare() -> Flask:
    """Just enough of an application to render forms: no database, no rooms."""
    app = Flask("registry", template_folder=str(TEMPLATES), static_folder=str(STATIC))
    app.secret_key, app.testing = "x" * 32, True
    for part in (i18n, statics, rendering, forms):
        part.install(app)
    return app


def shown(bare: Flask, *typed: tuple[str, str], data: dict[str, Any] | None = None) -> Any:
    """The form as a tree: refused with what was typed, or filled with data."""
    with bare.test_request_context("/"):
        if data is None:
            form = PersonForm(MultiDict(typed), meta={"csrf": False})
            form.validate()
        else:
            form = PersonForm(formdata=None, data=data)
        return PARSER.fromstring(f"<div>{render_template_string(PAGE, form=form)}</div>")


def boxes(page: Any) -> list[str]:
    return [box.get("value") for box in page.xpath("//input[@name='birth_on']")]


def test_an_error_is_said_on_top_and_beside_the_field_in_the_same_words(bare: Flask) -> None:
    page = shown(bare, ("full_name", ""), ("birth_on", "31"), ("birth_on", "02"), ("birth_on", "1988"))
    summary = page.xpath("//div[@role='alert'][@tabindex='-1']")[0]
    assert summary.xpath("string(h2)") == "Có 3 chỗ cần sửa"
    ids = set(page.xpath("//@id"))
    for link in summary.xpath(".//a"):
        target = link.get("href")[1:]
        assert target in ids
        beside = page.xpath(f"string(//*[@id='{target}-loi'])")
        assert beside.split() == ["Lỗi:", *link.text.split()]


def test_a_refused_field_is_tied_to_its_hint_and_its_error(bare: Flask) -> None:
    page = shown(bare, ("full_name", ""))
    name = page.xpath("//input[@name='full_name']")[0]
    assert name.get("aria-invalid") == "true"
    assert name.get("aria-describedby").split() == ["full_name-goi-y", "full_name-loi"]
    assert set(name.get("aria-describedby").split()) <= set(page.xpath("//@id"))


def test_everything_typed_stays(bare: Flask) -> None:
    page = shown(
        bare, ("note", "ghi <b>"), ("birth_on", "3l"), ("birth_on", ""), ("birth_on", "88"), ("purposes", "p")
    )
    assert page.xpath("//input[@name='note']/@value") == ["ghi <b>"]
    assert boxes(page) == ["3l", "", "88"]
    assert page.xpath("//input[@name='purposes'][@checked]/@value") == ["p"]
    assert "ghi &lt;b&gt;" in PARSER.tostring(page, encoding="unicode")


def test_only_optional_fields_are_marked_and_no_browser_bubbles_appear(bare: Flask) -> None:
    page = shown(bare, data={"full_name": "Lò Thị Hạnh"})
    assert page.xpath("normalize-space(//label[@for='full_name'])") == "Họ và tên"
    assert page.xpath("normalize-space(//label[@for='note'])") == "Ghi chú (không bắt buộc)"
    assert page.xpath("//form/@novalidate") == [""]
    assert page.xpath("//@required") == page.xpath("//@maxlength") == []
    assert page.xpath("//input[@name='csrf_token']/@value") != []


def test_every_control_has_a_name_for_readers(bare: Flask) -> None:
    page = shown(bare, data={})
    for control in page.xpath("//input[not(@type='hidden')]"):
        by_id = page.xpath(f"//label[@for='{control.get('id')}']")
        assert by_id or control.xpath("ancestor::label"), control.get("name")
    ids = page.xpath("//@id")
    assert len(ids) == len(set(ids))


def test_a_date_is_shown_in_three_boxes(bare: Flask) -> None:
    assert boxes(shown(bare, data={"birth_on": dt.date(1990, 8, 5)})) == ["05", "08", "1990"]
    assert boxes(shown(bare, data={})) == ["", "", ""]


@pytest.mark.parametrize(
    ("typed", "expected", "errors"),
    [
        (["15", "8", "1990"], dt.date(1990, 8, 15), []),
        (["15/08/1990"], dt.date(1990, 8, 15), []),
        (["29", "02", "1988"], dt.date(1988, 2, 29), []),
        (["29", "02", "1989"], None, ["Ngày sinh phải có thật"]),
        (["", "08", "1990"], None, ["Ngày sinh phải có thật"]),
        (["15", "08", "90"], None, ["Ngày sinh phải có thật"]),
        (["\uff11\uff15", "08", "1990"], None, ["Ngày sinh phải có thật"]),
        (["hôm qua"], None, ["Ngày sinh phải có thật"]),
        (["0", "0", "0000"], None, ["Ngày sinh phải có thật"]),
        (["", "", ""], None, ["Nhập ngày sinh"]),
        ([], None, ["Nhập ngày sinh"]),
    ],
)
def test_a_date_must_exist_and_says_one_thing(
    bare: Flask, typed: list[str], expected: dt.date | None, errors: list[str]
) -> None:
    with bare.test_request_context("/"):
        form = PersonForm(MultiDict(("birth_on", part) for part in typed), meta={"csrf": False})
        form.validate()
        assert form.birth_on.data == expected
        assert list(form.birth_on.errors) == errors
