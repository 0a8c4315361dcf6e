"""The queue of letters: killed at every step, claimed by one worker at a time, fenced, retried, given up."""

import threading
from collections.abc import Iterator
from datetime import timedelta
from email.message import EmailMessage
from pathlib import Path

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from registry.db import Database
from registry.db.keys import Keyring
from registry.mail.claiming import claim_letter, give_up_letters, settle_letter
from registry.mail.models import MailOutbox, MailSuppression
from registry.mail.operations import queue_letter, send_letter_again
from registry.mail.posting import post_due_letters
from registry.mail.queries import is_letter_due, letter_lines, letters_by_state
from registry.mail.rules import (
    KEPT_FOR,
    LEASE,
    MOST_ATTEMPTS,
    Ending,
    Letter,
    LetterState,
    Outcome,
    pause_after,
)
from tests.factories.databases import own_database
from tests.factories.letters import (
    AT,
    VALUES,
    Killed,
    Line,
    Remembering,
    SweepWork,
    queued,
    shown_rows,
    waiting_letters,
)

TO = ("a@vidu.vn", "b@vidu.vn", "c@vidu.vn")
SENDER = "Sở Nội vụ <so@vidu.vn>"


def sweep(session: Session, transport: Remembering, work: SweepWork | None = None) -> dict[str, int]:
    work = work or SweepWork(session)
    return post_due_letters(work, session.info["keyring"], transport, SENDER)


def row_of(session: Session, public_id: str) -> MailOutbox:
    return session.scalars(
        select(MailOutbox).where(MailOutbox.public_id == public_id).execution_options(populate_existing=True)
    ).one()


def test_due_letters_go_and_nothing_of_them_stays(session: Session) -> None:
    for to in TO:
        queued(session, to)
    transport = Remembering()
    assert sweep(session, transport) == {"sent": 3, "not_sent": 0}
    assert [str(one["To"]) for one in transport.taken] == list(TO)
    assert transport.is_closed
    assert letters_by_state(session)[LetterState.SENT] == 3
    assert waiting_letters(session) == []
    assert not is_letter_due(session, at=AT + timedelta(days=9))


def test_no_transaction_is_open_while_a_letter_is_handed_over(session: Session) -> None:
    class Looking(Remembering):
        """Looks whether the sweep still holds the database."""

        def hand_over(self, message: EmailMessage, public_id: str) -> Outcome:
            assert not session.in_transaction()
            return super().hand_over(message, public_id)

    queued(session, TO[0])
    assert sweep(session, Looking()) == {"sent": 1, "not_sent": 0}


def points_of_a_sweep(session: Session) -> int:
    """How many points three letters pass on their way; measured, not known."""
    line = Line()
    for to in TO:
        queued(session, to)
    sweep(session, Remembering(line), SweepWork(session, line=line))
    return line.passed


@pytest.mark.slow
def test_a_sweep_killed_anywhere_loses_nothing_and_doubles_one_at_most(session: Session) -> None:
    number = points_of_a_sweep(session)
    assert number > 20
    for dies_at in range(1, number + 1):
        first = [queued(session, to).public_id for to in TO]
        line, transport = Line(dies_at), Remembering()
        transport.line = line
        with pytest.raises(Killed):
            sweep(session, transport, SweepWork(session, line=line))
        transport.line = Line()
        sweep(session, transport, SweepWork(session, at=AT + LEASE + timedelta(seconds=1)))
        ids = [str(one["Message-ID"]).strip("<>").split("@")[0] for one in transport.taken]
        assert set(ids) == set(first), dies_at
        assert len(ids) <= len(first) + 1, dies_at
        assert {row_of(session, one).state for one in first} == {LetterState.SENT}, dies_at


def test_a_letter_on_its_way_is_nobody_elses_until_its_lease_ends(session: Session) -> None:
    queued(session, TO[0])
    first = claim_letter(session, at=AT)
    assert first is not None
    assert claim_letter(session, at=AT + LEASE) is None
    second = claim_letter(session, at=AT + LEASE + timedelta(seconds=1))
    assert second is not None
    assert second.token != first.token
    assert not settle_letter(session, first, Outcome(Ending.SENT), at=AT)
    assert row_of(session, first.public_id).state is LetterState.SENDING
    assert settle_letter(session, second, Outcome(Ending.SENT), at=AT)
    assert row_of(session, first.public_id).attempts == 2


