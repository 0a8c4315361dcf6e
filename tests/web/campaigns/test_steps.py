"""Who counts as eligible, the funnel of one need, and what whoever runs a campaign is told of answers."""

from datetime import UTC, datetime

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from registry.accounts.models import Account, Alert
from registry.accounts.operations.alerts import add_to_alert, mark_read
from registry.accounts.rules import Role
from registry.app.demonstration.policies import add_policies
from registry.campaigns.models import Campaign, CampaignPolicy
from registry.campaigns.operations.answering import arrive
from registry.campaigns.operations.parts import add_channel
from registry.campaigns.queries.overview import overview_of
from registry.campaigns.rules.funnel import Step
from registry.campaigns.rules.words import ANSWER_ALERT, ChannelKind
from registry.candidacies.operations import move, open_candidacy
from registry.candidacies.rules import Source, Stage
from registry.needs.rules import NeedState
from registry.people.models import Person
from registry.people.rules import EvidenceState, PartialDate, SelfDraft, Sex
from registry.policies.queries.versions import policy_of
from tests.conftest import Client
from tests.factories import grants
from tests.factories.accounts import account, post, sign_in
from tests.factories.campaigns import campaign
from tests.factories.candidates import candidate, studied, worked
from tests.factories.needs import need
from tests.factories.pages import opened, words_of

AT = datetime(2026, 11, 27, 3, tzinfo=UTC)
OURS = "LC-MINH-HOA"


def doctor(session: Session, name: str, *, evidence: EvidenceState | None = None, born: int = 1990) -> Person:
    """A whole record that meets the made-up policy of Lai Châu where the year of birth is known to be late enough."""
    about = SelfDraft("", birth=PartialDate(born, 5, 2), sex=Sex.FEMALE)
    return candidate(
        session,
        name,
        ("IT15", 4),
        about=about,
        evidence=evidence,
        education=(studied(6),),
        experience=(worked(2019, None),),
    )


def offering(session: Session, *codes: str) -> Campaign:
    """A campaign for two needs that offers these policies."""
    wanted = [need(session, title, state=NeedState.OPEN) for title in ("Bác sĩ đa khoa", "Kỹ sư dữ liệu")]
    by = account(session, Role.CAMPAIGN_ADMIN, "VN/12/")
    made = campaign(session, "Về quê", needs=wanted, by=by.id)
    for code in codes:
        policy = policy_of(session, code)
        assert policy is not None
        session.add(CampaignPolicy(campaign_id=made.id, policy_id=policy.id))
    session.flush()
    session.expire(made)
    return made


def came(session: Session, made: Campaign, *people: Person) -> None:
    """They come by the link of a poster."""
    channel = add_channel(session, made, ChannelKind.POSTER, "Áp phích", by=None, at=AT)
    for one in people:
        assert arrive(session, channel, one, at=AT)


def test_eligible_is_a_decision_or_a_verified_record_that_meets_a_policy(session: Session) -> None:
    add_policies(session, now=AT)
    made = offering(session, OURS, grants.TEN_YEARS)
    of = grants.office(session)
    verified = EvidenceState.VERIFIED
    came(
        session,
        made,
        doctor(session, "Lò Thị Đạt", evidence=verified),
        doctor(session, "Lò Thị Quá Tuổi", evidence=verified, born=1960),
        doctor(session, "Lò Thị Chưa Xác Minh"),
        of.person,
    )
    grants.planned(session, of)
    counted = overview_of(session, made, at=AT)
    assert [counted.count(one) for one in (Step.REGISTERED, Step.VERIFIED, Step.ELIGIBLE)] == [4, 3, 2]
    assert counted.count(Step.INTERVIEWED) == 0


def test_the_funnel_of_a_need_counts_who_came_for_it_and_opens_them(client: Client, session: Session) -> None:
    made = offering(session)
    first, second = (one.need for one in made.needs)
    one, both, nobody = (doctor(session, name) for name in ("Lò Thị Một", "Lò Thị Cả Hai", "Lò Thị Không"))
    came(session, made, one, both, nobody)
    for person, wanted, stage in (
        (one, first, Stage.INTERVIEWED),
        (both, first, Stage.SHORTLISTED),
        (both, second, Stage.INTERVIEWED),
    ):
        begun = open_candidacy(session, person, wanted, source=Source.CAMPAIGN, by=None, at=AT)
        move(session, begun, stage, by=made.owner_id, at=AT)
    session.commit()
    counted = overview_of(session, made, at=AT)
    assert counted.count(Step.INTERVIEWED) == 2
    by_need = {
        row.need.title: [row.count(step) for step in (Step.REACHED, Step.ELIGIBLE, Step.INTERVIEWED)]
        for row in counted.needs
    }
    assert by_need == {first.title: [2, 2, 1], second.title: [1, 1, 1]}
    assert counted.at_any_need(Step.ELIGIBLE) == 2  # nobody twice
    sign_in(client, account(session, Role.CAMPAIGN_ADMIN, "VN/12/"))
    page = opened(client, f"/chien-dich/{made.public_id}?nhu-cau={first.public_id}")
    assert "chưa có" in words_of(page.get_element_by_id("pheu"))  # shares of nobody
    href = page.xpath("//*[@id='pheu']//a[contains(@href, 'buoc=interviewed')]/@href")[0]
    listed = words_of(opened(client, href))
    assert one.full_name in listed
    assert both.full_name not in listed


@pytest.mark.parametrize("database", ["sqlite"], indirect=True)
def test_a_channel_has_a_code_to_print_while_its_link_is_open(client: Client, session: Session) -> None:
    made = campaign(session, "Về quê")
    channel = add_channel(session, made, ChannelKind.REFERRER, "Chị Mai", by=None, at=AT)
    session.commit()
    sign_in(client, account(session, Role.CAMPAIGN_ADMIN, "VN/12/"))
    path = f"/chien-dich/{made.public_id}/kenh/{channel.public_id}"
    assert opened(client, path).xpath("//*[contains(@class, 'qrcode')]//*[local-name()='path']")
    for kind, begins in (("svg", b"<?xml"), ("png", b"\x89PNG")):
        assert client.get(f"{path}/ma-qr.{kind}").data.startswith(begins)
    post(client, f"{path}/dong")
    assert client.get(path).status_code == client.get(f"{path}/ma-qr.svg").status_code == 404


@pytest.mark.parametrize("database", ["sqlite"], indirect=True)
def test_answers_that_were_not_read_about_are_one_alert(client: Client, session: Session) -> None:
    made = offering(session)
    assert made.owner_id is not None
    owner = made.owner_id

    def told(about: str) -> None:
        subject = ("campaign", made.public_id)
        add_to_alert(session, owner, ANSWER_ALERT, subject=subject, about=about, counted="people", at=AT)

    for about in ("a", "b"):
        told(about)
    mark_read(session, owner, at=AT)
    for about in ("c", "d", "e"):
        told(about)
    session.commit()
    alerts = session.scalars(select(Alert).order_by(Alert.id)).all()
    assert [one.detail for one in alerts] == [{"people": 2}, {"people": 3}]
    sign_in(client, session.get_one(Account, owner))
    text = words_of(opened(client, "/").get_element_by_id("thong-bao"))
    assert "1 chưa đọc" in text
    assert "Chiến dịch «Về quê»: 3 người trả lời là quan tâm. Xem người trả lời" in text
