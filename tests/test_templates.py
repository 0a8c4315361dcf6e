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


@pytest.mark.slow
def test_templates_compile(environment: Environment) -> None:
    for name in PATHS:
        environment.get_template(name)


def test_templates_keep_to_the_content_policy() -> None:
    assert {name: found for name in PATHS if (found := offences(without_comments(source(name))))} == {}


def test_templates_trust_nothing() -> None:
    trusting = r"\|\s*safe\b|autoescape\s+false|Markup\("
    ours = [name for name in PATHS if not name.startswith("_macros/")]
    assert [name for name in ours if re.search(trusting, without_comments(source(name)))] == []


def test_templates_import_only_what_they_use() -> None:
    assert {name: left for name in PATHS if (left := unused_imports(without_comments(source(name))))} == {}


def test_no_template_stands_under_more_than_two_layouts() -> None:
    assert [name for name in PATHS if depth(name) > 2] == []


def without_token(text: str) -> list[str]:
    """Where forms begin that are sent without their token."""
    forms: list[str] = re.findall(r"<form[^>]*method=\"post\".*?</form>", text, re.DOTALL | re.IGNORECASE)
    return [form[:120] for form in forms if not re.search(r"csrf\(\)|csrf_token|hidden_tag", form)]


def test_post_forms_carry_their_token() -> None:
    assert {name: left for name in PATHS if (left := without_token(without_comments(source(name))))} == {}


def test_icons_that_are_named_exist() -> None:
    drawn = set(re.findall(r'id="i-([\w-]+)"', (STATIC / "icons.svg").read_text("utf-8")))
    named = r"\bicon(?:_name)?(?:\(|=|\": )\"([a-z]+)\""
    found = {name: set(re.findall(named, without_comments(source(name)))) - drawn for name in PATHS}
    assert {name: unknown for name, unknown in found.items() if unknown} == {}


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
    assert ours == {"app.css", "app.js", "passkey.js"}
