"""The reader of the search box: free text to parts, the longest known phrases first. Pure, never raises.

At most 200 characters are looked at, before anything is compared. What no phrase takes is left over; it may be
a name, and only the database knows whose.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from registry.matching.rules.asked import LONGEST_QUERY, Part, PartKind, Read, nothing_read
from registry.matching.rules.phrases import (
    BEFORE_ORIGINS,
    BEFORE_PLACES,
    SURNAMES,
    joins,
    name_at,
    phrase_at,
    years_at,
)
from registry.people.rules import language_by_name
from registry.places.rules import CountryIndex, Gazetteer, Place, UnitLevel
from registry.places.rules.kinds import BEFORE_NAME, LONGEST_KIND_WORD
from registry.skills.resolver import NO_CONTEXT, Vocabulary, resolve
from registry.skills.resolver.levels import LANGUAGE, YEARS, level_off
from registry.skills.resolver.naming import Found, named
from registry.text import TextRefused, accented_key, clean, fold, is_vietnamese_syllable

_LONGEST_PHRASE = 14
_LONGEST_PLACE = 10
_LONGEST_LEVEL = 4
_LONGEST_YEARS = 6
_SHORTEST_COUNTRY = 5
_MOST_TOKENS = 60
_MOST_GUESSES = 3
_SURE_GUESS, _SURE_MARGIN = 70.0, 8.0
_LANGUAGE_OF_EXAM = {
    "jlpt": "ja", "ielts": "en", "toeic": "en", "toefl": "en", "toefl ibt": "en", "vstep": "en", "aptis": "en", "topik": "ko",
    "hsk": "zh", "delf": "fr", "dalf": "fr", "tcf": "fr", "goethe": "de", "telc": "de", "torfl": "ru",
}  # fmt: skip
# «PGS.TS» is two words written as one.
_SPLIT = {
    "pgs.ts": "pgs ts",
    "gs.ts": "gs ts",
    "pgs.tskh": "pgs tskh",
    "gs.tskh": "gs tskh",
    "ts.bs": "ts",
    "th.s": "ths",
}

# Words in quotation marks are looked for as they stand.
_QUOTED = re.compile(r"(?:(?<=\s)|^)[\"“”«][^\"“”«»]+[\"“”»](?=[\s,;.]|$)")


@dataclass(frozen=True)
class Lexicon:
    """What may be known of words: concepts, places, countries."""

    skills: Vocabulary
    places: Gazetteer
    countries: CountryIndex


@dataclass(frozen=True, slots=True)
class _Token:
    """One word: its accented key, as typed, and the number of the piece between blanks it belongs to."""

    key: str
    typed: str
    piece: int


@dataclass(frozen=True, slots=True)
class _Taken:
    start: int
    end: int
    part: Part | None


def read_box(text: str, lexicon: Lexicon) -> Read:
    """What a query asks for. A text with hidden characters or beyond 200 characters is refused, unread."""
    try:
        typed = clean(text, limit=LONGEST_QUERY)
    except TextRefused as refused:
        return nothing_read("", refused.reason)
    quoted = {found.span(): found[0] for found in _QUOTED.finditer(typed) if fold(found[0])}
    inside = {piece for span in quoted for piece in _pieces(typed, *span)}
    tokens = [token for token in _tokens(typed) if token.piece not in inside]
    if not (tokens or quoted) or len(tokens) > _MOST_TOKENS:
        return nothing_read(typed)
    read = _Reader(tokens, lexicon).read(typed)
    return replace(read, leftover=(*read.leftover, *quoted.values()))


def _pieces(typed: str, start: int, end: int) -> range:
    """The numbers of the pieces between blanks that a stretch of the text covers."""
    return range(typed.count(" ", 0, start), typed.count(" ", 0, end) + 1)


def _tokens(typed: str) -> Iterator[_Token]:
    for number, piece in enumerate(typed.split(" ")):
        plain = accented_key(piece)
        for key in _SPLIT.get(plain, plain).split():
            yield _Token(key, piece.strip(",;:.()[]«»\"'"), number)


class _Reader:
    """The tokens of one query while phrases are taken out of them."""

    def __init__(self, tokens: list[_Token], lexicon: Lexicon) -> None:
        self.tokens = tokens
        self.keys = tuple(token.key for token in tokens)
        self.lexicon = lexicon
        self.taken: list[_Taken] = []
        self.is_free = [True] * len(tokens)

    def read(self, typed: str) -> Read:
        """Longest phrases first, from the left where equally long; then levels, guesses, what is left."""
        for length in range(min(_LONGEST_PHRASE, len(self.keys)), 0, -1):
            for start in range(len(self.keys) - length + 1):
                if all(self.is_free[start : start + length]):
                    self._try(start, start + length)
        for run in list(self._runs())[:_MOST_GUESSES]:
            self._guess(*run)
        self.taken.sort(key=lambda one: one.start)
        parts = self._merged([one for one in self.taken if one.part is not None])
        return Read(
            typed,
            tuple(part for part, _pieces in parts),
            tuple(self._without(typed, pieces) for _part, pieces in parts),
            tuple(self._leftover()),
        )

    def _take(self, start: int, end: int, part: Part | None) -> None:
        if part is not None:
            start, end, part = self._with_level(start, end, part)
            part = replace(part, words=self._typed(start, end))
        self.taken.append(_Taken(start, end, part))
        self.is_free[start:end] = [False] * (end - start)

    def _typed(self, start: int, end: int) -> str:
        pieces = {token.piece: token.typed for token in self.tokens[start:end]}
        return " ".join(pieces.values())

    def _try(self, start: int, end: int) -> None:
        keys = self.keys[start:end]
        part = self._known(start, end, keys)
        if part is not None:
            self._take(start, end, part)
        elif name_at(keys):
            self._take(start, end, None)

    def _known(self, start: int, end: int, keys: tuple[str, ...]) -> Part | None:
        if len(keys) <= _LONGEST_YEARS and (years := years_at(keys)) is not None:
            return years
        return (
            self._skill(start, end, keys)
            or self._exam(keys)
            or phrase_at(keys)
            or self._place(start, keys)
            or self._country(start, keys)
        )

    def _skill(self, start: int, end: int, keys: tuple[str, ...]) -> Part | None:
        vocabulary = self.lexicon.skills
        found = named(" ".join(keys), vocabulary, NO_CONTEXT)
        if found is None or not found.is_sure or not self._may_be_skill(start, end, keys, found):
            return None
        return _skill_part(found.codes[0], found.how, vocabulary)

    def _may_be_skill(self, start: int, end: int, keys: tuple[str, ...], found: Found) -> bool:
        """One plain syllable («van», «bong») or a pair after a family name may be part of a name."""
        if phrase_at(keys) is not None:
            return False
        is_plain = all(key.isascii() and is_vietnamese_syllable(key) for key in keys)
        if len(keys) == 1 and is_plain:
            is_written_large = self.tokens[start].typed.isupper() and found.how == "abbreviation"
            return len(self.keys) == 1 or is_written_large
        after_surname = start > 0 and self.is_free[start - 1] and fold(self.keys[start - 1]) in SURNAMES
        return not (len(keys) == 2 and is_plain and after_surname and end == len(self.keys) and start == 1)

    def _exam(self, keys: tuple[str, ...]) -> Part | None:
        if len(keys) > _LONGEST_LEVEL:
            return None
        found = level_off(" ".join(keys))
        if found is None or found.rest or not found.exam:
            return None
        code = _LANGUAGE_OF_EXAM.get(found.exam.split(" ")[0])
        language = None if code is None else language_by_name(code)
        if language is None:
            return None
        part = self._language(language.vi)
        return None if part is None else replace(part, rank=found.level.rank, how="stripped")

    def _language(self, name: str) -> Part | None:
        found = named(accented_key(name), self.lexicon.skills, NO_CONTEXT)
        if found is not None and found.is_one:
            return _skill_part(found.codes[0], found.how, self.lexicon.skills)
        language = language_by_name(name)
        return language and Part(PartKind.LANGUAGE, language.code, language.vi, english=language.en)

    def _place(self, start: int, keys: tuple[str, ...]) -> Part | None:
        """Provinces, former ones too, by name; smaller units only with the word for what they are."""
        if len(keys) > _LONGEST_PLACE:
            return None
        first = keys[0]
        says_kind = any(keys[:length] in BEFORE_NAME for length in range(1, LONGEST_KIND_WORD + 1)) and (
            len(first) > 1 or len(keys) > 2
        )
        unit: Place | None = None
        former: Place | None = None
        if says_kind and len(keys) > 1:
            answer = self.lexicon.places.resolve(" ".join(keys))
            unit, former = answer.unit, answer.former
        elif (
            len(keys) > 1
            or fold(first) in {"hue", "hcm", "tphcm", "brvt"}
            or self._follows(start, BEFORE_PLACES)
        ):
            answer = self.lexicon.places.resolve(" ".join(keys)) if self._names_province(keys) else None
            unit, former = (None, None) if answer is None else (answer.unit, answer.former)
        if unit is None or unit.level is UnitLevel.COUNTRY or self._is_given_name(start, says_kind):
            return None
        kind = PartKind.ORIGIN if self._follows(start, BEFORE_ORIGINS) else PartKind.PLACE
        was = former is not None and former.name != unit.name
        name = f"{former.name} (nay là {unit.name})" if was and former is not None else unit.name
        english = f"{former.name} (now {unit.name})" if was and former is not None else unit.name
        return Part(kind, unit.path, name, how="former" if was else "exact", english=english)

    def _names_province(self, keys: tuple[str, ...]) -> bool:
        readings = self.lexicon.places.lookup(keys)
        return any(one.place.level is UnitLevel.PROVINCE and not one.misses_marks for one in readings)

    def _follows(self, start: int, words: Iterable[str]) -> bool:
        return start > 0 and fold(self.keys[start - 1]) in words

    def _is_given_name(self, start: int, says_kind: bool) -> bool:
        """«Nguyễn Hải Dương»: a province right after a family name is a name."""
        return (
            not says_kind and start > 0 and self.is_free[start - 1] and fold(self.keys[start - 1]) in SURNAMES
        )

    def _country(self, start: int, keys: tuple[str, ...]) -> Part | None:
        if len(keys) > _SHORTEST_COUNTRY:
            return None
        is_told = self._follows(start, {*BEFORE_PLACES, "nuoc"}) or " ".join(keys).startswith(
            ("nuoc ", "nước ")
        )
        if len(keys) == 1 and not (
            is_told or (not is_vietnamese_syllable(keys[0]) and len(keys[0]) >= _SHORTEST_COUNTRY)
        ):
            return None
        if len("".join(keys)) < _SHORTEST_COUNTRY and not is_told:
            return None
        country = self.lexicon.countries.resolve(" ".join(keys))
        if country is None or not _marks_agree(keys, (country.vi, country.en, *country.aliases)):
            return None
        return Part(PartKind.COUNTRY, country.code, country.vi, english=country.en)

    def _with_level(self, start: int, end: int, part: Part) -> tuple[int, int, Part]:
        """A level written after the words («N2», «bậc 4», «giỏi») belongs to them."""
        if not part.is_wanted or part.rank is not None:
            return start, end, part
        inside = level_off(" ".join(self.keys[start:end])) if part.kind is PartKind.LANGUAGE else None
        if inside is not None and inside.level.scale == LANGUAGE:
            return start, end, replace(part, rank=inside.level.rank)
        for length in range(_LONGEST_LEVEL, 0, -1):
            stop = end + length
            if stop > len(self.keys) or not all(self.is_free[end:stop]):
                continue
            found = level_off(" ".join(self.keys[end:stop]))
            if found is None or found.rest or found.level.scale == YEARS or not found.level.rank:
                continue
            # «N2» after a craft is another language, not a level of the craft.
            if part.kind is PartKind.LANGUAGE or found.level.scale != LANGUAGE:
                return start, stop, replace(part, rank=found.level.rank)
        return start, end, part

    def _runs(self) -> Iterator[tuple[int, int]]:
        """Runs of at least two free words that do not begin like a name."""
        start = 0
        for at in range(len(self.keys) + 1):
            if at < len(self.keys) and self.is_free[at] and not joins(self.keys[at]):
                continue
            if at - start >= 2 and fold(self.keys[start]) not in SURNAMES:
                yield start, at
            start = at + 1

    def _guess(self, start: int, end: int) -> None:
        """A misspelt concept, only when it is like one and unlike all others."""
        typed = " ".join(token.typed for token in self.tokens[start:end])
        found = resolve(typed, self.lexicon.skills)
        if found.skill is None:
            return
        is_close = found.how == "fuzzy" and found.score >= _SURE_GUESS and found.margin >= _SURE_MARGIN
        if found.is_accepted or is_close:
            part = _skill_part(found.skill, found.how, self.lexicon.skills)
            rank = found.level.rank if found.level is not None and found.level.scale != YEARS else None
            self._take(start, end, replace(part, rank=rank or None))

    def _merged(self, taken: list[_Taken]) -> list[tuple[Part, frozenset[int]]]:
        """Parts that say the same thing are one («Nhật, JLPT N2»), with the higher level."""
        found: dict[str, tuple[Part, frozenset[int]]] = {}
        for one in taken:
            part = one.part
            if part is None:
                continue
            pieces = frozenset(token.piece for token in self.tokens[one.start : one.end])
            same = found.get(part.mark)
            if same is not None:
                ranks = [rank for rank in (same[0].rank, part.rank) if rank is not None]
                words = f"{same[0].words} {part.words}"
                part, pieces = replace(same[0], rank=max(ranks, default=None), words=words), same[1] | pieces
            found[part.mark] = (part, pieces)
        return list(found.values())

    def _without(self, typed: str, pieces: frozenset[int]) -> str:
        return " ".join(piece for number, piece in enumerate(typed.split(" ")) if number not in pieces)

    def _leftover(self) -> Iterator[str]:
        """What nobody took, in runs; words that only join fall away beside what was understood."""
        names = {at for one in self.taken if one.part is None for at in range(one.start, one.end)}
        understood = any(one.part is not None for one in self.taken)
        run: dict[int, str] = {}
        for at, token in enumerate(self.tokens):
            is_left = at in names or (self.is_free[at] and not (understood and self._only_joins(at)))
            if is_left:
                run[token.piece] = token.typed
            elif run:
                yield " ".join(run.values())
                run = {}
        if run:
            yield " ".join(run.values())

    def _only_joins(self, at: int) -> bool:
        pair = " ".join(self.keys[at : at + 2])
        before = " ".join(self.keys[max(0, at - 1) : at + 1])
        return any(map(joins, (self.keys[at], pair, before)))


def _marks_agree(keys: tuple[str, ...], names: Iterable[str]) -> bool:
    typed = " ".join(keys)
    return typed.isascii() or any(typed.removeprefix("nước ") in accented_key(name) for name in names)


def _skill_part(code: str, how: str, vocabulary: Vocabulary) -> Part:
    concept = vocabulary.concepts[code]
    language = language_by_name(concept.vi) if concept.scale == "language" else None
    if language is not None:
        return Part(PartKind.LANGUAGE, language.code, concept.vi, how=how, english=concept.en, concept=code)
    return Part(PartKind.SKILL, code, concept.vi, how=how, english=concept.en)
