"""Notices before data go, answers to them, and what happens in silence, with the clock set by the test."""

import json
import re
from collections.abc import Mapping
from datetime import UTC, date, datetime, time
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from registry.accounts.models import Account
from registry.accounts.rules import Role
from registry.audit.models import AuditEvent
from registry.audit.queries import verify
from registry.consents.models import Consent
from registry.consents.rules import Channel, PurposeCode
from registry.needs.rules import NeedState
from registry.people.models import IdentityDocument, Person
from registry.people.operations import confirm_profile, withdraw_consent
from registry.people.rules import ContactDraft, ContactKind, IdentityDraft, IdentityKind, PersonState
from registry.privacy.models import RetentionNotice
from registry.privacy.operations.for_need import choose_for, note_given_for
from registry.privacy.operations.retaining import NoticeOver, keep, let_go
from registry.privacy.operations.retention_work import attend_all, tasks_due
from registry.privacy.queries.retention import dry_run
from registry.privacy.queries.taking import taken
from registry.privacy.rules.retention import NoticeOutcome, NoticeReach
from registry.registrations.models import Registration, RegistrationDraft
from registry.registrations.operations import Where, begin_registration, keep_draft
from registry.registrations.rules import Audience, Task, TaskState
from registry.web.clock import LOCAL_ZONE
from tests.conftest import Client
from tests.factories import needs as make_needs
from tests.factories import people as make
from tests.factories.accounts import account, post, sign_in
from tests.factories.letters import the_letter
from tests.factories.people import AT, NAMED
from tests.factories.rights import asked, with_account

_UNVERIFIED = ">chưa kiểm chứng<"
EMAIL = (ContactDraft(ContactKind.EMAIL, "a.b@vidu.vn"),)


def at(day: date) -> datetime:
    """Nine in the morning of a day in Việt Nam."""
    return datetime.combine(day, time(9), LOCAL_ZONE).astimezone(UTC)


def run(session: Session, day: date) -> Mapping[str, int]:
    """The daily job on a day."""
    done = attend_all(session, tasks_due(session, at(day)), "http://localhost", at=at(day))
    session.commit()
    return {name: number for name, number in done.items() if number and name != "nothing"}


def notices(session: Session, person: Person, rule: str) -> list[RetentionNotice]:
    wanted = select(RetentionNotice).where(
        RetentionNotice.person_id == person.id, RetentionNotice.rule == rule
    )
    return list(session.scalars(wanted.order_by(RetentionNotice.id)))


def link_of(session: Session, kind: str) -> str:
    """Where the link of the newest letter of a kind leads."""
    return the_letter(session, kind).path("/giu-lai/")


def spoken(session: Session, day: date, **traits: Any) -> Person:
    """Somebody whose last word was on a day."""
    person = make.person(session, **traits)
    person.confirmed_on, person.created_at = day, at(day)
    for consent in session.scalars(select(Consent).where(Consent.person_id == person.id)):
        consent.given_at = at(day)
    session.commit()
    return person


def test_in_silence_a_profile_goes_after_the_whole_notice_over_tet_and_a_leap_day(session: Session) -> None:
    person = spoken(session, date(2026, 2, 28), contacts=EMAIL)
    number, code = person.id, person.code
    assert run(session, date(2027, 3, 1)) == {"noticed": 1}  # stale in the meantime: asked about, not deleted
    assert notices(session, person, "profile") == []
    assert run(session, date(2028, 1, 28)) == {"unreachable": 1}
    assert run(session, date(2028, 1, 29)) == {"noticed": 1}  # in Tết 2028; days off count
    (notice,) = notices(session, person, "profile")
    assert (notice.counted_from, notice.gone_on) == (date(2026, 2, 28), date(2028, 2, 28))
    assert run(session, date(2028, 2, 27)) == {}
    assert run(session, date(2028, 2, 29)) == {"erased": 1}
    left = session.get_one(Person, number)
    assert (left.code, left.state, left.full_name) == (code, PersonState.ERASED, "")
    assert notice.outcome is NoticeOutcome.DONE
    actions = session.scalars(
        select(AuditEvent.action).where(AuditEvent.subject_id == notice.public_id)
    ).all()
    assert set(actions) == {"retention.noticed", "retention.carried_out"}
    assert verify(session).broken is None
    assert run(session, date(2028, 3, 1)) == {}


def test_a_job_that_comes_late_still_leaves_the_whole_notice(session: Session) -> None:
    person = spoken(session, date(2024, 2, 29), contacts=EMAIL)
    run(session, date(2026, 11, 25))
    assert notices(session, person, "profile")[0].gone_on == date(2026, 12, 25)
    assert "erased" not in run(session, date(2026, 12, 24))
    assert run(session, date(2026, 12, 25))["erased"] == 1


