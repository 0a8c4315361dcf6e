"""The points a wanted skill or language gives to everybody: the best of language, claim and headline, in that order."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from registry.matching.engine.search.masks import Mask, flags_of
from registry.matching.engine.search.roll import Lists, Roll

Points = NDArray[np.int32]
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


def points_of(roll: Roll, wanted: Wanted, headed: Mask) -> Points:
    """Points by row, 0 for those who have nothing of it. `headed` are those whose headline holds a phrase.

    A claim counts before a headline even where it is worth less, and a language before both.
    """
    points = np.zeros(len(roll), np.int32)
    points[flags_of(headed, len(roll))] = wanted.said
    _best(points, roll.claims, wanted.concepts, wanted.rank)
    if wanted.language in roll.words.languages:
        spoken = roll.words.languages.index(wanted.language)
        _best(points, roll.languages, ((spoken, wanted.spoken),), wanted.rank)
    return points


def _best(points: Points, lists: Lists, keys: tuple[tuple[int, Worth], ...], rank: int | None) -> None:
    """Write what claims on these keys are worth; written from the least up, the best stays."""
    runs = [(worth[proof], rows) for key, worth in keys for proof, rows in lists.claimed(key, rank)]
    for worth, rows in sorted(runs, key=lambda run: run[0]):
        points[rows] = worth
