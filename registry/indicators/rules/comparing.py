"""Two verdicts side by side: against the period before, and against the target. Pure (IN-11).

«Tăng so với kỳ trước, vẫn dưới mục tiêu» are two facts, and neither hides the other. A verdict that a source states in
words («còn ít», «vượt chỉ tiêu đề ra») is kept as it was reported and never turned into a number.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from registry.indicators.rules.figures import Figure
from registry.indicators.rules.units import may_be_added
from registry.people.rules.problems import N_


class Trend(StrEnum):
    """Against the period before."""

    UP = "up"
    SAME = "same"
    DOWN = "down"
    UNKNOWN = "unknown"


class Standing(StrEnum):
    """Against the target."""

    REACHED = "reached"
    NOT_REACHED = "not_reached"
    UNKNOWN = "unknown"


TREND_WORDS: Mapping[Trend, str] = {
    Trend.UP: N_("Tăng so với kỳ trước"),
    Trend.SAME: N_("Bằng kỳ trước"),
    Trend.DOWN: N_("Giảm so với kỳ trước"),
    Trend.UNKNOWN: N_("Không so được với kỳ trước"),
}
STANDING_WORDS: Mapping[Standing, str] = {
    Standing.REACHED: N_("Đạt mục tiêu"),
    Standing.NOT_REACHED: N_("Chưa đạt mục tiêu"),
    Standing.UNKNOWN: N_("Không so được với mục tiêu"),
}


@dataclass(frozen=True, slots=True)
class TwoVerdicts:
    """Both verdicts, and what the source says in its own words («» where it says nothing)."""

    trend: Trend
    standing: Standing
    reported: str = ""


def two_verdicts(
    now: Figure,
    before: Figure | None,
    target: Figure | None,
    *,
    reported: str = "",
    lower_is_better: bool = False,
) -> TwoVerdicts:
    """Compare with the period before and with the target; unknown where a side is missing, about, or of another unit."""
    return TwoVerdicts(
        trend_of(now, before), standing_of(now, target, lower_is_better=lower_is_better), reported
    )


def trend_of(now: Figure, before: Figure | None) -> Trend:
    """Whether a figure rose since the period before."""
    pair = _pair(now, before)
    if pair is None:
        return Trend.UNKNOWN
    if pair == 0:
        return Trend.SAME
    return Trend.UP if pair > 0 else Trend.DOWN


def standing_of(now: Figure, target: Figure | None, *, lower_is_better: bool = False) -> Standing:
    """Whether a target is reached; of indicators that should fall, when the figure is not above it."""
    pair = _pair(now, target)
    if pair is None:
        return Standing.UNKNOWN
    is_reached = pair <= 0 if lower_is_better else pair >= 0
    return Standing.REACHED if is_reached else Standing.NOT_REACHED


def _pair(now: Figure, other: Figure | None) -> int | None:
    """−1, 0 or 1 for two exact figures that may be compared."""
    if other is None or now.is_about or other.is_about or now.amount is None or other.amount is None:
        return None
    if not may_be_added({now.unit, other.unit}):
        return None
    return (now.amount > other.amount) - (now.amount < other.amount)
