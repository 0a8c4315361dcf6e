"""Which host names the product answers to. A forged Host header must reach no link and no redirect."""

from collections.abc import Sequence

from flask import Flask, abort, request
from werkzeug.sansio.utils import host_is_trusted


def install(app: Flask, hosts: Sequence[str]) -> None:
    """Refuse requests for any other host with 400, before anything else looks at them."""
    trusted = list(hosts)

    def refuse_strangers() -> None:
        if not host_is_trusted(request.environ.get("HTTP_HOST"), trusted):
            abort(400)

    app.before_request(refuse_strangers)
