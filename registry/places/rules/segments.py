"""Cutting a typed address into the names it is made of, in whatever order and with whatever separators."""

import re
from collections.abc import Callable, Sequence

from registry.places.rules.kinds import BEFORE_NAME, LONGEST_KIND_WORD, Tokens
from registry.places.rules.spelling import name_tokens

# «Bến Tre, nay là Vĩnh Long»: what follows says where the named place lies today.
NOW = re.compile(r"[,;(]?\s*\b(?:nay là|nay thuộc|hiện nay là|now in|now)\b:?\s*", re.IGNORECASE)
_HARD = re.compile(r"[,;|()\[\]\n/]|:\s")
_SOFT = re.compile(r"\s*[-–—]\s*")
# Below the commune: house, road, hamlet. Such a part is not a place of the list and may be left out.
_DETAIL = re.compile(
    r"(?:số|so|đường|duong|phố|ngõ|ngo|ngách|hẻm|hem|thôn|thon|ấp|ap|khóm|khom|tổ|to|bản|buôn|buon|làng|lang"
    r"|xóm|xom|khu phố|khu pho|khu vực|khu vuc|tiểu khu|tổ dân phố|to dan pho|km|quốc lộ|ql|kdc|kđt|chung cư"
    r"|tầng|tòa|toà|lô|street|road)\b|\d",
    re.IGNORECASE,
)
_FORMERLY = re.compile(r"\s*\(?\b(?:cũ|trước đây|trước sáp nhập)\b\)?(?=\s*(?:[,;]|$))", re.IGNORECASE)
_LONGEST_NAME = 8
_MOST_TOKENS = 24
_MOST_WAYS = 8

Known = Callable[[Tokens], bool]
Segment = tuple[str, Tokens]


def split_now(text: str) -> tuple[str, str]:
    """The place as it was named, and what the text says it is today ("" when it says nothing)."""
    found = NOW.search(text)
    if found is None or not text[: found.start()].strip():
        return text, ""
    return text[: found.start()], text[found.end() :].strip(" )]")


def without_formerly(text: str) -> tuple[str, bool]:
    """The text without «cũ» after its names, and whether it had one."""
    shorter = _FORMERLY.sub("", text)
    return (shorter, True) if shorter.strip() and shorter != text else (text, False)


def ways_to_cut(text: str, known: Known) -> list[list[Tokens]]:
    """The ways to see the text as a list of names, few names first; unknown parts stay whole."""
    ways: list[list[Tokens]] = [[]]
    for piece in _HARD.split(text):
        if not piece.strip(" .-–—"):
            continue
        cuts = _cuts_of_piece(piece, known)
        ways = [[*way, *cut] for way in ways for cut in cuts][:_MOST_WAYS]
    return ways


def is_detail(tokens: Tokens) -> bool:
    """Whether an unknown part is an address below the commune («số 12 đường Trần Phú»).

    A number alone is not: it may be a ward whose kind word was left out.
    """
    return not is_number(tokens) and _DETAIL.match(" ".join(tokens)) is not None


def is_number(tokens: Tokens) -> bool:
    """Whether the part is a number and nothing else."""
    return all(token.isdigit() for token in tokens)


def _cuts_of_piece(piece: str, known: Known) -> list[list[Tokens]]:
    whole = name_tokens(piece)
    if not whole:
        return [[]]
    if known(whole):
        return [[whole]]
    parts = [name_tokens(part) for part in _SOFT.split(piece)]
    parts = [part for part in parts if part]
    if len(parts) > 1:
        joined = _fewest_runs(parts, known)
        if joined:
            return joined
        across = _cuts_of_tokens(whole, known)
        return across or [[run for part in parts for run in _first_cut(part, known)]]
    return _cuts_of_tokens(whole, known) or [[whole]]


def _first_cut(part: Tokens, known: Known) -> list[Tokens]:
    if known(part):
        return [part]
    cuts = _cuts_of_tokens(part, known)
    return cuts[0] if cuts else [part]


def _cuts_of_tokens(tokens: Tokens, known: Known) -> list[list[Tokens]]:
    """Ways to cut words without separators into known names: «xã An Thủy huyện Ba Tri tỉnh Bến Tre»."""
    if len(tokens) > _MOST_TOKENS:
        return []
    found = _fewest_runs([(token,) for token in tokens], known)
    return found or _cut_before_kind_words(tokens)


def _cut_before_kind_words(tokens: Tokens) -> list[list[Tokens]]:
    """When some part is unknown, kind words still show where names begin."""
    starts = [0]
    place = 1
    while place < len(tokens):
        lengths = [n for n in range(LONGEST_KIND_WORD, 0, -1) if tokens[place : place + n] in BEFORE_NAME]
        if lengths and not all(token.isascii() for token in tokens[place : place + lengths[0]]):
            starts.append(place)
        place += lengths[0] if lengths else 1
    cuts = [tokens[a:b] for a, b in zip(starts, [*starts[1:], len(tokens)], strict=True)]
    return [cuts] if len(cuts) > 1 else []


def _fewest_runs(parts: Sequence[Tokens], known: Known) -> list[list[Tokens]]:
    """All ways to join neighbouring parts into the fewest known names; none when a part fits no name."""
    best: list[list[list[Tokens]]] = [[[]]]
    for end in range(1, len(parts) + 1):
        ways: list[list[Tokens]] = []
        for start in range(max(0, end - _LONGEST_NAME), end):
            if best[start]:
                run = tuple(token for part in parts[start:end] for token in part)
                if known(run):
                    ways.extend([*way, run] for way in best[start])
        fewest = min(map(len, ways), default=0)
        best.append([way for way in ways if len(way) == fewest][:_MOST_WAYS])
    return best[-1]
