"""Profiles go out as JSON Resume, Europass and ORCID, and the readers of the product give back what they took along."""

import json
import re
from collections.abc import Callable, Iterator, Sequence
from typing import Any
from uuid import UUID

import pytest
from defusedxml.ElementTree import fromstring
from hypothesis import given, settings

from registry.exchange.readers.cv.found import CvRefused, Item, cleaned
from registry.exchange.readers.cv.orcid import _OWN  # pyright: ignore[reportPrivateUsage] - the other half
from registry.exchange.readers.cv.prose import bounded
from registry.exchange.readers.cv.reading import read_items
from registry.exchange.writers.europass import europass
from registry.exchange.writers.json_resume import SCHEMA, json_resume, json_resume_document
from registry.exchange.writers.open_profile import OpenProfile, cefr, degree_name, level_words
from registry.exchange.writers.orcid import SOURCE, orcid_document, orcid_record
from registry.people.rules import AchievementKind, PartialDate, vocabulary
from tests.unit.exchange.cv.open_profiles import ESCO, FULL, PROFILES

Told = tuple[str, tuple[tuple[str, str], ...]]


def told(part: str, **fields: str) -> Iterator[Told]:
    """A part with the fields that say something, as items have them."""
    kept = {name: cleaned(value, 1_900 if name == "description" else 200) for name, value in fields.items()}
    if any(kept.values()):
        yield part, tuple(sorted((name, value) for name, value in kept.items() if value))


def as_told(items: Sequence[Item]) -> list[Told]:
    return [(one.part, tuple(sorted(one.fields.items()))) for one in items]


def expected(profile: OpenProfile, parts: Sequence[Iterator[Told]]) -> list[Told]:
    """What may be read: the parts, without repetitions, no more than the reader takes."""
    items = [Item(part, dict(fields)) for found in parts for part, fields in found]  # pyright: ignore[reportArgumentType]
    return as_told(bounded(items))


def text_of(day: PartialDate | None) -> str:
    return "" if day is None else day.text


def of_json_resume(one: OpenProfile) -> list[Told]:
    return expected(one, [
        told("about", full_name=one.name), told("about", headline=one.headline), told("contact", email=one.email),
        told("contact", phone=one.phone), told("about", residence=one.residence), *posts(one), *studies(one), *skills(one),
        *languages(one), *deeds(one, AchievementKind.PUBLICATION), *deeds(one, AchievementKind.AWARD),
    ])  # fmt: skip


def of_europass(one: OpenProfile) -> list[Told]:
    return expected(one, [
        told("about", full_name=one.name), told("about", birth=text_of(one.birth)), told("contact", email=one.email),
        told("contact", phone=one.phone), told("about", residence=one.residence), *posts(one), *studies(one, is_end_lost=True),
        *languages(one), *skills(one),
    ])  # fmt: skip


def of_orcid(one: OpenProfile) -> list[Told]:
    posts: list[Iterator[Told]] = []
    for post in one.posts:
        ended = "" if post.is_ongoing else text_of(post.ended)
        goes_on = "y" if post.started and not ended else ""
        posts.append(
            told(
                "experience", title=post.title, organisation=post.organisation, started=text_of(post.started), ended=ended,
                is_ongoing=goes_on,
            )
        )  # fmt: skip
    studies: list[Iterator[Told]] = []
    for study in one.studies:
        ended = text_of(study.ended) if study.is_completed else ""
        done = "y" if ended or not study.started else ""
        if study.is_completed or study.started:
            studies.append(
                told(
                    "education", degree=study.degree, major=study.major, school=study.school,
                    started=text_of(study.started), ended=ended, is_completed=done,
                )
            )  # fmt: skip
    words = [told("skill", skill=skill.name) for skill in one.skills]
    return expected(
        one,
        [
            told("about", full_name=one.name),
            told("contact", email=one.email),
            *words,
            *studies,
            *posts,
            *deeds(one, AchievementKind.AWARD),
            *deeds(one, AchievementKind.PUBLICATION, AchievementKind.PATENT),
        ],
    )


def posts(one: OpenProfile) -> list[Iterator[Told]]:
    return [
        told(
            "experience", title=post.title, organisation=post.organisation, started=text_of(post.started),
            ended=text_of(post.ended), is_ongoing="y" if post.is_ongoing else "", description=post.description,
        )
        for post in one.posts
    ]  # fmt: skip


