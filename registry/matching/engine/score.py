"""The reference of the formula, version 1: one need against one person, and one need against everyone.

It is written plainly because it is the truth: whatever is faster must give the same numbers. All
arithmetic is on whole numbers; points are floors of whole hundredths and totals are plain sums, so what is
shown adds up to the last digit. Pure: the date, the vocabulary and the facts come in as arguments.
"""

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from registry.matching.engine import parts, skills
from registry.matching.engine.conditions import condition_key, judge
from registry.matching.engine.facts import (
    PARTS,
    Condition,
    EvidenceCondition,
    NeedSpec,
    PersonFacts,
    SkillClaimed,
    SkillWanted,
)
from registry.matching.engine.outcome import (
    NOTHING,
    ConditionResult,
    Interval,
    Match,
    PartScore,
    Ranking,
    SkillScore,
    SkillSupply,
    Standing,
    Verdict,
)
from registry.matching.engine.shares import apportion

FORMULA_VERSION = 1
FORMULA_SINCE = date(2026, 11, 25)
POINTS_PER_SHARE = 100

SimilarityTable = Mapping[str, skills.Similarities]
"""Wanted concept → claimed concept → similarity in hundredths. A concept that is missing is similar to itself only."""


@dataclass(frozen=True, slots=True)
class Plan:
    """A need made ready for scoring: requirements in their order, points divided, similar concepts looked up.

    `unspoken` is what each wanted skill is worth to whoever claims nothing near it; `essential` is the place of the
    skill behind the key of each essential one.
    """

    need: NeedSpec
    shares: Mapping[str, int]
    wanted: tuple[SkillWanted, ...]
    maxima: tuple[int, ...]
    similarities: tuple[skills.Similarities, ...]
    unspoken: tuple[SkillScore, ...]
    essential: Mapping[str, int]
    conditions: tuple[tuple[str, Condition], ...]
    relaxed: frozenset[str] = frozenset()

    @property
    def asks_for_something(self) -> bool:
        """A need that asks for nothing has no ranking."""
        return any(_asked(self.need).values())

    @property
    def asks_for_skills(self) -> bool:
        """Whether skills can earn points, so that a person without one certain point cannot be ranked."""
        return any(self.maxima)

    def named_conditions(self) -> tuple[tuple[str, Condition | SkillWanted], ...]:
        """All hard conditions by key, the essential skills first."""
        essential = ((key, self.wanted[place]) for key, place in self.essential.items())
        return (*essential, *self.conditions)


def prepare(need: NeedSpec, table: SimilarityTable, relaxed: Collection[str] = ()) -> Plan:
    """Divide the points of a need and look up its similar concepts. The order of its rows does not matter.

    `relaxed` are keys of conditions that are left out for once; no point changes by that.
    """
    shares = _effective_shares(need)
    wanted = tuple(sorted(need.skills, key=_requirement_order))
    maxima = tuple(apportion(shares["skills"] * POINTS_PER_SHARE, [one.weight for one in wanted]))
    similarities = tuple({**table.get(one.skill, {}), one.skill: skills.SAME} for one in wanted)
    conditions = {condition_key(one): one for one in need.conditions}
    return Plan(
        need=need,
        shares=shares,
        wanted=wanted,
        maxima=maxima,
        similarities=similarities,
        unspoken=tuple(
            skills.skill_score(one, maximum, (), similar)
            for one, maximum, similar in zip(wanted, maxima, similarities, strict=True)
        ),
        essential={condition_key(one): place for place, one in enumerate(wanted) if one.essential},
        conditions=tuple(sorted(conditions.items())),
        relaxed=frozenset(relaxed),
    )


def _requirement_order(wanted: SkillWanted) -> tuple[bool, int, str, int, int, bool]:
    """Essential first, then heavier, then by code: the order shown, and the order that breaks equal remainders."""
    order = (not wanted.essential, -wanted.weight, wanted.skill, wanted.rank, wanted.must_reach)
    return (*order, wanted.minimum is None)


def _asked(need: NeedSpec) -> dict[str, bool]:
    """Which parts the need asks for."""
    return {
        "skills": bool(need.skills),
        "experience": need.experience is not None,
        "qualification": need.qualification is not None,
        "availability": need.availability is not None,
        "place": need.place is not None,
    }


def _effective_shares(need: NeedSpec) -> dict[str, int]:
    """100 divided over the parts asked for, in proportion to their shares, by largest remainder."""
    asked = [(part, share) for part, share in zip(PARTS, need.shares, strict=True) if _asked(need)[part]]
    divided = apportion(100, [share for _part, share in asked])
    given = {part: share for (part, _share), share in zip(asked, divided, strict=True)}
    return {part: given.get(part, 0) for part in PARTS}


def score(plan: Plan, person: PersonFacts, as_of: date) -> Match:
    """One person against one need on a date (Asia/Ho_Chi_Minh)."""
    return _score(plan, person, skills.current_claims(person.skills), as_of)


def _score(plan: Plan, person: PersonFacts, claims: Sequence[SkillClaimed], as_of: date) -> Match:
    per_skill = _skill_scores(plan, claims)
    per_part = _part_scores(plan, person, per_skill, as_of)
    return Match(
        person=person.public_id,
        certain=sum([part.points for part in per_part]),
        potential=sum([part.potential for part in per_part]),
        parts=per_part,
        skills=per_skill,
        conditions=_condition_results(plan, person, claims, per_skill, as_of),
        has_enough_data=per_part[0].points > 0 or not plan.asks_for_skills,
    )


