"""What stays after an erasure, why and until when: rows of a file, shown before it is done. Pure."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from registry.privacy.rules.confirming import fingerprint_of

_FILE = Path(__file__).resolve().parent.parent / "data" / "kept.json"


@dataclass(frozen=True)
class Kept:
    """One thing that stays."""

    what: str
    why: str
    until: str
    is_confirmed: bool
    fingerprint: str


@lru_cache(maxsize=1)
def kept_after_erasure() -> Sequence[Kept]:
    """All that stays of a person who was erased."""
    raw: list[dict[str, Any]] = json.loads(_FILE.read_text("utf-8"))
    return [Kept(one["what"], one["why"], one["until"], one["confirmed"], fingerprint_of(one)) for one in raw]
