"""Writing rows of any table so that every one can be put back: each write is noted with before and after.

Writes go through the session, so that whoever listens to facts of people (changes, full texts) hears of them.
"""

from base64 import b64decode, b64encode
from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from enum import Enum
from typing import Any

from sqlalchemy import Enum as EnumType
from sqlalchemy import inspect
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from registry.db import Base
from registry.db.keys import keyring_of

Entry = dict[str, Any]

_KEPT_BY_THE_TABLE = frozenset({"version", "updated_at"})
"""Columns that every save writes by itself."""


class Ledger:
    """The rows one act writes, in order. Every write is flushed, so that no unique key meets itself half-way."""

    def __init__(self, session: Session) -> None:
        self.session = session
        self.entries: list[Entry] = []

    def seal(self, text: str, place: str) -> bytes:
        """Words encrypted for the place they go to."""
        return keyring_of(self.session).seal(text, place)

    def change(self, row: Any, **values: Any) -> None:
        """Set columns of a row; nothing is noted when they are so already."""
        before = values_of(row)
        for name, value in values.items():
            setattr(row, name, value)
        self.session.flush()
        after = values_of(row)
        names = [name for name in after if after[name] != before[name]]
        if names:
            self.entries.append(
                {
                    "table": row.__tablename__,
                    "id": row.id,
                    "before": {name: plain(before[name]) for name in names},
                    "after": {name: plain(after[name]) for name in names},
                }
            )


def values_of(row: Any) -> dict[str, Any]:
    """The columns of a row by name."""
    model: type[Base] = row.__class__
    names = [str(column.key) for column in inspect(model).columns]
    return {name: getattr(row, name) for name in names if name not in _KEPT_BY_THE_TABLE}


def plain(value: Any) -> Any:
    """A value as JSON has it."""
    if isinstance(value, bytes):
        return {"bytes": b64encode(value).decode()}
    if isinstance(value, datetime):
        return {"instant": value.isoformat()}
    if isinstance(value, date):
        return {"day": value.isoformat()}
    return value.value if isinstance(value, Enum) else value


def _typed(model: type[Base], name: str, value: Any) -> Any:
    """A value as the model takes it."""
    if isinstance(value, Mapping):
        kept: Mapping[str, str] = value  # pyright: ignore[reportUnknownVariableType]
        if "bytes" in kept:
            return b64decode(kept["bytes"])
        return (
            datetime.fromisoformat(kept["instant"]) if "instant" in kept else date.fromisoformat(kept["day"])
        )
    kind = inspect(model).columns[name].type
    if isinstance(kind, EnumType) and kind.enum_class is not None and value is not None:
        return kind.enum_class(value)
    return value


class PutBack:
    """What putting back found: rows (by table) that somebody changed since, and rows that are gone."""

    def __init__(self) -> None:
        self.changed: Counter[str] = Counter()
        self.gone: Counter[str] = Counter()


def put_back(session: Session, entries: Sequence[Entry], models: Mapping[str, type[Base]]) -> PutBack:
    """Undo the writes, the last one first. A column somebody changed since keeps the newer value, and is told."""
    told = PutBack()
    touched: set[tuple[str, int]] = set()
    for entry in reversed(entries):
        model, place = models[entry["table"]], (str(entry["table"]), int(entry["id"]))
        row = session.get(model, entry["id"])
        if row is None:
            told.gone[place[0]] += 1
            continue
        if not _restore(session, model, row, entry) and place not in touched:
            touched.add(place)
            told.changed[place[0]] += 1
    return told


def _restore(session: Session, model: type[Base], row: Any, entry: Entry) -> bool:
    """Whether every column of the entry could be put back."""
    now = {name: plain(getattr(row, name)) for name in entry["after"]}
    names = [name for name, value in entry["after"].items() if now[name] == value]
    try:
        with session.begin_nested():
            for name in names:
                setattr(row, name, _typed(model, name, entry["before"][name]))
            session.flush()
    except IntegrityError:  # what it was is taken by something newer
        session.refresh(row)
        return False
    return len(names) == len(entry["after"])
