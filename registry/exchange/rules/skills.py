"""Skills in a cell: «tên (bậc); tên (bậc)». Pure."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache

from registry.exchange.rules.cells import LIST_LIMIT, RowReader, split_list
from registry.exchange.rules.lookups import Lookups, SkillAnswer
from registry.people.rules.problems import N_, Problem
from registry.skills.rules import highest_level, rank_of

_REMEMBERED = 20_000
_LEVEL = re.compile(r"(?P<name>.*\S)\s*[(\[]\s*(?P<inside>[^()\[\]]{1,40})\s*[)\]]", re.DOTALL)
_NUMBERS = re.compile(
    r"(?:(?:bậc|mức|cấp|level)\s*)?(?P<level>[0-9])(?:\s*/\s*[567])?"
    r"(?:\s*[,x×]\s*(?:trọng số\s*)?(?P<weight>[0-9]))?",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class SkillMention:
    """One skill of a row: the words, what they mean, the rank 0…6 or None, the weight when it was given."""

    typed: str
    answer: SkillAnswer
    rank: int | None = None
    weight: int | None = None


@dataclass(frozen=True, slots=True)
class SkillText:
    """One entry of a cell: the name, and the level and weight written in brackets behind it."""

    name: str
    level: int | None = None
    weight: int | None = None


@lru_cache(_REMEMBERED)
def read_skill_text(entry: str) -> SkillText:
    """«Python (4)», «Python (bậc 4)», «Python (4, trọng số 2)»; other brackets belong to the name."""
    found = _LEVEL.fullmatch(entry)
    numbers = _NUMBERS.fullmatch(found["inside"].strip()) if found else None
    if found is None or numbers is None:
        return SkillText(entry)
    weight = numbers["weight"]
    return SkillText(found["name"], int(numbers["level"]), int(weight) if weight else None)


def mention(text: SkillText, answer: SkillAnswer) -> SkillMention | Problem:
    """The skill with its rank. A number is a level of the concept's own scale; without one, words may tell it."""
    if text.level is None:
        return SkillMention(text.name, answer, answer.rank, text.weight)
    highest = highest_level(answer.scale)
    if text.level > highest:
        return Problem(
            "level_out_of_scale",
            N_("Bậc của «%(name)s» phải từ 0 đến %(highest)d"),
            {"name": answer.name or text.name, "highest": highest},
        )
    return SkillMention(text.name, answer, rank_of(answer.scale, text.level), text.weight)


def skill_reader(row: RowReader, key: str, lookups: Lookups) -> Callable[[str], SkillMention | Problem]:
    """Reads one entry of the skill cell `key`, with the other entries as its context."""
    texts = {
        entry: read_skill_text(entry) for entry in split_list(row.text(key, limit=LIST_LIMIT, multiline=True))
    }
    names = [text.name for text in texts.values()]

    def read(entry: str) -> SkillMention | Problem:
        text = texts.get(entry) or read_skill_text(entry)
        return mention(text, lookups.skill(text.name, tuple(name for name in names if name != text.name)))

    return read


def doubt_pending(row: RowReader, key: str, one: SkillMention) -> None:
    """Say that a text names no concept: it is kept and waits for a curator."""
    said = {"typed": one.typed}
    row.doubt(
        key,
        Problem("pending_skill", N_("«%(typed)s» chưa có trong danh mục; giữ nguyên chữ, chờ duyệt"), said),
    )


def each_once(mentions: list[SkillMention], key_of: Callable[[str], str]) -> list[SkillMention]:
    """Each concept once and each unknown text once, the first mention wins. `key_of` tells texts apart."""
    kept: dict[int | str, SkillMention] = {}
    for one in mentions:
        concept = one.answer.skill_id
        kept.setdefault(key_of(one.typed) if concept is None else concept, one)
    return list(kept.values())
