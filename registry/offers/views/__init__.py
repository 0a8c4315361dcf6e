"""Pages of the room: offer sheets of a need, policies of a person and of oneself, the anonymous checker."""

from registry.offers.views import sheets
from registry.offers.views.blueprint import bp

__all__ = ["bp", "sheets"]
