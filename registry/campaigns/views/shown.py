"""The numbers of a campaign as its page draws them: words, drawings, and the table beneath each drawing."""

from datetime import date
from typing import Any

from registry import charts, formats
from registry.accounts.access import may
from registry.accounts.rules import Permission
from registry.campaigns.forms.words import LANGUAGE, LETTER, STEP, WAITING
from registry.campaigns.models import Campaign
from registry.campaigns.queries.overview import NeedResult, Overview
from registry.campaigns.rules.funnel import Step
from registry.campaigns.rules.waiting import Waiting
from registry.campaigns.rules.words import MessageStep
from registry.campaigns.views.blueprint import page_of
from registry.campaigns.views.funnels import funnel_of
from registry.campaigns.views.numbers import days, money, number, percent
from registry.mail.rules import LetterState
from registry.web.i18n import current_language
from registry.web.i18n import gettext as _

OF_NEED = (Step.COMPLETE, Step.INTERVIEWED, Step.SIGNED)
"""The steps the table of needs tells of each."""
_ACTION = {
    Waiting.INTERVIEW: ("warn", "bad"),
    Waiting.CONTACT: ("warn", "bad"),
    Waiting.SIGNING: ("doc", ""),
    Waiting.OPENED: ("clock", "warn"),
    Waiting.SILENT: ("mail", ""),
}


def figures(campaign: Campaign, overview: Overview, on: date, need: str = "") -> dict[str, Any]:
    """Everything of the page that is a number. `need`: the public id of the one the funnel is narrowed to."""
    return {
        "o": overview,
        "tiles": _tiles(campaign, overview),
        "funnel": funnel_of(campaign, overview, need),
        "plan_charts": _plan(overview),
        "plan_rows": _plan_rows(overview),
        "todo": _todo(campaign, overview),
        "needs": _needs(campaign, overview, on),
        "budget": _budget(overview),
        "channels": _channels(overview),
        "texts": _texts(overview),
        "costs": _costs(overview),
        "milestones": _milestones(campaign, on),
    }


def _tiles(campaign: Campaign, overview: Overview) -> dict[str, Any]:
    ahead, goal = overview.forecast, overview.goal
    return {
        "signed": number(overview.signed),
        "goal": number(goal),
        "share": percent(overview.signed / goal if goal else None),
        "due": number(overview.plan.due_today),
        "is_behind": overview.signed < overview.plan.due_today,
        "bullet": charts.bullet(
            overview.signed,
            goal,
            overview.plan.due_today,
            "low" if overview.signed < overview.plan.due_today else "",
        ),
        "forecast": None if ahead is None else number(ahead.people),
        "lacking": 0 if ahead is None else ahead.lacking,
        "per_month": ""
        if ahead is None
        else formats.number(round(ahead.per_month, 1), 1, current_language()),
        "ends_on": campaign.ends_on,
        "paid": money(overview.sums.paid),
        "planned": money(overview.sums.planned),
        "paid_share": percent(overview.sums.share_paid),
        "more": money(overview.sums.committed - overview.sums.paid),
        "paid_bullet": charts.bullet(overview.sums.paid, overview.sums.planned),
        "has_budget": bool(overview.lines),
        "days": None if overview.days_to_sign is None else days(overview.days_to_sign),
        "slowest": None
        if overview.slowest is None
        else (str(STEP[overview.slowest.step]), days(overview.slowest.days)),
    }


def _plan(overview: Overview) -> tuple[Any, Any]:
    plan, ahead = overview.plan, overview.forecast
    lines = charts.PlanLines(
        days=[_("T%(month)s", month=day.month) for day in plan.days],
        planned=plan.planned,
        reached=plan.signed,
        forecast=None if ahead is None else ahead.people,
        planned_words=_("Kế hoạch %(count)s", count=number(overview.goal)),
        forecast_words="" if ahead is None else _("Dự báo %(count)s", count=number(ahead.people)),
    )
    label = _(
        "Người đã ký, cộng dồn: kế hoạch đến hôm nay %(due)s, thực hiện %(signed)s, dự báo cuối chiến dịch %(forecast)s",
        due=number(plan.due_today),
        signed=number(overview.signed),
        forecast=str(formats.missing) if ahead is None else number(ahead.people),
    )
    return charts.plan_lines(lines, label), charts.plan_lines(lines, label, narrow=True)


def _plan_rows(overview: Overview) -> list[tuple[date, str, str]]:
    plan = overview.plan
    return [
        (day, number(planned), str(formats.missing) if signed is None else number(signed))
        for day, planned, signed in zip(plan.days, plan.planned, plan.signed, strict=True)
    ]


