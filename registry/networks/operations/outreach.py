"""Speaking to people from here who live elsewhere, outside any campaign (CP-09, HP3)."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import delete
from sqlalchemy.orm import Session

from registry.audit.operations import record
from registry.campaigns.rules.words import OutreachWay
from registry.db import new_public_id
from registry.db.keys import keyring_of
from registry.networks.models import OriginNote, OriginOutreach
from registry.networks.queries.sealed import sealing_place
from registry.networks.rules import OriginKind, OutreachAnswer
from registry.people.models import Person


@dataclass(frozen=True)
class AttemptTerms:
    """How somebody was spoken to, what came of it, which role was agreed, when next. `words` are sealed."""

    way: OutreachWay
    on: date
    answer: OutreachAnswer
    words: str = ""
    role: str = ""
    next_on: date | None = None


def note_contact(
    session: Session, person: Person, terms: AttemptTerms, *, by: int | None, at: datetime
) -> OriginOutreach:
    """Note an attempt. The event says how, never what was said."""
    attempt = OriginOutreach(
        public_id=new_public_id(),
        person_id=person.id,
        way=terms.way,
        on=terms.on,
        answer=terms.answer,
        role=terms.role,
        next_on=terms.next_on,
        noted_at=at,
        by_id=by,
    )
    words = terms.words
    attempt.words_sealed = keyring_of(session).seal(words, sealing_place(attempt)) if words else None
    session.add(attempt)
    session.flush()
    _record(session, person, "origin.contacted", {"way": terms.way}, by, at)
    return attempt


def note_kinds(
    session: Session, person: Person, kinds: Collection[OriginKind], *, by: int | None, at: datetime
) -> None:
    """Note which of the four kinds somebody is of, in place of what was noted before."""
    session.execute(delete(OriginNote).where(OriginNote.person_id == person.id))
    for kind in sorted(set(kinds)):
        session.add(OriginNote(person_id=person.id, kind=kind, noted_at=at))
    session.flush()
    _record(session, person, "origin.kinds_noted", {}, by, at)


def _record(
    session: Session, person: Person, action: str, detail: dict[str, str], by: int | None, at: datetime
) -> None:
    code = person.public_id
    record(session, by, action, "person", code, person=code, detail=detail, at=at)
