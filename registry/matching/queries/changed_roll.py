"""The people who changed since a roll was made, as small rolls of their own.

To read a thousand people costs several pages. Hence the roll of those who changed is kept, and who changed after it was
read stands in one more, which is read anew after every change until many are in it.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np
from sqlalchemy.orm import Session

from registry.matching.engine.index.columns import Int64, UInt32
from registry.matching.engine.search.building import build_roll
from registry.matching.engine.search.roll import Roll
from registry.matching.queries.roll_columns import read_roll
from registry.matching.queries.snapshots import OpenedRoll
from registry.people.models import noted_so_far
from registry.people.queries import change_number, changes_since

_NOBODY: UInt32 = np.empty(0, np.uint32)
_MOST_NEWER = 50
"""So many people may have changed since the kept roll was read; with more it is read anew."""


@dataclass(frozen=True)
class _Kept:
    """Who changed since the roll `of` was made, for the day `on`, as they stood after the change `number`."""

    of: Roll
    on: date
    number: int
    roll: Roll


_changed: _Kept | None = None
_newer: _Kept | None = None
"""The last ones. `_newer.of` is the roll of `_changed`."""


def changed_rolls(session: Session, opened: OpenedRoll, on: date) -> Sequence[tuple[Roll, UInt32]]:
    """Rolls of everybody whom a roll leaves, as they stand in this transaction, and the rows that each leaves itself."""
    noted = noted_so_far(session)
    if noted.people or noted.everybody:
        return [(_read(session, on, opened.reference_ids), _NOBODY)]
    number, kept = change_number(session), _changed
    if kept is not None and kept.of is opened.roll and kept.on == on and kept.number <= number:
        if kept.number == number:
            return [(kept.roll, _NOBODY)]
        changes = changes_since(session, kept.number, _MOST_NEWER)
        if changes is not None:
            people = np.setdiff1d(changes.changed, changes.deleted)
            newer = _newer_roll(session, kept, number, people)
            return [(kept.roll, kept.roll.rows_of(changes.changed)), (newer, _NOBODY)]
    return [(_kept_anew(session, opened, number, on), _NOBODY)]


def _kept_anew(session: Session, opened: OpenedRoll, number: int, on: date) -> Roll:
    global _changed
    roll = _read(session, on, opened.reference_ids)
    _changed = _Kept(opened.roll, on, number, roll)
    return roll


def _newer_roll(session: Session, kept: _Kept, number: int, people: Int64) -> Roll:
    """Those few who changed after the kept roll was read."""
    global _newer
    held = _newer
    if held is not None and held.of is kept.roll and (held.on, held.number) == (kept.on, number):
        return held.roll
    roll = _read(session, kept.on, people)
    _newer = _Kept(kept.roll, kept.on, number, roll)
    return roll


def _read(session: Session, on: date, people: Int64) -> Roll:
    return build_roll(read_roll(session, on, people), on)
