"""Skills as people type them in one field: «tên (bậc); tên (bậc)». Pure."""

import re
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class TypedSkill:
    """One skill as typed, and the level written after it as a bare number in brackets."""

    text: str
    level: int | None = None


_BARE_LEVEL = re.compile(r"\s*[(\[]\s*([0-9]{1,2})\s*[)\]]\s*$", re.ASCII)


def parse_skill_list(text: str) -> list[TypedSkill]:
    """The skills of «tên (bậc); tên (bậc)», in order; a line break separates like a semicolon.

    Only a bare number is taken as a level here («Python (4)»). Levels in words or of examinations
    («tiếng Anh (IELTS 6.5)») stay in the text, where the resolver reads them. Separators inside brackets
    do not separate. Whether the scale has such a level is for the caller to say.
    """
    found: list[TypedSkill] = []
    for part in _parts_outside_brackets(text):
        level = _BARE_LEVEL.search(part)
        name = (part[: level.start()] if level else part).strip()
        if name:
            found.append(TypedSkill(name, int(level[1]) if level else None))
    return found


def _parts_outside_brackets(text: str) -> list[str]:
    """The text cut at semicolons and line breaks; a bracket left open ends with its line."""
    parts: list[str] = []
    start = depth = 0
    for place, character in enumerate(text):
        if character == "\n" or (character == ";" and depth == 0):
            parts.append(text[start:place])
            start, depth = place + 1, 0
        else:
            depth = max(0, depth + _BRACKETS.get(character, 0))
    return [*parts, text[start:]]


_BRACKETS = {"(": 1, "[": 1, ")": -1, "]": -1}
