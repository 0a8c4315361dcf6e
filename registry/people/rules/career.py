"""A career as a line: whole years of work, and periods with the stretches nobody wrote down. Pure."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from registry.people.rules.dates import PartialDate

# Shorter stretches between two posts are ordinary and not worth a line of their own.
SHORTEST_GAP_MONTHS = 4


@dataclass(frozen=True, slots=True)
class Span:
    """A period of work as far as it is known; `key` says whose."""

    key: int
    started: PartialDate | None
    ended: PartialDate | None
    is_ongoing: bool


@dataclass(frozen=True, slots=True)
class Stretch:
    """Months between two periods about which nothing is recorded: first and last month, both inclusive."""

    first: PartialDate
    last: PartialDate


def whole_years(spans: Iterable[Span], today: date) -> int | None:
    """Whole years covered by the union of the periods with a known beginning; None when there is none."""
    months: set[int] = set()
    for span in spans:
        if bounds := _months(span, today):
            months.update(range(bounds[0], bounds[1] + 1))
    return len(months) // 12 if months else None


def career_line(spans: Iterable[Span], today: date) -> list[Span | Stretch]:
    """The periods, newest first, with unrecorded stretches between them; undated periods come last."""
    dated = [(bounds, span) for span in spans if (bounds := _months(span, today))]
    undated = [span for span in spans if _months(span, today) is None]
    line: list[Span | Stretch] = []
    covered_until: int | None = None
    for bounds, span in sorted(dated, key=lambda pair: (pair[0], pair[1].key)):
        if covered_until is not None and bounds[0] - covered_until > SHORTEST_GAP_MONTHS:
            line.append(Stretch(_month_of(covered_until + 1), _month_of(bounds[0] - 1)))
        line.append(span)
        covered_until = bounds[1] if covered_until is None else max(covered_until, bounds[1])
    return [*reversed(line), *undated]


def _months(span: Span, today: date) -> tuple[int, int] | None:
    if span.started is None:
        return None
    first = _index(span.started.earliest)
    if span.is_ongoing:
        return first, max(first, _index(today))
    return first, max(first, _index(span.ended.latest if span.ended else span.started.latest))


def _index(day: date) -> int:
    return day.year * 12 + day.month - 1


def _month_of(index: int) -> PartialDate:
    return PartialDate(index // 12, index % 12 + 1)
