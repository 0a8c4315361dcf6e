"""JSON Resume (jsonresume.org, schema 1.0.0): basics, work, education, skills, languages, publications, awards."""

from collections.abc import Iterator, Mapping
from typing import Any

from registry.exchange.readers.cv.found import Item, Line, Part, item
from registry.exchange.readers.cv.plain import (
    STATED,
    date_text,
    degree_code,
    esco_address,
    language_code,
    mapping,
    named,
    ongoing,
    rows,
    text,
    texts,
    yes_no,
)
from registry.people.rules.doi import doi_of
from registry.people.rules.kinds import AchievementKind

_BASICS: tuple[tuple[str, Part, str], ...] = (
    ("name", "about", "full_name"),
    ("label", "about", "headline"),
    ("email", "contact", "email"),
    ("phone", "contact", "phone"),
)
_LEVELS = {"beginner": "basic", "intermediate": "intermediate", "advanced": "advanced", "master": "expert"}


def is_json_resume(document: Mapping[str, Any]) -> bool:
    """Whether an object looks like a JSON Resume."""
    return bool({"basics", "work", "education", "skills"} & set(document))


def json_resume_items(document: Mapping[str, Any]) -> Iterator[Item]:
    """The items of a JSON Resume."""
    yield from _basics(mapping(document.get("basics")))
    for post in rows(document.get("work")):
        yield from _work(post)
    for study in rows(document.get("education")):
        yield from _education(study)
    for skill in rows(document.get("skills")):
        yield from _skill(skill)
    for language in rows(document.get("languages")):
        name, level = text(language.get("language")), text(language.get("fluency"))
        code = language_code(name)
        if code:
            yield from named("language", "languages", f"{name} {level}", language=code, level=level)
    for work in rows(document.get("publications")):
        doi = doi_of(text(work.get("url")))
        yield from _deed(
            "publications", AchievementKind.PUBLICATION, text(work.get("name")), work.get("releaseDate"), doi
        )
    for award in rows(document.get("awards")):
        yield from _deed("awards", AchievementKind.AWARD, text(award.get("title")), award.get("date"))


def _deed(section: str, kind: AchievementKind, title: str, day: Any, doi: str = "") -> Iterator[Item]:
    when = date_text(day)
    if title:
        quote = " · ".join(one for one in (title, when, doi) if one)
        yield from named("deed", section, quote, 85, kind=kind.value, title=title, doi=doi, when=when)


def _basics(basics: Mapping[str, Any]) -> Iterator[Item]:
    for key, part, field in _BASICS:
        value = text(basics.get(key))
        found = item(part, {field: value}, [Line(value)], "basics", STATED)
        if found is not None:
            yield found
    place = mapping(basics.get("location"))
    city = ", ".join(one for one in (text(place.get("city")), text(place.get("region"))) if one)
    yield from named("about", "basics", city, 70, residence=city)


def _work(post: Mapping[str, Any]) -> Iterator[Item]:
    title, organisation = text(post.get("position")), text(post.get("name")) or text(post.get("company"))
    started, ended = date_text(post.get("startDate")), date_text(post.get("endDate"))
    told = "\n".join([text(post.get("summary")), *texts(post.get("highlights"))]).strip()
    yield from named(
        "experience",
        "work",
        " · ".join(one for one in (title, organisation, started, ended) if one),
        90 if title else 50,
        title=title,
        organisation=organisation,
        started=started,
        ended=ended,
        is_ongoing=ongoing(started, ended, said=yes_no(post.get("isCurrent"))),
        description=told,
    )


def _education(study: Mapping[str, Any]) -> Iterator[Item]:
    school, kind = text(study.get("institution")), text(study.get("studyType"))
    started, ended = date_text(study.get("startDate")), date_text(study.get("endDate"))
    degree, done = degree_code(kind), yes_no(study.get("isCompleted"))
    is_completed = bool(ended or not started) if done is None else done
    yield from named(
        "education",
        "education",
        " · ".join(one for one in (school, kind, text(study.get("area"))) if one),
        90 if degree else 45,
        degree=degree,
        major=text(study.get("area")),
        school=school,
        started=started,
        ended=ended,
        is_completed="y" if is_completed else "",
    )


def _skill(skill: Mapping[str, Any]) -> Iterator[Item]:
    """The name of a group, and the words under it, which are the skills proper."""
    name, level = text(skill.get("name")), text(skill.get("level"))
    said = f" ({_LEVELS.get(level.casefold(), level)})" if level else ""
    words = texts(skill.get("keywords"))
    if name:
        yield from named(
            "skill", "skills", f"{name} {level}", 55 if words else 85,
            skill=f"{name}{said}", code=text(skill.get("code")), esco=esco_address(text(skill.get("url"))),
        )  # fmt: skip
    for word in words:
        yield from named("skill", "skills", f"{name}: {word}", 80, skill=word)