def studies(one: OpenProfile, *, is_end_lost: bool = False) -> list[Iterator[Told]]:
    return [
        told(
            "education", degree=study.degree, major=study.major, school=study.school, started=text_of(study.started),
            ended="" if is_end_lost and not study.is_completed else text_of(study.ended),
            is_completed="y" if study.is_completed else "",
        )
        for study in one.studies
    ]  # fmt: skip


def skills(one: OpenProfile) -> list[Iterator[Told]]:
    found: list[Iterator[Told]] = []
    for skill in one.skills:
        level = level_words(skill, one.language)
        name = f"{skill.name} ({level})" if level else skill.name
        found.append(told("skill", skill=name, code=skill.code, esco=skill.esco))
    return found


def languages(one: OpenProfile) -> list[Iterator[Told]]:
    return [told("language", language=said.code, level=cefr(said.rank)) for said in one.languages]


def deeds(one: OpenProfile, *kinds: AchievementKind) -> list[Iterator[Told]]:
    """An award has no DOI in a file."""
    return [
        told(
            "deed", kind=deed.kind.value, title=deed.title, when=text_of(deed.when),
            doi="" if deed.kind is AchievementKind.AWARD else deed.doi,
        )
        for deed in one.deeds
        if deed.kind in kinds and deed.title
    ]  # fmt: skip


FORMATS: list[tuple[Callable[[OpenProfile], bytes], str, Callable[[OpenProfile], list[Told]]]] = [
    (json_resume, "json", of_json_resume),
    (europass, "xml", of_europass),
    (orcid_record, "json", of_orcid),
]


@pytest.mark.parametrize(("write", "kind", "expect"), FORMATS)
def test_a_whole_profile_comes_back(
    write: Callable[[OpenProfile], bytes], kind: str, expect: Callable[[OpenProfile], list[Told]]
) -> None:
    assert as_told(read_items(write(FULL), kind)) == expect(FULL)


def items_of(content: bytes, kind: str) -> list[Told]:
    """The items of a file; none of one in which the reader finds nothing."""
    try:
        return as_told(read_items(content, kind))
    except CvRefused as refused:
        if refused.code != "nothing_found":
            raise
        return []


@settings(max_examples=20, deadline=None)
@given(PROFILES)
def test_any_profile_comes_back(profile: OpenProfile) -> None:
    for write, kind, expect in FORMATS:
        assert items_of(write(profile), kind) == expect(profile), write
    assert problems_of(json_resume_document(profile)) == []


@pytest.mark.parametrize("language", ["vi", "en"])
def test_degrees_of_all_names_are_known_again(language: str) -> None:
    for degree in vocabulary().degrees:
        study = {"education": [{"studyType": degree_name(degree.code, language), "institution": "x"}]}
        [item] = read_items(json.dumps(study).encode(), "json")
        assert item.fields["degree"] == degree.code


_DATE = re.compile(r"[12]\d{3}(-[01]\d(-[0-3]\d)?)?")
_STRINGS = {
    "basics": {"name", "label", "email", "phone", "summary"},
    "work": {"name", "location", "position", "summary"},
    "education": {"institution", "area", "studyType", "score"},
    "awards": {"title", "awarder", "summary"},
    "certificates": {"name"},
    "publications": {"name", "url", "summary"},
    "skills": {"name", "level"},
    "languages": {"language", "fluency"},
    "projects": {"name", "description", "type"},
}
_DATES = {"startDate", "endDate", "date", "releaseDate"}


def problems_of(document: dict[str, Any]) -> list[str]:
    """Where a document is other than the schema of JSON Resume 1.0.0 has it."""
    found = sorted(set(document) - {"$schema", "meta", *_STRINGS})
    for section, texts in _STRINGS.items():
        held = document.get(section, {} if section == "basics" else [])
        rows = [held] if section == "basics" else held
        for row in rows:
            found += [f"{section}.{name}" for name in texts & set(row) if not isinstance(row[name], str)]
            found += [f"{section}.{name}" for name in _DATES & set(row) if not _DATE.fullmatch(row[name])]
    place = document.get("basics", {}).get("location", {})
    found += [f"location.{name}" for name, value in place.items() if not isinstance(value, str)]
    return found + [name for name in ("version", "lastModified") if not document["meta"].get(name)]


