"""How pages and reports of indicators say a figure, a plan and a verdict."""

from dataclasses import dataclass, field
from datetime import date
from typing import Any

from flask import url_for

from registry import charts, formats
from registry.indicators.queries.overview import Line
from registry.indicators.rules.comparing import TREND_WORDS
from registry.indicators.rules.contradictions import ContradictionState
from registry.indicators.rules.figures import Figure, Period, Plan, Refused
from registry.indicators.rules.kinds import IndicatorKind
from registry.indicators.rules.numbers import percent_words, signed_words, written
from registry.indicators.rules.pace import PaceState
from registry.indicators.rules.periods import code_of, words_of
from registry.indicators.rules.ratios import Percent
from registry.indicators.rules.units import UnitKind
from registry.indicators.rules.verdicts import Finding
from registry.indicators.rules.wording import printed_words
from registry.web.i18n import gettext as _


@dataclass(frozen=True)
class Tag:
    """A word in a colour."""

    text: str
    kind: str = ""
    icon: str = ""


@dataclass(frozen=True)
class LineWords:
    """A line of the table in words: what the page, its CSV and the report show alike."""

    code: str
    name: str
    unit: str
    days: str
    plan: str
    plan_document: str
    figure: str
    why: str
    beside: str
    percent: str
    percent_note: str
    tone: str
    bullet: Any
    earlier: str
    change: str
    trend: str
    has_rows: bool
    rows_args: dict[str, Any]
    tags: tuple[Tag, ...] = ()
    notes: tuple[str, ...] = field(default=())

    @property
    def rows_href(self) -> str:
        """The address of the rows the figure counts."""
        return url_for("indicators.rows", ma=self.code, **self.rows_args)


def days_args(starts: date | None, ends: date, part: str = "") -> dict[str, Any]:
    """The parameters by which the rows of these days are asked for; `part`: of a commune alone."""
    days = {"den": ends.isoformat()} if starts is None else {"ky": code_of(Period(starts, ends))}
    return days | ({"pham-vi": part} if part else {})


def line_words(line: Line, wanted: Period) -> LineWords:
    """One line in words; notes say why something is «–» or refused."""
    percent, note = _percent(line)
    return LineWords(
        code=line.indicator.code,
        name=line.indicator.name,
        unit=str(_(line.indicator.unit.name)),
        days="" if line.period == wanted else _days(line),
        plan="–" if line.plan is None else plan_words(line.plan),
        plan_document="" if line.plan is None else line.plan.document,
        figure=figure_words(line.figure),
        why=_(line.figure.why) if line.figure.why else "",
        beside=_beside(line),
        percent=percent,
        percent_note=note,
        tone=tone_of(line),
        bullet=bullet_of(line),
        earlier="–" if line.previous is None else figure_words(line.previous),
        change=_change(line),
        trend=_(TREND_WORDS[line.verdicts.trend]),
        has_rows=line.counted is not None and line.counted.figure.is_known,
        rows_args=days_args(line.starts, line.ends, line.part),
        tags=tuple(_tags(line)),
        notes=tuple(_notes(line)),
    )


def figure_words(figure: Figure) -> str:
    """The number; of shares with its sign. The unit stands in its own column."""
    return figure.words if figure.unit.kind is UnitKind.SHARE else figure.number


def plan_words(plan: Plan) -> str:
    """The amount of a plan with its unit; of shares with its sign."""
    if plan.unit.kind is UnitKind.SHARE:
        return f"{written(plan.amount)}{formats.NBSP}%"
    return plan.words


def tone_of(line: Line) -> str:
    """`good` at the plan or above, `low` under half of what is due, else nothing."""
    if not isinstance(line.percent, Percent) or line.pace is None:
        return ""
    if line.percent.exact >= 100:
        return "good"
    is_far = line.pace.state is PaceState.BEHIND and line.percent.exact < line.pace.due.percent / 2
    return "low" if is_far else ""


def bullet_of(line: Line) -> Any:
    """The bar of the percentage of plan; nothing where there is none."""
    if not isinstance(line.percent, Percent):
        return ""
    due = float(line.pace.due.percent) if line.pace else None
    return charts.plan_bullet(charts.PlanBullet(float(line.percent.exact), due, tone_of(line)))


def _days(line: Line) -> str:
    return (
        words_of(line.period) if line.period else _("đến %(day)s", day=words_of(Period(line.ends, line.ends)))
    )


def _percent(line: Line) -> tuple[str, str]:
    if isinstance(line.percent, Percent):
        return percent_words(line.percent.exact), ""
    if isinstance(line.percent, Refused):
        return "–", line.percent.text
    printed = line.printed
    if printed is not None and printed.finding is Finding.NOT_CHECKABLE and printed.implied is not None:
        said = line.reported.percent if line.reported else None
        words = printed_words(said) if said else "–"
        return words, _(
            "Theo báo cáo. Kế hoạch không được in; tỷ lệ này ngầm định kế hoạch %(implied)s",
            implied=printed.implied.words,
        )
    return "–", ""


def _beside(line: Line) -> str:
    if line.counted is None:
        return ""
    return ", ".join(f"{_(one.name)}: {one.figure.number}" for one in line.counted.beside)


def _change(line: Line) -> str:
    now, before = line.figure, line.previous
    if before is None or now.amount is None or before.amount is None or now.unit != before.unit:
        return "–"
    return signed_words(now.amount - before.amount)


def _tags(line: Line) -> list[Tag]:
    found: list[Tag] = []
    printed = line.printed
    if (
        printed is not None
        and printed.finding is Finding.CONTRADICTS
        and line.reported
        and line.reported.percent
    ):
        words = printed_words(line.reported.percent)
        found.append(Tag(_("Báo cáo ghi %(percent)s", percent=words), "warn", "warn"))
    found += _held(line)
    if any(one.state is ContradictionState.OPEN for one in line.contradictions):
        found.append(Tag(_("Chưa giải thích"), "bad"))
    if line.plan is None and line.printed is None and _is_planned(line):
        found.append(Tag(_("Chưa giao chỉ tiêu")))
    if isinstance(line.percent, Refused) and line.figure.is_known:
        found.append(Tag(_("Không tính tỷ lệ"), "warn"))
    return found


def _is_planned(line: Line) -> bool:
    """Whether a measure is of a kind that targets are set for: places of a plan and lengths of time are none."""
    unit = line.indicator.unit.kind
    return line.indicator.kind is IndicatorKind.COUNT and unit not in (UnitKind.PLACES, UnitKind.TIME)


def _held(line: Line) -> list[Tag]:
    """What came of holding the reported figure against the counted one."""
    if line.reported is None:
        return []
    if line.reported.amount is None:
        return [Tag(_("Nguồn không ghi số"))]
    if line.counted is None:
        return [Tag(_("Số nhập theo báo cáo"), "line")]
    if line.beside is None:
        return []
    if line.beside.finding is Finding.CONTRADICTS:
        return [Tag(_("Báo cáo ghi %(figure)s", figure=line.reported.figure.words), "warn", "warn")]
    return [Tag(_("Khớp báo cáo"), "ok", "check")] if line.beside.finding is Finding.CONSISTENT else []


def _notes(line: Line) -> list[str]:
    found: list[str] = []
    if line.reported is not None and line.reported.whole is not None:
        whole = line.reported.whole.indicator.name
        found.append(_("Nằm trong «%(whole)s», không cộng thêm", whole=whole))
    if line.reported is not None and line.reported.verdict:
        found.append(_("Nguồn nói: «%(verdict)s»", verdict=line.reported.verdict))
    if line.pace is not None:
        found.append(line.pace.text)
    return found
