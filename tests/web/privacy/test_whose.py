"""Retention asked about one person or account, and the copy of one's data, never answer with what is another's."""

from collections.abc import Sequence
from dataclasses import dataclass

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from registry.accounts.rules import Role
from registry.campaigns.models import CampaignMember, OutreachAttempt
from registry.campaigns.operations.outreach import note_attempt
from registry.campaigns.queries.campaigns import letters_channel
from registry.campaigns.rules.words import OutreachWay
from registry.candidacies.models import Candidacy, CandidacyStep
from registry.candidacies.operations import ask_expert, open_candidacy
from registry.candidacies.rules import Source
from registry.introductions.operations import give_interest
from registry.people.models import ExpertFacet, Person
from registry.people.rules import ExpertKind
from registry.privacy.models import RetentionNotice
from registry.privacy.queries.holdings import (
    _of_campaign,  # pyright: ignore[reportPrivateUsage]
    _of_candidacies,  # pyright: ignore[reportPrivateUsage]
)
from registry.privacy.queries.retention import last_notice
from registry.privacy.queries.starts import Subject, started
from registry.privacy.queries.taking import _opened, taken  # pyright: ignore[reportPrivateUsage]
from registry.privacy.rules.retention import NoticeReach, retention_rule
from registry.registrations.operations import begin_registration
from registry.registrations.rules import Audience
from tests.factories import people as make
from tests.factories.accounts import account
from tests.factories.campaigns import campaign
from tests.factories.introductions import Meeting, meeting
from tests.factories.offers import sheet
from tests.factories.people import AT, NAMED

pytestmark = pytest.mark.parametrize("database", ["sqlite"], indirect=True)
DAY = AT.date()
# Tables of which each of the two has one row with something sealed, and one without.
SEALED = {
    "campaign_member",
    "outreach_attempt",
    "interest",
    "offer_sheet",
    "candidacy_step",
    "expert_opinion",
}


def told(session: Session, secret: str, whose: Subject) -> RetentionNotice:
    notice = RetentionNotice(
        person_id=whose.person_id, account_id=whose.account_id, rule="profile", rules_version="1",
        is_rule_confirmed=False, counted_from=DAY, gone_on=DAY, noticed_at=AT, reach=NoticeReach.LETTER,
        token_hash=secret * 64,
    )  # fmt: skip
    session.add(notice)
    session.flush()
    return notice


def test_the_last_notice_is_of_the_one_who_is_asked_about(session: Session) -> None:
    people = [make.person(session, name) for name in ("Lò Văn Chiến", "Vàng A Páo")]
    accounts = [account(session, Role.CANDIDATE, "") for _ in range(2)]
    session.flush()
    every = [Subject(person_id=one.id) for one in people] + [Subject(account_id=one.id) for one in accounts]
    notices = [told(session, secret, whose) for secret, whose in zip("abcd", every, strict=True)]
    assert [last_notice(session, "profile", whose) for whose in every] == notices


def test_what_was_typed_is_looked_for_in_one_account(session: Session) -> None:
    rule = retention_rule("draft", DAY)
    assert rule is not None
    accounts = [account(session, Role.CANDIDATE, "") for _ in range(2)]
    for one in accounts:
        begin_registration(session, one.id, one.public_id, Audience.EXPERT, at=AT)
    session.flush()
    only = Subject(account_id=accounts[0].id)
    late = DAY.replace(year=DAY.year + 5)
    assert [one.subject for one in started(session, rule, on=late, only=only)] == [only]
    assert len(list(started(session, rule, on=late))) == 2


@dataclass(frozen=True)
class Alike:
    """Two people with the same behind them: a campaign, an interest, a sheet, a candidacy with an opinion."""

    people: Sequence[Person]
    members: Sequence[CampaignMember]
    candidacies: Sequence[Candidacy]


@pytest.fixture
def alike(session: Session) -> Alike:
    """See the class. An expert is asked about both of them."""
    first, second = meeting(session, "Lò Văn Chiến", NAMED), meeting(session, "Vàng A Páo", NAMED)
    asked = meeting(session, "Tòng Thị Panh", NAMED).person
    session.add(ExpertFacet(person_id=asked.id, kind=next(iter(ExpertKind)), expertise="AI"))
    members: list[CampaignMember] = []
    candidacies: list[Candidacy] = []
    for met in (first, second):
        members.append(_reached(session, met))
        give_interest(session, met.person, met.need, words="Tôi quan tâm", by=met.own.id, at=AT)
        sheet(session, met.person, met.need, by=met.officer.id, on=DAY, at=AT)
        by = met.officer.id
        one = open_candidacy(session, met.person, met.need, source=Source.OFFICER, by=by, at=AT)
        ask_expert(session, one, asked, question="Có hợp không?", due_on=DAY, by=by, at=AT)
        candidacies.append(one)
    return Alike((first.person, second.person), members, candidacies)


def _reached(session: Session, met: Meeting) -> CampaignMember:
    made = campaign(session, f"Về quê {met.person.code}")
    channel = letters_channel(session, made)
    member = CampaignMember(campaign_id=made.id, person=met.person, channel_id=channel.id, reached_at=AT)
    session.add(member)
    session.flush()
    note_attempt(
        session, member, OutreachWay.PHONE, on=DAY, words="Hẹn gọi lại", role="", next_on=None,
        by=met.officer.id, at=AT,
    )  # fmt: skip
    return member


def test_a_copy_opens_and_holds_the_rows_of_its_own_person(session: Session, alike: Alike) -> None:
    opened = [_opened(session, one).keys() for one in alike.people]
    for own, person, member in zip(opened, alike.people, alike.members, strict=True):
        assert {table: sum(held == table for held, _row in own) for table in SEALED} == dict.fromkeys(
            SEALED, 1
        )
        assert ("campaign_member", member.id) in own
        tables = taken(session, person).tables
        assert {table: len(tables[table]) for table in SEALED} == dict.fromkeys(SEALED, 1)
    assert opened[0] & opened[1] == {("sensitive_traits", 0)}


def test_what_hangs_on_a_candidacy_or_a_campaign_is_of_its_person(session: Session, alike: Alike) -> None:
    for person, member, candidacy in zip(alike.people, alike.members, alike.candidacies, strict=True):
        steps = select(CandidacyStep.candidacy_id).where(_of_candidacies(CandidacyStep).belongs_to(person))
        assert set(session.scalars(steps)) == {candidacy.id}
        attempts = select(OutreachAttempt.member_id)
        belongs = _of_campaign(OutreachAttempt).belongs_to(person)
        assert set(session.scalars(attempts.where(belongs))) == {member.id}
