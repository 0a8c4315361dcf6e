"""What a search asks for: the words of the box read into criteria; and identifiers pasted. Pure: no database, no clock."""

from registry.matching.rules.asked import LONGEST_QUERY, Part, PartKind, Read, nothing_read
from registry.matching.rules.meanings import Lexicon
from registry.matching.rules.pasted import (
    MOST_PASTED,
    Outcome,
    Pasted,
    PastedKind,
    Told,
    read_pasted,
    tell,
)
from registry.matching.rules.reading import read_box

__all__ = [
    "LONGEST_QUERY",
    "MOST_PASTED",
    "Lexicon",
    "Outcome",
    "Part",
    "PartKind",
    "Pasted",
    "PastedKind",
    "Read",
    "Told",
    "nothing_read",
    "read_box",
    "read_pasted",
    "tell",
]
