"""Everything the page and the report of a campaign say in numbers, computed once, from rows. Reads only."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy.orm import Session

from registry.campaigns.models import Campaign, CampaignChannel
from registry.campaigns.queries.campaigns import channels_of
from registry.campaigns.queries.results import Reached, letters_by_state, messages_of, results_of
from registry.campaigns.rules.funnel import (
    Moments,
    Step,
    StepCount,
    days_between,
    funnel,
    is_at,
    steepest,
)
from registry.campaigns.rules.money import cost_each
from registry.campaigns.rules.pace import (
    Forecast,
    PlanPoint,
    counted_by,
    due_on,
    forecast,
    month_ends,
    plan_line,
)
from registry.campaigns.rules.states import local_day
from registry.campaigns.rules.waiting import Waiting, waits_for
from registry.campaigns.rules.words import MessageStep
from registry.grants.queries.totals import totals_of
from registry.mail.rules import LetterState
from registry.needs.models import Need
from registry.policies.rules.budgets import Line, Sums, entered, sums_of


@dataclass(frozen=True)
class NeedResult:
    """One need of the campaign: how many people it wants, and the funnel of those who came for it."""

    need: Need
    wanted: int
    steps: Sequence[StepCount]

    def count(self, step: Step) -> int:
        """How many people came to a step for this need."""
        return next(one.people for one in self.steps if one.step is step)

    @property
    def signed(self) -> int:
        """How many people signed for it."""
        return self.count(Step.SIGNED)

    @property
    def lacking(self) -> int:
        """People it still wants; 0 when more signed."""
        return max(0, self.wanted - self.signed)


@dataclass(frozen=True)
class GroupResult:
    """People reached by one channel, or with one text: how many, how many of them replied, signed."""

    key: object
    reached: int
    replied: int
    signed: int


@dataclass(frozen=True)
class Plan:
    """By the last day of each month: what is due, what was reached (None: the day is yet to come)."""

    days: Sequence[date]
    planned: Sequence[int]
    signed: Sequence[int | None]
    due_today: int


@dataclass(frozen=True)
class Costs:
    """What one person cost so far; None while there is none."""

    registered: int | None
    placed: int | None
    retained: int | None


@dataclass(frozen=True)
class Overview:
    """The numbers of a campaign at a moment."""

    at: datetime
    goal: int
    people: Sequence[Reached]
    steps: Sequence[StepCount]
    steepest: StepCount | None
    needs: Sequence[NeedResult]
    channels: Sequence[tuple[CampaignChannel, GroupResult]]
    texts: Sequence[tuple[tuple[MessageStep, str, int], GroupResult]]
    plan: Plan
    forecast: Forecast | None
    lines: Sequence[Line]
    sums: Sums
    costs: Costs
    days_to_sign: float | None
    letters: Mapping[LetterState, int]
    waiting: Mapping[Waiting, int]

    def count(self, step: Step) -> int:
        """How many people came to a step."""
        return next(one.people for one in self.steps if one.step is step)

    def at_any_need(self, step: Step) -> int:
        """How many people came to a step for one need or more; each once."""
        ids = [one.need.id for one in self.needs]
        return sum(
            any(one.came_for(need) and is_at(one.moments_for(need), step) for need in ids)
            for one in self.people
        )

    @property
    def signed(self) -> int:
        """How many people signed."""
        return self.count(Step.SIGNED)

    @property
    def slowest(self) -> StepCount | None:
        """The step that took longest in the median, of those with days."""
        timed = [one for one in self.steps if one.days is not None]
        return max(timed, key=lambda one: one.days or 0) if timed else None


def overview_of(session: Session, campaign: Campaign, *, at: datetime) -> Overview:
    """The numbers of a campaign. A fixed number of statements, however many people it reached."""
    on = local_day(at)
    people = results_of(session, campaign, on=on).people
    moments = [one.moments for one in people]
    steps = funnel(moments)
    signed = next(one.people for one in steps if one.step is Step.SIGNED)
    lines = budget_of(session, campaign)
    sums = sums_of(lines)
    return Overview(
        at=at,
        goal=campaign.goal,
        people=people,
        steps=steps,
        steepest=steepest(steps),
        needs=_by_need(campaign, people),
        channels=_by_channel(session, campaign, people),
        texts=_by_text(session, people),
        plan=_plan(campaign, people, on),
        forecast=forecast(signed, campaign.goal, campaign.starts_on, campaign.ends_on, on),
        lines=lines,
        sums=sums,
        costs=_costs(sums, steps),
        days_to_sign=days_between(moments, Step.REACHED, Step.SIGNED),
        letters=letters_by_state(session, campaign),
        waiting=_waiting(people, at),
    )


def waiting_of(one: Reached, at: datetime) -> frozenset[Waiting]:
    """What one person waits for."""
    return waits_for(
        one.moments,
        {need: {stage.value: when for stage, when in stages.items()} for need, stages in one.stages.items()},
        has_answered=one.answer is not None,
        at=at,
    )


def budget_of(session: Session, campaign: Campaign) -> list[Line]:
    """The lines with what was committed and paid: of grants for the needs and policies of the campaign, else entered."""
    from_grants = {"committed": 0, "paid": 0}
    if any(line.from_grants for line in campaign.lines):
        from_grants = grants_of(session, campaign)
    found: list[Line] = []
    for line in campaign.lines:
        committed, paid = entered((one.kind, one.amount_vnd) for one in line.entries)
        if line.from_grants:
            paid = from_grants["paid"]
            committed = max(from_grants["committed"], paid)
        found.append(Line(line.name, line.source, line.from_grants, line.planned_vnd, committed, paid))
    return found


def grants_of(session: Session, campaign: Campaign) -> dict[str, int]:
    """What grants of the needs and policies of the campaign cost."""
    versions = [version.id for one in campaign.policies for version in one.policy.versions]
    needs = [one.need_id for one in campaign.needs]
    return totals_of(session, need_ids=needs, version_ids=versions if campaign.policies else None)


def _by_need(campaign: Campaign, people: Sequence[Reached]) -> list[NeedResult]:
    found = [
        NeedResult(one.need, one.need.headcount, funnel(_moments_for(one.need_id, people)))
        for one in campaign.needs
    ]
    return sorted(found, key=lambda row: (-row.lacking, row.need.title_sort))


def _moments_for(need_id: int, people: Sequence[Reached]) -> list[Moments]:
    return [one.moments_for(need_id) for one in people if one.came_for(need_id)]


def _group(key: object, people: Sequence[Reached]) -> GroupResult:
    def came_to(step: Step) -> int:
        return sum(is_at(one.moments, step) for one in people)

    return GroupResult(key, len(people), came_to(Step.REPLIED), came_to(Step.SIGNED))


def _by_channel(
    session: Session, campaign: Campaign, people: Sequence[Reached]
) -> list[tuple[CampaignChannel, GroupResult]]:
    found = [
        (one, _group(one.id, [who for who in people if who.channel_id == one.id]))
        for one in channels_of(session, campaign)
    ]
    return sorted(found, key=lambda pair: (-pair[1].signed, -pair[1].replied, -pair[1].reached, pair[0].id))


def _by_text(
    session: Session, people: Sequence[Reached]
) -> list[tuple[tuple[MessageStep, str, int], GroupResult]]:
    """By the text of the last letter somebody got."""
    by_text: dict[int, list[Reached]] = {}
    for one in people:
        if one.message_ids:
            by_text.setdefault(one.message_ids[-1], []).append(one)
    named = messages_of(session, by_text)
    return [(named[key], _group(key, those)) for key, those in sorted(by_text.items()) if key in named]


def _plan(campaign: Campaign, people: Sequence[Reached], on: date) -> Plan:
    stated = [PlanPoint(one.on, one.people) for one in campaign.milestones if one.people is not None]
    line = plan_line(campaign.starts_on, campaign.ends_on, campaign.goal, stated)
    days = month_ends(campaign.starts_on, campaign.ends_on)
    signed = counted_by(days, [local_day(when) for one in people if (when := _signed_at(one)) is not None])
    month = date(on.year, on.month, 1)
    reached = [
        count if day < on or (day.year, day.month) == (month.year, month.month) else None
        for day, count in zip(days, signed, strict=True)
    ]
    return Plan(days, [due_on(line, day) for day in days], reached, due_on(line, on))


def _signed_at(one: Reached) -> datetime | None:
    return one.moments.get(Step.SIGNED) or one.moments.get(Step.PLACED)


def _costs(sums: Sums, steps: Sequence[StepCount]) -> Costs:
    def each(step: Step) -> int | None:
        return cost_each(sums.paid, next(one.people for one in steps if one.step is step))

    return Costs(each(Step.REGISTERED), each(Step.PLACED), each(Step.STILL_12))


def _waiting(people: Sequence[Reached], at: datetime) -> dict[Waiting, int]:
    found = [what for one in people for what in waiting_of(one, at)]
    return {what: found.count(what) for what in Waiting if what in found}
