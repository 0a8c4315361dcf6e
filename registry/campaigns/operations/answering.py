"""What people do with a link: open it, answer, stop such letters; or come by the link of a channel. Flushes, never
commits. Nobody is signed in: `by` is nobody.
"""

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from registry.accounts.operations.alerts import add_to_alert
from registry.accounts.rules import Viewer
from registry.audit.operations import record
from registry.campaigns.models import Campaign, CampaignChannel, CampaignLetter, CampaignMember
from registry.campaigns.operations.errors import LinkIsOver, NeedNotOffered
from registry.campaigns.operations.writing import standing_of
from registry.campaigns.queries.sealed import sealing_place
from registry.campaigns.rules.states import CampaignState, local_day
from registry.campaigns.rules.words import ANSWER_ALERT, Answer
from registry.candidacies.operations import move, open_candidacy
from registry.candidacies.rules import Source, Stage
from registry.db import new_public_id
from registry.db.keys import keyring_of
from registry.mail.operations import cancel_letters
from registry.needs.models import Need
from registry.needs.rules import NeedState
from registry.people.models import Person
from registry.people.operations.letters import stop_letters
from registry.people.queries import is_matchable
from registry.people.rules import PersonState
from registry.people.rules.letters import LetterTopic, StopWay

WORDS_LIMIT = 1_000


def is_good(letter: CampaignLetter, at: datetime) -> bool:
    """Whether the link of a letter still opens: not expired, not revoked, its person on record, its campaign on."""
    person = letter.member.person
    return (
        letter.revoked_at is None
        and at < letter.expires_at
        and person is not None
        and person.state is PersonState.ACTIVE
        and standing_of(letter.member.campaign, local_day(at))
        in (CampaignState.RUNNING, CampaignState.PAUSED)
    )


def needs_offered(campaign: Campaign) -> list[Need]:
    """The needs of a campaign that look for people now."""
    return [one.need for one in campaign.needs if one.need.state is NeedState.OPEN]


def open_invitation(session: Session, letter: CampaignLetter, *, at: datetime) -> None:
    """Note that somebody pressed to read on; once. Raises LinkIsOver.

    A mere GET is no opening: scanners of mail follow every link.
    """
    _check(letter, at)
    if letter.opened_at is not None:
        return
    letter.opened_at = at
    letter.member.opened_at = letter.member.opened_at or at
    session.flush()
    _record(session, "campaign.opened", letter, at)


def answer_invitation(
    session: Session, letter: CampaignLetter, answer: Answer, *, need: Need | None, words: str, at: datetime
) -> CampaignMember:
    """Keep an answer; a later one takes the place of an earlier one. Raises LinkIsOver or NeedNotOffered.

    Who is interested gets a candidacy of the campaign for the need, unless nobody may match them now; whoever runs the
    campaign is told either way, once of each person. Who asks to stop gets no letters of campaigns any more, those that
    wait included.
    """
    _check(letter, at)
    member = letter.member
    person = member.person
    assert person is not None  # noqa: S101 - just checked
    if answer is Answer.INTERESTED and (need is None or need not in needs_offered(member.campaign)):
        raise NeedNotOffered
    was_interested = member.answer is Answer.INTERESTED
    member.answer, member.answered_at = answer, at
    member.opened_at = member.opened_at or at
    member.need_id = need.id if answer is Answer.INTERESTED and need is not None else None
    member.words_sealed = keyring_of(session).seal(words, sealing_place(member)) if words else None
    letter.opened_at, letter.answered_at = letter.opened_at or at, at
    session.flush()
    _record(session, f"campaign.answered_{answer}", letter, at)
    if answer is Answer.INTERESTED and need is not None:
        _follow(session, person, need, at)
        if not was_interested:
            _tell_owner(session, member, letter, at)
    elif answer is Answer.STOP:
        _stop(session, person, at)
    return member


def _follow(session: Session, person: Person, need: Need, at: datetime) -> None:
    if is_matchable(session, Viewer.installation(), person, on=local_day(at)):
        candidacy = open_candidacy(session, person, need, source=Source.CAMPAIGN, by=None, at=at)
        if candidacy.stage in (Stage.SUGGESTED, Stage.INVITED):
            move(session, candidacy, Stage.INTERESTED, by=None, at=at)


def _tell_owner(session: Session, member: CampaignMember, letter: CampaignLetter, at: datetime) -> None:
    owner = member.campaign.owner_id
    if owner is not None:
        subject = ("campaign", member.campaign.public_id)
        add_to_alert(
            session, owner, ANSWER_ALERT, subject=subject, about=letter.public_id, counted="people", at=at
        )


def _stop(session: Session, person: Person, at: datetime) -> None:
    stop_letters(session, person, LetterTopic.CAMPAIGNS, StopWay.LINK, by=None, at=at)
    cancel_letters(session, _occasions_of(session, person), at=at)


def _occasions_of(session: Session, person: Person) -> list[str]:
    """The letters of all campaigns to a person, by their occasions."""
    rows = session.execute(
        select(Campaign.public_id, CampaignLetter.step)
        .join(CampaignMember, CampaignMember.campaign_id == Campaign.id)
        .join(CampaignLetter, CampaignLetter.member_id == CampaignMember.id)
        .where(CampaignMember.person_id == person.id)
    )
    return [f"campaign:{campaign}:{step}:{person.public_id}" for campaign, step in rows]


def arrive(
    session: Session, channel: CampaignChannel, person: Person, *, at: datetime
) -> CampaignMember | None:
    """Keep that a person came by the link of a channel; None when the campaign knew them before: the first contact counts."""
    there = select(CampaignMember.id).where(
        CampaignMember.campaign_id == channel.campaign_id, CampaignMember.person_id == person.id
    )
    if session.scalar(there) is not None:
        return None
    member = CampaignMember(
        public_id=new_public_id(),
        campaign_id=channel.campaign_id,
        person_id=person.id,
        channel_id=channel.id,
        reached_at=at,
        opened_at=at,
    )
    session.add(member)
    session.flush()
    detail = {"channel": channel.public_id}
    campaign = channel.campaign.public_id
    record(
        session, None, "campaign.arrived", "campaign", campaign, person=person.public_id, detail=detail, at=at
    )
    return member


def _check(letter: CampaignLetter, at: datetime) -> None:
    if not is_good(letter, at):
        raise LinkIsOver


def _record(session: Session, action: str, letter: CampaignLetter, at: datetime) -> None:
    member = letter.member
    person = None if member.person is None else member.person.public_id
    record(
        session,
        None,
        action,
        "campaign",
        member.campaign.public_id,
        person=person,
        detail={"step": letter.step},
        at=at,
    )
