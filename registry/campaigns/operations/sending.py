"""Sending: ordered on a page, done by a job batch by batch, taken back as long as it waits. Flushes, never commits."""

import secrets
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta

from sqlalchemy import func, select, update
from sqlalchemy.orm import Session

from registry import formats
from registry.accounts.models import Account, AccountState
from registry.audit.operations import PersonEvent, record, record_people
from registry.campaigns.models import (
    Campaign,
    CampaignLetter,
    CampaignMember,
    CampaignMessage,
    CampaignSending,
)
from registry.campaigns.operations.errors import (
    NobodyToWriteTo,
    NoText,
    NotRunning,
    SendingGoesOn,
)
from registry.campaigns.operations.writing import standing_of
from registry.campaigns.queries.audience import Seek, next_invited, next_reminded
from registry.campaigns.queries.campaigns import (
    letters_channel,
    newest_texts,
    segments_of,
    waiting_sending,
)
from registry.campaigns.queries.sealed import token_hash
from registry.campaigns.rules.states import LOCAL_ZONE, OVER, CampaignState, local_day
from registry.campaigns.rules.texts import filled, one_line
from registry.campaigns.rules.words import MessageStep, SendingState
from registry.db import new_public_id
from registry.introductions.operations.letters import language_for
from registry.mail.operations import cancel_letters, queue_letter
from registry.mail.rules import Letter
from registry.people.models import Person
from registry.people.operations.invitations import address_of
from registry.people.queries.writing import stop_mark
from registry.people.rules.letters import LetterTopic

BATCH = 50
"""Letters of one transaction: enough to be quick, few enough that a page never waits long for the database."""

KIND = "campaign"
_HOUR = timedelta(hours=1)
_HELD = timedelta(hours=1)
_TOKEN_BYTES = 32
_FOOT = {
    "vi": (
        "Trả lời (không cần đăng nhập): {link}",
        "Thư này do {office} gửi vì bạn đã đồng ý nhận thư về chiến dịch thu hút nhân lực.",
        "Không muốn nhận nữa: {stop}",
    ),
    "en": (
        "Answer (no sign-in needed): {link}",
        "This letter is from {office}, since you agreed to letters about talent campaigns.",
        "To stop such letters: {stop}",
    ),
}


@dataclass(frozen=True)
class Paper:
    """What every letter of the installation carries: whose it is, and how the whole address of a link is made."""

    office: str
    answer_to: Callable[[str], str]
    stop_at: Callable[[str], str]


def paper_of(public_url: str, office: str) -> Paper:
    """Letters with whole addresses, from the configured public one and nothing else."""
    root = public_url.rstrip("/")
    return Paper(office, lambda token: f"{root}/tra-loi/{token}", lambda mark: f"{root}/thu/dung/{mark}")


def order_sending(
    session: Session,
    campaign: Campaign,
    step: MessageStep,
    *,
    texts: Mapping[str, Mapping[str, str]],
    expected: int,
    by: int | None,
    at: datetime,
) -> CampaignSending:
    """Order a step for the audience. Raises NotRunning, NoText, NobodyToWriteTo or SendingGoesOn.

    `texts` are the values that are the same for everybody, by language; `expected` how many people were shown.
    """
    if standing_of(campaign, local_day(at)) is not CampaignState.RUNNING:
        raise NotRunning
    if (step, "vi") not in newest_texts(session, campaign):
        raise NoText
    if expected < 1:
        raise NobodyToWriteTo
    session.refresh(campaign, ["version"], with_for_update={"key_share": True})
    if waiting_sending(session, campaign, step) is not None:
        raise SendingGoesOn
    sending = CampaignSending(
        campaign_id=campaign.id,
        step=step,
        channel_id=letters_channel(session, campaign).id,
        per_hour=campaign.per_hour,
        next_at=at,
        expected=expected,
        texts={language: dict(values) for language, values in texts.items()},
        asked_at=at,
        by_id=by,
    )
    session.add(sending)
    session.flush()
    detail = {"step": step, "expected": expected}
    record(session, by, "campaign.sending_ordered", "campaign", campaign.public_id, detail=detail, at=at)
    return sending


