"""Concepts that became one after a snapshot was made: who has claims on two of them."""

from collections import defaultdict
from collections.abc import Mapping

import numpy as np

from registry.matching.engine.index.columns import UInt32
from registry.matching.engine.index.snapshot import Snapshot, bucket


def rows_meeting(snapshot: Snapshot, became: Mapping[int, int]) -> UInt32:
    """The rows with two claims on what is one concept now, ascending; which one counts, postings cannot tell.

    `became` maps the ids of merged concepts to those of what they are now.
    """
    groups: defaultdict[int, set[int]] = defaultdict(set)
    for skill, into in became.items():
        groups[into] |= {skill, into}
    found = [
        _twice(np.concatenate([_rows_of(snapshot, one) for one in sorted(group)]))
        for group in groups.values()
    ]
    return np.unique(np.concatenate([np.empty(0, np.uint32), *found]))


def _rows_of(snapshot: Snapshot, skill: int) -> UInt32:
    """Everybody with a claim on a concept, whatever rank and evidence."""
    starts = snapshot.arrays.claim_starts
    first, after = bucket(skill, 0, 0), bucket(skill + 1, 0, 0)
    if after >= len(starts):
        return snapshot.arrays.claim_rows[:0]
    return snapshot.arrays.claim_rows[starts[first] : starts[after]]


def _twice(rows: UInt32) -> UInt32:
    different, counts = np.unique(rows, return_counts=True)
    return different[counts > 1]
