"""Facts of people as the formula takes them, kept in this process at the number of each person's newest change.

Whom the viewer may match is asked anew every time, and so is the number. Nothing here holds a name or a contact.
"""

from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache
from typing import Any

import numpy as np
from sqlalchemy import bindparam, func, select
from sqlalchemy.orm import Session

from registry.accounts.rules import Viewer
from registry.db import memory_of, read_rows
from registry.matching.engine.facts import PersonFacts, SkillClaimed
from registry.matching.queries.considered import MOST_VIEWERS
from registry.matching.queries.people import FactRows, Reads, ids_of, matchable, one_of, person_facts, told_by
from registry.people.models import Person, PersonChange
from registry.people.queries import KeptPlace, Reached, has_unsaved_changes, kept_place, listed, reached
from registry.skills.models import Skill

MOST_SHOWN = 4_000
"""People kept for one day because rankings showed them, at about two and a half kilobytes."""

_SHOWN = "facts of people shown"
_EVERYTHING = Reads({}, every_claim=True)


@dataclass(frozen=True, slots=True)
class Held:
    """All facts of a person; `skills` are the row ids of the concepts claimed."""

    facts: PersonFacts
    skills: tuple[int, ...]


Places = dict[Any, KeptPlace[Held]]


def facts_kept(
    session: Session,
    place: KeptPlace[Held],
    rows: Collection[Any],
    reads: Reads,
    as_of: date,
    *,
    now: Reached,
    most: int,
) -> list[PersonFacts]:
    """The facts of people asked with their numbers (`numbered`) after `now`, by public id; so many are kept."""
    changes = {row.id: row.n for row in rows}
    found = place.found(changes)
    missing = [row for row in rows if row.id not in found]
    if missing:
        read = _read(session, missing, as_of)
        found |= read
        # Where every statement sees a moment of its own, somebody may have changed between number and facts.
        if reached(session) == now:
            place.keep(read, changes, most)
    return sorted((_as_read(found[row.id], reads) for row in rows), key=lambda one: one.public_id)


def numbered(people: Any) -> Any:
    """The rows of these people with the number of their last change; 0 for who never changed since numbers began."""
    number = func.coalesce(PersonChange.n, 0).label("n")
    columns = people.with_only_columns(Person.id, Person.public_id, Person.unit_path, number)
    return columns.outerjoin(PersonChange, PersonChange.id == Person.id)


# --- the people of a page ---------------------------------------------------------------------------------


def shown_facts(
    session: Session, viewer: Viewer, reads: Reads, as_of: date, people: Collection[str]
) -> list[PersonFacts]:
    """What `person_facts` gives of these people (public ids), of most of them from memory."""
    memory = memory_of(session)
    if memory is None or has_unsaved_changes(session):  # what is not saved has no number yet
        return person_facts(session, viewer, reads, as_of, only=one_of(people))
    now = reached(session)
    place = kept_place(memory.setdefault(_SHOWN, {}), (as_of, now.told_from), now.n)
    if len(place.people) + len(people) > MOST_SHOWN:
        place.people.clear()
    rows = read_rows(session, _shown(viewer, as_of), people=sorted(people)).all()
    return facts_kept(session, place, rows, reads, as_of, now=now, most=MOST_SHOWN)


@lru_cache(maxsize=MOST_VIEWERS)
def _shown(viewer: Viewer, as_of: date) -> Any:
    return numbered(matchable(viewer, as_of, Person.public_id.in_(bindparam("people", expanding=True))))


# --- reading and giving -----------------------------------------------------------------------------------


def _read(session: Session, rows: Collection[Any], as_of: date) -> dict[int, Held]:
    """All facts of these people, whatever a need reads of them."""
    told = told_by(session, ids_of(session, rows), _EVERYTHING)
    codes = _codes(session, told)
    return {
        row.id: Held(
            told.facts(row, codes, as_of), tuple(one.skill_id for one in told.skills.get(row.id, ()))
        )
        for row in rows
    }


def _codes(session: Session, told: FactRows) -> dict[int, str]:
    """The codes of all concepts claimed, each its own, whatever it was merged into."""
    skills = {claim.skill_id for claims in told.skills.values() for claim in claims}
    ids = np.array(sorted(skills), np.int64)
    rows = session.execute(select(Skill.id, Skill.code).where(Skill.id.in_(listed(session, ids))))
    return {row.id: row.code for row in rows}


def _as_read(held: Held, reads: Reads) -> PersonFacts:
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
