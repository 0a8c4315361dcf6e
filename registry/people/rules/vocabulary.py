"""The vocabularies of records, from `data/vocabulary.json`: degrees, fields, languages, ranks. Pure values."""

import json
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from registry.text import fold

_FILE = Path(__file__).parent.parent / "data" / "vocabulary.json"


@dataclass(frozen=True, slots=True)
class Degree:
    """A degree: rank 1…6 of the national order. `names` are the ways people write it.

    The specialist degrees of health (CKI, CKII, BSNT) carry the rank they are usually held equal to; a
    policy that says otherwise uses the code.
    """

    code: str
    vi: str
    en: str
    rank: int
    names: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class StudyField:
    """A field of study or work («748» Máy tính và công nghệ thông tin) and the group it belongs to («74»)."""

    code: str
    vi: str
    en: str
    group: str


@dataclass(frozen=True, slots=True)
class Term:
    """A coded word in two languages; `rank` where the list is ordered."""

    code: str
    vi: str
    en: str = ""
    rank: int | None = None


@dataclass(frozen=True, slots=True)
class LanguageLevel:
    """One of the six levels («Bậc 3», B1) with the certificates usually held equal (approximate)."""

    rank: int
    vi: str
    cefr: str
    certificates: dict[str, str]


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """All lists, each in its natural order."""

    degrees: tuple[Degree, ...]
    field_groups: tuple[Term, ...]
    fields: tuple[StudyField, ...]
    languages: tuple[Term, ...]
    language_levels: tuple[LanguageLevel, ...]
    political_theory: tuple[Term, ...]
    state_management: tuple[Term, ...]
    civil_ranks: tuple[Term, ...]
    ethnic_groups: tuple[Term, ...]
    identity_prefixes: dict[str, str]


@cache
def vocabulary() -> Vocabulary:
    """The lists of this version, read once."""
    raw: dict[str, Any] = json.loads(_FILE.read_text(encoding="utf-8"))
    return Vocabulary(
        degrees=tuple(
            Degree(one["code"], one["vi"], one["en"], one["rank"], tuple(one["names"]))
            for one in raw["degrees"]
        ),
        field_groups=tuple(Term(one["code"], one["vi"], one["en"]) for one in raw["field_groups"]),
        fields=tuple(StudyField(**one) for one in raw["fields"]),
        languages=tuple(Term(**one) for one in raw["languages"]),
        language_levels=tuple(LanguageLevel(**one) for one in raw["language_levels"]),
        political_theory=_ranked(raw["political_theory"]),
        state_management=_ranked(raw["state_management"]),
        civil_ranks=tuple(Term(**one) for one in raw["civil_ranks"]),
        ethnic_groups=tuple(Term(**one) for one in raw["ethnic_groups"]),
        identity_prefixes=raw["identity_prefixes"],
    )


def _ranked(rows: list[dict[str, Any]]) -> tuple[Term, ...]:
    return tuple(Term(str(one["rank"]), one["vi"], rank=one["rank"]) for one in rows)


def degree_of_code(code: str) -> Degree | None:
    """The degree with this code («THS»), if there is one."""
    return _degrees_by_code().get(code)


def degree_by_name(name: str) -> Degree | None:
    """The degree people mean by a name or abbreviation: «Thạc sĩ», «ThS», «Kỹ sư», «BSCKI», «Master»."""
    return _degrees_by_name().get(fold(name))


def degree_of_rank(rank: int) -> Degree | None:
    """The general degree of a rank 1…6."""
    return next((degree for degree in vocabulary().degrees if degree.rank == rank), None)


def field_of_code(code: str) -> StudyField | None:
    """The field with this code («748»), if there is one."""
    return _fields_by_code().get(code)


def field_by_name(name: str) -> StudyField | None:
    """The field with this code or exactly this name, whatever the accents."""
    return _fields_by_name().get(fold(name))


def language_by_name(name: str) -> Term | None:
    """The language with this code or name: «Tiếng Anh», «Anh», «English», «en»."""
    return _languages_by_name().get(fold(name))


def language_of_code(code: str) -> Term | None:
    """The language with this code, if there is one."""
    return _languages_by_code().get(code)


@cache
def _fields_by_code() -> dict[str, StudyField]:
    return {field.code: field for field in vocabulary().fields}


@cache
def _languages_by_code() -> dict[str, Term]:
    return {language.code: language for language in vocabulary().languages}


@cache
def _degrees_by_code() -> dict[str, Degree]:
    return {degree.code: degree for degree in vocabulary().degrees}


@cache
def _degrees_by_name() -> dict[str, Degree]:
    return {fold(name): degree for degree in vocabulary().degrees for name in (degree.code, *degree.names)}


@cache
def _fields_by_name() -> dict[str, StudyField]:
    return {fold(name): field for field in vocabulary().fields for name in (field.code, field.vi, field.en)}


@cache
def _languages_by_name() -> dict[str, Term]:
    found: dict[str, Term] = {}
    for language in vocabulary().languages:
        for name in (language.code, language.vi, language.en, language.vi.removeprefix("Tiếng ")):
            found.setdefault(fold(name), language)
    return found
