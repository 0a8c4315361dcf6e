"""Which host names the product answers to. A forged Host header must reach no link and no redirect."""

import re
from collections.abc import Collection
from urllib.parse import urlsplit

from flask import Flask, abort, request

_SHAPE = re.compile(r"[A-Za-z0-9.-]+(?::[0-9]{1,5})?|\[[0-9A-Fa-f:.]+\](?::[0-9]{1,5})?", re.ASCII)


def install(app: Flask, hosts: Collection[str]) -> None:
    """Refuse requests for any other host with 400, before anything else looks at them."""
    trusted = frozenset(hosts)

    def refuse_strangers() -> None:
        if host_name(request.environ.get("HTTP_HOST", "")) not in trusted:
            abort(400)

    app.before_request(refuse_strangers)


def host_name(header: str) -> str | None:
    """The name in a Host header, in small letters and without the port; None when it is no such header."""
    if _SHAPE.fullmatch(header) is None:
        return None
    try:
        return urlsplit(f"//{header}").hostname
    except ValueError:
        return None
