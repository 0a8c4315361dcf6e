"""A campaign that runs in each place, with a person, a link, a channel, a segment, money; and one that waits for approval."""

from datetime import UTC, datetime, timedelta

from sqlalchemy.orm import Session

from registry.accounts.models import Account
from registry.campaigns.models import (
    Campaign,
    CampaignLetter,
    CampaignMember,
    CampaignSegment,
    CampaignSending,
)
from registry.campaigns.operations.parts import add_channel, save_message
from registry.campaigns.queries.campaigns import letters_channel
from registry.campaigns.queries.sealed import token_hash
from registry.campaigns.rules.states import CampaignState
from registry.campaigns.rules.words import ChannelKind, MessageStep
from registry.needs.models import Need
from registry.people.models import Person
from tests.factories.campaigns import campaign

LINK_WORD = "loi-moi-cua-toi"
"""What stands for the random part of a link."""

Objects = dict[str, dict[str, dict[str, str]]]


def make_campaigns(
    session: Session, accounts: dict[str, Account], people: dict[str, Person], needs: dict[str, Need]
) -> Objects:
    """The parts of their addresses."""
    kinds = ("campaign", "campaign_waiting", "reached", "segment", "sending", "channel")
    found: Objects = {kind: {} for kind in kinds}
    by = {"own": accounts["cadA"], "below": accounts["cadA"], "other": accounts["cadN"]}
    for where, need in needs.items():
        one = campaign(
            session, f"Chiến dịch {where}", unit_path=need.unit_path, needs=[need], by=by[where].id
        )
        ma = {"ma": one.public_id}
        waiting = campaign(
            session,
            f"Chiến dịch {where} chờ",
            unit_path=need.unit_path,
            needs=[need],
            by=accounts["sysN"].id,
            state=CampaignState.SUBMITTED,
        )
        found["campaign"][where] = ma
        found["campaign_waiting"][where] = {"ma": waiting.public_id, "version": str(waiting.version)}
        found["reached"][where] = {**ma, "nguoi": people[where].public_id}
        _reach(session, one, people[where], f"{LINK_WORD}-{where}", found, where)
    public = campaign(session, "Chiến dịch cho mọi người", unit_path="VN/12/", by=accounts["cadN"].id)
    of_all: Objects = {kind: {} for kind in kinds}
    _reach(session, public, people["own"], f"{LINK_WORD}-one", of_all, "one")
    found["invitation_link"] = {"one": {"token": f"{LINK_WORD}-one"}, "none": {"token": "z" * 26}}
    found["public_channel"] = {"one": {"ma": of_all["channel"]["one"]["kenh"]}}
    return found


def _reach(session: Session, one: Campaign, person: Person, token: str, found: Objects, where: str) -> None:
    at, ma = datetime.now(UTC), {"ma": one.public_id}
    text = save_message(
        session, one, MessageStep.INVITATION, "vi", subject="Mời", body="Chào {ten}", by=None, at=at
    )
    segment = CampaignSegment(campaign_id=one.id, name="Nhóm", address="q=khong-ai", added_at=at)
    channel = letters_channel(session, one)
    sending = CampaignSending(
        campaign_id=one.id, step=MessageStep.INVITATION, channel_id=channel.id, per_hour=10, next_at=at,
        expected=1, texts={}, asked_at=at,
    )  # fmt: skip
    member = CampaignMember(campaign_id=one.id, person=person, channel_id=channel.id, reached_at=at)
    session.add_all([segment, sending, member])
    session.flush()
    session.add(
        CampaignLetter(
            member=member, sending_id=sending.id, message_id=text.id, step=MessageStep.INVITATION,
            token_hash=token_hash(token), queued_at=at, expires_at=at + timedelta(days=30),
        )
    )  # fmt: skip
    other = add_channel(session, one, ChannelKind.POSTER, f"Áp phích {where}", by=None, at=at)
    session.flush()
    found["segment"][where] = {**ma, "nhom": segment.public_id}
    found["sending"][where] = {**ma, "lan": sending.public_id}
    found["channel"][where] = {**ma, "kenh": other.public_id}
