"""Pages of the room: what the public reads, and what its administrators do."""

from registry.policies.views import (
    administration,
    documents,
    drafting,
    parameters,
    public_pages,
    verifying,
    yearly,
)
from registry.policies.views.blueprint import bp

__all__ = [
    "administration",
    "bp",
    "documents",
    "drafting",
    "parameters",
    "public_pages",
    "verifying",
    "yearly",
]
