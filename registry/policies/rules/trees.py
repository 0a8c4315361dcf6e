"""Rules as trees over the numbers of their conditions: what is left to do for each person. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass

from registry.policies.rules.conditions import AllOf, AnyOf, Leaf, Not, Rule
from registry.policies.rules.logic import MET, NOT_MET, UNKNOWN, State, negated


@dataclass(frozen=True, slots=True)
class All:
    """Every part must be met; parts are numbers of conditions or branches."""

    parts: tuple["Node", ...]


@dataclass(frozen=True, slots=True)
class Any:
    """One part is enough."""

    parts: tuple["Node", ...]


@dataclass(frozen=True, slots=True)
class Reversed:
    """The part must not be met."""

    part: "Node"


Node = int | All | Any | Reversed


@dataclass(frozen=True, slots=True)
class ReadyRule:
    """A rule as a tree, its conditions in the order of the text, and which of them stand under a «not»."""

    node: Node
    leaves: tuple[int, ...]
    reversed: frozenset[int]


def ready_rule(rule: Rule, table: dict[Leaf, int]) -> ReadyRule:
    """A rule as a tree; conditions not met before get the next numbers of `table`."""
    order: dict[int, None] = {}
    under_not: set[int] = set()

    def node_of(one: Rule, is_reversed: bool) -> Node:
        match one:
            case Leaf():
                number = table.setdefault(one, len(table))
                order.setdefault(number)
                if is_reversed:
                    under_not.add(number)
                return number
            case Not(part):
                return Reversed(node_of(part, not is_reversed))
            case AllOf(parts):
                return All(tuple(node_of(part, is_reversed) for part in parts))
            case AnyOf(parts):
                return Any(tuple(node_of(part, is_reversed) for part in parts))

    node = node_of(rule, False)
    return ReadyRule(_flat(node), tuple(order), frozenset(under_not))


def _flat(node: Node) -> Node:
    """«All» inside «all» is one «all», and «any» inside «any» one «any»: less to walk through for every person."""
    match node:
        case int():
            return node
        case Reversed(part):
            return Reversed(_flat(part))
        case All(parts):
            flat = [_flat(part) for part in parts]
            return All(tuple(x for part in flat for x in (part.parts if isinstance(part, All) else (part,))))
        case Any(parts):
            flat = [_flat(part) for part in parts]
            return Any(tuple(x for part in flat for x in (part.parts if isinstance(part, Any) else (part,))))


def state_of(node: Node, states: Sequence[State]) -> State:
    """The state of a rule from the states of its conditions, after Kleene; see `logic` for the tables."""
    if isinstance(node, int):
        return states[node]
    if isinstance(node, Reversed):
        return negated(state_of(node.part, states))
    if isinstance(node, All):
        return _all(node.parts, states)
    return _any(node.parts, states)


def _all(parts: tuple[Node, ...], states: Sequence[State]) -> State:
    answer = MET
    for part in parts:
        state = states[part] if isinstance(part, int) else state_of(part, states)
        if state is NOT_MET:
            return NOT_MET
        if state is UNKNOWN:
            answer = UNKNOWN
    return answer


def _any(parts: tuple[Node, ...], states: Sequence[State]) -> State:
    answer = NOT_MET
    for part in parts:
        state = states[part] if isinstance(part, int) else state_of(part, states)
        if state is MET:
            return MET
        if state is UNKNOWN:
            answer = UNKNOWN
    return answer
