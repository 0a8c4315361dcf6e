"""Templates: every one compiles, none holds what the content policy forbids, and their imports are used."""

import re
from pathlib import Path

import pytest
from flask import Flask
from jinja2 import Environment, nodes

from registry.paths import STATIC, TEMPLATES
from registry.web import i18n, rendering

PATHS = sorted(path.relative_to(TEMPLATES).as_posix() for path in TEMPLATES.rglob("*.html"))
FORBIDDEN = {
    "a style attribute": r"<[^>]*\sstyle\s*=",
    "a style element": r"<style\b",
    "an inline script": r"<script(?![^>]*\ssrc=)[^>]*>",
    "an inline handler": r"<[^>]*\son[a-z]+\s*=",
    "a script address": r"(?:javascript|vbscript)\s*:",
    "code for htmx to evaluate": r"\bhx-on\b|\bhx-vars\b|hx-(?:vals|headers)\s*=\s*[\"']js:|hx-trigger\s*=\s*[\"'][^\"']*\[",
    "an address of another site": r"(?:src|href|action)\s*=\s*[\"'](?:https?:)?//",
    "a translated number of a law": r"\d+ (?:giờ|ngày|tháng)\b",
}


@pytest.fixture(scope="module")
def environment() -> Environment:
    """Templates with the filters and words they may use, and no database behind them."""
    app = Flask("registry", template_folder=str(TEMPLATES))
    i18n.install(app)
    rendering.install(app)
    return app.jinja_env


def source(name: str) -> str:
    return (TEMPLATES / name).read_text("utf-8")


def without_comments(text: str) -> str:
    return re.sub(r"\{#.*?#\}", "", text, flags=re.DOTALL)


def offences(text: str) -> list[str]:
    """What the text holds that no template may hold."""
    return [what for what, pattern in FORBIDDEN.items() if re.search(pattern, text, re.IGNORECASE)]


def unused_imports(text: str) -> set[str]:
    """Names that a template imports and never mentions again."""
    tree = Environment(extensions=["jinja2.ext.i18n"], autoescape=True).parse(text)
    imported: set[str] = {node.target for node in tree.find_all(nodes.Import)}
    for node in tree.find_all(nodes.FromImport):
        imported |= {name if isinstance(name, str) else name[1] for name in node.names}
    return imported - {node.name for node in tree.find_all(nodes.Name) if node.ctx == "load"}


def depth(name: str) -> int:
    """How many layouts stand above a template."""
    parent = re.search(r"{%-?\s*extends\s+[\"']([^\"']+)", source(name))
    return 0 if parent is None else 1 + depth(parent[1])


def test_there_are_templates() -> None:
    assert "base.html" in PATHS


@pytest.mark.parametrize("name", PATHS)
def test_a_template_compiles(environment: Environment, name: str) -> None:
    environment.get_template(name)


@pytest.mark.parametrize("name", PATHS)
def test_a_template_keeps_to_the_content_policy(name: str) -> None:
    assert offences(without_comments(source(name))) == []


@pytest.mark.parametrize("name", PATHS)
def test_a_template_trusts_nothing_and_imports_only_what_it_uses(name: str) -> None:
    text = without_comments(source(name))
    if not name.startswith("_macros/"):
        assert not re.search(r"\|\s*safe\b|autoescape\s+false|Markup\(", text)
    assert unused_imports(text) == set()
    assert depth(name) <= 2


@pytest.mark.parametrize("name", PATHS)
def test_a_post_form_carries_its_token(name: str) -> None:
    for form in re.findall(
        r"<form[^>]*method=\"post\".*?</form>", without_comments(source(name)), re.DOTALL | re.IGNORECASE
    ):
        assert re.search(r"csrf\(\)|csrf_token|hidden_tag", form), form[:120]


@pytest.mark.parametrize("name", PATHS)
def test_icons_that_are_named_exist(name: str) -> None:
    drawn = set(re.findall(r'id="i-([\w-]+)"', (STATIC / "icons.svg").read_text("utf-8")))
    named = re.findall(r"\bicon(?:_name)?(?:\(|=|\": )\"([a-z]+)\"", without_comments(source(name)))
    assert set(named) <= drawn


@pytest.mark.parametrize(
    "planted",
    [
        '<p style="x">',
        "<style>a{}</style>",
        "<script>x()</script>",
        '<a onclick="x()">',
        '<a href="javascript:x()">',
        '<div hx-on:click="x">',
        '<img src="//cdn.example/x.png">',
        "<p>trong 72 giờ</p>",
    ],
)
def test_the_checks_see_a_planted_offence(planted: str) -> None:
    assert len(offences(planted)) == 1


def test_the_import_check_sees_an_unused_import() -> None:
    assert unused_imports('{% from "_macros/ui.html" import tag, chip %}{{ tag("x") }}') == {"chip"}


def test_no_two_sheets_or_scripts_besides_ours_and_the_vendored() -> None:
    ours = {path.name for path in Path(STATIC).glob("*.css")} | {
        path.name for path in Path(STATIC).glob("*.js")
    }
    assert ours == {"app.css", "app.js"}
