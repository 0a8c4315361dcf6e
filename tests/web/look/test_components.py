"""The page of all components, parsed: structure that every page inherits from the macros."""

from typing import Any

import pytest
from flask import Blueprint, Flask
from lxml import html

from registry.formats import points
from registry.paths import STATIC, TEMPLATES
from registry.web import forms, i18n, rendering, statics
from registry.web.installation import Tenant
from registry.web.style_page import render_components

PARSER: Any = html  # lxml ships no types


class Officer:
    display_name = "Lò Thị Hạnh"
    role_label = "Chuyên viên"


def _around() -> dict[str, Any]:
    places = [("/", "Tổng quan", False, None), ("/nhu-cau", "Nhu cầu", True, 6)]
    return {"tenant": Tenant(), "account": Officer(), "lang": "vi", "is_demo": True, "nav_items": places}


@pytest.fixture
def bare() -> Flask:
    """An application of two empty rooms, so that the frame has somewhere to link to."""
    app = Flask("registry", template_folder=str(TEMPLATES), static_folder=str(STATIC))
    app.secret_key, app.testing = "x" * 32, True
    for part in (i18n, statics, rendering, forms):
        part.install(app)
    pages, accounts = Blueprint("pages", __name__), Blueprint("accounts", __name__)
    pages.add_url_rule("/", "home", lambda: "")
    pages.add_url_rule("/ngon-ngu", "switch_language", lambda: "", methods=["POST"])
    accounts.add_url_rule("/tai-khoan", "own_account", lambda: "")
    accounts.add_url_rule("/dang-nhap", "sign_in", lambda: "")
    accounts.add_url_rule("/dang-xuat", "sign_out", lambda: "", methods=["POST"])
    app.register_blueprint(pages)
    app.register_blueprint(accounts)
    app.context_processor(_around)
    return app


@pytest.fixture
def page(bare: Flask) -> Any:
    with bare.test_request_context("/_thanh-phan"):
        return PARSER.document_fromstring(render_components())


def test_ids_are_unique_and_every_reference_finds_its_target(page: Any) -> None:
    ids = page.xpath("//@id")
    assert len(ids) == len(set(ids))
    for attribute in ("aria-describedby", "aria-labelledby", "for"):
        for value in page.xpath(f"//@{attribute}"):
            assert set(value.split()) <= set(ids)


def test_there_is_one_first_heading_and_no_level_is_skipped(page: Any) -> None:
    levels = [int(node.tag[1]) for node in page.xpath("//h1|//h2|//h3|//h4")]
    assert levels.count(1) == 1
    started = levels.index(1)
    for before, after in zip(levels[started:], levels[started + 1 :], strict=False):
        assert after <= before + 1


def test_tables_have_captions_and_heads(page: Any) -> None:
    for table in page.xpath("//table"):
        assert table.xpath("normalize-space(caption)")
        assert all(cell.get("scope") in {"col", "row"} for cell in table.xpath(".//th"))


def test_images_and_drawings_are_named_or_hidden(page: Any) -> None:
    for drawing in page.xpath("//svg"):
        named = drawing.get("role") == "img" and drawing.get("aria-label")
        assert named or drawing.get("aria-hidden") == "true"
    assert all(image.get("alt") is not None for image in page.xpath("//img"))


def test_landmarks_and_forms_are_in_place(page: Any) -> None:
    assert page.xpath("//body/a[1]/@href") == ["#noi-dung"]
    assert len(page.xpath("//main[@id='noi-dung']")) == 1
    assert page.xpath("//nav[@aria-label='Chính']//a[@aria-current='page']")
    for form in page.xpath("//form[@method='post']"):
        assert form.xpath(".//input[contains(@name, 'csrf_token')]/@value")
    assert page.xpath("//@style") == page.xpath("//style") == page.xpath("//script[not(@src)]") == []


def test_shown_points_are_the_points_and_add_up_to_the_score(page: Any) -> None:
    card = page.xpath("//article[@data-score]")[0]
    parts = [int(node.get("data-points")) for node in card.xpath(".//ul[@class='parts']//b")]
    assert [node.text for node in card.xpath(".//ul[@class='parts']//b")] == [points(part) for part in parts]
    assert sum(parts) == int(card.get("data-score"))
    assert points(sum(parts)) in card.xpath("string(.//div[@class='mc-ring'])")


def test_invented_data_is_marked(page: Any) -> None:
    assert page.xpath("normalize-space(//p[@class='demo'])") == "Dữ liệu minh họa"
    assert "không phải số liệu chính thức" in page.xpath("string(//footer)")
