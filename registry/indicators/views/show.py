"""One measure: what it means, its targets apart, what was reported beside what is counted, contradictions."""

from typing import Any

from flask import render_template, request, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session

from registry.accounts.access import may, require
from registry.accounts.rules import Permission
from registry.indicators.models import Indicator, Observation
from registry.indicators.queries.asking import computed_figure, query_of
from registry.indicators.queries.overview import by_target, default_period, line_of
from registry.indicators.queries.reading import (
    contradictions_of,
    former_observations_of,
    names_of,
    observations_of,
)
from registry.indicators.rules.comparing import STANDING_WORDS, TREND_WORDS
from registry.indicators.rules.contradictions import STATE_WORDS, ContradictionState, beside
from registry.indicators.rules.figures import Period
from registry.indicators.rules.found import CONTRADICTION_WORDS, ORIGIN_WORDS
from registry.indicators.rules.horizons import READING_WORDS, against
from registry.indicators.rules.kinds import KIND_WORDS
from registry.indicators.rules.periods import code_of, period_of, words_of
from registry.indicators.rules.ratios import Percent
from registry.indicators.rules.units import UnitKind
from registry.indicators.rules.verdicts import check_percent
from registry.indicators.rules.wording import plan_phrase
from registry.indicators.views.blueprint import bp, visible_indicator
from registry.indicators.views.former import former_words
from registry.indicators.views.words import days_args, figure_words, line_words, plan_words
from registry.places.queries.former_provinces import place_words
from registry.training.rules import BY_CODE
from registry.web.clock import today
from registry.web.database import db_session
from registry.web.i18n import gettext as _

STATE_TAG = {
    ContradictionState.OPEN: "bad",
    ContradictionState.EXPLAINED: "warn",
    ContradictionState.ACCEPTED: "ok",
}


@bp.get("/chi-tieu/<ma>")
@require(Permission.INDICATORS_READ)
def show(ma: str) -> ResponseReturnValue:
    """The whole page of a measure."""
    session = db_session()
    indicator = visible_indicator(session, ma)
    observed = observations_of(session, [indicator.id])
    period = period_of(request.args.get("ky", "")) or default_period(observed, today())
    line = line_of(session, indicator, period)
    former = former_observations_of(session, [indicator.id])
    query = query_of(indicator)
    return render_template(
        "indicators/show.html",
        indicator=indicator,
        kind=_(KIND_WORDS[indicator.kind]),
        unit=_(indicator.unit.name),
        tile_unit="" if indicator.unit.kind is UnitKind.SHARE else _(indicator.unit.name),
        place=place_words(session, indicator.unit_path) if indicator.unit_path else "",
        query=query,
        parameters=[
            (_(text), _value(name, str(indicator.parameters[name])))
            for name, text in (query.parameters.items() if query else ())
            if name in indicator.parameters
        ],
        period=words_of(period),
        ky=code_of(period),
        line=line_words(line, period),
        trend=_(TREND_WORDS[line.verdicts.trend]),
        standing=_(STANDING_WORDS[line.verdicts.standing]),
        targets=_targets(indicator, line.figure),
        observations=[_observed(session, one) for one in (*observed, *former)],
        former=former_words(session, indicator, line.starts, line.ends),
        contradictions=contradiction_lines(session, [indicator.id]),
        may_write=may(Permission.INDICATORS_WRITE, indicator),
    )


def _value(name: str, value: str) -> str:
    """A parameter as people say it: categories of training by their names."""
    return _(BY_CODE[value].name) if name == "category" and value in BY_CODE else value


def _targets(indicator: Indicator, figure: Any) -> list[dict[str, Any]]:
    """Every target with its document, each reading of an unclear one, and what was reached of it or why that is not said."""
    found: list[dict[str, Any]] = []
    for target in by_target(indicator.targets):
        for read in against(figure, [target.plan]):
            reached = read.reached
            found.append(
                {
                    "target": target,
                    "plan": plan_words(read.plan),
                    "period": words_of(read.period),
                    "reading": _(READING_WORDS[read.plan.reading]),
                    "is_unclear": target.reading is not read.plan.reading,
                    "reached": reached.arithmetic if isinstance(reached, Percent) else "",
                    "phrase": plan_phrase(reached.exact) if isinstance(reached, Percent) else "",
                    "refused": "" if isinstance(reached, Percent) else reached.text,
                }
            )
    return found


def _observed(session: Session, one: Observation) -> dict[str, Any]:
    counted = computed_figure(session, one.indicator, one.starts, one.ends, one.former)
    both = beside(one.figure, counted.figure) if counted else None
    percent = one.percent
    plans = [] if one.former else [target.plan for target in one.indicator.targets]
    printed = check_percent(one.figure, percent, plans) if percent else None
    period = one.period
    return {
        "observation": one,
        "days": words_of(period) if period else _("đến %(day)s", day=words_of(Period(one.ends, one.ends))),
        "ky": code_of(period) if period else "",
        "reported": figure_words(one.figure),
        "why": _(one.figure.why) if one.figure.why else "",
        "phrase": plan_phrase(percent.percent, percent.places) if percent else "",
        "counted": figure_words(counted.figure) if counted else "–",
        "beside": [(_(side.name), side.figure.number) for side in counted.beside] if counted else [],
        "has_rows": counted is not None and counted.figure.is_known,
        "place": place_words(session, one.former) if one.former else "",
        "rows_href": url_for(".rows", ma=one.indicator.code, **days_args(one.starts, one.ends, one.former)),
        "finding": both.finding.value if both else "",
        "text": both.text if both else "",
        "printed": printed.text if printed else "",
        "origin": _(ORIGIN_WORDS[one.origin]),
    }


def contradiction_lines(session: Session, ids: list[int], *, only_open: bool = False) -> list[dict[str, Any]]:
    """Contradictions with their arithmetic, what was said of each, and whether the viewer may answer."""
    found = contradictions_of(session, ids, only_open=only_open)
    names = names_of(session, [step.by_id for one in found for step in one.steps])
    return [
        {
            "contradiction": one,
            "kind": _(CONTRADICTION_WORDS[one.kind]),
            "state": _(STATE_WORDS[one.state]),
            "state_tag": STATE_TAG[one.state],
            "may_write": may(Permission.INDICATORS_WRITE, one.indicator),
            "steps": [
                {"state": _(STATE_WORDS[step.state]), "who": names.get(step.by_id or 0, ""), "step": step}
                for step in one.steps
            ],
        }
        for one in found
    ]
