"""The reader of the search box: free text to parts, the longest known phrases first. Pure, never raises.

At most 200 characters are looked at, before anything is compared. What no phrase takes is left over; it may be
a name, and only the database knows whose.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from registry.matching.rules.asked import LONGEST_QUERY, Part, PartKind, Read, nothing_read
from registry.matching.rules.meanings import (
    LONGEST_LEVEL,
    Lexicon,
    Token,
    Words,
    meaning,
    names_somewhere,
    skill_part,
)
from registry.matching.rules.phrases import SURNAMES, joins, name_at
from registry.skills.resolver import resolve
from registry.skills.resolver.levels import LANGUAGE, YEARS, level_off
from registry.text import TextRefused, accented_key, clean, fold, is_vietnamese_syllable

_LONGEST_PHRASE = 14
_MOST_TOKENS = 60
_MOST_GUESSES = 3
_SURE_GUESS, _SURE_MARGIN = 70.0, 8.0
# One word alone may be a foreign name: it has to be nearer.
_SURE_WORD = 80.0
_SHORTEST_FOREIGN = 5
# «PGS.TS» is two words written as one.
_SPLIT = {
    "pgs.ts": "pgs ts",
    "gs.ts": "gs ts",
    "pgs.tskh": "pgs tskh",
    "gs.tskh": "gs tskh",
    "ts.bs": "ts",
    "th.s": "ths",
}

# Words in quotation marks are looked for as they stand.
_QUOTED = re.compile(r"(?:(?<=\s)|^)[\"“”«][^\"“”«»]+[\"“”»](?=[\s,;.]|$)")


@dataclass(frozen=True, slots=True)
class _Taken:
    start: int
    end: int
    part: Part | None


def read_box(text: str, lexicon: Lexicon) -> Read:
    """What a query asks for. A text with hidden characters or beyond 200 characters is refused, unread."""
    try:
        typed = clean(text, limit=LONGEST_QUERY)
    except TextRefused as refused:
        return nothing_read("", refused.reason)
    quoted = {found.span(): found[0] for found in _QUOTED.finditer(typed) if fold(found[0])}
    inside = {piece for span in quoted for piece in _pieces(typed, *span)}
    tokens = [token for token in _tokens(typed) if token.piece not in inside]
    if not (tokens or quoted) or len(tokens) > _MOST_TOKENS:
        return nothing_read(typed)
    read = _Reader(tokens, lexicon).read(typed)
    return replace(read, leftover=(*read.leftover, *quoted.values()))


def _pieces(typed: str, start: int, end: int) -> range:
    """The numbers of the pieces between blanks that a stretch of the text covers."""
    return range(typed.count(" ", 0, start), typed.count(" ", 0, end) + 1)


def _tokens(typed: str) -> Iterator[Token]:
    for number, piece in enumerate(typed.split(" ")):
        plain = accented_key(piece)
        for key in _SPLIT.get(plain, plain).split():
            yield Token(key, piece.strip(",;:.()[]«»\"'"), number)


class _Reader:
    """The tokens of one query while phrases are taken out of them."""

    def __init__(self, tokens: list[Token], lexicon: Lexicon) -> None:
        self.words = Words(tokens, lexicon)
        self.tokens, self.keys, self.is_free = tokens, self.words.keys, self.words.is_free
        self.vocabulary = lexicon.skills
        self.taken: list[_Taken] = []
        self.run_together: list[tuple[int, int, Part]] = []

    def read(self, typed: str) -> Read:
        """Longest phrases first, from the left where equally long; then guesses, syllables run together, what is left."""
        for length in range(min(_LONGEST_PHRASE, len(self.keys)), 0, -1):
            for start in range(len(self.keys) - length + 1):
                if all(self.is_free[start : start + length]):
                    self._try(start, start + length)
        for start, end in list(self._runs())[:_MOST_GUESSES]:
            self._guess(start, end)
        for at in [at for at, free in enumerate(self.is_free) if free and self._is_foreign(at)][
            :_MOST_GUESSES
        ]:
            self._guess(at, at + 1)
        for start, end, part in self.run_together:
            if all(self.is_free[start:end]):
                self._take(start, end, part)
        self.taken.sort(key=lambda one: one.start)
        parts = self._merged([one for one in self.taken if one.part is not None])
        return Read(
            typed,
            tuple(part for part, _pieces in parts),
            tuple(self._without(typed, pieces) for _part, pieces in parts),
            tuple(self._leftover()),
        )

    def _take(self, start: int, end: int, part: Part | None) -> None:
        if part is not None:
            start, end, part = self._with_level(start, end, part)
            part = replace(part, words=self._typed(start, end))
        self.taken.append(_Taken(start, end, part))
        self.is_free[start:end] = [False] * (end - start)

    def _typed(self, start: int, end: int) -> str:
        pieces = {token.piece: token.typed for token in self.tokens[start:end]}
        return " ".join(pieces.values())

    def _try(self, start: int, end: int) -> None:
        part = meaning(self.words, start, end)
        if part is not None and part.how == "joined" and len(self.keys) > 1:
            # «machin lerning» is a misspelt name, not «mạch in» and a rest.
            self.run_together.append((start, end, part))
        elif part is not None:
            self._take(start, end, part)
        elif name_at(self.keys[start:end]):
            self._take(start, end, None)

    def _with_level(self, start: int, end: int, part: Part) -> tuple[int, int, Part]:
        """A level written after the words («N2», «bậc 4», «giỏi») belongs to them."""
        if not part.is_wanted or part.rank is not None:
            return start, end, part
        inside = level_off(" ".join(self.keys[start:end])) if part.kind is PartKind.LANGUAGE else None
        if inside is not None and inside.level.scale == LANGUAGE:
            return start, end, replace(part, rank=inside.level.rank)
        for length in range(LONGEST_LEVEL, 0, -1):
            stop = end + length
            if stop > len(self.keys) or not all(self.is_free[end:stop]):
                continue
            found = level_off(" ".join(self.keys[end:stop]))
            if found is None or found.rest or found.level.scale == YEARS or not found.level.rank:
                continue
            # «N2» after a craft is another language, not a level of the craft.
            if part.kind is PartKind.LANGUAGE or found.level.scale != LANGUAGE:
                return start, stop, replace(part, rank=found.level.rank)
        return start, end, part

    def _runs(self) -> Iterator[tuple[int, int]]:
        """Runs of at least two free words that do not begin like a name."""
        start = 0
        for at in range(len(self.keys) + 1):
            if at < len(self.keys) and self.is_free[at] and not joins(self.keys[at]):
                continue
            if at - start >= 2 and fold(self.keys[start]) not in SURNAMES:
                yield start, at
            start = at + 1

    def _is_foreign(self, at: int) -> bool:
        key = self.keys[at]
        return key.isalpha() and len(key) >= _SHORTEST_FOREIGN and not is_vietnamese_syllable(key)

    def _guess(self, start: int, end: int) -> None:
        """A misspelt concept, only when it is like one and unlike all others; never what is the name of a place."""
        if names_somewhere(self.words, self.keys[start:end]):
            return
        typed = " ".join(token.typed for token in self.tokens[start:end])
        found = resolve(typed, self.vocabulary)
        if found.skill is None:
            return
        least = _SURE_GUESS if end - start > 1 else _SURE_WORD
        is_close = found.how == "fuzzy" and found.score >= least and found.margin >= _SURE_MARGIN
        if found.is_accepted or is_close:
            part = skill_part(found.skill, found.how, self.vocabulary)
            rank = found.level.rank if found.level is not None and found.level.scale != YEARS else None
            self._take(start, end, replace(part, rank=rank or None))

    def _merged(self, taken: list[_Taken]) -> list[tuple[Part, frozenset[int]]]:
        """Parts that say the same thing are one («Nhật, JLPT N2»), with the higher level."""
        found: dict[str, tuple[Part, frozenset[int]]] = {}
        for one in taken:
            part = one.part
            if part is None:
                continue
            pieces = frozenset(token.piece for token in self.tokens[one.start : one.end])
            same = found.get(part.mark)
            if same is not None:
                ranks = [rank for rank in (same[0].rank, part.rank) if rank is not None]
                words = f"{same[0].words} {part.words}"
                part, pieces = replace(same[0], rank=max(ranks, default=None), words=words), same[1] | pieces
            found[part.mark] = (part, pieces)
        return list(found.values())

    def _without(self, typed: str, pieces: frozenset[int]) -> str:
        return " ".join(piece for number, piece in enumerate(typed.split(" ")) if number not in pieces)

    def _leftover(self) -> Iterator[str]:
        """What nobody took, in runs; words that only join fall away beside what was understood."""
        names = {at for one in self.taken if one.part is None for at in range(one.start, one.end)}
        understood = any(one.part is not None for one in self.taken)
        run: dict[int, str] = {}
        for at, token in enumerate(self.tokens):
            is_left = at in names or (self.is_free[at] and not (understood and self._only_joins(at)))
            if is_left:
                run[token.piece] = token.typed
            elif run:
                yield " ".join(run.values())
                run = {}
        if run:
            yield " ".join(run.values())

    def _only_joins(self, at: int) -> bool:
        pair = " ".join(self.keys[at : at + 2])
        before = " ".join(self.keys[max(0, at - 1) : at + 1])
        return any(map(joins, (self.keys[at], pair, before)))