def test_any_word_of_the_person_ends_the_notice(session: Session) -> None:
    person = spoken(session, date(2024, 2, 29), contacts=EMAIL)
    run(session, date(2026, 11, 25))
    confirm_profile(session, person, on=date(2026, 12, 1), by=None, at=at(date(2026, 12, 1)))
    assert run(session, date(2026, 12, 26)) == {"lapsed": 2}
    assert notices(session, person, "profile")[0].outcome is NoticeOutcome.LAPSED
    assert person.state is PersonState.ACTIVE


def test_the_button_of_the_letter_keeps_once_and_looking_keeps_nothing(
    client: Client, session: Session
) -> None:
    person = spoken(session, date(2024, 2, 29), contacts=EMAIL)
    run(session, date(2026, 11, 25))
    path = link_of(session, "retention_profile")
    assert client.head(path).status_code == 200
    page = client.get(path)
    assert "Giữ lại hồ sơ của tôi" in page.text
    assert person.full_name not in page.text
    (notice,) = notices(session, person, "profile")
    assert notice.outcome is NoticeOutcome.WAITING
    assert post(client, path, {}).status_code == 200
    assert notices(session, person, "profile")[0].outcome is NoticeOutcome.KEPT
    assert client.get(path).status_code == 404
    assert client.get(f"{path}x").status_code == 404
    assert "erased" not in run(session, date(2026, 12, 25))


def test_whoever_cannot_be_told_is_not_deleted_by_silence(session: Session) -> None:
    person = spoken(session, date(2024, 2, 29))
    assert run(session, date(2026, 11, 25))["unreachable"] >= 1
    assert notices(session, person, "profile")[0].reach is NoticeReach.NOBODY
    assert "erased" not in run(session, date(2027, 11, 25))
    standing = next(one for one in dry_run(session, on=date(2027, 11, 25)) if one.rule.code == "profile")
    assert (standing.unreachable, standing.goes_now) == (1, 0)
    person.account_id = account(session, Role.CANDIDATE, "", email="c.d@vidu.vn").id
    session.commit()
    run(session, date(2027, 11, 26))  # an account by now: the whole notice begins anew
    assert [one.gone_on for one in notices(session, person, "profile")][-1] == date(2027, 12, 26)


def test_an_open_request_holds_everything(session: Session) -> None:
    person = spoken(session, date(2024, 2, 29), contacts=EMAIL)
    run(session, date(2026, 11, 25))
    asked(session, person, at=at(date(2026, 12, 20)))
    assert "erased" not in run(session, date(2026, 12, 26))
    standing = next(one for one in dry_run(session, on=date(2026, 12, 26)) if one.rule.code == "profile")
    assert (standing.held, standing.goes_now) == (1, 0)


def test_a_record_the_law_orders_is_never_due(session: Session) -> None:
    person = spoken(session, date(2020, 2, 29), by_law=True, contacts=EMAIL)
    assert run(session, date(2026, 11, 25)) == {}
    assert notices(session, person, "profile") == []


def test_a_stale_profile_is_asked_about_then_not_found_and_never_deleted(session: Session) -> None:
    person = spoken(session, date(2028, 2, 29), contacts=EMAIL)
    assert run(session, date(2029, 2, 27)) == {}
    assert run(session, date(2029, 2, 28)) == {"noticed": 1}
    (notice,) = notices(session, person, "stale")
    with pytest.raises(NoticeOver):
        let_go(session, notice, by=None, at=at(date(2029, 3, 1)))
    assert run(session, date(2029, 4, 29)) == {"unreachable": 1}
    assert person.state is PersonState.UNREACHABLE
    assert run(session, date(2029, 4, 30)) == {}


def test_a_record_made_today_from_an_old_word_is_stale_at_once(session: Session) -> None:
    person = make.person(session, contacts=EMAIL)
    person.confirmed_on = date(2025, 10, 31)
    session.commit()
    assert run(session, date(2026, 11, 25)) == {"noticed": 1}
    assert notices(session, person, "stale")[0].counted_from == date(2025, 10, 31)


def test_still_right_makes_a_profile_fresh(session: Session) -> None:
    person = spoken(session, date(2025, 2, 28), contacts=EMAIL)
    run(session, date(2026, 11, 25))
    (notice,) = notices(session, person, "stale")
    keep(session, notice, language="vi", by=None, at=at(date(2026, 11, 26)))
    assert person.confirmed_on == date(2026, 11, 26)


