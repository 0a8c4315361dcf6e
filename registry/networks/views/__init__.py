"""The pages of the room."""

from registry.networks.views import associations, awards, index, members, origin, steps, tasks, visits
from registry.networks.views.awards import panel
from registry.networks.views.blueprint import bp

__all__ = ["associations", "awards", "bp", "index", "members", "origin", "panel", "steps", "tasks", "visits"]
