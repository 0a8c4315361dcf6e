"""Putting somebody forward for a need, and putting oneself forward (CA-07). Flushes, never commits.

Who is put forward by another agrees first; only then is there a candidacy. An office looks at both and takes it up or
not. Nothing is stored of a nominee but what the registry has already: whoever is not in it is invited to register.
"""

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from registry.audit.operations import record
from registry.candidacies.models import Candidacy, Nomination
from registry.candidacies.operations.opening import NeedNotOpen, hold, open_candidacy
from registry.candidacies.queries.sealed import seal
from registry.candidacies.queries.steps import open_of
from registry.candidacies.rules import Source
from registry.candidacies.rules.panels import NominationState
from registry.db import new_public_id
from registry.needs.models import Need
from registry.needs.rules import NeedState
from registry.people.models import Person

_WAITING = (NominationState.PROPOSED, NominationState.AGREED)


class AlreadyNominated(Exception):
    """The person is put forward for this need already, or stands for it."""


class NominationIsOver(Exception):
    """The nomination was answered."""


def nominate(
    session: Session, person: Person, need: Need, *, ground: str, by: int, at: datetime
) -> Nomination:
    """Put a person forward, or oneself. Raises NeedNotOpen or AlreadyNominated."""
    hold(session, person)
    if need.state is not NeedState.OPEN:
        raise NeedNotOpen
    waiting = select(Nomination.id).where(
        Nomination.person_id == person.id, Nomination.need_id == need.id, Nomination.state.in_(_WAITING)
    )
    if session.scalar(waiting) is not None or open_of(session, person, need) is not None:
        raise AlreadyNominated
    is_own = by == person.account_id
    row = Nomination(
        public_id=new_public_id(),
        need=need,
        person=person,
        nominator_id=by,
        is_own=is_own,
        state=NominationState.PROPOSED,
        proposed_at=at,
    )
    row.ground_sealed = seal(session, row, "ground", ground.strip())
    session.add(row)
    session.flush()
    _said(session, "nomination.proposed", row, by=by, at=at)
    if is_own:
        agree(session, row, by=by, at=at)
    return row


def agree(session: Session, nomination: Nomination, *, by: int, at: datetime) -> Candidacy:
    """The person agrees, and stands for the need. Raises NominationIsOver or NeedNotOpen."""
    _proposed(session, nomination)
    source = Source.SELF_NOMINATION if nomination.is_own else Source.NOMINATION
    candidacy = open_candidacy(session, nomination.person, nomination.need, source=source, by=by, at=at)
    candidacy.contacted_at = candidacy.contacted_at or at
    nomination.state, nomination.agreed_at, nomination.ended_at = NominationState.ACCEPTED, at, at
    session.flush()
    _said(session, "nomination.agreed", nomination, by=by, at=at)
    return candidacy


def refuse(session: Session, nomination: Nomination, *, by: int, at: datetime) -> None:
    """The person does not want to stand; what was written about them goes. Raises NominationIsOver."""
    _proposed(session, nomination)
    nomination.state, nomination.ended_at, nomination.ground_sealed = NominationState.REFUSED, at, None
    session.flush()
    _said(session, "nomination.refused", nomination, by=by, at=at)


def _proposed(session: Session, nomination: Nomination) -> None:
    hold(session, nomination.person)
    session.refresh(nomination)
    if nomination.state is not NominationState.PROPOSED:
        raise NominationIsOver


def _said(session: Session, action: str, row: Nomination, *, by: int, at: datetime) -> None:
    detail = {"need": row.need.public_id}
    person = row.person.public_id
    record(session, by, action, "nomination", row.public_id, person=person, detail=detail, at=at)
