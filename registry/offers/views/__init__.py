"""Pages of the room: offer sheets of a need, policies of a person and of oneself, the anonymous checker."""

from registry.offers.views import checker, person, sheets
from registry.offers.views.blueprint import bp
from registry.offers.views.person import panel

__all__ = ["bp", "checker", "panel", "person", "sheets"]