def cancel_sending(session: Session, sending: CampaignSending, *, by: int | None, at: datetime) -> int:
    """Stop an order and take back its letters that wait; how many these were. What went is gone."""
    if sending.state is SendingState.WAITING:
        sending.state, sending.ended_at = SendingState.CANCELLED, at
    campaign = sending.campaign
    count = cancel_letters(session, f"campaign:{campaign.public_id}:{sending.step}:", at=at)
    session.flush()
    detail = {"step": sending.step, "taken_back": count}
    record(session, by, "campaign.sending_cancelled", "campaign", campaign.public_id, detail=detail, at=at)
    return count


def due_sending(session: Session, at: datetime) -> CampaignSending | None:
    """The order whose batch is due longest."""
    return session.scalar(
        select(CampaignSending)
        .where(CampaignSending.state == SendingState.WAITING, CampaignSending.next_at <= at)
        .order_by(CampaignSending.next_at, CampaignSending.id)
        .limit(1)
    )


def send_batch(session: Session, sending: CampaignSending, paper: Paper, seek: Seek, *, at: datetime) -> int:
    """Queue the next letters of an order; how many. Consent, address and pause are asked for now.

    A paused campaign is held; one that is over ends the order. Safe to repeat: nobody is written to twice for a step.
    """
    campaign = sending.campaign
    shown = standing_of(campaign, local_day(at))
    if shown is not CampaignState.RUNNING:
        if shown in OVER:
            sending.state, sending.ended_at = SendingState.CANCELLED, at
        sending.next_at = at + _HELD
        session.flush()
        return 0
    room = _room(session, sending, at)
    if room <= 0:
        return 0
    queued = _queue(session, sending, paper, seek, min(room, BATCH), at)
    sending.queued += queued
    if not queued:
        sending.state, sending.ended_at = SendingState.DONE, at
    session.flush()
    return queued


def _room(session: Session, sending: CampaignSending, at: datetime) -> int:
    """How many more letters this hour holds; where none, the order waits until the oldest is an hour old."""
    lately = select(func.count(), func.min(CampaignLetter.queued_at)).where(
        CampaignLetter.sending_id == sending.id, CampaignLetter.queued_at > at - _HOUR
    )
    count, oldest = session.execute(lately).one()
    if count and count >= sending.per_hour:
        sending.next_at = oldest + _HOUR
        session.flush()
    return sending.per_hour - count


def _queue(
    session: Session, sending: CampaignSending, paper: Paper, seek: Seek, limit: int, at: datetime
) -> int:
    campaign, on = sending.campaign, local_day(at)
    texts = newest_texts(session, campaign)
    pairs: Sequence[tuple[CampaignMember, Person]]
    if sending.step is MessageStep.INVITATION:
        people = next_invited(session, campaign, segments_of(session, campaign), seek, on=on, limit=limit)
        pairs = [(_member(sending, person, at), person) for person in people]
        session.add_all(member for member, _person in pairs)
        session.flush()
    else:
        pairs = next_reminded(session, campaign, sending.step, at=at, on=on, limit=limit)
    accounts = _addresses(session, [person for _member, person in pairs])
    for member, person in pairs:
        message = texts.get((sending.step, language_for(person))) or texts[sending.step, "vi"]
        _write(session, sending, member, person, message, paper, accounts, at)
    session.flush()
    told = {"campaign": campaign.public_id, "step": sending.step}
    events = [PersonEvent(person.public_id, "campaign.written_to", detail=told) for _member, person in pairs]
    record_people(session, sending.by_id, events, at=at)
    return len(pairs)


