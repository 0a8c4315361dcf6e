"""Files as they are sent: none is opened by a browser in the site's own name. What every answer says stands in `headers`."""

from collections.abc import Iterator
from urllib.parse import quote

from flask import Response


def attachment(content: bytes | Iterator[bytes], content_type: str, name: str, plain: str = "") -> Response:
    """A file called `name`; `plain` is what old browsers call it, where the name is more than letters of ASCII."""
    called = f"filename={plain}; filename*=UTF-8''{quote(name, safe='')}" if plain else f"filename={name}"
    return Response(
        content,
        content_type=content_type,
        headers={
            "Content-Disposition": f"attachment; {called}",
            "Content-Security-Policy": "sandbox; default-src 'none'",
            "Cache-Control": "no-store",
        },
    )
