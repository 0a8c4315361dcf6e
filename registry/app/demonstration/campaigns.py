"""«Về với Lai Châu 2026»: a campaign half way, with people on every step. Everybody in it is generated, and so is all money."""

import secrets
from collections.abc import Sequence
from datetime import date, datetime, timedelta
from random import Random

from sqlalchemy import select
from sqlalchemy.orm import Session

from registry.accounts.models import Account
from registry.accounts.rules import Viewer
from registry.campaigns.models import (
    Campaign,
    CampaignChannel,
    CampaignLetter,
    CampaignMember,
    CampaignSending,
)
from registry.campaigns.operations.parts import add_channel, enter_money, save_message
from registry.campaigns.operations.writing import CampaignTerms, LineTerms, create_campaign, move_campaign
from registry.campaigns.queries.campaigns import letters_channel, newest_texts
from registry.campaigns.queries.sealed import token_hash
from registry.campaigns.rules.states import CampaignState
from registry.campaigns.rules.words import Answer, ChannelKind, MessageStep, SendingState
from registry.candidacies.operations import move, open_candidacy
from registry.candidacies.operations.moving import NeedIsFull, PlacedElsewhere
from registry.candidacies.rules import MoveRefused, ReasonMissing, Source, Stage
from registry.consents.rules import PurposeCode
from registry.db import new_public_id
from registry.needs.models import Need
from registry.needs.rules import NeedState
from registry.organisations.models import Organisation
from registry.people.models import Person
from registry.people.queries import people_for
from registry.policies.models import Policy
from registry.policies.rules.budgets import EntryKind

# What a letter of Lai Châu may promise: its own policy, and what holds in the whole country.
_POLICIES = ("LC-MINH-HOA", "ND179-2024", "ND249-2025")
_TITLE = "Về với Lai Châu 2026"
_ABOUT = (
    "Lai Châu mời người có nghề và kinh nghiệm về làm việc: y tế, giáo dục, nông nghiệp, số liệu. "
    "Bạn trả lời bằng một lần bấm, không cần đăng nhập.\n\nDữ liệu minh họa: người, tiền và kết quả đều là giả định."
)
_ABOUT_EN = (
    "Lai Châu invites people with skills and experience to work there: health, education, farming, data. "
    "One press answers; no sign-in.\n\nDemonstration data: people, money and results are made up."
)
_TEXTS = {
    (MessageStep.INVITATION, "vi"): (
        "{ten}, mời bạn về làm việc tại Lai Châu",
        (
            "Chào {ten},\n\n{don_vi} mời bạn xem các việc đang tuyển trong chiến dịch {chien_dich}: {nhu_cau}.\n\n"
            "Hỗ trợ: {so_tien}.\n\nXem và trả lời trước ngày {han_tra_loi}: {lien_ket}"
        ),
    ),
    (MessageStep.INVITATION, "en"): (
        "{ten}, an invitation from Lai Châu",
        (
            "Dear {ten},\n\n{don_vi} invites you to {chien_dich}: {nhu_cau}.\n\nSupport: {so_tien}.\n\n"
            "Read and answer before {han_tra_loi}: {lien_ket}"
        ),
    ),
    (MessageStep.REMINDER_1, "vi"): (
        "Nhắc: lời mời của Lai Châu còn mở đến {han_tra_loi}",
        "Chào {ten},\n\nTuần trước chúng tôi có mời bạn về {chien_dich}. Bấm một câu trả lời là đủ: {lien_ket}",
    ),
}
_STAGES = (
    Stage.INTERESTED,
    Stage.SHORTLISTED,
    Stage.REFERRED,
    Stage.INTERVIEWED,
    Stage.OFFERED,
    Stage.ACCEPTED,
    Stage.SIGNED,
    Stage.PLACED,
)
_MOST_CANDIDATES = 16
_PACE = timedelta(days=6)


