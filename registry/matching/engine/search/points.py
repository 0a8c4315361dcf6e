"""What a wanted skill or language gives to everybody: the best of language, claim and headline, in that order."""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from registry.matching.engine.search.columns import Bool, Int64
from registry.matching.engine.search.masks import Mask, rows_of
from registry.matching.engine.search.roll import Lists, Roll

Rows = NDArray[np.integer]
Worth = tuple[int, int, int]
"""Points of a claim by its proof: none, attached, verified."""


@dataclass(frozen=True)
class Wanted:
    """One thing wanted: concepts (row ids) with their worth, a language, phrases of headlines."""

    concepts: tuple[tuple[int, Worth], ...]
    language: str
    spoken: Worth
    phrases: tuple[str, ...]
    said: int
    rank: int | None


@dataclass(frozen=True)
class Points:
    """What one thing wanted gives: by row a number into the worths, of which the first is that of nothing.

    Two bytes a person and not the points themselves: a page looks at a million, and shows twenty.
    """

    numbers: NDArray[np.uint16]
    worths: Int64

    @property
    def given(self) -> Bool:
        """Who has anything of it."""
        return self.numbers > 0

    def of(self, rows: Rows) -> Int64:
        """The points of these rows."""
        return self.worths[self.numbers[rows]]


def points_of(roll: Roll, wanted: Wanted, headed: Mask) -> Points:
    """The points of everybody. `headed` are those whose headline holds a phrase.

    A claim counts before a headline even where it is worth less, and a language before both.
    """
    numbers, worths = np.zeros(len(roll), np.uint16), [0]
    for worth, rows in _runs(roll, wanted, headed):
        numbers[rows] = len(worths)
        worths.append(worth)
    return Points(numbers, np.array(worths, np.int64))


def _runs(roll: Roll, wanted: Wanted, headed: Mask) -> Iterator[tuple[int, Rows]]:
    """Who gets how much; what comes later replaces what came before."""
    yield wanted.said, rows_of(headed, len(roll)) if headed.any() else np.empty(0, np.intp)
    yield from _claimed(roll.claims, wanted.concepts, wanted.rank)
    if wanted.language in roll.words.languages:
        spoken = roll.words.languages.index(wanted.language)
        yield from _claimed(roll.languages, ((spoken, wanted.spoken),), wanted.rank)


def _claimed(lists: Lists, keys: tuple[tuple[int, Worth], ...], rank: int | None) -> list[tuple[int, Rows]]:
    """What claims on these keys are worth, from the least up: the best stays."""
    runs = [(worth[proof], rows) for key, worth in keys for proof, rows in lists.claimed(key, rank)]
    return sorted(runs, key=lambda run: run[0])
