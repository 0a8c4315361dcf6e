"""The skill part: points of each wanted skill from the best claim, and whether an essential skill is met. Pure."""

from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from typing import NamedTuple

from registry.matching.engine.facts import EVIDENCE_STRENGTH, SkillClaimed, SkillWanted
from registry.matching.engine.outcome import How, SkillScore, Verdict

SAME, NARROWER, NARROWER_TWICE, BROADER, RELATED = 100, 90, 80, 60, 50
"""Similarity of a claim to the skill wanted, in hundredths; several paths between two concepts: the highest."""

SIXTIETHS = 60
_UNIT = 100 * SIXTIETHS
_HOW = {
    SAME: How.SAME,
    NARROWER: How.NARROWER,
    NARROWER_TWICE: How.NARROWER_TWICE,
    BROADER: How.BROADER,
    RELATED: How.RELATED,
}

Similarities = Mapping[str, int]
"""For one wanted concept: claimed concept → similarity. The concept itself is always among them with 100."""


def current_claims(claims: Iterable[SkillClaimed]) -> tuple[SkillClaimed, ...]:
    """One claim per concept: the strongest evidence, then the newest, then the lowest id.

    A claim that needs confirmation may not stand for the concept it only seems to name, so it is kept beside
    the confirmed one and never instead of it.
    """
    best: dict[tuple[str, bool], SkillClaimed] = {}
    for claim in claims:
        place = (claim.skill, claim.needs_confirmation)
        if place not in best or _currency(claim) < _currency(best[place]):
            best[place] = claim
    return tuple(best.values())


def _currency(claim: SkillClaimed) -> tuple[int, int, int]:
    newest = claim.claimed_on.toordinal() if claim.claimed_on else 0
    return (-EVIDENCE_STRENGTH[claim.evidence], -newest, claim.id)


@lru_cache(maxsize=64)  # seven ranks and none, six wanted; asked for every claim of everybody
def level_reached(rank: int | None, wanted: int) -> tuple[int, int]:
    """Sixtieths of the wanted rank that are reached, at least and at most.

    A level that was not stated is at least rank 1, since a level of 0 would have said «không có».
    """
    if rank is None:
        return SIXTIETHS // wanted, SIXTIETHS
    reached = SIXTIETHS * min(rank, wanted) // wanted
    return reached, reached


def skill_score(
    wanted: SkillWanted, maximum: int, claims: Sequence[SkillClaimed], similarities: Similarities
) -> SkillScore:
    """The points of one wanted skill: maximum · similarity · level // 6000, the best over the current claims.

    Of equal claims the one on the same concept is shown, then the stronger evidence, the higher level, the
    lower id. A skill that no claim speaks of adds nothing, neither certain nor potential.
    """
    essential = _essential_verdict(wanted, claims, similarities) if wanted.essential else None
    readings = [
        reading
        for claim in claims
        if (similarity := similarities.get(claim.skill))
        and (reading := _read(claim, wanted, maximum, similarity)) is not None
    ]
    if not readings:
        return SkillScore(wanted, 0, 0, maximum, How.NOT_STATED, essential=essential)
    shown = min(readings, key=_order)
    claim, similarity, to_confirm = shown.claim, shown.similarity, shown.claim.needs_confirmation
    return SkillScore(
        wanted,
        points=shown.certain,
        potential=max([reading.potential for reading in readings]),
        maximum=maximum,
        how=How.TO_CONFIRM if to_confirm else _HOW[similarity],
        claim=claim.skill,
        similarity=0 if to_confirm else similarity,
        rank=claim.rank,
        evidence=claim.evidence,
        essential=essential,
    )


class _Reading(NamedTuple):
    """What one claim is worth for one wanted skill, and its place in the order of what is shown."""

    claim: SkillClaimed
    similarity: int
    certain: int
    potential: int
    order: tuple[int, ...]


def _order(reading: _Reading) -> tuple[int, ...]:
    return reading.order


def _read(claim: SkillClaimed, wanted: SkillWanted, maximum: int, similarity: int) -> _Reading | None:
    """None when the claim says nothing of the skill wanted: it can earn no points and does not deny that very skill."""
    least, most = level_reached(claim.rank, wanted.rank)
    if not most and similarity != SAME:
        return None
    certain = 0 if claim.needs_confirmation else maximum * similarity * least // _UNIT
    rank = -1 if claim.rank is None else claim.rank
    order = (
        -certain,
        claim.needs_confirmation,
        similarity != SAME,
        -EVIDENCE_STRENGTH[claim.evidence],
        -rank,
        claim.id,
    )
    return _Reading(claim, similarity, certain, maximum * similarity * most // _UNIT, order)


def reaches(claims: Sequence[SkillClaimed], similarities: Similarities, rank: int) -> bool:
    """Whether a claim on the same or a narrower concept is known to be at this rank."""
    return any(_reaches(claim, similarities, rank) for claim in claims)


def evidence_answer(
    wanted: SkillWanted, claims: Sequence[SkillClaimed], similarities: Similarities, state: str
) -> bool | None:
    """Whether a claim that reaches the skill has evidence at least as strong as `state`; None when no claim does."""
    strengths = [
        EVIDENCE_STRENGTH[claim.evidence]
        for claim in claims
        if _reaches(claim, similarities, wanted.must_reach)
    ]
    return max(strengths) >= EVIDENCE_STRENGTH[state] if strengths else None


def _reaches(claim: SkillClaimed, similarities: Similarities, rank: int) -> bool:
    return (
        not claim.needs_confirmation
        and claim.rank is not None
        and claim.rank >= rank
        and similarities.get(claim.skill, 0) >= NARROWER_TWICE
    )


def _essential_verdict(
    wanted: SkillWanted, claims: Sequence[SkillClaimed], similarities: Similarities
) -> Verdict:
    """Met by a claim on the same or a narrower concept; not met only when that very concept is known to be lower."""
    if reaches(claims, similarities, wanted.must_reach):
        return Verdict.MET
    known_lower = any(
        not claim.needs_confirmation and claim.rank is not None and claim.rank < wanted.must_reach
        for claim in claims
        if similarities.get(claim.skill, 0) == SAME
    )
    return Verdict.NOT_MET if known_lower else Verdict.UNKNOWN
