"""What became of a typed skill: accepted, asked, chosen, kept as typed. Pure; the resolver's answer is handed in."""

from dataclasses import dataclass
from enum import StrEnum

from registry.skills.resolver import Resolution

KEEP = "giu"
"""What is picked to keep a text as it was typed until a curator gives it a concept."""


NEAR = 75
"""Below this score the neighbours of an unknown text only distract («đan lưới» is not near «hệ thống điện»)."""


SPREAD = 15
"""Candidates this far behind the best one are not worth reading."""


class Understood(StrEnum):
    """What became of a typed skill."""

    ACCEPTED = "accepted"
    CHOSEN = "chosen"
    ASKED = "asked"
    KEPT = "kept"
    UNKNOWN = "unknown"


@dataclass(frozen=True)
class Reading:
    """A typed skill as understood. `code` is the concept when there is one; `rank` the level found in the text.

    `candidates` are the codes to choose from; a text that is asked about may not be saved before the choice.
    """

    how: Understood
    code: str | None = None
    candidates: tuple[str, ...] = ()
    rank: int | None = None
    step: str = ""

    @property
    def must_choose(self) -> bool:
        """Whether the person has yet to say which concept is meant."""
        return self.how is Understood.ASKED


def understand(answer: Resolution, pick: str, *, is_current: bool) -> Reading:
    """Combine the resolver's answer with what was picked; a pick for another text (`is_current` False) is void."""
    rank = answer.level.rank if answer.level is not None else None
    least = max((one.score for one in answer.candidates), default=0) - SPREAD
    offered = (
        one for one in answer.candidates if one.score >= (least if answer.needs_confirmation else NEAR)
    )
    candidates = tuple(dict.fromkeys(one.skill for one in offered))
    if is_current and pick == KEEP:
        return Reading(Understood.KEPT, candidates=candidates, rank=rank)
    if is_current and pick:
        return Reading(Understood.CHOSEN, pick, candidates, rank)
    if answer.is_accepted:
        return Reading(Understood.ACCEPTED, answer.skill, candidates, rank, answer.how)
    how = Understood.ASKED if answer.needs_confirmation and candidates else Understood.UNKNOWN
    return Reading(how, None, candidates, rank)
