"""What a stretch of a query names: a concept, an exam, a kind of people, a place, a country. Pure.

Which stretches are asked about, and in what order, is the reader's business.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from registry.matching.rules.asked import Part, PartKind
from registry.matching.rules.phrases import (
    BEFORE_ORIGINS,
    BEFORE_PLACES,
    SURNAMES,
    phrase_at,
    years_at,
)
from registry.people.rules import language_by_name
from registry.places.rules import CountryIndex, Gazetteer, Place, UnitLevel
from registry.places.rules.kinds import BEFORE_NAME, LONGEST_KIND_WORD
from registry.skills.resolver import NO_CONTEXT, Vocabulary
from registry.skills.resolver.levels import level_off
from registry.skills.resolver.naming import Found, named
from registry.text import accented_key, fold, is_vietnamese_syllable

LONGEST_LEVEL = 4

_LONGEST_PLACE = 10
_LONGEST_YEARS = 6
_SHORTEST_COUNTRY = 5
_LANGUAGE_OF_EXAM = {
    "jlpt": "ja", "ielts": "en", "toeic": "en", "toefl": "en", "toefl ibt": "en", "vstep": "en", "aptis": "en", "topik": "ko",
    "hsk": "zh", "delf": "fr", "dalf": "fr", "tcf": "fr", "goethe": "de", "telc": "de", "torfl": "ru",
}  # fmt: skip


@dataclass(frozen=True)
class Lexicon:
    """What may be known of words: concepts, places, countries."""

    skills: Vocabulary
    places: Gazetteer
    countries: CountryIndex


@dataclass(frozen=True, slots=True)
class Token:
    """One word: its accented key, as typed, and the number of the piece between blanks it belongs to."""

    key: str
    typed: str
    piece: int


class Words:
    """The words of one query, and which of them no phrase has taken yet."""

    def __init__(self, tokens: Sequence[Token], lexicon: Lexicon) -> None:
        self.tokens = tokens
        self.keys = tuple(token.key for token in tokens)
        self.is_free = [True] * len(tokens)
        self.lexicon = lexicon


def meaning(words: Words, start: int, end: int) -> Part | None:
    """What the words from `start` to before `end` name, if they name one thing."""
    keys = words.keys[start:end]
    if len(keys) <= _LONGEST_YEARS and (years := years_at(keys)) is not None:
        return years
    return (
        _skill(words, start, end, keys)
        or _exam(words, keys)
        or phrase_at(keys)
        or _place(words, start, keys)
        or _country(words, start, keys)
    )


def _skill(words: Words, start: int, end: int, keys: tuple[str, ...]) -> Part | None:
    vocabulary = words.lexicon.skills
    found = named(" ".join(keys), vocabulary, NO_CONTEXT)
    if found is None or not found.is_sure or not _may_be_skill(words, start, end, keys, found):
        return None
    return skill_part(found.codes[0], found.how, vocabulary)


def _may_be_skill(words: Words, start: int, end: int, keys: tuple[str, ...], found: Found) -> bool:
    """One plain syllable («van», «bong») or a pair after a family name may be part of a name."""
    if phrase_at(keys) is not None:
        return False
    is_plain = all(key.isascii() and is_vietnamese_syllable(key) for key in keys)
    if len(keys) == 1 and is_plain:
        is_written_large = words.tokens[start].typed.isupper() and found.how == "abbreviation"
        return len(words.keys) == 1 or is_written_large
    after_surname = start > 0 and words.is_free[start - 1] and fold(words.keys[start - 1]) in SURNAMES
    return not (len(keys) == 2 and is_plain and after_surname and end == len(words.keys) and start == 1)


def _exam(words: Words, keys: tuple[str, ...]) -> Part | None:
    if len(keys) > LONGEST_LEVEL:
        return None
    found = level_off(" ".join(keys))
    if found is None or found.rest or not found.exam:
        return None
    code = _LANGUAGE_OF_EXAM.get(found.exam.split(" ")[0])
    language = None if code is None else language_by_name(code)
    if language is None:
        return None
    part = _language(words, language.vi)
    return None if part is None else replace(part, rank=found.level.rank, how="stripped")


def _language(words: Words, name: str) -> Part | None:
    found = named(accented_key(name), words.lexicon.skills, NO_CONTEXT)
    if found is not None and found.is_one:
        return skill_part(found.codes[0], found.how, words.lexicon.skills)
    language = language_by_name(name)
    return language and Part(PartKind.LANGUAGE, language.code, language.vi, english=language.en)


def _place(words: Words, start: int, keys: tuple[str, ...]) -> Part | None:
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
        answer = words.lexicon.places.resolve(" ".join(keys))
        unit, former = answer.unit, answer.former
    elif (
        len(keys) > 1
        or fold(first) in {"hue", "hcm", "tphcm", "brvt"}
        or _follows(words, start, BEFORE_PLACES)
    ):
        answer = words.lexicon.places.resolve(" ".join(keys)) if _names_province(words, keys) else None
        unit, former = (None, None) if answer is None else (answer.unit, answer.former)
    if unit is None or unit.level is UnitLevel.COUNTRY or _is_given_name(words, start, says_kind):
        return None
    kind = PartKind.ORIGIN if _follows(words, start, BEFORE_ORIGINS) else PartKind.PLACE
    was = former is not None and former.name != unit.name
    name = f"{former.name} (nay là {unit.name})" if was and former is not None else unit.name
    english = f"{former.name} (now {unit.name})" if was and former is not None else unit.name
    return Part(kind, unit.path, name, how="former" if was else "exact", english=english)


def names_somewhere(words: Words, keys: tuple[str, ...]) -> bool:
    """Whether these words are the name of a unit of any level, in force or former, with the marks it has."""
    if len(keys) > _LONGEST_PLACE:
        return False
    return any(not one.misses_marks for one in words.lexicon.places.lookup(keys))


def _names_province(words: Words, keys: tuple[str, ...]) -> bool:
    readings = words.lexicon.places.lookup(keys)
    return any(one.place.level is UnitLevel.PROVINCE and not one.misses_marks for one in readings)


def _follows(words: Words, start: int, before: Iterable[str]) -> bool:
    return start > 0 and fold(words.keys[start - 1]) in before


def _is_given_name(words: Words, start: int, says_kind: bool) -> bool:
    """«Nguyễn Hải Dương»: a province right after a family name is a name."""
    return (
        not says_kind and start > 0 and words.is_free[start - 1] and fold(words.keys[start - 1]) in SURNAMES
    )


def _country(words: Words, start: int, keys: tuple[str, ...]) -> Part | None:
    if len(keys) > _SHORTEST_COUNTRY:
        return None
    is_told = _follows(words, start, {*BEFORE_PLACES, "nuoc"}) or " ".join(keys).startswith(
        ("nuoc ", "nước ")
    )
    if len(keys) == 1 and not (
        is_told or (not is_vietnamese_syllable(keys[0]) and len(keys[0]) >= _SHORTEST_COUNTRY)
    ):
        return None
    if len("".join(keys)) < _SHORTEST_COUNTRY and not is_told:
        return None
    country = words.lexicon.countries.resolve(" ".join(keys))
    if country is None or not _marks_agree(keys, (country.vi, country.en, *country.aliases)):
        return None
    return Part(PartKind.COUNTRY, country.code, country.vi, english=country.en)


def _marks_agree(keys: tuple[str, ...], names: Iterable[str]) -> bool:
    typed = " ".join(keys)
    return typed.isascii() or any(typed.removeprefix("nước ") in accented_key(name) for name in names)


def skill_part(code: str, how: str, vocabulary: Vocabulary) -> Part:
    """The part that asks for a concept, or for the language that the concept is; `how` it was found."""
    concept = vocabulary.concepts[code]
    language = language_by_name(concept.vi) if concept.scale == "language" else None
    if language is not None:
        return Part(PartKind.LANGUAGE, language.code, concept.vi, how=how, english=concept.en, concept=code)
    return Part(PartKind.SKILL, code, concept.vi, how=how, english=concept.en)
