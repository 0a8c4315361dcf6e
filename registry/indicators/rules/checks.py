"""The verdict on each printed figure: consistent, contradicts, or not checkable, with its arithmetic. Pure (IN-26).

A row names its check and the rows it needs; numbers of the registry itself (how many communes a province has) are told
by the caller. Nothing is corrected: a contradiction is a sentence with both numbers.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from registry import formats
from registry.indicators.rules.contradictions import beside
from registry.indicators.rules.figures import Figure, Period
from registry.indicators.rules.numbers import written
from registry.indicators.rules.published import WHY_NOT_CHECKABLE, Published
from registry.indicators.rules.verdicts import Finding, PlanVerdict, check_percent
from registry.people.rules.problems import N_

Counted = Mapping[str, int | date]
"""What the registry knows by itself: `communes:12`, `former_districts:12`, `first_day` of the present units."""
OF_PLAN = "of_plan"
NOT_COUNTED = N_("Chưa có số của hệ thống để đối chiếu")


@dataclass(frozen=True, slots=True)
class Checked:
    """The verdict on one row and the sentence that shows it (Vietnamese).

    `plan` is there where a printed percentage of plan was checked: every plan tried, and the plans it would need.
    """

    row: Published
    finding: Finding
    text: str
    plan: PlanVerdict | None = None


@dataclass(frozen=True, slots=True)
class _Case:
    row: Published
    needs: tuple[str, ...]
    rows: Mapping[str, Published]
    counted: Counted

    def other(self, at: int = 0) -> Published:
        return self.rows[self.needs[at]]


_Verdict = tuple[Finding, str]


def check_all(rows: Mapping[str, Published], counted: Counted) -> dict[str, Checked]:
    """Every row by id with its verdict."""
    return {row.id: check(row, rows, counted) for row in rows.values()}


def check(row: Published, rows: Mapping[str, Published], counted: Counted) -> Checked:
    """The verdict on one row. Raises KeyError for a check nobody knows or a row that is not there."""
    if not row.check:
        return Checked(row, Finding.NOT_CHECKABLE, WHY_NOT_CHECKABLE[row.why])
    verb, _space, needs = row.check.partition(" ")
    case = _Case(row, tuple(filter(None, needs.split("|"))), rows, counted)
    if verb == OF_PLAN:
        verdict = _of_plan(case)
        return Checked(row, verdict.finding, verdict.text, verdict)
    finding, text = _CHECKS[verb](case)
    return Checked(row, finding, text)


def _of_plan(case: _Case) -> PlanVerdict:
    printed = case.row.printed_percent
    if printed is None:
        raise ValueError(f"{case.row.id} prints no percentage of plan")
    return check_percent(case.row.figure, printed, [case.rows[one].plan for one in case.needs])


def _sum(case: _Case) -> _Verdict:
    return _added(case.needs, case.row, case.rows)


def _in_sum(case: _Case) -> _Verdict:
    return _added(case.needs[1:], case.other(), case.rows)


def _added(ids: tuple[str, ...], whole: Published, rows: Mapping[str, Published]) -> _Verdict:
    amounts = [Decimal(rows[one].value) for one in ids]
    together, printed = sum(amounts, Decimal(0)), Decimal(whole.value)
    said = f"{' + '.join(map(written, amounts))} = {written(together)}"
    return _judged(together == printed, said if together == printed else f"{said}, in là {written(printed)}")


def _counted(case: _Case) -> _Verdict:
    known = case.counted.get(case.needs[0])
    if known is None:
        return Finding.NOT_CHECKABLE, NOT_COUNTED
    if isinstance(known, date):
        return _judged(_day(case.row) == known, f"{_say(_day(case.row))} · {_say(known)}")
    verdict = beside(case.row.figure, Figure.of(known, case.row.unit.unit))
    return verdict.finding, verdict.text


def _named(case: _Case) -> _Verdict:
    names = " và ".join(f"«{one}»" for one in case.needs)
    return _judged(len(case.needs) == int(case.row.value), f"{case.row.value}: {names}")


def _mentions(case: _Case) -> _Verdict:
    full = case.row.value
    same = all(one == full or full.startswith(f"{one}-") for one in case.needs)
    return _judged(same and full in case.needs, f"{full}: {len(case.needs)} lần nhắc")


def _calendar_years(case: _Case) -> _Verdict:
    years = _period(case.row).years_touched
    return _judged(years == int(case.row.value), f"{_spoken(_period(case.row))}: {years} năm")


def _months(case: _Case) -> _Verdict:
    months = _period(case.row).months
    return _judged(months == int(case.row.value), f"{_spoken(_period(case.row))}: {months} tháng")


def _full_years(case: _Case) -> _Verdict:
    first, last = _day(case.other(0)), _day(case.other(1))
    years = last.year - first.year - ((last.month, last.day) < (first.month, first.day))
    return _judged(years == int(case.row.value), f"{_say(first)} – {_say(last)}: {years} năm tròn")


def _holds(case: _Case) -> _Verdict:
    own, other = _period(case.row), _period(case.other())
    return _judged(own.holds(other), f"{_spoken(own)} gồm {_spoken(other)}")


def _starts(case: _Case) -> _Verdict:
    return _judged(_day(case.row) == case.other().starts, f"{_say(_day(case.row))} · {case.other().id}")


def _dated(case: _Case) -> _Verdict:
    return _judged(case.row.starts == _day(case.other()), f"{case.row.value}, {_say(_day(case.other()))}")


def _heading(case: _Case) -> _Verdict:
    return _judged(
        _day(case.row).isoformat() == case.needs[0],
        f"{_say(_day(case.row))} · {_say(date.fromisoformat(case.needs[0]))}",
    )


def _days_from(days: int) -> Callable[[_Case], _Verdict]:
    def judge(case: _Case) -> _Verdict:
        own, other = _day(case.row), _day(case.other())
        return _judged(own == other + timedelta(days), f"{_say(own)} · {_say(other)}")

    return judge


def _after(case: _Case) -> _Verdict:
    own, other = _day(case.row), _day(case.other())
    return _judged(own > other, f"{_say(own)} sau {_say(other)}")


_CHECKS: Mapping[str, Callable[[_Case], _Verdict]] = {
    "after": _after,
    "calendar_years": _calendar_years,
    "counted": _counted,
    "dated": _dated,
    "day_after": _days_from(1),
    "day_before": _days_from(-1),
    "full_years": _full_years,
    "heading": _heading,
    "holds": _holds,
    "in_sum": _in_sum,
    "mentions": _mentions,
    "months": _months,
    "named": _named,
    "same_day": _days_from(0),
    "starts": _starts,
    "sum": _sum,
}


def _judged(is_right: bool, text: str) -> _Verdict:
    return (Finding.CONSISTENT if is_right else Finding.CONTRADICTS), text


def _day(row: Published) -> date:
    return date.fromisoformat(row.value[:10])


def _period(row: Published) -> Period:
    if row.period is None:
        return Period(_day(row), _day(row))
    return row.period


def _spoken(period: Period) -> str:
    return f"{_say(period.start)} – {_say(period.end)}"


def _say(day: date) -> str:
    return formats.date(day)
