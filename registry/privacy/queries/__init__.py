"""Reads of the room."""

from registry.privacy.queries.requests import (
    Due,
    due_in,
    queue,
    request_in_scope,
    request_of,
    requests_of,
)
from registry.privacy.queries.words import words_of, words_place

__all__ = [
    "Due",
    "due_in",
    "queue",
    "request_in_scope",
    "request_of",
    "requests_of",
    "words_of",
    "words_place",
]
