"""The smallest sets of conditions that would make a group met, were they to come out otherwise. Pure.

A set is smallest when none of its parts is enough by itself (minimal by inclusion). Sets are found along the tree:
what a branch needs is put together from what its parts need, so that nothing has to be tried out.
"""

from collections.abc import Iterable
from itertools import product

from registry.policies.rules.answers import Change, GroupAnswer, LeafAnswer
from registry.policies.rules.facts import NEVER_CHANGE, NO_RULE
from registry.policies.rules.logic import MET, NOT_MET, UNKNOWN, State
from registry.policies.rules.trees import All, Any, Node, Reversed

MOST_SETS = 3
MOST_CHANGES = 4
_Want = tuple[int, State]
_Set = frozenset[_Want]


def smallest_changes(group: GroupAnswer) -> tuple[tuple[Change, ...], ...]:
    """At most three sets of at most four changes, the smallest first, then in the order of the conditions.

    Empty for a group that is met, and where nobody can change what stands against it («không thể đổi»).
    """
    if group.state is MET:
        return ()
    leaves = dict(zip(group.rule.leaves, group.leaves, strict=True))
    order = {number: place for place, number in enumerate(group.rule.leaves)}
    found: list[_Set] = []
    for most in range(1, MOST_CHANGES + 1):
        found = _minimal(_ways(group.rule.node, MET, leaves, most))
        if len(found) >= MOST_SETS:
            break
    ordered = sorted(found, key=lambda one: (len(one), sorted(order[number] for number, _ in one)))
    return tuple(
        tuple(Change(leaves[number], want) for number, want in sorted(one, key=lambda w: order[w[0]]))
        for one in ordered[:MOST_SETS]
    )


def can_change(leaf: LeafAnswer) -> bool:
    """Whether somebody could bring the condition about: whoever states an unknown fact can, but for no rule at all."""
    if leaf.leaf.fact == NO_RULE:
        return False
    return leaf.state is UNKNOWN or not (leaf.name in NEVER_CHANGE or leaf.leaf.fact in NEVER_CHANGE)


def _ways(node: Node, want: State, leaves: dict[int, LeafAnswer], most: int) -> set[_Set]:
    """Every set of at most `most` changes that brings a node to the state wanted; not all of them minimal."""
    match node:
        case Reversed(part):
            return _ways(part, NOT_MET if want is MET else MET, leaves, most)
        case All(parts) | Any(parts):
            ways = (_ways(part, want, leaves, most) for part in parts)
            needs_each = isinstance(node, All) == (want is MET)
            return _together(ways, most) if needs_each else {one for some in ways for one in some}
        case _:
            leaf = leaves[node]
            if leaf.state is want:
                return {frozenset()}
            return {frozenset({(node, want)})} if most and can_change(leaf) else set()


def _together(ways: Iterable[set[_Set]], most: int) -> set[_Set]:
    """One way of each, put together; what wants one condition both met and not met is no way."""
    joined: set[_Set] = {frozenset()}
    for one in ways:
        joined = {
            both
            for left, right in product(joined, _minimal(one))
            if len(both := left | right) <= most and len({number for number, _ in both}) == len(both)
        }
        joined = set(_minimal(joined))
    return joined


def _minimal(sets: Iterable[_Set]) -> list[_Set]:
    """Those that hold no other: with at most four members each, looking up every part is the fastest."""
    everything = set(sets)
    return [one for one in everything if not any(part in everything for part in _proper_parts(one))]


def _proper_parts(one: _Set) -> Iterable[_Set]:
    members = list(one)
    for bits in range(2 ** len(members) - 1):
        yield frozenset(member for place, member in enumerate(members) if bits >> place & 1)
