"""JSON Resume, ORCID and both kinds of Europass: what they name is taken as named."""

import json
from typing import Any

from registry.exchange.readers.cv.found import SURE_FROM, Item
from registry.exchange.readers.cv.reading import read_items

RESUME: dict[str, Any] = {
    "basics": {"name": "Lan Anh Tran", "label": "Data engineer", "email": "a@minhhoa.example", "location": {"city": "Munich"}},
    "work": [{"name": "Isar Clinic", "position": "Data Engineer", "startDate": "2018-10-01", "highlights": ["Warehouse"]}],
    "education": [{"institution": "TU Isar", "area": "Computer Science", "studyType": "Master", "startDate": "2013-10", "endDate": "2015"}],
    "skills": [{"name": "Programming", "level": "Master", "keywords": ["Python", "SQL"]}],
    "languages": [{"language": "German", "fluency": "B2"}],
}  # fmt: skip


def told(items: list[Item], part: str) -> list[dict[str, str]]:
    return [dict(one.fields) for one in items if one.part == part]


def test_json_resume() -> None:
    items = read_items(json.dumps(RESUME).encode(), "json")
    assert told(items, "experience") == [
        {"title": "Data Engineer", "organisation": "Isar Clinic", "started": "01/10/2018", "is_ongoing": "y", "description": "Warehouse"}
    ]  # fmt: skip
    assert told(items, "education")[0]["degree"] == "THS"
    assert [one["skill"] for one in told(items, "skill")] == ["Programming (expert)", "Python", "SQL"]
    assert told(items, "language") == [{"language": "de", "level": "B2"}]
    assert told(items, "contact") == [{"email": "a@minhhoa.example"}]


_POST: dict[str, Any] = {
    "role-title": "Researcher",
    "organization": {"name": "University of Kansai"},
    "start-date": {"year": {"value": "2018"}, "month": {"value": "04"}},
}
_RECORD: dict[str, Any] = {
    "orcid-identifier": {"path": "0000-0000-0000-0000"},
    "person": {
        "name": {"given-names": {"value": "Thu Ha"}, "family-name": {"value": "Nguyễn"}},
        "keywords": {"keyword": [{"content": "thin films, photonics"}]},
    },
    "activities-summary": {
        "employments": {"affiliation-group": [{"summaries": [{"employment-summary": _POST}]}]},
        "educations": {"education-summary": [{"role-title": "PhD", "organization": {"name": "University of Kansai"}, "end-date": {"year": {"value": "2014"}}}]},
    },
}  # fmt: skip


def test_an_orcid_record_as_json() -> None:
    items = read_items(json.dumps(_RECORD).encode(), "json")
    assert told(items, "about") == [{"full_name": "Nguyễn Thu Ha"}]
    assert told(items, "experience") == [
        {
            "title": "Researcher",
            "organisation": "University of Kansai",
            "started": "04/2018",
            "is_ongoing": "y",
        }
    ]
    assert told(items, "education")[0] == {
        "degree": "TS",
        "school": "University of Kansai",
        "ended": "2014",
        "is_completed": "y",
    }
    assert [one["skill"] for one in told(items, "skill")] == ["thin films", "photonics"]


ORCID_XML = """<?xml version="1.0"?>
<record:record path="/0000" xmlns:record="r" xmlns:person="p" xmlns:activities="a" xmlns:employment="e" xmlns:common="c">
 <person:person><person:name><person:given-names>Thu Ha</person:given-names><person:family-name>Nguyen</person:family-name></person:name></person:person>
 <activities:activities-summary><activities:employments><activities:affiliation-group>
  <employment:employment-summary><common:role-title>Researcher</common:role-title>
   <common:start-date><common:year>2018</common:year><common:month>04</common:month></common:start-date>
   <common:organization><common:name>University of Kansai</common:name></common:organization>
  </employment:employment-summary></activities:affiliation-group></activities:employments>
  <activities:works><activities:group><work:work-summary xmlns:work="w">
   <work:title><common:title>Thin films at dawn</common:title></work:title><work:type>journal-article</work:type>
   <common:external-ids><common:external-id><common:external-id-type>doi</common:external-id-type>
    <common:external-id-value>10.1000/7</common:external-id-value>
    <common:external-id-relationship>self</common:external-id-relationship></common:external-id></common:external-ids>
   <common:publication-date><common:year>2019</common:year></common:publication-date>
  </work:work-summary></activities:group></activities:works></activities:activities-summary>
</record:record>"""


