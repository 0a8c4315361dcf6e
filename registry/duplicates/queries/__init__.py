"""Reads of pairs, of merges, and of what records have in common."""

from registry.duplicates.queries.alike import MOST_SHARING, Found, found_among
from registry.duplicates.queries.pairs import (
    MergeShown,
    PairShown,
    count_open,
    merge_of,
    merges,
    pair_of,
    pairs,
    standing_merge_into,
)

__all__ = [
    "MOST_SHARING",
    "Found",
    "MergeShown",
    "PairShown",
    "count_open",
    "found_among",
    "merge_of",
    "merges",
    "pair_of",
    "pairs",
    "standing_merge_into",
]
