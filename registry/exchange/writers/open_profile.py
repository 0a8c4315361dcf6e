"""A profile as open formats are written from it: plain values, gathered and masked by whoever asks. Pure."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from registry.people.rules import AchievementKind, PartialDate, degree_of_code, vocabulary
from registry.text.formulas import writable

# How degrees are called abroad, where the list of degrees says less or something else.
_DEGREES_IN_ENGLISH = {"DH": "Bachelor", "CD": "College (Cao đẳng)"}
_LEVELS = {"vi": "bậc", "en": "level"}


@dataclass(frozen=True)
class OpenSkill:
    """A skill somebody says to have, in the language of the file. `code` is that of the registry, `esco` the address of the
    concept in ESCO ("" for none). `level` is on a scale that ends at `highest`.
    """

    name: str
    code: str = ""
    esco: str = ""
    level: int | None = None
    highest: int = 5


@dataclass(frozen=True)
class OpenPost:
    """A post. `country` is a code of ISO 3166-1."""

    title: str = ""
    organisation: str = ""
    place: str = ""
    country: str = ""
    started: PartialDate | None = None
    ended: PartialDate | None = None
    is_ongoing: bool = False
    description: str = ""


@dataclass(frozen=True)
class OpenStudy:
    """A course of study. `degree` is a code of the list of degrees, `classification` in words."""

    degree: str = ""
    major: str = ""
    school: str = ""
    country: str = ""
    started: PartialDate | None = None
    ended: PartialDate | None = None
    is_completed: bool = True
    classification: str = ""


@dataclass(frozen=True)
class OpenLanguage:
    """A language (ISO 639-1) with its rank 1…6 (A1–C2)."""

    code: str
    rank: int | None = None
    certificate: str = ""


@dataclass(frozen=True)
class OpenDeed:
    """Something done: its kind also in words."""

    kind: AchievementKind
    kind_words: str
    title: str
    level: str = ""
    role: str = ""
    when: PartialDate | None = None
    doi: str = ""


@dataclass(frozen=True)
class OpenProfile:
    """Everything the formats can tell of a person who may be named; of others what hangs on the name is empty.

    `name` is what stands for the person, `given` and `family` its two parts. `language` (vi, en) is that of the file,
    `supplier` who gives it, `made_on` the day.
    """

    code: str
    name: str
    made_on: date
    language: str = "vi"
    supplier: str = ""
    given: str = ""
    family: str = ""
    headline: str = ""
    summary: str = ""
    email: str = ""
    phone: str = ""
    orcid: str = ""
    birth: PartialDate | None = None
    nationalities: Sequence[str] = ()
    residence: str = ""
    country: str = ""
    posts: Sequence[OpenPost] = ()
    studies: Sequence[OpenStudy] = ()
    languages: Sequence[OpenLanguage] = ()
    skills: Sequence[OpenSkill] = ()
    deeds: Sequence[OpenDeed] = ()


def iso(day: PartialDate | None) -> str:
    """A date as far as it is known, after ISO 8601: 2018-10-01, 2018-10 or 2018; "" for none."""
    if day is None:
        return ""
    parts = [f"{day.year:04d}", *(f"{part:02d}" for part in (day.month, day.day) if part is not None)]
    return "-".join(parts)


def degree_name(code: str, language: str) -> str:
    """The name of a degree by which the readers know it again."""
    degree = degree_of_code(code)
    if degree is None:
        return ""
    return degree.vi if language == "vi" else _DEGREES_IN_ENGLISH.get(code, degree.en)


def language_name(code: str, language: str) -> str:
    """«Tiếng Anh», «English»; the code of a language that is not in the list."""
    found = next((one for one in vocabulary().languages if one.code == code), None)
    if found is None:
        return code
    return found.vi if language == "vi" else found.en


def cefr(rank: int | None) -> str:
    """A1…C2 of a rank; "" for none."""
    return next((one.cefr for one in vocabulary().language_levels if one.rank == rank), "")


def level_words(skill: OpenSkill, language: str) -> str:
    """«bậc 4/5», as resolving skills reads it."""
    return "" if skill.level is None else f"{_LEVELS[language]} {skill.level}/{skill.highest}"


def said(fields: Mapping[str, Any]) -> dict[str, Any]:
    """The fields that say something, texts as a file may hold them. A False says something."""
    kept = {name: writable(value) if isinstance(value, str) else value for name, value in fields.items()}
    return {name: value for name, value in kept.items() if value or value is False}
