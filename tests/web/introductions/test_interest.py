"""«Tôi quan tâm»: given to an open need, seen by its officers as far as the person is visible, taken back, closed."""

from datetime import timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from registry.accounts.rules import Role, Viewer
from registry.consents.rules import Channel, PurposeCode
from registry.introductions.models import Interest
from registry.introductions.operations import NeedNotOpen, NotReachable, give_interest
from registry.introductions.queries import needs_with_interest
from registry.introductions.queries.inbox import FRESH_DAYS
from registry.needs.operations import move_need
from registry.needs.rules import NeedState
from registry.people.operations import withdraw_consent
from tests.conftest import Client
from tests.factories.accounts import account, post, sign_in
from tests.factories.introductions import NAME, Meeting, asked
from tests.factories.letters import shown_rows
from tests.factories.pages import opened, words_of
from tests.factories.people import AT

WORDS = "Tôi rảnh từ tháng Ba"


def page_of(met: Meeting) -> str:
    return f"/toi/nhu-cau/{met.need.public_id}"


def inbox(met: Meeting) -> str:
    return f"/nhu-cau/{met.need.public_id}/gioi-thieu"


@pytest.mark.slow
def test_interest_is_given_seen_as_a_code_and_taken_back(
    theirs: Client, desk: Client, session: Session, met: Meeting
) -> None:
    page = opened(theirs, page_of(met))
    assert "Bạn đạt 1/1 yêu cầu." in words_of(page)
    assert post(theirs, f"{page_of(met)}/quan-tam", {"words": WORDS}).status_code == 303
    told = words_of(opened(theirs, page_of(met)))
    assert "Đã gửi quan tâm" in told
    assert f"Hồ sơ ẩn danh {met.person.code}" in told
    assert WORDS not in shown_rows(session, "interest")
    assert met.need.title in words_of(opened(theirs, "/toi").xpath("//section[@id='don-vi']")[0])
    listed, whole = desk.get(inbox(met)).text, desk.get(met.pair).text
    ranking = desk.get(f"/nhu-cau/{met.need.public_id}/xep-hang").text
    for shown in (listed, whole, ranking):
        assert met.person.code in shown
        assert "Đã gửi quan tâm" in shown
        assert NAME not in shown
    assert WORDS in whole
    assert post(theirs, f"{page_of(met)}/rut").status_code == 303
    assert met.person.code not in desk.get(inbox(met)).text
    assert WORDS not in desk.get(met.pair).text
    assert "Chưa gửi quan tâm" in desk.get(met.pair).text
    seen = words_of(opened(theirs, "/toi/ai-da-xem"))
    assert "Hiện trong danh sách người quan tâm" in seen
    assert "Xem quan tâm, yêu cầu và tin nhắn của bạn" in seen
    assert met.need.title in seen


def test_the_home_page_tells_officers_until_somebody_took_it_up(
    theirs: Client, desk: Client, session: Session, met: Meeting
) -> None:
    line = f"1 người quan tâm «{met.need.title}»"
    assert line not in words_of(opened(desk, "/"))
    post(theirs, f"{page_of(met)}/quan-tam")
    assert line in words_of(opened(desk, "/"))
    asked(session, met)
    session.commit()
    assert line not in words_of(opened(desk, "/"))


def test_an_old_interest_is_left_to_the_list(session: Session, met: Meeting) -> None:
    give_interest(session, met.person, met.need, words="", by=met.own.id, at=AT)
    days = [FRESH_DAYS, FRESH_DAYS + 1]
    everybody = Viewer.installation()
    found = [needs_with_interest(session, everybody, on=AT.date() + timedelta(days=one)) for one in days]
    assert found == [[(met.need, 1)], []]


def test_twice_is_once_and_what_was_typed_is_kept(theirs: Client, session: Session, met: Meeting) -> None:
    refused = post(theirs, f"{page_of(met)}/quan-tam", {"words": "a" * 501})
    assert refused.status_code == 422
    assert "a" * 501 in refused.text
    assert "không quá 500 ký tự" in refused.text
    post(theirs, f"{page_of(met)}/quan-tam")
    post(theirs, f"{page_of(met)}/quan-tam", {"words": "lần hai"})
    assert len(session.scalars(select(Interest)).all()) == 1
    post(theirs, f"{page_of(met)}/rut")
    post(theirs, f"{page_of(met)}/rut")
    post(theirs, f"{page_of(met)}/quan-tam")
    assert len(session.scalars(select(Interest).where(Interest.withdrawn_at.is_(None))).all()) == 1
    assert len(session.scalars(select(Interest)).all()) == 2


@pytest.mark.parametrize("how", ["withdrawn", "paused"])
def test_whoever_withdrew_or_paused_is_in_no_list_from_the_next_request_on(
    theirs: Client, desk: Client, session: Session, met: Meeting, how: str
) -> None:
    post(theirs, f"{page_of(met)}/quan-tam", {"words": WORDS})
    assert desk.get(met.pair).status_code == 200
    if how == "paused":
        post(theirs, "/toi/tam-dung", {"months": "3"})
    else:
        post(theirs, "/toi/dong-y/matching/rut")
    assert met.person.code not in desk.get(inbox(met)).text
    assert desk.get(met.pair).status_code == 404
    assert "Lúc này đơn vị không thấy" in words_of(opened(theirs, page_of(met)))
    with pytest.raises(NotReachable):
        give_interest(session, met.person, met.need, words="", by=met.own.id, at=AT)


def test_a_need_that_closed_says_so_and_takes_no_interest(
    theirs: Client, session: Session, met: Meeting
) -> None:
    post(theirs, f"{page_of(met)}/quan-tam")
    move_need(session, met.need, NeedState.FILLED, by=None, at=AT)
    session.commit()
    told = words_of(opened(theirs, page_of(met)))
    assert "Đã đóng: đã đủ người" in told
    post(theirs, f"{page_of(met)}/rut")
    assert theirs.get(page_of(met)).status_code == 404
    with pytest.raises(NeedNotOpen):
        give_interest(session, met.person, met.need, words="", by=met.own.id, at=AT)


def test_officers_of_other_places_and_other_people_see_nothing(
    client: Client, theirs: Client, session: Session, met: Meeting
) -> None:
    post(theirs, f"{page_of(met)}/quan-tam", {"words": WORDS})
    sign_in(client, account(session, Role.OFFICER, "VN/01/"))
    assert client.get(inbox(met)).status_code == 404
    assert client.get(met.pair).status_code == 404
    sign_in(client, account(session, Role.AUDITOR, "VN/12/"))
    assert client.get(inbox(met)).status_code == 403
    sign_in(client, account(session, Role.CANDIDATE, ""))
    assert client.get(page_of(met)).status_code == 404
    assert client.get("/toi/nhu-cau/khong-co").status_code == 404
    assert "chưa gắn với hồ sơ" in client.get("/toi/yeu-cau-xem").text
    assert "chưa gắn với hồ sơ" in client.get("/toi/trao-doi").text


def test_without_consent_to_matching_there_is_no_interest(session: Session, met: Meeting) -> None:
    withdraw_consent(
        session, met.person, PurposeCode.MATCHING, channel=Channel.SCREEN, reason="", by=None, at=AT
    )
    with pytest.raises(NotReachable):
        give_interest(session, met.person, met.need, words="", by=met.own.id, at=AT)
