"""Whose campaigns are listed, whom their pages name, and what may be done where somebody may only read."""

from datetime import UTC, datetime
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from registry.accounts.models import Account
from registry.accounts.operations import grant_role
from registry.accounts.rules import Grant, Permission, Role, Scope, Viewer
from registry.app.demonstration.policies import add_policies
from registry.campaigns.models import Campaign, CampaignMember, CampaignPolicy, CampaignSegment
from registry.campaigns.operations.parts import save_message
from registry.campaigns.queries.campaigns import campaign_by_submission, letters_channel, register
from registry.campaigns.queries.eligible import eligible_by_record
from registry.campaigns.rules.words import MessageStep
from registry.consents.rules import PurposeCode
from registry.needs.rules import NeedState
from registry.people.models import Person
from registry.people.rules import ContactDraft, ContactKind, PartialDate, SelfDraft, Sex
from registry.policies.queries.versions import policy_of
from tests.conftest import Client
from tests.factories.accounts import account, post, sign_in
from tests.factories.campaigns import campaign
from tests.factories.candidates import candidate, studied
from tests.factories.needs import need
from tests.factories.people import ANONYMOUS, AT, NAMED, TODAY, person
from tests.factories.roles import take_away

pytestmark = pytest.mark.parametrize("database", ["sqlite"], indirect=True)
HERE, THERE = "VN/12/", "VN/01/"


def member(session: Session, made: Campaign, who: Person) -> None:
    """Somebody the campaign has reached."""
    channel = letters_channel(session, made)
    session.add(CampaignMember(campaign_id=made.id, person=who, channel_id=channel.id, reached_at=AT))
    session.commit()


def of_roles(session: Session, *roles: tuple[Role, str]) -> Account:
    """An account with these roles, each on its scope."""
    made, day, at = account(session, roles[0][0], roles[0][1]), TODAY, datetime.now(UTC)
    for role, path in roles[1:]:
        grant_role(session, made, role, Scope(path), by=None, starts_on=day, at=at)
    session.commit()
    return made


def test_the_register_is_of_campaigns_in_sight_and_a_form_is_its_senders(session: Session) -> None:
    one, other = account(session), account(session)
    here, there = (campaign(session, path, unit_path=path, by=one.id) for path in (HERE, THERE))
    here.submission_key = "k" * 26
    session.flush()
    for path, own in ((HERE, here), (THERE, there)):
        viewer = Viewer.of_grants(1, [Grant(Role.OFFICER, Scope(path))])
        found = register(session, viewer.limited_to(Permission.CAMPAIGNS_READ), 1)
        assert (found.total, list(found.rows)) == (1, [own])
    assert campaign_by_submission(session, "k" * 26, one.id) is here
    assert campaign_by_submission(session, "k" * 26, other.id) is None


def test_no_page_names_whom_it_may_not(client: Client, session: Session) -> None:
    agreed = (*ANONYMOUS, PurposeCode.CAMPAIGNS)
    reached = person(session, "Sùng Thị Dở", consents=agreed)
    mail = (ContactDraft(ContactKind.EMAIL, "mot@vidu.vn"),)
    next_one = person(session, "Giàng A Lử", consents=agreed, contacts=mail)
    made, officer = campaign(session, "Về quê"), account(session, Role.OFFICER, HERE)
    at = datetime.now(UTC)
    save_message(
        session, made, MessageStep.INVITATION, "vi", subject="Mời {ten}", body="Gửi {ten}", by=None, at=at
    )
    session.add(CampaignSegment(campaign_id=made.id, name="Mọi người", address="", added_at=at))
    member(session, made, reached)
    sign_in(client, officer)
    own = f"/chien-dich/{made.public_id}"
    for page, whom in (
        (f"{own}/nguoi", reached),
        (f"{own}/nguoi/{reached.public_id}", reached),
        (f"{own}/thu-moi/invitation/xem", next_one),
    ):
        text = client.get(page).text
        assert whom.code in text, page
        assert whom.full_name not in text, page


