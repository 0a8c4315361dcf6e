"""A paper as plain values, before it is set: what both kinds of file are made of."""

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime

MOST_ROWS = 200
MOST_LETTERS = 4_000
"""Of one text: longer ones are cut with «…», so that no paper is too large to set."""


@dataclass(frozen=True)
class Facts:
    """Lines of what and its value."""

    rows: Sequence[tuple[str, str]]


@dataclass(frozen=True)
class Entry:
    """Something with its time beside it and details below it."""

    when: str
    text: str
    details: Sequence[str] = ()


@dataclass(frozen=True)
class Entries:
    """Entries, one below the other."""

    rows: Sequence[Entry]


@dataclass(frozen=True)
class Table:
    """A table; `widths` are parts of the line, `numbers` the columns that stand to the right."""

    columns: Sequence[str]
    widths: Sequence[int]
    rows: Sequence[Sequence[str]]
    numbers: frozenset[int] = frozenset()


@dataclass(frozen=True)
class Prose:
    """Paragraphs."""

    texts: Sequence[str]


Block = Facts | Entries | Table | Prose


@dataclass(frozen=True)
class Section:
    """A heading and what stands below it."""

    name: str
    blocks: Sequence[Block]


@dataclass(frozen=True)
class Paper:
    """A whole paper. `made` says who made it, when and what for; `signatures` are the roles of whoever signs."""

    title: str
    name: str
    language: str
    office: str
    headline: str
    note: str
    facts: Sequence[tuple[str, str]]
    sections: Sequence[Section]
    made: str
    page: str
    at: datetime
    signatures: Sequence[str] = ()
    signed_where: str = field(default="")


def within(text: str) -> str:
    """A text as a paper may hold it: without what no file may, and not endless."""
    plain = "".join(one for one in text if one in "\n\t" or _is_shown(one))
    return plain if len(plain) <= MOST_LETTERS else f"{plain[: MOST_LETTERS - 1]}…"


def _is_shown(letter: str) -> bool:
    """Printable, or a space of any width: those that hold a number and its unit together are not printable to Python."""
    return unicodedata.category(letter) == "Zs" or (letter.isprintable() and letter not in "￾￿")
