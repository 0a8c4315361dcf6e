"""Columns of a sheet: their Vietnamese headers, the other headers people write, and finding them in a file. Pure."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from registry.text import fold

HEADER_SEARCH_ROWS = 15
"""Titles and logos may stand above the header; further down it is not looked for."""

SEVERAL = "Có thể ghi nhiều mục, cách nhau bằng dấu chấm phẩy."

_ASIDE = re.compile(r"\([^()]*\)|\[[^\[\]]*\]|\*")
_HEADER_LIMIT = 200


@dataclass(frozen=True)
class Column:
    """One column: a key for programs, a header and a hint for people.

    `also` are other headers that mean the same, compared folded. `choices` fill a drop-down; unless
    `only_choices` other words are accepted too and judged at import.
    """

    key: str
    header: str
    hint: str
    also: tuple[str, ...] = ()
    is_required: bool = False
    choices: tuple[str, ...] = ()
    only_choices: bool = True
    width: int = 22


def column(
    key: str,
    header: str,
    hint: str,
    also: str = "",
    *,
    is_required: bool = False,
    choices: tuple[str, ...] = (),
    only_choices: bool = True,
    several: bool = False,
    width: int = 22,
) -> Column:
    """A column whose other headers are written «số CCCD | căn cước»; `several` entries may stand in one cell."""
    return Column(
        key,
        header,
        f"{hint} {SEVERAL}" if several else hint,
        tuple(also.split(" | ")) if also else (),
        is_required,
        choices,
        only_choices and not (several and choices),
        width,
    )


@dataclass(frozen=True)
class Header:
    """Where a header stands in a sheet and which columns were recognised: {column index: key}."""

    sheet: str
    row: int
    texts: tuple[str, ...]
    mapping: Mapping[int, str]


def header_key(text: str) -> str:
    """A header as it is compared: folded, without asides («(dd/mm/yyyy)») and the star of required columns."""
    return fold(_ASIDE.sub(" ", text[:_HEADER_LIMIT]))


def guess_mapping(texts: Sequence[str], columns: Sequence[Column]) -> dict[int, str]:
    """Which column each header text means, {index from 0: key}. Each key is given once, the exact header first."""
    exact = {column.header: column.key for column in columns}
    known = {header_key(text): column.key for column in columns for text in (column.header, *column.also)}
    means_exactly = [exact.get(text.strip()) for text in texts]
    means = [known.get(header_key(text)) for text in texts]
    guessed: dict[int, str] = {}
    for keys in (means_exactly, means):
        for index, key in enumerate(keys):
            if key is not None and index not in guessed and key not in guessed.values():
                guessed[index] = key
    return dict(sorted(guessed.items()))


def find_header(
    sheets: Mapping[str, Sequence[tuple[int, Sequence[str]]]],
    columns: Sequence[Column],
    own_sheets: Sequence[str],
) -> Header | None:
    """The most promising header of a workbook: the row with most known columns near the top of a sheet.

    `sheets` are (row number, cell texts) by sheet name; sheets that the template itself adds (examples,
    guide, lists) come last. None when nowhere a required column was recognised and no sheet has a row.
    """
    best: tuple[tuple[int, int], Header] | None = None
    for name, rows in sheets.items():
        for number, texts in rows[:HEADER_SEARCH_ROWS]:
            mapping = guess_mapping(texts, columns)
            rank = (0 if name in own_sheets else 1, len(mapping))
            if best is None or rank > best[0]:
                best = (rank, Header(name, number, tuple(text[:_HEADER_LIMIT] for text in texts), mapping))
    return None if best is None else best[1]


def missing_columns(mapping: Mapping[int, str], columns: Sequence[Column]) -> tuple[Column, ...]:
    """The required columns nobody pointed to."""
    given = set(mapping.values())
    return tuple(column for column in columns if column.is_required and column.key not in given)
