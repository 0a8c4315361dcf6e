"""What a search asks for: the words of the box read into criteria. Pure: no database, no clock, no settings."""

from registry.matching.rules.asked import LONGEST_QUERY, Part, PartKind, Read, nothing_read
from registry.matching.rules.reading import Lexicon, read_box

__all__ = ["LONGEST_QUERY", "Lexicon", "Part", "PartKind", "Read", "nothing_read", "read_box"]
