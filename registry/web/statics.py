"""Addresses of static files with a hash of their content, so that browsers may keep them for ever."""

import hashlib
import time
from functools import lru_cache
from pathlib import Path

from flask import Flask, Response, request, url_for
from markupsafe import Markup

from registry.paths import STATIC

_YEAR_SECONDS = 31_536_000
_SURE_SECONDS = 1.0
"""So long a file is taken to be what it was: a page names its sprite of icons a hundred times, and all do so."""

_known: dict[tuple[str, str], tuple[float, str]] = {}
_DECORATION = Markup('aria-hidden="true"')


@lru_cache(maxsize=256)
def _content_hash(path: Path, _changed_ns: int) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()[:16]


def static_url(name: str) -> str:
    """The address of `registry/static/<name>`. Raises FileNotFoundError for a name that does not exist."""
    key = (name, request.script_root)
    sure_until, address = _known.get(key, (0.0, ""))
    at = time.monotonic()
    if at >= sure_until:
        address = _looked_up(name)
        _known[key] = (at + _SURE_SECONDS, address)
    return address


def sprite_icon(name: str, label: str | None = None) -> Markup:
    """One icon of the sprite as the macro `icon` shows it. A page shows a hundred, hence no template is run for one."""
    known = Markup('role="img" aria-label="{}"').format(label) if label else _DECORATION
    return _icon(static_url("icons.svg"), name, known)


@lru_cache(maxsize=512)
def _icon(sprite: str, name: str, known: Markup) -> Markup:
    drawn = Markup('<svg class="icon" {} focusable="false"><use href="{}#i-{}"/></svg>')
    return drawn.format(known, sprite, name)


def _looked_up(name: str) -> str:
    return _address(name, (STATIC / name).stat().st_mtime_ns, request.script_root)


@lru_cache(maxsize=256)
def _address(name: str, changed_ns: int, _root: str) -> str:
    return url_for("static", filename=name, v=_content_hash(STATIC / name, changed_ns))


def install(app: Flask) -> None:
    """Let templates ask for hashed addresses and let browsers keep what carries a hash, and fonts.

    The style sheet names its fonts without a hash; a font that changes gets another name.
    """

    def keep_unchanging(response: Response) -> Response:
        if request.endpoint != "static" or response.status_code != 200:
            return response
        if "v" in request.args or request.path.endswith(".woff2"):
            response.headers["Cache-Control"] = f"public, max-age={_YEAR_SECONDS}, immutable"
        return response

    app.add_template_global(static_url, "static_url")
    app.add_template_global(sprite_icon, "sprite_icon")
    app.after_request(keep_unchanging)
