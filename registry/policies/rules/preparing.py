"""A version made ready for many people: every different condition once, rules as trees over their numbers. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass

from registry.policies.rules.applying import Validity, validity
from registry.policies.rules.comparing import Find, Judge, finder, judge
from registry.policies.rules.conditions import AllOf, Leaf, Not, Rule
from registry.policies.rules.facts import NO_RULE, YEARLY_LIST
from registry.policies.rules.policy import Group, Law, Version
from registry.policies.rules.trees import ReadyRule, ready_rule
from registry.policies.rules.words import Words


@dataclass(frozen=True, slots=True)
class ReadyLeaf:
    """A condition with everything that does not depend on the person."""

    leaf: Leaf
    find: Find
    judge: Judge
    text: str


@dataclass(frozen=True, slots=True)
class ReadyGroup:
    """A group with the conditions everybody must meet joined to its own."""

    group: Group
    rule: ReadyRule


@dataclass(frozen=True, slots=True)
class Ready:
    """A version ready to answer. Build it once with `prepare`; it holds nothing of any person."""

    version: Version
    law: Law
    days: Validity
    leaves: tuple[ReadyLeaf, ...]
    groups: tuple[ReadyGroup, ...]
    benefit_rules: Mapping[str, ReadyRule]
    modifier_rules: tuple[ReadyRule, ...]
    words: Words


def prepare(version: Version, law: Law, words: Words | None = None) -> Ready:
    """Make a version ready. `words` names units, countries and fields in the sentences; else codes stand there."""
    said = words or Words()
    table: dict[Leaf, int] = {}
    groups = tuple(
        ReadyGroup(group, ready_rule(joined_rule(version, group), table))
        for group in sorted(version.groups, key=lambda one: (one.rank, one.code))
    )
    benefit_rules = {
        one.code: ready_rule(one.rule, table) for one in version.benefits if one.rule is not None
    }
    modifier_rules = tuple(ready_rule(one.rule, table) for one in version.modifiers)
    leaves = tuple(
        ReadyLeaf(
            leaf, finder(leaf), judge(leaf, version.ladder), leaf.text or said.condition(leaf, version.ladder)
        )
        for leaf in table
    )
    return Ready(version, law, validity(version, law), leaves, groups, benefit_rules, modifier_rules, said)


def joined_rule(version: Version, group: Group) -> Rule:
    """All a group asks: its own rule, years of work left, the common rule, the yearly list, no exclusion.

    A group whose text states no rule gets one condition that is always unknown: it is met by nobody silently.
    """
    own: Rule = group.rule or Leaf(NO_RULE, "=", True, clause=group.clause)
    parts: list[Rule] = [own]
    if group.min_remaining_years is not None:
        parts.append(Leaf("remaining_working_years", ">=", group.min_remaining_years, clause=group.clause))
    if version.common is not None:
        parts.append(version.common)
    if version.yearly_list is not None:
        parts.append(Leaf(YEARLY_LIST, "has_any", version.yearly_list))
    parts.extend(Not(_with_text(one.rule, one.text, one.clause)) for one in version.exclusions)
    return AllOf(tuple(parts))


def _with_text(rule: Rule, text: str, clause: str) -> Rule:
    """An exclusion of one condition is said in the words of the text."""
    if not isinstance(rule, Leaf):
        return rule
    return Leaf(
        rule.fact,
        rule.op,
        rule.value,
        rule.of,
        rule.as_of,
        rule.clause or clause,
        rule.evidence,
        rule.text or text,
    )
