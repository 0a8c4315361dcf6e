"""Europass XML: a profile as the Candidate of HR-XML that Europass writes and reads since 2020 (schema 1.0).

The schema file is not at hand. Names, namespaces and the order of the elements of document, supplier, name, profile,
course and competency, and that both identifiers are UUIDs, were held against the published description of the elements
(European Commission, DG EMPL, 2020); the inner order of posts and periods and the lists of codes were not.

A skill carries as CompetencyID the address of its concept in ESCO, as EURES has it, and the code of the registry's
vocabulary as an attribute; one without a concept in ESCO has that code, one without either its name.

The registry's own reader gives back name, date of birth, e-mail, telephone, residence, posts (title, organisation, period,
description), courses (degree, major, school, period, completed or not), skills with level and codes, languages with level.
Of a course that was not completed the end is left out, or it would read as completed. A course without a degree whose
name itself says one reads as having it. Written but not read back: headline and summary, nationalities, places of posts,
classifications, certificates of languages. Not written: ORCID iD, awards, publications and other deeds.
"""

import re
from collections.abc import Mapping
from html import escape
from uuid import NAMESPACE_URL, uuid5
from xml.etree.ElementTree import Element, SubElement, indent, tostring

from registry.exchange.writers.open_profile import (
    OpenLanguage,
    OpenPost,
    OpenProfile,
    OpenSkill,
    OpenStudy,
    cefr,
    degree_name,
    iso,
    language_name,
    level_words,
)
from registry.people.rules import PartialDate, degree_of_code
from registry.text.formulas import writable

NAMESPACES = {
    "xmlns": "http://www.europass.eu/1.0",
    "xmlns:oa": "http://www.openapplications.org/oagis/9",
    "xmlns:hr": "http://www.hr-xml.org/3",
    "xmlns:eures": "http://www.europass_eures.eu/1.0",
}
ESCO_SCHEME = "ESCO"
_DIMENSIONS = (
    "CEF-Understanding-Listening",
    "CEF-Understanding-Reading",
    "CEF-Speaking-Interaction",
    "CEF-Speaking-Production",
    "CEF-Writing-Production",
)
# Rank of a degree 1…6 → level of the European frame (EQF).
_EQF = {1: "3", 2: "4", 3: "5", 4: "6", 5: "7", 6: "8"}
_THREE_LETTERS = {
    "en": "eng", "zh": "zho", "ja": "jpn", "ko": "kor", "fr": "fra", "de": "deu", "ru": "rus", "es": "spa",
    "pt": "por", "it": "ita", "nl": "nld", "cs": "ces", "pl": "pol", "hu": "hun", "sv": "swe", "fi": "fin",
    "ar": "ara", "hi": "hin", "th": "tha", "lo": "lao", "km": "khm", "my": "mya", "id": "ind", "ms": "msa",
    "vi": "vie",
}  # fmt: skip
# No file of XML 1.0 may hold these; nothing that is stored does.
_CONTROLS = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f]")


def europass(profile: OpenProfile) -> bytes:
    """The file, UTF-8, with its declaration."""
    root = europass_tree(profile)
    indent(root)
    return tostring(root, encoding="utf-8", xml_declaration=True)


def europass_tree(profile: OpenProfile) -> Element:
    """The root of the document. Names of elements carry their prefixes as the file has them."""
    root = Element("Candidate", NAMESPACES)
    _add(
        root, "hr:DocumentID", str(uuid5(NAMESPACE_URL, f"urn:profile:{profile.code}")), schemeVersionID="4.0"
    )
    _supplier(root, profile)
    _person(SubElement(root, "CandidatePerson"), profile)
    _profile(SubElement(root, "CandidateProfile", {"languageCode": profile.language}), profile)
    return root  # fmt: skip


def _add(parent: Element, name: str, text: str, **attributes: str) -> None:
    """An element with a text; nothing where there is none to say."""
    if text:
        kept = {key: _text(value) for key, value in attributes.items() if value}
        SubElement(parent, name, kept).text = _text(text)


def _text(text: str) -> str:
    return _CONTROLS.sub("\ufffd", writable(text))


def _supplier(root: Element, profile: OpenProfile) -> None:
    made = SubElement(root, "CandidateSupplier")
    _add(made, "hr:PartyID", str(uuid5(NAMESPACE_URL, f"urn:supplier:{profile.supplier}")))
    _add(made, "hr:PartyName", profile.supplier or profile.code)
    contact = SubElement(SubElement(made, "PersonContact"), "PersonName")
    _add(contact, "FormattedName", profile.supplier or profile.code)
    _add(made, "hr:PrecedenceCode", "1")


