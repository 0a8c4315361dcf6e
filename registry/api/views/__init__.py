"""The addresses for programs, and the pages on which administrators keep their keys."""

from registry.api.views import (
    catalogues,
    changes,
    document,
    matches,
    needs,
    needs_written,
    people,
    tokens,
)
from registry.api.views.blueprint import bp, programs

__all__ = [
    "bp",
    "catalogues",
    "changes",
    "document",
    "matches",
    "needs",
    "needs_written",
    "people",
    "programs",
    "tokens",
]
