"""A record of ORCID (schema 2.0 to 3.0) as it is exported: JSON and XML come to the same tree of names.

Works and distinctions are suggested, none ticked: records have many that programs added, some of others of the same name.
"""

from collections.abc import Iterator, Mapping
from typing import Any

from registry.exchange.readers.cv.found import Item, Part
from registry.exchange.readers.cv.plain import (
    SUGGESTED,
    date_of_parts,
    degree_code,
    mapping,
    named,
    ongoing,
    rows,
    text,
    whole_name,
)
from registry.people.rules.doi import doi_of
from registry.people.rules.kinds import AchievementKind

_SECTIONS: tuple[tuple[str, str, Part], ...] = (
    ("educations", "education-summary", "education"),
    ("employments", "employment-summary", "experience"),
    ("invited-positions", "invited-position-summary", "experience"),
)


_OWN = "Talent registry"


def is_orcid(document: Mapping[str, Any]) -> bool:
    """Whether an object looks like a record of ORCID."""
    return "orcid-identifier" in document or ("person" in document and "activities-summary" in document)


def orcid_items(document: Mapping[str, Any]) -> Iterator[Item]:
    """The items of a record: name, posts and studies, key words as skills, works and distinctions as deeds."""
    person = mapping(document.get("person"))
    name = mapping(person.get("name"))
    # Names are kept in two parts; which comes first depends on who writes it, so the person looks at it.
    given, family = _value(name.get("given-names")), _value(name.get("family-name"))
    usual = f"{family} {given}" if _is_vietnamese(family) else f"{given} {family}"
    written = whole_name(_value(name.get("credit-name")), given, family) or usual
    yield from named("about", "person", f"{given} {family}", 75, full_name=written.strip())
    for address in rows(mapping(person.get("emails")).get("email")):
        yield from named("contact", "person", text(address.get("email")), email=text(address.get("email")))
    for word in rows(mapping(person.get("keywords")).get("keyword")):
        for part in _words_of(word):
            yield from named("skill", "keywords", part.strip(), 75, skill=part.strip())
    activities = mapping(document.get("activities-summary"))
    for section, summary, part in _SECTIONS:
        for one in _summaries(mapping(activities.get(section)), summary):
            yield from _affiliation(one, section, part)
    yield from _deeds(activities)


def _deeds(activities: Mapping[str, Any]) -> Iterator[Item]:
    for one in _summaries(mapping(activities.get("distinctions")), "distinction-summary"):
        yield from _deed(
            "distinctions", AchievementKind.AWARD, text(one.get("role-title")), when=one.get("start-date")
        )
    for group in rows(mapping(activities.get("works")).get("group")):
        # The versions of one work are in one group; the first is the one its owner prefers.
        for work in rows(group.get("work-summary"))[:1]:
            yield from _work(work, mapping(group.get("external-ids")))


def _words_of(word: Mapping[str, Any]) -> list[str]:
    """What stands in a key word: people write several into one; the registry writes one into each."""
    content, source = _value(word.get("content")), mapping(word.get("source"))
    return [content] if _value(source.get("source-name")) == _OWN else content.replace(";", ",").split(",")


def _summaries(section: Mapping[str, Any], summary: str) -> Iterator[Mapping[str, Any]]:
    """The entries of a section: in groups since schema 3.0, plain before."""
    yield from rows(section.get(summary))
    for group in rows(section.get("affiliation-group")):
        for wrapped in rows(group.get("summaries")):
            yield from rows(wrapped.get(summary))
        yield from rows(group.get(summary))


def _affiliation(one: Mapping[str, Any], section: str, part: Part) -> Iterator[Item]:
    organisation = mapping(one.get("organization"))
    place, role = text(organisation.get("name")), text(one.get("role-title"))
    department = text(one.get("department-name"))
    started, ended = _date(one.get("start-date")), _date(one.get("end-date"))
    quote = " · ".join(said for said in (role, place, started, ended) if said)
    period = {"started": started, "ended": ended}
    if part == "education":
        degree = degree_code(role)
        done = "y" if ended or not started else ""
        yield from named(
            part, section, quote, 90 if degree else 45,
            degree=degree, major=department, school=place, is_completed=done, **period,
        )  # fmt: skip
        return
    where = f"{department}, {place}" if department and place else place
    yield from named(
        part, section, quote, 90 if role else 50,
        title=role, organisation=where, is_ongoing=ongoing(started, ended), **period,
    )  # fmt: skip


def _work(work: Mapping[str, Any], ids_of_group: Mapping[str, Any]) -> Iterator[Item]:
    kind = (
        AchievementKind.PATENT if text(work.get("type")).lower() == "patent" else AchievementKind.PUBLICATION
    )
    ids = [
        *rows(mapping(work.get("external-ids")).get("external-id")),
        *rows(ids_of_group.get("external-id")),
    ]
    dois = (doi_of(_value(one.get("external-id-value"))) for one in ids if _is_own_doi(one))
    yield from _deed(
        "works", kind, _value(mapping(work.get("title")).get("title")),
        doi=next((one for one in dois if one), ""), when=work.get("publication-date"), place=_value(work.get("journal-title")),
    )  # fmt: skip


def _is_own_doi(one: Mapping[str, Any]) -> bool:
    """Whether a name is a DOI of the work itself, not of what it is part of."""
    relation = text(one.get("external-id-relationship")).lower()
    return text(one.get("external-id-type")).lower() == "doi" and relation in {"", "self", "version-of"}


def _deed(
    section: str, kind: AchievementKind, title: str, *, doi: str = "", when: Any = None, place: str = ""
) -> Iterator[Item]:
    day = _date(when)
    if title:
        quote = " · ".join(said for said in (title, place, day, doi) if said)
        yield from named("deed", section, quote, SUGGESTED, kind=kind.value, title=title, doi=doi, when=day)


def _date(value: Any) -> str:
    parts = mapping(value)
    return date_of_parts(*(_value(parts.get(name)) for name in ("year", "month", "day")))


def _value(value: Any) -> str:
    """A text, or the text in {"value": …}."""
    return text(mapping(value).get("value")) if isinstance(value, dict) else text(value)


_FAMILIES = frozenset(
    [
        "nguyễn",
        "trần",
        "lê",
        "phạm",
        "hoàng",
        "huỳnh",
        "phan",
        "vũ",
        "võ",
        "đặng",
        "bùi",
        "đỗ",
        "hồ",
        "ngô",
        "dương",
        "lý",
        "lò",
        "vàng",
        "giàng",
        "sùng",
        "thào",
        "lừ",
        "đinh",
        "trịnh",
        "đào",
        "đoàn",
        "nguyen",
        "tran",
        "pham",
        "hoang",
        "huynh",
        "vu",
        "vo",
        "dang",
        "bui",
        "ngo",
        "duong",
        "trinh",
        "dao",
        "doan",
        "dinh",
    ]
)


def _is_vietnamese(family: str) -> bool:
    return family.casefold() in _FAMILIES
