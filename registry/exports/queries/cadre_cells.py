"""A cadre, civil servant or public employee in words, one cell each, in the groups of their record."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from registry.exchange.rules.words import CLASSIFICATIONS, KINDS, MANAGEMENT, POLITICAL, SEX_WORDS
from registry.exports.rules.cadres import STUDY_MODES, joined, lines_of, period, rank_word
from registry.people.models import Achievement, CadreFacet, Education, Experience, LanguageClaim, Person
from registry.people.rules import Sex, degree_of_code, field_of_code, language_of_code, vocabulary

_SEX = dict(zip((Sex.MALE, Sex.FEMALE, Sex.OTHER), SEX_WORDS, strict=True))


@dataclass(frozen=True)
class CadreLine:
    """What one row is written from. `number` is the personal ID number; the newest of the facets says the present office."""

    person: Person
    name: str
    facets: Sequence[CadreFacet]
    education: Sequence[Education]
    languages: Sequence[LanguageClaim]
    experience: Sequence[Experience] = ()
    awards: Sequence[Achievement] = ()
    units: Mapping[int, str] | None = None
    number: str = ""

    @property
    def facet(self) -> CadreFacet:
        """The facet begun last."""
        return max(self.facets, key=lambda one: (one.valid_from or date.min, one.id))

    @property
    def is_named(self) -> bool:
        """Whether what hangs on the name may stand in the row."""
        return self.units is not None


def cell_of(line: CadreLine, key: str) -> str:
    """The cell of a column; empty where what it says hangs on a name that may not be shown."""
    if key in _FOR_EVERYBODY:
        return _FOR_EVERYBODY[key](line)
    return _OF_NAMED[key](line) if line.is_named else ""


def _place(line: CadreLine, unit_id: int | None, typed: str) -> str:
    return (line.units or {}).get(unit_id or 0, typed)


def _day(day: date | None) -> str:
    return f"{day:%d/%m/%Y}" if day else ""


def _kinds(line: CadreLine) -> str:
    kinds = {one.kind for one in line.facets}
    return "; ".join(word for word in KINDS.listed if KINDS.get(word) in kinds)


def _degree(line: CadreLine) -> str:
    earned = [row for row in line.education if row.is_completed and row.degree_rank]
    if not earned:
        return ""
    row = max(earned, key=lambda one: (one.degree_rank or 0, one.id))
    degree, field = degree_of_code(row.degree_code), field_of_code(row.field_code or "")
    return joined(degree.vi if degree else "", row.major or (field.vi if field else ""))


def _languages(line: CadreLine) -> str:
    """As the template of imports has them: «Tiếng Anh (B2)»."""
    cefr = {one.rank: one.cefr for one in vocabulary().language_levels}
    told: list[str] = []
    for row in line.languages:
        language = language_of_code(row.language)
        name, level = language.vi if language else row.language, cefr.get(row.rank or 0, "")
        if row.rank != 0:
            told.append(f"{name} ({level})" if level else name)
    return "; ".join(told)


def _coefficient(line: CadreLine) -> str:
    hundredths = line.facet.coefficient_hundredths
    return "" if hundredths is None else f"{hundredths // 100},{hundredths % 100:02d}"


def _awards(line: CadreLine) -> str:
    return lines_of(joined(row.title, row.level, row.when.text if row.when else "") for row in line.awards)


def _courses(line: CadreLine) -> str:
    told: list[str] = []
    for row in line.education:
        degree = degree_of_code(row.degree_code)
        words = next(
            (word for word in CLASSIFICATIONS.listed if CLASSIFICATIONS.get(word) is row.classification), ""
        )
        told.append(
            joined(
                period(row.started, row.ended), degree.vi if degree else "", row.major, row.school,
                STUDY_MODES.get(row.mode, "") if row.mode else "", f"xếp loại {words}" if words else "",
                "" if row.is_completed else "chưa xong",
            )
        )  # fmt: skip
    return lines_of(told)


def _posts(line: CadreLine) -> str:
    rows = sorted(line.experience, key=lambda row: (row.from_on or date.min, row.id))
    return lines_of(
        joined(
            period(row.started, row.ended, is_ongoing=row.is_ongoing),
            row.title,
            row.organisation_text,
            _place(line, row.unit_id, row.place_text),
        )
        for row in rows
    )


_FOR_EVERYBODY: Mapping[str, Callable[[CadreLine], str]] = {
    "code": lambda line: line.person.code,
    "full_name": lambda line: line.name,
    "kinds": _kinds,
    "degree": _degree,
    "political_theory": lambda line: rank_word(POLITICAL, line.facet.political_theory_rank),
    "state_management": lambda line: rank_word(MANAGEMENT, line.facet.state_management_rank),
    "languages": _languages,
}
_OF_NAMED: Mapping[str, Callable[[CadreLine], str]] = {
    "other_names": lambda line: "; ".join(row.full_name for row in line.person.names),
    "birth": lambda line: line.person.birth.text if line.person.birth else "",
    "sex": lambda line: _SEX[line.person.sex] if line.person.sex else "",
    "birthplace": lambda line: _place(line, line.person.birthplace_unit_id, line.person.birthplace_text),
    "origin": lambda line: _place(line, line.person.origin_unit_id, line.person.origin_text),
    "identity": lambda line: line.number,
    "residence": lambda line: _place(line, line.person.residence_unit_id, line.person.residence_text),
    "recruited": lambda line: _day(line.facet.recruited_on),
    "organisation": lambda line: line.facet.organisation_text,
    "office": lambda line: line.facet.office,
    "position": lambda line: line.facet.position,
    "rank_name": lambda line: line.facet.rank_name,
    "rank_code": lambda line: line.facet.rank_code,
    "step": lambda line: "" if line.facet.step is None else str(line.facet.step),
    "coefficient": _coefficient,
    "since": lambda line: _day(line.facet.valid_from),
    "awards": _awards,
    "courses": _courses,
    "posts": _posts,
}
