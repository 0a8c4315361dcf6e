"""How long a merge can be taken back: dated rows of a file. Pure."""

import json
from datetime import date, timedelta
from functools import lru_cache
from pathlib import Path
from typing import Any

_FILE = Path(__file__).resolve().parent.parent / "data" / "undo.json"


@lru_cache(maxsize=1)
def _periods() -> list[tuple[date, int]]:
    raw: list[dict[str, Any]] = json.loads(_FILE.read_text("utf-8"))
    return sorted((date.fromisoformat(one["valid_from"]), int(one["days"])) for one in raw)


def undo_until(on: date) -> date:
    """The last day on which a merge of this day can be taken back."""
    days = [days for since, days in _periods() if since <= on]
    return on + timedelta(days=days[-1] if days else _periods()[0][1])
