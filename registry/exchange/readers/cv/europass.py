"""Europass XML: the SkillsPassport of version 3, whose dates are attributes, and the newer Candidate of HR-XML."""

from collections.abc import Iterator
from html import unescape

from registry.exchange.readers.cv.found import Item
from registry.exchange.readers.cv.plain import (
    date_of_parts,
    date_text,
    degree_code,
    esco_address,
    language_code,
    named,
    ongoing,
    whole_name,
    yes_no,
)
from registry.exchange.readers.cv.trees import Node, joined

_CEFR = ("A1", "A2", "B1", "B2", "C1", "C2")


def is_europass(root: Node) -> bool:
    """Whether a tree is one of the two."""
    return root.name in {"SkillsPassport", "Candidate"}


def europass_items(root: Node) -> Iterator[Item]:
    """The items of either."""
    yield from (_passport(root.first("LearnerInfo")) if root.name == "SkillsPassport" else _candidate(root))


def _passport(learner: Node) -> Iterator[Item]:
    own = learner.first("Identification")
    name = joined([own.said("PersonName", "FirstName"), own.said("PersonName", "Surname")], " ")
    yield from named("about", "Identification", name, 75, full_name=name)
    email = own.said("ContactInfo", "Email", "Contact")
    phone = own.said("ContactInfo", "TelephoneList", "Telephone", "Contact")
    yield from named("contact", "ContactInfo", email, email=email)
    yield from named("contact", "ContactInfo", phone, phone=phone)
    place = joined([own.said("ContactInfo", "Address", "Contact", part) for part in ("Municipality",)], ", ")
    yield from named("about", "ContactInfo", place, 70, residence=place)
    birth = own.first("Demographics", "Birthdate")
    yield from named("about", "Demographics", _parts(birth), birth=_parts(birth))
    headline = learner.said("Headline", "Description", "Label")
    yield from named("about", "Headline", headline, 70, headline=headline)
    for post in learner.all("WorkExperienceList", "WorkExperience"):
        started, ended, goes_on = _period(post)
        title, place = post.said("Position", "Label"), post.said("Employer", "Name")
        yield from named(
            "experience", "WorkExperience", joined([title, place, started, ended]), 90 if title else 50,
            title=title, organisation=place, started=started, ended=ended, description=_plain(post.said("Activities")),
            is_ongoing=ongoing(started, ended, said=goes_on),
        )  # fmt: skip
    for study in learner.all("EducationList", "Education"):
        started, ended, goes_on = _period(study)
        title, school = study.said("Title"), study.said("Organisation", "Name")
        degree = degree_code(title, study.said("Level", "Code"))
        yield from named(
            "education", "Education", joined([title, school, started, ended]), 90 if degree else 45,
            degree=degree, major=study.said("Field", "Label") or _subject(title), school=school,
            started=started, ended=ended, is_completed="" if goes_on else "y",
        )  # fmt: skip
    yield from _passport_skills(learner.first("Skills"))


def _passport_skills(skills: Node) -> Iterator[Item]:
    for own in skills.all("Linguistic", "MotherTongueList", "MotherTongue"):
        yield from _language(own.first("Description"), "native", 50)
    for foreign in skills.all("Linguistic", "ForeignLanguageList", "ForeignLanguage"):
        levels = [one.text for one in foreign.first("ProficiencyLevel").children]
        yield from _language(foreign.first("Description"), _lowest(levels), 85)
    for kind in ("Computer", "JobRelated", "Organisational", "Communication", "Other"):
        for line in _plain(skills.said(kind, "Description")).splitlines():
            for word in line.strip(" -•").split(","):
                yield from named(
                    "skill", kind, line, 70 if len(word.split()) <= 6 else 40, skill=word.strip()
                )


def _language(said: Node, level: str, sure: int) -> Iterator[Item]:
    code = language_code(said.said("Code")) or language_code(said.said("Label"))
    if code:
        words = said.said("Label") or said.said("Code")
        yield from named("language", "Linguistic", joined([words, level]), sure, language=code, level=level)


def _lowest(levels: list[str]) -> str:
    """The level somebody has in all of listening, reading, speaking and writing."""
    known = [_CEFR.index(one.upper()) for one in levels if one.upper() in _CEFR]
    return _CEFR[min(known)] if known else ""


def _period(node: Node) -> tuple[str, str, bool | None]:
    period = node.first("Period")
    goes_on = yes_no(period.said("Current"))
    return _parts(period.first("From")), _parts(period.first("To")), goes_on


def _parts(node: Node) -> str:
    """A date in attributes year, month, day, which the tree holds as children."""
    return date_of_parts(node.said("@year"), node.said("@month"), node.said("@day"))


