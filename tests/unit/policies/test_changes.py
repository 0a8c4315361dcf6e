"""The smallest changes really change the answer, nothing smaller does, and none is forgotten: against trying all."""

from collections.abc import Iterator
from datetime import date
from itertools import combinations, product

from hypothesis import given
from hypothesis import strategies as st

from registry.policies.rules import (
    AllOf,
    AnyOf,
    Asked,
    Facts,
    Group,
    GroupAnswer,
    Law,
    Leaf,
    Not,
    Rule,
    State,
    Version,
    answer,
    can_change,
    prepare,
    smallest_changes,
)
from registry.policies.rules.changes import MOST_CHANGES, MOST_SETS
from registry.policies.rules.trees import state_of

DAY = date(2026, 3, 1)
KEYS = (
    "patent_applied",
    "outstanding_work",
    "works_at_foreign_rnd",
    "owns_home_in_province",
    "recognised_talent",
    "worked_here_before",  # when it is known, nobody can change it
    "led_programmes",
    "classification",
)
WANTED: dict[str, tuple[str, bool | int | str]] = {"led_programmes": (">=", 2), "classification": ("=", "G")}
HELD: dict[str, tuple[bool | int | str, ...]] = {"led_programmes": (1, 2), "classification": ("K", "G")}
LEAVES = [Leaf(key, *WANTED.get(key, ("=", True))) for key in KEYS]

BOTH: tuple[State, ...] = (State.MET, State.NOT_MET)
Values = dict[str, bool | int | str]

rules: st.SearchStrategy[Rule] = st.recursive(
    st.sampled_from(LEAVES),
    lambda inner: st.one_of(
        st.lists(inner, min_size=1, max_size=4).map(lambda parts: AllOf(tuple(parts))),
        st.lists(inner, min_size=1, max_size=4).map(lambda parts: AnyOf(tuple(parts))),
        inner.map(Not),
    ),
    max_leaves=8,
)
facts: st.SearchStrategy[Values] = st.fixed_dictionaries(
    {}, optional={key: st.sampled_from(HELD.get(key, (True, False))) for key in KEYS}
)


def asked_of(rule: Rule, values: Values) -> GroupAnswer:
    version = Version("THU", 1, "", "", "attract", frozenset({"VN"}), (Group("nhom", "Nhóm", 1, rule),))
    return answer(prepare(version, Law()), Facts(values), Asked(DAY, DAY)).groups[0]


def is_enough(group: GroupAnswer, changes: dict[int, State]) -> bool:
    states = dict(zip(group.rule.leaves, (one.state for one in group.leaves), strict=True)) | changes
    return state_of(group.rule.node, [states[number] for number in sorted(states)]) is State.MET


def by_trying(group: GroupAnswer) -> list[dict[int, State]]:
    """All sets of changes that are enough and hold no other, by size, then by the order of the conditions."""
    leaves = dict(zip(group.rule.leaves, group.leaves, strict=True))
    order = {number: place for place, number in enumerate(leaves)}
    found: list[dict[int, State]] = []
    for size in range(1, MOST_CHANGES + 1):
        of_size: list[dict[int, State]] = []
        for some in combinations([number for number in leaves if can_change(leaves[number])], size):
            for wants in product(BOTH, repeat=size):
                change: dict[int, State] = dict(zip(some, wants, strict=True))
                is_other = all(leaves[number].state is not want for number, want in change.items())
                holds_other = any(one.items() <= change.items() for one in found)
                if is_other and not holds_other and is_enough(group, change):
                    of_size.append(change)
        found += sorted(
            of_size, key=lambda one: sorted((order[number], want) for number, want in one.items())
        )
    return found[:MOST_SETS]


def said(group: GroupAnswer) -> Iterator[dict[int, State]]:
    numbers = {id(leaf): number for number, leaf in zip(group.rule.leaves, group.leaves, strict=True)}
    for some in smallest_changes(group):
        yield {numbers[id(change.leaf)]: change.must_be for change in some}


@given(rules, facts)
def test_the_changes_are_those_that_trying_everything_finds(rule: Rule, values: Values) -> None:
    group = asked_of(rule, values)
    if group.state is State.MET:
        assert smallest_changes(group) == ()
        return
    found = list(said(group))
    assert found == by_trying(group)
    for change in found:
        assert is_enough(group, change)
        for number in change:
            assert not is_enough(group, {other: want for other, want in change.items() if other != number})


def test_a_set_too_large_or_too_small_would_be_seen() -> None:
    group = asked_of(AllOf((LEAVES[0], LEAVES[1])), {"patent_applied": False, "outstanding_work": False})
    assert by_trying(group) == [{0: State.MET, 1: State.MET}]
    assert not is_enough(group, {0: State.MET})


def test_at_most_three_sets_of_at_most_four() -> None:
    values: Values = dict.fromkeys(KEYS[:5], False)
    assert len(smallest_changes(asked_of(AnyOf(tuple(LEAVES[:5])), values))) == 3
    assert smallest_changes(asked_of(AllOf(tuple(LEAVES[:5])), values)) == ()
    assert len(smallest_changes(asked_of(AllOf(tuple(LEAVES[:4])), values))[0]) == 4


def test_a_condition_written_under_two_clauses_is_brought_about_once() -> None:
    twice = AllOf(
        (
            Leaf("patent_applied", "=", True, clause="Điều 2"),
            Leaf("patent_applied", "=", True, clause="Điều 5"),
        )
    )
    group = asked_of(twice, {"patent_applied": False})
    assert [[change.leaf.name for change in some] for some in smallest_changes(group)] == [["patent_applied"]]


def test_sixty_conditions_stay_quick() -> None:
    """The worst a composer may write: each of four choices among fifteen, nothing met."""
    choices = [
        AnyOf(tuple(Leaf("led_programmes", ">=", 1 + place * 15 + n) for n in range(15)))
        for place in range(4)
    ]
    group = asked_of(AllOf(tuple(choices)), {"led_programmes": 0})
    assert [len(some) for some in smallest_changes(group)] == [4, 4, 4]
