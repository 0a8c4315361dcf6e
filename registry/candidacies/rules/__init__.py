"""Rules of candidacies. Pure: no database, no clock."""

from registry.candidacies.rules.decisions import (
    DecisionKind,
    Outcome,
    Recommendation,
    Standing,
    outcomes_of,
    stage_after,
    standing_of,
)
from registry.candidacies.rules.stages import (
    BEFORE_TAKING,
    ENDS,
    FIRST,
    OPEN,
    TAKEN,
    UNSPOKEN,
    MoveRefused,
    NextStep,
    ReasonMissing,
    Source,
    Stage,
    check_move,
    is_step_back,
    needs_reason,
    next_step_of,
    order_of,
    targets_from,
)

NOTE_LENGTH = 2_000
LINE_LENGTH = 300
UNDO_MINUTES = 10
CHECK_MONTHS = (12, 36, 60)
"""When somebody asks whether a placed person is still there (CA-12)."""

__all__ = [
    "BEFORE_TAKING",
    "CHECK_MONTHS",
    "ENDS",
    "FIRST",
    "LINE_LENGTH",
    "NOTE_LENGTH",
    "OPEN",
    "TAKEN",
    "UNDO_MINUTES",
    "UNSPOKEN",
    "DecisionKind",
    "MoveRefused",
    "NextStep",
    "Outcome",
    "ReasonMissing",
    "Recommendation",
    "Source",
    "Stage",
    "Standing",
    "check_move",
    "is_step_back",
    "needs_reason",
    "next_step_of",
    "order_of",
    "outcomes_of",
    "stage_after",
    "standing_of",
    "targets_from",
]
