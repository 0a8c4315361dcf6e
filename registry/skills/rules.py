"""The closed lists of the vocabulary, the level scales, and how near two concepts are. Pure."""

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum


class SkillState(StrEnum):
    """Retired and merged concepts stay readable for old claims, needs and frozen rankings."""

    ACTIVE = "active"
    RETIRED = "retired"
    MERGED = "merged"


class SkillFamily(StrEnum):
    """What kind of thing a concept is; the facets of the elite workforce are made of families."""

    PROFESSION = "profession"
    TRADE = "trade"
    TOOL = "tool"
    LANGUAGE = "language"
    STATE_MANAGEMENT = "state_management"
    POLITICAL_THEORY = "political_theory"
    SOFT_SKILL = "soft_skill"


class Sector(StrEnum):
    """The sectors of the vocabulary; also the context in which an ambiguous abbreviation is read."""

    IT = "it"
    HEALTH = "health"
    AGRICULTURE = "agriculture"
    AQUACULTURE = "aquaculture"
    TOURISM = "tourism"
    LAW = "law"
    PUBLIC_ADMIN = "public_admin"
    ENGINEERING = "engineering"
    EDUCATION = "education"
    ENVIRONMENT = "environment"
    FINANCE = "finance"
    LANGUAGE = "language"
    CONSTRUCTION = "construction"
    LOGISTICS = "logistics"
    ENERGY = "energy"
    CULTURE = "culture"
    SCIENCE = "science"
    SOCIAL = "social"
    SOFT_SKILL = "soft_skill"
    BUSINESS = "business"
    CRAFT = "craft"
    SERVICES = "services"
    SPORT = "sport"
    SECURITY = "security"


class LabelKind(StrEnum):
    """Preferred names, other names, and abbreviations (which may need context)."""

    PREFERRED = "preferred"
    ALIAS = "alias"
    ABBREVIATION = "abbreviation"


class LabelLanguage(StrEnum):
    """The language a label is written in."""

    VI = "vi"
    EN = "en"


class LabelOrigin(StrEnum):
    """Where a label comes from; only labels shipped with the product are replaced by an upgrade."""

    CATALOGUE = "catalogue"
    EDITORIAL = "editorial"
    OFFICER = "officer"


SHIPPED_ORIGINS = frozenset({LabelOrigin.CATALOGUE, LabelOrigin.EDITORIAL})


class RelationKind(StrEnum):
    """`broader` leads from a concept to a more general one and has no cycle; `related` goes both ways."""

    BROADER = "broader"
    RELATED = "related"


class PendingState(StrEnum):
    """What became of a text that named no concept."""

    WAITING = "waiting"
    LABELLED = "labelled"
    IGNORED = "ignored"


class LevelScale(StrEnum):
    """The scales levels are stated on: 0–5 in words, the six-level language frame, trade levels 1–7."""

    GENERAL = "general"
    LANGUAGE = "language"
    TRADE = "trade"


# Level → rank 0…6, so that levels of different scales can be compared. A level of 0 says «không có».
_RANKS: Mapping[LevelScale, tuple[int, ...]] = {
    LevelScale.GENERAL: (0, 1, 2, 3, 4, 5),
    LevelScale.LANGUAGE: (0, 1, 2, 3, 4, 5, 6),
    LevelScale.TRADE: (0, 1, 2, 3, 3, 4, 5, 6),
}

# What each level means, in the words of forms; the position in the tuple is the level.
ANCHORS: Mapping[LevelScale, tuple[str, ...]] = {
    LevelScale.GENERAL: (
        "không có",
        "làm được khi có người hướng dẫn",
        "tự làm được việc quen thuộc",
        "làm độc lập, xử lý được việc mới",
        "thành thạo, hướng dẫn được người khác",
        "dẫn dắt người khác, chịu trách nhiệm chính",
    ),
    LevelScale.LANGUAGE: (
        "không có",
        "bậc 1 (A1): câu đơn giản hằng ngày",
        "bậc 2 (A2): việc quen thuộc hằng ngày",
        "bậc 3 (B1): trao đổi được trong công việc quen thuộc",
        "bậc 4 (B2): trao đổi trôi chảy về chuyên môn",
        "bậc 5 (C1): dùng linh hoạt trong công việc và học thuật",
        "bậc 6 (C2): gần như người bản ngữ",
    ),
    LevelScale.TRADE: (
        "không có",
        "bậc 1/7: việc giản đơn",
        "bậc 2/7: việc giản đơn, tự làm được",
        "bậc 3/7: việc trung bình, tự làm được",
        "bậc 4/7: việc tương đối phức tạp",
        "bậc 5/7: việc phức tạp, kèm được thợ khác",
        "bậc 6/7: việc rất phức tạp",
        "bậc 7/7: bậc cao nhất của nghề",
    ),
}


