"""The smallest sets of conditions that would make a group met, were they to come out otherwise. Pure.

A set is smallest when none of its parts is enough by itself (minimal by inclusion). Sets are found along the tree:
what a branch needs is put together from what its parts need, so that nothing has to be tried out.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import product

from registry.policies.rules.answers import Change, GroupAnswer, LeafAnswer
from registry.policies.rules.facts import NEVER_CHANGE, NO_RULE
from registry.policies.rules.logic import MET, UNKNOWN, State, negated
from registry.policies.rules.trees import All, Any, Node, Reversed

MOST_SETS = 3
MOST_CHANGES = 4
_FOLLOWED = 400
"""How many sets of a branch are followed further where one condition is written in several branches.

Elsewhere the first three are enough: what is put together from parts that share no condition keeps their order.
"""
_LONGEST_PARTED = 6
_Want = tuple[int, State, bool]
"""A condition, the state it must have, and whether it would have to change for that."""
_Set = frozenset[_Want]


def smallest_changes(group: GroupAnswer) -> tuple[tuple[Change, ...], ...]:
    """At most three sets of at most four changes, the smallest first, then in the order of the conditions.

    Empty for a group that is met, and where nobody can change what stands against it («không thể đổi»).
    """
    if group.state is MET:
        return ()
    search = _Search.of(group)
    ways = (frozenset(want for want in one if want[2]) for one in _ways(group.rule.node, MET, search))
    return tuple(
        tuple(Change(search.leaves[number], want) for number, want, _ in search.in_order(one))
        for one in search.first(ways)[:MOST_SETS]
    )


def can_change(leaf: LeafAnswer) -> bool:
    """Whether somebody could bring the condition about: whoever states an unknown fact can, but for no rule at all."""
    if leaf.leaf.fact == NO_RULE:
        return False
    return leaf.state is UNKNOWN or not (leaf.name in NEVER_CHANGE or leaf.leaf.fact in NEVER_CHANGE)


@dataclass(frozen=True, slots=True)
class _Search:
    """Conditions by number, their places in the text, and for each the first that asks the same.

    A condition that is written twice (under two clauses, say) is one: to bring it about once is enough. One that is
    wanted in both senses must be remembered even where it needs no change.
    """

    leaves: Mapping[int, LeafAnswer]
    places: Mapping[int, int]
    same: Mapping[int, int]
    both_senses: frozenset[int]
    followed: int

    @classmethod
    def of(cls, group: GroupAnswer) -> "_Search":
        """The search for a group."""
        leaves = dict(zip(group.rule.leaves, group.leaves, strict=True))
        first: dict[tuple[object, ...], int] = {}
        same = {
            number: first.setdefault((one.name, one.leaf.op, one.leaf.value, one.leaf.as_of), number)
            for number, one in leaves.items()
        }
        written = [(same[number], want) for number, want in _written(group.rule.node, MET)]
        numbers = [number for number, _ in written]
        return cls(
            leaves,
            {number: place for place, number in enumerate(leaves)},
            same,
            frozenset(number for number, want in written if (number, negated(want)) in written),
            MOST_SETS if len(set(numbers)) == len(numbers) else _FOLLOWED,
        )

    def in_order(self, one: _Set) -> list[_Want]:
        """The changes of a set in the order of the text."""
        return sorted(one, key=lambda want: (self.places[want[0]], want[1]))

    def first(self, sets: Iterable[_Set]) -> list[_Set]:
        """The first minimal ones: the smallest, then in the order of the text."""
        minimal = _minimal(sets)
        minimal.sort(key=lambda one: (_cost(one), sorted((self.places[n], want) for n, want, _ in one)))
        return minimal[: self.followed]


def _written(node: Node, want: State) -> Iterator[tuple[int, State]]:
    """Every condition of a tree as often as it is written, in the sense in which the tree wants it."""
    match node:
        case Reversed(part):
            yield from _written(part, negated(want))
        case All(parts) | Any(parts):
            for part in parts:
                yield from _written(part, want)
        case _:
            yield node, want


def _cost(one: _Set) -> int:
    return sum(changes for _, _, changes in one)


def _ways(node: Node, want: State, search: _Search) -> list[_Set]:
    """The first sets of at most four changes that bring a node to the state wanted."""
    match node:
        case Reversed(part):
            return _ways(part, negated(want), search)
        case All(parts) | Any(parts):
            ways = [_ways(part, want, search) for part in parts]
            if isinstance(node, All) == (want is MET):
                return _together(ways, search)
            return search.first(one for some in ways for one in some)
        case _:
            return _leaf_ways(node, want, search)


def _leaf_ways(number: int, want: State, search: _Search) -> list[_Set]:
    leaf, same = search.leaves[number], search.same[number]
    if leaf.state is want:
        return [frozenset({(same, want, False)} if same in search.both_senses else ())]
    return [frozenset({(same, want, True)})] if can_change(leaf) else []


def _together(ways: Iterable[list[_Set]], search: _Search) -> list[_Set]:
    """One way of each, put together; what wants one condition both met and not met is no way."""
    joined: list[_Set] = [frozenset()]
    for some in ways:
        both = (left | right for left, right in product(joined, some))
        joined = search.first(one for one in both if _cost(one) <= MOST_CHANGES and _agrees(one))
    return joined


def _agrees(one: _Set) -> bool:
    wants = {(number, want) for number, want, _ in one}
    return len({number for number, _ in wants}) == len(wants)


def _minimal(sets: Iterable[_Set]) -> list[_Set]:
    """Those that hold no other. Looking up every part is the fastest for few members; long ones are let through."""
    everything = set(sets)
    return [
        one
        for one in everything
        if len(one) > _LONGEST_PARTED or not any(part in everything for part in _proper_parts(one))
    ]


def _proper_parts(one: _Set) -> Iterator[_Set]:
    members = list(one)
    for bits in range(2 ** len(members) - 1):
        yield frozenset(member for place, member in enumerate(members) if bits >> place & 1)
