"""Moving rows of one record to another, table by table, and counting what moves and what stays. Flushes."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import Index, Table, UniqueConstraint, func, select
from sqlalchemy.orm import Session

from registry.duplicates.operations.ledger import Ledger, values_of
from registry.duplicates.operations.tables import MOVED, Moved
from registry.people.models import EvidenceLink, Person
from registry.people.rules import EvidenceState
from registry.privacy.models import RightsRequest
from registry.privacy.queries.words import words_of, words_place

_OWNER = "person_id"
_OF_THE_ROW = frozenset({"id", "public_id", _OWNER, "created_at", "updated_at", "version"})


@dataclass
class Counts:
    """Rows by table: those that move, and those that stay since the survivor has the same."""

    moved: Counter[str] = field(default_factory=Counter[str])
    stayed: Counter[str] = field(default_factory=Counter[str])


def move_rows(ledger: Ledger, survivor: Person, merged: Person) -> Counts:
    """Move everything that may move."""
    counts = Counts()
    for table in MOVED:
        model: Any = table.model
        rows = ledger.session.scalars(
            select(model).where(model.person_id == merged.id).order_by(model.id)
        ).all()
        for row in rows:
            if _is_taken(ledger.session, row, survivor) or (
                table.once and _is_there(ledger.session, row, survivor)
            ):
                counts.stayed[table.name] += 1
            else:
                _move(ledger, table, row, survivor, merged)
                counts.moved[table.name] += 1
    return counts


def _move(ledger: Ledger, table: Moved, row: Any, survivor: Person, merged: Person) -> None:
    session = ledger.session
    sealed = {} if table.reseal is None else table.reseal(session, row, survivor, merged)
    if not isinstance(row, RightsRequest):
        ledger.change(row, person_id=survivor.id, **sealed)
        return
    words = [(step, words_of(session, row, step)) for step in row.steps if step.words_sealed is not None]
    ledger.change(row, person_id=survivor.id)
    session.refresh(row, ["person"])
    for step, text in words:
        ledger.change(step, words_sealed=ledger.seal(text, words_place(row)))


def _is_taken(session: Session, row: Any, survivor: Person) -> bool:
    """Whether a unique key that holds the owner is taken by a row of the survivor."""
    table: Table = row.__table__
    for names, only_where in _unique_keys(table):
        values = [getattr(row, name) for name in names]
        if None in values:
            continue
        same = [table.c[name] == value for name, value in zip(names, values, strict=True)]
        conditions = [] if only_where is None else [only_where]
        if only_where is not None and not session.scalar(
            select(func.count()).select_from(table).where(table.c.id == row.id, only_where)
        ):
            continue
        taken = (
            select(func.count()).select_from(table).where(table.c[_OWNER] == survivor.id, *same, *conditions)
        )
        if session.scalar(taken):
            return True
    return False


def _unique_keys(table: Table) -> Iterator[tuple[list[str], Any]]:
    """(columns beside the owner, condition or None) of every unique key the owner is part of."""
    for one in (*table.constraints, *table.indexes):
        if not isinstance(one, UniqueConstraint) and not (isinstance(one, Index) and one.unique):
            continue
        names = [str(column.name) for column in one.columns]
        if _OWNER in names:
            where = one.dialect_options["sqlite"].get("where") if isinstance(one, Index) else None
            yield [name for name in names if name != _OWNER], where


def _is_there(session: Session, row: Any, survivor: Person) -> bool:
    """Whether the survivor has a row that says word for word the same, and nothing hangs on this one."""
    if getattr(row, "evidence_state", EvidenceState.SELF_DECLARED) is not EvidenceState.SELF_DECLARED:
        return False
    if _holds_evidence(session, row):
        return False
    model: Any = row.__class__
    said = {name: value for name, value in values_of(row).items() if name not in _OF_THE_ROW}
    same = [
        getattr(model, name).is_(None) if value is None else getattr(model, name) == value
        for name, value in said.items()
    ]
    return bool(session.scalar(select(func.count(model.id)).where(model.person_id == survivor.id, *same)))


def _holds_evidence(session: Session, row: Any) -> bool:
    column = getattr(EvidenceLink, f"{row.__tablename__}_id", None)
    if column is None:
        return False
    return bool(session.scalar(select(func.count(EvidenceLink.id)).where(column == row.id)))
