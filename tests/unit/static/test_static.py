"""Static files: vendored ones are what their list says, ours stay small, and every colour is a token."""

import gzip
import hashlib
import re
import tomllib

import pytest

from registry.paths import STATIC

VENDOR = STATIC / "vendor"
ENTRIES = tomllib.loads((VENDOR / "VENDOR.toml").read_text("utf-8"))["file"]
CSS = (STATIC / "app.css").read_text("utf-8")
LAYERS = ["reset", "tokens", "base", "layout", "components", "charts", "print"]
COLOUR = re.compile(
    r"#[0-9a-fA-F]{3,8}\b|\b(?:rgb|hsl|oklch|lab|lch|color-mix)\(|:\s*(?:white|black|red|green|blue|gr[ae]y)\b"
)


def layer(name: str) -> str:
    """The body of one layer of the style sheet."""
    start = CSS.index(f"@layer {name}{{")
    depth, at = 0, start
    while True:
        depth += {"{": 1, "}": -1}.get(CSS[at], 0)
        at += 1
        if depth == 0 and CSS[at - 1] == "}":
            return CSS[start:at]


def stray_colours(css: str) -> list[str]:
    return COLOUR.findall(css)


def contrast(one: str, other: str) -> float:
    """WCAG 2 contrast ratio of two tokens."""
    tokens = dict(re.findall(r"--([\w-]+):(#[0-9a-f]{3,6})", CSS))
    light, dark = sorted((_luminance(tokens[one]), _luminance(tokens[other])), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def _luminance(colour: str) -> float:
    digits = colour[1:] if len(colour) == 7 else "".join(2 * digit for digit in colour[1:])
    channels = [int(digits[at : at + 2], 16) / 255 for at in (0, 2, 4)]
    linear = [value / 12.92 if value <= 0.04045 else ((value + 0.055) / 1.055) ** 2.4 for value in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


@pytest.mark.parametrize("entry", ENTRIES, ids=lambda entry: entry["file"])
def test_a_vendored_file_is_unchanged_and_has_its_licence(entry: dict[str, str]) -> None:
    assert hashlib.sha256((VENDOR / entry["file"]).read_bytes()).hexdigest() == entry["sha256"]
    assert {"name", "version", "source", "licence"} <= entry.keys()
    if "licence_file" in entry:
        assert (VENDOR / entry["licence_file"]).is_file()
    else:
        assert entry["file"].endswith(".txt"), "only a licence text needs no licence text"


def test_every_vendored_file_is_listed() -> None:
    there = {path.relative_to(VENDOR).as_posix() for path in VENDOR.rglob("*") if path.is_file()}
    assert there == {entry["file"] for entry in ENTRIES} | {"VENDOR.toml"}


def test_style_sheet_and_script_keep_to_their_budgets() -> None:
    assert len(gzip.compress(CSS.encode(), 9)) <= 15_000
    assert len((STATIC / "app.js").read_bytes()) <= 6_000
    assert sum(path.stat().st_size for path in VENDOR.rglob("*.woff2")) <= 90_000


def test_the_style_sheet_has_each_layer_once_and_in_order() -> None:
    assert f"@layer {', '.join(LAYERS)};" in CSS
    assert re.findall(r"@layer (\w+)\{", CSS) == LAYERS


def test_colours_are_written_in_the_tokens_only() -> None:
    assert stray_colours(layer("tokens")) != []
    for name in LAYERS:
        if name != "tokens":
            assert stray_colours(layer(name)) == [], name


def test_the_colour_check_sees_a_planted_colour() -> None:
    assert stray_colours(".x{color:#fff}") != []
    assert stray_colours(".x{background:rgb(0 0 0/.5)}") != []
    assert stray_colours(".x{color:var(--ink)}") == []


@pytest.mark.parametrize(
    ("text", "ground", "least"),
    [
        ("ink", "paper", 7),
        ("ink-2", "paper", 4.5),
        ("ink-3", "paper", 4.5),
        ("on-dark", "cham-900", 7),
        ("on-dark-2", "cham-900", 4.5),
        ("vang-500", "cham-900", 4.5),
        ("cham-700", "card", 4.5),
        ("cham-900", "cham-100", 4.5),
        ("son-600", "card", 4.5),
        ("son-700", "son-50", 4.5),
        ("luc-700", "luc-50", 4.5),
        ("vang-700", "vang-50", 4.5),
        ("who-b-ink", "who-b", 4.5),
        ("who-c-ink", "who-c", 4.5),
        ("who-d-ink", "who-d", 4.5),
        ("field", "card", 3),
        ("field", "paper", 3),
        ("focus", "focus-ink", 3),
        ("cham-600", "card", 3),
        ("cham-600", "cham-100", 3),
        ("part-1", "card", 3),
        ("part-2", "card", 3),
        ("part-3", "card", 3),
        ("part-4", "card", 3),
        ("part-5", "card", 3),
    ],
)
def test_colours_that_meet_can_be_told_apart(text: str, ground: str, least: float) -> None:
    assert contrast(text, ground) >= least


def test_variables_used_are_variables_defined() -> None:
    defined = set(re.findall(r"(--[\w-]+):", CSS))
    used = set(re.findall(r"var\((--[\w-]+)\)", CSS))
    assert used - defined == set()
    assert defined - used == set()


def test_icons_are_drawn_once_each_and_carry_no_colour() -> None:
    sprite = (STATIC / "icons.svg").read_text("utf-8")
    names = re.findall(r'id="i-([\w-]+)"', sprite)
    assert len(names) == len(set(names)) >= 27
    assert stray_colours(sprite) == []


def test_static_drawings_hold_no_script_and_no_style() -> None:
    for path in STATIC.glob("*.svg"):
        drawing = path.read_text("utf-8")
        assert not re.search(r"<script|<style|\sstyle=|\son\w+=|href=", drawing), path.name
