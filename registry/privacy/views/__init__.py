"""Pages of the room: what people ask about their own data, and what offices do with it."""

from registry.privacy.views import (
    erasing,
    for_need,
    handling,
    keeping,
    letters,
    office,
    own,
    parameters,
    recording,
    retention,
    seen,
    taking,
)
from registry.privacy.views.blueprint import bp

__all__ = [
    "bp",
    "erasing",
    "for_need",
    "handling",
    "keeping",
    "letters",
    "office",
    "own",
    "parameters",
    "recording",
    "retention",
    "seen",
    "taking",
]
