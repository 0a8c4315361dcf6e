"""From what a kernel counted by marks and by skills reached to the numbers of a ranking."""

from dataclasses import dataclass

import numpy as np

from registry.matching.engine.index.answer import Tally
from registry.matching.engine.index.columns import Int64
from registry.matching.engine.index.terms import Question

GROUP, GROUP_BITS = 6, 12
"""So many skills are counted together, by what a person reaches of all of them: of each whether the wanted rank, and
whether one rank lower."""


@dataclass(frozen=True)
class Counted:
    """How many visible rows have which low bits of `marks`: all of them (`marked`), and those with points (`enough`).

    `reached` counts the ranked by what they reach of each group of skills.
    """

    considered: int
    marked: Int64
    enough: Int64
    reached: Int64
    at_least: int
    ahead: tuple[int, ...]


def tally_of(question: Question, counted: Counted) -> Tally:
    """The counts of a ranking; a need that asks for nothing ranks nobody."""
    marked, enough = counted.marked, counted.enough
    ranks = question.asks_for_something
    failing = np.arange(len(marked))
    told = sorted(
        (test.key, int(marked[failing >> place & 1 > 0].sum()), int(enough[1 << place]) if ranks else 0)
        for place, test in enumerate(question.tests)
    )
    reach, lower = _reach(counted.reached, len(question.requirements))
    return Tally(
        considered=counted.considered,
        not_enough_data=int(marked[0] - enough[0]),
        excluded_people=counted.considered - int(marked[0]),
        ranked=int(enough[0]) if ranks else 0,
        at_least=counted.at_least if ranks else 0,
        ahead=counted.ahead,
        excluded={key: number for key, number, _only in told if number},
        relaxations={key: only for key, number, only in told if number},
        reach=reach,
        more_one_rank_lower=lower,
    )


def _reach(reached: Int64, skills: int) -> tuple[tuple[int, ...], tuple[int, ...]]:
    """Per skill who reaches the wanted rank, and who only one rank lower."""
    said = np.arange(1 << GROUP_BITS)
    reach, lower = list[int](), list[int]()
    for skill in range(skills):
        of_group, both = reached[skill // GROUP], said >> 2 * (skill % GROUP) & 3
        reach.append(int(of_group[both & 1 > 0].sum()))
        lower.append(int(of_group[both == 2].sum()))
    return tuple(reach), tuple(lower)
