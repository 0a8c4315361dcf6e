"""What an import is and where it stands. Pure."""

from datetime import timedelta
from enum import StrEnum


class ImportKind(StrEnum):
    """What the rows of a file are; job posts are needs that come as JSON and need no mapping."""

    PEOPLE = "people"
    NEEDS = "needs"
    POSTS = "posts"
    TRAINING = "training"


class BatchState(StrEnum):
    """uploaded → checking → checked → committing → committed → undoing → undone; discarded ends the others.

    A job that fails or is cancelled puts the batch back to where it was before the job.
    """

    UPLOADED = "uploaded"
    CHECKING = "checking"
    CHECKED = "checked"
    COMMITTING = "committing"
    COMMITTED = "committed"
    UNDOING = "undoing"
    UNDONE = "undone"
    DISCARDED = "discarded"

    @property
    def is_busy(self) -> bool:
        """Whether a job works on it."""
        return self in (BatchState.CHECKING, BatchState.COMMITTING, BatchState.UNDOING)


class CommitMode(StrEnum):
    """All rows or none, or the rows without errors."""

    ALL = "all"
    VALID_ONLY = "valid_only"


class RowState(StrEnum):
    """What became of a row: a record, none because there was one already, removed again, or kept at the undo."""

    CREATED = "created"
    SKIPPED = "skipped"
    UNDONE = "undone"
    KEPT = "kept"


KEPT_DAYS = 7
"""How long an uploaded file waits for its officer; then it and the values it showed are removed."""

KEEP_FILE = timedelta(days=KEPT_DAYS)

CHECK_JOB, COMMIT_JOB, UNDO_JOB, DISCARD_JOB = (
    "import.check",
    "import.commit",
    "import.undo",
    "import.discard",
)
