"""How alike two people's names and birth dates are. Pure.

Names come folded (`registry.text.fold`): without marks, case and doubled spaces, so that a mark that is wrong, missing
or placed otherwise never keeps two records apart. Distances are counted by rapidfuzz on at most 80 characters.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from itertools import product

from rapidfuzz.distance import OSA

from registry.duplicates.rules.reasons import NOTHING, Reason
from registry.people.rules import DatePrecision

MOST_CHARACTERS = 80
_MOST_NAMES = 4
_SHORTEST_FOR_A_SLIP = 8
_FEWEST_WORDS_FOR_A_YEAR = 3
_FEWEST_WORDS_IN_SHORT = 2


@dataclass(frozen=True, slots=True)
class Told:
    """What a record tells: its row id, its folded names (the one in use first), and the birth date as far as known."""

    id: int
    names: tuple[str, ...]
    birth_on: date | None
    precision: DatePrecision | None

    @property
    def has_day(self) -> bool:
        """Whether the birth date is known to the day."""
        return self.birth_on is not None and self.precision is DatePrecision.DAY


def likeness(one: Told, other: Told) -> Reason:
    """All that is alike in names and birth dates; nothing when the names are not."""
    births = _births(one, other)
    names = _names(one, other)
    if births is Reason.BIRTH_YEAR and _words_in_use(one) < _FEWEST_WORDS_FOR_A_YEAR:
        births = NOTHING
    return names | births if names else births


def _words_in_use(one: Told) -> int:
    return len(one.names[0].split()) if one.names else 0


def _births(one: Told, other: Told) -> Reason:
    if one.birth_on is None or other.birth_on is None or one.birth_on.year != other.birth_on.year:
        return NOTHING
    if one.has_day and other.has_day:
        if one.birth_on == other.birth_on:
            return Reason.BIRTH
        return Reason.BIRTH_SWAPPED if swapped(one.birth_on) == other.birth_on else NOTHING
    if (
        DatePrecision.YEAR not in {one.precision, other.precision}
        and one.birth_on.month != other.birth_on.month
    ):
        return NOTHING
    return Reason.BIRTH_YEAR


def swapped(day: date) -> date | None:
    """The date with day and month exchanged; None where that is no other date."""
    return None if day.day > 12 or day.day == day.month else date(day.year, day.day, day.month)


_BEST_FIRST = (Reason.NAME, Reason.NAME_ORDER, Reason.NAME_TYPO, Reason.NAME_SHORT)


def _names(one: Told, other: Told) -> Reason:
    found = {_grade(a, b) for a, b in product(one.names[:_MOST_NAMES], other.names[:_MOST_NAMES])}
    return next((grade for grade in _BEST_FIRST if grade in found), NOTHING)


def _grade(one: str, other: str) -> Reason:
    one, other = one[:MOST_CHARACTERS], other[:MOST_CHARACTERS]
    if not one or not other:
        return NOTHING
    if one == other:
        return Reason.NAME
    words, others = sorted(one.split()), sorted(other.split())
    if words == others:
        return Reason.NAME_ORDER
    if min(len(one), len(other)) >= _SHORTEST_FOR_A_SLIP and _is_slip(one, other, words, others):
        return Reason.NAME_TYPO
    return Reason.NAME_SHORT if _lacks_one(words, others) or _lacks_one(others, words) else NOTHING


def _is_slip(one: str, other: str, words: list[str], others: list[str]) -> bool:
    """One character more, less, other, or two exchanged."""
    if OSA.distance(one, other, score_cutoff=1) <= 1:
        return True
    return OSA.distance(" ".join(words), " ".join(others), score_cutoff=1) <= 1


def _lacks_one(short: list[str], long: list[str]) -> bool:
    """Whether the sorted words of a name are those of another without one: a middle name left out abroad."""
    if len(short) < _FEWEST_WORDS_IN_SHORT or len(long) != len(short) + 1:
        return False
    return any(long[:at] + long[at + 1 :] == short for at in range(len(long)))


def variants(name: str) -> Iterator[str]:
    """Texts of which two names that `likeness` may grade share one: for comparing within a large group.

    The name and its sorted words, each whole and without any one character or one word.
    """
    name = name[:MOST_CHARACTERS]
    words = sorted(name.split())
    for text in {name, " ".join(words)}:
        yield text
        yield from (text[:at] + text[at + 1 :] for at in range(len(text)))
    if len(words) > _FEWEST_WORDS_IN_SHORT:
        yield from (" ".join(words[:at] + words[at + 1 :]) for at in range(len(words)))
