"""The snapshot a question may be answered from, and whom it has to leave to the reference."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from pathlib import Path

import numpy as np
from sqlalchemy import ColumnElement, bindparam, select
from sqlalchemy.orm import Session

from registry.db import Mark, read_rows
from registry.matching.engine.index.columns import Int64, UInt32
from registry.matching.engine.index.merging import rows_meeting
from registry.matching.engine.index.snapshot import Snapshot
from registry.matching.engine.search.roll import Roll
from registry.matching.models import MatchSnapshot
from registry.matching.queries.columns import current_skills
from registry.matching.queries.files import current_snapshot, index_folder
from registry.people.queries import changes_since, people_among

# Above both, looking at everybody who changed costs more than an answer is worth waiting for.
MOST_CHANGED, MOST_CHANGED_PERCENT = 1_000, 5

# Above both, a new snapshot is worth its making.
WORTH_REBUILDING, WORTH_REBUILDING_PERCENT = 100, 2

_NEWEST = Mark(
    select(MatchSnapshot.version, MatchSnapshot.built_at).order_by(MatchSnapshot.id.desc()).limit(1)
)
_RECORD = select(MatchSnapshot.built_at).where(MatchSnapshot.version == bindparam("version"))

FORGET_AFTER = timedelta(minutes=10)
"""How old a snapshot may be that still holds somebody whose record is gone."""


@dataclass(frozen=True)
class Opened:
    """A snapshot with whom it may not answer for.

    `left_rows` are to be masked; `reference_ids` are the row ids of the people the reference has to look at
    instead, and `left_people` is the same set as a condition. Who is gone is masked only.
    """

    snapshot: Snapshot
    left_rows: UInt32
    reference_ids: Int64
    left_people: ColumnElement[bool]


@dataclass(frozen=True)
class OpenedRoll:
    """A roll with whom it may not answer for, as `Opened` says it."""

    roll: Roll
    left_rows: UInt32
    reference_ids: Int64


class Due(StrEnum):
    """Why a new snapshot should be made."""

    MISSING = "missing"
    DAY = "day"
    CHANGED = "changed"
    DELETED = "deleted"


def opened(session: Session, as_of: date) -> Opened | None:
    """What may answer for a day within this transaction; None when everybody is left to the reference.

    Everything the transaction can see counts, also what the session itself wrote and has not committed.
    """
    snapshot = usable_snapshot(session)
    if snapshot is None or not snapshot.can_answer(as_of):
        return None
    changes = changes_since(session, snapshot.change, _most(snapshot, MOST_CHANGED, MOST_CHANGED_PERCENT))
    if changes is None:
        return None
    by_day = np.union1d(snapshot.rows_left(as_of), _meeting(snapshot, current_skills(session)))
    people = np.union1d(snapshot.arrays.row_ids[by_day], changes.changed)
    people = np.setdiff1d(people, changes.deleted)
    return Opened(
        snapshot=snapshot,
        left_rows=np.union1d(by_day, snapshot.rows_of(changes.changed)).astype(np.uint32),
        reference_ids=people,
        left_people=people_among(session, people),
    )


def opened_roll(session: Session, on: date) -> OpenedRoll | None:
    """The roll that may answer searches of a day within this transaction; None when the database answers alone.

    A roll is for its own day only: evidence, pauses and freshness change overnight by themselves.
    """
    snapshot = usable_snapshot(session)
    if snapshot is None or snapshot.roll is None or snapshot.as_of != on:
        return None
    changes = changes_since(session, snapshot.change, _most(snapshot, MOST_CHANGED, MOST_CHANGED_PERCENT))
    if changes is None:
        return None
    people = np.setdiff1d(changes.changed, changes.deleted)
    return OpenedRoll(snapshot.roll, snapshot.roll.rows_of(changes.changed), people)


def usable_snapshot(session: Session) -> Snapshot | None:
    """The snapshot in use, if it was made from this database as it became what it is."""
    folder: Path | None = session.info.get("folder")
    if folder is None:
        return None
    snapshot = current_snapshot(index_folder(folder))
    if snapshot is None or snapshot_record(session, snapshot.version) is None:
        return None
    return snapshot


def snapshot_record(session: Session, version: str) -> datetime | None:
    """When the snapshot of this version was made; None when this database knows of none."""
    newest, built_at = _NEWEST.told(session)
    return built_at if newest == version else read_rows(session, _RECORD, version=version).scalar()


def changed_since(session: Session, snapshot: Snapshot) -> int | None:
    """How many people changed since a snapshot was made; None when they cannot be told."""
    changes = changes_since(session, snapshot.change, len(snapshot) + MOST_CHANGED)
    return None if changes is None else len(changes.changed)


def rebuild_due(session: Session, as_of: date, at: datetime) -> Due | None:
    """Whether a new snapshot should be made for a day, and why."""
    snapshot = usable_snapshot(session)
    built_at = None if snapshot is None else snapshot_record(session, snapshot.version)
    if snapshot is None or built_at is None:
        return Due.MISSING
    if snapshot.as_of != as_of:
        return Due.DAY
    changes = changes_since(
        session, snapshot.change, _most(snapshot, WORTH_REBUILDING, WORTH_REBUILDING_PERCENT)
    )
    if changes is None:
        return Due.CHANGED
    return Due.DELETED if len(changes.deleted) and at - built_at > FORGET_AFTER else None


def _most(snapshot: Snapshot, least: int, percent: int) -> int:
    return max(least, len(snapshot) * percent // 100)


# --- concepts that became one after the snapshot was made -------------------------------------------------

_met: dict[str, tuple[dict[int, int], UInt32]] = {}
"""The last answer by version of snapshot: vocabularies change seldom."""


def _meeting(snapshot: Snapshot, became: dict[int, int]) -> UInt32:
    """The rows with two claims on what is one concept now: which of them counts, postings cannot tell."""
    known = _met.get(snapshot.version)
    if known is None or known[0] != became:
        known = became, rows_meeting(snapshot, became)
        _met.clear()
        _met[snapshot.version] = known
    return known[1]
