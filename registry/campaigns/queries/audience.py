"""Whom a campaign would write to at this moment, and why not everybody. Asked anew at every look and every batch.

Searching is matching's: what finds the people of kept criteria is handed in, so that jobs without a page have it, too.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, case, func, or_, select, union
from sqlalchemy.orm import Session, selectinload

from registry.accounts.models import Account, AccountState
from registry.accounts.rules import Permission, Scope, Viewer
from registry.campaigns.models import Campaign, CampaignLetter, CampaignMember, CampaignSegment
from registry.campaigns.rules.words import NEXT_STEP, Exclusion, MessageStep
from registry.consents.rules import PurposeCode
from registry.mail.models import MailOutbox
from registry.mail.rules import LetterState
from registry.people.models import Contact, LetterStop, Person, has_agreed, is_open_for
from registry.people.queries import people_for, visible_condition
from registry.people.queries.writing import writable_condition
from registry.people.rules import ContactKind
from registry.people.rules.letters import LetterTopic

Seek = Callable[[Session, Viewer, str, date], Select[Any]]
"""(session, whose eyes, kept criteria, day) → a statement for the row ids of the people they find."""

_RIGHTS = frozenset({Permission.PEOPLE_READ, Permission.MATCHING_READ})


def eyes_of(campaign: Campaign) -> Viewer:
    """Whom the campaign may see: the people of its own scope, whoever ordered the letters."""
    return Viewer(None, _RIGHTS, (Scope(campaign.unit_path, campaign.organisation_path),))


@dataclass(frozen=True)
class Audience:
    """How many people the segments find, how many of these get a letter, and why the others get none."""

    found: int
    reachable: int
    excluded: Mapping[Exclusion, int]


def audience_of(
    session: Session, campaign: Campaign, segments: Sequence[CampaignSegment], seek: Seek, *, on: date
) -> Audience:
    """The audience as it is now, each person once however many segments find them. One statement."""
    if not segments:
        return Audience(0, 0, {})
    reason = case(*((condition, one.value) for one, condition in _exclusions(campaign)), else_="")
    eyes = eyes_of(campaign)
    rows = session.execute(
        select(reason, func.count())
        .select_from(Person)
        .where(
            visible_condition(eyes, PurposeCode.MATCHING, on=on),
            Person.id.in_(_found(session, eyes, segments, seek, on)),
        )
        .group_by(reason)
    )
    counts: dict[str, int] = {row[0]: row[1] for row in rows}
    reachable = counts.pop("", 0)
    excluded = {one: counts[one.value] for one in Exclusion if one.value in counts}
    return Audience(reachable + sum(excluded.values()), reachable, excluded)


def next_invited(
    session: Session,
    campaign: Campaign,
    segments: Sequence[CampaignSegment],
    seek: Seek,
    *,
    on: date,
    limit: int,
) -> Sequence[Person]:
    """The next people to invite, in a fixed order."""
    if not segments:
        return []
    eyes = eyes_of(campaign)
    return session.scalars(
        people_for(eyes, PurposeCode.CAMPAIGNS, on=on)
        .where(
            writable_condition(LetterTopic.CAMPAIGNS, on=on),
            Person.id.in_(_found(session, eyes, segments, seek, on)),
            *(~condition for _one, condition in _exclusions(campaign)),
        )
        .options(selectinload(Person.contacts), selectinload(Person.nationalities))
        .order_by(Person.id)
        .limit(limit)
    ).all()


def next_reminded(
    session: Session, campaign: Campaign, step: MessageStep, *, at: datetime, on: date, limit: int
) -> Sequence[tuple[CampaignMember, Person]]:
    """The next people to remind: written to long enough ago, silent so far, and still to be written to."""
    people = people_for(eyes_of(campaign), PurposeCode.CAMPAIGNS, on=on).where(
        writable_condition(LetterTopic.CAMPAIGNS, on=on), has_address(), ~_refuses()
    )
    rows = session.execute(
        people.with_only_columns(CampaignMember, Person, maintain_column_froms=True)
        .join(CampaignMember, CampaignMember.person_id == Person.id)
        .where(*_silent(campaign, step, at))
        .options(selectinload(Person.contacts), selectinload(Person.nationalities))
        .order_by(CampaignMember.id)
        .limit(limit)
    )
    return [(row[0], row[1]) for row in rows]


def remindable(session: Session, campaign: Campaign, step: MessageStep, *, at: datetime, on: date) -> int:
    """How many people a reminder would go to at this moment."""
    people = people_for(eyes_of(campaign), PurposeCode.CAMPAIGNS, on=on).where(
        writable_condition(LetterTopic.CAMPAIGNS, on=on), has_address(), ~_refuses()
    )
    counted = (
        people.with_only_columns(func.count(), maintain_column_froms=True)
        .join(CampaignMember, CampaignMember.person_id == Person.id)
        .where(*_silent(campaign, step, at))
    )
    return session.scalar(counted) or 0


def _silent(campaign: Campaign, step: MessageStep, at: datetime) -> list[ColumnElement[bool]]:
    wait = at - timedelta(days=campaign.remind_after_days)
    before = select(CampaignLetter.id).where(
        CampaignLetter.member_id == CampaignMember.id,
        CampaignLetter.step == NEXT_STEP[step],
        CampaignLetter.queued_at <= wait,
    )
    already = select(CampaignLetter.id).where(
        CampaignLetter.member_id == CampaignMember.id, CampaignLetter.step == step
    )
    return [
        CampaignMember.campaign_id == campaign.id,
        CampaignMember.answer.is_(None),
        before.correlate(CampaignMember).exists(),
        ~already.correlate(CampaignMember).exists(),
    ]


def _found(
    session: Session, eyes: Viewer, segments: Sequence[CampaignSegment], seek: Seek, on: date
) -> Select[Any]:
    found = [seek(session, eyes, one.address, on) for one in segments]
    return found[0] if len(found) == 1 else select(union(*found).subquery().c[0])


def _exclusions(campaign: Campaign) -> list[tuple[Exclusion, ColumnElement[bool]]]:
    """Each reason with its condition, in the order in which they are asked: nobody is counted twice."""
    member = select(CampaignMember.id).where(
        CampaignMember.campaign_id == campaign.id, CampaignMember.person_id == Person.id
    )
    return [
        (Exclusion.ALREADY, member.correlate(Person).exists()),
        (Exclusion.CLOSED, ~is_open_for(PurposeCode.CAMPAIGNS)),
        (Exclusion.NO_CONSENT, ~has_agreed(PurposeCode.CAMPAIGNS)),
        (Exclusion.STOPPED, _stopped()),
        (Exclusion.NO_ADDRESS, ~has_address()),
        (Exclusion.REFUSES, _refuses()),
    ]


def has_address() -> ColumnElement[bool]:
    """SQL: letters to the person of this row have somewhere to go."""
    contact = select(Contact.id).where(Contact.person_id == Person.id, Contact.kind == ContactKind.EMAIL)
    account = select(Account.id).where(Account.id == Person.account_id, Account.state == AccountState.ACTIVE)
    return or_(contact.correlate(Person).exists(), account.correlate(Person).exists())


def _stopped() -> ColumnElement[bool]:
    """SQL: the person of this row stopped letters of campaigns."""
    stop = select(LetterStop.id).where(
        LetterStop.person_id == Person.id, LetterStop.topic == LetterTopic.CAMPAIGNS
    )
    return stop.correlate(Person).exists()


def _refuses() -> ColumnElement[bool]:
    """SQL: a letter to this person was turned away for good."""
    told = select(MailOutbox.id).where(
        and_(MailOutbox.person_public_id == Person.public_id, MailOutbox.state == LetterState.SUPPRESSED)
    )
    return told.correlate(Person).exists()