def _todo(campaign: Campaign, overview: Overview) -> list[dict[str, Any]]:
    sees_people = may(Permission.PEOPLE_READ, campaign)
    lines = [
        {
            "icon": _ACTION[what][0],
            "kind": _ACTION[what][1],
            "text": _("%(words)s: %(count)s người.", words=WAITING[what], count=number(count)),
            "href": page_of(campaign, "people", cho=what.value) if sees_people else "",
            "action": _("Xem"),
        }
        for what, count in overview.waiting.items()
    ]
    failed = overview.letters.get(LetterState.FAILED, 0) + overview.letters.get(LetterState.SUPPRESSED, 0)
    if failed:
        lines.append(
            {
                "icon": "warn",
                "kind": "warn",
                "text": _("%(count)s thư không đến được người nhận.", count=number(failed)),
                "href": page_of(campaign, "sending"),
                "action": _("Xem"),
            }
        )
    lines += [
        {
            "icon": "warn",
            "kind": "bad",
            "text": _(
                "Khoản «%(name)s» đã cam kết quá dự toán %(over)s.",
                name=line.name,
                over=money(line.committed - line.planned),
            ),
            "href": page_of(campaign, "spending"),
            "action": _("Xem"),
        }
        for line in overview.lines
        if line.is_over
    ]
    return lines


def _needs(campaign: Campaign, overview: Overview, on: date) -> dict[str, Any]:
    share = overview.plan.due_today / overview.goal if overview.goal else None
    rows = [
        {
            "ma": one.need.public_id,
            "title": one.need.title,
            "office": one.need.organisation.name if one.need.organisation else "",
            "wanted": one.wanted,
            "counts": _counts(campaign, one),
            "share": percent(one.signed / one.wanted if one.wanted else None),
            "bullet": charts.bullet(
                one.signed,
                one.wanted,
                None if share is None else one.wanted * share,
                "low" if share is not None and one.signed < one.wanted * share else "",
            ),
            "lacking": one.lacking,
        }
        for one in overview.needs
    ]
    totals = {
        "wanted": sum(one.wanted for one in overview.needs),
        "counts": [overview.at_any_need(step) for step in OF_NEED],
        "lacking": sum(one.lacking for one in overview.needs),
    }
    return {"rows": rows, "totals": totals, "due": percent(share), "on": on}


def _counts(campaign: Campaign, one: NeedResult) -> list[dict[str, Any]]:
    asked = {"nhu-cau": one.need.public_id}
    return [
        {"people": one.count(step), "href": page_of(campaign, "people", buoc=step.value, **asked)}
        for step in OF_NEED
    ]


def _budget(overview: Overview) -> dict[str, Any]:
    sums = overview.sums
    most = max(sums.planned, sums.committed)
    waiting = sums.committed - sums.paid
    return {
        "bar": charts.stack_bar(
            [(sums.paid, None, "k1"), (waiting, None, "k2")],
            _(
                "Ngân sách: đã chi %(paid)s, đã cam kết chưa chi %(waiting)s, còn lại %(free)s",
                paid=money(sums.paid),
                waiting=money(waiting),
                free=money(max(0, sums.free)),
            ),
            maximum=most or 1,
        ),
        "paid": money(sums.paid),
        "waiting": money(waiting),
        "free": money(max(0, sums.free)),
        "over": money(-sums.free) if sums.free < 0 else "",
        "planned": money(sums.planned),
        "rows": [
            {
                "name": line.name,
                "source": line.source,
                "from_grants": line.from_grants,
                "planned": number(line.planned),
                "committed": number(line.committed),
                "paid": number(line.paid),
                "share": percent(line.paid / line.planned if line.planned else None),
                "is_over": line.is_over,
            }
            for line in overview.lines
        ],
        "totals": (
            number(sums.planned),
            number(sums.committed),
            number(sums.paid),
            percent(sums.share_paid),
        ),
    }


def _channels(overview: Overview) -> list[dict[str, Any]]:
    return [
        {
            "ma": channel.public_id,
            "name": channel.name,
            "reached": number(group.reached),
            "replied": percent(group.replied / group.reached if group.reached else None),
            "signed": number(group.signed),
        }
        for channel, group in overview.channels
    ]


def text_name(key: tuple[MessageStep, str, int]) -> str:
    """«Thư mời, tiếng Việt, bản 2»."""
    step, language, version = key
    return _(
        "%(letter)s, %(language)s, bản %(number)s",
        letter=LETTER[step],
        language=LANGUAGE[language],
        number=version,
    )


def _texts(overview: Overview) -> list[dict[str, Any]]:
    return [
        {
            "name": text_name(key),
            "reached": number(group.reached),
            "replied": percent(group.replied / group.reached if group.reached else None),
            "signed": number(group.signed),
        }
        for key, group in overview.texts
    ]


def _costs(overview: Overview) -> list[tuple[str, str]]:
    costs = overview.costs
    return [
        (_("Một người có hồ sơ"), money(costs.registered)),
        (_("Một người đang làm việc"), money(costs.placed)),
        (_("Một người còn làm sau 12 tháng"), money(costs.retained)),
    ]


def _milestones(campaign: Campaign, on: date) -> list[dict[str, Any]]:
    return [
        {
            "when": formats.date(one.on, current_language()),
            "iso": one.on.isoformat(),
            "text": one.text,
            "sub": ""
            if one.people is None
            else _("Kế hoạch: %(count)s người đã ký", count=number(one.people)),
            "future": one.on > on,
        }
        for one in campaign.milestones
    ]
