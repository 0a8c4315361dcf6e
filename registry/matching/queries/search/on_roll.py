"""A search asked of the roll: sets of rows for its conditions; people who changed since stand in a roll of their own."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
from sqlalchemy import event
from sqlalchemy.orm import ORMExecuteState, Session, SessionTransaction

from registry.matching.engine.search import masks
from registry.matching.engine.search.columns import Int64
from registry.matching.engine.search.masks import Mask
from registry.matching.engine.search.points import Rows
from registry.matching.engine.search.roll import Roll
from registry.matching.queries.changed_roll import changed_rolls
from registry.matching.queries.search.asked import Sought
from registry.matching.queries.search.criteria import Answers, Criteria, within
from registry.matching.queries.snapshots import opened_roll

_HELD = "registry.matching.search"


class OnRoll:
    """A search against one roll. `visible` are the rows that the viewer may see and the roll may answer for."""

    def __init__(self, criteria: Criteria, visible: Mask) -> None:
        self.roll: Roll = criteria.roll
        self.visible = visible
        self.conditions: Mapping[str, Mask] = criteria.all()
        self._criteria = criteria

    @cached_property
    def found(self) -> Mask:
        """Who fits."""
        return masks.all_of(self.visible, self.conditions.values())

    def without(self, name: str) -> Mask:
        """Who fits all conditions but one."""
        if name not in self.conditions:
            return self.found
        return masks.all_of(self.visible, (one for other, one in self.conditions.items() if other != name))

    def points(self, rows: Rows) -> Int64:
        """How much of what is wanted the people of these rows have; 0 where nothing is."""
        found = np.zeros(len(rows), np.int64)
        for item in self._criteria.sought.ranked:
            found += self._criteria.points(item).of(rows)
        return found


@dataclass(frozen=True)
class _Held:
    sought: Sought
    transaction: SessionTransaction | None
    found: Sequence[OnRoll]


def on_rolls(session: Session, sought: Sought) -> Sequence[OnRoll]:
    """The search against the roll of its day and, where people changed since, against those of theirs.

    None of them when there is no roll and the database answers alone. Kept for the questions of one page: the same
    search in the same transaction, until something is written.
    """
    session.flush()
    held: _Held | None = session.info.get(_HELD)
    if held is None or held.sought is not sought or held.transaction is not session.get_transaction():
        found = _opened(session, sought)
        held = session.info[_HELD] = _Held(sought, session.get_transaction(), found)
    return held.found


def _opened(session: Session, sought: Sought) -> Sequence[OnRoll]:
    opened = opened_roll(session, sought.on)
    if opened is None:
        return ()
    answers, roll = Answers(session), opened.roll
    kept = within(roll, sought) & ~masks.of_rows(opened.left_rows, len(roll))
    found = [OnRoll(Criteria(answers, sought, roll), kept)]
    if len(opened.reference_ids):
        for changed, left in changed_rolls(session, opened, sought.on):
            stays = within(changed, sought) & ~masks.of_rows(left, len(changed))
            found.append(OnRoll(Criteria(answers, sought, changed), stays))
    return found


# --- what is kept is forgotten as soon as anything is written ---------------------------------------------


def _forget(session: Session, *_told: Any) -> None:
    session.info.pop(_HELD, None)


def _forget_on_writing(state: ORMExecuteState) -> None:
    if not state.is_select:
        _forget(state.session)


event.listen(Session, "after_flush", _forget)
event.listen(Session, "after_transaction_end", _forget)
event.listen(Session, "do_orm_execute", _forget_on_writing)
