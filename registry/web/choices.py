"""Options of select and radio fields, written as pairs."""

from collections.abc import Iterable
from typing import Any

import wtforms


def choices(pairs: Iterable[tuple[str, Any]]) -> list[Any]:
    """(value, label) pairs as WTForms wants them since 3.3, which refuses bare tuples; its stubs are older."""
    newer: Any = wtforms
    return [newer.SelectChoice(value, label) for value, label in pairs]
