"""Levels written beside a skill: "N2", "B1", "IELTS 6.5", "bậc 3/6", "cơ bản", "5 năm kinh nghiệm".

A level is only looked for at the end of a text or in brackets. Crosswalks of examinations to the six-level
frame are approximate and follow the usual Vietnamese tables.
"""

import re
import unicodedata
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import lru_cache

from registry.skills.resolver.spelling import is_lenient_match, unmarked, word_key
from registry.text import accented_key, fold, nfc

GENERAL, LANGUAGE, TRADE, YEARS = "general", "language", "trade", "years"


@dataclass(frozen=True, slots=True)
class Level:
    """A level as written, the scale it belongs to and its rank 0…6; years have no rank."""

    text: str
    scale: str
    rank: int | None


@dataclass(frozen=True, slots=True)
class Levelled:
    """A text without its level. `exam` names the examination, which itself says which language is meant."""

    rest: str
    level: Level
    exam: str = ""


_CEFR = {"a1": 1, "a2": 2, "b1": 3, "b2": 4, "c1": 5, "c2": 6}
# The old certificates A, B, C count as A1, A2, B1; so they do, a step lower, in office computing.
_OLD_LETTERS = {"a": 1, "b": 2, "c": 3}
_JLPT = {"5": 1, "4": 2, "3": 3, "2": 4, "1": 5}
_ROMAN = {"i": 1, "ii": 2, "iii": 3, "iv": 4, "v": 5, "vi": 6, "vii": 7}
_TRADE_RANKS = (0, 1, 2, 3, 3, 4, 5, 6)
# Lowest score of each rank, from the top.
_SCORES: dict[str, tuple[tuple[float, int], ...]] = {
    "ielts": ((8.5, 6), (7.0, 5), (5.5, 4), (4.0, 3), (3.0, 2), (0, 1)),
    "vstep": ((8.5, 5), (6.0, 4), (4.0, 3), (0, 2)),
    "toeic": ((945, 5), (785, 4), (550, 3), (225, 2), (0, 1)),
    "toefl": ((114, 6), (95, 5), (72, 4), (42, 3), (31, 2), (0, 1)),
    "aptis": ((180, 5), (150, 4), (110, 3), (70, 2), (0, 1)),
}

# In words, for the scale 0–5.
_WORDS: tuple[tuple[str, int], ...] = (
    ("không có", 0), ("không biết", 0), ("trình độ cơ bản", 1), ("mức cơ bản", 1), ("cơ bản", 1), ("sơ cấp", 1),
    ("căn bản", 1), ("sơ đẳng", 1), ("mới học", 1), ("biết sơ", 1), ("basic", 1), ("beginner", 1),
    ("elementary", 1), ("trung bình khá", 3), ("trung bình", 2), ("trung cấp", 3), ("khá", 3),
    ("pre-intermediate", 2), ("upper-intermediate", 4), ("upper intermediate", 4), ("intermediate", 3),
    ("tốt", 4), ("giỏi", 4), ("nâng cao", 4), ("thành thạo", 4), ("lưu loát", 4), ("thông thạo", 4),
    ("cao cấp", 4), ("chuyên sâu", 4), ("advanced", 4), ("proficient", 4), ("fluent", 4), ("good", 3),
    ("xuất sắc", 5), ("chuyên gia", 5), ("bản ngữ", 5), ("bản xứ", 5), ("native", 5), ("expert", 5),
)  # fmt: skip
_WORD_KEYS = {accented_key(words): rank for words, rank in _WORDS}
_UNMARKED_WORDS = {fold(words): accented_key(words) for words, _ in _WORDS}
_LAST_WORDS = frozenset(words.rpartition(" ")[2] for words in _UNMARKED_WORDS)
_NO_WORD = " \t,;:()[]"
_LONGEST_WORDS = max(len(words.split(" ")) for words in _WORD_KEYS)

_LEAD = r"(?:trinh do|cap do|muc do|muc|level|lv\.?|cefr|bac|chung chi|bang|dat)\s*:?\s*"
_WORDS_OF_PATTERNS = frozenset(
    accented_key(
        "trình độ cấp độ mức độ bậc chứng chỉ bằng đạt thợ tay nghề năng lực trên hơn từ khoảng năm kinh nghiệm làm việc"
    ).split(" ")
)
_STEP = (
    rf"(?:{_LEAD}|bac tho\s*|tay nghe bac\s*|tho bac\s*)"
    r"(?P<n>[0-7]|i{1,3}|iv|vi{0,2})\s*(?:/\s*(?P<of>[5-7]))?"
)
_STATED_YEARS = (
    r"(?:(?:tren|hon|tu|khoang|>)\s*)?\d{1,2}\s*(?:\+|-\s*\d{1,2})?\s*(?:nam|years?|yrs?)"
    r"(?:\s*(?:kinh nghiem|kn|experience|exp|of experience|lam viec))?"
)


