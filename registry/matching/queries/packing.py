"""Reading millions of small numbers from a table: several packed into one integer by the database, no objects.

A row of one or two integers costs a fifth of one with dates and words, on both databases.
"""

import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from itertools import chain
from typing import Any

import numpy as np
from numpy.typing import NDArray
from sqlalchemy import (
    BigInteger,
    ColumnElement,
    Dialect,
    Executable,
    SQLColumnExpression,
    case,
    cast,
    func,
    literal_column,
)
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.orm import Session
from sqlalchemy.sql.functions import FunctionElement

Numbers = NDArray[np.int64]

DAY_BITS = 22
"""Ordinals up to 31 December 9999 fit."""

_AT_ONCE = 500
"""Rows fetched at a time. Fewer than the collector waits for (700 new objects): with 50,000 it went over all of them
again and again, and a read of everybody took half as long again on both databases."""


class day_number(FunctionElement[int]):  # noqa: N801 - stands in statements like any function
    """The proleptic ordinal of a date, as `date.toordinal` gives it; 0 for no date."""

    type = BigInteger()
    inherit_cache = True
    name = "day_number"


@compiles(day_number, "sqlite")
def _on_sqlite(element: Any, compiler: Any, **options: Any) -> str:
    day = compiler.process(element.clauses, **options)
    return f"coalesce(CAST(julianday({day}) - 1721424.5 AS INTEGER), 0)"


@compiles(day_number, "postgresql")
def _on_postgresql(element: Any, compiler: Any, **options: Any) -> str:
    day = compiler.process(element.clauses, **options)
    return f"coalesce({day} - DATE '0001-01-01' + 1, 0)"


class is_handed(FunctionElement[Any]):  # noqa: N801 - stands in statements like any function
    """SQL: a number is one of those handed over when the statement is read, however many."""

    inherit_cache = True
    name = "is_handed"


@compiles(is_handed, "sqlite")
def _in_json(element: Any, compiler: Any, **options: Any) -> str:
    number = compiler.process(element.clauses, **options)
    return f"{number} IN (SELECT value FROM json_each(:handed))"  # noqa: S608 - of statements of this room


@compiles(is_handed, "postgresql")
def _in_array(element: Any, compiler: Any, **options: Any) -> str:
    number = compiler.process(element.clauses, **options)
    return f"{number} = ANY(CAST(%(handed)s AS INTEGER[]))"


def packed(*parts: tuple[SQLColumnExpression[Any], int]) -> ColumnElement[int]:
    """Non-negative numbers side by side in one integer, each with its width in bits; the first stands lowest."""
    total: ColumnElement[int] | None = None
    shift = 0
    for part, bits in parts:
        moved = cast(part, BigInteger) * literal_column(str(1 << shift), BigInteger)
        total = moved if total is None else total + moved
        shift += bits
    assert total is not None and shift <= 62  # noqa: S101, PT018 - a pack that does not fit is a programming error
    return total


def unpacked(packs: Numbers, *widths: int) -> Iterator[Numbers]:
    """The numbers of `packed`, in its order."""
    shift = 0
    for bits in widths:
        yield (packs >> shift) & ((1 << bits) - 1)
        shift += bits


def numbered(value: SQLColumnExpression[Any], numbers: Mapping[Any, int]) -> ColumnElement[int]:
    """The number of a word of a closed list."""
    return case(*((value == word, number) for word, number in numbers.items()), else_=0)


def optional(value: SQLColumnExpression[Any]) -> ColumnElement[int]:
    """A small number plus one, and 0 where there is none."""
    return func.coalesce(value + 1, 0)


def read_numbers(
    session: Session, statement: Executable, columns: int, words: "Numbering | None" = None
) -> list[Numbers]:
    """All rows of a statement that selects so many integers, column by column; then the word at their end."""
    parts = [_columns(rows, columns, words) for rows in read_rows(session, statement)]
    return joined(parts, columns + (words is not None))


def joined(parts: Sequence[Sequence[Numbers]], columns: int) -> list[Numbers]:
    """The first columns of some parts, one below the other."""
    return [
        np.concatenate([np.empty(0, np.int64), *(part[place] for part in parts)]) for place in range(columns)
    ]


def _columns(rows: Sequence[tuple[Any, ...]], columns: int, words: "Numbering | None") -> list[Numbers]:
    if words is not None:
        *numbers, texts = zip(*rows, strict=True)
        return [*(np.array(column, np.int64) for column in numbers), words.of(texts)]
    whole = np.fromiter(chain.from_iterable(rows), np.int64, len(rows) * columns).reshape(-1, columns)
    return [whole[:, column] for column in range(columns)]


def read_rows(
    session: Session, statement: Executable, handed: Numbers | None = None
) -> Iterator[Sequence[tuple[Any, ...]]]:
    """The rows as the driver gives them, many at a time and never all of them in memory.

    Past SQLAlchemy's results, which make an object of every row; in the session's transaction all the same.
    `handed` are the numbers for `is_handed`: a statement is written out once, whoever it is asked of.
    """
    connection = session.connection()
    driver: Any = connection.connection.driver_connection
    text, is_sqlite = _text(statement, connection.dialect), connection.dialect.name == "sqlite"
    # Rows of everybody stay on the server until they are asked for.
    cursor = driver.cursor() if is_sqlite or handed is not None else driver.cursor("everybody")
    try:
        if handed is None:
            cursor.execute(text)
        else:
            numbers: list[int] = handed.tolist()
            cursor.execute(text, {"handed": json.dumps(numbers) if is_sqlite else numbers})
        while rows := cursor.fetchmany(_AT_ONCE):
            yield rows
    finally:
        cursor.close()


@lru_cache(maxsize=64)
def _text(statement: Any, dialect: Dialect) -> str:
    """A statement written out: that takes longer than to read what it says of a few people."""
    return str(statement.compile(dialect=dialect, compile_kwargs={"literal_binds": True}))


class Numbering(dict[str | None, int]):
    """Gives words numbers in the order in which they come; no word and the empty one are −1."""

    def __init__(self) -> None:
        super().__init__({None: -1, "": -1})
        self.words: list[str] = []

    def __missing__(self, word: str) -> int:
        number = self[word] = len(self.words)
        self.words.append(word)
        return number

    def of(self, words: Iterable[str | None]) -> Numbers:
        """The numbers of these words."""
        return np.array([self[word] for word in words], np.int64)

    def sorted(self, *uses: NDArray[Any]) -> tuple[tuple[str, ...], Numbers]:
        """The words that these numbers mean, in order, and the new number of every old one (−1 stays)."""
        is_used = np.zeros(len(self.words) + 1, np.bool_)
        for one in uses:
            is_used[one] = True
        words = sorted((self.words[one], one) for one in np.flatnonzero(is_used[:-1]).tolist())
        places = np.full(len(self.words) + 1, -1, np.int64)
        places[[one for _word, one in words]] = np.arange(len(words))
        return tuple(word for word, _one in words), places


def per_value(values: Numbers, function: Callable[[int], int]) -> Numbers:
    """A function of each value, asked once per different value: there are few days in many rows."""
    different, places = np.unique(values, return_inverse=True)
    return np.array([function(one) for one in different.tolist()], np.int64)[places.reshape(-1)]
