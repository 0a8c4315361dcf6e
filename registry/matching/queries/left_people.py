"""Facts of the people a snapshot leaves to the formula, kept in this process until they change again.

Whom the viewer may match is asked anew every time, and so is the number of each person's last change: what is kept is
taken only at just that number. Whatever else facts depend on names the place where they are kept: the database, the
snapshot, the day, and the last change that named nobody. Nothing here holds a name or a contact.
"""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from threading import Lock
from typing import Any

import numpy as np
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from registry.accounts.rules import Viewer
from registry.matching.engine.facts import PersonFacts, SkillClaimed
from registry.matching.queries.people import Reads, Told, ids_of, matchable, person_facts, told_by
from registry.matching.queries.snapshots import Opened
from registry.people.models import Person, PersonChange
from registry.people.queries import Reached, has_unsaved_changes, listed, reached
from registry.skills.models import Skill

MOST_KEPT = 10_000
"""People kept for one snapshot and day, at about two and a half kilobytes; who is beyond is read every time."""

_KEPT_PLACES = 2

_EVERYTHING = Reads({}, every_claim=True)


def left_facts(
    session: Session, viewer: Viewer, reads: Reads, as_of: date, opened: Opened
) -> list[PersonFacts]:
    """What `person_facts` gives of the people the snapshot leaves to the formula, most of it from memory."""
    if not len(opened.reference_ids):
        return []
    if has_unsaved_changes(session):  # they have no number yet
        return person_facts(session, viewer, reads, as_of, only=opened.left_people)
    now = reached(session)
    rows = session.execute(_numbered(matchable(viewer, as_of, opened.left_people))).all()
    place = _place(_key(session, opened, as_of, now), now.n, opened.reference_ids.tolist())
    found = place.found(rows)
    missing = [row for row in rows if row.id not in found]
    if missing:
        read = _read(session, missing, as_of)
        found |= read
        # Where every statement sees a moment of its own, somebody may have changed between the number and the facts.
        if reached(session) == now:
            place.keep(read)
    return sorted((_as_read(found[row.id], reads) for row in rows), key=lambda one: one.public_id)


def _numbered(people: Any) -> Any:
    """The rows of these people with the number of their last change; 0 for who never changed since numbers began."""
    number = func.coalesce(PersonChange.n, 0).label("n")
    columns = people.with_only_columns(Person.id, Person.public_id, Person.unit_path, number)
    return columns.outerjoin(PersonChange, PersonChange.id == Person.id)


# --- what is kept -----------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Held:
    """All facts of a person at the change of number `n`; `skills` are the row ids of the concepts claimed."""

    n: int
    facts: PersonFacts
    skills: tuple[int, ...]


@dataclass
class _Place:
    """The people kept for one database, snapshot and day, and the highest number of a change seen there."""

    reached: int = 0
    people: dict[int, _Held] = field(default_factory=dict[int, _Held])

    def found(self, rows: Iterable[Any]) -> dict[int, _Held]:
        """Those of these people who have not changed since they were kept."""
        kept = ((row, self.people.get(row.id)) for row in rows)
        return {row.id: held for row, held in kept if held is not None and held.n == row.n}

    def keep(self, read: Mapping[int, _Held]) -> None:
        """Keep these people, as far as there is room."""
        with _lock:
            for who, held in read.items():
                if who in self.people or len(self.people) < MOST_KEPT:
                    self.people[who] = held


_Key = tuple[Any, ...]
_places: dict[_Key, _Place] = {}
_lock = Lock()


def _key(session: Session, opened: Opened, as_of: date, now: Reached) -> _Key:
    return (session.get_bind().engine.url, opened.snapshot.version, as_of, now.told_from)


def _place(key: _Key, n: int, left: Collection[int]) -> _Place:
    """Where these people are kept. Who is left no longer is dropped: gone, or in a newer snapshot.

    A number below one that was seen means that the database became an older one: everything is read anew.
    """
    with _lock:
        found = _places.pop(key, None)
        if found is None or n < found.reached:
            found = _Place()
        while len(_places) >= _KEPT_PLACES:
            _places.pop(next(iter(_places)))
        _places[key] = found
        found.reached = n
        for who in found.people.keys() - left:
            del found.people[who]
    return found


# --- reading and giving -----------------------------------------------------------------------------------


def _read(session: Session, rows: Collection[Any], as_of: date) -> dict[int, _Held]:
    """All facts of these people, whatever a need reads of them."""
    told = told_by(session, ids_of(session, rows), _EVERYTHING)
    codes = _codes(session, told)
    return {
        row.id: _Held(
            row.n, told.facts(row, codes, as_of), tuple(one.skill_id for one in told.skills.get(row.id, ()))
        )
        for row in rows
    }


def _codes(session: Session, told: Told) -> dict[int, str]:
    """The codes of all concepts claimed, each its own, whatever it was merged into."""
    skills = {claim.skill_id for claims in told.skills.values() for claim in claims}
    ids = np.array(sorted(skills), np.int64)
    rows = session.execute(select(Skill.id, Skill.code).where(Skill.id.in_(listed(session, ids))))
    return {row.id: row.code for row in rows}


def _as_read(held: _Held, reads: Reads) -> PersonFacts:
    """The facts as they would have been read for this need alone, concepts by the codes they have now."""
    facts, codes = held.facts, reads.skill_ids
    return PersonFacts(
        public_id=facts.public_id,
        skills=tuple(
            _coded(claim, codes[skill])
            for skill, claim in zip(held.skills, facts.skills, strict=True)
            if skill in codes
        ),
        experience=facts.experience if reads.experience else (),
        education=facts.education if reads.education else (),
        languages=facts.languages if reads.languages else (),
        availability=facts.availability if reads.availability else None,
        places=facts.places if reads.places else None,
        unit_path=facts.unit_path,
    )


def _coded(claim: SkillClaimed, code: str) -> SkillClaimed:
    return claim if claim.skill == code else replace(claim, skill=code)
