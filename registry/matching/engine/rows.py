"""A match as the plain dictionary of the contract: what `registry match --json` prints and a run keeps. Pure.

Points and similarities are whole hundredths, levels are ranks 0…6, skills are concept codes, people public ids.
"""

from collections.abc import Callable, Iterable
from typing import Any

from registry.matching.engine.outcome import ConditionResult, Match, SkillScore

Words = Callable[[ConditionResult], str]
"""How a condition is said to people."""


def match_row(match: Match, rank: int | None, condition_text: Words) -> dict[str, Any]:
    """One row. `rank` is None for a person who is not ranked. `policies` is filled when policies exist."""
    return {
        "person": match.person,
        "rank": rank,
        "state": match.state.value,
        "score": match.certain,
        "potential": match.potential,
        "parts": [
            {
                "name": part.name,
                "share": part.share,
                "points": part.points,
                "potential": part.potential,
                "max": part.maximum,
            }
            for part in match.parts
        ],
        "skills": [_skill_row(one) for one in match.skills],
        "conditions": [{"text": condition_text(one), "state": one.verdict.value} for one in match.conditions],
        "policies": [],
    }


def _skill_row(one: SkillScore) -> dict[str, Any]:
    return {
        "requirement": one.wanted.skill,
        "essential": one.wanted.essential,
        "weight": one.wanted.weight,
        "required_level": one.wanted.rank,
        "claim": one.claim,
        "similarity": one.similarity,
        "level": one.rank,
        "points": one.points,
        "max": one.maximum,
        "how": one.how.value,
        "evidence": one.evidence,
    }


def ranked_rows(rows: Iterable[Match], condition_text: Words, first: int = 1) -> list[dict[str, Any]]:
    """The rows of a ranking in order; `first` is the rank of the first of them."""
    return [match_row(match, place, condition_text) for place, match in enumerate(rows, start=first)]
