"""The level scales, what their levels mean, and the ranks by which levels of different scales compare. Pure."""

from collections.abc import Mapping
from enum import StrEnum


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