def _skill_scores(plan: Plan, claims: Sequence[SkillClaimed]) -> tuple[SkillScore, ...]:
    """The points of each wanted skill; of most of them a person says nothing."""
    claimed = {one.skill for one in claims}
    return tuple(
        unspoken
        if similar.keys().isdisjoint(claimed)
        else skills.skill_score(unspoken.wanted, unspoken.maximum, claims, similar)
        for unspoken, similar in zip(plan.unspoken, plan.similarities, strict=True)
    )


def _part_scores(
    plan: Plan, person: PersonFacts, per_skill: Sequence[SkillScore], as_of: date
) -> tuple[PartScore, ...]:
    certain, potential = sum([one.points for one in per_skill]), sum([one.potential for one in per_skill])
    rows = [PartScore("skills", plan.shares["skills"], certain, potential, sum(plan.maxima))]
    for name, value in zip(PARTS[1:], _other_values(plan.need, person, as_of), strict=True):
        share = plan.shares[name]
        maximum = share * POINTS_PER_SHARE
        certain, potential = value
        rows.append(
            PartScore(
                name, share, maximum * certain // parts.FULL, maximum * potential // parts.FULL, maximum
            )
        )
    return tuple(rows)


def _other_values(need: NeedSpec, person: PersonFacts, as_of: date) -> tuple[Interval, ...]:
    """The four parts beside skills, each 0…60 as an interval; a part that is not asked for is worth nothing."""
    return (
        parts.experience(need.experience, person.experience, as_of) if need.experience else NOTHING,
        parts.qualification(need.qualification, person.education) if need.qualification else NOTHING,
        parts.availability(need.availability, person.availability, as_of) if need.availability else NOTHING,
        parts.place(need.place, person.places) if need.place else NOTHING,
    )


def _condition_results(
    plan: Plan,
    person: PersonFacts,
    claims: Sequence[SkillClaimed],
    per_skill: Sequence[SkillScore],
    as_of: date,
) -> tuple[ConditionResult, ...]:
    """Essential skills in their order, then the other conditions by key; the same condition twice counts once."""
    results = [
        ConditionResult(key, per_skill[place].wanted, verdict)
        for key, place in plan.essential.items()
        if (verdict := per_skill[place].essential) is not None and key not in plan.relaxed
    ]
    for key, condition in plan.conditions:
        if key in plan.relaxed:
            continue
        if isinstance(condition, EvidenceCondition):
            verdict = _evidence_verdict(plan, claims, condition)
        else:
            verdict = judge(condition, person, as_of)
        results.append(ConditionResult(key, condition, verdict))
    return tuple(results)


def _evidence_verdict(plan: Plan, claims: Sequence[SkillClaimed], condition: EvidenceCondition) -> Verdict:
    """Every essential skill reached with evidence at least this strong; without an essential skill all is well."""
    answers = {
        skills.evidence_answer(wanted, claims, similar, condition.state)
        for wanted, similar in zip(plan.wanted, plan.similarities, strict=True)
        if wanted.essential
    }
    if False in answers:
        return Verdict.NOT_MET
    return Verdict.UNKNOWN if None in answers else Verdict.MET


def rank_people(plan: Plan, people: Iterable[PersonFacts], as_of: date) -> Ranking:
    """Everyone against one need: those who meet all before those with something unknown, then by certain total."""
    counts: Counter[str] = Counter()
    excluded: Counter[str] = Counter()
    relaxations: Counter[str] = Counter()
    rows: list[Match] = []
    supply = _SupplyCount(plan)
    for person in people:
        claims = skills.current_claims(person.skills)
        match = _score(plan, person, claims, as_of)
        standing = match.standing
        counts[standing] += 1
        if standing is Standing.EXCLUDED:
            excluded.update(match.failed)
            relaxations.update(_only_reason(plan, match))
        elif standing is Standing.RANKED and plan.asks_for_something:
            rows.append(match)
            supply.add(match, claims)
    rows.sort(key=ranking_order)
    return Ranking(
        considered=counts.total(),
        not_enough_data=counts[Standing.NOT_ENOUGH_DATA],
        excluded_people=counts[Standing.EXCLUDED],
        excluded=dict(sorted(excluded.items())),
        relaxations={reason: relaxations[reason] for reason in sorted(excluded)},
        rows=tuple(rows),
        supply=supply.result(),
    )


def ranking_order(match: Match) -> tuple[bool, int, str]:
    """All met before some unknown, then the certain total, then the public id."""
    return (match.state is not Verdict.MET, -match.certain, match.person)


def _only_reason(plan: Plan, match: Match) -> tuple[str, ...]:
    """The one condition that keeps a person out who would otherwise have a row."""
    would_be_ranked = match.has_enough_data and plan.asks_for_something
    return match.failed if len(match.failed) == 1 and would_be_ranked else ()


class _SupplyCount:
    """Counts, among the ranked people, who reaches each wanted skill, now and one rank lower."""

    def __init__(self, plan: Plan) -> None:
        self._plan = plan
        self._reach: Counter[int] = Counter()
        self._reach_lower: Counter[int] = Counter()

    def add(self, match: Match, claims: Sequence[SkillClaimed]) -> None:
        for place, (one, similar) in enumerate(zip(match.skills, self._plan.similarities, strict=True)):
            if one.claim is not None:  # without a claim that says something of the skill nothing reaches it
                rank = one.wanted.rank
                self._reach[place] += skills.reaches(claims, similar, rank)
                self._reach_lower[place] += skills.reaches(claims, similar, max(1, rank - 1))

    def result(self) -> tuple[SkillSupply, ...]:
        return tuple(
            SkillSupply(wanted, self._reach[place], self._reach_lower[place] - self._reach[place])
            for place, wanted in enumerate(self._plan.wanted)
        )
