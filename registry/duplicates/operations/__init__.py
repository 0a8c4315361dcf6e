"""The verbs of the room: finding, deciding, merging, taking back. Each flushes and never commits."""

from registry.duplicates.operations.errors import AlreadyDecided, NotUndoable, ReasonWanted
from registry.duplicates.operations.merging import (
    FIELDS,
    Choices,
    Differences,
    ask_again,
    differences_of,
    mark_different,
    merge_people,
    preview_merge,
)
from registry.duplicates.operations.moving import Counts
from registry.duplicates.operations.settling import Acting
from registry.duplicates.operations.undoing import Undone, hindrance, hindrance_now, undo_merge

__all__ = [
    "FIELDS",
    "Acting",
    "AlreadyDecided",
    "Choices",
    "Counts",
    "Differences",
    "NotUndoable",
    "ReasonWanted",
    "Undone",
    "ask_again",
    "differences_of",
    "hindrance",
    "hindrance_now",
    "mark_different",
    "merge_people",
    "preview_merge",
    "undo_merge",
]
