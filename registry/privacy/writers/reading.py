"""The readable part of a person's data: a PDF set by Typst, to which the data are handed as JSON, never as markup.

Its letters are Libertinus Serif, which Typst carries with it (SIL Open Font License) and which has all of Vietnamese.
"""

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import typst

_PAGE = Path(__file__).resolve().parent.parent / "data" / "own_data.typ"
_LONGEST = 400
_LOG = "log"
MOST_EVENTS = 200
"""Lines of the log in the readable part; the JSON has all."""


@dataclass(frozen=True)
class ReadingWords:
    """Title, foot and the words for tables, columns and values, in the language of the reader."""

    title: str
    subtitle: str
    log_title: str
    language: str
    table: Callable[[str], str]
    column: Callable[[str], str | None]
    """None for one that only programs understand."""
    value: Callable[[str, str, Any], str]
    """Of a table, a column and what is kept there."""


def reading_pdf(
    tables: Mapping[str, Sequence[Mapping[str, Any]]], log: Sequence[Mapping[str, Any]], words: ReadingWords
) -> bytes:
    """The PDF."""
    sections = [
        {"name": words.table(name), "blocks": _blocks(name, rows, words)}
        for name, rows in tables.items()
        if rows
    ]
    sections.append({"name": words.log_title, "blocks": _blocks(_LOG, log[:MOST_EVENTS], words)})
    data = {
        "title": words.title,
        "subtitle": words.subtitle,
        "language": words.language,
        "sections": [one for one in sections if one["blocks"]],
    }
    return typst.compile(_PAGE.read_bytes(), sys_inputs={"data": json.dumps(data, ensure_ascii=False)})


def _blocks(table: str, rows: Sequence[Mapping[str, Any]], words: ReadingWords) -> list[list[list[str]]]:
    """Of every row the values that say something, as (what, value); rows that say nothing are left out."""
    told = [
        [
            [column, words.value(table, name, value)[:_LONGEST]]
            for name, value in row.items()
            if value not in (None, "", [], {}) and (column := words.column(name)) is not None
        ]
        for row in rows
    ]
    return [block for block in told if block]
