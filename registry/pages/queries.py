"""What the home page counts: work that waits for the viewer, inside the viewer's scopes. Reads only."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy import Select, and_, func, or_, select
from sqlalchemy.orm import Session, joinedload

from registry.accounts.models import Alert
from registry.accounts.rules import Viewer
from registry.campaigns.models import Campaign
from registry.campaigns.queries.campaigns import in_scope as campaigns_in_scope
from registry.consents.rules import PurposeCode
from registry.jobs.models import Job
from registry.jobs.rules import JobState
from registry.needs.models import Need
from registry.needs.queries import in_scope
from registry.needs.rules import NeedState
from registry.people.models import Evidence, Person, SkillClaim
from registry.people.queries import listed_condition, visible_condition
from registry.skills.models import PendingTerm
from registry.skills.rules import PendingState

DUE_DAYS = 30
_DUE_SHOWN = 5
_ALERTS_SHOWN = 8


@dataclass(frozen=True)
class PeopleCounts:
    """People on record, those who may be matched, and what waits to be looked at, of whoever stands in lists."""

    kept: int
    matchable: int
    evidence_waiting: int
    claims_to_confirm: int


def needs_by_state(session: Session, viewer: Viewer) -> dict[NeedState, int]:
    """How many needs stand in each state."""
    rows = session.execute(select(Need.state, func.count()).where(in_scope(viewer)).group_by(Need.state))
    counted: dict[NeedState, int] = {}
    for state, number in rows:
        counted[state] = number
    return counted


def needs_due(session: Session, viewer: Viewer, *, on: date) -> Sequence[Need]:
    """Open needs that must be filled within `DUE_DAYS` days or are overdue, the most urgent first."""
    return session.scalars(
        select(Need)
        .where(
            in_scope(viewer),
            Need.state == NeedState.OPEN,
            Need.expected_on <= on + timedelta(days=DUE_DAYS),
        )
        .options(joinedload(Need.organisation))
        .order_by(Need.expected_on, Need.id)
        .limit(_DUE_SHOWN)
    ).all()


def people_counts(session: Session, viewer: Viewer, *, on: date) -> PeopleCounts:
    """Counts over the people the viewer may see; nobody outside the predicate is counted."""
    kept = visible_condition(viewer, PurposeCode.REGISTRY, on=on)
    listed = listed_condition(viewer, on=on)
    matchable = visible_condition(viewer, PurposeCode.MATCHING, on=on)
    waiting = (
        select(func.count(Evidence.id))
        .join(Person, Evidence.person_id == Person.id)
        .where(Evidence.result.is_(None), listed)
    )
    unsure = (
        select(func.count(SkillClaim.id))
        .join(Person, SkillClaim.person_id == Person.id)
        .where(SkillClaim.valid_to.is_(None), SkillClaim.needs_confirmation, listed)
    )
    return PeopleCounts(
        kept=_count(session, select(func.count(Person.id)).where(kept)),
        matchable=_count(session, select(func.count(Person.id)).where(matchable)),
        evidence_waiting=_count(session, waiting),
        claims_to_confirm=_count(session, unsure),
    )


@dataclass(frozen=True)
class Alerts:
    """The newest alerts of an account about needs and campaigns it may still see, unread ones first; how many are unread."""

    lines: Sequence[tuple[Alert, Need | None, Campaign | None]]
    unread: int


def alerts_of(session: Session, account_id: int, needs: Viewer, campaigns: Viewer) -> Alerts:
    """What an account was told about needs and campaigns inside the scopes of these viewers."""
    about_need = and_(Alert.subject_kind == "need", Need.public_id == Alert.subject_id, in_scope(needs))
    about_campaign = and_(
        Alert.subject_kind == "campaign",
        Campaign.public_id == Alert.subject_id,
        campaigns_in_scope(campaigns),
    )
    about = (
        select(Alert, Need, Campaign)
        .outerjoin(Need, about_need)
        .outerjoin(Campaign, about_campaign)
        .where(Alert.account_id == account_id, or_(Need.id.is_not(None), Campaign.id.is_not(None)))
    )
    order = (Alert.read_at.is_not(None), Alert.raised_at.desc(), Alert.id.desc())
    rows = session.execute(about.order_by(*order).limit(_ALERTS_SHOWN)).all()
    unread = about.where(Alert.read_at.is_(None)).with_only_columns(
        func.count(Alert.id), maintain_column_froms=True
    )
    return Alerts([(alert, need, campaign) for alert, need, campaign in rows], _count(session, unread))


def pending_terms(session: Session) -> int:
    """Skill texts nobody has placed yet."""
    return _count(
        session, select(func.count(PendingTerm.id)).where(PendingTerm.state == PendingState.WAITING)
    )


def failed_jobs(session: Session) -> int:
    """Jobs that ended with an error."""
    return _count(session, select(func.count(Job.id)).where(Job.state == JobState.FAILED))


def _count(session: Session, statement: Select[int]) -> int:
    return session.scalar(statement) or 0
