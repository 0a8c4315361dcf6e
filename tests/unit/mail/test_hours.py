"""When bulk rests, how pauses spread, and how long a server may take."""

import socket
import threading
from datetime import UTC, datetime, time, timedelta

import pytest

from registry.config import MailServer, Misconfigured
from registry.config.mail import quiet_hours_of
from registry.mail.letters import Written
from registry.mail.messages import message_of
from registry.mail.rules import LONGEST_PAUSE, Ending, Outcome, QuietHours, pause_after, spread_of
from registry.mail.transport import SmtpTransport

NIGHT = QuietHours(time(21), time(7))
DAY = datetime(2026, 11, 25, tzinfo=UTC)


@pytest.mark.parametrize(
    ("hour", "minute", "zone", "over"),
    [
        (3, 0, "", None),  # ten in the morning in Việt Nam
        (13, 59, "", None),
        (14, 0, "", DAY + timedelta(days=1)),  # nine in the evening: till seven, which is midnight UTC
        (23, 59, "", DAY + timedelta(days=1)),
        (14, 0, "America/New_York", None),
        (3, 0, "America/New_York", DAY + timedelta(hours=12)),
        (14, 0, "Không/Có", DAY + timedelta(days=1)),
        (14, 0, "../../etc/passwd", DAY + timedelta(days=1)),
    ],
)
def test_bulk_rests_by_the_clock_of_whom_it_goes_to(
    hour: int, minute: int, zone: str, over: datetime | None
) -> None:
    at = DAY.replace(hour=hour, minute=minute)
    assert NIGHT.over_at(at, zone) == over


def test_hours_within_a_day_and_none_at_all() -> None:
    noon = QuietHours(time(12), time(13, 30))
    assert noon.over_at(DAY.replace(hour=5, minute=10)) == DAY.replace(hour=6, minute=30)
    assert noon.over_at(DAY.replace(hour=6, minute=30)) is None
    assert QuietHours(time(7), time(7)).over_at(DAY) is None


def test_hours_are_read_or_refused() -> None:
    assert quiet_hours_of("21:00-07:00") == (time(21), time(7))
    assert quiet_hours_of("") is None
    for wrong in ("21:00", "đêm", "25:00-07:00", "21:00-07:00-08:00"):
        with pytest.raises(Misconfigured):
            quiet_hours_of(wrong)


def test_pauses_spread_by_a_quarter_at_most() -> None:
    assert pause_after(1, spread_of("0" * 32)) == timedelta(seconds=30)
    assert pause_after(1, spread_of("f" * 32)) == timedelta(seconds=37.5)
    assert pause_after(99, 1.0) == LONGEST_PAUSE * 1.25


def test_a_server_that_talks_on_for_ever_is_given_up() -> None:
    """It sends a byte now and then, which begins every time-out of a socket anew."""
    never, is_over = threading.Event(), threading.Event()
    with socket.create_server(("127.0.0.1", 0)) as slow:

        def talk() -> None:
            talking, _address = slow.accept()
            with talking:
                talking.sendall(b"220 vidu.vn\r\n")
                talking.recv(1_000)
                talking.sendall(b"250 vidu.vn\r\n")
                try:
                    while not is_over.is_set():
                        talking.sendall(b"2")
                        never.wait(0.05)
                except OSError:
                    return

        thread = threading.Thread(target=talk)
        thread.start()
        server = MailServer("127.0.0.1", slow.getsockname()[1], "", "", False, False)
        written = Written("Tiêu đề", "Dòng")
        message = message_of(
            written, public_id="x" * 26, sender="so@vidu.vn", to="a@vidu.vn", language="vi", made_at=DAY
        )
        sent = SmtpTransport(server, "vidu.vn", 0.3)
        assert sent.hand_over(message, "x" * 26) == Outcome(Ending.LATER, "timeout")
        is_over.set()
        thread.join(10)
        assert not thread.is_alive()
