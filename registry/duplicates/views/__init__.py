"""Pages of the room: the queue, two records side by side, a merge and taking it back."""

from registry.duplicates.views import deciding, merges, queue
from registry.duplicates.views.blueprint import bp

__all__ = ["bp", "deciding", "merges", "queue"]
