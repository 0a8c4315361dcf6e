"""Needs to measure with: five parts, two essential skills, three other conditions; and each made ready for a snapshot."""

import random
from collections.abc import Callable, Generator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import date, timedelta

import numpy as np
from sqlalchemy import true
from sqlalchemy.orm import Session

from registry.accounts.rules import Viewer
from registry.matching.engine.facts import NeedSpec, PersonFacts
from registry.matching.engine.index import kernels, numba_kernel, numpy_kernel
from registry.matching.engine.index.answer import Answer, Wish
from registry.matching.engine.index.columns import Int64
from registry.matching.engine.index.question import ask
from registry.matching.engine.index.snapshot import Snapshot
from registry.matching.engine.index.terms import Question
from registry.matching.engine.score import Plan, prepare
from registry.matching.queries.concepts import Concepts, concepts_around
from registry.matching.queries.indexed import Indexed, answered
from registry.matching.queries.needs import need_spec, wanted_ids
from registry.matching.queries.people import Reads, person_facts
from registry.matching.queries.snapshots import Opened
from registry.needs.models import Need
from registry.needs.rules import ConditionKind, ConditionTerms, NeedState, SkillTerms
from registry.people.queries import people_among
from scripts.bench_population import Ground, common_skills
from tests.factories.needs import need

EVERYBODY = Viewer.installation()
SKILLS_A_NEED = 6
_FIELDS = ("748", "734", "772", "752")
KERNELS: dict[str, kernels.Kernel] = {"numba": numba_kernel.answer, "numpy": numpy_kernel.answer}


def enter_needs(session: Session, ground: Ground, count: int, seed: int = 7) -> list[Need]:
    """So many open needs, of common and less common skills."""
    chance = random.Random(seed)  # noqa: S311 - the same needs on every run
    return [_need(session, ground, chance, place) for place in range(count)]


def _need(session: Session, ground: Ground, chance: random.Random, place: int) -> Need:
    skills = chance.sample(common_skills(ground)[: len(ground.skills) // 3], SKILLS_A_NEED)
    unit, field_code, on = (
        ground.units[place % len(ground.units)],
        _FIELDS[place % len(_FIELDS)],
        ground.as_of,
    )
    return need(
        session,
        f"Nhu cầu đo tốc độ {place + 1}",
        state=NeedState.OPEN,
        skills=[
            SkillTerms(f"kỹ năng {one}", one, chance.randint(2, 4), chance.randint(1, 5), number < 2, 2 if number < 2 else None)
            for number, one in enumerate(skills)
        ],
        conditions=_conditions(place, on, field_code),
        unit_path=unit,
        start_on=on + timedelta(days=30),
        forms=("permanent", "fixed_term"),
        experience_years=chance.randint(3, 8),
        experience_field=field_code,
        qualification_rank=4,
        qualification_fields=(field_code,),
    )  # fmt: skip


def _conditions(place: int, on: date, field_code: str) -> list[ConditionTerms]:
    free = ConditionTerms(ConditionKind.AVAILABLE, by_on=on + timedelta(days=120))
    english = ConditionTerms(ConditionKind.LANGUAGE, language="en", rank=2)
    degree = ConditionTerms(ConditionKind.DEGREE, rank=3)
    studied = ConditionTerms(ConditionKind.FIELD, field_codes=(field_code,))
    return [free, english, degree] if place % 2 == 0 else [free, english, studied]


@dataclass(frozen=True)
class Ready:
    """A need made ready to be asked of a snapshot, with the facts of whoever the snapshot leaves to the formula."""

    need: Need
    plan: Plan
    concepts: Concepts
    reads: Reads
    rest: Sequence[PersonFacts] = field(default_factory=list[PersonFacts])

    @property
    def skill_ids(self) -> dict[str, list[int]]:
        """The ids under which claims on a concept stand."""
        found: dict[str, list[int]] = {}
        for skill_id, code in self.concepts.codes.items():
            found.setdefault(code, []).append(skill_id)
        return found

    def question(self, snapshot: Snapshot) -> Question:
        """The question to a snapshot."""
        return ask(self.plan, snapshot, self.skill_ids)

    def answer(self, opened: Opened, as_of: date, count: int) -> Answer:
        """Question, mask, kernel, the formula over those left, both joined."""
        asked = Indexed(opened, self.plan, self.concepts, EVERYBODY, as_of, self.rest)
        return answered(asked, Wish(0, count))


def ready(session: Session, one: Need, *, skills_only: bool = False) -> Ready:
    """Make a need ready; with nothing but its skills, none of them essential, where only those are measured."""
    concepts = concepts_around(session, wanted_ids([one]))
    spec = need_spec(one, concepts)
    if skills_only:
        plain = tuple(replace(wanted, essential=False, minimum=None) for wanted in spec.skills)
        spec = NeedSpec(spec.public_id, plain)
    reads = Reads.of([spec], concepts.ids_like(wanted.skill for wanted in spec.skills))
    return Ready(one, prepare(spec, concepts.table), concepts, reads)


def with_changed(session: Session, one: Ready, people: Int64, as_of: date) -> Ready:
    """The same with the facts of these people as they are now."""
    only = people_among(session, people)
    return replace(one, rest=person_facts(session, EVERYBODY, one.reads, as_of, only))


def opened_by_hand(snapshot: Snapshot, changed: Int64, as_of: date) -> Opened:
    """A snapshot with these people left to the formula."""
    left = np.union1d(snapshot.rows_of(changed), snapshot.rows_left(as_of)).astype(np.uint32)
    return Opened(snapshot, left, snapshot.arrays.row_ids[left], true())


@contextmanager
def kernel(name: str) -> Generator[None]:
    """This kernel answers, whatever the number of people."""
    chosen: Callable[..., Answer] = kernels.answer
    kernels.answer = KERNELS[name]
    try:
        yield
    finally:
        kernels.answer = chosen