def test_withdrawing_the_registry_consent_ends_in_erasure_unless_it_is_given_again(session: Session) -> None:
    gone, back = (spoken(session, date(2026, 11, 25), contacts=EMAIL) for _ in range(2))
    for person in (gone, back):
        withdraw_consent(
            session, person, PurposeCode.REGISTRY, channel=Channel.SCREEN, reason="", by=None,
            at=at(date(2027, 11, 30)),
        )  # fmt: skip
    assert run(session, date(2028, 1, 30)).get("noticed", 0) == 2  # due on 29 February 2028
    keep(session, notices(session, back, "withdrawn")[0], language="vi", by=None, at=at(date(2028, 2, 1)))
    assert run(session, date(2028, 2, 29))["erased"] == 1
    assert (gone.state, back.state) == (PersonState.ERASED, PersonState.ACTIVE)


def test_papers_go_alone_when_policies_are_no_longer_checked(session: Session) -> None:
    paper = IdentityDraft(IdentityKind.PASSPORT, "B1234567", "VN")
    consents = (*NAMED, PurposeCode.POLICY_CHECK)
    person = make.person(session, consents=consents, contacts=EMAIL, identities=(paper,))
    withdraw_consent(
        session, person, PurposeCode.POLICY_CHECK, channel=Channel.SCREEN, reason="", by=None, at=AT
    )
    session.commit()
    run(session, date(2027, 1, 26))
    assert run(session, date(2027, 2, 25))["done"] == 1
    assert (
        session.scalars(select(IdentityDocument).where(IdentityDocument.person_id == person.id)).all() == []
    )
    assert person.state is PersonState.ACTIVE
    assert run(session, date(2027, 2, 26)) == {}


def test_what_was_typed_and_never_sent_goes_and_the_account_stays(session: Session) -> None:
    own = account(session, Role.CANDIDATE, "", email="moi@vidu.vn")
    begun = begin_registration(session, own.id, own.public_id, Audience.EXPERT, at=AT)
    typed = {"full_name": ["Vàng A Páo"]}
    draft = keep_draft(
        session,
        begun,
        Task.ABOUT,
        "",
        typed,
        expected=0,
        state=TaskState.IN_PROGRESS,
        where=Where("", ""),
        at=AT,
    )
    assert draft.saved_at == AT
    session.commit()
    assert run(session, date(2027, 4, 24)) == {}
    assert run(session, date(2027, 4, 25)) == {"noticed": 1}
    assert run(session, date(2027, 5, 25)) == {"done": 1}
    assert (
        session.scalars(select(Registration)).all() == session.scalars(select(RegistrationDraft)).all() == []
    )
    assert own.display_name


@pytest.fixture
def given(session: Session) -> tuple[Person, Any, Any]:
    """Somebody whose record was given for one need that is open, with an account."""
    person, _own = with_account(session)
    need = make_needs.need(session)
    row = note_given_for(session, person, need, on=date(2026, 11, 25), by=None, at=AT)
    session.commit()
    return person, need, row


def over(session: Session, need: Any, day: date) -> None:
    need.state, need.closed_on = "filled", day
    session.commit()


def test_data_given_for_one_need_go_when_it_is_over_unless_the_person_agrees_to_stay(
    session: Session, given: Any
) -> None:
    person, need, _row = given
    assert run(session, date(2026, 12, 1)) == {}
    over(session, need, date(2027, 2, 6))  # Tết Đinh Mùi 2027
    assert run(session, date(2027, 2, 6)) == {"noticed": 1}
    assert notices(session, person, "pool")[0].gone_on == date(2027, 4, 7)
    assert run(session, date(2027, 4, 6)) == {}
    assert run(session, date(2027, 4, 7)) == {"erased": 1}
    assert taken(session, person).tables["given_for_need"] == []


def test_who_agrees_to_stay_stays_and_silence_is_no_consent(
    client: Client, session: Session, given: Any
) -> None:
    person, need, _row = given
    over(session, need, date(2026, 11, 26))
    run(session, date(2026, 11, 26))
    sign_in(client, session.get_one(Account, person.account_id))
    page = client.get("/toi/yeu-cau").text
    assert "Bạn có muốn ở lại nguồn không?" in page
    assert "Ở lại nguồn" in page
    (notice,) = notices(session, person, "pool")
    answered = post(client, f"/toi/luu-giu/{notice.public_id}/giu", {})
    assert answered.status_code == 303
    agreed = list(session.scalars(select(Consent).where(Consent.person_id == person.id)))
    assert PurposeCode.POOL in {one.purpose.code for one in agreed if one.withdrawn_at is None}
    assert run(session, date(2027, 2, 1)) == {}
    withdraw_consent(
        session, person, PurposeCode.POOL, channel=Channel.SCREEN, reason="", by=None, at=at(date(2027, 2, 1))
    )
    assert run(session, date(2027, 2, 2)) == {"noticed": 1}  # and a whole notice again
    assert notices(session, person, "pool")[-1].gone_on == date(2027, 4, 3)


