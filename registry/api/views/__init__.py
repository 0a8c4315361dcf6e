"""The addresses for programs, and the pages on which administrators keep their keys."""

from registry.api.views import document, needs, people, tokens
from registry.api.views.blueprint import bp, programs

__all__ = ["bp", "document", "needs", "people", "programs", "tokens"]
