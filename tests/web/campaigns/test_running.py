"""A campaign from its approval to the answers of people: whom it writes to and whom not, once each, and what follows."""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from registry.accounts.rules import Role
from registry.campaigns.models import Campaign, CampaignLetter, CampaignMember
from registry.campaigns.operations.parts import add_segment, save_message
from registry.campaigns.operations.sending import (
    cancel_sending,
    order_sending,
    paper_of,
    send_batch,
)
from registry.campaigns.queries.audience import audience_of
from registry.campaigns.queries.campaigns import segments_of, sendings_of
from registry.campaigns.queries.overview import overview_of
from registry.campaigns.rules.funnel import Step
from registry.campaigns.rules.states import CampaignState, local_day
from registry.campaigns.rules.words import Answer, Exclusion, MessageStep, SendingState
from registry.candidacies.models import Candidacy
from registry.candidacies.rules import Source, Stage
from registry.consents.rules import PurposeCode
from registry.mail.models import MailOutbox
from registry.mail.rules import LetterState
from registry.matching.models import SavedSearch
from registry.matching.views.saved import people_found
from registry.needs.rules import NeedState
from registry.people.models import Person
from registry.people.operations.letters import stop_letters
from registry.people.rules import ContactDraft, ContactKind
from registry.people.rules.letters import LetterTopic, StopWay
from tests.conftest import Client
from tests.factories.accounts import account, post
from tests.factories.campaigns import campaign
from tests.factories.letters import waiting_letters
from tests.factories.needs import need
from tests.factories.people import person

AGREED = (PurposeCode.REGISTRY, PurposeCode.MATCHING, PurposeCode.CAMPAIGNS)
PAPER = paper_of("http://127.0.0.1:8000", "Sở Nội vụ")
TEXTS = {
    "vi": {"nhu_cau": "Bác sĩ", "so_tien": "{ten}", "chinh_sach": "", "don_vi": "Sở", "chien_dich": "Về quê"}
}


def reachable(
    session: Session, name: str, *, consents: Sequence[PurposeCode] = AGREED, mail: str = ""
) -> Person:
    contacts = (ContactDraft(ContactKind.EMAIL, mail),) if mail else ()
    return person(session, name, consents=consents, contacts=contacts)


@pytest.fixture
def running(session: Session) -> Campaign:
    """A campaign that runs, with an open need, a text and everybody as its audience."""
    by = account(session, Role.CAMPAIGN_ADMIN, "VN/12/")
    wanted = need(session, "Bác sĩ đa khoa", state=NeedState.OPEN)
    made = campaign(session, "Về quê", needs=[wanted], by=by.id, per_hour=3)
    at = datetime.now(UTC)
    for step in (MessageStep.INVITATION, MessageStep.REMINDER_1):
        save_message(
            session, made, step, "vi", subject="Mời {ten}", body="Chào {ten}: {so_tien}", by=by.id, at=at
        )
    for name, address in (("Mọi người", ""), ("Lần nữa", "don_vi=VN%2F12%2F")):
        saved = SavedSearch(owner_id=by.id, name=name, address=address, seen_at=at)
        session.add(saved)
        session.flush()
        add_segment(session, made, saved, by=by.id, at=at)
    session.commit()
    return made


def ordered(
    session: Session, made: Campaign, at: datetime, step: MessageStep = MessageStep.INVITATION
) -> None:
    order_sending(session, made, step, texts=TEXTS, expected=1, by=made.owner_id, at=at)


def sent(session: Session, made: Campaign, at: datetime) -> int:
    """Batches until nothing more goes at this moment."""
    total = 0
    while sendings_of(session, made)[0].state is SendingState.WAITING and (
        queued := send_batch(session, sendings_of(session, made)[0], PAPER, people_found, at=at)
    ):
        total += queued
    return total


def link_in(session: Session, who: Person) -> str:
    letter = next(one for one in waiting_letters(session) if one.row.person_public_id == who.public_id)
    return "/tra-loi/" + letter.body.split("/tra-loi/")[1].split()[0]


def test_the_audience_is_asked_anew_and_everybody_left_out_has_a_reason(
    session: Session, running: Campaign
) -> None:
    reachable(session, "Lò Văn Một", mail="mot@vidu.vn")
    reachable(session, "Lò Văn Hai", consents=AGREED[:2], mail="h@vidu.vn")
    reachable(session, "Lò Văn Ba")
    four = reachable(session, "Lò Văn Bốn", mail="bon@vidu.vn")
    at = datetime.now(UTC)
    stop_letters(session, four, LetterTopic.CAMPAIGNS, StopWay.LINK, by=None, at=at)
    found = audience_of(session, running, segments_of(session, running), people_found, on=local_day(at))
    assert (found.found, found.reachable) == (4, 1)
    assert found.excluded == {Exclusion.NO_CONSENT: 1, Exclusion.NO_ADDRESS: 1, Exclusion.STOPPED: 1}


