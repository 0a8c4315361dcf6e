"""JSON Resume, ORCID and both kinds of Europass: what they name is taken as named."""

import json
from typing import Any

from registry.exchange.readers.cv.found import Item
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
  </employment:employment-summary></activities:affiliation-group></activities:employments></activities:activities-summary>
</record:record>"""


def test_an_orcid_record_as_xml() -> None:
    items = read_items(ORCID_XML.encode(), "xml")
    assert told(items, "about") == [{"full_name": "Nguyen Thu Ha"}]
    assert told(items, "experience")[0]["started"] == "04/2018"


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
