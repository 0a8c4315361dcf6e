"""A search asked of the roll: sets of rows for its conditions, and the people who are left to the database."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import reduce
from operator import add
from typing import Any

import numpy as np
from sqlalchemy import event
from sqlalchemy.orm import ORMExecuteState, Session, SessionTransaction

from registry.matching.engine.search import masks
from registry.matching.engine.search.masks import Mask
from registry.matching.engine.search.points import Points
from registry.matching.engine.search.roll import Roll
from registry.matching.queries.search.asked import Sought
from registry.matching.queries.search.conditions import Condition
from registry.matching.queries.search.criteria import Criteria, within
from registry.matching.queries.snapshots import opened_roll

_HELD = "registry.matching.search"


@dataclass(frozen=True)
class OnRoll:
    """A search against a roll. `visible` are the rows the roll may answer for, `rest` everybody it may not.

    `rest` is None when nobody has changed.
    """

    roll: Roll
    visible: Mask
    conditions: Mapping[str, Mask]
    rest: Condition | None
    points: Callable[[], Points]

    @property
    def found(self) -> Mask:
        """Who fits."""
        return masks.all_of(self.visible, self.conditions.values())

    def without(self, name: str) -> Mask:
        """Who fits all conditions but one."""
        return masks.all_of(self.visible, (one for other, one in self.conditions.items() if other != name))


@dataclass(frozen=True)
class _Held:
    sought: Sought
    transaction: SessionTransaction | None
    found: OnRoll | None


def on_roll(session: Session, sought: Sought) -> OnRoll | None:
    """The search against the roll of its day; None when there is none and the database answers alone.

    Kept for the questions of one page: the same search in the same transaction, until something is written.
    """
    session.flush()
    held: _Held | None = session.info.get(_HELD)
    if held is None or held.sought is not sought or held.transaction is not session.get_transaction():
        found = _opened(session, sought)
        held = session.info[_HELD] = _Held(sought, session.get_transaction(), found)
    return held.found


def _opened(session: Session, sought: Sought) -> OnRoll | None:
    opened = opened_roll(session, sought.on)
    if opened is None:
        return None
    criteria = Criteria(session, sought, opened.roll)
    visible = within(opened.roll, sought) & ~masks.of_rows(opened.left_rows, len(opened.roll))
    return OnRoll(
        opened.roll,
        visible,
        criteria.all(),
        opened.left_people if len(opened.reference_ids) else None,
        lambda: _points(criteria),
    )


def _points(criteria: Criteria) -> Points:
    """How much of what is wanted everybody has; 0 where nothing is."""
    nothing = np.zeros(len(criteria.roll), np.int32)
    return reduce(add, [criteria.points(item) for item in criteria.sought.ranked], nothing)


# --- what is kept is forgotten as soon as anything is written ---------------------------------------------


def _forget(session: Session, *_told: Any) -> None:
    session.info.pop(_HELD, None)


def _forget_on_writing(state: ORMExecuteState) -> None:
    if not state.is_select:
        _forget(state.session)


event.listen(Session, "after_flush", _forget)
event.listen(Session, "after_transaction_end", _forget)
event.listen(Session, "do_orm_execute", _forget_on_writing)
