"""A record of ORCID (schema 3.0) as JSON, in the shape in which orcid.org gives records out.

Nothing is sent to orcid.org. The iD stands in it where the profile names one, else the record is without.

The registry's own reader gives back name, e-mail, posts (title, organisation, period), courses (degree, major, school,
period), skills as key words, and as suggestions publications and patents (kind, title, date, DOI) and awards (title, date). Key words have no field for codes and levels, records none for languages, telephones and
descriptions of posts: these are not written. Only the country of the residence is. An end that nobody knows reads as
«still going on», since a record has no other sign for it; of a course that was not completed the end is left out, and
without a begin the whole of it, or it would read as completed. Written but not read back: biography, countries and places
of organisations, the level of an award. Not written: the role in a work, initiatives and tasks.
"""

import json
from collections.abc import Iterable
from typing import Any

from registry.exchange.writers.open_profile import (
    OpenDeed,
    OpenPost,
    OpenProfile,
    OpenStudy,
    degree_name,
)
from registry.people.rules import AchievementKind, PartialDate
from registry.people.rules.doi import doi_address
from registry.text.formulas import writable

SOURCE = "Talent registry"
"""Who gave a key word. Of such the reader takes every one whole; what others wrote into one it parts at commas."""

_WORKS = {AchievementKind.PUBLICATION: "other", AchievementKind.PATENT: "patent"}


def orcid_record(profile: OpenProfile) -> bytes:
    """The file, UTF-8."""
    return (json.dumps(orcid_document(profile), ensure_ascii=False, indent=2) + "\n").encode()


def orcid_document(profile: OpenProfile) -> dict[str, Any]:
    """The document."""
    found: dict[str, Any] = {}
    if profile.orcid:
        found["orcid-identifier"] = {
            "uri": f"https://orcid.org/{profile.orcid}",
            "path": profile.orcid,
            "host": "orcid.org",
        }
    return {
        **found,
        "preferences": {"locale": profile.language},
        "person": _person(profile),
        "activities-summary": {
            "distinctions": _group(_distinction(one) for one in profile.deeds if one.kind is AchievementKind.AWARD),
            "educations": _group(
                _education(one, profile.language)
                for one in profile.studies
                if one.is_completed or one.started is not None
            ),
            "employments": _group(_employment(one) for one in profile.posts),
            "works": {"group": [_work(one) for one in profile.deeds if one.kind in _WORKS]},
        },
    }  # fmt: skip


def _person(profile: OpenProfile) -> dict[str, Any]:
    told = "\n\n".join(part for part in (profile.headline, profile.summary) if part)
    return {
        "name": {
            "given-names": _value(profile.given or profile.name),
            "family-name": _value(profile.family),
            "credit-name": _value(profile.name),
        },
        "biography": {"content": writable(told)} if told else None,
        "emails": {"email": [{"email": writable(profile.email)}] if profile.email else []},
        "addresses": {"address": [{"country": _value(profile.country)}] if profile.country else []},
        "keywords": {
            "keyword": [
                {"content": writable(one.name), "source": {"source-name": _value(SOURCE)}}
                for one in profile.skills
            ]
        },
    }


def _group(summaries: Iterable[dict[str, Any]]) -> dict[str, Any]:
    return {"affiliation-group": [{"external-ids": _no_ids(), "summaries": [one]} for one in summaries]}


def _no_ids() -> dict[str, Any]:
    return {"external-id": []}


def _employment(post: OpenPost) -> dict[str, Any]:
    told = _affiliation(post.title, "", post.organisation, post.place, post.country)
    ended = None if post.is_ongoing else _date(post.ended)
    return {"employment-summary": {**told, "start-date": _date(post.started), "end-date": ended}}


def _education(study: OpenStudy, language: str) -> dict[str, Any]:
    told = _affiliation(degree_name(study.degree, language), study.major, study.school, "", study.country)
    ended = _date(study.ended) if study.is_completed else None
    return {"education-summary": {**told, "start-date": _date(study.started), "end-date": ended}}


def _distinction(deed: OpenDeed) -> dict[str, Any]:
    told = _affiliation(deed.title, "", deed.level, "", "")
    return {"distinction-summary": {**told, "start-date": _date(deed.when), "end-date": None}}


def _affiliation(role: str, department: str, organisation: str, city: str, country: str) -> dict[str, Any]:
    return {
        "department-name": writable(department) or None,
        "role-title": writable(role) or None,
        "organization": {
            "name": writable(organisation),
            "address": {"city": writable(city) or None, "region": None, "country": country or None},
        },
    }


def _work(deed: OpenDeed) -> dict[str, Any]:
    told = {
        "title": {"title": _value(deed.title), "subtitle": None, "translated-title": None},
        "type": _WORKS[deed.kind],
        "publication-date": _date(deed.when),
    }
    ids = {"external-id": [_doi(deed.doi)] if deed.doi else []}
    return {"external-ids": ids, "work-summary": [{**told, "external-ids": ids}]}


def _doi(doi: str) -> dict[str, Any]:
    return {
        "external-id-type": "doi",
        "external-id-value": writable(doi),
        "external-id-url": _value(doi_address(doi)),
        "external-id-relationship": "self",
    }


def _date(day: PartialDate | None) -> dict[str, Any] | None:
    if day is None:
        return None
    parts = {"month": day.month, "day": day.day}
    told = {name: None if part is None else {"value": f"{part:02d}"} for name, part in parts.items()}
    return {"year": {"value": f"{day.year:04d}"}, **told}


def _value(text: str) -> dict[str, str] | None:
    return {"value": writable(text)} if text else None
