"""The people who changed since a roll was made, as a small roll of their own, kept until the next change."""

from datetime import date

from sqlalchemy.orm import Session

from registry.matching.engine.search.building import build_roll
from registry.matching.engine.search.roll import Roll
from registry.matching.queries.roll_columns import read_roll
from registry.matching.queries.snapshots import OpenedRoll
from registry.people.models import noted_so_far
from registry.people.queries import change_number

_kept: tuple[Roll, date, int, Roll] | None = None
"""The last one: of which roll, for which day, up to which change."""


def changed_roll(session: Session, opened: OpenedRoll, on: date) -> Roll:
    """Everybody whom a roll leaves, as they stand in this transaction."""
    global _kept
    noted = noted_so_far(session)
    if noted.people or noted.everybody:
        return _read(session, opened, on)
    change, kept = change_number(session), _kept
    if kept is not None and kept[0] is opened.roll and kept[1:3] == (on, change):
        return kept[3]
    made = _read(session, opened, on)
    _kept = opened.roll, on, change, made
    return made


def _read(session: Session, opened: OpenedRoll, on: date) -> Roll:
    return build_roll(read_roll(session, on, opened.reference_ids), on)
