"""Pages of candidacies."""

from registry.candidacies.views import asking, board, case, listing, own, own_panel, settling, ties
from registry.candidacies.views.blueprint import bp, install

__all__ = ["asking", "board", "bp", "case", "install", "listing", "own", "own_panel", "settling", "ties"]