def _person(made: Element, profile: OpenProfile) -> None:
    name = SubElement(made, "PersonName")
    # Which part comes first is different from people to people: the whole says it.
    _add(name, "FormattedName", profile.name)
    _add(name, "oa:GivenName", profile.given or profile.name)
    _add(name, "hr:FamilyName", profile.family)
    if profile.email:
        _way(made, "Email", {"oa:URI": profile.email})
    if profile.phone:
        _way(made, "Telephone", {"oa:DialNumber": profile.phone})
    if profile.residence or profile.country:
        address = SubElement(SubElement(made, "Communication"), "Address", {"type": "home"})
        _add(address, "oa:CityName", profile.residence)
        _add(address, "CountryCode", profile.country.lower())
    for country in profile.nationalities:
        _add(made, "NationalityCode", country.lower())
    _add(made, "hr:BirthDate", iso(profile.birth))


def _way(person: Element, channel: str, said: Mapping[str, str]) -> None:
    made = SubElement(person, "Communication")
    _add(made, "ChannelCode", channel)
    for name, text in said.items():
        _add(made, name, text)


def _profile(made: Element, profile: OpenProfile) -> None:
    _add(made, "hr:ID", profile.code)
    told = "\n\n".join(part for part in (profile.headline, profile.summary) if part)
    _add(made, "hr:ExecutiveSummary", _page(told))
    history = SubElement(made, "EmploymentHistory")
    for post in profile.posts:
        _post(SubElement(history, "EmployerHistory"), post)
    courses = SubElement(made, "EducationHistory")
    for study in profile.studies:
        _study(SubElement(courses, "EducationOrganizationAttendance"), study, profile.language)
    certificates = SubElement(made, "Certifications")
    for language in profile.languages:
        if language.certificate:
            _add(SubElement(certificates, "Certification"), "hr:CertificationName", language.certificate)
    known = SubElement(made, "PersonQualifications")
    for language in profile.languages:
        _language(SubElement(known, "PersonCompetency"), language, profile.language)
    for skill in profile.skills:
        _skill(SubElement(known, "PersonCompetency"), skill, profile.language)


def _post(employer: Element, post: OpenPost) -> None:
    _add(employer, "hr:OrganizationName", post.organisation)
    made = SubElement(employer, "PositionHistory")
    _add(made, "PositionTitle", post.title, typeCode="FREETEXT")
    period = SubElement(made, "eures:EmploymentPeriod")
    _day(period, "eures:StartDate", post.started)
    _day(period, "eures:EndDate", post.ended)
    _add(period, "hr:CurrentIndicator", "true" if post.is_ongoing else "false")
    _add(made, "oa:Description", _page(post.description))
    _add(made, "City", post.place)
    _add(made, "Country", post.country.lower())


def _study(made: Element, study: OpenStudy, language: str) -> None:
    _add(made, "hr:OrganizationName", study.school)
    _add(made, "hr:ProgramName", study.major)
    degree = degree_of_code(study.degree)
    _add(made, "EducationLevelCode", "" if degree is None else _EQF[degree.rank])
    period = SubElement(made, "AttendancePeriod")
    _day(period, "StartDate", study.started)
    _day(period, "EndDate", study.ended if study.is_completed else None)
    _add(period, "Ongoing", "false" if study.is_completed else "true")
    if degree is not None:
        awarded = SubElement(made, "EducationDegree")
        _add(awarded, "hr:DegreeName", degree_name(study.degree, language))
        if study.classification:
            _add(SubElement(awarded, "FinalGrade"), "hr:ScoreText", study.classification)


def _day(period: Element, name: str, day: PartialDate | None) -> None:
    if day is not None:
        _add(SubElement(period, name), "hr:FormattedDateTime", iso(day))


def _language(made: Element, language: OpenLanguage, of_file: str) -> None:
    code = _THREE_LETTERS.get(language.code, language.code)
    _add(made, "CompetencyID", code, schemeName="NORMAL")
    _add(made, "hr:TaxonomyID", "language")
    _add(made, "hr:CompetencyName", language_name(language.code, of_file))
    for dimension in _DIMENSIONS if cefr(language.rank) else ():
        measured = SubElement(made, "eures:CompetencyDimension")
        _add(measured, "hr:CompetencyDimensionTypeCode", dimension)
        _add(SubElement(measured, "eures:Score"), "hr:ScoreText", cefr(language.rank))


def _skill(made: Element, skill: OpenSkill, language: str) -> None:
    scheme = ESCO_SCHEME if skill.esco else ""
    named = skill.esco or skill.code or skill.name
    _add(made, "CompetencyID", named, schemeName=scheme, schemeID=skill.code)
    _add(made, "hr:TaxonomyID", "other")
    _add(made, "hr:CompetencyName", skill.name)
    if level := level_words(skill, language):
        _add(SubElement(made, "eures:ProficiencyLevel"), "hr:ScoreText", level)


def _page(text: str) -> str:
    """A text of several lines as descriptions hold it: marked as pages are."""
    return "".join(f"<p>{escape(line, quote=False)}</p>" for line in text.split("\n")) if text else ""
