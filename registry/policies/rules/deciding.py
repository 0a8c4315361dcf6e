"""Which groups a person meets: each different condition once, then the trees of the groups over their states. Pure."""

from collections.abc import Mapping, Sequence
from typing import Any

from registry.policies.rules.answers import (
    DECLARED,
    Asked,
    Evidence,
    EvidenceState,
    Facts,
    GroupAnswer,
    LeafAnswer,
)
from registry.policies.rules.comparing import Days, Listed
from registry.policies.rules.conditions import AsOf, Leaf
from registry.policies.rules.logic import MET, UNKNOWN, State
from registry.policies.rules.preparing import Ready, ReadyGroup
from registry.policies.rules.trees import state_of


def days_of(ready: Ready, asked: Asked) -> Days:
    """The days of the application, with the yearly lists of the year of the decision."""
    code = ready.version.yearly_list
    listed = ready.law.yearly_lists.get(code) if code else None
    fields = listed.years.get(asked.decided_on.year) if listed else None
    return Days(asked.applied_on, asked.decided_on, {} if code is None or fields is None else {code: fields})


def look(ready: Ready, facts: Facts, asked: Asked) -> tuple[list[State], list[Any]]:
    """State and value of every condition of the version, in the order of `ready.leaves`."""
    days = days_of(ready, asked)
    values, evidence = facts.values, facts.evidence
    states: list[State] = []
    found: list[Any] = []
    for one in ready.leaves:
        value = one.find(values, days)
        state = UNKNOWN if value is None else one.judge(value)
        if evidence and state is MET and not is_proved(one.leaf, evidence, asked):
            state = UNKNOWN
        states.append(state)
        found.append(value)
    return states, found


def is_proved(leaf: Leaf, evidence: Mapping[str, Evidence], asked: Asked) -> bool:
    """Whether the papers carry a condition that is met: none expired, and there where the text asks for one."""
    state = evidence_of(leaf, evidence, asked)
    return state is not EvidenceState.EXPIRED and not (leaf.evidence and state is EvidenceState.NONE)


def evidence_of(leaf: Leaf, evidence: Mapping[str, Evidence], asked: Asked) -> EvidenceState:
    """State of the papers behind a condition on the day of the decision; nothing said is «declared»."""
    held = evidence.get(leaf.name) or evidence.get(leaf.fact) or DECLARED
    return held.on(asked.decided_on)


def group_states(ready: Ready, facts: Facts, asked: Asked) -> dict[str, State]:
    """State by group alone: for counting over many people."""
    states, _found = look(ready, facts, asked)
    return {one.group.code: state_of(one.rule.node, states) for one in ready.groups}


def group_answers(
    ready: Ready, facts: Facts, asked: Asked, states: Sequence[State], found: Sequence[Any]
) -> tuple[GroupAnswer, ...]:
    """Every group with its conditions, by rank."""
    leaves = [
        LeafAnswer(
            one.leaf,
            one.text,
            states[number],
            found[number].held if isinstance(found[number], Listed) else found[number],
            evidence_of(one.leaf, facts.evidence, asked) if facts.evidence else EvidenceState.DECLARED,
            asked.applied_on if one.leaf.as_of is AsOf.APPLY else asked.decided_on,
        )
        for number, one in enumerate(ready.leaves)
    ]
    return tuple(_answer(one, leaves, states) for one in ready.groups)


def _answer(ready: ReadyGroup, leaves: Sequence[LeafAnswer], states: Sequence[State]) -> GroupAnswer:
    group = ready.group
    return GroupAnswer(
        group.code,
        group.title,
        group.rank,
        group.clause,
        state_of(ready.rule.node, states),
        tuple([leaves[number] for number in ready.rule.leaves]),
        ready.rule,
    )