def _candidate(root: Node) -> Iterator[Item]:
    person = root.first("CandidatePerson")
    parts = person.first("PersonName")
    given, family = parts.said("GivenName"), parts.said("FamilyName")
    name = whole_name(parts.said("FormattedName"), given, family) or joined([given, family], " ")
    yield from named("about", "CandidatePerson", name, 75, full_name=name)
    birth = date_text(person.said("BirthDate"))
    yield from named("about", "CandidatePerson", birth, birth=birth)
    for way in person.all("Communication"):
        address = way.said("URI")
        if way.said("ChannelCode").casefold() == "email" or "@" in address:
            yield from named("contact", "Communication", address, email=address)
        elif way.said("DialNumber"):
            code = way.said("CountryDialing").strip("+ ")
            number = f"+{code} {way.said('DialNumber')}" if code else way.said("DialNumber")
            yield from named("contact", "Communication", number, phone=number)
        place = way.said("Address", "CityName")
        yield from named("about", "Communication", place, 70, residence=place)
    profile = root.first("CandidateProfile")
    for employer in profile.all("EmploymentHistory", "EmployerHistory"):
        yield from _employer(employer)
    for study in profile.all("EducationHistory", "EducationOrganizationAttendance"):
        yield from _attendance(study)
    yield from _competencies(root)


def _employer(employer: Node) -> Iterator[Item]:
    for post in employer.all("PositionHistory"):
        started, ended, goes_on = _hr_period(post)
        title, place = post.said("PositionTitle"), employer.said("OrganizationName")
        yield from named(
            "experience", "EmploymentHistory", joined([title, place, started, ended]), 90 if title else 50,
            title=title, organisation=place, started=started, ended=ended, description=_plain(post.said("Description")),
            is_ongoing=ongoing(started, ended, said=goes_on),
        )  # fmt: skip


def _attendance(study: Node) -> Iterator[Item]:
    started, ended, goes_on = _hr_period(study)
    awarded, program = study.said("EducationDegree", "DegreeName"), study.said("ProgramName")
    title, school = awarded or program, study.said("OrganizationName")
    degree = degree_code(title, study.said("EducationLevelCode"))
    major = _subject(title) if program in {"", title} else program
    if not awarded and not degree:  # the name of the programme says what was studied, and nothing more
        major = program
    yield from named(
        "education", "EducationHistory", joined([title, school, started, ended]), 90 if degree else 45,
        degree=degree, major=major,
        school=school, started=started, ended=ended, is_completed="" if goes_on else "y",
    )  # fmt: skip


def _competencies(root: Node) -> Iterator[Item]:
    for one in root.within("PersonCompetency"):
        code = language_code(one.said("CompetencyID"))
        kind = one.said("TaxonomyID").casefold()
        if code and kind == "language":
            levels = [score.said("ScoreText") for score in one.all("CompetencyDimension", "Score")]
            level = _lowest(levels) or ("native" if one.said("MotherTongue") else "")
            yield from named(
                "language",
                "PersonCompetency",
                joined([one.said("CompetencyID"), level]),
                language=code,
                level=level,
            )
        elif one.said("CompetencyName"):
            yield from _competency(one)


def _competency(one: Node) -> Iterator[Item]:
    name, level = one.said("CompetencyName"), one.said("ProficiencyLevel", "ScoreText")
    identity = one.first("CompetencyID")
    yield from named(
        "skill", "PersonCompetency", joined([name, level]), 80,
        skill=f"{name} ({level})" if level else name, code=identity.said("@schemeID"), esco=esco_address(identity.text),
    )  # fmt: skip


def _hr_period(node: Node) -> tuple[str, str, bool | None]:
    period = (
        node.first("EmploymentPeriod")
        if node.first("EmploymentPeriod").children
        else node.first("AttendancePeriod")
    )
    started = date_text(period.said("StartDate", "FormattedDateTime") or period.said("StartDate"))
    ended = date_text(period.said("EndDate", "FormattedDateTime") or period.said("EndDate"))
    return started, ended, yes_no(period.said("CurrentIndicator") or period.said("Ongoing"))


def _plain(text: str) -> str:
    """The text without the marks of pages that some descriptions hold."""
    lines, inside = [""], False
    for char in text.replace("</p>", "\n").replace("<br>", "\n").replace("</li>", "\n"):
        if char == "<":
            inside = True
        elif char == ">" and inside:
            inside = False
        elif not inside:
            lines.append(char)
    return unescape("".join(lines)).replace("\xa0", " ").strip()


def _subject(title: str) -> str:
    """«Bachelor of Nursing» → «Nursing»."""
    for stroke in (" of ", " in ", " ngành "):
        if stroke in title:
            return title.partition(stroke)[2].strip()
    return ""
