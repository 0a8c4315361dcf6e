"""What readers of JSON and XML share: values that may be of any type as texts, dates from their parts."""

from collections.abc import Iterator, Mapping
from typing import Any, cast

from registry.exchange.readers.cv.found import Item, Line, Part, item
from registry.exchange.readers.cv.studies import degree_named
from registry.people.rules.dates import PartialDate, read_date
from registry.people.rules.vocabulary import vocabulary
from registry.text import fold

STATED = 90
"""How sure an item is that the file names as what it is."""
SUGGESTED = 50
"""How sure one is that is only proposed: shown, not ticked."""


def mapping(value: Any) -> Mapping[str, Any]:
    """The value if it is an object, else an empty one."""
    return cast("Mapping[str, Any]", value) if isinstance(value, dict) else {}


def rows(value: Any) -> list[Mapping[str, Any]]:
    """The objects of a list; of one object a list of it."""
    if isinstance(value, dict):
        return [cast("Mapping[str, Any]", value)]
    listed = cast("list[Any]", value) if isinstance(value, list) else []
    return [mapping(one) for one in listed if isinstance(one, dict)]


def texts(value: Any) -> list[str]:
    """The texts of a list."""
    listed = cast("list[Any]", value) if isinstance(value, list) else []
    return [one for one in map(text, listed) if one]


def text(value: Any) -> str:
    """A text or a number as text; "" for anything else."""
    if isinstance(value, str):
        return value.strip()
    return str(value) if isinstance(value, int | float) and not isinstance(value, bool) else ""


def date_text(value: Any) -> str:
    """An ISO date as forms read it; "" when it is none."""
    found = read_date(text(value)[:10])
    return "" if found is None else found.text


def date_of_parts(year: Any, month: Any = None, day: Any = None) -> str:
    """A date of numbers that may be texts, «--03» and empty too."""
    numbers = [_number(part) for part in (year, month, day)]
    if numbers[0] is None:
        return ""
    found = PartialDate(numbers[0], numbers[1], numbers[2] if numbers[1] else None)
    try:
        _ = found.earliest
    except ValueError:
        return str(numbers[0]) if 1900 <= numbers[0] <= 2100 else ""
    return found.text


def _number(value: Any) -> int | None:
    digits = text(value).strip("- ")
    return int(digits) if digits.isascii() and digits.isdigit() and len(digits) <= 4 and int(digits) else None


def esco_address(value: str) -> str:
    """The address of a concept in ESCO; "" for any other text."""
    return value if value.startswith(_ESCO) else ""


_ESCO = ("http://data.europa.eu/esco/", "https://data.europa.eu/esco/")


def named(part: Part, section: str, quote: str, sure: int = STATED, **fields: str) -> Iterator[Item]:
    """An item of a file that names its parts."""
    found = item(part, fields, [Line(quote)], section, sure)
    if found is not None:
        yield found


def ongoing(started: str, ended: str, *, said: bool | None = None) -> str:
    """«y» where the file says so, or says nothing and a post has begun and no end is named."""
    goes_on = bool(started and not ended) if said is None else said
    return "y" if goes_on else ""


def yes_no(value: Any) -> bool | None:
    """A truth value as JSON or XML has it; None for anything else."""
    if isinstance(value, bool):
        return value
    return {"true": True, "1": True, "false": False, "0": False}.get(text(value).casefold())


def whole_name(written: str, given: str, family: str) -> str:
    """The name as its whole is written, which knows the order of its two parts; "" where the whole is another name."""
    return written if sorted(written.split()) == sorted(f"{given} {family}".split()) else ""


def language_code(value: str) -> str:
    """The code of a language by its code or name; "" when it is not in the list."""
    key = fold(value)
    for one in vocabulary().languages:
        if key in {one.code, fold(one.vi), fold(one.en)} or key == _OLD_CODES.get(one.code):
            return one.code
    return _THREE.get(key, "")


_OLD_CODES = {"vi": "vn"}
_THREE = {"eng": "en", "vie": "vi", "fra": "fr", "fre": "fr", "deu": "de", "ger": "de", "jpn": "ja", "kor": "ko", "zho": "zh", "chi": "zh", "rus": "ru", "spa": "es", "por": "pt", "ita": "it", "nld": "nl", "dut": "nl", "ces": "cs", "cze": "cs", "pol": "pl", "hun": "hu", "swe": "sv", "fin": "fi", "ara": "ar", "tha": "th", "lao": "lo", "khm": "km", "ind": "id", "hin": "hi", "mya": "my", "bur": "my", "msa": "ms", "may": "ms"}  # fmt: skip


def degree_code(value: str, level: str = "") -> str:
    """The code of a degree in a title, or of a level of the European frame (EQF) or of ISCED; "" for others."""
    return degree_named(value)[0] or _LEVELS.get(level.strip(), "")


_LEVELS = {"5": "CD", "6": "DH", "7": "THS", "8": "TS"}