def test_letters_go_once_each_so_many_an_hour_and_can_be_taken_back(
    session: Session, running: Campaign
) -> None:
    people = [reachable(session, f"Lò Văn {one}", mail=f"nguoi{one}@vidu.vn") for one in "abcde"]
    at = datetime.now(UTC)
    ordered(session, running, at)
    assert sent(session, running, at) == 3
    assert sent(session, running, at) == 0
    assert sendings_of(session, running)[0].next_at == at + timedelta(hours=1)
    assert sent(session, running, at + timedelta(hours=1, seconds=1)) == 2
    assert session.scalar(select(func.count()).select_from(CampaignLetter)) == 5
    assert sendings_of(session, running)[0].state is SendingState.DONE
    letter = next(one for one in waiting_letters(session) if one.to == "nguoia@vidu.vn")
    assert letter.subject == "Mời Lò Văn a"
    assert "Chào Lò Văn a: {ten}" in letter.body  # a value is never read again
    assert "/thu/dung/" in letter.body
    assert cancel_sending(session, sendings_of(session, running)[0], by=None, at=at) == 5
    session.expire_all()
    assert {row.state for row in session.scalars(select(MailOutbox))} == {LetterState.CANCELLED}
    assert len(people) == 5


def test_a_pause_holds_letters_and_an_end_stops_them(session: Session, running: Campaign) -> None:
    reachable(session, "Lò Văn Một", mail="mot@vidu.vn")
    at = datetime.now(UTC)
    ordered(session, running, at)
    running.state = CampaignState.PAUSED
    assert sent(session, running, at) == 0
    assert sendings_of(session, running)[0].state is SendingState.WAITING
    running.state = CampaignState.CLOSED
    assert sent(session, running, at + timedelta(hours=2)) == 0
    assert sendings_of(session, running)[0].state is SendingState.CANCELLED


def test_an_answer_by_link_moves_the_funnel_and_begins_a_candidacy(
    session: Session, running: Campaign, client: Client
) -> None:
    yes, no, stop, silent = (
        reachable(session, f"Lò Văn {name}", mail=f"{mail}@vidu.vn")
        for name, mail in (("Có", "co"), ("Không", "khong"), ("Dừng", "dung"), ("Im", "im"))
    )
    at = datetime.now(UTC) - timedelta(days=11)
    running.per_hour = 100
    running.starts_on = local_day(at)
    ordered(session, running, at)
    assert sent(session, running, at) == 4
    session.commit()
    link = link_in(session, yes)
    page = client.get(link)
    assert (page.status_code, "Lò Văn" in page.text) == (200, False)
    assert "Bác sĩ đa khoa" in page.text
    assert session.scalar(select(func.count(CampaignMember.opened_at))) == 0
    assert post(client, f"{link}/xem").status_code == 303
    wanted = running.needs[0].need.public_id
    assert post(client, link, {"answer": "interested"}).status_code in (303, 422)
    assert post(client, link, {"answer": "interested", "need": wanted, "words": "Sau Tết"}).status_code == 303
    assert "Đã nhận câu trả lời" in client.get(link).text
    assert post(client, link_in(session, no), {"answer": "not_now"}).status_code == 303
    assert post(client, link_in(session, stop), {"answer": "stop"}).status_code == 303
    session.expire_all()
    candidacy = session.scalars(select(Candidacy)).one()
    assert (candidacy.person_id, candidacy.source, candidacy.stage) == (
        yes.id,
        Source.CAMPAIGN,
        Stage.INTERESTED,
    )
    overview = overview_of(session, running, at=datetime.now(UTC))
    counts = [overview.count(step) for step in (Step.REACHED, Step.OPENED, Step.REPLIED, Step.REGISTERED)]
    assert counts == [4, 3, 3, 1]
    ordered(session, running, datetime.now(UTC), MessageStep.REMINDER_1)
    assert sent(session, running, datetime.now(UTC)) == 1
    reminded = [
        one.row.person_public_id
        for one in waiting_letters(session)
        if "reminder_1" in (one.row.once_key or "")
    ]
    assert reminded == [silent.public_id]
    answers = {one.person_id: one.answer for one in session.scalars(select(CampaignMember))}
    assert answers == {
        yes.id: Answer.INTERESTED,
        no.id: Answer.NOT_NOW,
        stop.id: Answer.STOP,
        silent.id: None,
    }


def test_a_link_that_is_over_opens_nothing_and_an_unknown_one_is_not_there(
    session: Session, running: Campaign, client: Client
) -> None:
    who = reachable(session, "Lò Văn Một", mail="mot@vidu.vn")
    ordered(session, running, datetime.now(UTC))
    sent(session, running, datetime.now(UTC))
    session.commit()
    link = link_in(session, who)
    assert client.get("/tra-loi/" + "x" * 43).status_code == 404
    session.scalars(select(CampaignLetter)).one().revoked_at = datetime.now(UTC)
    session.commit()
    assert client.get(link).status_code == 410
    assert post(client, link, {"answer": "not_now"}).status_code == 410
    assert session.scalars(select(CampaignMember)).one().answer is None
