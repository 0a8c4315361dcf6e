"""Writing a campaign: create, revise, move from state to state. Flushes, never commits."""

from collections.abc import Iterable
from dataclasses import dataclass, fields
from datetime import date, datetime

from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from registry.audit.operations import record
from registry.campaigns.models import (
    BudgetLine,
    Campaign,
    CampaignChannel,
    CampaignGoal,
    CampaignMilestone,
    CampaignNeed,
    CampaignNumber,
    CampaignPolicy,
    CampaignTransition,
)
from registry.campaigns.operations.errors import ChangedMeanwhile, Incomplete, NotEditable, ReasonMissing
from registry.campaigns.rules.states import (
    EDITABLE,
    OVER,
    CampaignState,
    code_of,
    local_day,
    move_to,
    standing,
)
from registry.campaigns.rules.words import ChannelKind
from registry.db import new_public_id
from registry.mail.operations import cancel_letters

LETTERS_CHANNEL = "Thư điện tử tới hồ sơ trong hệ thống"


@dataclass(frozen=True)
class LineTerms:
    """A line of the budget as it is planned; `key` is the public id of a line that is there already."""

    key: str
    name: str
    source: str
    from_grants: bool
    planned_vnd: int


@dataclass(frozen=True)
class CampaignTerms:
    """What a campaign says of itself, columns first; then the lists, each replaced as a whole."""

    title: str
    about: str
    about_en: str
    legal_basis: str
    unit_id: int | None
    unit_path: str
    organisation_id: int | None
    organisation_path: str
    starts_on: date
    ends_on: date
    per_hour: int
    remind_after_days: int
    link_days: int
    goals: tuple[tuple[str, int], ...] = ()
    needs: tuple[int, ...] = ()
    policies: tuple[int, ...] = ()
    lines: tuple[LineTerms, ...] = ()
    milestones: tuple[tuple[date, str, int | None], ...] = ()


_LISTS = frozenset({"goals", "needs", "policies", "lines", "milestones"})
_COLUMNS = tuple(one.name for one in fields(CampaignTerms) if one.name not in _LISTS)
_LONG = frozenset({"about", "about_en"})


def create_campaign(
    session: Session, terms: CampaignTerms, *, by: int | None, at: datetime, submission_key: str | None = None
) -> Campaign:
    """A new draft with the next code of the year and a channel for its letters."""
    campaign = Campaign(
        public_id=new_public_id(),
        code=_next_code(session, local_day(at)),
        submission_key=submission_key,
        owner_id=by,
        put_forward_by_id=by,
        state=CampaignState.DRAFT,
        created_at=at,
        updated_at=at,
        **{name: getattr(terms, name) for name in _COLUMNS},
    )
    session.add(campaign)
    session.flush()
    _set_lists(session, campaign, terms)
    session.add(
        CampaignChannel(campaign_id=campaign.id, kind=ChannelKind.LETTER, name=LETTERS_CHANNEL, created_at=at)
    )
    _log(session, campaign, by=by, at=at)
    record(
        session, by, "campaign.created", "campaign", campaign.public_id, detail={"code": campaign.code}, at=at
    )
    return campaign


def revise_campaign(
    session: Session, campaign: Campaign, terms: CampaignTerms, *, version: int, by: int | None, at: datetime
) -> None:
    """Replace what the campaign says. Raises ChangedMeanwhile and NotEditable.

    Whoever changes what waits for approval has put it forward, too: somebody else approves.
    """
    if campaign.version != version:
        raise ChangedMeanwhile
    if campaign.state not in EDITABLE:
        raise NotEditable
    before = _seen(campaign)
    for name in _COLUMNS:
        setattr(campaign, name, getattr(terms, name))
    _set_lists(session, campaign, terms)
    campaign.updated_at, campaign.put_forward_by_id = at, by
    session.flush()
    after = _seen(campaign)
    changes = {name: (before[name], after[name]) for name in after if before[name] != after[name]}
    record(session, by, "campaign.revised", "campaign", campaign.public_id, changes=changes, at=at)


