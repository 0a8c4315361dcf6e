"""Both kernels give what the reference gives: every count, every row, in order."""

from collections.abc import Callable, Sequence
from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from registry.matching.engine.facts import NeedSpec, PersonFacts
from registry.matching.engine.index import numba_kernel, numpy_kernel
from registry.matching.engine.index.answer import Answer, joined, of_reference
from registry.matching.engine.index.question import ask, visible_rows
from registry.matching.engine.index.snapshot import HORIZON_DAYS, Snapshot
from registry.matching.engine.score import Plan, prepare, rank_people
from tests.factories.crowds import Crowd
from tests.factories.matching import SIMILAR, TODAY
from tests.factories.snapshots import SKILL_IDS, regular, snapshot_of
from tests.unit.matching.test_properties import CROWDS, NEEDS

Kernel = Callable[..., Answer]
BOTH = pytest.mark.parametrize("kernel", [numpy_kernel.answer, numba_kernel.answer], ids=["numpy", "numba"])
EVERYWHERE = [("", "")]


def by_index(
    kernel: Kernel,
    snapshot: Snapshot,
    plan: Plan,
    people: Sequence[PersonFacts],
    day: date,
    minimum: int,
    count: int,
) -> Answer:
    """The answer of a kernel, joined with that of the reference for whoever is left to it on the day."""
    question = ask(plan, snapshot, SKILL_IDS)
    left = snapshot.rows_left(day)
    visible = visible_rows(snapshot, EVERYWHERE).copy()
    visible[left] = False
    by_id = {one.public_id: one for one in people}
    rest = rank_people(plan, [by_id[snapshot.public_id(row)] for row in left.tolist()], day)
    return joined(
        [
            kernel(snapshot, question, visible, minimum=minimum, count=count),
            of_reference(rest, minimum, count),
        ],
        count,
    )


@BOTH
@given(
    need=NEEDS,
    people=CROWDS,
    relax=st.booleans(),
    minimum=st.sampled_from([0, 0, 2500, 10_000]),
    count=st.integers(0, 7),
)
@settings(max_examples=60)
def test_the_answer_is_that_of_the_reference(
    kernel: Kernel, need: NeedSpec, people: list[PersonFacts], relax: bool, minimum: int, count: int
) -> None:
    people = [regular(one) for one in people]
    keys = [key for key, _one in prepare(need, SIMILAR).named_conditions()]
    plan = prepare(need, SIMILAR, keys[:1] if relax else ())
    expected = joined([of_reference(rank_people(plan, people, TODAY), minimum, count)], count)
    assert by_index(kernel, snapshot_of(people, TODAY), plan, people, TODAY, minimum, count) == expected


@BOTH
@given(
    need=NEEDS,
    people=CROWDS,
    days=st.integers(1, HORIZON_DAYS),
    today=st.dates(date(2024, 1, 1), date(2028, 12, 31)),
)
@settings(max_examples=40)
def test_a_snapshot_of_an_earlier_day_gives_todays_answer(
    kernel: Kernel, need: NeedSpec, people: list[PersonFacts], days: int, today: date
) -> None:
    people = [regular(one) for one in people]
    plan = prepare(need, SIMILAR)
    expected = joined([of_reference(rank_people(plan, people, today), 0, 10)], 10)
    snapshot = snapshot_of(people, today - timedelta(days=days))
    assert snapshot.can_answer(today)
    assert by_index(kernel, snapshot, plan, people, today, 0, 10) == expected


@BOTH
@pytest.mark.parametrize("seed", range(4))
def test_a_crowd_is_counted_and_ordered_as_the_reference_does(kernel: Kernel, seed: int) -> None:
    crowd = Crowd(seed, TODAY)
    people = [regular(one) for one in crowd.people(150)]
    snapshot = snapshot_of(people, TODAY - timedelta(days=seed))
    assert 0 < len(snapshot.arrays.irregular) < 50  # some have more educations than the arrays hold
    for _ in range(25):
        plan = prepare(crowd.need(), SIMILAR)
        expected = joined([of_reference(rank_people(plan, people, TODAY), 0, 200)], 200)
        assert by_index(kernel, snapshot, plan, people, TODAY, 0, 200) == expected
