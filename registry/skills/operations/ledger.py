"""Writing rows of the vocabulary so that every row can be put back: each write is noted with before and after.

Rows are named by what they say, not by their numbers, since an upgrade writes shipped rows anew.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from registry.skills.models import (
    ExternalConcept,
    PendingTerm,
    Skill,
    SkillLabel,
    SkillRelation,
    WithheldLabel,
    WithheldRelation,
)
from registry.skills.operations.errors import ChangedSince
from registry.skills.rules import (
    ExternalState,
    LabelKind,
    LabelLanguage,
    LabelOrigin,
    PendingState,
    RelationKind,
    Sector,
    SkillFamily,
    SkillState,
)
from registry.text import match_key

Values = dict[str, Any]
Entry = dict[str, Any]


@dataclass(frozen=True)
class _Table:
    """The columns of a table that a change may touch, those that name a row, and the lists of its closed columns."""

    model: type[Any]
    columns: tuple[str, ...]
    key: Callable[[Values], Values]
    lists: Mapping[str, type[StrEnum]]


def _by(*names: str) -> Callable[[Values], Values]:
    return lambda values: {name: values[name] for name in names}


_TABLES: Mapping[str, _Table] = {
    "skill": _Table(
        Skill,
        ("id", "vi", "en", "family", "sector", "state", "merged_into_id", "is_edited"),
        _by("id"),
        {"family": SkillFamily, "sector": Sector, "state": SkillState},
    ),
    "skill_label": _Table(
        SkillLabel,
        (
            "skill_id",
            "text",
            "language",
            "kind",
            "origin",
            "is_ambiguous",
            "context_sectors",
            "context_words",
        ),
        lambda values: {"skill_id": values["skill_id"], "folded": match_key(values["text"])},
        {"language": LabelLanguage, "kind": LabelKind, "origin": LabelOrigin},
    ),
    "skill_relation": _Table(
        SkillRelation,
        ("skill_id", "kind", "other_id", "is_local"),
        _by("skill_id", "other_id"),
        {"kind": RelationKind},
    ),
    "withheld_label": _Table(WithheldLabel, ("skill_id", "folded"), _by("skill_id", "folded"), {}),
    "withheld_relation": _Table(
        WithheldRelation,
        ("skill_id", "kind", "other_id"),
        _by("skill_id", "other_id"),
        {"kind": RelationKind},
    ),
    "pending_term": _Table(PendingTerm, ("id", "state", "skill_id"), _by("id"), {"state": PendingState}),
    "external_concept": _Table(
        ExternalConcept, ("id", "state", "skill_id"), _by("id"), {"state": ExternalState}
    ),
}
_NEVER_DELETED = frozenset({"skill", "pending_term", "external_concept"})


class Ledger:
    """The rows one act of a curator writes. Every write is flushed, so that no unique key meets itself half-way."""

    def __init__(self, session: Session) -> None:
        self.session = session
        self.entries: list[Entry] = []

    def add(self, row: Any) -> None:
        """Add a row."""
        self.session.add(row)
        self.session.flush()
        self._note(row, None, _values(row))

    def change(self, row: Any, **values: Any) -> None:
        """Set columns of a row; nothing is noted when they are so already."""
        before = _values(row)
        for name, value in values.items():
            setattr(row, name, value)
        self.session.flush()
        after = _values(row)
        if after != before:
            self._note(row, before, after)

    def remove(self, row: Any) -> None:
        """Delete a row."""
        before = _values(row)
        self.session.delete(row)
        self.session.flush()
        self._note(row, before, None)

    def _note(self, row: Any, before: Values | None, after: Values | None) -> None:
        self.entries.append({"table": row.__tablename__, "before": before, "after": after})


def put_back(session: Session, entries: Sequence[Entry]) -> None:
    """Undo the writes, the last one first. Raises ChangedSince when a row is not as the act left it.

    A concept that was made stays as a retired one: claims may hold it, and its code is not given again.
    """
    for entry in reversed(entries):
        table = _TABLES[entry["table"]]
        before, after = entry["before"], entry["after"]
        row = _find(session, table, before if after is None else after)
        if (row is None) != (after is None) or (row is not None and _values(row) != after):
            raise ChangedSince
        if row is None:
            session.add(table.model(**_typed(table, before)))
        elif before is not None:
            for name, value in _typed(table, before).items():
                setattr(row, name, value)
        elif entry["table"] in _NEVER_DELETED:
            row.state, row.merged_into_id = SkillState.RETIRED, None
        else:
            session.delete(row)
        session.flush()
    session.expire_all()


def _values(row: Any) -> Values:
    """The columns as they are kept in JSON."""
    found = {name: getattr(row, name) for name in _TABLES[row.__tablename__].columns}
    return {name: value.value if isinstance(value, StrEnum) else value for name, value in found.items()}


def _typed(table: _Table, values: Values) -> Values:
    """The columns as the model takes them: members of closed lists instead of their words."""
    return {
        name: table.lists[name](value) if name in table.lists else value for name, value in values.items()
    }


def _find(session: Session, table: _Table, values: Values) -> Any:
    named = (getattr(table.model, name) == value for name, value in table.key(values).items())
    return session.scalars(select(table.model).where(*named)).one_or_none()