def test_an_orcid_record_as_xml() -> None:
    items = read_items(ORCID_XML.encode(), "xml")
    assert told(items, "about") == [{"full_name": "Nguyen Thu Ha"}]
    assert told(items, "experience")[0]["started"] == "04/2018"
    assert told(items, "deed") == [
        {"kind": "publication", "title": "Thin films at dawn", "doi": "10.1000/7", "when": "2019"}
    ]


def _work(title: str, kind: str, **more: Any) -> dict[str, Any]:
    return {"title": {"title": {"value": title}}, "type": kind, **more}


def _named_by(kind: str, value: str, relation: str) -> dict[str, Any]:
    one = {"external-id-type": kind, "external-id-value": value, "external-id-relationship": relation}
    return {"external-id": [one]}


def test_works_of_an_orcid_record_are_suggested_with_where_they_came_from() -> None:
    article = _work(
        "Thin films at dawn",
        "journal-article",
        **{
            "journal-title": {"value": "Journal of Films"},
            "publication-date": {"year": {"value": "2019"}, "month": {"value": "06"}},
            "external-ids": _named_by("doi", "https://doi.org/10.1000/FILM.7", "self"),
        },
    )
    chapter = _work(
        "A chapter", "BOOK_CHAPTER", **{"external-ids": _named_by("doi", "10.1000/book", "part-of")}
    )
    groups: list[Any] = [
        {"work-summary": [article, _work("The same by another source", "journal-article")]},
        {"work-summary": [chapter]},
        {
            "work-summary": [_work("A device", "patent")],
            "external-ids": _named_by("doi", "10.1000/p", "SELF"),
        },
        {"work-summary": [_work("", "other")]},
        {"work-summary": "broken"},
    ]
    prize = {"role-title": "Young researcher", "start-date": {"year": {"value": "2020"}}}
    summary = {
        "works": {"group": groups},
        "distinctions": {"affiliation-group": [{"summaries": [{"distinction-summary": prize}]}]},
    }
    items = read_items(json.dumps(_RECORD | {"activities-summary": summary}).encode(), "json")
    assert told(items, "deed") == [
        {"kind": "award", "title": "Young researcher", "when": "2020"},
        {"kind": "publication", "title": "Thin films at dawn", "doi": "10.1000/film.7", "when": "06/2019"},
        {"kind": "publication", "title": "A chapter"},
        {"kind": "patent", "title": "A device", "doi": "10.1000/p"},
    ]
    deeds = [one for one in items if one.part == "deed"]
    assert all(one.sure < SURE_FROM for one in deeds)
    assert (deeds[1].section, deeds[1].quote) == (
        "works",
        "Thin films at dawn · Journal of Films · 06/2019 · 10.1000/film.7",
    )


PASSPORT = """<?xml version="1.0" encoding="UTF-8"?>
<SkillsPassport xmlns="http://europass.cedefop.europa.eu/Europass"><LearnerInfo>
 <Identification><PersonName><FirstName>Lan Anh</FirstName><Surname>Tran</Surname></PersonName>
  <ContactInfo><Email><Contact>a@minhhoa.example</Contact></Email>
   <TelephoneList><Telephone><Contact>+49 89 2180 0</Contact></Telephone></TelephoneList></ContactInfo>
  <Demographics><Birthdate year="1990" month="--03" day="---05"/></Demographics></Identification>
 <WorkExperienceList><WorkExperience><Period><From year="2018" month="--10"/><Current>true</Current></Period>
  <Position><Label>Data Engineer</Label></Position><Activities>&lt;p&gt;Warehouse&lt;/p&gt;</Activities>
  <Employer><Name>Isar Clinic</Name></Employer></WorkExperience></WorkExperienceList>
 <EducationList><Education><Period><From year="2013"/><To year="2015"/></Period><Title>Master of Nursing</Title>
  <Organisation><Name>TU Isar</Name></Organisation><Level><Code>7</Code></Level></Education></EducationList>
 <Skills><Linguistic><ForeignLanguageList><ForeignLanguage><Description><Code>de</Code><Label>German</Label></Description>
  <ProficiencyLevel><Listening>C1</Listening><Writing>B2</Writing></ProficiencyLevel></ForeignLanguage></ForeignLanguageList></Linguistic>
  <Computer><Description>Python, SQL</Description></Computer></Skills>
</LearnerInfo></SkillsPassport>"""


