"""A request from its receipt to its end: clocks kept, states that cannot be left, one extension, effects at once."""

from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from registry.accounts.models import Account
from registry.accounts.rules import Viewer
from registry.audit.models import AuditEvent
from registry.audit.queries import events_about, private_part
from registry.consents.rules import PurposeCode
from registry.people.models import ChangeCounter, Person
from registry.people.queries import may_be_named, people_for
from registry.privacy.models import RightsRequest
from registry.privacy.operations import (
    AlreadyAsked,
    NotPossible,
    answer_request,
    complete_request,
    extend_request,
    lift_limit,
    refuse_request,
)
from registry.privacy.queries import due_in, words_of
from registry.privacy.rules import RequestState, RightKind, StepKind
from tests.factories import people as make
from tests.factories.accounts import account
from tests.factories.people import AT, TODAY
from tests.factories.rights import asked

EVERYBODY = Viewer.installation()


@pytest.fixture
def clerk(session: Session) -> Account:
    return account(session)


def used_for(session: Session, person: Person) -> set[PurposeCode]:
    return {
        purpose
        for purpose in PurposeCode
        if person.id in {one.id for one in session.scalars(people_for(EVERYBODY, purpose, on=TODAY))}
    }


def change_number(session: Session) -> int:
    return session.scalars(select(ChangeCounter.n)).one()


def test_a_request_keeps_both_clocks_and_what_they_were_counted_with(session: Session, me: Person) -> None:
    found = asked(session, me, RightKind.ACCESS)
    assert (found.answer_due_on, found.done_due_on) == (date(2026, 11, 27), date(2026, 12, 5))
    assert found.limits_version
    assert found.calendar_version
    assert not found.is_limit_confirmed
    assert found.state is RequestState.RECEIVED


def test_the_day_is_that_in_viet_nam(session: Session, me: Person) -> None:
    late = asked(session, me, RightKind.ACCESS, at=datetime(2026, 11, 25, 17, 30, tzinfo=UTC))
    assert late.answer_due_on == date(2026, 11, 30)  # received on Thursday the 26th, over a weekend


def test_words_are_kept_sealed(session: Session, me: Person) -> None:
    found = asked(session, me, words="Tên trường của tôi bị sai")
    step = found.steps[0]
    assert step.words_sealed is not None
    assert "trường".encode() not in step.words_sealed
    assert words_of(session, found, step) == "Tên trường của tôi bị sai"


def test_the_same_is_not_asked_twice_while_it_is_open(session: Session, me: Person, clerk: Account) -> None:
    first = asked(session, me)
    with pytest.raises(AlreadyAsked):
        asked(session, me)
    session.rollback()
    complete_request(session, first, words="Đã sửa", by=clerk.id, at=AT)
    assert asked(session, me).public_id != first.public_id


@pytest.mark.parametrize("kind", [RightKind.RESTRICTION, RightKind.OBJECTION, RightKind.WITHDRAWAL])
def test_effects_come_at_once_and_every_worker_is_told(session: Session, me: Person, kind: RightKind) -> None:
    session.commit()
    before, number = used_for(session, me), change_number(session)
    asked(session, me, kind)
    after = used_for(session, me)
    assert {PurposeCode.MATCHING, PurposeCode.REGISTRY} <= before
    assert PurposeCode.MATCHING not in after
    assert (PurposeCode.REGISTRY in after) is (kind is RightKind.OBJECTION)
    assert change_number(session) > number
    assert not may_be_named(me, EVERYBODY)


def test_an_objection_to_one_purpose_leaves_the_others(session: Session, me: Person) -> None:
    asked(session, me, RightKind.OBJECTION, purpose=PurposeCode.CONTACT)
    assert used_for(session, me) == {PurposeCode.REGISTRY, PurposeCode.MATCHING}
    assert not may_be_named(me, EVERYBODY)


def test_a_record_the_law_orders_goes_on_where_the_law_says(session: Session) -> None:
    person = make.person(session, by_law=True)
    asked(session, person, RightKind.RESTRICTION)
    assert used_for(session, person) == {PurposeCode.REGISTRY}


