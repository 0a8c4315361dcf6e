"""Which texts that somebody typed would tell who a CV without a name is about. Pure.

A text is dropped whole, never in part: what is left of a sentence would tell by what is missing. Dropping too much costs
a line; dropping too little costs the secret. So a run of three words out of the name of an employer is enough.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from itertools import permutations

from registry.text import fold, is_vietnamese_syllable, nfc

_RUN = 3
_LETTERS_ALONE = 3
_LETTERS_JOINED = 6
_DIGITS = re.compile(r"(?:\d[\W_]*){7,}")
_ADDRESS_ON_THE_NET = re.compile(r"@|https?:|www\.|\b[\w-]+\.(?:vn|com|org|edu)\b", re.IGNORECASE)
_KIND_OF_PLACE = re.compile(
    r"^(?:nay là\s+|now\s+)?"
    r"(?:tỉnh|thành phố|tp\.?|quận|huyện|thị xã|thị trấn|xã|phường|đặc khu|province|city|commune|ward)\s+",
    re.IGNORECASE,
)
_BETWEEN_PLACES = re.compile(r"[,;()]| [-–] ")
_WORD = re.compile(r"[^\W_]+")

Run = tuple[str, ...]


@dataclass(frozen=True)
class Telling:
    """What must not be told of a person: the names they have had, employers and schools, places and addresses."""

    names: tuple[str, ...]
    bodies: tuple[str, ...]
    places: tuple[str, ...]

    def tells(self, text: str) -> bool:
        """Whether a text holds any of it, or a number or an address that leads to the person."""
        if _DIGITS.search(text) or _ADDRESS_ON_THE_NET.search(text):
            return True
        return self._holds_run(text) or self._holds_joined(text) or any(map(self._calls, _later_words(text)))

    def kept(self, text: str) -> str:
        """The text, "" where it tells."""
        return "" if self.tells(text) else text

    def _holds_run(self, text: str) -> bool:
        tokens = _words(text)
        return any(
            tokens[start : start + size] in runs
            for size, runs in self._runs.items()
            for start in range(len(tokens) - size + 1)
        ) or any(self._shortens(token) for token in _WORD.findall(text))

    def _holds_joined(self, text: str) -> bool:
        """Whether all letters of a name stand there one after the other, whatever is between them: «L.ò_T.h.ị.M.a.i»."""
        letters = "".join(_words(text))
        return any(one in letters for one in self._joined)

    def _calls(self, word: str) -> bool:
        """Whether a word is the given name of a Vietnamese, written as one: «Cô Mai», not «hoa mai»."""
        return word[0].isupper() and word.casefold() in self._given

    def _shortens(self, word: str) -> bool:
        """Whether a word is made of the first letters of an employer's or a school's name: «ĐHBK»."""
        folded = fold(word)
        if len(folded) < _LETTERS_ALONE or not word.isupper() or is_vietnamese_syllable(word):
            return False
        return any(folded in initials for initials in self._initials)

    @cached_property
    def _runs(self) -> dict[int, set[Run]]:
        """The runs of folded words that tell, by their length."""
        found: dict[int, set[Run]] = {}
        for run in (*_of_names(self.names), *_of_bodies(self.bodies), *_of_places(self.places)):
            found.setdefault(len(run), set()).add(run)
        return found

    @cached_property
    def _joined(self) -> tuple[str, ...]:
        joined = ("".join(_words(one)) for one in (*self.names, *self.bodies))
        return tuple(one for one in joined if len(one) >= _LETTERS_JOINED)

    @cached_property
    def _given(self) -> frozenset[str]:
        return frozenset(words[-1].casefold() for words in map(_WORD.findall, map(nfc, self.names)) if words)

    @cached_property
    def _initials(self) -> tuple[str, ...]:
        return tuple("".join(word[0] for word in _words(body)) for body in self.bodies)


def _words(text: str) -> Run:
    return tuple(_WORD.findall(fold(text)))


def _later_words(text: str) -> Iterable[str]:
    """All but the first, which begins with a large letter whatever it is."""
    return _WORD.findall(nfc(text))[1:]


def _of_names(names: Iterable[str]) -> Iterable[Run]:
    """Two words of a name beside each other, in any order; one alone where it is no syllable, which are common words too."""
    for name in names:
        words = _words(name)
        yield from permutations(words, 2)
        yield from (
            (fold(word),)
            for word in _WORD.findall(name)
            if len(word) >= _LETTERS_ALONE and not is_vietnamese_syllable(word)
        )
        if len(words) == 1:
            yield words


def _of_bodies(bodies: Iterable[str]) -> Iterable[Run]:
    for words in map(_words, bodies):
        if words:
            size = min(_RUN, len(words))
            yield from (words[start : start + size] for start in range(len(words) - size + 1))


def _of_places(places: Iterable[str]) -> Iterable[Run]:
    """Each part of an address, also without what kind of place it is: «xã Mường Tè, tỉnh Lai Châu»."""
    for place in places:
        for part in _BETWEEN_PLACES.split(place):
            for said in (part.strip(), _KIND_OF_PLACE.sub("", part.strip())):
                words = _words(said)
                if len(words) > 1 or (words and len(words[0]) >= _LETTERS_ALONE and words[0].isalpha()):
                    yield words
