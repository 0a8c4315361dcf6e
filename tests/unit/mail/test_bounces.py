"""Reports of delivery: which address failed for good, and which letter of ours it was."""

import pytest

from registry.mail.bounces import Bounce, read_bounces

LETTER = "0123456789abcdefghjkmnpqrs"


def report(
    action: str = "failed", status: str = "5.1.1", kind: str = "message/rfc822", told: str = ""
) -> bytes:
    return f"""\
From: MAILER-DAEMON@vidu.vn
To: so@vidu.vn
Subject: Undelivered Mail Returned to Sender
MIME-Version: 1.0
Message-ID: <x@vidu.vn>
Content-Type: multipart/report; report-type=delivery-status; boundary="b"

--b
Content-Type: text/plain

Không có người này: ke@xau.vn
--b
Content-Type: message/delivery-status

Reporting-MTA: dns; vidu.vn

{told or "Final-Recipient: rfc822; A@vidu.vn"}
Action: {action}
Status: {status}

--b
Content-Type: {kind}

From: so@vidu.vn
Message-ID: <{LETTER}@vidu.vn>
Subject: x

y
--b--
""".encode()


def test_an_address_that_failed_for_good_is_found_with_its_letter() -> None:
    assert read_bounces(report()) == [Bounce("A@vidu.vn", LETTER, "5.1.1")]
    assert read_bounces(report(kind="text/rfc822-headers")) == [Bounce("A@vidu.vn", LETTER, "5.1.1")]


@pytest.mark.parametrize(
    ("action", "status"), [("delayed", "4.4.1"), ("failed", "4.2.2"), ("delivered", "2.0.0")]
)
def test_what_may_still_arrive_is_no_bounce(action: str, status: str) -> None:
    assert read_bounces(report(action, status)) == []


@pytest.mark.parametrize("content", [b"", b"From: a\n\nb@c.vn 550", b"\xff\xfe\x00", report(told="X: y")])
def test_what_is_no_report_or_names_nobody_says_nothing(content: bytes) -> None:
    assert read_bounces(content) == []


def test_a_letter_of_somebody_else_is_none_of_ours() -> None:
    strange = report().replace(LETTER.encode(), b"abc")
    assert read_bounces(strange) == [Bounce("A@vidu.vn", "", "5.1.1")]
