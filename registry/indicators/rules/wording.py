"""How a percentage of plan is said, and what such a phrase means. Pure (IN-07).

Below 100 «bằng 59,7 % kế hoạch», at 100 «đạt kế hoạch», above «vượt 33,1 % kế hoạch», which is 133.1 % of it.
"""

import re
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from registry import formats
from registry.indicators.rules.numbers import Exact, half_up, percent_words, written

_NUMBER = r"(?P<number>\d{1,3}(?:\.\d{3})+(?:,\d+)?|\d+(?:,\d+)?)"
_OF_PLAN = r"(?:so\s+với\s+)?(?:kế\s+hoạch|chỉ\s+tiêu)"
_PHRASES = (
    re.compile(rf"\b(?P<verb>bằng|đạt|vượt)\s+{_NUMBER}\s*%\s+{_OF_PLAN}", re.IGNORECASE),
    re.compile(rf"\b(?P<verb>bằng|đạt|vượt)\s+{_OF_PLAN}\s+{_NUMBER}\s*%", re.IGNORECASE),
    re.compile(rf"^(?P<verb>bằng|đạt|vượt)\s+{_NUMBER}\s*%$", re.IGNORECASE),
)
"""The plan is named, or nothing else is said: «đạt 6,5% GRDP» is no percentage of plan."""
_REACHED = re.compile(r"(?:đạt|hoàn\s+thành)\s+(?:100\s*%\s+)?(?:kế\s+hoạch|chỉ\s+tiêu)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class PrintedPercent:
    """A percentage of plan as printed: 133.1 for «vượt 33,1 %», to one decimal place."""

    percent: Decimal
    places: int


def plan_phrase(percent: Exact, places: int = 1) -> str:
    """The words for a percentage of plan. Raises ValueError for a negative one.

    What is not exactly the plan is never rounded onto it: 99.96 is «bằng 99,96 % kế hoạch».
    """
    if Fraction(percent) < 0:
        raise ValueError(f"no share of a plan is negative: {percent}")
    if percent == 100:
        return "đạt kế hoạch"
    while half_up(percent, places) == 100:
        places += 1
    rounded = half_up(percent, places)
    if rounded < 100:
        return f"bằng {percent_words(rounded, places)} kế hoạch"
    return f"vượt {percent_words(rounded - 100, places)} kế hoạch"


def read_plan_phrase(text: str) -> PrintedPercent | None:
    """What a printed phrase says: «vượt 33,1% kế hoạch» is 133.1 %. None for words that state no percentage.

    «đạt kế hoạch» is exactly 100. A word of verdict alone («vượt chỉ tiêu đề ra») states no number.
    """
    said = " ".join(text.replace(formats.NBSP, " ").split())
    found = next((hit for phrase in _PHRASES if (hit := phrase.search(said))), None)
    if found:
        digits = found["number"].replace(".", "")
        places = len(digits.partition(",")[2])
        number = Decimal(digits.replace(",", "."))
        return PrintedPercent(number + 100 if found["verb"].lower() == "vượt" else number, places)
    return PrintedPercent(Decimal(100), 0) if _REACHED.search(said) else None


def printed_words(printed: PrintedPercent) -> str:
    """The number of a printed percentage with the decimals it was printed with."""
    return f"{written(printed.percent, printed.places)}{formats.NBSP}%"
