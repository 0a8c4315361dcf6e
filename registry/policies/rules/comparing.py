"""A condition made ready: how its value is found among the facts and how a known value is judged. Pure.

Everything that does not depend on the person is done here, once, so that judging 100,000 people stays cheap.
"""

import operator
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from registry.policies.rules.conditions import AsOf, Leaf
from registry.policies.rules.facts import NO_RULE, YEARLY_LIST, Fact, FactKind, fact_of, years_between
from registry.policies.rules.logic import MET, NOT_MET, UNKNOWN, State, known

Judge = Callable[[Any], State]
ORDERINGS: Mapping[str, Callable[[int, int], bool]] = {
    ">=": operator.ge,
    "<=": operator.le,
    ">": operator.gt,
    "<": operator.lt,
    "=": operator.eq,
    "!=": operator.ne,
}


@dataclass(frozen=True, slots=True)
class Days:
    """The two days a condition may be asked about, and the yearly lists of the year of the decision."""

    applied_on: date
    decided_on: date
    listed: Mapping[str, frozenset[str]]


@dataclass(frozen=True, slots=True)
class Listed:
    """A person's fields beside the yearly list they are looked up in."""

    held: frozenset[str]
    wanted: frozenset[str]


Find = Callable[[Mapping[str, Any], Days], Any]
"""Finds the value a condition looks at, among facts and days; nothing when it is not known."""


def finder(leaf: Leaf) -> Find:
    """How the value of a condition is found."""
    key, of = leaf.fact, leaf.of
    if key == NO_RULE:
        return lambda _values, _days: None
    if key == YEARLY_LIST:
        return _list_finder(str(leaf.value))
    if key == "age_on":
        return _age_finder(leaf.as_of)
    if key == "university_rank":
        return _best_rank if of is None else _table_finder(of)
    if of is None:
        return lambda values, _days: values.get(key)
    return _part_finder(key, of)


def _part_finder(key: str, of: str) -> Find:
    def find(values: Mapping[str, Any], _days: Days) -> Any:
        parts = values.get(key)
        return None if parts is None else parts.get(of)

    return find


def _list_finder(code: str) -> Find:
    def find(values: Mapping[str, Any], days: Days) -> Listed | None:
        held, wanted = values.get("field_code"), days.listed.get(code)
        return None if held is None or wanted is None else Listed(held, wanted)

    return find


def _age_finder(as_of: AsOf) -> Find:
    def find(values: Mapping[str, Any], days: Days) -> int | None:
        born = values.get("born")
        if born is None:
            return None
        return years_between(born, days.decided_on if as_of is AsOf.DECIDE else days.applied_on)

    return find


def _best_rank(values: Mapping[str, Any], _days: Days) -> Any:
    """The best place in any table; 0 says that the university stands in none."""
    ranks = values.get("university_rank")
    return None if ranks is None else min(ranks.values(), default=0)


def _table_finder(table: str) -> Find:
    def find(values: Mapping[str, Any], _days: Days) -> Any:
        ranks = values.get("university_rank")
        if ranks is None:
            return None
        return ranks.get(table) if ranks else 0

    return find


def judge(leaf: Leaf, ladder: tuple[tuple[str, ...], ...]) -> Judge:
    """How a known value of the condition's fact is judged; `ladder` is the policy's ladder of degrees."""
    if leaf.fact == NO_RULE:
        return lambda _value: UNKNOWN
    if leaf.fact == YEARLY_LIST:
        return lambda value: fields_state(value.held, value.wanted)
    fact = fact_of(leaf.fact, leaf.of)
    if fact is None:
        raise LookupError(leaf.name)
    return _JUDGES[fact.kind](leaf, fact, ladder)


def fields_state(held: frozenset[str], wanted: frozenset[str]) -> State:
    """Met when a field held is or lies within a wanted one; unknown when it is known only more widely.

    Codes of fields of study grow by levels: 772 holds 77201 holds 7720101.
    """
    answer = NOT_MET
    for one in held:
        for code in wanted:
            if one.startswith(code):
                return MET
            if code.startswith(one):
                answer = UNKNOWN
    return answer


def step_of(code: str, ladder: tuple[tuple[str, ...], ...]) -> int:
    """The step of a degree on a policy's ladder, from 1; 0 when the ladder does not name it."""
    for number, step in enumerate(ladder, 1):
        if code in step:
            return number
    return 0


def _by_order(leaf: Leaf, _fact: Fact, _ladder: object) -> Judge:
    compare, wanted = ORDERINGS[leaf.op], leaf.value
    return lambda value: MET if compare(value, wanted) else NOT_MET  # pyright: ignore[reportArgumentType]


def _by_scale(leaf: Leaf, fact: Fact, _ladder: object) -> Judge:
    if leaf.op == "in":
        return _by_choice(leaf, fact, _ladder)
    places = {code: place for place, code in enumerate(fact.values)}
    compare, wanted = ORDERINGS[leaf.op], places[str(leaf.value)]
    table = {code: known(compare(place, wanted)) for code, place in places.items()}
    return lambda value: table.get(value, UNKNOWN)


def _wanted(leaf: Leaf) -> frozenset[Any]:
    return frozenset(leaf.value) if isinstance(leaf.value, tuple) else frozenset((leaf.value,))


def _by_choice(leaf: Leaf, _fact: Fact, _ladder: object) -> Judge:
    wanted = _wanted(leaf)
    inside, outside = (NOT_MET, MET) if leaf.op == "!=" else (MET, NOT_MET)
    return lambda value: inside if value in wanted else outside


def _by_codes(leaf: Leaf, _fact: Fact, _ladder: object) -> Judge:
    wanted = _wanted(leaf)
    inside, outside = (NOT_MET, MET) if leaf.op == "!=" else (MET, NOT_MET)
    return lambda value: outside if wanted.isdisjoint(value) else inside


def _by_fields(leaf: Leaf, _fact: Fact, _ladder: object) -> Judge:
    wanted = _wanted(leaf)
    return lambda value: fields_state(value, wanted)


def _by_ladder(leaf: Leaf, fact: Fact, ladder: tuple[tuple[str, ...], ...]) -> Judge:
    if leaf.op == "has_any":
        return _by_codes(leaf, fact, ladder)
    steps = {code: number for number, step in enumerate(ladder, 1) for code in step}
    compare, wanted = ORDERINGS[leaf.op], steps.get(str(leaf.value), 0)
    return lambda value: known(compare(max((steps.get(code, 0) for code in value), default=0), wanted))


def _by_rank(leaf: Leaf, _fact: Fact, _ladder: object) -> Judge:
    compare, wanted = ORDERINGS[leaf.op], int(str(leaf.value))
    return lambda value: known(value > 0 and compare(value, wanted))


_JUDGES: Mapping[FactKind, Callable[[Leaf, Fact, tuple[tuple[str, ...], ...]], Judge]] = {
    FactKind.YES_NO: _by_choice,
    FactKind.NUMBER: _by_order,
    FactKind.SCALE: _by_scale,
    FactKind.CHOICE: _by_choice,
    FactKind.CODES: _by_codes,
    FactKind.UNIT: _by_codes,
    FactKind.LADDER: _by_ladder,
    FactKind.FIELDS: _by_fields,
    FactKind.RANKING: _by_rank,
}
