"""Pages of candidacies."""

from registry.candidacies.views import (
    asking,
    board,
    case,
    deciding,
    listing,
    nominating,
    own,
    own_panel,
    settling,
    ties,
)
from registry.candidacies.views.blueprint import bp, install

__all__ = [
    "asking",
    "board",
    "bp",
    "case",
    "deciding",
    "install",
    "listing",
    "nominating",
    "own",
    "own_panel",
    "settling",
    "ties",
]
