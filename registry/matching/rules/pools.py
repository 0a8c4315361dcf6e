"""What a list of people is kept for: a pool of talent, the pipeline of leaders, a panel. Pure.

A pipeline of leaders (nguồn cán bộ lãnh đạo, quản lý) is planned by a decision, for one term and one position: a list
without these is none. The others have none of them.
"""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

LONGEST_TERM, LONGEST_NUMBER = 40, 100


class PoolKind(StrEnum):
    """The kinds of lists."""

    TALENT = "talent"
    PIPELINE = "pipeline"
    PANEL = "panel"


@dataclass(frozen=True)
class PoolFacts:
    """The kind and, of a pipeline, its term, the position aimed at, and the decision."""

    kind: PoolKind = PoolKind.TALENT
    term: str = ""
    position: str = ""
    decision_number: str = ""
    decided_on: date | None = None

    def settled(self) -> "PoolFacts":
        """The same without what only a pipeline has."""
        return self if self.kind is PoolKind.PIPELINE else PoolFacts(self.kind)


TALENT = PoolFacts()
