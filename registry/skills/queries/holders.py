"""What other rooms hold of the vocabulary. They lie above this one, so the app hands them over as plain functions."""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime

from sqlalchemy.orm import Session

from registry.accounts.rules import Permission, Viewer
from registry.skills.rules.placing import Standing


@dataclass(frozen=True)
class Wanted:
    """Which records are asked for: any of those that hold these texts or concepts, are not confirmed, or were moved.

    `moved_by` is the change (row id) that moved them; what it gave back since is not among them.
    """

    term_ids: frozenset[int] = frozenset()
    skill_ids: frozenset[int] = frozenset()
    is_unsure: bool = False
    moved_by: int | None = None


@dataclass(frozen=True)
class HeldText:
    """A record that holds a concept or a kept text: what was typed, where it stands, what was typed beside it."""

    row_id: int
    typed: str
    standing: Standing
    neighbours: tuple[str, ...] = ()


@dataclass(frozen=True)
class Touched:
    """How many records hold something, wherever they are, and the codes of a few that the viewer may see.

    `people` are the public ids of those whose codes are shown, for the log of reads.
    """

    total: int = 0
    codes: Sequence[str] = field(default=())
    people: Sequence[str] = field(default=())


@dataclass(frozen=True)
class Owner:
    """Whose record it is, as the viewer may see it: a name or a title, else the code."""

    public_id: str
    words: str
    code: str


@dataclass(frozen=True)
class Owners:
    """How many there are, how many of them the viewer may see, and the first of those."""

    total: int = 0
    seen: int = 0
    first: Sequence[Owner] = field(default=())


@dataclass(frozen=True)
class Move:
    """A record that is to stand otherwise, if it still stands as expected."""

    row_id: int
    expected: Standing
    wanted: Standing


@dataclass(frozen=True)
class Acting:
    """Who lets records stand otherwise, when, and for which change of the vocabulary."""

    by: int | None
    at: datetime
    on: date
    change: str
    is_undo: bool = False


@dataclass(frozen=True)
class Holder:
    """One kind of records. `counts` is limited to what the viewer may see; `write` answers the rows it wrote."""

    place: str
    permission: Permission
    counts: Callable[[Session, Viewer, Mapping[int, int], date], Mapping[int, int]]
    touched: Callable[[Session, Viewer, Wanted, date], Touched]
    owners: Callable[[Session, Viewer, Wanted, date], Owners]
    count_rows: Callable[[Session, Wanted], int]
    rows: Callable[[Session, Wanted, int, int], Sequence[HeldText]]
    write: Callable[[Session, Sequence[Move], Acting], Collection[int]]
    # Where something is computed ahead from who holds what; two concepts that become one change it.
    note_both: Callable[[Session, int, int], int] | None = None