@pytest.fixture
def shared(database: Database, tmp_path: Path, request: pytest.FixtureRequest) -> Iterator[Database]:
    """A database of the same kind that several workers may really commit to."""
    with own_database(database, request, tmp_path, "postmen", is_empty=True) as (_url, opened):
        yield opened


def test_workers_that_start_together_claim_each_letter_once(shared: Database) -> None:
    with shared.writing() as session:
        for number in range(6):
            queue_letter(session, Letter("no_account", "vi", f"n{number}@vidu.vn", VALUES), at=AT)
        session.commit()
    start, claimed, failures = threading.Barrier(10), list[str](), list[BaseException]()

    def work() -> None:
        start.wait()
        try:
            with shared.writing() as session:
                claim = claim_letter(session, at=AT)
                session.commit()
                if claim is not None:
                    claimed.append(claim.public_id)
        except BaseException as failure:
            failures.append(failure)

    threads = [threading.Thread(target=work) for _ in range(10)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    assert failures == []
    assert len(claimed) == len(set(claimed))
    assert 1 <= len(claimed) <= 6
    with shared.writing() as session:
        while (claim := claim_letter(session, at=AT)) is not None:
            claimed.append(claim.public_id)
    assert len(claimed) == len(set(claimed)) == 6


def test_what_is_put_off_comes_again_after_a_growing_pause(session: Session) -> None:
    letter, later = queued(session, TO[0]), Remembering(answers={TO[0]: Outcome(Ending.LATER, "smtp-450")})
    at = AT
    for number in range(1, 5):
        assert sweep(session, later, SweepWork(session, at=at)) == {"sent": 0, "not_sent": 1}
        row = row_of(session, letter.public_id)
        assert (row.state, row.fault, row.attempts) == (LetterState.QUEUED, "smtp-450", number)
        assert pause_after(number) <= row.next_try_at - at <= pause_after(number, 1)
        assert not is_letter_due(session, at=row.next_try_at - timedelta(seconds=1))
        at = row.next_try_at
    assert sweep(session, Remembering(), SweepWork(session, at=at)) == {"sent": 1, "not_sent": 0}


def test_after_two_days_of_tries_a_letter_is_given_up(session: Session) -> None:
    letter, later = queued(session, TO[0]), Remembering(answers={TO[0]: Outcome(Ending.LATER, "timeout")})
    at = AT
    for _ in range(MOST_ATTEMPTS):
        sweep(session, later, SweepWork(session, at=at))
        at = row_of(session, letter.public_id).next_try_at
    row = row_of(session, letter.public_id)
    assert (row.state, row.attempts) == (LetterState.FAILED, MOST_ATTEMPTS)
    assert not is_letter_due(session, at=at + timedelta(days=9))


def test_a_letter_that_takes_its_worker_down_every_time_is_given_up(session: Session) -> None:
    letter = queued(session, TO[0])
    at = AT
    for _ in range(MOST_ATTEMPTS):
        assert claim_letter(session, at=at) is not None
        session.commit()
        at += LEASE + timedelta(seconds=1)
    assert claim_letter(session, at=at) is None
    assert give_up_letters(session, at=at) == 1
    row = row_of(session, letter.public_id)
    assert (row.state, row.fault) == (LetterState.FAILED, "given-up")


def test_when_the_server_is_away_the_rest_waits_without_being_tried(session: Session) -> None:
    first, second = queued(session, TO[0]), queued(session, TO[1])
    away = Outcome(Ending.OFFICE_AWAY, "unreachable")
    assert sweep(session, Remembering(answers=dict.fromkeys(TO, away))) == {"sent": 0, "not_sent": 1}
    assert (row_of(session, first.public_id).attempts, row_of(session, second.public_id).attempts) == (1, 0)


def test_an_address_that_is_refused_is_not_written_to_again(session: Session) -> None:
    refused = Remembering(answers={TO[0]: Outcome(Ending.ADDRESS_REFUSED, "smtp-550")})
    first = queued(session, TO[0])
    sweep(session, refused)
    again = queued(session, TO[0].upper())
    other = queued(session, TO[1])
    assert [row_of(session, one.public_id).state for one in (first, again, other)] == [
        LetterState.SUPPRESSED,
        LetterState.SUPPRESSED,
        LetterState.QUEUED,
    ]
    digest = session.scalars(select(MailSuppression.recipient_digest)).one()
    assert len(digest) == 64


def test_what_failed_is_sent_again_when_asked_and_its_address_written_to_again(session: Session) -> None:
    refused = Remembering(answers={TO[0]: Outcome(Ending.ADDRESS_REFUSED, "smtp-550")})
    letter = queued(session, TO[0])
    sweep(session, refused)
    assert send_letter_again(session, letter.public_id, at=AT)
    assert not send_letter_again(session, letter.public_id, at=AT)  # it waits already
    transport = Remembering()
    assert sweep(session, transport) == {"sent": 1, "not_sent": 0}
    assert session.scalars(select(MailSuppression)).all() == []
    assert row_of(session, queued(session, TO[0]).public_id).state is LetterState.QUEUED
    assert not send_letter_again(session, letter.public_id, at=AT)  # it went: nothing is left to send


def test_a_letter_past_its_time_is_not_sent_and_forgets_its_words(session: Session) -> None:
    until = AT + timedelta(hours=1)
    letter = queue_letter(session, Letter("no_account", "vi", TO[0], VALUES, good_until=until), at=AT)
    session.commit()
    late = SweepWork(session, at=until + timedelta(seconds=1))
    assert sweep(session, Remembering(), late) == {"sent": 0, "not_sent": 0}
    row = row_of(session, letter.public_id)
    assert (row.state, row.fault, row.content_sealed, row.recipient_sealed) == (
        LetterState.FAILED,
        "overdue",
        None,
        None,
    )
    line = letter_lines(session, [LetterState.FAILED], at=AT)[0]
    assert not line.may_be_sent_again
    assert not send_letter_again(session, letter.public_id, at=AT)


def test_a_letter_that_failed_forgets_its_words_after_a_month(session: Session) -> None:
    letter = queued(session, TO[0])
    sweep(session, Remembering(answers={TO[0]: Outcome(Ending.REFUSED, "smtp-554")}))
    assert row_of(session, letter.public_id).content_sealed is not None
    sweep(session, Remembering(), SweepWork(session, at=AT + KEPT_FOR + timedelta(seconds=1)))
    assert row_of(session, letter.public_id).content_sealed is None


def test_a_queue_whose_key_is_lost_says_so_and_goes_on(session: Session) -> None:
    letter = queued(session, TO[0])
    answer = post_due_letters(SweepWork(session), Keyring(["z" * 40]), Remembering(), SENDER)
    assert answer == {"sent": 0, "not_sent": 1}
    row = row_of(session, letter.public_id)
    assert (row.state, row.fault) == (LetterState.FAILED, "wrong-key")


@pytest.mark.parametrize("to", ["a@vidu.vn\r\nBcc: ke@vidu.vn", "thư@vidu.vn", "không phải địa chỉ"])
def test_an_address_no_header_takes_fails_alone(session: Session, to: str) -> None:
    wrong, right = queued(session, to), queued(session, TO[1])
    transport = Remembering()
    assert sweep(session, transport) == {"sent": 1, "not_sent": 1}
    assert [str(one["To"]) for one in transport.taken] == [TO[1]]
    assert row_of(session, wrong.public_id).fault == "address"
    assert row_of(session, right.public_id).state is LetterState.SENT


def test_the_table_holds_nothing_personal_in_the_clear(session: Session) -> None:
    canary = "chim-hoang-yen@vidu.vn"
    queued(session, canary)
    for table in ("mail_outbox", "mail_suppression"):
        shown = shown_rows(session, table)
        assert "chim-hoang-yen" not in shown
        assert "Chào bạn" not in shown
    assert waiting_letters(session)[-1].to == canary  # the control: it is there, sealed
