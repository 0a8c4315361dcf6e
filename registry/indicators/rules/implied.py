"""Which denominators a printed percentage allows. Pure (IN-06): exact integers, half-up, as many decimals as printed.

The implied number is never kept as a plan: it only tells which plan the text would have needed.
"""

from dataclasses import dataclass
from fractions import Fraction

from registry.indicators.rules.numbers import half_up, percent_of, written
from registry.indicators.rules.wording import PrintedPercent


@dataclass(frozen=True, slots=True)
class Implied:
    """All whole denominators between `lowest` and `highest`; `highest` None: no end; below `lowest`: there is none."""

    lowest: int
    highest: int | None

    @property
    def is_empty(self) -> bool:
        """Whether no whole number gives the printed percentage."""
        return self.highest is not None and self.highest < self.lowest

    @property
    def is_single(self) -> bool:
        """Whether exactly one whole number does."""
        return self.lowest == self.highest

    def holds(self, amount: int) -> bool:
        """Whether a denominator gives the printed percentage."""
        return self.lowest <= amount and (self.highest is None or amount <= self.highest)

    @property
    def words(self) -> str:
        """«từ 7.270 đến 7.343», «đúng 160», in Vietnamese."""
        if self.is_empty:
            return "không số nguyên nào"
        if self.highest is None:
            return f"từ {written(self.lowest)} trở lên"
        if self.is_single:
            return f"đúng {written(self.lowest)}"
        return f"từ {written(self.lowest)} đến {written(self.highest)}"


NOTHING = Implied(1, 0)


def implied_denominators(numerator: int, printed: PrintedPercent) -> Implied:
    """The whole denominators D > 0 for which numerator ÷ D is printed so. Raises ValueError for negative numbers.

    Half-up rounding to p with half a step h means p − h ≤ 100·n/D < p + h, so 100·n/(p + h) < D ≤ 100·n/(p − h).
    """
    if numerator < 0 or printed.percent < 0:
        raise ValueError("counts and their percentages are not negative")
    percent, half = Fraction(printed.percent), Fraction(1, 2 * 10**printed.places)
    if numerator == 0:
        return Implied(1, None) if percent == 0 else NOTHING
    hundredfold = 100 * numerator
    lowest = int(hundredfold // (percent + half)) + 1
    if percent <= half:
        return Implied(lowest, None)  # what rounds to nothing allows any denominator that is large enough
    return Implied(lowest, int(hundredfold // (percent - half)))


def gives(numerator: int, denominator: int, printed: PrintedPercent) -> bool:
    """Whether a division, rounded half up, is what was printed."""
    return half_up(percent_of(numerator, denominator), printed.places) == printed.percent
