"""A small registry that changes in every way one can, with its index beside it: for comparing the two after each step.

Everything is drawn from one seed. The session commits after every act, as requests do.
"""

import random
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from registry.accounts.rules import Scope, Viewer
from registry.consents.models import Consent, Notice, Purpose
from registry.consents.rules import Channel, PurposeCode
from registry.matching.engine.facts import NeedSpec, PersonFacts
from registry.matching.engine.index.snapshot import Snapshot
from registry.matching.queries.columns import current_skills
from registry.matching.queries.people import named_field
from registry.people.models import (
    Availability,
    LanguageClaim,
    Person,
    SkillClaim,
)
from registry.skills.models import Skill, SkillRelation
from tests.factories.crowds import Crowd
from tests.factories.telling import WRITERS, Telling

FIELDS = [found for code in ("748", "772", "734", "74", "77") if (found := named_field(code)) is not None]
OFFICES = ("", "7/", "7/19/", "8/")
CONCEPTS = 8
VIEWERS = (
    Viewer.installation(),
    Viewer(1, frozenset(), (Scope("VN/12/", ""),)),
    Viewer(2, frozenset(), (Scope("VN/12/03388/", ""), Scope("VN/01/", "7/"))),
    Viewer(3, frozenset(), (Scope("", "7/19/"),)),
)


@dataclass
class World:
    """The registry, the day it is, the snapshot that is being made, and chance."""

    session: Session
    folder: Path
    chance: random.Random
    today: date
    skills: dict[int, str]
    pending: Snapshot | None = None

    # --- drawing --------------------------------------------------------------------------------------

    def crowd(self) -> Crowd:
        """A source of people and needs of this registry, as of its day."""
        return Crowd(
            self.chance.randrange(2**32), self.today, skills=list(self.skills.values()), fields=FIELDS
        )

    def need(self) -> NeedSpec:
        """A need; its skills are asked for by the codes their concepts have now, each once."""
        found = self.crowd().need()
        codes = self.current_codes()
        wanted = {codes[one.skill]: replace(one, skill=codes[one.skill]) for one in found.skills}
        return replace(found, skills=tuple(wanted.values()))

    def viewer(self) -> Viewer:
        """Somebody with one of several scopes."""
        return self.chance.choice(VIEWERS)

    def current_codes(self) -> dict[str, str]:
        """Code → the code of what the concept is now."""
        became = current_skills(self.session)
        return {code: self.skills[became.get(skill_id, skill_id)] for skill_id, code in self.skills.items()}

    def someone(self) -> Person | None:
        """One of the people, whatever the state."""
        ids = self.session.scalars(select(Person.id).order_by(Person.id)).all()
        return self.session.get(Person, self.chance.choice(ids)) if ids else None

    def telling(self) -> Telling:
        """What writes facts down as of today."""
        return Telling(self.chance, self.today, self.skills)

    def day(self, earliest: int, latest: int) -> date:
        """A day so far from today."""
        return self.telling().day(earliest, latest)

    def at(self) -> datetime:
        """This morning."""
        return datetime(self.today.year, self.today.month, self.today.day, 2, tzinfo=UTC)

    def perhaps(self, share: float) -> bool:
        """True in this share of cases."""
        return self.chance.random() < share

    # --- how facts are written ------------------------------------------------------------------------

    def restate(self, person: Person, kind: Any) -> None:
        """Other facts of one kind instead of those there are."""
        if kind is Availability:
            self.end_statement(person)
        elif self.perhaps(0.3) and kind not in (SkillClaim, LanguageClaim):
            self.session.execute(delete(kind).where(kind.person_id == person.id))
        else:
            for row in self.session.scalars(select(kind).where(kind.person_id == person.id)):
                self._end(row)
        self.session.flush()
        self.write(kind, person, self.crowd().person(""))
        self.session.flush()

    def _end(self, row: Any) -> None:
        """Claims are closed, other rows go."""
        if isinstance(row, SkillClaim | LanguageClaim):
            row.valid_to = row.valid_to or max(row.valid_from, self.today)
        else:
            self.session.delete(row)

    def end_statement(self, person: Person) -> None:
        """What was said about being free no longer holds."""
        for row in self.session.scalars(
            select(Availability).where(Availability.person_id == person.id, Availability.ended_on.is_(None))
        ):
            row.ended_on = self.today
        self.session.flush()

    def write(self, kind: Any, person: Person, facts: PersonFacts) -> None:
        """One kind of facts of a person."""
        for row in WRITERS[kind](self.telling(), facts):
            row.person_id = person.id
            self.session.add(row)
        self.session.flush()

    def open_claims(self, person: Person) -> Sequence[SkillClaim]:
        """The current claims of a person."""
        mine = (SkillClaim.person_id == person.id, SkillClaim.valid_to.is_(None))
        return self.session.scalars(select(SkillClaim).where(*mine)).all()

    def leads_to(self, skill: Skill, target: Skill) -> bool:
        """Whether a merged concept became the other one."""
        while skill is not target and skill.merged_into_id is not None:
            skill = self.session.get_one(Skill, skill.merged_into_id)
        return skill is target

    def consent(self, person: Person, code: PurposeCode) -> None:
        """The person agrees to a purpose."""
        notice = self.session.scalars(
            select(Notice).join(Purpose).where(Purpose.code == code).order_by(Notice.id)
        ).first()
        assert notice is not None
        self.session.add(
            Consent(
                person_id=person.id,
                purpose_id=notice.purpose_id,
                notice_id=notice.id,
                given_at=self.at(),
                channel=Channel.PAPER,
            )
        )
        self.session.flush()


def related_concepts(session: Session) -> dict[int, str]:
    """Some concepts that are near each other: one with what it leads to, and what leads there."""
    rows = session.execute(
        select(SkillRelation.skill_id, SkillRelation.other_id).order_by(SkillRelation.id).limit(400)
    ).all()
    found: list[int] = [rows[0].skill_id]
    for _ in range(CONCEPTS):
        for one, other in rows:
            if (one in found) != (other in found) and len(found) < CONCEPTS:
                found.append(other if one in found else one)
    named = session.execute(select(Skill.id, Skill.code).where(Skill.id.in_(found)).order_by(Skill.id))
    return {row.id: row.code for row in named}