def test_json_resume_says_what_it_is_and_where_codes_stand() -> None:
    document = json_resume_document(FULL)
    assert problems_of(document) == []
    assert document["$schema"] == SCHEMA
    assert document["basics"]["location"] == {
        "city": "xã Ba Tri",
        "region": "tỉnh Vĩnh Long",
        "countryCode": "VN",
    }
    assert document["skills"][0] == {"name": "Python", "level": "bậc 4/5", "code": "it.python", "url": ESCO}
    assert document["awards"] == [{"title": "Bằng khen", "date": "2020", "summary": "cấp tỉnh"}]
    [work] = document["publications"]
    assert (work["releaseDate"], work["url"]) == ("2021-03", "https://doi.org/10.1000/182")
    assert [one["type"] for one in document["projects"]] == ["Sáng chế"]


def test_europass_names_concepts_of_esco_and_its_parts_stand_in_order() -> None:
    root = fromstring(europass(FULL), forbid_dtd=True)
    names = [child.tag.rpartition("}")[2] for child in root]
    assert names == ["DocumentID", "CandidateSupplier", "CandidatePerson", "CandidateProfile"]
    space = {"e": "http://www.europass.eu/1.0", "hr": "http://www.hr-xml.org/3"}
    competencies = root.findall(".//e:PersonCompetency", space)
    parts = [[child.tag.rpartition("}")[2] for child in one][:3] for one in competencies]
    assert parts == [["CompetencyID", "TaxonomyID", "CompetencyName"]] * 6
    python = competencies[2].find("e:CompetencyID", space)
    assert python is not None
    assert (python.text, python.get("schemeID"), python.get("schemeName")) == (ESCO, "it.python", "ESCO")
    local = competencies[3].find("e:CompetencyID", space)
    assert local is not None
    assert local.text == "health.micro"


# The order in which the published description of Europass has the elements that are written.
_EUROPASS_ORDER: dict[str, list[str]] = {
    "Candidate": ["DocumentID", "CandidateSupplier", "CandidatePerson", "CandidateProfile"],
    "CandidateSupplier": ["PartyID", "PartyName", "PersonContact", "PrecedenceCode"],
    "PersonName": ["FormattedName", "GivenName", "FamilyName"],
    "CandidateProfile": [
        "ID", "ExecutiveSummary", "EmploymentHistory", "EducationHistory", "Certifications", "PersonQualifications",
    ],
    "EducationOrganizationAttendance": [
        "OrganizationName", "ProgramName", "EducationLevelCode", "AttendancePeriod", "EducationDegree",
    ],
    "PersonCompetency": [
        "CompetencyID", "TaxonomyID", "CompetencyName", "ProficiencyLevel", "CompetencyDimension",
    ],
}  # fmt: skip


def test_elements_of_europass_stand_in_the_published_order() -> None:
    root = fromstring(europass(FULL), forbid_dtd=True)
    seen: set[str] = set()
    for element in root.iter():
        name = element.tag.rpartition("}")[2]
        if name in _EUROPASS_ORDER:
            seen.add(name)
            places = [_EUROPASS_ORDER[name].index(child.tag.rpartition("}")[2]) for child in element]
            assert places == sorted(places), name
    assert seen == set(_EUROPASS_ORDER)
    for identifier in root.findall(".//{http://www.hr-xml.org/3}PartyID") + root.findall(
        "{http://www.hr-xml.org/3}DocumentID"
    ):
        assert UUID(identifier.text or "").version == 5


def test_a_record_of_orcid_has_its_identity_and_works_and_distinctions() -> None:
    assert SOURCE == _OWN
    document = orcid_document(FULL)
    assert document["orcid-identifier"]["path"] == "0000-0002-1825-0097"
    activities = document["activities-summary"]
    work, patent = (one["work-summary"][0] for one in activities["works"]["group"])
    assert (work["type"], patent["type"]) == ("other", "patent")
    [doi] = work["external-ids"]["external-id"]
    assert (doi["external-id-type"], doi["external-id-value"]) == ("doi", "10.1000/182")
    assert patent["external-ids"] == {"external-id": []}
    [distinction] = activities["distinctions"]["affiliation-group"]
    assert distinction["summaries"][0]["distinction-summary"]["role-title"] == "Bằng khen"
    assert document["person"]["keywords"]["keyword"][1]["content"] == "Vi sinh, ký sinh trùng"


def test_what_no_file_may_hold_is_replaced() -> None:
    broken = OpenProfile(code="HS-1", name="a\x00b\ud800", made_on=FULL.made_on)
    assert "a\ufffdb\ufffd" in europass(broken).decode()
    assert json.loads(json_resume(broken))["basics"]["name"] == "a\x00b\ufffd"
    assert json.loads(orcid_record(broken))["person"]["name"]["credit-name"]["value"] == "a\x00b\ufffd"
