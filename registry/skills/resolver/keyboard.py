"""Which keys lie side by side, and so which first key of a word a finger may have slipped to."""

NEIGHBOURS = {
    "q": "wa", "w": "qes", "e": "wrd", "r": "etf", "t": "ryg", "y": "tuh", "u": "yij", "i": "uok", "o": "ipl",
    "p": "ol", "a": "qsz", "s": "awdx", "d": "sefc", "f": "drgv", "g": "fthb", "h": "gyjn", "j": "hukm",
    "k": "jil", "l": "ko", "z": "asx", "x": "zsdc", "c": "xdfv", "v": "cfgb", "b": "vghn", "n": "bhjm", "m": "njk",
}  # fmt: skip


def may_begin(typed: str, meant: str) -> bool:
    """Whether the first of the keys typed is the one meant, one beside it, or the first two changed places."""
    first, wanted = typed[:1], meant[:1]
    return first == wanted or first in NEIGHBOURS.get(wanted, "") or typed[:2] == meant[1::-1]
