"""Asking for a name: told by letter, answered, expired by itself, not asked again soon; limits and the log."""

from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from registry.audit.models import AuditEvent
from registry.introductions.models import RevealRequest
from registry.introductions.operations import (
    AlreadyAsked,
    AlreadyNamed,
    AskedLately,
    NeedNotOpen,
    NotReachable,
    RequestIsOver,
    TooManyRequests,
    cancel_request,
    grant_reveal,
    refuse_reveal,
    withdraw_grant,
)
from registry.introductions.operations.closing import is_anything_over
from registry.introductions.queries import standing_on
from registry.introductions.rules import RevealState, limits_on
from registry.needs.operations import move_need
from registry.needs.rules import NeedState
from registry.people.models import Nationality
from tests.conftest import Client
from tests.factories.accounts import post
from tests.factories.introductions import NAME, Meeting, asked, closed_by_job, meeting, need_of
from tests.factories.letters import shown_rows, the_letter, waiting_letters
from tests.factories.pages import opened, words_of
from tests.factories.people import AT, NAMED

DAYS = limits_on(AT.date())
# The last instant of the last day in Việt Nam of what was asked at AT, and the next one.
LAST = datetime(2026, 12, 9, 16, 59, 59, tzinfo=UTC)
OVER = LAST + timedelta(seconds=1)


def test_a_request_is_told_answered_and_taken_back(
    theirs: Client, desk: Client, session: Session, met: Meeting
) -> None:
    assert post(desk, f"{met.pair}/hoi-ten", {"reason": ""}).status_code == 422
    assert post(desk, f"{met.pair}/hoi-ten", {"reason": "Mời phỏng vấn vòng một"}).status_code == 303
    request = session.scalars(select(RevealRequest)).one()
    letter = the_letter(session, "reveal_asked")
    assert letter.to == met.own.email
    assert "http://localhost/toi/yeu-cau-xem" in letter.body
    assert request.due_on.strftime("%d/%m/%Y") in letter.body
    for secret in ("phỏng vấn", met.need.title, NAME, met.person.code):
        assert secret not in letter.subject + letter.body
    assert "phỏng vấn" not in shown_rows(session, "reveal_request")
    assert "1 chờ bạn trả lời" in words_of(opened(theirs, "/toi"))
    told = words_of(opened(theirs, "/toi/yeu-cau-xem"))
    assert "Mời phỏng vấn vòng một" in told
    assert met.need.title in told
    assert post(theirs, f"/toi/yeu-cau-xem/{request.public_id}/dong-y").status_code == 303
    assert NAME in desk.get(met.pair).text
    assert "chỉ vì nhu cầu này" in words_of(opened(theirs, "/toi/yeu-cau-xem"))
    post(theirs, f"/toi/yeu-cau-xem/{request.public_id}/rut")
    assert NAME not in desk.get(met.pair).text
    assert "Hỏi để biết tên bạn" in words_of(opened(theirs, "/toi/ai-da-xem"))
    actions = [
        one
        for one in session.scalars(select(AuditEvent.action).order_by(AuditEvent.id))
        if one.startswith("reveal.")
    ]
    assert actions == ["reveal.asked", "reveal.granted", "reveal.withdrawn"]


def test_refusing_needs_no_reason_and_stops_questions_for_a_while(
    theirs: Client, desk: Client, session: Session, met: Meeting
) -> None:
    request = asked(session, met, at=datetime.now(UTC))
    post(theirs, f"/toi/yeu-cau-xem/{request.public_id}/tu-choi")
    shown = words_of(opened(desk, met.pair))
    assert "Đã từ chối" in shown
    assert "Hỏi lại được sau ngày" in shown
    assert "Xin được biết tên" not in shown
    post(desk, f"{met.pair}/hoi-ten", {"reason": "Xin hỏi lại"})
    assert "không lâu" in words_of(opened(desk, met.pair))
    assert len(session.scalars(select(RevealRequest)).all()) == 1
    post(theirs, f"/toi/yeu-cau-xem/{request.public_id}/dong-y")
    assert "không còn chờ trả lời" in words_of(opened(theirs, "/toi/yeu-cau-xem"))


