"""Static files: addresses with a hash of their content, so that browsers may keep them for ever; texts compressed once."""

import hashlib
import time
from functools import lru_cache
from io import BytesIO
from mimetypes import guess_type
from pathlib import Path

from flask import Flask, Response, request, send_file, url_for
from markupsafe import Markup
from werkzeug.security import safe_join

from registry.paths import STATIC
from registry.web.compression import LEAST_BYTES, packed, takes_gzip

_YEAR_SECONDS = 31_536_000
_SURE_SECONDS = 1.0
"""So long a file is taken to be what it was: a page names its sprite of icons a hundred times, and all do so."""

_TEXTS = frozenset({".css", ".js", ".svg", ".txt"})
_HARDEST = 9

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


@lru_cache(maxsize=64)
def _packed_file(path: Path, _changed_ns: int) -> bytes | None:
    """The file as gzip makes it; nothing for one that is too small to win by it."""
    text = path.read_bytes()
    return packed(text, _HARDEST) if len(text) >= LEAST_BYTES else None


def _packed_answer(filename: str) -> Response | None:
    """A text to somebody who takes gzip; nothing where the file is to be sent as it lies there, or is not there."""
    found = safe_join(str(STATIC), filename)
    if found is None or "Range" in request.headers or not takes_gzip(request):
        return None
    path = Path(found)
    if path.suffix not in _TEXTS or not path.is_file():
        return None
    changed_ns = path.stat().st_mtime_ns
    body = _packed_file(path, changed_ns)
    if body is None:
        return None
    tag, kind = f"{_content_hash(path, changed_ns)}-gzip", guess_type(path.name)[0]
    answer = send_file(BytesIO(body), kind, etag=tag, last_modified=changed_ns // 1_000_000_000)
    answer.content_encoding = "gzip"
    return answer


def install(app: Flask) -> None:
    """Let templates ask for hashed addresses, let browsers keep what carries a hash, and fonts, and send texts compressed.

    The style sheet names its fonts without a hash; a font that changes gets another name.
    """

    def send_static(filename: str) -> Response:
        answer = _packed_answer(filename) or app.send_static_file(filename)
        if Path(filename).suffix in _TEXTS:
            answer.vary.add("Accept-Encoding")
        return answer

    def keep_unchanging(response: Response) -> Response:
        if request.endpoint != "static" or response.status_code != 200:
            return response
        if "v" in request.args or request.path.endswith(".woff2"):
            response.headers["Cache-Control"] = f"public, max-age={_YEAR_SECONDS}, immutable"
        return response

    app.add_template_global(static_url, "static_url")
    app.add_template_global(sprite_icon, "sprite_icon")
    app.view_functions["static"] = send_static
    app.after_request(keep_unchanging)