def _member(sending: CampaignSending, person: Person, at: datetime) -> CampaignMember:
    return CampaignMember(
        public_id=new_public_id(),
        campaign_id=sending.campaign_id,
        person_id=person.id,
        channel_id=sending.channel_id,
        reached_at=at,
    )


def _addresses(session: Session, people: Sequence[Person]) -> dict[int, Account]:
    """The open accounts of these people, by row id: letters go where somebody signs in."""
    ids = sorted({person.account_id for person in people if person.account_id is not None})
    if not ids:
        return {}
    wanted = select(Account).where(Account.id.in_(ids), Account.state == AccountState.ACTIVE)
    return {account.id: account for account in session.scalars(wanted)}


def _write(
    session: Session,
    sending: CampaignSending,
    member: CampaignMember,
    person: Person,
    message: CampaignMessage,
    paper: Paper,
    accounts: Mapping[int, Account],
    at: datetime,
) -> None:
    campaign, token = sending.campaign, secrets.token_urlsafe(_TOKEN_BYTES)
    account = None if person.account_id is None else accounts.get(person.account_id)
    to = address_of(session, person) if account is None else account.email
    if not to:
        return
    ends = link_ends(campaign, at)
    session.add(
        CampaignLetter(
            public_id=new_public_id(),
            member_id=member.id,
            sending_id=sending.id,
            message_id=message.id,
            step=sending.step,
            token_hash=token_hash(token),
            queued_at=at,
            expires_at=ends,
        )
    )
    values = {
        **sending.texts.get(message.language, sending.texts.get("vi", {})),
        **own_values(person, message.language, ends, paper.answer_to(token)),
    }
    stop = paper.stop_at(stop_mark(session, person.public_id, LetterTopic.CAMPAIGNS))
    queue_letter(
        session,
        Letter(
            KIND,
            message.language,
            to,
            account="" if account is None else account.public_id,
            person=person.public_id,
            good_until=ends,
            once=f"campaign:{campaign.public_id}:{sending.step}:{person.public_id}",
            words=written(message, values, paper.office, stop),
            unsubscribe=stop,
            is_bulk=True,
        ),
        at=at,
    )


def own_values(person: Person, language: str, ends: datetime, link: str) -> dict[str, str]:
    """The values of the fields that are one person's."""
    return {
        "ten": person.full_name,
        "han_tra_loi": formats.date(local_day(ends), language),
        "lien_ket": link,
    }


def written(message: CampaignMessage, values: Mapping[str, str], office: str, stop: str) -> tuple[str, str]:
    """Subject and body as they leave: the fields filled in, then who writes, where to answer and where to stop."""
    first, who, last = _FOOT[message.language]
    foot = [who.replace("{office}", one_line(office)), last.replace("{stop}", stop)]
    if "{lien_ket}" not in message.body:
        foot.insert(0, first.replace("{link}", values["lien_ket"]))
    body = filled(message.body, values)
    return filled(message.subject, values), f"{body.rstrip()}\n\n-- \n" + "\n".join(foot) + "\n"


def link_ends(campaign: Campaign, at: datetime) -> datetime:
    """When the link of a letter of this moment stops: with its last day or that of the campaign, whichever is first.

    The last second of that day in Việt Nam: the letter and the page say «until the end of» the day it lies in.
    """
    last = min(campaign.ends_on, local_day(at) + timedelta(days=campaign.link_days))
    after = datetime.combine(last + timedelta(days=1), time(), LOCAL_ZONE).astimezone(UTC)
    return max(at, after - timedelta(seconds=1))


def revoke_links(session: Session, member: CampaignMember, *, at: datetime) -> None:
    """No link of this person opens anything any more."""
    standing = update(CampaignLetter).where(
        CampaignLetter.member_id == member.id, CampaignLetter.revoked_at.is_(None)
    )
    session.execute(standing.values(revoked_at=at).execution_options(synchronize_session="fetch"))