def test_who_only_reads_is_led_to_no_form(client: Client, session: Session) -> None:
    for role, shown in ((Role.OFFICER, True), (Role.AUDITOR, False)):
        sign_in(client, account(session, role, "" if role is Role.AUDITOR else HERE))
        assert ('href="/chien-dich/tao"' in client.get("/chien-dich").text) is shown


def test_without_the_right_to_read_campaigns_none_is_opened_to_be_written(
    client: Client, session: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = campaign(session, "Về quê")
    sign_in(client, account(session, Role.OFFICER, HERE))
    pages = [f"/chien-dich/{made.public_id}{rest}" for rest in ("/sua", "/nguoi")]
    assert [client.get(page).status_code for page in pages] != [404, 404]
    take_away(monkeypatch, Role.OFFICER, Permission.CAMPAIGNS_READ)
    assert [client.get(page).status_code for page in pages] == [404, 404]


def test_who_writes_campaigns_everywhere_speaks_to_those_whose_records_they_read(
    client: Client, session: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = campaign(session, "Về quê")
    near, far = (person(session, path, unit_path=path, consents=NAMED) for path in (HERE, THERE))
    member(session, made, near)
    member(session, made, far)
    take_away(monkeypatch, Role.CAMPAIGN_ADMIN, Permission.PEOPLE_READ)
    sign_in(client, of_roles(session, (Role.OFFICER, HERE), (Role.CAMPAIGN_ADMIN, "")))
    sent: dict[str, Any] = {}
    own = f"/chien-dich/{made.public_id}/nguoi"
    assert post(client, f"{own}/{near.public_id}", sent).status_code == 422
    assert post(client, f"{own}/{far.public_id}", sent).status_code == 404


def test_needs_out_of_the_reach_of_a_campaign_are_none_of_it(client: Client, session: Session) -> None:
    near, far = (need(session, path, state=NeedState.OPEN, unit_path=path) for path in (HERE, THERE))
    sign_in(client, account(session, Role.CAMPAIGN_ADMIN, ""))
    sent = {
        "title": "Về với Lai Châu", "legal_basis": "Kế hoạch 112/KH-UBND", "office": f"unit:{HERE}",
        "starts_on": ["01", "04", "2026"], "ends_on": ["31", "12", "2026"], "goals-0-of": "Bác sĩ",
        "goals-0-people": "24", "needs": [near.public_id, far.public_id], "lines-0-name": "Truyền thông",
        "lines-0-planned": "1.000.000", "per_hour": "100", "remind_after_days": "10", "link_days": "30",
    }  # fmt: skip
    refused = post(client, "/chien-dich/tao", sent)
    assert refused.status_code == 422
    assert f"ngoài đơn vị, địa bàn của chiến dịch: {far.code}" in refused.text
    assert session.scalar(select(Campaign.id)) is None


def test_what_would_tell_who_somebody_is_makes_nobody_eligible(session: Session) -> None:
    add_policies(session, now=AT)
    wanted = need(session, state=NeedState.OPEN)
    made = campaign(session, "Về quê", needs=[wanted])
    policy = policy_of(session, "LC-MINH-HOA")
    assert policy is not None
    session.add(CampaignPolicy(campaign_id=made.id, policy_id=policy.id))
    about = SelfDraft("", birth=PartialDate(1990, 5, 2), sex=Sex.FEMALE)
    named, hidden = (
        candidate(session, name, about=about, education=(studied(6),), consents=consents)
        for name, consents in (("Lò Thị Mai", NAMED), ("Vàng Thị Dở", ANONYMOUS))
    )
    session.expire_all()
    found = eligible_by_record(session, made, {wanted.id: [named.id, hidden.id]}, on=TODAY)
    assert found == {(named.id, wanted.id)}
