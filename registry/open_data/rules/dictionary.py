"""The dictionary of a published table: what each column means. Pure (EX-08).

The shape follows «CSV on the Web» (W3C, 2015): a table schema that programs read beside the CSV file.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

TYPES = frozenset({"string", "integer", "decimal", "date", "boolean"})
HIDDEN = ""
"""What stands in a cell that is hidden or unknown; never 0. Why it is empty stands in a column beside."""


@dataclass(frozen=True, slots=True)
class Column:
    """One column: the name in the file, what it is called and means, its type and unit."""

    name: str
    title: str
    title_en: str
    description: str
    type: str = "string"
    unit: str = ""
    is_required: bool = False


def dictionary_of(columns: Sequence[Column], url: str) -> dict[str, Any]:
    """The schema of the CSV file at `url`. Raises ValueError for an unknown type or a name that comes twice."""
    names = [one.name for one in columns]
    wrong = [one.type for one in columns if one.type not in TYPES]
    if wrong or len(set(names)) != len(names):
        raise ValueError(f"unknown types {wrong} or repeated names in {names}")
    return {
        "@context": ["http://www.w3.org/ns/csvw", {"@language": "vi"}],
        "url": url,
        "null": HIDDEN,
        "tableSchema": {"columns": [_column(one) for one in columns]},
    }


def _column(column: Column) -> dict[str, Any]:
    said: dict[str, Any] = {
        "name": column.name,
        "titles": {"vi": column.title, "en": column.title_en},
        "dc:description": column.description,
        "datatype": column.type,
        "required": column.is_required,
    }
    if column.unit:
        said["schema:unitText"] = column.unit
    return said
