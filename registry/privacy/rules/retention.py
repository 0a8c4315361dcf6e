"""How long data are kept, by purpose and kind of data: rows of a file, and the days that follow from them. Pure.

Days are dates in Việt Nam and every day counts, holidays too. A month ends on the same day of a later month, or on
the last one where that month is shorter: 24 months after 29 February is 28 February.
"""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from functools import lru_cache
from pathlib import Path
from typing import Any

from registry.consents.rules import PurposeCode
from registry.people.rules.dates import add_months
from registry.privacy.rules.confirming import fingerprint_of

_FILE = Path(__file__).resolve().parent.parent / "data" / "retention.json"

_MONTHS_DIFFER_BY = timedelta(3)


class CountedFrom(StrEnum):
    """What a length begins with."""

    LAST_WORD = "last_word"
    REGISTRY_WITHDRAWN = "registry_withdrawn"
    POLICY_WITHDRAWN = "policy_withdrawn"
    LAST_SAVED = "last_saved"
    NEED_OVER = "need_over"
    CONFIRMED = "confirmed"


class RetentionAction(StrEnum):
    """What happens at the end: the whole record, some of its tables, an unsent registration, or only a question."""

    ERASE = "erase"
    EMPTY = "empty"
    FORGET = "forget"
    ASK = "ask"


class NoticeReach(StrEnum):
    """How the person was told. Whoever could not be told is not deleted by silence."""

    LETTER = "letter"
    PAGE = "page"
    NOBODY = "nobody"


class NoticeOutcome(StrEnum):
    """What came of a notice: it waits, the person keeps or lets go, it was done, or its reason ended by itself."""

    WAITING = "waiting"
    KEPT = "kept"
    LET_GO = "let_go"
    DONE = "done"
    LAPSED = "lapsed"


@dataclass(frozen=True)
class RetentionRule:
    """One row: how long after what, how many days before the end the person is told, and what happens then."""

    code: str
    what: str
    purpose: PurposeCode
    tables: tuple[str, ...]
    counted_from: CountedFrom
    months: int
    days: int
    notice_days: int
    action: RetentionAction
    valid_from: date
    valid_to: date | None
    ground: str
    source: str
    is_confirmed: bool
    fingerprint: str

    def holds(self, on: date) -> bool:
        """Whether the row is in force on a day."""
        return self.valid_from <= on and (self.valid_to is None or on <= self.valid_to)

    def due_on(self, start: date) -> date:
        """The first day on which the data may go when nothing is said."""
        return add_months(start, self.months) + timedelta(days=self.days)

    def notice_on(self, start: date) -> date:
        """The day from which the person is told."""
        return self.due_on(start) - timedelta(days=self.notice_days)

    def latest_start(self, on: date) -> date:
        """No start after this day can be due for a notice on a day; an earlier one need not be."""
        back = add_months(on + timedelta(days=self.notice_days - self.days), -self.months)
        return back + _MONTHS_DIFFER_BY


def gone_on(due_on: date, noticed_on: date, notice_days: int) -> date:
    """The day on which data go in silence: never before the person has had the whole notice."""
    return max(due_on, noticed_on + timedelta(days=notice_days))


@lru_cache(maxsize=1)
def retention_version() -> str:
    """Which version of the file this is."""
    return str(_raw()["version"])


def retention_rules(on: date) -> Sequence[RetentionRule]:
    """The rows in force on a day."""
    return [rule for rule in _rules() if rule.holds(on)]


def retention_rule(code: str, on: date) -> RetentionRule | None:
    """The row in force of this code."""
    return next((rule for rule in retention_rules(on) if rule.code == code), None)


@lru_cache(maxsize=1)
def _rules() -> Sequence[RetentionRule]:
    return [_rule(raw) for raw in _raw()["rows"]]


@lru_cache(maxsize=1)
def _raw() -> dict[str, Any]:
    return json.loads(_FILE.read_text("utf-8"))


def _rule(raw: dict[str, Any]) -> RetentionRule:
    return RetentionRule(
        code=raw["code"],
        what=raw["what"],
        purpose=PurposeCode(raw["purpose"]),
        tables=tuple(raw["tables"]),
        counted_from=CountedFrom(raw["counted_from"]),
        months=raw["months"],
        days=raw["days"],
        notice_days=raw["notice_days"],
        action=RetentionAction(raw["action"]),
        valid_from=date.fromisoformat(raw["valid_from"]),
        valid_to=None if raw["valid_to"] is None else date.fromisoformat(raw["valid_to"]),
        ground=raw["ground"],
        source=raw["source"],
        is_confirmed=raw["confirmed"],
        fingerprint=fingerprint_of(raw),
    )
