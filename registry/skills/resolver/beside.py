"""Names by all their words but one, for texts of which one word is misspelt: few names stand beside the others."""

from collections.abc import Iterator, Sequence

from registry.skills.resolver.buckets import Buckets

_GAP = "\0"


class Beside:
    """Names of several words, each by what is left when any one of its words is taken out.

    `names` are folded keys without joining words; `positions` says which of them are indexed.
    """

    def __init__(self, names: Sequence[str], positions: Sequence[int]) -> None:
        self._names = names
        hashes: list[int] = []
        owners: list[int] = []
        for position in positions:
            rests = list(map(hash, _rests(names[position])))
            hashes.extend(rests)
            owners.extend([position] * len(rests))
        self._by_rest = Buckets(hashes, owners)

    def words_between(self, before: str, after: str) -> Iterator[tuple[int, str]]:
        """The names that are this, one word and that, blanks included: their positions and that word."""
        names, start, length = self._names, len(before), len(after)
        for position in self._by_rest.of(f"{before}{_GAP}{after}"):
            name = names[position]
            word = name[start : len(name) - length]
            if name == f"{before}{word}{after}" and word and " " not in word:
                yield position, word


def _rests(name: str) -> Iterator[str]:
    """What is left of a name of several words without each of them, a gap where it stood."""
    start, end = 0, name.find(" ")
    if end < 0:
        return
    while end >= 0:
        yield f"{name[:start]}{_GAP}{name[end:]}"
        start, end = end + 1, name.find(" ", end + 1)
    yield f"{name[:start]}{_GAP}"
