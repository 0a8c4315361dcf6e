"""A release as CSV, JSON and dictionary: the same lines, the same columns, the same bytes for the same content. Pure (EX-08)."""

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from registry.open_data.rules.dictionary import Column, dictionary_of
from registry.open_data.rules.lines import Value
from registry.text.csv_rows import csv_lines

_MARKED = re.compile(r'"\\u0000(-?[0-9]+(?:\.[0-9]+)?)\\u0000"')
CSV_NAME, JSON_NAME, DICTIONARY_NAME = "du-lieu.csv", "du-lieu.json", "tu-dien.json"


@dataclass(frozen=True)
class About:
    """What a release says of itself in its files. `starts` None: counted as it stands on `as_of`."""

    code: str
    number: int
    title: str
    title_en: str
    licence: str
    licence_url: str
    publisher: str
    place: str
    as_of: date
    starts: date | None
    ends: date


@dataclass(frozen=True)
class Files:
    """The three files."""

    csv: bytes
    json: bytes
    dictionary: bytes


def files_of(about: About, columns: Sequence[Column], rows: Sequence[Mapping[str, Value]]) -> Files:
    """The files of these rows, each with exactly these columns."""
    names = [one.name for one in columns]
    lines = [[_cell(row[name]) for name in names] for row in rows]
    table = "".join(csv_lines(names, lines)).encode()
    said = {**_said(about), "columns": names, "rows": [{name: row[name] for name in names} for row in rows]}
    data = _json(said)
    schema = {**dictionary_of(columns, CSV_NAME), **_dictionary_head(about)}
    return Files(table, data, _json(schema))


def _cell(value: Value) -> str | int | None:
    if isinstance(value, bool):
        return "true" if value else "false"
    return format(value, "f") if isinstance(value, Decimal) else value


def _said(about: About) -> dict[str, Any]:
    return {
        "dataset": about.code,
        "release": about.number,
        "title": {"vi": about.title, "en": about.title_en},
        "publisher": about.publisher,
        "licence": {"name": about.licence, "url": about.licence_url},
        "place": about.place,
        "as_of": about.as_of.isoformat(),
        "period": {
            "start": None if about.starts is None else about.starts.isoformat(),
            "end": about.ends.isoformat(),
        },
        "dictionary": DICTIONARY_NAME,
        "least_count": 5,
    }


def _dictionary_head(about: About) -> dict[str, Any]:
    return {
        "dc:title": about.title,
        "dc:publisher": about.publisher,
        "dc:license": {"@id": about.licence_url},
        "dc:date": about.as_of.isoformat(),
        "dc:temporal": f"{about.starts.isoformat() if about.starts else ''}/{about.ends.isoformat()}",
    }


def _json(value: Any) -> bytes:
    """Exact decimals are numbers with the digits they were written with; no text holds the mark they are found by."""
    said = json.dumps(value, ensure_ascii=False, indent=1, default=_marked)
    return (_MARKED.sub(r"\1", said) + "\n").encode()


def _marked(value: Decimal) -> str:
    return f"\0{value:f}\0"
