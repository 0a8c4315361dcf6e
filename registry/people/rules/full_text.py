"""The full text of a profile: what is kept to search in, what a query asks of it, where it was found. Pure.

No word is stemmed. Words typed without marks find words with any; words typed with marks find those marks alone
("dược" never "được"). Numbers as long as those of telephones and identity cards, and e-mail addresses, are not kept,
and neither is the name of the person in what everybody may read.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache
from typing import NamedTuple

from registry.text import accented_key, label_keys, match_key, nfc, syllables


class TextField(StrEnum):
    """Where in a profile words stand."""

    NAME = "name"
    HEADLINE = "headline"
    SKILL = "skill"
    POST = "post"
    MAJOR = "major"
    CERTIFICATE = "certificate"
    SUMMARY = "summary"
    EMPLOYER = "employer"
    WORK_PLACE = "work_place"
    DUTIES = "duties"
    SCHOOL = "school"
    ACHIEVEMENT = "achievement"
    EXPERTISE = "expertise"
    OFFICE = "office"
    PAPER = "paper"


OPEN_FIELDS = frozenset(
    {TextField.HEADLINE, TextField.SKILL, TextField.POST, TextField.MAJOR, TextField.CERTIFICATE}
)
"""What an anonymous profile shows too."""

BREAK = ","
"""Stands between texts, where no phrase goes across."""

MOST_WORDS = 24
_QUOTES = '"“”«»'
_JOINING = frozenset({"và", "va", "hoặc", "hoac", "and", "or", "the", "of"})
_IDENTIFYING = re.compile(r"[^\s@]{1,64}@\S+|\+?\d(?:[ .\-]?\d){8,}")
# Longer than any word; an index takes no word of thousands of letters.
_TOO_LONG = re.compile(r" [^ ]{65,}(?= )")
_MAY_IDENTIFY = re.compile(r"[@\d]")
_SHORTEST_NAME = 2
_AROUND = 5
_MOST_PLACES = 3


class ProfileText(NamedTuple):
    """A text of a profile."""

    field: TextField
    text: str


class Kept(NamedTuple):
    """The words of a profile to search in: those that everybody may read who sees it, and the others."""

    open_words: str
    closed_words: str


@dataclass(frozen=True)
class AskedText:
    """Words that must all stand in a profile, or (`is_phrase`) stand there one after the other."""

    words: tuple[str, ...]
    is_phrase: bool = False

    @property
    def phrase(self) -> str:
        """The words as one text."""
        return " ".join(self.words)


class Fragment(NamedTuple):
    """A piece of an excerpt; `is_found` marks words that were asked for."""

    text: str
    is_found: bool


class Place(NamedTuple):
    """Where words were found: the field, and the text around them."""

    field: TextField
    excerpt: tuple[Fragment, ...]


def asked_text(typed: str, *, is_phrase: bool = False) -> AskedText | None:
    """What some typed words ask of full texts; in quotes they are a phrase. None where there is no word."""
    stripped = typed.strip()
    is_quoted = len(stripped) > 1 and stripped[0] in _QUOTES and stripped[-1] in _QUOTES
    words = tuple(accented_key(stripped).split())
    if is_phrase or is_quoted:
        return AskedText(words[:MOST_WORDS], True) if words else None
    telling = tuple(dict.fromkeys(word for word in words if word not in _JOINING)) or words
    return AskedText(telling[:MOST_WORDS]) if telling else None


def headline_words(headline: str) -> str:
    """A headline to look for phrases in: with its marks, and without any."""
    return _streams(label_keys([headline])).strip() if headline else ""


def kept_words(people: Mapping[int, Iterable[ProfileText]]) -> dict[int, Kept]:
    """What is kept of the texts of some people, by the same numbers; keys are made of all texts in one go."""
    parts = {person: _Parts(told) for person, told in people.items()}
    texts = list(dict.fromkeys(text for one in parts.values() for text in one.all()))
    keys = dict(zip(texts, label_keys(texts), strict=True))
    return {person: one.kept(keys) for person, one in parts.items()}


class _Parts:
    """The names and texts of one person, in lines without what identifies."""

    def __init__(self, told: Iterable[ProfileText]) -> None:
        self.names, self.opened, self.closed = list[str](), list[str](), list[str]()
        for field, text in told:
            shown = self.opened if field in OPEN_FIELDS else self.closed
            into = self.names if field is TextField.NAME else shown
            into += (_IDENTIFYING.sub("\n", text) if _MAY_IDENTIFY.search(text) else text).split("\n")

    def all(self) -> Iterable[str]:
        """Every line."""
        return (*self.names, *self.opened, *self.closed)

    def kept(self, keys: Mapping[str, tuple[str, str]]) -> Kept:
        """The words to search in; the name is taken out of what everybody may read."""
        hidden = {key for name in self.names for key in keys[name] if key.count(" ") >= _SHORTEST_NAME - 1}
        opened = _streams([keys[text] for text in self.opened])
        for name in hidden:
            while f" {name} " in opened:
                opened = opened.replace(f" {name} ", f" {BREAK} ")
        return Kept(opened, _streams([keys[text] for text in self.closed]))


def _streams(keys: Sequence[tuple[str, str]]) -> str:
    """Texts (without and with their marks): first all with, then without, each between breaks and all between blanks."""
    lines = [accented for _folded, accented in keys] + [
        folded for folded, accented in keys if folded != accented
    ]
    kept = f" {BREAK} ".join(dict.fromkeys(line for line in lines if line))
    return _TOO_LONG.sub(f" {BREAK}", f" {kept} ") if kept else ""


def holds(words: str, asked: AskedText) -> bool:
    """Whether kept words hold what is asked: what the databases say of the same."""
    if asked.is_phrase:
        return f" {asked.phrase} " in words
    return set(asked.words) <= set(words.split(" "))


def places_of(told: Sequence[ProfileText], asked: AskedText) -> list[Place]:
    """Where a profile holds what is asked: few texts that hold all of it, those that hold most first; else nowhere."""
    holding = [(one, _words_in(one.text, asked)) for one in told if one.field is not TextField.NAME]
    missing, found = set(asked.words), list[Place]()
    if not missing <= set[str]().union(*(words for _one, words in holding)):
        return []
    while missing and len(found) < _MOST_PLACES:
        one, words = max(holding, key=lambda pair: len(missing & pair[1]))
        missing -= words
        found.append(Place(one.field, _excerpt(one.text, asked)))
    return found


@lru_cache(maxsize=32_768)
def _keys(token: str) -> tuple[str, str]:
    """A token as it is found with its marks, and without."""
    return accented_key(token), match_key(token)


def _words_in(text: str, asked: AskedText) -> set[str]:
    """The words asked for that a text holds; of a phrase all or none."""
    keys = [_keys(token) for token in syllables(text)]
    held = {key for both in keys for key in both}.intersection(asked.words)
    return held if not asked.is_phrase or _phrase_hits(keys, asked.words) else set()


def _phrase_hits(keys: Sequence[tuple[str, str]], words: Sequence[str]) -> list[int]:
    """The numbers of the tokens that are the phrase, where it is for the first time."""
    for kind in (0, 1):
        column = [both[kind] for both in keys]
        for start in range(len(column) - len(words) + 1):
            if column[start] == words[0] and column[start : start + len(words)] == list(words):
                return list(range(start, start + len(words)))
    return []


def _excerpt(text: str, asked: AskedText) -> tuple[Fragment, ...]:
    """The words found with a few around the first of them."""
    text = nfc(text)
    spans = _spans(text)
    keys = [_keys(text[start:end]) for start, end in spans]
    wanted = set(asked.words)
    hits = [number for number, both in enumerate(keys) if not wanted.isdisjoint(both)]
    hits = _phrase_hits(keys, asked.words) if asked.is_phrase else hits
    first = max(0, hits[0] - _AROUND)
    last = min(len(spans), max(first + 2 * _AROUND, hits[0] + _AROUND) + 1)
    at = spans[first][0] if first else 0
    found = [Fragment("… ", False)] if first else []
    for start, end in _joined(text, [spans[hit] for hit in hits if first <= hit < last]):
        found += [Fragment(text[at:start], False), Fragment(text[start:end], True)]
        at = end
    if last < len(spans):
        found += [Fragment(text[at : spans[last - 1][1]], False), Fragment(" …", False)]
    else:
        found.append(Fragment(text[at:], False))
    return tuple(one for one in found if one.text)


def _joined(text: str, spans: Iterable[tuple[int, int]]) -> list[tuple[int, int]]:
    """The spans, those with only a blank between as one."""
    found = list[tuple[int, int]]()
    for start, end in spans:
        if found and text[found[-1][1] : start].isspace():
            start = found.pop()[0]
        found.append((start, end))
    return found


def _spans(text: str) -> list[tuple[int, int]]:
    """Where each token stands."""
    found, at = list[tuple[int, int]](), 0
    for token in syllables(text):
        start = text.index(token, at)
        at = start + len(token)
        found.append((start, at))
    return found
