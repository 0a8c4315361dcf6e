"""Text → concept. Pure: an immutable `Vocabulary` in, a `Resolution` out; the same text gives the same answer.

The first step that yields exactly one concept wins; several make a question with candidates; none is «không rõ».
"""

from registry.skills.resolver.labels import Concept, Label
from registry.skills.resolver.levels import Level
from registry.skills.resolver.resolution import NO_CONTEXT, Candidate, Context, Resolution
from registry.skills.resolver.resolving import MAX_CHARACTERS, MAX_TOKENS, resolve
from registry.skills.resolver.vocabulary import Vocabulary

__all__ = [
    "MAX_CHARACTERS",
    "MAX_TOKENS",
    "NO_CONTEXT",
    "Candidate",
    "Concept",
    "Context",
    "Label",
    "Level",
    "Resolution",
    "Vocabulary",
    "resolve",
]
