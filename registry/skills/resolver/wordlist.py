"""The words of all labels, and which of them are spelt nearly like one that is none of them."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray
from rapidfuzz import process
from rapidfuzz.distance import OSA

from registry.skills.resolver.spelling import strokes

Ids = NDArray[np.int64]

# Letters beyond ASCII are rare in keystrokes and share one code.
_CODES = 128
_LAST_CODE = _CODES - 1
_GRADED = 40
_MOST_STROKES = 2
# Most of a word must be right.
_MOST_SLIPPED = 0.4
# Two slips leave all but so many pairs of keys as they were.
_MOST_PAIRS_LOST = 5
_LONGEST_WORD = 30


class WordList:
    """Accented words, found by the pairs of keys they are typed with: arrays of postings counted by numpy."""

    def __init__(self, words: Sequence[str]) -> None:
        self._words = words
        self._typed = [strokes(word) for word in words]
        lengths = np.fromiter((len(typed) + 2 for typed in self._typed), np.int64, len(words))
        owners = np.repeat(np.arange(len(words)), lengths)
        pairs = _pairs("".join(f" {typed} " for typed in self._typed))
        inside = owners[:-1] == owners[1:]
        distinct = np.unique(pairs[inside] * len(words) + owners[:-1][inside])
        found, self._places = np.divmod(distinct, max(len(words), 1))
        self._starts = np.zeros(_CODES * _CODES + 1, np.int64)
        np.cumsum(np.bincount(found, minlength=_CODES * _CODES), out=self._starts[1:])
        self._counts = np.bincount(self._places, minlength=len(words))

    def near(self, token: str) -> list[str]:
        """Words at most two strokes away, and not by most of their strokes, the nearest first."""
        typed = strokes(token)
        if len(typed) > _LONGEST_WORD:
            return []
        pairs = np.array(sorted(set(_pairs(f" {typed} ").tolist())))
        places = np.concatenate(
            [
                self._places[start:end]
                for start, end in zip(
                    self._starts[pairs].tolist(), self._starts[pairs + 1].tolist(), strict=True
                )
            ]
        )
        shared = np.bincount(places, minlength=len(self._words))
        hits = np.flatnonzero(shared >= max(1, len(pairs) - _MOST_PAIRS_LOST))
        if not hits.size:
            return []
        if len(hits) > _GRADED:
            likeness = shared[hits] / (len(pairs) + self._counts[hits])
            hits = hits[np.argpartition(-likeness, _GRADED)[:_GRADED]]
        words: list[int] = hits.tolist()
        away: list[int] = process.cdist([typed], [self._typed[at] for at in words], scorer=OSA.distance)[
            0
        ].tolist()
        graded = sorted(zip(away, words, strict=True))
        return [
            self._words[at]
            for slips, at in graded
            if slips <= min(_MOST_STROKES, _MOST_SLIPPED * len(self._typed[at]))
        ]


class Nearby:
    """What is spelt nearly like the words of one text; every word is looked up once."""

    def __init__(self, words: WordList) -> None:
        self._words = words
        self._found: dict[str, list[str]] = {}

    def of(self, token: str) -> list[str]:
        """Words at most two strokes away, the nearest first."""
        found = self._found.get(token)
        if found is None:
            found = self._found[token] = self._words.near(token)
        return found


def _pairs(text: str) -> Ids:
    """The number of every two keys side by side."""
    codes = np.frombuffer(text.encode("utf-32-le"), np.uint32)
    codes = np.minimum(codes, _LAST_CODE).astype(np.int64)
    return codes[:-1] * _CODES + codes[1:]
