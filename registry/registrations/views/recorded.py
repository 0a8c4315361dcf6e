"""A person's own record as answers of the journey: what its forms show, and their values written back."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from registry.people import operations
from registry.people.models import (
    CadreFacet,
    Education,
    Experience,
    LanguageClaim,
    OverseasFacet,
    Person,
)
from registry.people.queries import profile_of
from registry.people.rules import OverseasDraft
from registry.people.views.contacts import contact_values, contacts_version
from registry.people.views.entry_sections import SECTIONS
from registry.people.views.languages import language_values
from registry.people.views.self_section import self_values
from registry.people.views.wishes import wishes_values, wishes_version
from registry.places.queries import country_name
from registry.registrations.rules import Task
from registry.registrations.views.own import Own
from registry.web.i18n import current_language

_MODELS: Mapping[Task, Any] = {
    Task.EDUCATION: Education,
    Task.EXPERIENCE: Experience,
    Task.LANGUAGES: LanguageClaim,
}


@dataclass(frozen=True)
class Row:
    """A part of a record as a form wants it."""

    row: str
    version: str
    values: Mapping[str, Any]
    saved_at: datetime | None = None


class Recorded:
    """The record of one person, read and written by that person."""

    def __init__(self, own: Own, person: Person) -> None:
        self.own, self.person = own, person
        self.session: Session = own.session
        self.profile = profile_of(own.session, person, on=own.on, locale=current_language())

    def answered(self) -> set[Task]:
        """The tasks about which the record says something."""
        person, profile = self.person, self.profile
        said: Mapping[Task, object] = {
            Task.CONSENT: True,
            Task.ABOUT: person.full_name,
            Task.CONTACTS: person.contacts,
            Task.PAPERS: person.identities,
            Task.POST: profile.cadres,
            Task.EDUCATION: profile.education,
            Task.SKILLS: profile.card.skills,
            Task.LANGUAGES: profile.languages,
            Task.EXPERIENCE: profile.experience,
            Task.DEEDS: profile.achievements,
            Task.WISHES: profile.availability,
        }
        return {task for task, there in said.items() if there}

    def rows(self, task: Task) -> list[Row]:
        """The rows of a task; none where nothing was said."""
        return list(_ROWS[task](self))

    def write(self, task: Task, row: str, parsed: Any) -> None:
        """Write what a form said. The version was looked at before; a writer in between raises StaleDataError."""
        _WRITE[task](self, row, parsed)

    def remove(self, task: Task, row: str) -> None:
        """Take a row away, as the record does it: entries go, claims end."""
        found = self.entry(task, row)
        if found is None:
            return
        said: dict[str, Any] = {
            "expected_version": found.version,
            "by": self.own.account.id,
            "at": self.own.at,
        }
        if task is Task.LANGUAGES:
            operations.close_language_claim(self.session, self.person, found, on=self.own.on, **said)
        else:
            operations.remove_entry(self.session, self.person, found, **said)

    def entry(self, task: Task, row: str) -> Any:
        """The stored row of an entry, None for another one."""
        rows: Mapping[Task, Any] = {
            Task.EDUCATION: self.profile.education,
            Task.EXPERIENCE: self.profile.experience,
            Task.LANGUAGES: self.profile.languages,
            Task.DEEDS: self.profile.achievements,
        }
        return next((one for one in rows[task] if one.public_id == row), None)

    @property
    def overseas(self) -> OverseasFacet | None:
        """What is said about living abroad."""
        return next(iter(self.profile.overseas), None)

    @property
    def cadre(self) -> CadreFacet | None:
        """The post of an official."""
        return next(iter(self.profile.cadres), None)

    def say_abroad(self, **said: Any) -> None:
        """Change what is said about living abroad, beginning it where nothing was."""
        by: dict[str, Any] = {"by": self.own.account.id, "at": self.own.at}
        facet = self.overseas
        if facet is None:
            country = said.get("country") or self.person.residence_country
            if country:
                draft = replace(OverseasDraft(country), **said)
                operations.add_entry(self.session, self.person, draft, **by)
            return
        wanted = replace(operations.draft_of(facet), **said)
        operations.revise_entry(
            self.session, self.person, facet, wanted, expected_version=facet.version, **by
        )


def _about(record: Recorded) -> list[Row]:
    facet = record.overseas
    values = self_values(record.person)
    if facet is not None:
        values |= {
            "right_to_stay": "" if facet.right_to_stay is None else facet.right_to_stay.value,
            "time_zone": facet.time_zone,
        }
        if not values["residence_country"]:
            values["residence_country"] = country_name(facet.country, current_language())
    return [Row("", str(record.person.version), values, record.person.updated_at)]


def _contacts(record: Recorded) -> list[Row]:
    return [Row("", contacts_version(record.person), contact_values(record.session, record.person))]


def _post(record: Recorded) -> list[Row]:
    facet = record.cadre
    if facet is None:
        return []
    return [Row("", str(facet.version), SECTIONS["can-bo"].values(facet), facet.updated_at)]


def _wishes(record: Recorded) -> list[Row]:
    facet, person = record.overseas, record.person
    values = wishes_values(record.session, person)
    intent = None if facet is None else facet.return_intent
    values["return_intent"] = "" if intent is None else intent.value
    return [Row("", wishes_version(record.session, person), values)] if values.get("state") else []


def _education(record: Recorded) -> list[Row]:
    section = SECTIONS["hoc-van"]
    return [Row(one.public_id, str(one.version), section.values(one)) for one in record.profile.education]


def _experience(record: Recorded) -> list[Row]:
    section = SECTIONS["kinh-nghiem"]
    return [Row(one.public_id, str(one.version), section.values(one)) for one in record.profile.experience]


def _deeds(record: Recorded) -> list[Row]:
    section = SECTIONS["thanh-tich"]
    return [Row(one.public_id, str(one.version), section.values(one)) for one in record.profile.achievements]


def _languages(record: Recorded) -> list[Row]:
    return [Row(one.public_id, str(one.version), language_values(one)) for one in record.profile.languages]


_ROWS: Mapping[Task, Callable[[Recorded], list[Row]]] = {
    Task.ABOUT: _about,
    Task.CONTACTS: _contacts,
    Task.POST: _post,
    Task.WISHES: _wishes,
    Task.EDUCATION: _education,
    Task.EXPERIENCE: _experience,
    Task.LANGUAGES: _languages,
    Task.DEEDS: _deeds,
}


def _by(record: Recorded) -> dict[str, Any]:
    return {"by": record.own.account.id, "at": record.own.at}


def _write_about(record: Recorded, _row: str, parsed: Any) -> None:
    about, abroad = parsed
    operations.revise_person(
        record.session, record.person, about, expected_version=record.person.version, **_by(record)
    )
    if abroad is not None:
        said = {
            "country": abroad.country,
            "right_to_stay": abroad.right_to_stay,
            "time_zone": abroad.time_zone,
        }
        record.say_abroad(**said)


def _write_contacts(record: Recorded, _row: str, parsed: Any) -> None:
    operations.replace_contacts(record.session, record.person, parsed, **_by(record))


def _write_post(record: Recorded, _row: str, parsed: Any) -> None:
    facet = record.cadre
    if facet is None:
        operations.add_entry(record.session, record.person, parsed, **_by(record))
        return
    version = facet.version
    operations.revise_entry(
        record.session, record.person, facet, parsed, expected_version=version, **_by(record)
    )


def _write_wishes(record: Recorded, _row: str, parsed: Any) -> None:
    statement, places, intent = parsed
    operations.set_availability(record.session, record.person, statement, **_by(record))
    operations.set_accepted_places(record.session, record.person, places, on=record.own.on, **_by(record))
    if intent is not None or record.overseas is not None:
        record.say_abroad(return_intent=intent)


def _write_entry(task: Task) -> Callable[[Recorded, str, Any], None]:
    def write(record: Recorded, row: str, parsed: Any) -> None:
        found = record.entry(task, row)
        if found is None:
            operations.add_entry(record.session, record.person, parsed, **_by(record))
            return
        operations.revise_entry(
            record.session, record.person, found, parsed, expected_version=found.version, **_by(record)
        )

    return write


def _write_language(record: Recorded, row: str, parsed: Any) -> None:
    said: dict[str, Any] = {"on": record.own.on, **_by(record)}
    found = record.entry(Task.LANGUAGES, row)
    if found is None:
        operations.claim_language(record.session, record.person, parsed, **said)
        return
    operations.revise_language_claim(
        record.session, record.person, found, parsed, expected_version=found.version, **said
    )


_WRITE: Mapping[Task, Callable[[Recorded, str, Any], None]] = {
    Task.ABOUT: _write_about,
    Task.CONTACTS: _write_contacts,
    Task.POST: _write_post,
    Task.WISHES: _write_wishes,
    Task.EDUCATION: _write_entry(Task.EDUCATION),
    Task.EXPERIENCE: _write_entry(Task.EXPERIENCE),
    Task.LANGUAGES: _write_language,
    Task.DEEDS: _write_entry(Task.DEEDS),
}
