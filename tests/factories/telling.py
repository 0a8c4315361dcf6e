"""Rows of the tables of people for facts as the formula takes them, and what tables say beyond them."""

import random
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from registry.matching.engine.dates import Moment
from registry.matching.engine.facts import PersonFacts
from registry.people.models import (
    AcceptedPlace,
    Availability,
    AvailabilityForm,
    Education,
    Experience,
    LanguageClaim,
    SkillClaim,
)
from registry.people.rules import AvailabilityState, DatePrecision, EvidenceState, PlaceKind, WorkForm


@dataclass
class Telling:
    """Writes down facts as of a day: evidence that runs out, studies that go on and old statements come by chance."""

    chance: random.Random
    today: date
    skills: dict[int, str]

    def day(self, earliest: int, latest: int) -> date:
        """A day so far from today."""
        return self.today + timedelta(days=self.chance.randint(earliest, latest))

    def perhaps(self, share: float) -> bool:
        """True in this share of cases."""
        return self.chance.random() < share

    def skill_claims(self, facts: PersonFacts) -> Iterator[SkillClaim]:
        """Claims, some with evidence that runs out soon."""
        ids = {code: skill_id for skill_id, code in self.skills.items()}
        for one in facts.skills:
            yield SkillClaim(
                skill_id=ids[one.skill],
                typed=one.skill,
                level=one.rank,
                evidence_state=EvidenceState(one.evidence),
                evidence_until=self.day(-4, 6) if self.perhaps(0.4) else None,
                needs_confirmation=one.needs_confirmation,
                valid_from=self.day(-900, 0),
            )

    def posts(self, facts: PersonFacts) -> Iterator[Experience]:
        """Periods of work."""
        for one in facts.experience:
            row = Experience(field_code=_code(one.field), is_ongoing=one.ongoing)
            row.from_on, row.from_precision = _known(one.start)
            row.to_on, row.to_precision = _known(one.end)
            yield row

    def educations(self, facts: PersonFacts) -> Iterator[Education]:
        """Educations, some unfinished or finished these days."""
        for one in facts.education:
            yield Education(
                degree_rank=one.rank,
                field_code=_code(one.field),
                is_completed=self.perhaps(0.85),
                to_on=self.day(-5, 6) if self.perhaps(0.4) else None,
            )

    def languages(self, facts: PersonFacts) -> Iterator[LanguageClaim]:
        """Languages, each once."""
        for one in {held.language: held for held in facts.languages}.values():
            yield LanguageClaim(language=one.language, rank=one.rank, valid_from=self.day(-900, 0))

    def statements(self, facts: PersonFacts) -> Iterator[Availability]:
        """What was said about being free, some of it nearly too old."""
        stated = facts.availability
        if stated is not None:
            free = AvailabilityState.AVAILABLE if stated.available else AvailabilityState.NOT_AVAILABLE
            yield Availability(
                state=free,
                from_on=stated.free_from,
                stated_on=self.day(-368, -363) if self.perhaps(0.3) else stated.stated_on,
                form_rows=[AvailabilityForm(form=WorkForm(form)) for form in sorted(stated.forms)],
            )

    def places(self, facts: PersonFacts) -> Iterator[AcceptedPlace]:
        """Places accepted."""
        said = facts.places
        if said is None:
            return
        for path in said.unit_paths:
            yield AcceptedPlace(kind=PlaceKind.UNIT, unit_path=path, stated_on=self.today)
        if said.anywhere:
            yield AcceptedPlace(kind=PlaceKind.ANYWHERE, stated_on=self.today)
        if said.remote:
            yield AcceptedPlace(kind=PlaceKind.REMOTE, stated_on=self.today)


WRITERS: dict[type, Callable[[Telling, PersonFacts], Iterator[Any]]] = {
    SkillClaim: Telling.skill_claims,
    Experience: Telling.posts,
    Education: Telling.educations,
    LanguageClaim: Telling.languages,
    Availability: Telling.statements,
    AcceptedPlace: Telling.places,
}
"""What writes the rows of each table."""


def _code(field: Any) -> str | None:
    return None if field is None else field.code or field.group


def _known(moment: Moment | None) -> tuple[date | None, DatePrecision | None]:
    """The two columns of a date that is known to the day, the month or the year."""
    if moment is None:
        return None, None
    if moment.earliest == moment.latest:
        return moment.earliest, DatePrecision.DAY
    in_year = moment.earliest.month != moment.latest.month
    return moment.earliest, DatePrecision.YEAR if in_year else DatePrecision.MONTH
