"""Pages of matching: searching people and what is kept of it, the ranking of a need, the needs of a person."""

from registry.matching.views import (
    kept,
    person,
    picked,
    ranking,
    saved,
    search,
    shortlists,
    trying,
)
from registry.matching.views.blueprint import bp

__all__ = [
    "bp",
    "kept",
    "person",
    "picked",
    "ranking",
    "saved",
    "search",
    "shortlists",
    "trying",
]
