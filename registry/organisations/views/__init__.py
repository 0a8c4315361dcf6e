"""Pages of organisations: the tree, one organisation, and what may be done with it."""

from registry.organisations.views import editing, lifecycle, reading
from registry.organisations.views.blueprint import bp

__all__ = ["bp", "editing", "lifecycle", "reading"]
