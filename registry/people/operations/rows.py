"""A person's draft as rows of the tables, for many people at once: what `registration` puts on objects, as plain values.

What is the same for all rows of a table (ids, versions, times) the tables' own defaults say. A test registers the same
drafts both ways and compares every table.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import fields
from datetime import date, datetime
from functools import lru_cache
from typing import Any

from registry.db.keys import Keyring
from registry.people.models import (
    AcceptedPlace,
    Contact,
    IdentityDocument,
    LanguageClaim,
    Nationality,
    SkillClaim,
)
from registry.people.models.sealed import address_sealed, number_sealed
from registry.people.operations.entries import MODELS, EntryDraft
from registry.people.rules import AvailabilityDraft, PartialDate, PersonDraft, PlaceDraft
from registry.people.rules.full_text import headline_words
from registry.text import fold, person_sort_key

Row = dict[str, Any]


def person_row(draft: PersonDraft, public_id: str, *, by: int | None, at: datetime, on: date) -> Row:
    """The row of the person itself, without its code."""
    own = draft.self
    return {
        "public_id": public_id,
        "external_id": draft.external_id,
        "submission_key": draft.submission_key,
        "state": draft.state,
        "legal_basis": draft.legal_basis,
        "author": draft.author,
        "unit_id": draft.unit_id,
        "unit_path": draft.unit_path,
        "organisation_id": draft.organisation_id,
        "organisation_path": draft.organisation_path,
        "confirmed_on": on,
        "edited_by_id": by,
        "created_at": at,
        "updated_at": at,
        "full_name": own.full_name,
        "folded_name": fold(own.full_name),
        "name_sort_key": person_sort_key(own.full_name),
        **_dated("birth_on", "birth_precision", own.birth),
        "sex": own.sex,
        "headline": own.headline,
        "folded_headline": headline_words(own.headline),
        "summary": own.summary,
        "stated_years": own.stated_years,
        "origin_unit_id": own.origin.unit_id,
        "origin_text": own.origin.text,
        "birthplace_unit_id": own.birthplace.unit_id,
        "birthplace_text": own.birthplace.text,
        "residence_unit_id": own.residence.unit_id,
        "residence_text": own.residence.text,
        "residence_unit_path": own.residence.unit_path,
        "residence_country": own.residence.country,
    }


def rows_of(keyring: Keyring, public_id: str, draft: PersonDraft, on: date) -> Iterator[tuple[type, Row]]:
    """The rows that hang on the person, each with its table; without the statement about being free."""
    for country in dict.fromkeys(draft.self.nationalities):
        yield Nationality, {"country": country}
    yield from ((Contact, row) for row in _contacts(keyring, public_id, draft))
    for one in draft.identities:
        sealed, digest = number_sealed(keyring, public_id, one.kind, one.number)
        number = {"kind": one.kind, "number_sealed": sealed, "number_digest": digest, "country": one.country}
        yield IdentityDocument, number | {"issued_on": one.issued_on, "expires_on": one.expires_on}
    entries: Sequence[EntryDraft] = (
        *draft.experts, *draft.cadres, *draft.overseas, *draft.education, *draft.experience, *draft.achievements
    )  # fmt: skip
    yield from ((MODELS[type(entry)], _entry(entry)) for entry in entries)
    for language in draft.languages:
        yield LanguageClaim, _plainly(language) | {"valid_from": on}
    for skill in draft.skills:
        yield SkillClaim, _plainly(skill) | {"valid_from": on}
    for place in draft.places:
        yield AcceptedPlace, _plainly(place) | {"stated_on": on}


def free_row(draft: AvailabilityDraft, by: int | None) -> Row:
    """The statement about being free."""
    values = _plainly(draft)
    del values["forms"]
    return {"recorded_by_id": by, **values}


def _contacts(keyring: Keyring, public_id: str, draft: PersonDraft) -> list[Row]:
    """One row a kind and value; of equal ones the first counts."""
    wanted: dict[tuple[str, str], Row] = {}
    for one in draft.contacts:
        sealed, digest = address_sealed(keyring, public_id, one.kind, one.value)
        row: Row = {"kind": one.kind, "value_digest": digest, "value_sealed": sealed}
        wanted.setdefault((one.kind, digest), row | {"is_preferred": one.is_preferred})
    return list(wanted.values())


def _entry(draft: EntryDraft) -> Row:
    row: Row = {}
    for name, put in _writers(type(draft)):
        row |= put(getattr(draft, name))
    return row


def _plainly(draft: Any) -> Row:
    """The values of a draft whose fields are the columns."""
    return {name: getattr(draft, name) for name in _names(draft.__class__)}


@lru_cache
def _names(kind: Any) -> tuple[str, ...]:
    return tuple(one.name for one in fields(kind))


def _dated(day: str, precision: str, value: PartialDate | None) -> Row:
    return {
        day: None if value is None else value.earliest,
        precision: None if value is None else value.precision,
    }


def _place(place: PlaceDraft) -> Row:
    return {"place_text": place.text, "unit_id": place.unit_id, "country": place.country}


_SHAPED: Mapping[str, Callable[[Any], Row]] = {
    "started": lambda value: _dated("from_on", "from_precision", value),
    "ended": lambda value: _dated("to_on", "to_precision", value),
    "when": lambda value: _dated("on_date", "on_precision", value),
    "place": _place,
}
"""Fields of drafts whose columns have another shape."""


@lru_cache
def _writers(kind: Any) -> tuple[tuple[str, Callable[[Any], Row]], ...]:
    return tuple((name, _SHAPED.get(name) or _plain_column(name)) for name in _names(kind))


def _plain_column(name: str) -> Callable[[Any], Row]:
    return lambda value: {name: value}