def test_a_refused_limit_and_one_that_is_lifted_open_again(
    session: Session, me: Person, clerk: Account
) -> None:
    before = used_for(session, me)
    refused = asked(session, me, RightKind.RESTRICTION)
    refuse_request(session, refused, words="Luật buộc dùng", by=clerk.id, at=AT)
    session.commit()
    assert used_for(session, me) == before
    lifted = asked(session, me, RightKind.RESTRICTION)
    with pytest.raises(AlreadyAsked):
        asked(session, me, RightKind.RESTRICTION)
    session.rollback()
    complete_request(session, lifted, words="Đã hạn chế", by=clerk.id, at=AT)
    session.commit()
    assert used_for(session, me) == set()
    lift_limit(session, lifted, words="", by=clerk.id, officer=None, at=AT)
    session.commit()
    assert used_for(session, me) == before
    with pytest.raises(NotPossible):
        lift_limit(session, lifted, words="", by=clerk.id, officer=None, at=AT)


def test_two_limits_stand_until_both_are_lifted(session: Session, me: Person, clerk: Account) -> None:
    restriction = asked(session, me, RightKind.RESTRICTION)
    asked(session, me, RightKind.OBJECTION, purpose=PurposeCode.MATCHING)
    lift_limit(session, restriction, words="", by=clerk.id, officer=None, at=AT)
    session.commit()
    assert PurposeCode.REGISTRY in used_for(session, me)
    assert PurposeCode.MATCHING not in used_for(session, me)


def test_a_request_is_answered_extended_once_and_done(session: Session, me: Person, clerk: Account) -> None:
    found = asked(session, me)
    answer_request(session, found, words="Sẽ sửa trong tuần", by=clerk.id, at=AT + timedelta(days=1))
    with pytest.raises(NotPossible):
        answer_request(session, found, words="Lại", by=clerk.id, at=AT)
    with pytest.raises(NotPossible):
        extend_request(session, found, days=11, words="Chờ trường", by=clerk.id, at=AT)
    extend_request(session, found, days=10, words="Chờ trường xác nhận", by=clerk.id, at=AT)
    assert found.done_due_on == date(2026, 12, 15)
    with pytest.raises(NotPossible):
        extend_request(session, found, days=1, words="Nữa", by=clerk.id, at=AT)
    complete_request(session, found, words="Đã sửa", by=clerk.id, at=AT + timedelta(days=2))
    for act in (answer_request, complete_request, refuse_request):
        with pytest.raises(NotPossible):
            act(session, found, words="Lại", by=clerk.id, at=AT)
    assert [step.kind for step in found.steps] == [
        StepKind.RECEIVED,
        StepKind.ANSWERED,
        StepKind.EXTENDED,
        StepKind.DONE,
    ]
    assert found.answered_at == AT + timedelta(days=1)
    assert found.closed_at == AT + timedelta(days=2)


def test_a_withdrawal_cannot_be_refused(session: Session, me: Person, clerk: Account) -> None:
    found = asked(session, me, RightKind.WITHDRAWAL)
    with pytest.raises(NotPossible):
        refuse_request(session, found, words="Không", by=clerk.id, at=AT)


def test_every_act_is_in_the_log_without_its_words(session: Session, me: Person, clerk: Account) -> None:
    found = asked(session, me, words="Bí mật của tôi")
    answer_request(session, found, words="Trả lời riêng", by=clerk.id, at=AT)
    session.commit()
    events = [one for one in events_about(session, me.public_id) if one.subject_id == found.public_id]
    assert {one.action for one in events} == {"rights_request.received", "rights_request.answered"}
    told = "".join(one.content + str(private_part(session, one)) for one in events)
    assert "Bí mật" not in told
    assert "riêng" not in told
    assert (
        session.scalars(select(AuditEvent).where(AuditEvent.action == "rights_request.answered")).one().by_id
    )


def test_what_is_due_is_counted_inside_the_scope(session: Session, me: Person) -> None:
    other = make.person(session, unit_path="VN/14/")
    asked(session, me)
    asked(session, other)
    viewer = Viewer.installation()
    assert due_in(session, viewer, on=date(2026, 11, 25)).open == 2
    assert due_in(session, viewer, on=date(2026, 11, 25)).soon == 2
    assert due_in(session, viewer, on=date(2026, 11, 27)).late == 0
    assert due_in(session, viewer, on=date(2026, 11, 28)).late == 2
    assert session.scalars(select(RightsRequest.id).where(RightsRequest.person_id == me.id)).one()
