"""Pages of introductions: a person's own needs, requests and conversations; the same of a need for its officers."""

from registry.introductions.views import of_need, own_conversations, own_needs, own_requests
from registry.introductions.views.blueprint import bp, introduced

__all__ = ["bp", "introduced", "of_need", "own_conversations", "own_needs", "own_requests"]
