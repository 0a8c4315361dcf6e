"""Pages of candidacies."""

from registry.candidacies.views import asking, board, case, listing, own, own_panel, settling, ties
from registry.candidacies.views.blueprint import bp

__all__ = ["asking", "board", "bp", "case", "listing", "own", "own_panel", "settling", "ties"]
