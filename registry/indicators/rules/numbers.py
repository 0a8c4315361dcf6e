"""Exact numbers: fractions inside, half-up decimals outside, never a float. Pure."""

from decimal import Decimal, localcontext
from fractions import Fraction

from registry import formats

Exact = int | Decimal | Fraction
_DIGITS = 60
"""More digits than any figure has, so that the division before rounding never decides the rounding."""


def half_up(value: Exact, places: int = 1) -> Decimal:
    """Rounded to decimal places, halves away from zero: 8.95 → 9.0, −0.05 → −0.1. A fraction is rounded exactly."""
    exact = Fraction(value)
    scaled = abs(exact) * 10**places
    whole = (2 * scaled.numerator + scaled.denominator) // (2 * scaled.denominator)
    with localcontext() as context:
        context.prec = max(_DIGITS, len(str(whole)) + places)
        rounded = Decimal(whole).scaleb(-places)
    return -rounded if exact < 0 and whole else rounded


def percent_of(numerator: Exact, denominator: Exact) -> Fraction:
    """`numerator` as so many hundredths of `denominator`, exact. Raises ZeroDivisionError for nothing."""
    return Fraction(numerator) * 100 / Fraction(denominator)


def decimals_of(value: Exact) -> int | None:
    """How many decimal places write the number exactly; None where none do (a third)."""
    denominator = Fraction(value).denominator
    twos = fives = 0
    while denominator % 2 == 0:
        denominator, twos = denominator // 2, twos + 1
    while denominator % 5 == 0:
        denominator, fives = denominator // 5, fives + 1
    return max(twos, fives) if denominator == 1 else None


def decimal_places(value: Decimal) -> int:
    """With how many decimal places a number is written, noughts too: 10.0 has one."""
    exponent = value.as_tuple().exponent
    return max(0, -exponent) if isinstance(exponent, int) else 0


def written(value: Exact, places: int | None = None) -> str:
    """The number in Vietnamese: «6.775», «120,75». Without `places` exactly as it is, at most two decimals."""
    if places is None:
        exact = decimals_of(value)
        places = 2 if exact is None else min(exact, 2)
    return formats.number(half_up(value, places), places)


def percent_words(value: Exact, places: int = 1) -> str:
    """`117,5 %`, with a no-break space."""
    return f"{written(value, places)}{formats.NBSP}%"


def bare_percent_words(value: Exact) -> str:
    """A percentage of bare arithmetic: exact where two decimals are enough, with what one decimal makes of it."""
    exact = decimals_of(value)
    if exact is None or exact > 2:
        return percent_words(value)
    words = percent_words(value, max(1, exact))
    return words if exact <= 1 else f"{words} (làm tròn {percent_words(value)})"


def signed_words(value: Exact, places: int | None = None) -> str:
    """A difference with its sign: «+25», «−905», «0»."""
    shown = written(value, places)
    return f"+{shown}" if Fraction(value) > 0 and any(one in shown for one in "123456789") else shown
