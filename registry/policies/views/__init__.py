"""Pages of the room: what the public reads, and what its administrators do."""

from registry.policies.views import (
    administration,
    beginning,
    bench,
    composing,
    composing_benefits,
    composing_parts,
    composing_rules,
    composing_terms,
    consulting,
    documents,
    drafting,
    parameters,
    public_pages,
    verifying,
    yearly,
)
from registry.policies.views.blueprint import bp
from registry.policies.views.posts import install

__all__ = [
    "administration",
    "beginning",
    "bench",
    "bp",
    "composing",
    "composing_benefits",
    "composing_parts",
    "composing_rules",
    "composing_terms",
    "consulting",
    "documents",
    "drafting",
    "install",
    "parameters",
    "public_pages",
    "verifying",
    "yearly",
]
