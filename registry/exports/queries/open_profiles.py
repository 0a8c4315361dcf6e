"""One person as the open formats tell of them, masked for whoever takes the file. Reads only.

Of people who may not be named the file has what their page shows: headline, titles of posts, degrees and subjects,
languages and skills; no name, contact, birth, place, employer, school, classification, description, deed or ORCID iD.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from sqlalchemy.orm import Session

from registry.exchange.writers.open_profile import (
    OpenDeed,
    OpenLanguage,
    OpenPost,
    OpenProfile,
    OpenSkill,
    OpenStudy,
)
from registry.people.models import Contact, Education, Experience, Person
from registry.people.queries import Profile, SkillLine, contacts_in_clear, profile_of
from registry.people.rules import ContactKind
from registry.people.rules.orcid import orcids_in
from registry.skills.queries import esco_addresses
from registry.skills.rules import LevelScale, highest_level, level_of

HOME_COUNTRY = "VN"


@dataclass(frozen=True)
class Taken:
    """How a file is taken: by whom the person may be named, what stands for the name, its language, who gives it.

    `words` are the classifications of degrees and the kinds of deeds in that language.
    """

    is_named: bool
    name: str
    language: str
    supplier: str
    words: Mapping[Any, str]


def open_profile(session: Session, person: Person, taken: Taken, *, on: date) -> OpenProfile:
    """The person as plain values."""
    profile = profile_of(session, person, on=on, locale=taken.language)
    told = OpenProfile(
        code=person.code,
        name=taken.name,
        given=taken.name,
        made_on=on,
        language=taken.language,
        supplier=taken.supplier,
        headline=person.headline,
        posts=[_post(row, profile, is_named=taken.is_named) for row in profile.experience],
        studies=[_study(row, taken) for row in profile.education],
        languages=[
            OpenLanguage(row.language, row.rank, row.certificate)
            for row in profile.languages
            if row.rank != 0  # «không biết»
        ],
        skills=_skills(session, profile, taken.language),
    )
    return replace(told, **_named(session, person, profile, taken)) if taken.is_named else told


def _named(session: Session, person: Person, profile: Profile, taken: Taken) -> dict[str, Any]:
    """What hangs on the name."""
    countries = [row.country for row in person.nationalities]
    given, family = name_parts(person.full_name, is_family_first=not countries or HOME_COUNTRY in countries)
    return {
        "given": given,
        "family": family,
        "summary": person.summary,
        **_contacts(session, person),
        "orcid": min((one for row in profile.evidence for one in orcids_in(row.reference)), default=""),
        "birth": person.birth,
        "nationalities": countries,
        "residence": profile.unit_words.get(person.residence_unit_id or 0, person.residence_text),
        "country": person.residence_country or "",
        "deeds": [
            OpenDeed(row.kind, taken.words[row.kind], row.title, row.level, row.role, row.when, row.doi)
            for row in profile.achievements
        ],
    }


def name_parts(name: str, *, is_family_first: bool) -> tuple[str, str]:
    """(given, family) of a name: the first word of a Vietnamese one, the last of another is the family's."""
    words = name.split()
    if len(words) < 2:
        return name, ""
    if is_family_first:
        return " ".join(words[1:]), words[0]
    return " ".join(words[:-1]), words[-1]


def _contacts(session: Session, person: Person) -> dict[str, str]:
    """One address and one number, those preferred before others."""
    clear = contacts_in_clear(session, person)
    rows: Sequence[Contact] = sorted(person.contacts, key=lambda row: (row.is_preferred, -row.id))
    found = {row.kind: clear[row.id] for row in rows}
    return {"email": found.get(ContactKind.EMAIL, ""), "phone": found.get(ContactKind.PHONE, "")}


def _post(row: Experience, profile: Profile, *, is_named: bool) -> OpenPost:
    told = OpenPost(row.title, started=row.started, ended=row.ended, is_ongoing=row.is_ongoing)
    if not is_named:
        return told
    return OpenPost(
        row.title,
        row.organisation_text,
        profile.unit_words.get(row.unit_id or 0, row.place_text),
        row.country or "",
        row.started,
        row.ended,
        row.is_ongoing,
        row.description,
    )


def _study(row: Education, taken: Taken) -> OpenStudy:
    return OpenStudy(
        row.degree_code,
        row.major,
        row.school if taken.is_named else "",
        (row.school_country or "") if taken.is_named else "",
        row.started,
        row.ended,
        row.is_completed,
        taken.words[row.classification] if taken.is_named and row.classification is not None else "",
    )


def _skills(session: Session, profile: Profile, language: str) -> list[OpenSkill]:
    """Claims with their codes; what somebody says not to have is left out."""
    lines = [line for line in profile.card.skills if line.claim.level != 0]
    addresses = esco_addresses(session, {line.claim.skill_id for line in lines if line.claim.skill_id})
    return [_skill(line, addresses, language) for line in lines]


def _skill(line: SkillLine, addresses: Mapping[int, str], language: str) -> OpenSkill:
    scale = line.scale or LevelScale.GENERAL
    level = line.claim.level
    return OpenSkill(
        (line.english if language == "en" else "") or line.label,
        line.code or "",
        addresses.get(line.claim.skill_id or 0, ""),
        None if level is None else level_of(scale, level),
        highest_level(scale),
    )
