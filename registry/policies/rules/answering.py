"""The one entry of the engine: what a version says for one person, from states to costs. Pure, no clock, no database."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from registry.policies.rules.amounts import Terms
from registry.policies.rules.answers import (
    Answer,
    Applicability,
    Asked,
    Facts,
    GroupAnswer,
    LeftOut,
    Line,
)
from registry.policies.rules.applying import applicability, reason_words
from registry.policies.rules.commitments import first_end, latest
from registry.policies.rules.costs import costs, total_once
from registry.policies.rules.deciding import group_answers, look
from registry.policies.rules.lines import Draft, drafts_of, line_of, modifiers_met
from registry.policies.rules.logic import MET, State
from registry.policies.rules.policy import Group
from registry.policies.rules.preparing import Ready
from registry.policies.rules.stacking import granted_groups, without_excluded


def answer(ready: Ready, facts: Facts, asked: Asked) -> Answer:
    """What a version prepared once says for one person, one post and one application.

    States are given even where the version cannot be granted, since they depend on facts alone; lines, costs and
    commitment only where it can. The machine grants nothing: «granted» are the groups a decision could name.
    """
    version, days = ready.version, ready.days
    states, found = look(ready, facts, asked)
    groups = group_answers(ready, facts, asked, states, found)
    applicable = applicability(version, days, asked, facts.units)
    offered = _lines(ready, facts, asked, groups, states) if applicable is Applicability.YES else _Found()
    starts_on = asked.starts_on or asked.decided_on
    ends, needs = _ends(offered.granted, facts, asked)
    return Answer(
        version=version.key,
        applicable=applicable,
        reason=reason_words(applicable, version, days),
        scope_asked=facts.units is not None,
        dates_known=days.are_known,
        groups=groups,
        granted=tuple(one.code for one in offered.granted),
        lines=offered.lines,
        left_out=offered.left_out,
        notes=offered.notes,
        total_once=total_once(offered.lines),
        costs=costs(offered.lines, asked.decided_on, starts_on),
        commitment_from=starts_on if ends else None,
        commitment_until=latest(ends),
        commitment_needs=needs,
    )


@dataclass(frozen=True, slots=True)
class _Found:
    """Groups granted, their lines, what was left out, what has to be said beside."""

    granted: tuple[Group, ...] = ()
    lines: tuple[Line, ...] = ()
    left_out: tuple[LeftOut, ...] = ()
    notes: tuple[str, ...] = ()


def _lines(
    ready: Ready, facts: Facts, asked: Asked, groups: Sequence[GroupAnswer], states: Sequence[State]
) -> _Found:
    version = ready.version
    met = [one.group for one, answered in zip(ready.groups, groups, strict=True) if answered.state is MET]
    if not met:
        return _Found()
    terms = Terms(facts.values, ready.law, asked.decided_on, asked.levels)
    by_group = [
        draft
        for group in met
        for draft in drafts_of(ready, group.benefits, group.code, group.rank, states, terms)
    ]
    granted, groups_out = granted_groups(version.stacking, met, by_group)
    codes = {group.code for group in granted}
    extra = [one for one in version.extra_benefits if one.groups is None or not codes.isdisjoint(one.groups)]
    last_rank = max(group.rank for group in version.groups) + 1
    drafts = [one for one in by_group if one.group in codes]
    drafts += drafts_of(ready, extra, None, last_rank, states, terms)
    kept, lines_out = without_excluded(drafts)
    modifiers, unknown = modifiers_met(ready, states)
    notes = tuple(
        f"Chưa biết có được áp dụng hệ số hay không: {ready.words.rule(one.rule)}."
        for one in unknown
        if _touches(one.groups, kept)
    )
    return _Found(
        granted, tuple(line_of(one, modifiers, asked) for one in kept), (*groups_out, *lines_out), notes
    )


def _touches(groups: tuple[str, ...] | None, drafts: Sequence[Draft]) -> bool:
    return any(one.group is not None and (groups is None or one.group in groups) for one in drafts)


def _ends(granted: Sequence[Group], facts: Facts, asked: Asked) -> tuple[list[date], tuple[str, ...]]:
    """Ends of the commitments of the groups granted, and the facts that are missing to compute one."""
    training = facts.values.get("training")
    months = training.get("months") if isinstance(training, Mapping) else None
    start = asked.starts_on or asked.decided_on
    terms = [one.commitment for one in granted if one.commitment is not None]
    ends = [first_end(one, start, None if months is None else int(months)) for one in terms]
    return [one for one in ends if one is not None], ("training:months",) if None in ends else ()
