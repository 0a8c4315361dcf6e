"""The dated rows of a record that are edited one by one: education, experience, achievements, ties to places and the facets.

One pair of functions serves them all, since all are kept alike. Languages and skills are different: their
levels are never overwritten (see `claims`).
"""

from collections.abc import Callable, Mapping
from dataclasses import fields
from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from registry.people.models import (
    Achievement,
    Affinity,
    CadreFacet,
    Education,
    Experience,
    ExpertFacet,
    OverseasFacet,
    Person,
)
from registry.people.operations.evidence import drop_loose_evidence
from registry.people.operations.identity import check_version
from registry.people.operations.traces import differences, plain, trace
from registry.people.rules import (
    AchievementDraft,
    AffinityDraft,
    CadreDraft,
    EducationDraft,
    ExperienceDraft,
    ExpertDraft,
    OverseasDraft,
    PlaceDraft,
)

Entry = Education | Experience | Achievement | ExpertFacet | CadreFacet | OverseasFacet | Affinity
EntryDraft = (
    EducationDraft
    | ExperienceDraft
    | AchievementDraft
    | ExpertDraft
    | CadreDraft
    | OverseasDraft
    | AffinityDraft
)

MODELS: dict[type[EntryDraft], type[Entry]] = {
    EducationDraft: Education,
    ExperienceDraft: Experience,
    AchievementDraft: Achievement,
    ExpertDraft: ExpertFacet,
    CadreDraft: CadreFacet,
    OverseasDraft: OverseasFacet,
    AffinityDraft: Affinity,
}
_DRAFTS: dict[type[Entry], type[EntryDraft]] = {model: draft for draft, model in MODELS.items()}


def add_entry(session: Session, person: Person, draft: EntryDraft, *, by: int | None, at: datetime) -> Entry:
    """Add a row to a record."""
    row = write_new(person, draft)
    session.add(row)
    session.flush()
    changes = {name: (None, plain(value)) for name, value in _values(draft).items()}
    _trace(session, person, row, "added", changes, by, at)
    return row


def revise_entry(
    session: Session,
    person: Person,
    row: Entry,
    draft: EntryDraft,
    *,
    expected_version: int,
    by: int | None,
    at: datetime,
) -> None:
    """Save a row of a record. Raises EditedMeanwhile when it is not the row that was opened."""
    check_version(row.version, expected_version)
    changes = differences(_values(draft_of(row)), _values(draft))
    if not changes:
        return
    write_entry(row, draft)
    row.updated_at = at
    session.flush()
    _trace(session, person, row, "revised", changes, by, at)


def remove_entry(
    session: Session, person: Person, row: Entry, *, expected_version: int, by: int | None, at: datetime
) -> None:
    """Remove a row from a record; its last values stay in the log. Raises EditedMeanwhile."""
    check_version(row.version, expected_version)
    changes = {name: (plain(value), None) for name, value in _values(draft_of(row)).items()}
    session.delete(row)
    session.flush()
    drop_loose_evidence(session, person)
    _trace(session, person, row, "removed", changes, by, at)


def write_new(person: Person, draft: EntryDraft) -> Entry:
    """A new row of the person with the values of a draft, not yet flushed and without an event."""
    row = MODELS[type(draft)]()
    row.person = person
    write_entry(row, draft)
    return row


def write_entry(row: Entry, draft: EntryDraft) -> None:
    """Put the values of a draft on its row."""
    for one in fields(draft):
        _WRITERS.get(one.name, _plain_writer(one.name))(row, getattr(draft, one.name))


def draft_of(row: Entry) -> Any:
    """The values of a row as a draft, to compare and to show."""
    wanted = _DRAFTS[type(row)]
    return wanted(
        **{one.name: _READERS.get(one.name, _plain_reader(one.name))(row) for one in fields(wanted)}
    )


def _plain_writer(name: str) -> Callable[[Any, Any], None]:
    return lambda row, value: setattr(row, name, value)


def _plain_reader(name: str) -> Callable[[Any], Any]:
    return lambda row: getattr(row, name)


def _write_place(row: Any, place: PlaceDraft) -> None:
    row.place_text, row.unit_id, row.country = place.text, place.unit_id, place.country


# Columns whose shape differs from the draft's.
_WRITERS: dict[str, Callable[[Any, Any], None]] = {"place": _write_place}
_READERS: dict[str, Callable[[Any], Any]] = {
    "place": lambda row: PlaceDraft(row.place_text, row.unit_id, "", row.country)
}


def _values(draft: EntryDraft) -> dict[str, object]:
    values = {one.name: getattr(draft, one.name) for one in fields(draft)}
    place = values.get("place")
    if isinstance(place, PlaceDraft):
        values["place"] = PlaceDraft(place.text, place.unit_id, "", place.country)
    return values


def _trace(
    session: Session,
    person: Person,
    row: Entry,
    verb: str,
    changes: Mapping[str, tuple[object, object]],
    by: int | None,
    at: datetime,
) -> None:
    kind = row.__tablename__
    trace(session, person, f"{kind}.{verb}", by=by, at=at, changes=changes, subject=(kind, row.public_id))
