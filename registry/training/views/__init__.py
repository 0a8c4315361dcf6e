"""Pages of the room: sessions and courses, who takes part, orders and quotas, the report; a person's courses."""

from registry.training.views import (
    beside,
    courses,
    money,
    of_person,
    participants,
    plans,
    programmes,
    registers,
    report,
    sessions,
)
from registry.training.views.blueprint import bp

__all__ = [
    "beside",
    "bp",
    "courses",
    "money",
    "of_person",
    "participants",
    "plans",
    "programmes",
    "registers",
    "report",
    "sessions",
]
