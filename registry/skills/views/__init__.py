"""Pages of the vocabulary, for everybody who works with skills and for those who curate them."""

from registry.skills.views import changes, choosing, concept, external, index, merging, names, pending
from registry.skills.views.blueprint import bp, install

__all__ = [
    "bp",
    "changes",
    "choosing",
    "concept",
    "external",
    "index",
    "install",
    "merging",
    "names",
    "pending",
]
