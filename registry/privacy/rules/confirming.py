"""By what a row of a file is known when somebody confirmed it: its content. A row that changes is unconfirmed. Pure."""

import hashlib
import json
from collections.abc import Collection, Mapping
from dataclasses import replace
from typing import Any, TypeVar

_OWN_WORD = "confirmed"


Row = TypeVar("Row", bound=Any)


def fingerprint_of(raw: Mapping[str, Any]) -> str:
    """SHA-256 of a row of a file, without its own word on whether it is confirmed."""
    told = {name: value for name, value in raw.items() if name != _OWN_WORD}
    return hashlib.sha256(json.dumps(told, sort_keys=True, ensure_ascii=False).encode()).hexdigest()


def as_confirmed(row: Row, known: Collection[str]) -> Row:
    """The row, confirmed too when its fingerprint is among those that somebody confirmed."""
    return row if row.is_confirmed or row.fingerprint not in known else replace(row, is_confirmed=True)
