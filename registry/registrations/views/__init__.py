"""Pages of the journey, one's own page, and the queue of registrations an officer has to look at."""

from registry.registrations.views import agreeing, checking, journey, mine, queue, skills, tasks, ties
from registry.registrations.views.blueprint import bp

__all__ = ["agreeing", "bp", "checking", "journey", "mine", "queue", "skills", "tasks", "ties"]
