"""Every printed figure of the five programmes with what the registry makes of it: computed, observed or on record (IN-26)."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from registry.indicators.models import Contradiction, Indicator, IndicatorTarget, Observation
from registry.indicators.queries.asking import computed_figure
from registry.indicators.queries.computed import Counted
from registry.indicators.queries.reading import printed_observations, printed_targets
from registry.indicators.rules.checks import Checked, check_all
from registry.indicators.rules.contradictions import Beside, beside
from registry.indicators.rules.figures import Figure
from registry.indicators.rules.periods import period_of
from registry.indicators.rules.plain import plain
from registry.indicators.rules.published import Published, published_figures
from registry.indicators.rules.ratios import Percent, percent_of_plan
from registry.indicators.rules.typed import kept
from registry.indicators.rules.units import UnitKind
from registry.indicators.rules.verdicts import Finding
from registry.indicators.rules.wording import plan_phrase
from registry.places.models import AdministrativeUnit
from registry.places.rules import UnitLevel
from registry.programmes.models import ProgrammeFact

COMPUTED, OBSERVED, ON_RECORD, NOT_HERE = "computed", "observed", "programme_record", "not_entered"
_FIRST_DAY = date(2025, 7, 1)


@dataclass(frozen=True)
class FigureShown:
    """One printed figure: how it was checked, what it was kept as, and what the registry counts for it."""

    checked: Checked
    observation: Observation | None
    target: IndicatorTarget | None
    fact: ProgrammeFact | None
    counted: Counted | None
    beside: Beside | None
    contradictions: tuple[Contradiction, ...]

    @property
    def row(self) -> Published:
        """The figure as printed."""
        return self.checked.row

    @property
    def counted_as(self) -> str:
        """Computed from rows; else observed as printed; else a fact of the programme's record."""
        if self.counted is not None and _is_from_rows(self.counted):
            return COMPUTED
        if self.observation is not None or self.target is not None:
            return OBSERVED
        return ON_RECORD if self.fact is not None else NOT_HERE

    @property
    def indicator(self) -> Indicator | None:
        """The measure it belongs to."""
        found = self.observation or self.target
        return found.indicator if found else None

    @property
    def finding(self) -> Finding:
        """Contradicts where the text contradicts itself or the rows; consistent where either was held and agreed."""
        both = {self.checked.finding, self.beside.finding if self.beside else Finding.NOT_CHECKABLE}
        for one in (Finding.CONTRADICTS, Finding.CONSISTENT):
            if one in both:
                return one
        return Finding.NOT_CHECKABLE

    @property
    def explanation(self) -> str:
        """The sentences of both checks, with their arithmetic."""
        texts = [self.checked.text, self.beside.text if self.beside else ""]
        return ". ".join(dict.fromkeys(one for one in texts if one))


def figures_shown(session: Session, *, programme: str = "", period: str = "") -> list[FigureShown]:
    """All printed figures in the order of their file, or those of a programme («BT») or of a period («2025-n1»)."""
    rows = published_figures()
    checked = check_all(rows, known_counts(session))
    observations, targets = printed_observations(session), printed_targets(session)
    facts = {one.code: one for one in session.scalars(select(ProgrammeFact))}
    contradictions: dict[int, list[Contradiction]] = {}
    for one in session.scalars(select(Contradiction).order_by(Contradiction.id)):
        contradictions.setdefault(one.observation_id, []).append(one)
    found: list[FigureShown] = []
    for row in rows.values():
        if programme and not row.id.startswith(f"{programme}-"):
            continue
        if period and not _is_of(row, period):
            continue
        observation = observations.get(row.id)
        counted = _counted(session, observation)
        both = beside(observation.figure, counted.figure) if observation and counted else None
        named = tuple(contradictions.get(observation.id, ())) if observation else ()
        found.append(
            FigureShown(
                checked[row.id], observation, targets.get(row.id), facts.get(row.id), counted, both, named
            )
        )
    return found


def _is_from_rows(counted: Counted) -> bool:
    """Whether anything was there to count: rows, or of a share its denominator."""
    return bool(counted.rows) or (counted.figure.unit.kind is UnitKind.SHARE and counted.figure.is_known)


