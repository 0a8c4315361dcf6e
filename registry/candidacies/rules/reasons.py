"""Reasons for decisions, removals and steps back: rows of a file, by day, in both languages. Pure.

They are read by people on both sides, so that each language stands in the file beside the other.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Any

_FILE = Path(__file__).resolve().parent.parent / "data" / "reasons.json"

NEED_CLOSED = "need_closed"
"""Of a candidacy that ended with its need, undecided: given by the job alone."""

BACK = "back"
"""The list of a step back and of taking somebody in again."""


@dataclass(frozen=True)
class Reason:
    """One row; `of` are the outcomes and moves it may be given for."""

    code: str
    of: frozenset[str]
    words: Mapping[str, str]
    valid_from: date
    valid_to: date | None

    def hold(self, on: date) -> bool:
        """Whether the row is offered on a day."""
        return self.valid_from <= on and (self.valid_to is None or on <= self.valid_to)


def reasons_for(what: str, on: date) -> Sequence[Reason]:
    """What may be given for an outcome, an end, or `BACK`, on a day; in the order of the file."""
    return [row for row in _rows() if what in row.of and row.hold(on)]


def reason_words(code: str, language: str) -> str:
    """A reason in words, also one that is not offered any more; empty for none, the code for one nobody knows."""
    row = next((one for one in _rows() if one.code == code), None)
    if row is None:
        return code
    return row.words.get(language) or row.words["vi"]


@lru_cache(maxsize=1)
def _rows() -> Sequence[Reason]:
    return [_reason(raw) for raw in json.loads(_FILE.read_text("utf-8"))["rows"]]


def _reason(raw: dict[str, Any]) -> Reason:
    return Reason(
        raw["code"],
        frozenset(raw["of"]),
        {"vi": raw["vi"], "en": raw["en"]},
        date.fromisoformat(raw["valid_from"]),
        None if raw["valid_to"] is None else date.fromisoformat(raw["valid_to"]),
    )
