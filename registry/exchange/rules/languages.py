"""Languages in a cell: «Tiếng Anh (B2); Tiếng Nhật (N3)». Certificates count by the list of language levels. Pure."""

import re
from functools import lru_cache

from registry.people.rules import LanguageDraft, vocabulary
from registry.people.rules.problems import Problem
from registry.people.rules.readings import parse_language
from registry.text import fold

_ENTRY = re.compile(r"(?P<name>[^()\[\]:]*?)\s*[(\[:]\s*(?P<level>[^()\[\]]+?)\s*[)\]]?\s*")
_RANK = re.compile(r"(?:bac\s*)?([0-6])(?:\s*/\s*6)?")
_CERTIFICATE = re.compile(r"([a-z]+?)\s*-?\s*(n?[0-9]+(?:\.[0-9]+)?)")
_REMEMBERED = 4_096
_UNNAMED = {"ja": "jlpt", "zh": "hsk", "ko": "topik"}


@lru_cache(_REMEMBERED)
def read_language(entry: str) -> LanguageDraft | Problem | None:
    """One entry. A level that is not understood is kept as the certificate's text, without a rank."""
    found = _ENTRY.fullmatch(entry)
    name, level = (found["name"], found["level"]) if found else _split_tail(entry)
    language = parse_language(name)
    if language is None or isinstance(language, Problem):
        return language
    rank = language_rank(language.code, level)
    is_plain = rank is not None and _plain_rank(fold(level)) is not None
    return LanguageDraft(language.code, rank, "" if is_plain else level)


def _split_tail(entry: str) -> tuple[str, str]:
    """«Tiếng Anh B2»: the last word is the level when the rest is a language."""
    name, _, tail = entry.rpartition(" ")
    is_level = bool(name) and not isinstance(parse_language(name), Problem | None)
    return (name, tail) if is_level else (entry, "")


def language_rank(language: str, level: str) -> int | None:
    """The rank 0…6 of a level: «B2», «bậc 4», «N3», «IELTS 6.5»; None when it says none (approximate)."""
    key = fold(level.replace(",", "."))
    plain = _plain_rank(key)
    if plain is not None:
        return plain
    found = _CERTIFICATE.fullmatch(key)
    if found is None:
        return None
    if found[1] == "n":  # «N3» alone: the certificate of the language that counts this way
        return _certified(_UNNAMED.get(language, ""), f"N{found[2]}")
    return _certified(found[1], found[2].upper())


def _plain_rank(key: str) -> int | None:
    by_number = _RANK.fullmatch(key)
    if by_number is not None:
        return int(by_number[1])
    return next((one.rank for one in vocabulary().language_levels if fold(one.cefr) == key), None)


def _certified(kind: str, score: str) -> int | None:
    """The highest level whose lowest score is reached; «N3» and «4» are equal to what is listed."""
    reached: int | None = None
    for one in vocabulary().language_levels:
        listed = one.certificates.get(kind)
        if listed is None:
            continue
        if listed == score:
            return one.rank
        lowest = listed.split("-")[0]
        if _is_number(lowest) and _is_number(score) and float(score) >= float(lowest):
            reached = one.rank
    return reached


def _is_number(text: str) -> bool:
    return re.fullmatch(r"[0-9]+(?:\.[0-9]+)?", text) is not None
