"""What may stand in an address. Typed text is judged by its form field, which can say how to mend it; an
address is written by programs, so hidden characters in it mean an attack or a broken link."""

import re

from flask import Flask, abort, request

# Control characters, lone surrogates, and what decoding puts in the place of bytes that are no UTF-8.
_HIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufffd]")


def install(app: Flask) -> None:
    """Refuse such addresses with 400 on both databases alike: one of them would fail on NUL, one would not."""
    app.before_request(refuse_hidden_characters)


def refuse_hidden_characters() -> None:
    """400 when path or query hold a hidden character."""
    values = (value for values in request.args.listvalues() for value in values)
    if any(_HIDDEN.search(text) for text in (request.path, *request.args.keys(), *values)):
        abort(400)
