"""What a search asks for: the words of the box read into criteria; and identifiers pasted. Pure: no database, no clock."""

from registry.matching.rules.asked import LONGEST_QUERY, Part, PartKind, Read, nothing_read
from registry.matching.rules.meanings import Lexicon
from registry.matching.rules.pasted import (
    MOST_PASTED,
    Outcome,
    Pasted,
    PastedAnswer,
    PastedKind,
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
    "PastedAnswer",
    "PastedKind",
    "Read",
    "nothing_read",
    "read_box",
    "read_pasted",
    "tell",
]