def test_a_europass_passport() -> None:
    items = read_items(PASSPORT.encode(), "xml")
    assert {"birth": "05/03/1990"} in told(items, "about")
    assert told(items, "experience") == [
        {"title": "Data Engineer", "organisation": "Isar Clinic", "started": "10/2018", "is_ongoing": "y", "description": "Warehouse"}
    ]  # fmt: skip
    assert told(items, "education")[0]["degree"] == "THS"
    assert told(items, "education")[0]["major"] == "Nursing"
    assert told(items, "language") == [{"language": "de", "level": "B2"}]
    assert [one["skill"] for one in told(items, "skill")] == ["Python", "SQL"]


CANDIDATE = """<?xml version="1.0"?>
<Candidate xmlns="http://www.europass.eu/1.0" xmlns:oa="oa" xmlns:hr="hr" xmlns:eures="e">
 <CandidatePerson><PersonName><oa:GivenName>Lan Anh</oa:GivenName><hr:FamilyName>Tran</hr:FamilyName></PersonName>
  <Communication><ChannelCode>Email</ChannelCode><oa:URI>a@minhhoa.example</oa:URI></Communication>
  <Communication><ChannelCode>Telephone</ChannelCode><CountryDialing>49</CountryDialing><oa:DialNumber>8921800</oa:DialNumber></Communication>
  <BirthDate>1990-03-05</BirthDate></CandidatePerson>
 <CandidateProfile>
  <eures:EmploymentHistory><eures:EmployerHistory><hr:OrganizationName>Isar Clinic</hr:OrganizationName>
   <eures:PositionHistory><eures:PositionTitle>Data Engineer</eures:PositionTitle>
    <eures:EmploymentPeriod><eures:StartDate><hr:FormattedDateTime>2018-10-01</hr:FormattedDateTime></eures:StartDate><hr:CurrentIndicator>true</hr:CurrentIndicator></eures:EmploymentPeriod>
   </eures:PositionHistory></eures:EmployerHistory></eures:EmploymentHistory>
  <eures:EducationHistory><eures:EducationOrganizationAttendance><hr:OrganizationName>TU Isar</hr:OrganizationName>
   <EducationLevelCode>7</EducationLevelCode><AttendancePeriod><EndDate><hr:FormattedDateTime>2015-09-30</hr:FormattedDateTime></EndDate></AttendancePeriod>
   <EducationDegree><hr:DegreeName>Master of Nursing</hr:DegreeName></EducationDegree></eures:EducationOrganizationAttendance></eures:EducationHistory>
  <eures:PersonQualifications><PersonCompetency><CompetencyID>deu</CompetencyID><hr:TaxonomyID>language</hr:TaxonomyID>
    <eures:CompetencyDimension><eures:Score><hr:ScoreText>B2</hr:ScoreText></eures:Score></eures:CompetencyDimension></PersonCompetency>
   <PersonCompetency><hr:CompetencyName>Python</hr:CompetencyName></PersonCompetency></eures:PersonQualifications>
 </CandidateProfile></Candidate>"""


def test_a_europass_candidate() -> None:
    items = read_items(CANDIDATE.encode(), "xml")
    assert told(items, "contact") == [{"email": "a@minhhoa.example"}, {"phone": "+49 8921800"}]
    assert {"birth": "05/03/1990"} in told(items, "about")
    assert told(items, "experience")[0]["started"] == "01/10/2018"
    assert told(items, "education")[0] == {
        "degree": "THS", "major": "Nursing", "school": "TU Isar", "ended": "30/09/2015", "is_completed": "y"
    }  # fmt: skip
    assert told(items, "language") == [{"language": "de", "level": "B2"}]
    assert told(items, "skill") == [{"skill": "Python"}]
