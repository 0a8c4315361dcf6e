"""What the registry knows of a person, as facts the rule engine asks about. Reads only.

What is not recorded is left out and so stays unknown; what an officer rejected counts for nothing. Nothing is
concluded from a missing row: nobody is said to have no title because none is recorded.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any

from sqlalchemy import or_, select, true
from sqlalchemy.orm import Session

from registry.people.models import (
    Achievement,
    Education,
    Experience,
    ExpertFacet,
    LanguageClaim,
    Nationality,
    Person,
)
from registry.people.queries.cards import education_order
from registry.people.rules import (
    AcademicTitle,
    AchievementKind,
    Classification,
    DatePrecision,
    EvidenceState,
    PartialDate,
    Span,
    whole_years,
)
from registry.people.rules.kinds import StudyMode
from registry.places.models import AdministrativeUnit
from registry.policies.rules.answers import Facts
from registry.policies.rules.facts import AWARDS
from registry.policies.rules.reading_facts import read_facts
from registry.text import match_key

Row = dict[str, Any]
_LAST_OLD_DAY, _FIRST_NEW_DAY = date(2025, 6, 30), date(2025, 7, 1)
_DEGREE_OF_RANK = {1: "SC", 2: "TC", 3: "CD", 4: "DH", 5: "THS", 6: "TS"}
_TITLES = {AcademicTitle.PROFESSOR: "GS", AcademicTitle.ASSOCIATE_PROFESSOR: "PGS"}
_CLASSES = {
    Classification.EXCELLENT: "XS",
    Classification.VERY_GOOD: "G",
    Classification.GOOD: "K",
    Classification.FAIRLY_GOOD: "TBK",
    Classification.AVERAGE: "TB",
}
_MODES = {
    StudyMode.FULL_TIME: "full_time",
    StudyMode.IN_SERVICE: "in_service",
    StudyMode.DISTANCE: "distance",
    StudyMode.TRANSFER: "bridge",
    StudyMode.OTHER: "other",
}
_EVIDENCE = {
    EvidenceState.SELF_DECLARED: "declared",
    EvidenceState.ATTACHED: "attached",
    EvidenceState.VERIFIED: "verified",
    EvidenceState.EXPIRED: "expired",
}
# The engine's degrees of medicine; a first degree in medicine is not told apart by the fields of the vocabulary.
_MEDICAL = ("CKI", "CKII", "BSNT")
# Words in which people write the level of an initiative, the highest first.
_INITIATIVES = (("toan quoc", "nation"), ("quoc gia", "nation"), ("tinh", "province"), ("co so", "base"))


def facts_of(session: Session, person: Person, *, on: date) -> Facts:
    """The facts of a person on a day, without a post and without an application."""
    values, evidence = recorded_facts(session, person, on=on)
    return read_facts(values, {}, {}, evidence)


def recorded_facts(session: Session, person: Person, *, on: date) -> tuple[Row, Row]:
    """The same as plain rows: (facts, evidence of each)."""
    return recorded_facts_of(session, [person], on=on)[person.id]


def recorded_facts_of(session: Session, people: Sequence[Person], *, on: date) -> dict[int, tuple[Row, Row]]:
    """{row id: (facts, evidence of each)} of many people.

    A fixed number of statements for every `AT_ONCE` people. `people` may be rows with the columns of `SUBJECT`.
    """
    found: dict[int, tuple[Row, Row]] = {}
    for first in range(0, len(people), AT_ONCE):
        some = people[first : first + AT_ONCE]
        rows = _rows_of(session, [one.id for one in some], on)
        units = _unit_codes(session, {one.origin_unit_id for one in some if one.origin_unit_id is not None})
        found |= {one.id: _facts(one, rows, units, on) for one in some}
    return found


SUBJECT = (
    Person.id,
    Person.birth_on,
    Person.birth_precision,
    Person.sex,
    Person.residence_country,
    Person.origin_unit_id,
    Person.stated_years,
)
"""What of the row of a person itself facts are made of."""
AT_ONCE = 5_000
_PROOF = ("evidence_state", "evidence_until")
_DATES = ("from_on", "from_precision", "to_on", "to_precision")
_READ: Mapping[Any, tuple[str, ...]] = {
    Education: (
        *("degree_rank", "degree_code", "field_code", "is_completed", "mode", "classification"),
        *(*_DATES, *_PROOF),
    ),
    Experience: (*_DATES, "is_ongoing"),
    ExpertFacet: ("academic_title",),
    LanguageClaim: ("language", "rank", *_PROOF),
    Achievement: ("kind", "title", "level", *_PROOF),
    Nationality: ("country",),
}
_Rows = Mapping[Any, Mapping[int, list[Any]]]


def _rows_of(session: Session, ids: Sequence[int], on: date) -> _Rows:
    """{table: {person: its rows in the order in which they came}}, columns alone: one statement a table."""
    conditions: Mapping[Any, Any] = {
        ExpertFacet: or_(ExpertFacet.valid_to.is_(None), ExpertFacet.valid_to >= on),
        LanguageClaim: LanguageClaim.valid_to.is_(None),
    }
    found: dict[Any, dict[int, list[Any]]] = {}
    for table, names in _READ.items():
        wanted = select(table.person_id, table.id, *(getattr(table, name) for name in names))
        wanted = wanted.where(table.person_id.in_(ids), conditions.get(table, true()))
        of_person = found[table] = defaultdict(list)
        order = (table.person_id, table.country if table is Nationality else table.id)
        for row in session.execute(wanted.order_by(*order)):
            of_person[row.person_id].append(row)
    return found


def _facts(person: Any, rows: _Rows, units: Mapping[int, list[str]], on: date) -> tuple[Row, Row]:
    own = {table: of_person.get(person.id, []) for table, of_person in rows.items()}
    facts, evidence = _of_studies(sorted(own[Education], key=education_order))
    facts |= _of_oneself(person, own[Nationality], units) | _of_work(person, own, on)
    done, proved = _of_achievements(own[Achievement])
    spoken = [one for one in own[LanguageClaim] if one.rank is not None]
    if spoken:
        facts["language_level"] = {one.language: one.rank for one in spoken}
        evidence |= {f"language_level:{one.language}": _evidence(one) for one in spoken}
    return facts | done, evidence | proved


def _of_oneself(person: Any, nationalities: Sequence[Any], units: Mapping[int, list[str]]) -> Row:
    found: Row = {}
    if person.birth_on is not None and person.birth_precision is DatePrecision.DAY:
        found["born"] = person.birth_on.isoformat()
    if person.sex is not None:
        found["gender"] = person.sex.value
    if nationalities:
        found["nationality"] = [one.country for one in nationalities]
    if person.residence_country:
        found["residence_country"] = person.residence_country
    if person.origin_unit_id is not None:
        found["origin_unit"] = units[person.origin_unit_id]
    return found


def _unit_codes(session: Session, ids: Iterable[int]) -> dict[int, list[str]]:
    """{unit: it and all it lies in, as «code@as_of»}; one statement for each level of the tree."""
    known: dict[int, Any] = {}
    missing = set(ids)
    while missing:
        wanted = select(
            AdministrativeUnit.id,
            AdministrativeUnit.code,
            AdministrativeUnit.valid_to,
            AdministrativeUnit.parent_id,
        ).where(AdministrativeUnit.id.in_(missing))
        read = {row.id: row for row in session.execute(wanted)}
        known |= read
        missing = {row.parent_id for row in read.values() if row.parent_id is not None} - known.keys()
    return {one: _codes_up(known, one) for one in known}


def _codes_up(known: Mapping[int, Any], unit_id: int | None) -> list[str]:
    found: list[str] = []
    while unit_id is not None and (unit := known[unit_id]).code != "VN":
        day = _FIRST_NEW_DAY if unit.valid_to is None else _LAST_OLD_DAY
        found.append(f"{unit.code}@{day.isoformat()}")
        unit_id = unit.parent_id
    return [one for one in found if one[0].isdigit()]


def _of_work(person: Any, own: Mapping[Any, list[Any]], on: date) -> Row:
    found: Row = {}
    titles = [one.academic_title for one in own[ExpertFacet] if one.academic_title is not None]
    if titles:
        is_full = AcademicTitle.PROFESSOR in titles
        found["academic_title"] = _TITLES[AcademicTitle.PROFESSOR if is_full else titles[0]]
    worked = whole_years([_span(one) for one in own[Experience]], on)
    years = worked if worked is not None else person.stated_years
    if years is not None:
        found["years_experience"] = {"any": min(years, 80)}
    return found


def _span(row: Any) -> Span:
    start = PartialDate.of(row.from_on, row.from_precision)
    return Span(row.id, start, PartialDate.of(row.to_on, row.to_precision), row.is_ongoing)


def _of_studies(rows: Iterable[Any]) -> tuple[Row, Row]:
    """Degrees, fields, and class and mode of the first university degree."""
    held = [one for one in rows if one.is_completed and one.evidence_state is not EvidenceState.REJECTED]
    codes = {one.id: _degree(one) for one in held}
    degrees = sorted({code for code in codes.values() if code})
    facts: Row = {}
    evidence: Row = {}
    if degrees:
        facts["degree_rank"] = degrees
        best = max((one for one in held if codes[one.id]), key=lambda one: (one.degree_rank or 0, one.id))
        evidence["degree_rank"] = _evidence(best)
    if medical := [code for code in degrees if code in _MEDICAL]:
        facts["professional_degree"] = ["BS", *medical]
    if fields := sorted({one.field_code for one in held if one.field_code}):
        facts["field_code"] = fields
    university = [one for one in held if codes[one.id] == "DH"]
    classes = [_CLASSES[one.classification] for one in university if one.classification is not None]
    modes = [_MODES[one.mode] for one in university if one.mode is not None]
    if classes:
        facts["classification"] = classes[0]
    if modes:
        facts["study_mode"] = modes[0]
    return facts, evidence


def _degree(row: Any) -> str:
    return row.degree_code or _DEGREE_OF_RANK.get(row.degree_rank or 0, "")


def _of_achievements(rows: Sequence[Any]) -> tuple[Row, Row]:
    """Awards whose names the catalogue knows, and the highest level of a recognised initiative."""
    held = [one for one in rows if one.evidence_state is not EvidenceState.REJECTED]
    known = {match_key(name): code for code, name in AWARDS.items()}
    facts: Row = {}
    evidence: Row = {}
    awards = [
        (code, one)
        for one in held
        if one.kind is AchievementKind.AWARD and (code := known.get(match_key(one.title))) is not None
    ]
    if awards:
        facts["award"] = sorted({code for code, _one in awards})
        evidence["award"] = _evidence(awards[0][1])
    for words, level in _INITIATIVES:
        for one in held:
            if one.kind is AchievementKind.INITIATIVE and words in match_key(one.level):
                return facts | {"initiative": level}, evidence | {"initiative": _evidence(one)}
    return facts, evidence


def _evidence(row: Any) -> Mapping[str, str | None]:
    until: date | None = row.evidence_until
    return {
        "state": _EVIDENCE.get(row.evidence_state, "declared"),
        "expiry": None if until is None else until.isoformat(),
    }