def _is_of(row: Published, period: str) -> bool:
    from_code = period_of(period)
    return from_code is not None and row.period == from_code


def _counted(session: Session, observation: Observation | None) -> Counted | None:
    if observation is None:
        return None
    return computed_figure(session, observation.indicator, observation.starts, observation.ends)


def known_counts(session: Session) -> dict[str, int | date]:
    """What the register of units knows of Lai Châu by itself, for the figures that are held against it."""
    unit = AdministrativeUnit
    communes = select(func.count()).where(
        unit.level == UnitLevel.COMMUNE, unit.path.like("VN/12/%"), unit.valid_to.is_(None)
    )
    districts = select(func.count()).where(
        unit.level == UnitLevel.DISTRICT, unit.path.like("VN-63/12/%"), unit.valid_to == date(2025, 6, 30)
    )
    first = session.scalar(
        select(func.min(unit.valid_from)).where(unit.path.like("VN/12/%"), unit.path != "VN/12/")
    )
    found: dict[str, int | date] = {
        "communes:12": session.scalar(communes) or 0,
        "former_districts:12": session.scalar(districts) or 0,
    }
    return found | ({"first_day": first} if first else {})


def as_plain(shown: FigureShown) -> dict[str, Any]:
    """One figure as plain data: what `registry indicators show --json` prints. Exact numbers are strings."""
    counted, indicator = shown.counted, shown.indicator
    found = plain(shown.checked)
    return found | {
        "indicator": indicator.code if indicator else None,
        "counted_as": shown.counted_as,
        "query": (indicator.query or None) if indicator and shown.counted_as == COMPUTED else None,
        "parameters": dict(indicator.parameters) if indicator else {},
        "reported": _reported(shown),
        "computed": _computed(counted) if counted else None,
        "rows": counted.rows if counted else None,
        "plan": [_plan(one) for one in indicator.targets] if indicator else [],
        "percent": _percents(shown),
        "printed_phrase": _phrase(shown),
        "reported_verdict": (shown.observation.verdict or None) if shown.observation else None,
        "verdict": shown.finding.value,
        "explanation": shown.explanation,
        "contradictions": [
            {"kind": one.kind.value, "state": one.state.value, "text": one.text}
            for one in shown.contradictions
        ],
    }


def _reported(shown: FigureShown) -> dict[str, Any] | None:
    if shown.observation is not None:
        return _amount(shown.observation.figure)
    if shown.target is not None:
        return {
            "amount": shown.target.amount,
            "unit": shown.target.unit_code,
            "about": False,
            "why_missing": None,
        }
    return None


def _computed(counted: Counted) -> dict[str, Any]:
    sides = [{"name": one.name, **_amount(one.figure)} for one in counted.beside]
    return _amount(counted.figure) | {"rows": counted.rows, "beside": sides}


def _amount(figure: Figure) -> dict[str, Any]:
    return {
        "amount": None if figure.amount is None else kept(figure.amount),
        "unit": figure.unit.code,
        "about": figure.is_about,
        "why_missing": figure.why_missing.value if figure.why_missing else None,
    }


def _plan(target: IndicatorTarget) -> Mapping[str, Any]:
    return {
        "amount": target.amount,
        "unit": target.unit_code,
        "reading": target.reading.value,
        "document": target.document,
        "published_id": target.published_id,
    }


def _percents(shown: FigureShown) -> list[dict[str, Any]]:
    """What share of each stated plan was reached, or why none is computed; a target has none of itself."""
    if shown.observation is None or shown.indicator is None:
        return []
    found: list[dict[str, Any]] = []
    for one in shown.indicator.targets:
        result = percent_of_plan(shown.observation.figure, one.plan)
        is_percent = isinstance(result, Percent)
        found.append(
            {
                "document": one.document,
                "percent": str(result.rounded) if isinstance(result, Percent) else None,
                "arithmetic": result.arithmetic if isinstance(result, Percent) else None,
                "refused": None if is_percent else result.code,
                "reason": None if isinstance(result, Percent) else result.text,
            }
        )
    return found


def _phrase(shown: FigureShown) -> str | None:
    """The printed percentage of plan, said anew by the same words."""
    printed = shown.row.printed_percent
    return plan_phrase(printed.percent, printed.places) if printed else None
