"""Marks: the few values that say what state some tables are in, asked for by nearly every page.

Which edition of the places, which vocabulary, how far people have changed: each belongs to its room, but to send a
statement costs more than to answer it, hence one statement tells all of them.
"""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from registry.db.engine import asked_once, may_write, read_rows

_marks: list["Mark"] = []
_together: dict[int, tuple[Any, Sequence[slice]]] = {}
"""The statement that tells all marks, and where in its row each stands; by how many marks there are by now."""


class Mark:
    """The columns of a statement that has one row at most. To be made when a module is read, once for each question."""

    def __init__(self, statement: Select[*tuple[Any, ...]]) -> None:
        self._statement = statement
        self._place = len(_marks)
        _marks.append(self)

    @property
    def columns(self) -> list[Any]:
        """Every column as a value of its own, null where there is no row."""
        asked: Any = self._statement
        return [asked.with_only_columns(one).scalar_subquery() for one in asked.selected_columns]

    def told(self, session: Session) -> Sequence[Any]:
        """The values of the row, None for each when there is none.

        A transaction that only reads is told all marks by the first question for any; a session that may write asks
        for this one every time, since what it wrote itself counts.
        """
        if may_write(session):
            row = read_rows(session, self._statement).one_or_none()
            return [None] * len(self._statement.selected_columns) if row is None else row
        statement, places = _all_marks()
        row = asked_once(session, "marks", lambda: read_rows(session, statement).one())
        return row[places[self._place]]


def _all_marks() -> tuple[Any, Sequence[slice]]:
    found = _together.get(len(_marks))
    if found is None:
        places: list[slice] = []
        columns: list[Any] = []
        for mark in _marks:
            begun = len(columns)
            columns += mark.columns
            places.append(slice(begun, len(columns)))
        found = _together[len(_marks)] = select(*columns), places
    return found
