"""Who has words in the full text of the profile: one question, asked of what each of the two databases is fast at."""

from collections.abc import Sequence
from typing import Any, ClassVar

import numpy as np
from numpy.typing import NDArray
from sqlalchemy import (
    ColumnElement,
    Select,
    String,
    Text,
    and_,
    cast,
    column,
    func,
    literal,
    literal_column,
    select,
)
from sqlalchemy import table as table_named
from sqlalchemy.dialects.postgresql import ARRAY, array
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.orm import Session
from sqlalchemy.sql.visitors import InternalTraversal

from registry.accounts.rules import Viewer
from registry.people.models import Person, PersonText, told_of
from registry.people.queries.shown import PersonShown
from registry.people.queries.visible import named_condition
from registry.people.rules.full_text import OPEN_FIELDS, AskedText, ProfileText

_INDEX = table_named("person_text_words", column("rowid"))


def told_in_text(viewer: Viewer, asked: AskedText) -> ColumnElement[bool]:
    """SQL: the profile of this person holds the words, as far as the viewer may read it.

    What an anonymous profile does not show is searched of people who may be named alone.
    """
    return and_(_Holds(asked, False), named_condition(viewer) | _Holds(asked, True))


def ids_with_text(session: Session, asked: AskedText, *, only_open: bool = False) -> NDArray[np.int64]:
    """The row ids of everybody whose text holds the words, of people out of sight too; for conditions alone.

    They come as one text, which is many times as fast as row by row. `only_open` is what everybody may read.
    """
    by_index = session.get_bind().dialect.name == "sqlite"
    found = (_by_index if by_index else _by_arrays)(asked, only_open).subquery()
    told = session.scalar(select(func.aggregate_strings(cast(found.c[0], String), ",")))
    return np.fromstring(told, np.int64, sep=",") if told else np.empty(0, np.int64)


def texts_shown(
    session: Session, people: Sequence[Person | PersonShown], named: frozenset[int]
) -> dict[int, list[ProfileText]]:
    """The texts of these people by row id, in the order of a profile; of those not `named` only what everybody may read."""
    told = told_of(session, [person.id for person in people])
    return {
        person: [one for one in texts if person in named or one.field in OPEN_FIELDS]
        for person, texts in told.items()
    }


class _Holds(ColumnElement[bool]):
    """The text of the person of this row holds the words: written in one way for each database, meaning the same."""

    __visit_name__ = "text_holds"
    inherit_cache = True
    _traverse_internals: ClassVar[Any] = [
        ("by_index", InternalTraversal.dp_clauseelement),
        ("by_arrays", InternalTraversal.dp_clauseelement),
    ]

    def __init__(self, asked: AskedText, only_open: bool) -> None:
        self.by_index = Person.id.in_(_by_index(asked, only_open))
        self.by_arrays = Person.id.in_(_by_arrays(asked, only_open))


@compiles(_Holds)
def _compiled(element: _Holds, compiler: Any, **options: Any) -> str:
    chosen = element.by_index if compiler.dialect.name == "sqlite" else element.by_arrays
    return compiler.process(chosen, **options)


def _by_index(asked: AskedText, only_open: bool) -> Select[Any]:
    """FTS5: every word or the phrase in quotation marks, so that nothing in it is read as a command."""
    wanted = [asked.phrase] if asked.is_phrase else asked.words
    said = " AND ".join(f'"{one}"' for one in wanted)
    said = f"open_words : ({said})" if only_open else said
    return select(_INDEX.c.rowid).where(literal_column("person_text_words").op("MATCH")(literal(said)))


def _by_arrays(asked: AskedText, only_open: bool) -> Select[Any]:
    """GIN over the words as an array; a phrase is then looked for in what holds its words."""
    words = PersonText.open_words if only_open else PersonText.open_words + PersonText.closed_words
    wanted = cast(array([literal(one, Text) for one in asked.words]), ARRAY(Text))
    found = select(PersonText.id).where(func.person_text_tokens(words, type_=ARRAY(Text)).contains(wanted))
    return found.where(words.contains(f" {asked.phrase} ", autoescape=True)) if asked.is_phrase else found
