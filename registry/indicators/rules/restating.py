"""Figures of one set of units told for another: merged, or by the former units. Pure (IN-25, PT4).

Counting again from rows that know their unit is exact. Without rows a figure moves whole to its one successor; where a
unit was divided, only a stated share moves it, and without one the figure is missing: a guess is never made.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction

from registry.indicators.rules.figures import Figure, Missing, Refused
from registry.indicators.rules.sums import SHARES
from registry.indicators.rules.units import UnitKind
from registry.people.rules.problems import N_, Problem


class RestatedBy(StrEnum):
    """By what a restated figure came about; always shown."""

    ROWS = "rows"
    WHOLE_UNITS = "whole_units"
    STATED_SHARE = "stated_share"


METHOD_WORDS: Mapping[RestatedBy, str] = {
    RestatedBy.ROWS: N_("Đếm lại từ từng dòng theo đơn vị ghi trên dòng"),
    RestatedBy.WHOLE_UNITS: N_("Cộng trọn số của các đơn vị cũ"),
    RestatedBy.STATED_SHARE: N_("Chia theo tỷ lệ đã nêu trong văn bản"),
}


@dataclass(frozen=True, slots=True)
class Succession:
    """Former unit → present unit; `share` is stated, None where nobody states one."""

    old: str
    new: str
    share: Fraction | None = None


@dataclass(frozen=True, slots=True)
class Restated:
    """The figure of one unit, exact; or missing with the reason. `not_moved` are former units left outside."""

    unit_code: str
    amount: Fraction | None
    method: RestatedBy
    why_missing: Missing | None = None
    not_moved: tuple[str, ...] = ()


def from_rows(rows: Iterable[tuple[str, int]], new_of: Mapping[str, str]) -> list[Restated]:
    """Rows (unit, how many) counted for other units: `new_of` says where each row's unit belongs, itself if absent.

    The same rows counted for former and present units have the same total.
    """
    totals: defaultdict[str, int] = defaultdict(int)
    for code, amount in rows:
        totals[new_of.get(code, code)] += amount
    return [Restated(code, Fraction(amount), RestatedBy.ROWS) for code, amount in sorted(totals.items())]


def from_totals(
    totals: Mapping[str, int] | Mapping[str, Fraction], successions: Sequence[Succession]
) -> list[Restated]:
    """Totals of former units told for present ones, by whole units or by stated shares.

    Raises ValueError where the stated shares of a unit exceed it.
    """
    into = _shares(successions)
    coming: defaultdict[str, list[tuple[str, Fraction | None]]] = defaultdict(list)
    for old in totals:
        for new, part in into.get(old, {old: Fraction(1)}).items():
            coming[new].append((old, part))
    return [_restated(new, parts, totals) for new, parts in sorted(coming.items())]


def merged(new: str, reported: Mapping[str, Figure | None]) -> Restated | Refused:
    """What former provinces reported, told whole for the one they became: only where each of them did, exactly.

    Shares are refused: each has a denominator of its own. `not_moved` are those without an exact figure.
    """
    known = {old: one.amount for old, one in reported.items() if one and one.is_exact}
    if any(one and one.unit.kind is UnitKind.SHARE for one in reported.values()):
        return Refused(Problem("shares", SHARES))
    missing = tuple(sorted(reported.keys() - known.keys()))
    if missing:
        return Restated(new, None, RestatedBy.WHOLE_UNITS, Missing.NOT_COLLECTED, missing)
    amounts = {old: Fraction(amount) for old, amount in known.items() if amount is not None}
    [found] = from_totals(amounts, [Succession(old, new) for old in amounts])
    return found


def _shares(successions: Sequence[Succession]) -> dict[str, dict[str, Fraction | None]]:
    """By former unit: which share goes where. A single successor takes all of it."""
    by_old: defaultdict[str, list[Succession]] = defaultdict(list)
    for one in successions:
        by_old[one.old].append(one)
    for old, several in by_old.items():
        if sum((one.share or Fraction(0) for one in several), Fraction(0)) > 1:
            raise ValueError(f"more than the whole of {old} is shared out")
    return {
        old: {
            one.new: Fraction(1) if len(several) == 1 and one.share is None else one.share for one in several
        }
        for old, several in by_old.items()
    }


def _restated(
    new: str,
    parts: Sequence[tuple[str, Fraction | None]],
    totals: Mapping[str, int] | Mapping[str, Fraction],
) -> Restated:
    not_moved = tuple(sorted(old for old, share in parts if share is None))
    is_shared = any(share != 1 for _old, share in parts)
    method = RestatedBy.STATED_SHARE if is_shared else RestatedBy.WHOLE_UNITS
    if not_moved:
        return Restated(new, None, method, Missing.UNIT_DIVIDED, not_moved)
    amount = sum((totals[old] * share for old, share in parts if share is not None), Fraction(0))
    return Restated(new, amount, method)
