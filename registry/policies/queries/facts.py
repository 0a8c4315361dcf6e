"""What the registry knows of a person, as facts the rule engine asks about. Reads only.

What is not recorded is left out and so stays unknown; what an officer rejected counts for nothing. Nothing is
concluded from a missing row: nobody is said to have no title because none is recorded.
"""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any

from sqlalchemy.orm import Session

from registry.people.models import Achievement, Education, Person
from registry.people.queries import Profile, profile_of
from registry.people.rules import AcademicTitle, AchievementKind, Classification, DatePrecision, EvidenceState
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
    profile = profile_of(session, person, on=on)
    facts, evidence = _of_studies(profile.education)
    facts |= _of_oneself(session, person) | _of_work(profile, person)
    done, proved = _of_achievements(profile.achievements)
    spoken = {one.language: one.rank for one in profile.languages if one.rank is not None}
    if spoken:
        facts["language_level"] = spoken
        evidence |= {
            f"language_level:{one.language}": _evidence(one)
            for one in profile.languages
            if one.rank is not None
        }
    return facts | done, evidence | proved


def _of_oneself(session: Session, person: Person) -> Row:
    found: Row = {}
    if person.birth_on is not None and person.birth_precision is DatePrecision.DAY:
        found["born"] = person.birth_on.isoformat()
    if person.sex is not None:
        found["gender"] = person.sex.value
    if person.nationalities:
        found["nationality"] = [one.country for one in person.nationalities]
    if person.residence_country:
        found["residence_country"] = person.residence_country
    if person.origin_unit_id is not None:
        found["origin_unit"] = _unit_codes(session, person.origin_unit_id)
    return found


def _unit_codes(session: Session, unit_id: int) -> list[str]:
    """A unit and all it lies in, as «code@as_of»."""
    found: list[str] = []
    unit = session.get(AdministrativeUnit, unit_id)
    while unit is not None and unit.code != "VN":
        day = _FIRST_NEW_DAY if unit.valid_to is None else _LAST_OLD_DAY
        found.append(f"{unit.code}@{day.isoformat()}")
        unit = None if unit.parent_id is None else session.get(AdministrativeUnit, unit.parent_id)
    return [one for one in found if one[0].isdigit()]


def _of_work(profile: Profile, person: Person) -> Row:
    found: Row = {}
    titles = [one.academic_title for one in profile.experts if one.academic_title is not None]
    if titles:
        is_full = AcademicTitle.PROFESSOR in titles
        found["academic_title"] = _TITLES[AcademicTitle.PROFESSOR if is_full else titles[0]]
    years = profile.card.years if profile.card.years is not None else person.stated_years
    if years is not None:
        found["years_experience"] = {"any": min(years, 80)}
    return found


def _of_studies(rows: Iterable[Education]) -> tuple[Row, Row]:
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


def _degree(row: Education) -> str:
    return row.degree_code or _DEGREE_OF_RANK.get(row.degree_rank or 0, "")


def _of_achievements(rows: Sequence[Achievement]) -> tuple[Row, Row]:
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
