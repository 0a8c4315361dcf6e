"""Letters that go out once an occasion, wait for their hour, and are taken back."""

import threading
from dataclasses import replace
from datetime import time, timedelta
from email.message import EmailMessage
from pathlib import Path

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from registry.db import Database
from registry.mail.claiming import claim_letter, claim_letters, settle_letter
from registry.mail.models import MailOutbox
from registry.mail.operations import (
    cancel_letter,
    cancel_letters,
    queue_letter,
    suppress_address,
    suppress_recipient,
)
from registry.mail.posting import Manner, post_due_letters
from registry.mail.rules import LEASE, Ending, Letter, LetterState, Outcome, QuietHours
from tests.factories.databases import own_database
from tests.factories.letters import AT, VALUES, Remembering, SweepWork, queued

SENDER = "Sở Nội vụ <so@vidu.vn>"


def invitation(number: int, campaign: str = "c1") -> Letter:
    return Letter(
        "no_account", "vi", f"n{number}@vidu.vn", VALUES, once=f"campaign:{campaign}:first:p{number}"
    )


def states(session: Session) -> dict[str | None, LetterState]:
    rows = session.execute(select(MailOutbox.once_key, MailOutbox.state)).all()
    return {row.once_key: row.state for row in rows}


def test_an_occasion_has_one_letter_whatever_became_of_it(session: Session) -> None:
    first = queue_letter(session, invitation(1), at=AT)
    session.commit()
    assert queue_letter(session, invitation(1), at=AT + timedelta(days=1)).public_id == first.public_id
    assert cancel_letters(session, [first.once_key or ""], at=AT) == 1
    assert queue_letter(session, invitation(1), at=AT).public_id == first.public_id
    assert states(session) == {first.once_key: LetterState.CANCELLED}


def test_letters_without_an_occasion_are_all_different(session: Session) -> None:
    assert queued(session, "a@vidu.vn").public_id != queued(session, "a@vidu.vn").public_id


