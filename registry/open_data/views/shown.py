"""What pages show of a release: the first rows of its frozen file, its columns, its licence, how to name it."""

import json
import re
from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from flask import url_for

from registry import formats
from registry.accounts.views.postman import settings
from registry.open_data.models import OpenDataset, OpenRelease
from registry.open_data.rules.columns import COLUMNS
from registry.open_data.rules.dictionary import Column
from registry.open_data.rules.files import CSV_NAME, DICTIONARY_NAME, JSON_NAME
from registry.open_data.rules.kinds import LICENCES, DatasetKind
from registry.open_data.rules.lines import HIDDEN, REASON, STATUS
from registry.web.i18n import current_language
from registry.web.i18n import gettext as _

MOST_ROWS, FIRST_ROWS = 60, 10
"""How many rows of a file the page has, and how many of them stand open."""
PREVIEW: Mapping[DatasetKind, tuple[str, ...]] = {
    DatasetKind.INDICATORS: (
        "chi_tieu", "dia_ban", "den_ngay", "gia_tri", "don_vi_tinh", "ke_hoach", "ty_le",
    ),
    DatasetKind.TRAINING: ("nhom", "so_nguoi", "so_luot"),
    DatasetKind.BREAKDOWN: ("nhom", "dac_diem", "tra_loi", "so_nguoi"),
    DatasetKind.SECTORS: ("linh_vuc", "cau", "cung", "chua_ro", "chenh_lech"),
    DatasetKind.AREAS: ("dia_ban", "cau", "cung", "chua_ro", "chenh_lech"),
}  # fmt: skip
"""Columns of the table on the page, the first names the row; the file has all."""

_NUMBERS = frozenset({"integer", "decimal"})
_CAN_BE_HIDDEN = frozenset({"gia_tri", "ty_le", "so_nguoi", "so_luot", "cung", "chua_ro", "chenh_lech"})
_CLOSED = frozenset({"don_vi_tinh", "tra_loi"})
_PLAN = "ke_hoach"
_PLANNED = re.compile(r"(?P<amount>[\d.]+(?:,\d+)?) (?P<unit>[^/]+)(?P<each>/năm)?")
"""What the file says in Vietnamese alone and the catalogue knows: words of closed lists, and a number with such a word."""
_FIRST_FIGURES = frozenset({"gia_tri", "so_nguoi", "cung"})
"""Beside which it stands why there is none."""

FILES = (CSV_NAME, JSON_NAME, DICTIONARY_NAME)


def title_of(dataset: OpenDataset) -> str:
    """The title in the language of the page."""
    return dataset.title if current_language() == "vi" else dataset.title_en


def description_of(dataset: OpenDataset) -> str:
    """The description in the language of the page."""
    return dataset.description if current_language() == "vi" else dataset.description_en


def heading_of(column: Column) -> str:
    """What a column is called in the language of the page."""
    return column.title if current_language() == "vi" else column.title_en


def about(column: Column) -> dict[str, str]:
    """What a column is called, means and is counted in, in the language of the page."""
    return {
        "title": heading_of(column),
        "description": _(column.description),
        "unit": _(column.unit) if column.unit else "",
    }


def period_of(release: OpenRelease) -> str:
    """«01/01/2025 – 30/06/2025»; of a stock the day it was counted on."""
    language = current_language()
    if release.starts is None:
        return formats.date(release.as_of, language)
    return formats.date_range(release.starts, release.ends, language)


def table_of(release: OpenRelease) -> dict[str, Any]:
    """The first rows of the frozen JSON file, as a table; `more` how many are in the file alone."""
    kind = release.dataset.kind
    columns = {one.name: one for one in COLUMNS[kind]}
    shown = [columns[name] for name in PREVIEW[kind]]
    rows: Sequence[Mapping[str, Any]] = json.loads(release.json)["rows"]
    return {
        "heads": [{"label": heading_of(one), "num": one.type in _NUMBERS} for one in shown],
        "rows": [[_cell(row, one) for one in shown] for row in rows[:MOST_ROWS]],
        "first": FIRST_ROWS,
        "more": max(0, len(rows) - MOST_ROWS),
        "hidden": sum(row[STATUS] == HIDDEN for row in rows),
    }


def _cell(row: Mapping[str, Any], column: Column) -> dict[str, Any]:
    """`lang`: of what the file says in Vietnamese alone, on an English page."""
    language = current_language()
    value, is_vietnamese = _said(row, column.name, language)
    if value is None:
        is_hidden = row[STATUS] == HIDDEN and column.name in _CAN_BE_HIDDEN
        text = _("ẩn") if is_hidden else formats.missing
        why = row.get(REASON) if column.name in _FIRST_FIGURES else None
        return {
            "text": text,
            "num": column.type in _NUMBERS,
            "is_hidden": is_hidden,
            "lang": None,
            "note": _(why) if why else None,
        }
    is_words = column.type == "string"
    said_in_vietnamese = is_words and is_vietnamese and language != "vi"
    return {
        "text": _text(value, column.type, language),
        "num": column.type in _NUMBERS,
        "is_hidden": False,
        "lang": "vi" if said_in_vietnamese else None,
        "note": None,
    }


def _said(row: Mapping[str, Any], name: str, language: str) -> tuple[Any, bool]:
    """What a cell says in the language of the page, and whether it is Vietnamese all the same."""
    value = row.get(name)
    if language == "vi" or value is None:
        return value, True
    if row.get(f"{name}_en"):
        return row[f"{name}_en"], False
    if name in _CLOSED and value:
        said = _(value)
        return said, said == value
    found = _PLANNED.fullmatch(str(value)) if name == _PLAN else None
    return (_planned(found, language), False) if found else (value, True)


def _planned(found: re.Match[str], language: str) -> str:
    """«8.500 lao động/năm» in another language."""
    amount = Decimal(found["amount"].replace(".", "").replace(",", "."))
    places = max(0, -int(amount.as_tuple().exponent))
    plan = f"{formats.number(amount, places, language)} {_(found['unit'])}"
    return _("%(plan)s mỗi năm", plan=plan) if found["each"] else plan


def _text(value: Any, kind: str, language: str) -> str:
    if kind in _NUMBERS:
        return formats.number(value, 0 if value == int(value) else 1, language)
    return formats.date(date.fromisoformat(value), language) if kind == "date" else str(value)


def citation_of(release: OpenRelease) -> str:
    """How to name a release where it is used."""
    dataset = release.dataset
    return _(
        "%(publisher)s (%(year)s). %(title)s, bản %(number)s, số liệu ngày %(day)s. %(licence)s. %(url)s",
        publisher=dataset.publisher,
        year=release.as_of.year,
        title=title_of(dataset),
        number=release.number,
        day=formats.date(release.as_of, current_language()),
        licence=LICENCES[dataset.licence].name,
        url=whole("open_data.public_release_page", ma=dataset.code, so=str(release.number)),
    )


def whole(endpoint: str, **values: Any) -> str:
    """A whole address that begins with the configured public one, whatever the request says of itself."""
    return settings().public_url.rstrip("/") + url_for(endpoint, **values)