def add_campaign(
    session: Session,
    admin: Account,
    second: Account,
    officer: Account,
    *,
    unit_path: str,
    now: datetime,
    on: date,
) -> None:
    """The campaign with its people; nobody is written to."""
    office = session.scalar(
        select(Organisation).where(Organisation.unit_path == unit_path).order_by(Organisation.id).limit(1)
    )
    needs = session.scalars(
        select(Need)
        .where(Need.state == NeedState.OPEN, Need.unit_path.startswith(unit_path))
        .order_by(Need.code)
        .limit(5)
    ).all()
    if not needs:
        return
    begun = now - timedelta(days=150)
    campaign = create_campaign(session, _terms(session, office, needs, unit_path, on), by=admin.id, at=begun)
    move_campaign(session, campaign, CampaignState.SUBMITTED, by=admin.id, at=begun + timedelta(days=2))
    move_campaign(session, campaign, CampaignState.APPROVED, by=second.id, at=begun + timedelta(days=5))
    for (step, language), (subject, body) in _TEXTS.items():
        at = begun + timedelta(days=6)
        save_message(session, campaign, step, language, subject=subject, body=body, by=admin.id, at=at)
    channels = [
        letters_channel(session, campaign),
        *(
            add_channel(session, campaign, kind, name, by=admin.id, at=begun)
            for kind, name in (
                (ChannelKind.ASSOCIATION, "Hội người Việt Nam tại Nhật Bản, Hàn Quốc (minh họa)"),
                (ChannelKind.UNIVERSITY, "Trường đại học đặt hàng (minh họa)"),
                (ChannelKind.REFERRER, "Giới thiệu của cán bộ trong tỉnh"),
            )
        ),
    ]
    members = _members(session, campaign, channels, needs, begun, now, unit_path, on)
    _candidacies(session, members, officer.id, now)
    _money(session, campaign, admin.id, on, now)


def _terms(
    session: Session, office: Organisation | None, needs: Sequence[Need], unit_path: str, on: date
) -> CampaignTerms:
    policies = session.scalars(select(Policy).where(Policy.code.in_(_POLICIES)).order_by(Policy.code)).all()
    return CampaignTerms(
        title=_TITLE,
        about=_ABOUT,
        about_en=_ABOUT_EN,
        legal_basis="Kế hoạch số 112/KH-UBND (minh họa)",
        unit_id=office.unit_id if office else None,
        unit_path=unit_path,
        organisation_id=None,
        organisation_path="",
        starts_on=on - timedelta(days=145),
        ends_on=on + timedelta(days=60),
        per_hour=200,
        remind_after_days=10,
        link_days=90,
        goals=tuple((one.title, one.headcount) for one in needs),
        needs=tuple(one.id for one in needs),
        policies=tuple(one.id for one in policies),
        lines=(
            LineTerms("", "Hỗ trợ theo chính sách", "Ngân sách tỉnh (minh họa)", True, 6_400_000_000),
            LineTerms(
                "", "Truyền thông, tư vấn tại nước ngoài", "Ngân sách tỉnh (minh họa)", False, 1_200_000_000
            ),
            LineTerms("", "Gặp mặt, đi lại", "Xã hội hóa (minh họa)", False, 400_000_000),
        ),
        milestones=(
            (on - timedelta(days=145), "Ban hành kế hoạch, mở đăng ký (minh họa)", None),
            (on - timedelta(days=40), "Gặp mặt trí thức tại Osaka (minh họa)", None),
            (on + timedelta(days=12), "Hội đồng xét đợt 3 (minh họa)", None),
        ),
    )


