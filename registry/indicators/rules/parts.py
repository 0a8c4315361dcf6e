"""«Trong đó»: parts lie inside their whole, never exceed it, and are not added to it. Pure (IN-10)."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from registry.indicators.rules.figures import Figure, Missing, Refused
from registry.indicators.rules.units import may_be_added
from registry.people.rules.problems import N_, Problem

PART_EXCEEDS = N_("Phần «trong đó» là %(part)s, nhiều hơn tổng %(whole)s. Kiểm lại hai số theo nguồn")
PARTS_EXCEED = N_(
    "Các phần «trong đó» cộng lại là %(parts)s, nhiều hơn tổng %(whole)s. Kiểm lại các số theo nguồn"
)
UNITS_DIFFER = N_("Phần «trong đó» đếm bằng %(part)s, tổng đếm bằng %(whole)s: ghi cùng một đơn vị tính")

SHARE_EXCEEDS = N_(
    "%(share)s là nhiều hơn cả tổng: tỷ lệ của một phần trong tổng không quá 100 %%. Kiểm lại số, hoặc đổi loại chỉ tiêu"
)


@dataclass(frozen=True, slots=True)
class Part:
    """A named part of a whole, as reported."""

    name: str
    figure: Figure


@dataclass(frozen=True, slots=True)
class Breakdown:
    """A whole, its parts, and what is left, computed. `total` stays the whole, whatever parts there are.

    `rest` is missing where the whole or a part is; it is «khoảng» where one of them is.
    """

    whole: Figure
    parts: tuple[Part, ...]
    rest: Figure

    @property
    def total(self) -> Figure:
        """The whole: parts are in it already."""
        return self.whole


def break_down(whole: Figure, parts: Sequence[Part], *, are_apart: bool = True) -> Breakdown | Refused:
    """The whole with its parts and the rest, or why they cannot be right.

    `are_apart` False says that parts may overlap (rural and ethnic minority): then only each of them is held against
    the whole, and no rest is computed.
    """
    refused = next((found for part in parts if (found := check_part(whole, part.figure))), None)
    if refused:
        return refused
    amounts = [part.figure.amount for part in parts]
    if whole.amount is None or None in amounts or not are_apart:
        rest = Figure.missing(whole.unit, Missing.NOT_COLLECTED, whole.period)
        return Breakdown(whole, tuple(parts), rest)
    together = sum((amount for amount in amounts if amount is not None), Decimal(0))
    if together > whole.amount:
        said = Figure.of(together, whole.unit)
        return Refused(Problem("parts_exceed", PARTS_EXCEED, {"parts": said.words, "whole": whole.words}))
    is_about = whole.is_about or any(part.figure.is_about for part in parts)
    rest = Figure(whole.amount - together, whole.unit, whole.period, is_about)
    return Breakdown(whole, tuple(parts), rest)


def check_part(whole: Figure, part: Figure) -> Refused | None:
    """Why a figure cannot be a part of a whole; None where it can, or where one of them is not known."""
    if not may_be_added({whole.unit, part.unit}):
        values = {"part": part.unit.name, "whole": whole.unit.name}
        return Refused(Problem("units_differ", UNITS_DIFFER, values))
    if whole.amount is None or part.amount is None or part.amount <= whole.amount:
        return None
    return Refused(Problem("part_exceeds", PART_EXCEEDS, {"part": part.words, "whole": whole.words}))


def check_share(share: Figure) -> Refused | None:
    """Why a figure cannot be the share of a part in its whole; None where it can."""
    if share.amount is None or share.amount <= 100:
        return None
    return Refused(Problem("share_exceeds", SHARE_EXCEEDS, {"share": share.words}))