def highest_level(scale: LevelScale) -> int:
    """The highest level of the scale (5, 6 or 7)."""
    return len(_RANKS[scale]) - 1


def rank_of(scale: LevelScale, level: int) -> int:
    """The rank 0…6 of a level of the scale. Raises ValueError for a level the scale does not have."""
    ranks = _RANKS[scale]
    if not 0 <= level < len(ranks):
        raise ValueError(f"the scale {scale} has no level {level}")
    return ranks[level]


def level_of(scale: LevelScale, rank: int) -> int:
    """The lowest level of the scale that reaches the rank, else its highest level."""
    for level, reached in enumerate(_RANKS[scale]):
        if reached >= rank:
            return level
    return highest_level(scale)


# Hundredths of likeness of a claimed concept to a required one (formula version 1).
SAME = 100
NARROWER = {1: 90, 2: 80}
BROADER_ONE_HOP = 60
RELATED = 50


@dataclass(frozen=True)
class Relation:
    """One relation between two concepts, named by their ids."""

    skill_id: int
    kind: RelationKind
    other_id: int


def similarities(
    relations: Iterable[Relation], merged: Mapping[int, int] | None = None
) -> dict[int, dict[int, int]]:
    """How like a claim is to a requirement: {required id: {claimed id: hundredths}}, the highest of all paths.

    A narrower claim counts 90 by one hop and 80 by two, a broader one 60, a related one 50, the concept
    itself is not listed (100). `merged` maps merged concepts to the concept they became: a claim on either
    counts as the other.
    """
    found: dict[int, dict[int, int]] = defaultdict(dict)
    narrower: dict[int, set[int]] = defaultdict(set)
    for relation in relations:
        if relation.kind is RelationKind.RELATED:
            _keep(found, relation.skill_id, relation.other_id, RELATED)
            _keep(found, relation.other_id, relation.skill_id, RELATED)
        else:
            narrower[relation.other_id].add(relation.skill_id)
            _keep(found, relation.skill_id, relation.other_id, BROADER_ONE_HOP)
    for general, specific in narrower.items():
        for one_hop in specific:
            _keep(found, general, one_hop, NARROWER[1])
            for two_hops in narrower.get(one_hop, ()):
                _keep(found, general, two_hops, NARROWER[2])
    _redirect(found, merged or {})
    return {required: dict(claimed) for required, claimed in found.items()}


def _keep(found: dict[int, dict[int, int]], required: int, claimed: int, likeness: int) -> None:
    if required != claimed:
        found[required][claimed] = max(likeness, found[required].get(claimed, 0))


def _redirect(found: dict[int, dict[int, int]], merged: Mapping[int, int]) -> None:
    """Let every merged concept stand for the one it became, as requirement and as claim."""
    for old in merged:
        new = _final(old, merged)
        for claimed, likeness in list(found.get(new, {}).items()):
            _keep(found, old, claimed, likeness)
        _keep(found, old, new, SAME)
    for old in merged:
        new = _final(old, merged)
        for required, claimed in list(found.items()):
            if new in claimed:
                _keep(found, required, old, claimed[new])
        _keep(found, new, old, SAME)


def _final(skill_id: int, merged: Mapping[int, int]) -> int:
    seen: set[int] = set()
    while skill_id in merged and skill_id not in seen:
        seen.add(skill_id)
        skill_id = merged[skill_id]
    return skill_id


def cycle_of(broader: Mapping[str, Iterable[str]]) -> tuple[str, ...]:
    """A cycle of broader links as the names along it, empty when there is none."""
    done: set[str] = set()
    for start in broader:
        path: list[str] = []
        if found := _walk(start, broader, path, done):
            return found
    return ()


def _walk(
    name: str, broader: Mapping[str, Iterable[str]], path: list[str], done: set[str]
) -> tuple[str, ...]:
    if name in path:
        return (*path[path.index(name) :], name)
    if name in done:
        return ()
    path.append(name)
    for general in broader.get(name, ()):
        if found := _walk(general, broader, path, done):
            return found
    path.pop()
    done.add(name)
    return ()


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