def test_quiet_days_end(session: Session, met: Meeting) -> None:
    refuse_reveal(session, asked(session, met), by=met.own.id, at=AT)
    last_quiet = AT + timedelta(days=DAYS.quiet_days_after_refusal)
    with pytest.raises(AskedLately) as until:
        asked(session, met, at=last_quiet)
    assert until.value.until == last_quiet.date()
    again = asked(session, met, at=last_quiet + timedelta(days=1))
    assert again.state is RevealState.ASKED
    # For another need nothing was refused.
    assert asked(session, met, need=need_of(session, "Việc khác")).state is RevealState.ASKED


def test_the_last_day_counts_to_its_end_and_no_job_is_needed_for_what_is_over(
    session: Session, met: Meeting
) -> None:
    request = asked(session, met)
    assert request.due_on == date(2026, 12, 9)
    assert not is_anything_over(session, at=LAST)
    with pytest.raises(RequestIsOver):
        grant_reveal(session, request, by=met.own.id, at=OVER)
    with pytest.raises(RequestIsOver):
        refuse_reveal(session, request, by=met.own.id, at=OVER)
    with pytest.raises(RequestIsOver):
        cancel_request(session, request, by=met.officer.id, at=OVER)
    assert request.state is RevealState.ASKED
    grant_reveal(session, request, by=met.own.id, at=LAST)
    assert standing_on(request, date(2027, 6, 1)) is RevealState.GRANTED


@pytest.mark.parametrize(
    ("at", "last"),
    [
        (datetime(2027, 1, 29, 3, tzinfo=UTC), datetime(2027, 2, 12, 16, 59, tzinfo=UTC)),  # over Tết
        (datetime(2028, 2, 15, 3, tzinfo=UTC), datetime(2028, 2, 29, 16, 59, tzinfo=UTC)),  # to a leap day
    ],
)
def test_silence_is_written_down_once_and_told(
    session: Session, met: Meeting, at: datetime, last: datetime
) -> None:
    request = asked(session, met, at=at)
    assert closed_by_job(session, last) == 0
    over = last + timedelta(minutes=1)
    assert is_anything_over(session, at=over)
    assert closed_by_job(session, over) == 1
    assert closed_by_job(session, over) == 0
    assert request.state is RevealState.EXPIRED
    assert len(waiting_letters(session, "reveal_expired")) == 1
    with pytest.raises(AskedLately):
        asked(session, met, at=over)


def test_an_expired_request_nobody_wrote_down_does_not_stand_in_the_way(
    session: Session, met: Meeting
) -> None:
    first = asked(session, met)
    later = LAST + timedelta(days=DAYS.quiet_days_after_silence + 1)
    asked(session, met, at=later)
    assert first.state is RevealState.EXPIRED


def test_a_closed_need_closes_requests_and_grants_and_says_so(
    theirs: Client, session: Session, met: Meeting
) -> None:
    other = need_of(session, "Việc khác")
    granted, waiting = asked(session, met), asked(session, met, need=other)
    grant_reveal(session, granted, by=met.own.id, at=AT)
    for need in (met.need, other):
        move_need(session, need, NeedState.FILLED, by=None, at=AT)
    session.commit()
    shown = words_of(opened(theirs, "/toi/yeu-cau-xem"))
    assert shown.count("Hết hiệu lực vì nhu cầu đã đóng") == 2
    with pytest.raises(RequestIsOver):
        grant_reveal(session, waiting, by=met.own.id, at=AT)
    assert closed_by_job(session, AT) == 2
    assert {granted.state, waiting.state} == {RevealState.CLOSED}
    assert len(waiting_letters(session, "need_closed")) == 2
    with pytest.raises(NeedNotOpen):
        asked(session, met)


def test_who_cannot_be_asked(session: Session, met: Meeting) -> None:
    asked(session, met)
    with pytest.raises(AlreadyAsked):
        asked(session, met)
    with pytest.raises(AlreadyNamed):
        asked(session, meeting(session, "Lò Văn Chiến", consents=NAMED))
    met.person.account_id = None
    with pytest.raises(NotReachable):
        asked(session, met, need=need_of(session, "Việc khác"))


