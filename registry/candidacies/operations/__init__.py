"""Writes of candidacies. Every one flushes, records an event, and never commits."""

from registry.candidacies.operations.moving import (
    Moved,
    NeedIsFull,
    NothingToUndo,
    PlacedElsewhere,
    is_undoable,
    move,
    undo,
)
from registry.candidacies.operations.opening import NeedNotOpen, open_candidacy

__all__ = [
    "Moved",
    "NeedIsFull",
    "NeedNotOpen",
    "NothingToUndo",
    "PlacedElsewhere",
    "is_undoable",
    "move",
    "open_candidacy",
    "undo",
]
