"""Files as they are sent: none is opened by a browser in the site's own name. What every answer says stands in `headers`."""

from collections.abc import Iterable, Iterator, Sequence
from typing import Any
from urllib.parse import quote

from flask import Response

from registry.text.csv_rows import csv_lines
from registry.web.clock import today


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


def csv_file(name: str, headers: Sequence[Any], rows: Iterable[Sequence[str | int | None]]) -> Response:
    """A table as a CSV file, with the day it was made in its name."""
    content = "".join(csv_lines([str(one) for one in headers], rows)).encode()
    return attachment(content, "text/csv; charset=utf-8", f"{name}-{today():%Y%m%d}.csv")
