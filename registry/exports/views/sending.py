"""Files as they are sent: none is opened by a browser in the site's own name."""

from collections.abc import Iterator
from urllib.parse import quote

from flask import Response


def attachment(content: bytes | Iterator[bytes], content_type: str, name: str, plain: str = "") -> Response:
    """A file called `name`; `plain` is the same in ASCII, where the name is not."""
    return Response(
        content,
        content_type=content_type,
        headers={
            "Content-Disposition": f"attachment; filename={plain or name}; filename*=UTF-8''{quote(name, safe='')}",
            "Content-Security-Policy": "sandbox; default-src 'none'",
            "X-Content-Type-Options": "nosniff",
            "Cache-Control": "no-store",
        },
    )
