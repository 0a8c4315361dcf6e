"""How late a class begins: actual start − planned start, or today − planned start while it has not begun. Pure (TR-05)."""

from datetime import date

from registry.training.rules.states import SessionState

_BEGINS_NO_MORE = frozenset({SessionState.CANCELLED})


def days_late(state: SessionState, planned: date | None, actual: date | None, on: date) -> int | None:
    """Days late on a day; 0 for what is on time, None where no start was planned or the class was cancelled."""
    if planned is None or state in _BEGINS_NO_MORE:
        return None
    return max(0, ((actual or on) - planned).days)
