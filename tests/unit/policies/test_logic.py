"""The tables of the logic of three values, and the same tables in the trees that judge people."""

from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from registry.policies.rules import AllOf, AnyOf, Leaf, Not, Rule, State, all_of, any_of, negated
from registry.policies.rules.trees import ready_rule, state_of

T, F, U = State.MET, State.NOT_MET, State.UNKNOWN
STATES = (T, F, U)
AND = {(T, T): T, (T, F): F, (T, U): U, (F, F): F, (F, U): F, (U, U): U}
OR = {(T, T): T, (T, F): T, (T, U): T, (F, F): F, (F, U): U, (U, U): U}
A, B = (Leaf("recognised_talent", "=", True), Leaf("patent_applied", "=", True))


def in_tree(rule: Rule, *states: State) -> State:
    table: dict[Leaf, int] = {A: 0, B: 1}
    return state_of(ready_rule(rule, table).node, states)


@pytest.mark.parametrize(("pair", "both"), AND.items())
def test_all(pair: tuple[State, State], both: State) -> None:
    for left, right in (pair, pair[::-1]):
        assert all_of((left, right)) is both
        assert in_tree(AllOf((A, B)), left, right) is both


@pytest.mark.parametrize(("pair", "one"), OR.items())
def test_any(pair: tuple[State, State], one: State) -> None:
    for left, right in (pair, pair[::-1]):
        assert any_of((left, right)) is one
        assert in_tree(AnyOf((A, B)), left, right) is one


def test_not() -> None:
    assert [negated(one) for one in STATES] == [F, T, U]
    assert [in_tree(Not(A), one, U) for one in STATES] == [F, T, U]


def test_nothing_to_ask() -> None:
    assert all_of(()) is T
    assert any_of(()) is F


@given(st.lists(st.sampled_from(STATES), max_size=6))
def test_not_all_is_any_not(states: list[State]) -> None:
    assert negated(all_of(states)) is any_of(map(negated, states))
    assert negated(any_of(states)) is all_of(map(negated, states))


@given(st.lists(st.sampled_from(STATES), min_size=1, max_size=6))
def test_order_and_repetition_do_not_matter(states: list[State]) -> None:
    backwards = [*states[::-1], *states]
    assert all_of(states) is all_of(backwards)
    assert any_of(states) is any_of(backwards)


def test_what_becomes_known_never_overturns_what_was_known() -> None:
    rules: tuple[Rule, ...] = (AllOf((A, B)), AnyOf((A, B)), Not(A), AllOf((A, Not(B))), AnyOf((Not(A), B)))
    for rule, left, right in product(rules, STATES, STATES):
        before = in_tree(rule, left, right)
        if before is U:
            continue
        for learned in product((T, F) if left is U else (left,), (T, F) if right is U else (right,)):
            assert in_tree(rule, *learned) is before


def test_two_valued_logic_would_fail_these_tables() -> None:
    def as_if_not_met(states: tuple[State, State]) -> State:
        return T if all(one is T for one in states) else F

    assert any(as_if_not_met(pair) is not both for pair, both in AND.items())
