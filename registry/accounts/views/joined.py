"""Where somebody goes who has just got an account."""

from flask import current_app, request, url_for

_REGISTRATION = "/dang-ky"


def page_after_joining() -> str:
    """To the registration where there is one, else home."""
    if current_app.url_map.bind("").test(_REGISTRATION, "GET"):
        return request.script_root + _REGISTRATION
    return url_for("pages.home")