def _scored(found: re.Match[str]) -> Levelled | None:
    exam = found["exam"].split(" ")[0]
    score = float(found["score"].replace(",", "."))
    rank = next(rank for least, rank in _SCORES[exam] if score >= least)
    return Levelled("", Level("", LANGUAGE, rank), found["exam"])


def _jlpt(found: re.Match[str]) -> Levelled | None:
    return Levelled("", Level("", LANGUAGE, _JLPT[found["n"]]), "jlpt")


def _numbered(found: re.Match[str]) -> Levelled | None:
    number = _ROMAN.get(found["n"]) or int(found["n"])
    return Levelled("", Level("", LANGUAGE, min(number, 6)), found["exam"])


def _cefr(found: re.Match[str]) -> Levelled | None:
    return Levelled("", Level("", LANGUAGE, _CEFR[found["cefr"]]), found.groupdict().get("exam") or "")


def _step(found: re.Match[str]) -> Levelled | None:
    step = _ROMAN.get(found["n"]) or int(found["n"])
    of = int(found["of"]) if found["of"] else 0
    if of == 7 or (not of and step == 7):
        return Levelled("", Level("", TRADE, _TRADE_RANKS[step])) if step <= 7 else None
    if of == 6:
        return Levelled("", Level("", LANGUAGE, step)) if step <= 6 else None
    return Levelled("", Level("", GENERAL, min(step, 6)))


def _letter(found: re.Match[str]) -> Levelled | None:
    return Levelled("", Level("", GENERAL, _OLD_LETTERS[found["letter"]]))


def _years(_found: re.Match[str]) -> Levelled | None:
    return Levelled("", Level("", YEARS, None))


_PATTERNS: tuple[tuple[re.Pattern[str], Callable[[re.Match[str]], Levelled | None]], ...] = tuple(
    (re.compile(rf"(?:^|(?<=[\s,;:(\[/–-])){pattern}\s*$"), read)
    for pattern, read in (
        (
            r"(?P<exam>ielts|toeic|toefl(?: ibt)?|vstep|aptis)\s*:?\s*(?P<score>\d{1,3}(?:[.,]\d)?)\+?",
            _scored,
        ),
        (r"(?:jlpt\s*|trinh do\s*|nang luc\s*|bac\s*|level\s*)?n(?P<n>[1-5])", _jlpt),
        (r"(?P<exam>topik|hsk)\s*-?\s*(?:cap|bac|level)?\s*(?P<n>[1-9]|i{1,3}|iv|vi?)", _numbered),
        (r"(?P<exam>delf|dalf|goethe|telc|tcf|torfl)\s*-?\s*(?P<cefr>[abc][12])", _cefr),
        (rf"(?:{_LEAD})?(?P<cefr>[abc][12])\+?", _cefr),
        (_STEP, _step),
        (r"(?:chung chi|trinh do|bang|cc)\s*(?P<letter>[abc])", _letter),
        (_STATED_YEARS, _years),
    )
)
# Written before the skill: «cao cấp lý luận chính trị», «CC LLCT».
_WORDS_BEFORE: tuple[tuple[str, int], ...] = (
    ("sơ cấp", 2), ("trung cấp", 3), ("cao cấp", 4), ("cử nhân", 5), ("sc", 2), ("tc", 3), ("cc", 4),
)  # fmt: skip
_KEYS_BEFORE = {accented_key(words): rank for words, rank in _WORDS_BEFORE}
_FIRST_WORDS = frozenset(words.partition(" ")[0] for words in _KEYS_BEFORE)
_LONGEST_BEFORE = max(len(words.split(" ")) for words in _KEYS_BEFORE)
_LAST_LETTERS = frozenset("ivabcIVABC")
_DIGIT = re.compile(r"\d")
_LONGEST_LEVEL = 40
_WORD_TOKENS = re.compile(r"[^\s,;:()\[\]]+")
_BRACKETED = re.compile(r"^(?P<before>.*)[(\[](?P<inside>[^()\[\]]{1,40})[)\]]\s*(?P<after>.*)$")
# Latin letters, those of Vietnamese among them.
_LAST_REMEMBERED = 0x2000
_TRAILING = " \t,;:–-(/[."


