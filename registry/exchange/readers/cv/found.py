"""What reading a CV answers: lines of text, items with where they stand, or why the file cannot be read."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from registry.text import TextRefused, clean

CvRefusal = Literal[
    "empty",
    "unknown_kind",
    "kind_differs",
    "too_big",
    "locked",
    "macros",
    "unsafe",
    "scan",
    "too_many_pages",
    "too_heavy",
    "broken",
    "nothing_found",
]
Part = Literal["about", "contact", "education", "experience", "skill", "language", "deed"]

MAX_FILE_BYTES = 5 * 1024 * 1024
MAX_PAGES = 40
MAX_CHARACTERS = 200_000
MAX_LINES = 4_000
MOST_ITEMS = 120
MOST_A_PART: Mapping[Part, int] = {
    "about": 8,
    "contact": 4,
    "education": 12,
    "experience": 25,
    "skill": 40,
    "language": 10,
    "deed": 30,
}
SURE_FROM = 60
"""From here on, of a hundred, an item counts as read well. It is suggested all the same: people tick it."""
READER = "1"
"""The version of the rules by which CVs are read, told with every suggestion and kept with what was taken over."""

_LONGEST_QUOTE = 160
_LONGEST_VALUE = 200
_LONGEST_TITLE = 500
_LONGEST_TEXT = 1_900


class CvRefused(Exception):
    """The file may not or cannot be read; `code` says why, the sentence for people is made elsewhere."""

    def __init__(self, code: CvRefusal) -> None:
        super().__init__(code)
        self.code: CvRefusal = code


@dataclass(frozen=True, slots=True)
class Line:
    """A line of a document. `page` counts from 1, 0 where the format has no pages; `size` is 0 when unknown."""

    text: str
    page: int = 0
    size: float = 0.0


@dataclass(frozen=True, slots=True)
class Item:
    """One thing that was read. `fields` are texts by the names of forms; `sure` is 0…100.

    `section` is the heading it stands under and `quote` the piece of text it was read from, both as in the file.
    """

    part: Part
    fields: Mapping[str, str]
    page: int = 0
    section: str = ""
    quote: str = ""
    sure: int = 0


@dataclass(frozen=True, slots=True)
class Section:
    """A heading as written, what it announces ("" for what is not looked at), and the lines under it."""

    kind: str
    heading: str
    lines: list[Line] = field(default_factory=list[Line])


def cleaned(text: str, limit: int = _LONGEST_VALUE) -> str:
    """A text as it may be kept, cut where it is too long; "" when it holds what no text may hold."""
    multiline = limit > _LONGEST_VALUE
    try:
        return clean(text[: limit * 2], limit=limit * 2, multiline=multiline)[:limit].rstrip()
    except TextRefused:
        return ""


def _limit(part: Part, name: str) -> int:
    """How long a field may be; whole titles of works are long."""
    if name == "description":
        return _LONGEST_TEXT
    return _LONGEST_TITLE if (part, name) == ("deed", "title") else _LONGEST_VALUE


def item(part: Part, fields: Mapping[str, str], lines: list[Line], section: str, sure: int) -> Item | None:
    """An item of these lines with its texts cleaned; None when nothing is left to say."""
    kept = {name: cleaned(value, _limit(part, name)) for name, value in fields.items()}
    kept = {name: value for name, value in kept.items() if value}
    if not kept:
        return None
    quote = cleaned(" · ".join(line.text.strip() for line in lines if line.text.strip()), _LONGEST_QUOTE)
    page = lines[0].page if lines else 0
    return Item(part, kept, page, cleaned(section, 80), quote, max(0, min(100, sure)))
