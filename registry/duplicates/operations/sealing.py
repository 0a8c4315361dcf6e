"""Values sealed for the survivor since the merge, in rows that go back: a sealed value opens for its own person alone.

What was sealed at the merge goes back as it was, byte for byte; only what was written since is sealed anew.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from registry.db.keys import keyring_of
from registry.duplicates.operations.ledger import Entry, plain
from registry.duplicates.operations.tables import MOVED
from registry.people.models import Person
from registry.privacy.models import RightsRequest, RightsStep
from registry.privacy.queries.words import words_of, words_place


@dataclass(frozen=True)
class Later:
    """Rows with the values they are to have once they are back, and the words of steps that came since."""

    values: Sequence[tuple[Any, dict[str, Any]]]
    words: Sequence[tuple[RightsStep, str]]


def sealed_since(session: Session, entries: Sequence[Entry], survivor: Person, merged: Person) -> Later:
    """Open what was sealed since, while it still opens: before the rows go back."""
    values: list[tuple[Any, dict[str, Any]]] = []
    reseals = {table.name: table for table in MOVED if table.reseal is not None}
    for entry in (one for one in entries if "person_id" in one["after"] and one["table"] in reseals):
        table = reseals[entry["table"]]
        row: Any = session.get(table.model, entry["id"])
        is_here = row is not None and row.person_id == survivor.id
        if is_here and table.reseal is not None and _is_newer(row, entry):
            values.append((row, table.reseal(session, row, merged, survivor)))
    return Later(values, _words(session, entries))


def _moves(entry: Entry, table: str) -> bool:
    return entry["table"] == table and "person_id" in entry["after"]


def _is_newer(row: Any, entry: Entry) -> bool:
    after: dict[str, Any] = entry["after"]
    return any(plain(getattr(row, name)) != after[name] for name in after if name.endswith("_sealed"))


def _words(session: Session, entries: Sequence[Entry]) -> list[tuple[RightsStep, str]]:
    known = {entry["id"] for entry in entries if entry["table"] == RightsStep.__tablename__}
    ids = [entry["id"] for entry in entries if _moves(entry, RightsRequest.__tablename__)]
    requests = session.scalars(select(RightsRequest).where(RightsRequest.id.in_(ids))).all()
    return [
        (step, words_of(session, request, step))
        for request in requests
        for step in request.steps
        if step.words_sealed is not None and step.id not in known
    ]


def seal_anew(session: Session, later: Later, merged: Person) -> None:
    """Seal it for the person the rows went back to."""
    for row, values in later.values:
        if row.person_id == merged.id:
            for name, value in values.items():
                setattr(row, name, value)
    for step, text in later.words:
        session.refresh(step.request, ["person"])
        step.words_sealed = keyring_of(session).seal(text, words_place(step.request))
    session.flush()
