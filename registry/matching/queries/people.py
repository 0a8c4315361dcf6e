"""Facts about people as the formula takes them: seven statements at most, however many people.

Every statement stands on the one predicate of `people_for`, or on what it gave, and names its columns. No column that holds a name,
a birth date, a sex, an origin, a residence or another protected attribute is selected here; a test reads the
statements that are sent and says so.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache
from typing import Any

import numpy as np
from sqlalchemy import ColumnElement, Executable, select
from sqlalchemy.orm import Session

from registry.accounts.rules import Viewer
from registry.consents.rules import PurposeCode
from registry.matching.engine.dates import Moment
from registry.matching.engine.facts import (
    AvailabilityStated,
    EducationHeld,
    ExperienceHeld,
    Field,
    LanguageHeld,
    NeedSpec,
    PersonFacts,
    PlacesStated,
    SkillClaimed,
)
from registry.people.models import (
    AcceptedPlace,
    Availability,
    AvailabilityForm,
    Education,
    Experience,
    LanguageClaim,
    Person,
    SkillClaim,
)
from registry.people.queries import listed, people_for
from registry.people.rules import AvailabilityState, PartialDate, PlaceKind, evidence_on, field_of_code

Grouped = Mapping[int, list[Any]]
PersonIds = Any
"""A select of person ids, used as a sub-select so that no list of ids travels to the database and back."""


@dataclass(frozen=True)
class Reads:
    """Which facts a need reads; what it does not read is not fetched.

    `skill_ids` maps the ids of the concepts that can earn points, merged ones included, to their codes; with
    `every_claim` the claims on all others are read too.
    """

    skill_ids: Mapping[int, str]
    experience: bool = True
    education: bool = True
    languages: bool = True
    availability: bool = True
    places: bool = True
    every_claim: bool = False

    @staticmethod
    def of(specs: Iterable[NeedSpec], skill_ids: Mapping[int, str]) -> "Reads":
        """What these needs read together."""
        asked = list(specs)
        kinds = {type(condition).__name__ for spec in asked for condition in spec.conditions}
        return Reads(
            skill_ids,
            experience=any(spec.experience for spec in asked),
            education=bool(kinds & {"DegreeCondition", "FieldCondition"})
            or any(s.qualification for s in asked),
            languages="LanguageCondition" in kinds,
            availability="AvailableCondition" in kinds or any(spec.availability for spec in asked),
            places=any(spec.place for spec in asked),
        )


def person_facts(
    session: Session,
    viewer: Viewer,
    reads: Reads,
    as_of: date,
    only: ColumnElement[bool] | None = None,
    *,
    and_waiting: bool = False,
) -> list[PersonFacts]:
    """The facts of everybody the viewer may match on `as_of`, in the order of public ids."""
    people = matchable(viewer, as_of, only, and_waiting=and_waiting)
    rows = session.execute(people.with_only_columns(Person.id, Person.public_id, Person.unit_path)).all()
    # Of some people the predicate is asked once; of everybody it is cheaper to ask again than to send a list.
    ids = people.with_only_columns(Person.id) if only is None else ids_of(session, rows)
    told = told_by(session, ids, reads)
    return [told.facts(row, reads.skill_ids, as_of) for row in sorted(rows, key=lambda row: row.public_id)]


def matchable(
    viewer: Viewer, as_of: date, only: ColumnElement[bool] | None = None, *, and_waiting: bool = False
) -> Any:
    """The people the viewer may match, among these."""
    people = people_for(viewer, PurposeCode.MATCHING, on=as_of, and_waiting=and_waiting)
    return people if only is None else people.where(only)


def ids_of(session: Session, rows: Iterable[Any]) -> PersonIds:
    """The row ids of people that were read, as one parameter."""
    return listed(session, np.array([row.id for row in rows], np.int64))


@dataclass(frozen=True)
class FactRows:
    """What was read of people, by the row id of the person."""

    skills: Grouped
    experience: Grouped
    education: Grouped
    languages: Grouped
    availability: Grouped
    forms: Grouped
    places: Grouped

    def facts(self, person: Any, codes: Mapping[int, str], as_of: date) -> PersonFacts:
        """The facts of one person (a row with id, public_id and unit_path), concepts by these codes."""
        who = person.id
        return PersonFacts(
            public_id=person.public_id,
            skills=tuple(_claimed(one, codes, as_of) for one in self.skills.get(who, ())),
            experience=tuple(_worked(one) for one in self.experience.get(who, ())),
            education=tuple(_studied(one) for one in self.education.get(who, ()) if _is_finished(one, as_of)),
            languages=tuple(LanguageHeld(one.language, one.rank) for one in self.languages.get(who, ())),
            availability=_stated(self.availability.get(who, ()), self.forms.get(who, ()), as_of),
            places=_accepted(self.places.get(who, ())),
            unit_path=person.unit_path or None,
        )


def told_by(session: Session, ids: PersonIds, reads: Reads) -> FactRows:
    """What people with these row ids said, as far as it is read. Whether it may be used is asked elsewhere."""
    return FactRows(
        skills=_grouped(session, _claims(ids, reads)),
        experience=_grouped(session, _experience(ids), asked=reads.experience),
        education=_grouped(session, _education(ids), asked=reads.education),
        languages=_grouped(session, _languages(ids), asked=reads.languages),
        availability=_grouped(session, _availability(ids), asked=reads.availability),
        forms=_grouped(session, _forms(ids), asked=reads.availability),
        places=_grouped(session, _places(ids), asked=reads.places),
    )


def one_of(people: Collection[str]) -> ColumnElement[bool]:
    """SQL: the row is one of these people, by public id."""
    return Person.public_id.in_(sorted(people))


def claimed_skills(session: Session, person: Person) -> set[int]:
    """The ids of the concepts a person has an open claim on."""
    rows = session.execute(
        select(SkillClaim.skill_id).where(
            SkillClaim.person_id == person.id, SkillClaim.valid_to.is_(None), SkillClaim.skill_id.is_not(None)
        )
    )
    return {row.skill_id for row in rows if row.skill_id is not None}


def _grouped(session: Session, statement: Executable, *, asked: bool = True) -> Grouped:
    """Rows by their `person_id`; nothing is sent when nobody asked for them."""
    grouped: defaultdict[int, list[Any]] = defaultdict(list)
    if not asked:
        return grouped
    for row in session.execute(statement):
        grouped[row.person_id].append(row)
    return grouped


def _claims(ids: PersonIds, reads: Reads) -> Executable:
    """Open claims on concepts that can earn points; a pending term has no concept and earns nothing."""
    skill = SkillClaim.skill_id
    return select(
        SkillClaim.person_id,
        SkillClaim.id,
        SkillClaim.skill_id,
        SkillClaim.level,
        SkillClaim.evidence_state,
        SkillClaim.evidence_until,
        SkillClaim.valid_from,
        SkillClaim.needs_confirmation,
    ).where(
        SkillClaim.person_id.in_(ids),
        SkillClaim.valid_to.is_(None),
        skill.is_not(None) if reads.every_claim else skill.in_(sorted(reads.skill_ids)),
    )


def _claimed(row: Any, skill_ids: Mapping[int, str], as_of: date) -> SkillClaimed:
    return SkillClaimed(
        id=row.id,
        skill=skill_ids[row.skill_id],
        rank=row.level,
        evidence=evidence_on(row.evidence_state, row.evidence_until, as_of).value,
        claimed_on=row.valid_from,
        needs_confirmation=row.needs_confirmation,
    )


def _experience(ids: PersonIds) -> Executable:
    return select(
        Experience.person_id,
        Experience.field_code,
        Experience.from_on,
        Experience.from_precision,
        Experience.to_on,
        Experience.to_precision,
        Experience.is_ongoing,
    ).where(Experience.person_id.in_(ids))


def _worked(row: Any) -> ExperienceHeld:
    return ExperienceHeld(
        field=named_field(row.field_code),
        start=_moment(PartialDate.of(row.from_on, row.from_precision)),
        end=_moment(PartialDate.of(row.to_on, row.to_precision)),
        ongoing=row.is_ongoing,
    )


def _moment(known: PartialDate | None) -> Moment | None:
    return None if known is None else Moment(known.earliest, known.latest)


@lru_cache(maxsize=512)  # asked once a row: tens of thousands of times over a few dozen codes
def named_field(code: str | None) -> Field | None:
    """A field of study or work with its group; a code that only names a group stands for the whole group."""
    if not code:
        return None
    found = field_of_code(code)
    return Field(None, code) if found is None else Field(found.code, found.group)


def _education(ids: PersonIds) -> Executable:
    return select(
        Education.person_id,
        Education.degree_rank,
        Education.field_code,
        Education.is_completed,
        Education.to_on,
    ).where(Education.person_id.in_(ids))


def _is_finished(row: Any, as_of: date) -> bool:
    """A degree counts once it is earned: not while it is studied for, nor before the day it was finished."""
    return row.is_completed and (row.to_on is None or row.to_on <= as_of)


def _studied(row: Any) -> EducationHeld:
    return EducationHeld(row.degree_rank, named_field(row.field_code))


def _languages(ids: PersonIds) -> Executable:
    return select(LanguageClaim.person_id, LanguageClaim.language, LanguageClaim.rank).where(
        LanguageClaim.person_id.in_(ids), LanguageClaim.valid_to.is_(None)
    )


def _availability(ids: PersonIds) -> Executable:
    return select(
        Availability.person_id,
        Availability.state,
        Availability.from_on,
        Availability.paused_until,
        Availability.stated_on,
    ).where(Availability.person_id.in_(ids), Availability.ended_on.is_(None))


def _forms(ids: PersonIds) -> Executable:
    return (
        select(Availability.person_id, AvailabilityForm.form)
        .join(AvailabilityForm, AvailabilityForm.availability_id == Availability.id)
        .where(Availability.person_id.in_(ids), Availability.ended_on.is_(None))
    )


def _stated(statements: Collection[Any], forms: Iterable[Any], as_of: date) -> AvailabilityStated | None:
    """The one current statement. A pause that is over says when the person was free again."""
    for row in statements:
        available = row.state == AvailabilityState.AVAILABLE
        free_from: date | None = row.from_on
        if row.state == AvailabilityState.PAUSED and row.paused_until and row.paused_until < as_of:
            available = True
            free_from = max(free_from or date.min, row.paused_until + timedelta(days=1))
        accepted = frozenset(one.form.value for one in forms)
        return AvailabilityStated(row.stated_on, available, free_from, accepted)
    return None


def _places(ids: PersonIds) -> Executable:
    return select(AcceptedPlace.person_id, AcceptedPlace.kind, AcceptedPlace.unit_path).where(
        AcceptedPlace.person_id.in_(ids)
    )


def _accepted(rows: Collection[Any]) -> PlacesStated | None:
    if not rows:
        return None
    kinds = {row.kind for row in rows}
    return PlacesStated(
        unit_paths=tuple(sorted(row.unit_path for row in rows if row.kind == PlaceKind.UNIT)),
        anywhere=PlaceKind.ANYWHERE in kinds,
        remote=PlaceKind.REMOTE in kinds,
    )
