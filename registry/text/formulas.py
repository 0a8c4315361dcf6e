"""What a spreadsheet would take for a formula, and the quote that keeps it text. Pure; the guard can be taken off again.

A program that opens a CSV file takes `=1+1`, `+84…`, `-2` and `@SUM(A1)` for formulas, behind blanks too, and some take
the full-width signs. One `'` in front makes each a text. Quotes that stood there before get one more, so that taking one
off gives back what was there (CWE-1236; the same rule is read and written, and nothing else touches a quote).
"""

import re

_LOOKS_LIVE = re.compile(r"'*\s*[=+\-@＝＋－＠\t\r\n]")
_QUOTE = "'"

# Lone surrogates are no characters, and XML knows no such last two of the first plane.
_NO_CHARACTER = re.compile("[\ud800-\udfff\ufffe\uffff]")
_REPLACEMENT = "\ufffd"


def guarded(text: str) -> str:
    """The text as a cell of a CSV file may hold it: with one quote in front where it could be taken for a formula."""
    return _QUOTE + text if _LOOKS_LIVE.match(text) else text


def unguarded(text: str) -> str:
    """The text a cell stands for: without the one quote that keeps it from being a formula."""
    return text[1:] if text.startswith(_QUOTE) and _LOOKS_LIVE.match(text, 1) else text


def sheltered(text: str) -> str:
    """The text as a cell that is text by its kind may hold it: a quote more only where reading would take one off."""
    return text if unguarded(text) == text else _QUOTE + text


def writable(text: str) -> str:
    """The text as a file may hold it: what is no character becomes U+FFFD. Nothing that is stored has any."""
    return _NO_CHARACTER.sub(_REPLACEMENT, text)
