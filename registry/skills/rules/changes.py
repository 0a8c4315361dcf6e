"""What a curator does to the vocabulary: the kinds of change, their states, which of them move claims. Pure."""

from datetime import timedelta
from enum import StrEnum

UNDO_SHOWN = timedelta(minutes=10)
"""How long the undo of a change stands on the pages; afterwards it is found in the history."""


class ChangeKind(StrEnum):
    """One act of a curator, undone as a whole."""

    CONCEPT_CREATED = "concept_created"
    CONCEPT_EDITED = "concept_edited"
    LABEL_ADDED = "label_added"
    LABEL_REMOVED = "label_removed"
    RELATION_ADDED = "relation_added"
    RELATION_REMOVED = "relation_removed"
    RETIRED = "retired"
    RESTORED = "restored"
    MERGED = "merged"
    SPLIT = "split"
    TERM_LABELLED = "term_labelled"
    TERM_CREATED = "term_created"
    TERM_IGNORED = "term_ignored"
    EXTERNAL_ACCEPTED = "external_accepted"
    EXTERNAL_REFUSED = "external_refused"


class ChangeState(StrEnum):
    """done → undone; both may still have a job that follows claims and needs."""

    DONE = "done"
    UNDONE = "undone"


_STILL = frozenset(
    {
        ChangeKind.RELATION_ADDED,
        ChangeKind.RELATION_REMOVED,
        ChangeKind.TERM_IGNORED,
        ChangeKind.EXTERNAL_REFUSED,
    }
)


def moves_claims(kind: ChangeKind) -> bool:
    """Whether texts may name another concept afterwards, so that claims and needs have to be read again."""
    return kind not in _STILL
