"""Pages go out compressed to browsers that take gzip: on the slow networks of the mountains they come four times sooner.

Only finished texts over a kilobyte: not what is streamed, not what is compressed already (workbooks, PDF, fonts), no part
of a file and no «unchanged». `statics` does the same for static files, once for each.

What is compressed tells something by its length (BREACH). Secrets in pages are the form token, which `tokens` covers anew
for every page, and what is known of people. A stranger who wants to guess these must make a browser ask for pages with
words of his choosing, many times, and see how long they are on the way: the cookie goes with no request from another site
but a page that is opened before somebody's eyes (SameSite=Lax). And every page carries a name of random length in the head
of its gzip ("Heal the Breach", Palacios and others, IEEE Access 2022), which hides differences of a few bytes.
"""

import secrets
import struct
import zlib

from flask import Flask, Request, Response, request

LEAST_BYTES = 1_000
"""Below this a packet holds it anyway."""

_TEXTS = frozenset({"text/html", "text/plain", "text/csv", "application/json"})
_LEVEL = 4
"""A search page of 61 kB becomes 8.8 kB in half a millisecond; at level 6 it would be 8.2 kB in 0.8."""
_MOST_RANDOM = 100
_HEAD = b"\x1f\x8b\x08"
_UNKNOWN_TIME_AND_SYSTEM = b"\0\0\0\0\0\xff"
_WITHOUT_NAME, _WITH_NAME = b"\x00", b"\x08"


def packed(text: bytes, level: int, name: bytes = b"") -> bytes:
    """The text as gzip writes it (RFC 1952), without a time; the same for the same arguments."""
    press = zlib.compressobj(level, zlib.DEFLATED, -zlib.MAX_WBITS)
    flags = _WITH_NAME if name else _WITHOUT_NAME
    head = _HEAD + flags + _UNKNOWN_TIME_AND_SYSTEM + (name + b"\0" if name else b"")
    tail = struct.pack("<LL", zlib.crc32(text), len(text) & 0xFFFFFFFF)
    return b"".join((head, press.compress(text), press.flush(), tail))


def takes_gzip(asked: Request) -> bool:
    """Whether who asks takes gzip and does not like the plain text better."""
    accepted = asked.accept_encodings
    return accepted.quality("gzip") > 0 and accepted.quality("gzip") >= accepted.quality("identity")


def install(app: Flask) -> None:
    """Compress what views and error pages answer."""
    app.after_request(_compress)


def _compress(answer: Response) -> Response:
    if request.endpoint == "static" or answer.mimetype not in _TEXTS:
        return answer
    answer.vary.add("Accept-Encoding")
    if _may_be_packed(answer) and takes_gzip(request):
        name = b"-" * (1 + secrets.randbelow(_MOST_RANDOM))
        answer.set_data(packed(answer.get_data(), _LEVEL, name))
        answer.content_encoding = "gzip"
    return answer


def _may_have_this_name(answer: Response) -> bool:
    """A strong ETag names these very bytes; a weak one what they say."""
    tag, is_weak = answer.get_etag()
    return tag is None or bool(is_weak)


def _may_be_packed(answer: Response) -> bool:
    return (
        request.method != "HEAD"
        and not (answer.is_streamed or answer.direct_passthrough)
        and answer.status_code not in {204, 206, 304}
        and "Content-Encoding" not in answer.headers
        and _may_have_this_name(answer)
        and (answer.content_length or 0) >= LEAST_BYTES
    )
