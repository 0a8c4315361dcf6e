"""What the resolver knows of a concept and of one way to write it: plain values, no index."""

from dataclasses import dataclass
from typing import NamedTuple

ABBREVIATION, PREFERRED = "abbreviation", "preferred"


@dataclass(frozen=True, slots=True)
class Concept:
    """What a text can mean. `scale` names the scale of its levels: general, language or trade."""

    code: str
    vi: str
    en: str
    sector: str
    scale: str


class Label(NamedTuple):
    """One way to write a concept. `sectors` and `words` say where an ambiguous one means this concept.

    A tuple, since tens of thousands are made whenever a process first resolves.
    """

    code: str
    text: str
    kind: str
    folded: str
    accented: str
    is_ambiguous: bool = False
    sectors: tuple[str, ...] = ()
    words: tuple[str, ...] = ()