def test_two_that_queue_the_same_occasion_together_queue_one(
    database: Database, request: pytest.FixtureRequest, tmp_path: Path
) -> None:
    with own_database(database, request, tmp_path, "occasions", is_empty=True) as (_url, shared):
        start, ids, failures = threading.Barrier(4), list[str](), list[BaseException]()

        def work() -> None:
            start.wait()
            try:
                with shared.writing() as session:
                    ids.append(queue_letter(session, invitation(1), at=AT).public_id)
                    session.commit()
            except BaseException as failure:
                failures.append(failure)

        threads = [threading.Thread(target=work) for _ in range(4)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join(60)
        assert failures == []
        assert (len(ids), len(set(ids))) == (4, 1)
        with shared.read_session() as session:
            assert session.scalar(select(func.count()).select_from(MailOutbox)) == 1


def test_what_waits_is_taken_back_by_its_beginning_and_forgotten(session: Session) -> None:
    for number in (1, 2):
        queue_letter(session, invitation(number), at=AT)
    other = queue_letter(session, invitation(1, "c10"), at=AT)
    session.commit()
    held = claim_letter(session, at=AT)
    assert held is not None
    assert cancel_letters(session, "campaign:c1:", at=AT) == 1
    session.commit()
    assert states(session) == {
        "campaign:c1:first:p1": LetterState.SENDING,
        "campaign:c1:first:p2": LetterState.CANCELLED,
        other.once_key: LetterState.QUEUED,
    }
    gone = session.execute(
        select(MailOutbox).where(MailOutbox.once_key == "campaign:c1:first:p2")
    ).scalar_one()
    session.refresh(gone)
    assert (gone.recipient_sealed, gone.content_sealed, gone.cancelled_at) == (None, None, AT)
    assert cancel_letters(session, "campaign:c1:", at=AT) == 0
    with pytest.raises(ValueError, match="beginning"):
        cancel_letters(session, "", at=AT)


def test_one_letter_is_taken_back_by_its_id_while_it_waits(session: Session) -> None:
    letter = queued(session, "a@vidu.vn")
    assert cancel_letter(session, letter.public_id, at=AT)
    assert not cancel_letter(session, letter.public_id, at=AT)
    assert claim_letter(session, at=AT) is None


def test_words_of_an_office_go_out_with_the_way_to_stop_them_at_their_hour(session: Session) -> None:
    letter = Letter(
        "campaign",
        "vi",
        "a@vidu.vn",
        words=("Mời bạn\r\nBcc: ke@vidu.vn", "Chào bạn,\n\n{{ config }}"),
        unsubscribe="https://vidu.vn/thu/dung/abc",
        not_before=AT + timedelta(hours=1),
    )
    queue_letter(session, letter, at=AT)
    session.commit()
    transport = Remembering()
    sweep = SweepWork(session)
    assert post_due_letters(sweep, session.info["keyring"], transport, SENDER)["sent"] == 0
    sweep = SweepWork(session, at=AT + timedelta(hours=1))
    assert post_due_letters(sweep, session.info["keyring"], transport, SENDER)["sent"] == 1
    (went,) = transport.taken
    assert str(went["Subject"]) == "Mời bạn Bcc: ke@vidu.vn"
    assert went["List-Unsubscribe"] == "<https://vidu.vn/thu/dung/abc>"
    assert went.get_content() == "Chào bạn,\n\n{{ config }}\n"


def test_what_somebody_waits_for_goes_before_bulk_and_what_was_left_behind_before_both(
    session: Session,
) -> None:
    bulk = queue_letter(session, replace(invitation(1), is_bulk=True), at=AT - timedelta(hours=1))
    code = queued(session, "a@vidu.vn")
    assert [one.public_id for one in claim_letters(session, at=AT, limit=9)] == [
        code.public_id,
        bulk.public_id,
    ]
    later = AT + LEASE + timedelta(seconds=1)
    queued(session, "b@vidu.vn", at=AT)
    left = claim_letters(session, at=later, limit=2)
    assert [(one.public_id, one.attempts) for one in left] == [(code.public_id, 2), (bulk.public_id, 2)]


def test_no_more_go_in_a_minute_than_may(session: Session) -> None:
    for number in range(5):
        queued(session, f"n{number}@vidu.vn")
    first = claim_letters(session, at=AT, limit=9, per_minute=3)
    assert len(first) == 3
    assert claim_letters(session, at=AT, limit=9, per_minute=3) == []
    for one in first:
        assert settle_letter(session, one, Outcome(Ending.SENT), at=AT)
    assert claim_letters(session, at=AT + timedelta(seconds=59), limit=9, per_minute=3) == []
    assert len(claim_letters(session, at=AT + timedelta(seconds=61), limit=9, per_minute=3)) == 2


def test_bulk_rests_at_night_and_counts_no_try(session: Session) -> None:
    queue_letter(session, replace(invitation(1), is_bulk=True), at=AT)
    queued(session, "a@vidu.vn")
    evening = AT.replace(hour=15)
    transport, manner = Remembering(), Manner(quiet=QuietHours(time(21), time(7)))
    keyring = session.info["keyring"]
    assert post_due_letters(SweepWork(session, at=evening), keyring, transport, SENDER, manner)["sent"] == 1
    rests = session.scalars(select(MailOutbox).where(MailOutbox.is_bulk)).one()
    session.refresh(rests)
    morning = (AT + timedelta(days=1)).replace(hour=0)
    assert (rests.state, rests.attempts, rests.next_try_at) == (LetterState.QUEUED, 0, morning)
    assert post_due_letters(SweepWork(session, at=morning), keyring, transport, SENDER, manner)["sent"] == 1


def test_no_letter_is_begun_whose_lease_might_end_meanwhile(session: Session) -> None:
    """A server so slow that the clock runs on: what was taken with the first is given back, and goes in its turn."""
    rows = [queued(session, f"n{number}@vidu.vn") for number in range(3)]
    work = SweepWork(session)

    class Slow(Remembering):
        """Takes a minute for each letter."""

        def hand_over(self, message: EmailMessage, public_id: str) -> Outcome:
            work.at += timedelta(seconds=61)
            return super().hand_over(message, public_id)

    transport = Slow()
    assert post_due_letters(work, session.info["keyring"], transport, SENDER)["sent"] == 3
    assert len({str(one["Message-ID"]) for one in transport.taken}) == len(transport.taken) == 3
    for row in rows:
        session.refresh(row)
        assert (row.state, row.attempts) == (LetterState.SENT, 1)


def test_a_worker_that_stops_gives_back_what_it_took(session: Session) -> None:
    for number in range(3):
        queued(session, f"n{number}@vidu.vn")
    transport = Remembering()
    manner = Manner(is_stopping=lambda: bool(transport.taken))
    post_due_letters(SweepWork(session), session.info["keyring"], transport, SENDER, manner)
    assert len(transport.taken) == 1
    assert len(claim_letters(session, at=AT, limit=9)) == 2


def test_a_letter_that_came_back_closes_its_address(session: Session) -> None:
    went, waits = queued(session, "a@vidu.vn"), queued(session, "A@vidu.vn")
    session.commit()
    assert suppress_recipient(session, went.public_id, "bounced", at=AT) == 2
    session.refresh(waits)
    assert waits.state is LetterState.SUPPRESSED
    assert suppress_recipient(session, "0" * 26, "bounced", at=AT) is None
    queued(session, "b@vidu.vn")
    assert suppress_address(session, " B@vidu.vn", "bounced", at=AT) == 1
    assert queued(session, "b@vidu.vn").state is LetterState.SUPPRESSED
