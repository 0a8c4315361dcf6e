"""The words of all labels, and which of them are spelt nearly like one that is none of them."""

from array import array
from collections.abc import Iterator, Sequence
from functools import cached_property, lru_cache
from itertools import pairwise

import numpy as np
from rapidfuzz.distance import OSA

from registry.skills.resolver.buckets import Buckets
from registry.skills.resolver.sparse import Ids
from registry.skills.resolver.spelling import bare, strokes

# Letters beyond ASCII are rare in keystrokes and share one code.
_CODES = 128
_LAST_CODE = _CODES - 1
_GRADED = 40
# Most of a word must be right.
MOST_SLIPPED = 0.4
# Two slips leave all but so many pairs of keys as they were.
_MOST_PAIRS_LOST = 5
_LONGEST_WORD = 30
# Farther than any word is looked for.
_FAR = 3
# Words of texts come again and again; what is spelt nearly like so many of them is remembered.
_REMEMBERED = 8192
# Two strokes make another word of a shorter one.
_SHORTEST_WITH_TWO_SLIPS = 6


class WordList:
    """Accented words by the keys they are typed with.

    Words one slip away share what is left when a key of either is taken out. Words two slips away share most
    pairs of keys: arrays of postings counted by numpy.
    """

    def __init__(self, words: Sequence[str], most_slipped: float = MOST_SLIPPED) -> None:
        self._words = words
        self._most_slipped = most_slipped
        self._typed = [strokes(word) for word in words]
        self._fill_remains()
        self._fill_pairs()
        self._one_slip = lru_cache(_REMEMBERED)(self._find_one_slip)

    def _fill_remains(self) -> None:
        """Every word by its keys, and by its keys with each one taken out."""
        hashes: list[int] = []
        words: list[int] = []
        for word, typed in enumerate(self._typed):
            # Of a word so short one slip leaves too little.
            if self._most_slipped * len(typed) >= 1:
                hashes.extend(map(hash, _remains(typed)))
                words.extend([word] * (len(typed) + 1))
        self._by_remains = Buckets(hashes, words)

    def _fill_pairs(self) -> None:
        words = len(self._words)
        lengths = np.fromiter((len(typed) + 2 for typed in self._typed), np.int64, words)
        owners = np.repeat(np.arange(words), lengths)
        pairs = _pairs("".join([f" {typed} " for typed in self._typed]))
        inside = owners[:-1] == owners[1:]
        distinct = np.unique(pairs[inside] * max(words, 1) + owners[:-1][inside])
        found, self._places = np.divmod(distinct, max(words, 1))
        starts = np.zeros(_CODES * _CODES + 1, np.int32)
        np.cumsum(np.bincount(found, minlength=_CODES * _CODES), out=starts[1:])
        self._starts = array("i", starts.tobytes())
        self._counts = np.bincount(self._places, minlength=words)

    def apart(self, token: str, letters: str, most_slipped: float = MOST_SLIPPED) -> int:
        """How many strokes a token is from the nearest word of these letters, marks off: at most 2, or else 3.

        Of a word at most the share `most_slipped` may be wrong.
        """
        typed = strokes(token)
        if len(typed) > _LONGEST_WORD:
            return _FAR
        nearest = _FAR
        for keys in self._by_letters.get(letters, ()):
            distance = max(1, OSA.distance(typed, keys, score_cutoff=2))
            if distance < nearest and distance <= most_slipped * len(keys):
                nearest = distance
        return nearest

    @cached_property
    def _by_letters(self) -> dict[str, tuple[str, ...]]:
        """The keys of all words of the same letters."""
        found: dict[str, tuple[str, ...]] = {}
        for word, typed in zip(self._words, self._typed, strict=True):
            letters = bare(word)
            found[letters] = (*found[letters], typed) if letters in found else (typed,)
        return found

    def one_slip(self, token: str) -> Sequence[str]:
        """Words one stroke away, frequent ones first."""
        return self._one_slip(token)

    def _find_one_slip(self, token: str) -> Sequence[str]:
        typed = strokes(token)
        if len(typed) > _LONGEST_WORD:
            return ()
        words_of = self._by_remains.of
        found: set[int] = set()
        for rest in _remains(typed):
            found.update(words_of(rest))
        keys, distance = self._typed, OSA.distance
        return tuple(
            [self._words[at] for at in sorted(found) if distance(typed, keys[at], score_cutoff=1) <= 1]
        )

    def two_slips(self, token: str) -> list[str]:
        """Words two strokes away, frequent ones first."""
        typed = strokes(token)
        if len(typed) > _LONGEST_WORD:
            return []
        pairs = _distinct_pairs(f" {typed} ")
        starts = self._starts
        places = np.concatenate([self._places[starts[pair] : starts[pair + 1]] for pair in pairs])
        shared = np.bincount(places, minlength=len(self._words))
        # In bytes, which compare many times as fast; a word this short has no more pairs than they can count.
        hits = (shared.astype(np.uint8) >= max(1, len(pairs) - _MOST_PAIRS_LOST)).nonzero()[0]
        if len(hits) > _GRADED:
            likeness = shared[hits] / (len(pairs) + self._counts[hits])
            hits = hits[(-likeness).argpartition(_GRADED)[:_GRADED]]
            hits.sort()
        keys, words = self._typed, self._words
        return [
            words[at]
            for at in hits.tolist()
            if OSA.distance(typed, keys[at], score_cutoff=2) == 2 and self._most_slipped * len(keys[at]) >= 2
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


def _distinct_pairs(text: str) -> set[int]:
    """The same of a short text, each once; numpy takes longer to begin."""
    codes = [min(ord(key), _LAST_CODE) for key in text]
    return {one * _CODES + other for one, other in pairwise(codes)}