def move_campaign(
    session: Session,
    campaign: Campaign,
    target: CampaignState,
    *,
    by: int | None,
    at: datetime,
    reason: str = "",
) -> None:
    """Decide. Raises NotPermitted, ReasonMissing or Incomplete; then nothing has changed.

    Whether the account may approve is asked by the caller. Letters that wait are taken back when a campaign ends or
    goes back to a draft; those of one that is paused wait on and are held by the job.
    """
    shown = standing_of(campaign, local_day(at))
    step = move_to(shown, target)
    if step.needs_reason and not reason.strip():
        raise ReasonMissing
    if target is CampaignState.SUBMITTED:
        _check_whole(campaign)
        campaign.put_forward_by_id = by
    campaign.state, campaign.updated_at = target, at
    if target in OVER or target is CampaignState.DRAFT:
        cancel_letters(session, f"campaign:{campaign.public_id}:", at=at)
    _log(session, campaign, by=by, at=at, reason=reason)
    record(
        session,
        by,
        f"campaign.{target}",
        "campaign",
        campaign.public_id,
        changes={"state": (shown, target)},
        reason=reason,
        at=at,
    )


def standing_of(campaign: Campaign, on: date) -> CampaignState:
    """What a reader is told on a day."""
    return standing(campaign.state, campaign.starts_on, campaign.ends_on, on)


def _check_whole(campaign: Campaign) -> None:
    missing = [
        what
        for what, there in (
            ("goal", campaign.goals),
            ("needs", campaign.needs),
            ("legal_basis", campaign.legal_basis),
        )
        if not there
    ]
    if missing:
        raise Incomplete(tuple(missing))


def _set_lists(session: Session, campaign: Campaign, terms: CampaignTerms) -> None:
    """Old rows go first: a unit of work inserts before it deletes, which unique keys would forbid."""
    campaign.goals.clear()
    campaign.needs.clear()
    campaign.policies.clear()
    campaign.milestones.clear()
    session.flush()
    campaign.goals.extend(
        CampaignGoal(position=number, of=of, people=people) for number, (of, people) in enumerate(terms.goals)
    )
    campaign.needs.extend(CampaignNeed(need_id=one) for one in dict.fromkeys(terms.needs))
    campaign.policies.extend(CampaignPolicy(policy_id=one) for one in dict.fromkeys(terms.policies))
    campaign.milestones.extend(
        CampaignMilestone(on=on, text=text, people=people) for on, text, people in terms.milestones
    )
    _set_lines(campaign, terms.lines)
    session.flush()


def _set_lines(campaign: Campaign, wanted: Iterable[LineTerms]) -> None:
    """Lines are kept by their key, so that what was entered on one stays with it; one with entries is never dropped."""
    there = {line.public_id: line for line in campaign.lines}
    kept: list[BudgetLine] = []
    for one in wanted:
        line = there.pop(one.key, None) or BudgetLine(public_id=new_public_id())
        line.name, line.source = one.name, one.source
        line.from_grants, line.planned_vnd = one.from_grants, one.planned_vnd
        kept.append(line)
    kept += [line for line in there.values() if line.entries]
    for number, line in enumerate(kept):
        line.position = number
    campaign.lines = kept


def _seen(campaign: Campaign) -> dict[str, object]:
    """The campaign as the log compares it; long texts by their length."""
    seen: dict[str, object] = {name: getattr(campaign, name) for name in _COLUMNS if name not in _LONG}
    seen |= {name: len(getattr(campaign, name)) for name in _LONG}
    seen["goals"] = [[one.of, one.people] for one in campaign.goals]
    seen["needs"] = sorted(one.need_id for one in campaign.needs)
    seen["policies"] = sorted(one.policy_id for one in campaign.policies)
    seen["lines"] = [[one.name, one.source, one.from_grants, one.planned_vnd] for one in campaign.lines]
    seen["milestones"] = [[one.on, one.text, one.people] for one in campaign.milestones]
    return seen


def _log(session: Session, campaign: Campaign, *, by: int | None, at: datetime, reason: str = "") -> None:
    campaign.transitions.append(CampaignTransition(state=campaign.state, at=at, by_id=by, reason=reason))
    session.flush()


def _next_code(session: Session, day: date) -> str:
    dialect = sqlite if session.get_bind().dialect.name == "sqlite" else postgresql
    statement = dialect.insert(CampaignNumber).values(year=day.year, last=1)
    statement = statement.on_conflict_do_update(
        index_elements=[CampaignNumber.year], set_={"last": CampaignNumber.last + 1}
    ).returning(CampaignNumber.last)
    return code_of(day.year, session.execute(statement).scalar_one())