def test_who_says_no_goes_in_the_next_run_and_who_was_chosen_stays(session: Session, given: Any) -> None:
    person, need, row = given
    chosen, _own = with_account(session, "Vàng Thị Mai")
    other = note_given_for(session, chosen, need, on=date(2026, 11, 25), by=None, at=AT)
    choose_for(session, chosen, other, by=account(session, email="x.y@vidu.vn").id, at=AT)
    over(session, need, date(2026, 11, 26))
    assert run(session, date(2026, 11, 26)) == {"noticed": 1}
    let_go(session, notices(session, person, "pool")[0], by=person.account_id, at=at(date(2026, 11, 26)))
    assert run(session, date(2026, 11, 27)) == {"erased": 1}
    assert (person.state, chosen.state) == (PersonState.ERASED, PersonState.ACTIVE)
    assert row is not None


def test_the_dry_run_changes_nothing_and_its_page_counts(client: Client, session: Session) -> None:
    person = spoken(session, date(2024, 2, 29), contacts=EMAIL)
    run(session, date(2026, 11, 25))
    before = session.scalars(select(AuditEvent.id).order_by(AuditEvent.id)).all()
    standing = next(one for one in dry_run(session, on=date(2026, 11, 26)) if one.rule.code == "profile")
    assert (standing.waiting, standing.gone_by_day) == (1, {date(2026, 12, 25): 1})
    assert session.scalars(select(AuditEvent.id).order_by(AuditEvent.id)).all() == before
    sign_in(client, account(session, Role.AUDITOR, ""))
    page = client.get("/luu-giu").text
    assert "25/12/2026" in page
    assert person.full_name not in page
    assert person.code not in page


def test_an_officer_notes_the_one_need(client: Client, session: Session) -> None:
    person, need = make.person(session), make_needs.need(session)
    sign_in(client, account(session))
    path = f"/ung-vien/{person.public_id}/chi-cho-nhu-cau"
    assert "Không có nhu cầu nào" in post(client, path, {"need": "NC-1"}).text
    assert post(client, path, {"need": need.code.lower()}).status_code == 303
    assert "Đã ghi nhu cầu này" in post(client, path, {"need": need.code}).text
    row = re.search(rf"{path}/(\w+)/duoc-chon", client.get(path).text)
    assert row is not None
    assert post(client, f"{path}/{row[1]}/duoc-chon", {}).status_code == 303
    assert "được chọn" in client.get(path).text
    assert post(client, f"{path}/{row[1]}/bo", {}).status_code == 303
    assert need.title not in client.get(path).text


def test_a_need_of_another_office_is_named_by_its_code_once_it_looked_for_people(
    client: Client, session: Session
) -> None:
    person = make.person(session)
    draft = make_needs.need(session, "Chưa ai được biết", state=NeedState.DRAFT, unit_path="VN/01/")
    told = make_needs.need(session, "Đã tuyển chọn", state=NeedState.FILLED, unit_path="VN/01/")
    sign_in(client, account(session))
    path = f"/ung-vien/{person.public_id}/chi-cho-nhu-cau"
    page = post(client, path, {"need": draft.code}).text
    assert "Không có nhu cầu nào" in page
    assert draft.title not in client.get(path).text
    assert post(client, path, {"need": told.code}).status_code == 303


def test_a_row_that_is_confirmed_no_longer_says_unverified(client: Client, session: Session) -> None:
    sign_in(client, account(session, Role.SYSTEM_ADMIN, ""))
    page = client.get("/gioi-han-va-lich").text
    marks = re.findall(r"/gioi-han-va-lich/([0-9a-f]{64})", page)
    assert len(marks) == len(set(marks)) > 15
    path, before = f"/gioi-han-va-lich/{marks[0]}", page.count(_UNVERIFIED)
    later = ["25", "11", "2999"]
    assert "không được sau hôm nay" in post(client, path, {"source": "x", "checked_on": later}).text
    told = {"source": "Công báo số 1, Điều 5", "checked_on": ["25", "11", "2026"]}
    assert post(client, path, told).status_code == 303
    page = client.get("/gioi-han-va-lich").text
    assert page.count(_UNVERIFIED) == before - 1
    assert "Công báo số 1, Điều 5" in page
    kept = session.scalars(select(AuditEvent).where(AuditEvent.action == "parameter.confirmed")).one()
    assert "Công báo" in json.dumps(json.loads(kept.content), ensure_ascii=False)
    assert post(client, f"{path}/thoi", {}).status_code == 303
    assert client.get("/gioi-han-va-lich").text.count(_UNVERIFIED) == before
    assert client.get("/gioi-han-va-lich/abc").status_code == 404
