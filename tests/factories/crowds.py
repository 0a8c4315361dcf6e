"""Crowds and needs drawn at random, many at once: denser than generated examples, and the same on every run."""

import random
from collections.abc import Sequence
from datetime import date, timedelta
from typing import TypeVar

from registry.matching.engine.dates import Moment
from registry.matching.engine.facts import (
    EVIDENCE_STRENGTH,
    AvailabilityStated,
    AvailabilityWanted,
    AvailableCondition,
    Condition,
    DegreeCondition,
    EducationHeld,
    EvidenceCondition,
    ExperienceHeld,
    ExperienceWanted,
    Field,
    FieldCondition,
    LanguageCondition,
    LanguageHeld,
    NeedSpec,
    PersonFacts,
    PlacesStated,
    PlaceWanted,
    QualificationWanted,
    ScopeCondition,
    SkillClaimed,
    SkillWanted,
)

Kind = TypeVar("Kind")

SKILLS = ("PYTHON", "DJANGO", "REST", "CODING", "JAVA", "SQL", "POSTGRES", "FHIR", "HL7", "COBOL")
UNITS = ("VN/12/", "VN/12/03388/", "VN/12/03391/", "VN/01/", "VN/01/00004/")
FORMS = ("permanent", "remote", "advice")
FIELDS = (Field("7480109", "748"), Field("7480201", "748"), Field("7720101", "772"), Field(None, "748"))
LANGUAGES = ("en", "de", "ja")


class Crowd:
    """Draws people and needs around one day from a seed, with these words."""

    def __init__(
        self,
        seed: int,
        today: date,
        *,
        skills: Sequence[str] = SKILLS,
        fields: Sequence[Field] = FIELDS,
    ) -> None:
        self.chance = random.Random(seed)
        self.today = today
        self.skills = skills
        self.fields = fields

    def people(self, count: int) -> list[PersonFacts]:
        """People with ids in no particular order."""
        numbers = list(range(count))
        self.chance.shuffle(numbers)
        return [self.person(f"p{number:07}") for number in numbers]

    def person(self, public_id: str) -> PersonFacts:
        """One person; each kind of fact may be missing."""
        chance = self.chance
        places = PlacesStated(tuple(self._some(UNITS, 2)), self._rarely(), self._rarely())
        stated = AvailabilityStated(
            self._day(-500, 0),
            chance.random() < 0.9,
            self._maybe(self._day(-60, 200)),
            frozenset(self._some(FORMS, 2)),
        )
        return PersonFacts(
            public_id,
            skills=tuple(self._claim(code) for code in self._some(self.skills, 6)),
            experience=tuple(self._post() for _ in range(chance.randrange(4))),
            education=tuple(
                EducationHeld(self._maybe(chance.randint(1, 6)), self._maybe(chance.choice(self.fields)))
                for _ in range(chance.choice((0, 1, 1, 1, 2, 5)))
            ),
            languages=tuple(
                LanguageHeld(code, self._maybe(chance.randint(0, 6))) for code in self._some(LANGUAGES, 2)
            ),
            availability=self._maybe(stated),
            places=self._maybe(places),
            unit_path=self._maybe(chance.choice(UNITS)),
        )

    def need(self, public_id: str = "need") -> NeedSpec:
        """One need, from asking for little to asking for everything."""
        chance = self.chance
        start = self._maybe(self._day(-30, 120))
        return NeedSpec(
            public_id,
            skills=tuple(self._wanted(code) for code in self._some(self.skills, 5)),
            experience=self._maybe(
                ExperienceWanted(chance.randint(1, 15), self._maybe(chance.choice(self.fields)))
            ),
            qualification=self._maybe(
                QualificationWanted(chance.randint(1, 6), tuple(self._some(self.fields, 2)))
            ),
            availability=self._maybe(AvailabilityWanted(start, frozenset(self._some(FORMS, 2)))),
            place=self._maybe(PlaceWanted(self._maybe(chance.choice(UNITS)), self._rarely())),
            conditions=tuple(self._some([self._condition() for _ in range(6)], 3)),
        )

    def _wanted(self, code: str) -> SkillWanted:
        chance = self.chance
        essential = chance.random() < 0.4
        minimum = chance.choice((None, chance.randint(1, 6))) if essential else None
        return SkillWanted(code, chance.randint(1, 6), chance.randint(1, 5), essential, minimum)

    def _condition(self) -> Condition:
        chance = self.chance
        return chance.choice(
            (
                DegreeCondition(chance.randint(1, 6)),
                FieldCondition((chance.choice(self.fields),)),
                LanguageCondition(chance.choice(LANGUAGES), chance.randint(1, 6)),
                AvailableCondition(self._day(-30, 150)),
                ScopeCondition(chance.choice(UNITS)),
                EvidenceCondition(chance.choice(("attached", "verified"))),
            )
        )

    def _claim(self, code: str) -> SkillClaimed:
        chance = self.chance
        return SkillClaimed(
            chance.randrange(10**6),
            code,
            self._maybe(chance.randint(0, 6)),
            chance.choice(tuple(EVIDENCE_STRENGTH)),
            needs_confirmation=self._rarely(),
        )

    def _post(self) -> ExperienceHeld:
        chance = self.chance
        start = self._day(-6000, 30)
        end = start + timedelta(days=chance.randrange(2500))
        return ExperienceHeld(
            self._maybe(chance.choice(self.fields)),
            self._maybe(_moment(start, chance)),
            self._maybe(_moment(end, chance)),
            self._rarely(),
        )

    def _day(self, earliest: int, latest: int) -> date:
        """Often the first of a month, so that two days meet exactly as often as bounds deserve."""
        day = self.today + timedelta(days=self.chance.randint(earliest, latest))
        return day.replace(day=1) if self.chance.random() < 0.7 else day

    def _some(self, kinds: Sequence[Kind], most: int) -> list[Kind]:
        return self.chance.sample(kinds, self.chance.randint(0, most))

    def _maybe(self, value: Kind) -> Kind | None:
        return value if self.chance.random() < 0.75 else None

    def _rarely(self) -> bool:
        return self.chance.random() < 0.15


def _moment(day: date, chance: random.Random) -> Moment:
    kind = chance.randrange(3)
    if kind == 0:
        return Moment.on(day)
    return Moment.in_year(day.year) if kind == 1 else Moment.in_month(day.year, day.month)
