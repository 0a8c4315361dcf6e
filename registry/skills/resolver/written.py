"""The text being resolved and its shorter readings: without its level, without role words, its parts."""

import re
from collections.abc import Iterator
from functools import cached_property

from registry.skills.resolver.frames import frame_after, frame_before
from registry.skills.resolver.levels import Level, Levelled, level_before, level_off
from registry.skills.resolver.spelling import text_key, unmarked
from registry.skills.resolver.words import ROLES_AFTER, ROLES_BEFORE

_MOST_ROLES = 6
_LONGEST_ROLE = max(ROLES_BEFORE)
_SEPARATOR = re.compile(r"\s*[,;/|:+]\s+|\s*[,;|:]\s*|\s+[-–—/]\s+|(?<=[^\W\d_]{3})/(?=[^\W\d_]{2})")
_PARTING = frozenset(",;/|:+-–—()[]")
_BRACKETS = re.compile(r"[(\[]([^()\[\]]+)[)\]]")


# At least three letters, and a number that is not most of the name: «h2», «c4» and «iso 9002» are names.
_VERSIONED = re.compile(r"([a-z][a-z .+#/&-]{2,}?) ?(?:v|ver|version|cc)? ?\d{1,4}(?:\.[\dx]{1,3}){0,3}\+?")

_LAST_OF_VERSION = frozenset("0123456789x+")


class Written:
    """A text as cleaned, its accented key, and what every text is asked for; other readings are made when asked for.

    `levelled` is the text without the level at its end or in brackets. `levelled_keys` are keys without it, with
    role words off as well, and without a level at the beginning.
    """

    def __init__(self, text: str, key: str) -> None:
        self.text = text
        self.key = key
        self.levelled: Levelled | None = level_off(text)
        self.levelled_keys: tuple[tuple[str, Level | None], ...] = tuple(self._levelled_keys())

    @property
    def level(self) -> Level | None:
        """The level at the end or in brackets."""
        return None if self.levelled is None else self.levelled.level

    @cached_property
    def without_roles(self) -> tuple[str, ...]:
        """Keys with one, two, three … role phrases and frames taken off."""
        return tuple(without_roles(self.key))

    @cached_property
    def shorter(self) -> tuple[tuple[str, Level | None], ...]:
        """Keys without the level, then without role words, then without both; with the level taken off."""
        return tuple(self._shorter())

    def _levelled_keys(self) -> Iterator[tuple[str, Level | None]]:
        if self.levelled is not None:
            # Where only an examination is named (IELTS 6.5), its name says which language is meant.
            rest = text_key(self.levelled.rest) or self.levelled.exam
            if rest:
                yield rest, self.level
                for shorter in without_roles(rest):
                    yield shorter, self.level
        before = level_before(self.text)
        if before is not None:
            yield text_key(before.rest), before.level

    def _shorter(self) -> Iterator[tuple[str, Level | None]]:
        yield from self.levelled_keys
        for shorter in self.without_roles:
            yield shorter, None
        if self.key[-1] in _LAST_OF_VERSION:
            for longer in (self.key, *self.without_roles):
                name = without_version(longer)
                if name is not None:
                    yield name, None

    @property
    def has_separator(self) -> bool:
        """Whether a comma, slash, colon or dash sets words apart."""
        return _SEPARATOR.search(self.text) is not None

    @property
    def parts(self) -> tuple[str, ...]:
        """Keys of what stands outside and inside brackets, or else between separators; the level off."""
        if _PARTING.isdisjoint(self.text):
            return ()
        text = self.text if self.levelled is None or not self.levelled.rest else self.levelled.rest
        inside = [found.group(1) for found in _BRACKETS.finditer(text)]
        pieces = [_BRACKETS.sub(" ", text), *inside] if inside else _SEPARATOR.split(text)
        return tuple(key for piece in pieces if (key := text_key(piece)))


def without_version(key: str) -> str | None:
    """The key of a tool's name without the version after it («angular 2+», «python3.9»); None where there is none."""
    if not key.isascii() or key[-1] not in _LAST_OF_VERSION:
        return None
    found = _VERSIONED.fullmatch(key)
    return found.group(1).strip() if found is not None else None


def without_roles(key: str) -> Iterator[str]:
    """The key with role phrases and frames taken off its beginning and end, one after the other."""
    tokens = key.split(" ")
    for _ in range(_MOST_ROLES):
        before = max(
            _role_length(tokens, _BEFORE, from_end=False) if tokens[0] in _FIRST_WORDS else 0,
            frame_before(tokens),
        )
        if before:
            tokens = tokens[before:]
        else:
            after = max(
                _role_length(tokens, _AFTER, from_end=True) if tokens[-1] in _LAST_WORDS else 0,
                frame_after(tokens),
            )
            if not after:
                return
            tokens = tokens[:-after]
        yield " ".join(tokens)


def _role_length(tokens: list[str], roles: dict[int, frozenset[str]], *, from_end: bool) -> int:
    """How many tokens the longest role phrase at one end takes; 0 for none or when nothing would be left."""
    for length in range(min(_LONGEST_ROLE, len(tokens) - 1), 0, -1):
        phrase = tokens[-length:] if from_end else tokens[:length]
        known = roles.get(length, frozenset())
        if " ".join(phrase) in known:
            return length
    return 0


def _with_unmarked(roles: dict[int, frozenset[str]]) -> dict[int, frozenset[str]]:
    """The phrases, and those of several words without their marks as well."""
    return {
        length: phrases | {unmarked(phrase) for phrase in phrases if length > 1}
        for length, phrases in roles.items()
    }


_BEFORE, _AFTER = _with_unmarked(ROLES_BEFORE), _with_unmarked(ROLES_AFTER)
_FIRST_WORDS = frozenset(phrase.partition(" ")[0] for known in _BEFORE.values() for phrase in known)
_LAST_WORDS = frozenset(phrase.rpartition(" ")[2] for known in _AFTER.values() for phrase in known)
