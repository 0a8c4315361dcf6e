"""Tables of the room: programmes, courses, sessions, who took part with what result, orders, quotas. No queries."""

from registry.training.models.courses import (
    CourseSkill,
    TrainingCourse,
    TrainingProgramme,
    TrainingRequirement,
)
from registry.training.models.money import TrainingBudgetLine, TrainingSpending
from registry.training.models.participations import Participation, ParticipationCredit
from registry.training.models.plans import TrainingOrder, TrainingQuota
from registry.training.models.sessions import SeatPlan, SessionLecturer, SessionPartner, TrainingSession

__all__ = [
    "CourseSkill",
    "Participation",
    "ParticipationCredit",
    "SeatPlan",
    "SessionLecturer",
    "SessionPartner",
    "TrainingBudgetLine",
    "TrainingCourse",
    "TrainingOrder",
    "TrainingProgramme",
    "TrainingQuota",
    "TrainingRequirement",
    "TrainingSession",
    "TrainingSpending",
]
