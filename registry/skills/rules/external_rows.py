"""The rows of ESCO and O*NET files as they are published, or in the shorter forms made of them. Pure.

A file is known by the columns it has; text that is no label is left out.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from registry.text import TextRefused, clean, match_key

_LONGEST_LABEL = 200
_LONGEST_CODE = 200
_LONGEST_URI = 500
# Shorter ones are abbreviations, which mean something else in every trade.
_SHORTEST_ALTERNATIVE = 4

Row = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class ExternalRow:
    """One concept of another catalogue: code, address, English label and other English labels."""

    code: str
    uri: str
    label: str
    alternatives: tuple[str, ...] = ()


class UnknownColumns(ValueError):
    """The file has none of the known sets of columns; the message names the columns that are wanted."""


def esco_rows(columns: Sequence[str], rows: Iterable[Row]) -> Iterator[ExternalRow]:
    """The skills or occupations of an ESCO file. Raises UnknownColumns."""
    return _read(columns, rows, _ESCO)


def onet_rows(columns: Sequence[str], rows: Iterable[Row]) -> Iterator[ExternalRow]:
    """The technology skills or elements of an O*NET file, each once. Raises UnknownColumns."""
    return _read(columns, rows, _ONET)


def _read(
    columns: Sequence[str], rows: Iterable[Row], shapes: Mapping[tuple[str, ...], "_Shape"]
) -> Iterator[ExternalRow]:
    for wanted, shape in shapes.items():
        if set(wanted) <= set(columns):
            return _each_once(shape, rows)
    raise UnknownColumns("; ".join(", ".join(wanted) for wanted in shapes))


def _each_once(shape: "_Shape", rows: Iterable[Row]) -> Iterator[ExternalRow]:
    seen: set[str] = set()
    for row in rows:
        found = shape(row)
        if found is not None and found.code not in seen:
            seen.add(found.code)
            yield found


def _made(code: str, uri: str, label: str, alternatives: Iterable[str] = ()) -> ExternalRow | None:
    """A row with a readable label, or nothing."""
    named = _label(label)
    code = code.strip()[:_LONGEST_CODE]
    if not named or not code or not match_key(named):
        return None
    others = (other for one in alternatives if (other := _label(one)))
    kept = {match_key(other): other for other in others if len(match_key(other)) >= _SHORTEST_ALTERNATIVE}
    kept.pop(match_key(named), None)
    return ExternalRow(code, uri.strip()[:_LONGEST_URI], named, tuple(kept.values()))


def _label(text: str) -> str:
    try:
        return clean(text, limit=_LONGEST_LABEL)
    except TextRefused:
        return ""


_Shape = Callable[[Row], ExternalRow | None]


def _published_esco(row: Row) -> ExternalRow | None:
    uri = row["conceptUri"]
    code = row.get("code") or uri.rstrip("/").rsplit("/", 1)[-1]
    return _made(code, uri, row["preferredLabel"], (row.get("altLabels") or "").splitlines())


def _short_occupation(row: Row) -> ExternalRow | None:
    return _made(row["esco_code"], row["uri"], row["label_en"], row["alt_labels_en"].split("|"))


def _short_technology(row: Row) -> ExternalRow | None:
    return _made(f"{row['commodity_code']} {row['name']}", "", row["name"])


def _published_technology(row: Row) -> ExternalRow | None:
    return _made(f"{row['Commodity Code']} {row['Example']}", "", row["Example"])


def _published_element(row: Row) -> ExternalRow | None:
    return _made(row["Element ID"], "", row["Element Name"])


_ESCO: Mapping[tuple[str, ...], _Shape] = {
    ("conceptUri", "preferredLabel"): _published_esco,
    ("esco_code", "label_en", "alt_labels_en", "uri"): _short_occupation,
}
_ONET: Mapping[tuple[str, ...], _Shape] = {
    ("name", "commodity_code"): _short_technology,
    ("Example", "Commodity Code"): _published_technology,
    ("Element ID", "Element Name"): _published_element,
}
