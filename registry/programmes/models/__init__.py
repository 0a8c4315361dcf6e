"""Tables of programmes. No queries."""

from registry.programmes.models.programmes import (
    Programme,
    ProgrammeDocument,
    ProgrammeFact,
    ProgrammeMember,
    ProgrammeNode,
)
from registry.programmes.models.registers import ProgrammeComment, ProgrammeConsultation, Recommendation
from registry.programmes.models.tasks import (
    ProgrammeTask,
    ReviewRound,
    SelfReview,
    TaskAgency,
    TaskReminder,
    TaskStep,
)

__all__ = [
    "Programme",
    "ProgrammeComment",
    "ProgrammeConsultation",
    "ProgrammeDocument",
    "ProgrammeFact",
    "ProgrammeMember",
    "ProgrammeNode",
    "ProgrammeTask",
    "Recommendation",
    "ReviewRound",
    "SelfReview",
    "TaskAgency",
    "TaskReminder",
    "TaskStep",
]
