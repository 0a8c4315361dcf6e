"""Statements about being free, accepted places and the confirmation of a profile."""

from collections.abc import Sequence
from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from registry.db.taking import unless_taken
from registry.people.models import AcceptedPlace, Availability, AvailabilityForm, Person
from registry.people.operations.errors import EditedMeanwhile
from registry.people.operations.traces import differences, plain, trace
from registry.people.rules import AcceptedPlaceDraft, AvailabilityDraft


def set_availability(
    session: Session, person: Person, draft: AvailabilityDraft, *, by: int | None, at: datetime
) -> Availability:
    """Record a new statement; the one before ends and stays. Raises EditedMeanwhile when another came first."""
    before = current_availability(session, person)
    if before is not None:
        before.ended_on = max(draft.stated_on, before.stated_on)
        session.flush()
    statement = write_availability(person, draft, by)
    with unless_taken(session, EditedMeanwhile()):
        session.add(statement)
    changes = differences(
        {"availability": None if before is None else availability_draft_of(before)}, {"availability": draft}
    )
    trace(session, person, "availability.stated", by=by, at=at, changes=changes)
    return statement


def write_availability(person: Person, draft: AvailabilityDraft, by: int | None) -> Availability:
    """A new statement with the values of a draft, without an event."""
    return Availability(
        person=person,
        state=draft.state,
        from_on=draft.from_on,
        paused_until=draft.paused_until,
        reason=draft.reason,
        stated_on=draft.stated_on,
        recorded_by_id=by,
        form_rows=[AvailabilityForm(form=form) for form in sorted(draft.forms)],
    )


def availability_draft_of(statement: Availability) -> AvailabilityDraft:
    """The values of a statement as a draft."""
    return AvailabilityDraft(
        statement.stated_on,
        statement.state,
        statement.from_on,
        statement.forms,
        statement.paused_until,
        statement.reason,
    )


def current_availability(session: Session, person: Person) -> Availability | None:
    """The statement that holds now, if the person ever made one."""
    return session.scalar(
        select(Availability).where(Availability.person_id == person.id, Availability.ended_on.is_(None))
    )


def set_accepted_places(
    session: Session,
    person: Person,
    drafts: Sequence[AcceptedPlaceDraft],
    *,
    on: date,
    by: int | None,
    at: datetime,
) -> None:
    """Make these the places the person accepts; none at all says nothing was stated."""
    rows = session.scalars(
        select(AcceptedPlace).where(AcceptedPlace.person_id == person.id).order_by(AcceptedPlace.id)
    ).all()
    kept = {(row.kind, row.unit_path): row for row in rows}
    wanted = {(draft.kind, draft.unit_path): draft for draft in drafts}
    for key, row in kept.items():
        if key not in wanted:
            session.delete(row)
    session.add_all(write_place(person, draft, on) for key, draft in wanted.items() if key not in kept)
    session.flush()
    changes = differences(
        {"places": sorted(_place_text(*key) for key in kept)},
        {"places": sorted(_place_text(*key) for key in wanted)},
    )
    if changes:
        trace(session, person, "accepted_places.set", by=by, at=at, changes=changes)


def write_place(person: Person, draft: AcceptedPlaceDraft, on: date) -> AcceptedPlace:
    """A new accepted place, without an event."""
    return AcceptedPlace(
        person=person, kind=draft.kind, unit_id=draft.unit_id, unit_path=draft.unit_path, stated_on=on
    )


def _place_text(kind: str, unit_path: str) -> str:
    return unit_path or str(plain(kind))


def confirm_profile(session: Session, person: Person, *, on: date, by: int | None, at: datetime) -> None:
    """The person said that everything is still right; the profile is fresh from this day."""
    changes = differences({"confirmed_on": person.confirmed_on}, {"confirmed_on": on})
    person.confirmed_on = on
    session.flush()
    if changes:
        trace(session, person, "person.confirmed", by=by, at=at, changes=changes)
