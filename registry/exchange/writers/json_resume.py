"""JSON Resume 1.0.0 (jsonresume.org): a profile as the JSON that many editors of curricula vitae read.

What JSON Resume has no field for stands where its schema lets entries carry more: `isCurrent` at a post (an open end may
also be an end nobody knows), `isCompleted` at a course of study, and at a skill `code` (of the registry's vocabulary) and
`url` (of the concept in ESCO), the name under which other entries have addresses.

The registry's own reader gives back name, headline, e-mail, telephone, residence, posts (title, organisation, period,
description), courses (degree, major, school, period, completed or not), skills with level and codes, languages with level,
publications (title, date, DOI) and awards (title, date). Written but not read back: summary, countries, places of posts,
classifications, certificates of languages, level and role of deeds, projects. Not written: date of birth, nationalities, ORCID iD.
"""

import json
from collections.abc import Iterator
from typing import Any

from registry.exchange.writers.open_profile import (
    OpenDeed,
    OpenPost,
    OpenProfile,
    OpenSkill,
    OpenStudy,
    cefr,
    degree_name,
    iso,
    language_name,
    level_words,
    said,
)
from registry.people.rules import AchievementKind
from registry.people.rules.doi import doi_address
from registry.text.formulas import writable

SCHEMA = "https://raw.githubusercontent.com/jsonresume/resume-schema/v1.0.0/schema.json"


def json_resume(profile: OpenProfile) -> bytes:
    """The file, UTF-8."""
    return (json.dumps(json_resume_document(profile), ensure_ascii=False, indent=2) + "\n").encode()


def json_resume_document(profile: OpenProfile) -> dict[str, Any]:
    """The document; sections with nothing in them are left out."""
    language = profile.language
    return said(
        {
            "$schema": SCHEMA,
            "basics": _basics(profile),
            "work": [_work(one) for one in profile.posts],
            "education": [_education(one, language) for one in profile.studies],
            "awards": list(_awards(profile)),
            "certificates": [
                said({"name": one.certificate, "language": one.code})
                for one in profile.languages
                if one.certificate
            ],
            "publications": list(_publications(profile)),
            "skills": [_skill(one, language) for one in profile.skills],
            "languages": [
                said({"language": language_name(one.code, language), "fluency": cefr(one.rank)})
                for one in profile.languages
            ],
            "projects": list(_projects(profile)),
            "meta": {
                "canonical": SCHEMA,
                "version": "v1.0.0",
                "lastModified": f"{profile.made_on.isoformat()}T00:00:00",
                "profile": profile.code,
            },
        }
    )


def _basics(profile: OpenProfile) -> dict[str, Any]:
    # «xã Ba Tri, tỉnh Vĩnh Long»: the province is the region, what stands before it the city.
    city, _, region = profile.residence.rpartition(", ")
    place = {"city": city or region, "region": region if city else "", "countryCode": profile.country}
    return said(
        {
            "name": profile.name,
            "label": profile.headline,
            "email": profile.email,
            "phone": profile.phone,
            "summary": profile.summary,
            "location": said(place),
        }
    )


def _work(post: OpenPost) -> dict[str, Any]:
    return said(
        {
            "name": post.organisation,
            "location": post.place,
            "position": post.title,
            "startDate": iso(post.started),
            "endDate": iso(post.ended),
            "summary": post.description,
            "isCurrent": post.is_ongoing,
        }
    )


def _education(study: OpenStudy, language: str) -> dict[str, Any]:
    return said(
        {
            "institution": study.school,
            "area": study.major,
            "studyType": degree_name(study.degree, language),
            "startDate": iso(study.started),
            "endDate": iso(study.ended),
            "score": study.classification,
            "isCompleted": study.is_completed,
        }
    )


def _skill(skill: OpenSkill, language: str) -> dict[str, Any]:
    return said(
        {
            "name": skill.name,
            "level": level_words(skill, language),
            "code": skill.code,
            "url": skill.esco,
        }
    )


def _awards(profile: OpenProfile) -> Iterator[dict[str, Any]]:
    for one in profile.deeds:
        if one.kind is AchievementKind.AWARD:
            yield said({"title": one.title, "date": iso(one.when), "summary": _summary(one)})


def _publications(profile: OpenProfile) -> Iterator[dict[str, Any]]:
    for one in profile.deeds:
        if one.kind is AchievementKind.PUBLICATION:
            told = {"name": one.title, "releaseDate": iso(one.when), "url": doi_address(one.doi)}
            yield said({**told, "summary": _summary(one)})


def _projects(profile: OpenProfile) -> Iterator[dict[str, Any]]:
    for one in profile.deeds:
        if one.kind not in (AchievementKind.AWARD, AchievementKind.PUBLICATION):
            yield said(
                {
                    "name": one.title,
                    "description": one.level,
                    "endDate": iso(one.when),
                    "roles": [writable(one.role)] if one.role else [],
                    "type": one.kind_words,
                }
            )


def _summary(deed: OpenDeed) -> str:
    return ", ".join(part for part in (deed.level, deed.role) if part)
