"""Kinds of education judged by their ranks and fields apart are judged as the formula judges them whole."""

from datetime import date
from itertools import product

import pytest

from registry.matching.engine.conditions import PersonalCondition, judge
from registry.matching.engine.facts import (
    DegreeCondition,
    EducationHeld,
    Field,
    FieldCondition,
    NeedSpec,
    PersonFacts,
    QualificationWanted,
)
from registry.matching.engine.index.question import ask
from registry.matching.engine.index.snapshot import EducationKind, EducationTable, Snapshot
from registry.matching.engine.index.terms import FAIL, OPEN, PASS, Judged
from registry.matching.engine.outcome import Verdict
from registry.matching.engine.parts import qualification
from registry.matching.engine.score import prepare
from tests.factories.matching import TODAY
from tests.factories.snapshots import snapshot_of

HELD = [
    EducationHeld(rank, field)
    for rank, field in product(
        (None, *range(7)),
        (None, Field("748", "7"), Field("734", "7"), Field("814", "8"), Field(None, "7")),
    )
]
NUMBERS = {Verdict.NOT_MET: FAIL, Verdict.UNKNOWN: OPEN, Verdict.MET: PASS}
FIELDS = [(), (Field("748", "7"),), (Field(None, "7"), Field("814", "8")), (Field("111", "1"),)]


@pytest.fixture(scope="module")
def snapshot() -> Snapshot:
    """One person for every kind of education, and somebody with none."""
    people = [PersonFacts(f"{place:026}", education=(held,)) for place, held in enumerate(HELD)]
    return snapshot_of([*people, PersonFacts("z" * 26)], TODAY)


def held(kind: EducationKind) -> EducationHeld:
    return EducationHeld(kind.rank, kind.held_field)


def test_a_kind_is_its_rank_and_its_field(snapshot: Snapshot) -> None:
    table = snapshot.education_table
    assert len(set(table.ranks)) == len(table.ranks)
    assert len(set(table.fields)) == len(table.fields)
    for place, kind in enumerate(snapshot.education_kinds):
        assert table.ranks[int(table.rank_of[place])] == kind.rank
        assert table.fields[int(table.field_of[place])] == kind.held_field
    assert snapshot.education_table is table


def test_nobody_educated_is_a_table_of_nothing() -> None:
    table = EducationTable.of(())
    assert (table.ranks, table.fields, len(table.rank_of), len(table.field_of)) == ((), (), 0, 0)


@pytest.mark.parametrize("fields", FIELDS)
def test_points_are_those_of_the_formula(snapshot: Snapshot, fields: tuple[Field, ...]) -> None:
    assert len(snapshot.education_kinds) > 30
    for rank in range(1, 7):
        wanted = QualificationWanted(rank, fields)
        plan = prepare(NeedSpec("n", qualification=wanted), {})
        points = ask(plan, snapshot, {}).education
        assert points is not None
        assert points.tolist() == [
            0,
            *(10_000 * qualification(wanted, (held(one),)).certain // 60 for one in snapshot.education_kinds),
        ]


@pytest.mark.parametrize(
    "condition", [*map(DegreeCondition, range(1, 7)), *(FieldCondition(one) for one in FIELDS if one)]
)
def test_verdicts_are_those_of_the_formula(snapshot: Snapshot, condition: PersonalCondition) -> None:
    wanted = QualificationWanted(3)
    plan = prepare(NeedSpec("n", qualification=wanted, conditions=(condition,)), {})
    (test,) = ask(plan, snapshot, {}).tests
    assert isinstance(test, Judged)
    assert test.verdicts.tolist() == [
        OPEN,
        *(
            NUMBERS[judge(condition, PersonFacts("", education=(held(one),)), date.min)]
            for one in snapshot.education_kinds
        ),
    ]