def level_off(text: str) -> Levelled | None:
    """The text without the level at its end or in brackets; None when it names none."""
    return next(_readings(text), None)


def level_before(text: str) -> Levelled | None:
    """The text without a level word at its beginning; None when it begins with none."""
    tokens = text.split(" ")
    if word_key(tokens[0]).partition(" ")[0] not in _FIRST_WORDS:
        return None
    for length in range(min(_LONGEST_BEFORE, len(tokens) - 1), 0, -1):
        rank = _KEYS_BEFORE.get(" ".join(map(word_key, tokens[:length])))
        if rank is not None:
            return Levelled(" ".join(tokens[length:]), Level(" ".join(tokens[:length]), GENERAL, rank))
    return None


def _readings(text: str) -> Iterator[Levelled]:
    bracketed = _BRACKETED.match(text) if ")" in text or "]" in text else None
    if bracketed is not None:
        inside = _at_end(bracketed["inside"])
        if inside is not None and not inside.rest:
            rest = f"{bracketed['before'].rstrip(_TRAILING)} {bracketed['after']}".strip()
            yield Levelled(rest, inside.level, inside.exam)
    found = _at_end(text.rstrip(" .)]"))
    if found is not None:
        yield found


def _at_end(text: str) -> Levelled | None:
    tail = text[-_LONGEST_LEVEL:]
    plain = _plain(tail) if _may_be_numbered(tail) else ""
    for pattern, read in _PATTERNS if plain else ():
        found = pattern.search(plain)
        read_level = None if found is None else read(found)
        if found is not None and read_level is not None:
            cut = len(text) - len(tail) + found.start()
            if not _marks_allow(text[cut:]):
                continue
            return _cut(text, cut, read_level.level.scale, read_level.level.rank, read_level.exam)
    return _words_at_end(text)


def _may_be_numbered(tail: str) -> bool:
    """Whether there is a digit, or a Roman numeral or letter at the end, as every pattern has."""
    return tail[-1:] in _LAST_LETTERS or (not tail.isalpha() and _DIGIT.search(tail) is not None)


def _marks_allow(written: str) -> bool:
    """Whether words with marks are those the patterns mean: "miền Bắc 3" is no "bậc 3"."""
    tokens = accented_key(written).split(" ")
    return all(token.isascii() or token in _WORDS_OF_PATTERNS for token in tokens)


def _words_at_end(text: str) -> Levelled | None:
    """A level in words, the longest that fits. Marks typed must agree: "giới" is not "giỏi"."""
    if not _may_close_words(text.rstrip(_NO_WORD).rpartition(" ")[2]):
        return None
    tokens = [(found.group(), found.start()) for found in _WORD_TOKENS.finditer(text)]
    tail = [word_key(token) for token, _ in tokens[-_LONGEST_WORDS:]]
    for length in range(len(tail), 0, -1):
        typed = tail[-length:]
        words = _UNMARKED_WORDS.get(unmarked(" ".join(typed)))
        if words is not None and _agree(typed, words.split(" ")):
            return _cut(text, tokens[-length][1], GENERAL, _WORD_KEYS[words], "")
    return None


@lru_cache(maxsize=32_768)
def _may_close_words(word: str) -> bool:
    """Whether a level in words may end with this one."""
    return unmarked(word_key(word)).rpartition(" ")[2] in _LAST_WORDS


def _agree(typed: list[str], words: list[str]) -> bool:
    return len(typed) == len(words) and all(map(is_lenient_match, typed, words))


def _cut(text: str, at: int, scale: str, rank: int | None, exam: str) -> Levelled:
    return Levelled(text[:at].rstrip(_TRAILING), Level(text[at:].strip(), scale, rank), exam)


def _plain(text: str) -> str:
    """Lower case without marks, one character for each of the text, so that positions agree."""
    return nfc(text).translate(_PLAIN)


class _Plain(dict[int, str]):
    """A table for `str.translate` made one character at a time, that remembers the common ones."""

    def __missing__(self, code: int) -> str:
        plain = _plain_char(chr(code))
        if code < _LAST_REMEMBERED:
            self[code] = plain
        return plain


_PLAIN = _Plain()


def _plain_char(char: str) -> str:
    if char in "đĐ":
        return "d"
    base = unicodedata.normalize("NFD", char)[0].lower()
    return base if len(base) == 1 else char
