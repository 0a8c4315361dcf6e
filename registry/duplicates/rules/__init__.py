"""When two records may be of one person, and what a merge does where they differ. Pure: no tables, no web, no clock."""

from registry.duplicates.rules.likeness import Told, likeness, swapped, variants
from registry.duplicates.rules.reasons import STRENGTHS, Reason, is_pair, strength_of
from registry.duplicates.rules.settling import Verdict, newest_verdict, strictest_state
from registry.duplicates.rules.undoing import undo_until
from registry.people.rules.orcid import orcids_in

__all__ = [
    "STRENGTHS",
    "Reason",
    "Told",
    "Verdict",
    "is_pair",
    "likeness",
    "newest_verdict",
    "orcids_in",
    "strength_of",
    "strictest_state",
    "swapped",
    "undo_until",
    "variants",
]