def _members(
    session: Session,
    campaign: Campaign,
    channels: Sequence[CampaignChannel],
    needs: Sequence[Need],
    begun: datetime,
    now: datetime,
    unit_path: str,
    on: date,
) -> list[CampaignMember]:
    """Everybody of the office who agreed to letters, most by letter; two thirds opened, a third answered."""
    people = session.scalars(
        people_for(Viewer.installation(), PurposeCode.CAMPAIGNS, on=on)
        .where(Person.unit_path.startswith(unit_path))
        .order_by(Person.code)
    ).all()
    rng = Random(2026)
    text = newest_texts(session, campaign)[MessageStep.INVITATION, "vi"]
    sent = begun + timedelta(days=8)
    sending = CampaignSending(
        campaign_id=campaign.id, step=MessageStep.INVITATION, channel_id=channels[0].id, per_hour=200,
        state=SendingState.DONE, next_at=sent, expected=len(people), queued=0, texts={}, asked_at=sent,
        ended_at=sent, by_id=campaign.owner_id,
    )  # fmt: skip
    session.add(sending)
    session.flush()
    found: list[CampaignMember] = []
    for person in people:
        by_letter = rng.random() < 0.7
        member = _member(campaign, person, channels[0] if by_letter else rng.choice(channels[1:]), sent)
        if by_letter:
            sending.queued += 1
            session.add(_letter(member, sending, text.id, sent, now))
        if rng.random() < 0.65 or not by_letter:
            member.opened_at = sent + timedelta(days=rng.randrange(1, 12))
            if rng.random() < 0.6 or not by_letter:
                _answer(member, rng, needs)
        found.append(member)
    session.add_all(found)
    session.flush()
    return found


def _member(campaign: Campaign, person: Person, channel: CampaignChannel, at: datetime) -> CampaignMember:
    return CampaignMember(
        public_id=new_public_id(),
        campaign_id=campaign.id,
        person=person,
        channel_id=channel.id,
        reached_at=at,
    )


def _letter(
    member: CampaignMember, sending: CampaignSending, text: int, at: datetime, now: datetime
) -> CampaignLetter:
    return CampaignLetter(
        public_id=new_public_id(),
        member=member,
        sending_id=sending.id,
        message_id=text,
        step=MessageStep.INVITATION,
        token_hash=token_hash(secrets.token_urlsafe(32)),
        queued_at=at,
        expires_at=now + timedelta(days=30),
    )


def _answer(member: CampaignMember, rng: Random, needs: Sequence[Need]) -> None:
    assert member.opened_at is not None  # noqa: S101 - set by the caller
    member.answered_at = member.opened_at + timedelta(days=rng.randrange(0, 5), hours=3)
    member.answer = Answer.INTERESTED if rng.random() < 0.75 else Answer.NOT_NOW
    if member.answer is Answer.INTERESTED:
        member.need_id = rng.choice(needs).id


def _candidacies(session: Session, members: Sequence[CampaignMember], by: int, now: datetime) -> None:
    """Some of the interested went on, each as far as their number says."""
    interested = [one for one in members if one.answer is Answer.INTERESTED and one.need_id is not None]
    for number, member in enumerate(interested[:_MOST_CANDIDATES]):
        need, person = session.get_one(Need, member.need_id), member.person
        if person is None or member.answered_at is None:
            continue
        at = member.answered_at
        candidacy = open_candidacy(session, person, need, source=Source.CAMPAIGN, by=by, at=at)
        for stage in _STAGES[: 1 + number % len(_STAGES)]:
            at = min(at + _PACE, now)
            try:
                move(session, candidacy, stage, by=by, at=at, reason="")
            except (NeedIsFull, PlacedElsewhere, MoveRefused, ReasonMissing):
                break  # who was in the pipeline before the campaign is already further


def _money(session: Session, campaign: Campaign, by: int, on: date, now: datetime) -> None:
    for number, (kind, amount, note) in enumerate(
        (
            (EntryKind.COMMITTED, 338_400_000, "Hợp đồng truyền thông (minh họa)"),
            (EntryKind.PAID, 288_000_000, "Thanh toán đợt 1 (minh họa)"),
            (EntryKind.PAID, 96_500_000, "Gặp mặt tại Osaka (minh họa)"),
        )
    ):
        line = campaign.lines[1 if number < 2 else 2]
        day = on - timedelta(days=60 - 20 * number)
        enter_money(session, campaign, line, kind, amount, on=day, note=note, by=by, at=now)
