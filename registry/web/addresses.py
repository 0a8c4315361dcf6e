"""Addresses a page names again and again: built once, not by the routing at every link.

A page names some thirty; the routing takes as long for each as a template for ten lines.
"""

from collections.abc import Iterable
from typing import Any
from urllib.parse import urlencode

import flask
from flask import Flask, current_app, request

_EXTENSION = "registry.addresses"
# What Werkzeug leaves as it is in a query (https://url.spec.whatwg.org/#percent-encoded-bytes).
_UNQUOTED = "!$'()*,/:;?@"


def install(app: Flask) -> None:
    """Keep the addresses of an app, and let its templates use what is kept."""
    app.extensions[_EXTENSION] = {}
    app.add_template_global(url_for, "url_for")


def url_for(endpoint: str, **values: Any) -> str:
    """As Flask's own; what needs no values is kept for each place the app is mounted at."""
    if values or endpoint.startswith("."):
        return flask.url_for(endpoint, **values)
    kept: dict[tuple[str, str], str] = current_app.extensions[_EXTENSION]
    key = (endpoint, request.script_root)
    found = kept.get(key)
    if found is None:
        found = kept[key] = flask.url_for(endpoint)
    return found


def with_query(address: str, pairs: Iterable[tuple[str, object]]) -> str:
    """The address with these names and values behind it, written as `url_for` writes them."""
    query = urlencode(list(pairs), safe=_UNQUOTED)
    return f"{address}?{query}" if query else address
