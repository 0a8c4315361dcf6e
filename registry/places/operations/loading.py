"""Loading the administrative units that belong to the product. Safe to run again; nothing else writes them."""

import hashlib
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, cast

from sqlalchemy import Table, delete, func, select, update
from sqlalchemy.orm import Session

from registry.db import Base, new_public_id
from registry.db.bulk import plan_of, write_rows
from registry.places.models import AdministrativeUnit, PlaceEdition, Succession, UnitKindSeen
from registry.places.queries import data_rows
from registry.places.rules.edition import Edition, Key, UnitRow
from registry.text import fold, sort_key


def load_places(session: Session) -> bool:
    """Bring units and successions up to the files of this version; tell whether anything was written.

    Units are matched by (code, valid_from) and keep their ids, since other tables refer to them.
    """
    digest = _digest()
    loaded = session.scalars(select(PlaceEdition)).one_or_none()
    if loaded is not None and loaded.digest == digest:
        return False
    edition = Edition.of(data_rows)
    ids = _write_units(session, edition)
    _write_relations(session, edition, ids)
    session.execute(delete(PlaceEdition))
    session.add(PlaceEdition(public_id=new_public_id(), digest=digest, loaded_at=datetime.now(UTC)))
    session.flush()
    return True


def _write_units(session: Session, edition: Edition) -> dict[Key, int]:
    """Insert the new units and correct those that differ; the ids of all by key."""
    stored = _stored(session)
    ids: dict[Key, int] = {key: row["id"] for key, row in stored.items()}
    following = max(ids.values(), default=0) + 1
    for key in edition.units:
        if key not in ids:
            ids[key], following = following, following + 1
    rows = {key: _columns(unit, ids) for key, unit in edition.units.items()}
    new = [row for key, row in rows.items() if key not in stored]
    changed = [row for key, row in rows.items() if key in stored and row != stored[key]]
    if changed:
        session.execute(update(AdministrativeUnit), changed)
    _write(session, AdministrativeUnit, new)
    if session.get_bind().dialect.name == "postgresql":
        # Rows were written with their ids, so the sequence must be told where to go on.
        session.execute(select(func.setval("administrative_unit_id_seq", following)))
    return ids


def _stored(session: Session) -> dict[Key, dict[str, Any]]:
    """All units in the database as rows by key."""
    rows = session.execute(select(*AdministrativeUnit.__table__.columns)).mappings()
    return {(row["code"], row["valid_from"]): dict(row) for row in rows}


def _columns(unit: UnitRow, ids: dict[Key, int]) -> dict[str, Any]:
    code, valid_from = unit.key
    return {
        "id": ids[unit.key],
        "code": code,
        "kind": unit.kind,
        "level": unit.level,
        "name": unit.name,
        "full_name": unit.full_name,
        "folded": fold(unit.name),
        "sort_key": sort_key(unit.name),
        "parent_id": None if unit.parent is None else ids[unit.parent],
        "path": unit.path,
        "valid_from": valid_from,
        "valid_to": unit.valid_to,
    }


def _write_relations(session: Session, edition: Edition, ids: dict[Key, int]) -> None:
    """Nothing refers to these rows, so they are simply written anew."""
    session.execute(delete(Succession))
    session.execute(delete(UnitKindSeen))
    successions = [
        {"old_id": ids[old], "new_id": ids[new], "share_bp": None, "on_date": on}
        for (old, new), on in edition.successions.items()
    ]
    kinds = [{"unit_id": ids[key], "kind": kind, "seen_on": day} for key, kind, day in edition.kinds_seen]
    _write(session, Succession, successions)
    _write(session, UnitKindSeen, kinds)


def _write(session: Session, model: type[Base], rows: list[dict[str, Any]]) -> None:
    """Thousands of rows, past the model; with their ids where they say them."""
    keeps_id = bool(rows) and "id" in rows[0]
    plan = plan_of(cast("Table", model.__table__), session.get_bind().dialect.name, keeps_id=keeps_id)
    write_rows(session, plan, plan.values(rows))


def _digest() -> str:
    """One hash over all files of the room, data and code, so that a change of either loads again."""
    total = hashlib.sha256()
    room = Path(__file__).parent
    for path in sorted([*room.glob("data/*.csv"), *room.glob("rules/*.py"), Path(__file__)]):
        total.update(path.name.encode() + b"\0" + path.read_bytes())
    return total.hexdigest()
