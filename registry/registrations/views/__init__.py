"""Pages of the journey, filling it from a CV, one's own page, and the queue of registrations an officer has to look at."""

from registry.registrations.views import (
    agreeing,
    checking,
    journey,
    mine,
    prefill,
    queue,
    skills,
    tasks,
    ties,
)
from registry.registrations.views.blueprint import bp

__all__ = ["agreeing", "bp", "checking", "journey", "mine", "prefill", "queue", "skills", "tasks", "ties"]
