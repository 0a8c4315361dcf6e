"""Codes of concepts added in this installation: a range of their own that no shipped file uses. Pure."""

import re
from collections.abc import Iterable

LOCAL_PREFIX = "TU-"
_LOCAL = re.compile(r"TU-([0-9]{4,9})", re.ASCII)


def is_local_code(code: str) -> bool:
    """Whether the code belongs to the range of concepts added here."""
    return code.startswith(LOCAL_PREFIX)


def next_local_code(taken: Iterable[str]) -> str:
    """The code after the highest local one («TU-0001» for the first); a code is never given twice."""
    numbers = [int(found[1]) for code in taken if (found := _LOCAL.fullmatch(code))]
    return f"{LOCAL_PREFIX}{max(numbers, default=0) + 1:04d}"
