"""Pages of matching: the ranking of a need, one explanation, kept rankings, the needs of a person."""

from registry.matching.views import kept, person, ranking, trying
from registry.matching.views.blueprint import bp

__all__ = ["bp", "kept", "person", "ranking", "trying"]
