"""The funnel as its page draws it: of the whole campaign, or of the people who came for one need."""

from collections.abc import Sequence
from typing import Any

from registry import charts, formats
from registry.campaigns.forms.words import ELIGIBLE_WITHOUT_POLICIES, STEP, STEP_MEANING
from registry.campaigns.models import Campaign
from registry.campaigns.queries.overview import NeedResult, Overview
from registry.campaigns.rules.funnel import Step, StepCount, steepest
from registry.campaigns.views.blueprint import page_of
from registry.campaigns.views.numbers import days, number, percent
from registry.web.i18n import current_language
from registry.web.i18n import gettext as _

_LATER = frozenset({Step.STILL_12, Step.STILL_36, Step.STILL_60})


def funnel_of(campaign: Campaign, overview: Overview, chosen: str) -> dict[str, Any]:
    """What the card of the funnel shows. `chosen`: the public id of a need; of no need of the campaign's it is whole."""
    own = next((one for one in overview.needs if one.need.public_id == chosen), None)
    steps = overview.steps if own is None else own.steps
    narrowed = {} if own is None else {"nhu-cau": chosen}
    name = None if own is None else own.need.title
    return {
        "need": name,
        "steps": [
            {**row, "href": page_of(campaign, "people", buoc=row["step"].value, **narrowed)}
            for row in step_rows(campaign, steps)
        ],
        "charts": _drawn(steps, name),
        "lost": _lost(steps),
        "choices": [("", _("Cả chiến dịch")), *_choices(overview.needs)],
        "chosen": "" if own is None else chosen,
    }


def _choices(needs: Sequence[NeedResult]) -> list[tuple[str, str]]:
    return [(one.need.public_id, one.need.title) for one in needs]


def step_rows(campaign: Campaign, steps: Sequence[StepCount]) -> list[dict[str, Any]]:
    """A funnel as a table: steps nobody can have reached yet are left out while they are empty."""
    return [
        {
            "step": one.step,
            "name": STEP[one.step],
            "meaning": _meaning(campaign, one.step),
            "people": one.people,
            "of_previous": formats.missing if one.step is Step.REACHED else percent(one.of_previous),
            "of_first": percent(one.of_first),
            "days": formats.missing if one.step is Step.REACHED else days(one.days),
        }
        for one in shown_steps(steps)
    ]


def _meaning(campaign: Campaign, step: Step) -> Any:
    is_without = step is Step.ELIGIBLE and not campaign.policies
    return ELIGIBLE_WITHOUT_POLICIES if is_without else STEP_MEANING[step]


def shown_steps(steps: Sequence[StepCount]) -> Sequence[StepCount]:
    """The steps a page shows: those after placing only once somebody was asked."""
    return [one for one in steps if one.people or one.step not in _LATER]


def _drawn(steps: Sequence[StepCount], need: str | None) -> tuple[Any, Any]:
    rows = [
        charts.FunnelRow(
            str(STEP[one.step]),
            one.people,
            number(one.people),
            ""
            if one.of_previous is None
            else _(
                "%(share)s bước trước", share=formats.percent(one.of_previous * 100, 0, current_language())
            ),
        )
        for one in shown_steps(steps)
    ]
    told = ", ".join(f"{row.name} {row.text}" for row in rows)
    label = (
        _("Phễu thu hút: %(steps)s", steps=told)
        if need is None
        else _("Phễu của «%(need)s»: %(steps)s", need=need, steps=told)
    )
    return charts.funnel(rows, label), charts.funnel(rows, label, narrow=True)


def _lost(steps: Sequence[StepCount]) -> dict[str, Any] | None:
    """The step most people are lost before."""
    worst = steepest(steps)
    if worst is None:
        return None
    before = steps[list(Step).index(worst.step) - 1]
    return {
        "step": worst.step,
        "name": STEP[worst.step],
        "before": f"{STEP[before.step]} {number(before.people)}",
        "after": f"{STEP[worst.step]} {number(worst.people)}",
    }