def test_nobody_is_asked_by_everybody_at_once_and_no_officer_asks_all(session: Session, met: Meeting) -> None:
    for number in range(DAYS.open_requests_per_person):
        asked(session, met, need=need_of(session, f"Việc {number}"))
    with pytest.raises(TooManyRequests):
        asked(session, met)
    other = meeting(session, "Lò Văn Chiến")
    session.add_all(
        RevealRequest(
            person_id=other.person.id,
            need_id=need_of(session, f"Việc cũ {number}").id,
            asked_by_id=met.officer.id,
            reason_sealed=b"x",
            asked_at=AT,
            due_on=AT.date(),
            limits_version="x",
            state=RevealState.REFUSED,
            ended_at=AT,
        )
        for number in range(DAYS.requests_per_day - DAYS.open_requests_per_person)
    )
    session.flush()
    tired = Meeting(met.need, other.person, other.own, met.officer)
    with pytest.raises(TooManyRequests):
        asked(session, tired)
    assert asked(session, tired, at=AT + timedelta(days=1)).state is RevealState.ASKED


def test_a_question_that_may_not_be_sent_today_is_kept(desk: Client, session: Session, met: Meeting) -> None:
    for number in range(DAYS.open_requests_per_person):
        asked(session, met, need=need_of(session, f"Việc {number}"), at=datetime.now(UTC))
    refused = post(desk, f"{met.pair}/hoi-ten", {"reason": "Mời phỏng vấn vòng một"})
    assert refused.status_code == 422
    assert "Hỏi lại vào ngày khác" in refused.text
    assert "Mời phỏng vấn vòng một" in refused.text


def test_asking_and_taking_back_by_turns_is_no_way_around(session: Session, met: Meeting) -> None:
    request = asked(session, met)
    cancel_request(session, request, by=met.officer.id, at=AT)
    with pytest.raises(AskedLately):
        asked(session, met)


def test_two_live_requests_of_one_need_cannot_be_stored(session: Session, met: Meeting) -> None:
    first = asked(session, met)
    session.add(
        RevealRequest(
            person=met.person,
            need=met.need,
            asked_by_id=met.officer.id,
            reason_sealed=b"x",
            asked_at=AT,
            due_on=first.due_on,
            limits_version="x",
        )
    )
    with pytest.raises(IntegrityError):
        session.flush()
    session.rollback()


def test_the_office_takes_back_what_was_not_answered(
    theirs: Client, desk: Client, session: Session, met: Meeting
) -> None:
    asked(session, met, at=datetime.now(UTC))
    post(desk, f"{met.pair}/rut-yeu-cau")
    assert "Đơn vị tự rút yêu cầu" in words_of(opened(theirs, "/toi/yeu-cau-xem"))
    assert post(desk, f"{met.pair}/rut-yeu-cau").status_code == 404


def test_letters_speak_the_language_of_the_person(session: Session, met: Meeting) -> None:
    met.person.nationalities[:] = [Nationality(country="JP")]
    session.flush()
    asked(session, met)
    letter = the_letter(session, "reveal_asked")
    assert letter.subject == "A unit asks to know who you are"
    assert "2026-12-09" in letter.body


def test_a_grant_is_taken_back_once(session: Session, met: Meeting) -> None:
    request = asked(session, met)
    with pytest.raises(RequestIsOver):
        withdraw_grant(session, request, by=met.own.id, at=AT)
    grant_reveal(session, request, by=met.own.id, at=AT)
    withdraw_grant(session, request, by=met.own.id, at=AT)
    with pytest.raises(RequestIsOver):
        withdraw_grant(session, request, by=met.own.id, at=AT)
    with pytest.raises(AskedLately):
        asked(session, met)


def test_requests_of_others_do_not_exist(theirs: Client, session: Session, met: Meeting) -> None:
    other = meeting(session, "Lò Văn Chiến")
    request = asked(session, other, at=datetime.now(UTC))
    for act in ("dong-y", "tu-choi", "rut"):
        assert post(theirs, f"/toi/yeu-cau-xem/{request.public_id}/{act}").status_code == 404
    assert post(theirs, "/toi/yeu-cau-xem/khong-co/dong-y").status_code == 404
    session.refresh(request)
    assert request.state is RevealState.ASKED
