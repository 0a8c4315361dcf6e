"""How cells of the record of cadres are put: periods, ranks, several lines in one cell. Pure."""

from collections.abc import Iterable

from registry.exchange.rules.cells import Words
from registry.people.rules import PartialDate, StudyMode

STUDY_MODES = {
    StudyMode.FULL_TIME: "chính quy",
    StudyMode.IN_SERVICE: "vừa làm vừa học",
    StudyMode.DISTANCE: "đào tạo từ xa",
    StudyMode.TRANSFER: "liên thông",
    StudyMode.OTHER: "hình thức khác",
}


def joined(*parts: str) -> str:
    """«09/2013 – 2015, Thạc sĩ, Luật» of the parts that say something."""
    return ", ".join(part for part in parts if part)


def lines_of(lines: Iterable[str]) -> str:
    """Several entries in one cell, each in a line of its own."""
    return "\n".join(line for line in lines if line)


def period(start: PartialDate | None, end: PartialDate | None, *, is_ongoing: bool = False) -> str:
    """«10/2018 – nay»; «đến 2015», «từ 2013» where one end is unknown; "" where both are."""
    begun, over = ("" if day is None else day.text for day in (start, end))
    over = "nay" if is_ongoing else over
    if begun and over:
        return f"{begun} – {over}"
    return f"từ {begun}" if begun else f"đến {over}" if over else ""


def rank_word(words: Words[int], rank: int | None) -> str:
    """The word of a rank in an ordered list; "" where none is stated."""
    return next((word for word in words.listed if rank and words.get(word) == rank), "")
