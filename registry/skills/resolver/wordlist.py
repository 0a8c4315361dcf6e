"""The words of all labels, and which of them are spelt nearly like one that is none of them."""

from collections.abc import Iterator, Sequence
from functools import lru_cache

import numpy as np
from rapidfuzz import process
from rapidfuzz.distance import OSA

from registry.skills.resolver.sparse import Ids
from registry.skills.resolver.spelling import strokes

# Letters beyond ASCII are rare in keystrokes and share one code.
_CODES = 128
_LAST_CODE = _CODES - 1
_GRADED = 40
# Most of a word must be right.
_MOST_SLIPPED = 0.4
# Two slips leave all but so many pairs of keys as they were.
_MOST_PAIRS_LOST = 5
_LONGEST_WORD = 30
# Words of texts come again and again; what is spelt nearly like so many of them is remembered.
_REMEMBERED = 8192
# Two strokes make another word of a shorter one.
_SHORTEST_WITH_TWO_SLIPS = 6


class WordList:
    """Accented words by the keys they are typed with.

    Words one slip away share what is left when a key of either is taken out. Words two slips away share most
    pairs of keys: arrays of postings counted by numpy.
    """

    def __init__(self, words: Sequence[str], most_slipped: float = _MOST_SLIPPED) -> None:
        self._words = words
        self._most_slipped = most_slipped
        self._typed = [strokes(word) for word in words]
        self._fill_remains()
        self._fill_pairs()
        self._one_slip = lru_cache(_REMEMBERED)(self._find_one_slip)

    def _fill_remains(self) -> None:
        """The hashes of every word with one key taken out, in order, and whose they are."""
        hashes: list[int] = []
        sizes: list[int] = []
        for typed in self._typed:
            before = len(hashes)
            # Of a word so short one slip leaves too little.
            if self._most_slipped * len(typed) >= 1:
                hashes.extend(map(hash, _remains(typed)))
            sizes.append(len(hashes) - before)
        remains = np.array(hashes, np.int64)
        order = np.argsort(remains, kind="stable")
        self._remains = remains[order]
        self._remain_of = np.repeat(np.arange(len(self._words)), sizes)[order]

    def _fill_pairs(self) -> None:
        words = len(self._words)
        lengths = np.fromiter((len(typed) + 2 for typed in self._typed), np.int64, words)
        owners = np.repeat(np.arange(words), lengths)
        pairs = _pairs("".join([f" {typed} " for typed in self._typed]))
        inside = owners[:-1] == owners[1:]
        distinct = np.unique(pairs[inside] * max(words, 1) + owners[:-1][inside])
        found, self._places = np.divmod(distinct, max(words, 1))
        self._starts = np.zeros(_CODES * _CODES + 1, np.int64)
        np.cumsum(np.bincount(found, minlength=_CODES * _CODES), out=self._starts[1:])
        self._counts = np.bincount(self._places, minlength=words)

    def one_slip(self, token: str) -> Sequence[str]:
        """Words one stroke away, frequent ones first."""
        return self._one_slip(token)

    def _find_one_slip(self, token: str) -> Sequence[str]:
        typed = strokes(token)
        if len(typed) > _LONGEST_WORD:
            return ()
        wanted = np.array([hash(rest) for rest in _remains(typed)], np.int64)
        starts = self._remains.searchsorted(wanted).tolist()
        ends = self._remains.searchsorted(wanted, side="right").tolist()
        found: set[int] = set()
        for start, end in zip(starts, ends, strict=True):
            if end > start:
                found.update(self._remain_of[start:end].tolist())
        keys = self._typed
        return tuple([self._words[at] for at in sorted(found) if OSA.distance(typed, keys[at]) <= 1])

    def two_slips(self, token: str) -> list[str]:
        """Words two strokes away, frequent ones first."""
        typed = strokes(token)
        if len(typed) > _LONGEST_WORD:
            return []
        pairs = np.array(sorted(set(_pairs(f" {typed} ").tolist())))
        starts, ends = self._starts[pairs].tolist(), self._starts[pairs + 1].tolist()
        places = np.concatenate([self._places[start:end] for start, end in zip(starts, ends, strict=True)])
        shared = np.bincount(places, minlength=len(self._words))
        hits = np.flatnonzero(shared >= max(1, len(pairs) - _MOST_PAIRS_LOST))
        if not hits.size:
            return []
        if len(hits) > _GRADED:
            likeness = shared[hits] / (len(pairs) + self._counts[hits])
            hits = np.sort(hits[np.argpartition(-likeness, _GRADED)[:_GRADED]])
        words: list[int] = hits.tolist()
        away: list[int] = process.cdist([typed], [self._typed[at] for at in words], scorer=OSA.distance)[
            0
        ].tolist()
        return [
            self._words[at]
            for slips, at in zip(away, words, strict=True)
            if slips == 2 and slips <= self._most_slipped * len(self._typed[at])
        ]


class Nearby:
    """What is spelt nearly like the words of one text; every word is looked up once."""

    def __init__(self, words: WordList) -> None:
        self._words = words
        self._found: dict[str, Sequence[str]] = {}
        self._found_farther: dict[str, Sequence[str]] = {}

    def one_slip(self, token: str) -> Sequence[str]:
        """Words one stroke away, frequent ones first."""
        found = self._found.get(token)
        if found is None:
            found = self._found[token] = self._words.one_slip(token)
        return found

    def two_slips(self, token: str) -> Sequence[str]:
        """Words two strokes away."""
        found = self._found_farther.get(token)
        if found is None:
            found = self._found_farther[token] = self._words.two_slips(token)
        return found

    def nearest(self, token: str) -> Sequence[str]:
        """Words one stroke away, or where there are none and the word is not short, two."""
        return self.one_slip(token) or (
            self.two_slips(token) if len(token) >= _SHORTEST_WITH_TWO_SLIPS else []
        )


def _remains(typed: str) -> Iterator[str]:
    """The keys, and the keys with each one taken out."""
    yield typed
    for at in range(len(typed)):
        yield typed[:at] + typed[at + 1 :]


def _pairs(text: str) -> Ids:
    """The number of every two keys side by side."""
    codes = np.frombuffer(text.encode("utf-32-le"), np.uint32)
    codes = np.minimum(codes, _LAST_CODE).astype(np.int64)
    return codes[:-1] * _CODES + codes[1:]
