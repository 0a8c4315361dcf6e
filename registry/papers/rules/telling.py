"""Which texts that somebody typed would tell who a CV without a name is about. Pure.

A text is dropped whole, never in part: what is left of a sentence would tell by what is missing. Dropping too much costs
a line; dropping too little costs the secret. So a run of three words out of the name of an employer is enough.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

from registry.text import fold, is_vietnamese_syllable, syllables

_RUN = 3
_LETTERS_ALONE = 3
_DIGITS = re.compile(r"(?:\d[\s.\-–/()+]*){7,}")
_ADDRESS_ON_THE_NET = re.compile(r"@|https?:|www\.|\b[\w-]+\.(?:vn|com|org|edu)\b", re.IGNORECASE)
_KIND_OF_PLACE = re.compile(
    r"^(?:tỉnh|thành phố|tp\.?|quận|huyện|thị xã|thị trấn|xã|phường|đặc khu|province|city|commune|ward)\s+",
    re.IGNORECASE,
)
_BETWEEN_PLACES = re.compile(r"[,;()]| [-–] ")

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
        tokens = tuple(fold(text).split())
        return any(
            tokens[start : start + size] in runs
            for size, runs in self._runs.items()
            for start in range(len(tokens) - size + 1)
        ) or any(self._shortens(token) for token in syllables(text))

    def kept(self, text: str) -> str:
        """The text, "" where it tells."""
        return "" if self.tells(text) else text

    @cached_property
    def _runs(self) -> dict[int, set[Run]]:
        """The runs of folded words that tell, by their length."""
        found: dict[int, set[Run]] = {}
        for run in (*_of_names(self.names), *_of_bodies(self.bodies), *_of_places(self.places)):
            found.setdefault(len(run), set()).add(run)
        return found

    @cached_property
    def _initials(self) -> tuple[str, ...]:
        return tuple("".join(word[0] for word in fold(body).split()) for body in self.bodies)

    def _shortens(self, token: str) -> bool:
        """Whether a word is made of the first letters of an employer's or a school's name: «ĐHBK»."""
        folded = fold(token)
        if len(folded) < _LETTERS_ALONE or not token.isupper() or is_vietnamese_syllable(token):
            return False
        return any(folded in initials for initials in self._initials)


def _of_names(names: Iterable[str]) -> Iterable[Run]:
    """Two words of a name beside each other; one alone where it is no Vietnamese syllable, which are common words too."""
    for name in names:
        words = tuple(fold(name).split())
        yield from (words[start : start + 2] for start in range(len(words) - 1))
        yield from (
            (fold(word),)
            for word in syllables(name)
            if len(word) >= _LETTERS_ALONE and not is_vietnamese_syllable(word)
        )
        if len(words) == 1:
            yield words


def _of_bodies(bodies: Iterable[str]) -> Iterable[Run]:
    for body in bodies:
        words = tuple(fold(body).split())
        if words:
            size = min(_RUN, len(words))
            yield from (words[start : start + size] for start in range(len(words) - size + 1))


def _of_places(places: Iterable[str]) -> Iterable[Run]:
    """Each part of an address, also without what kind of place it is: «xã Mường Tè, tỉnh Lai Châu»."""
    for place in places:
        for part in _BETWEEN_PLACES.split(place):
            for said in (part, _KIND_OF_PLACE.sub("", part.strip())):
                words = tuple(fold(said).split())
                if len(words) > 1:
                    yield words
