"""The words of letters, their headers, and when one is tried again."""

from datetime import UTC, datetime, timedelta
from email import policy
from email.parser import BytesParser
from typing import Any

import pytest
from jinja2 import UndefinedError

from registry.accounts.views.mail_queue import KIND_WORDS
from registry.mail.letters import LANGUAGES, OFFICE_KINDS, Written, letter_kinds, write_letter
from registry.mail.messages import message_of
from registry.mail.rules import (
    LONGEST_PAUSE,
    MOST_ATTEMPTS,
    Ending,
    Outcome,
    clean_lines,
    one_line,
    pause_after,
    refusal_of,
)
from tests.factories.letters import OFFICE, VALUES

MADE = datetime(2026, 11, 25, 2, 0, tzinfo=UTC)


def message(subject: str = "Tiêu đề", to: str = "a@vidu.vn", sender: str = "Sở Nội vụ <so@vidu.vn>") -> Any:
    written = Written(subject, "Dòng một\nDòng hai\n")
    made = message_of(written, public_id="x" * 26, sender=sender, to=to, language="vi", made_at=MADE)
    parser: Any = BytesParser(policy=policy.default)
    return parser.parsebytes(made.as_bytes())


def test_every_kind_of_letter_is_written_in_every_language() -> None:
    kinds = letter_kinds()
    assert len(kinds) >= 11
    for kind in sorted(kinds):
        for language in LANGUAGES:
            written = write_letter(kind, language, VALUES)
            assert 10 < len(written.subject) < 80, (kind, language)
            assert OFFICE in written.body
            assert written.body.startswith("Chào bạn," if language == "vi" else "Hello,"), (kind, language)
            assert "{" not in written.body


def test_every_kind_of_letter_has_a_name_on_the_queue_page() -> None:
    assert set(KIND_WORDS) == letter_kinds() | OFFICE_KINDS


def test_a_letter_nobody_wrote_or_without_its_values_is_refused() -> None:
    with pytest.raises(LookupError):
        write_letter("la_lung", "vi", VALUES)
    with pytest.raises(LookupError):
        write_letter("_foot", "vi", VALUES)
    with pytest.raises(LookupError):
        write_letter("../../accounts/sign_in", "vi", VALUES)
    with pytest.raises(UndefinedError):
        write_letter("no_account", "vi", {"office": OFFICE})


def test_values_are_neither_escaped_nor_taken_for_more_than_values() -> None:
    office = "Sở <b>Nội vụ</b> & {{ config }} {% raw %}"
    written = write_letter("no_account", "vi", {**VALUES, "office": office})
    assert office in written.body


def test_a_value_with_line_ends_stays_on_its_line() -> None:
    written = write_letter(
        "no_account", "vi", {**VALUES, "office": "Sở\r\nBcc: kẻ@vidu.vn\n\nThân\x00\u2028mới"}
    )
    assert "Sở Bcc: kẻ@vidu.vn Thân mới" in written.body.splitlines()


@pytest.mark.parametrize("ending", ["\r\n", "\n", "\r", "\x0b", "\x0c", "\x85", "\u2028", "\u2029", "\x00"])
def test_nothing_adds_a_header(ending: str) -> None:
    found = message(subject=f"Tiêu đề{ending}Bcc: ke@vidu.vn", sender=f"Sở{ending}Bcc: x <so@vidu.vn>")
    assert found["Bcc"] is None
    assert found["Subject"] == "Tiêu đề Bcc: ke@vidu.vn"
    assert len(found.keys()) == len(set(found.keys()))
    with pytest.raises(ValueError):  # noqa: PT011 - the library words it in several ways
        message(to=f"a@vidu.vn{ending}Bcc: ke@vidu.vn")


def test_a_letter_says_that_a_machine_wrote_it_and_keeps_its_id() -> None:
    found = message()
    assert found["Auto-Submitted"] == "auto-generated"
    assert found["Message-ID"] == f"<{'x' * 26}@vidu.vn>"
    assert (found["From"], found["To"]) == ("Sở Nội vụ <so@vidu.vn>", "a@vidu.vn")
    assert found.get_content_type() == "text/plain"
    assert found.get_content().replace("\r\n", "\n") == "Dòng một\nDòng hai\n"


def test_a_letter_that_can_be_stopped_says_where_in_one_piece() -> None:
    address = f"https://vidu.vn/thu/dung/{'a1B2' * 40}"
    made = message_of(
        Written("Tiêu đề " * 30, "Dòng"),
        public_id="x" * 26,
        sender="so@vidu.vn",
        to="a@vidu.vn",
        language="vi",
        made_at=MADE,
        unsubscribe=address,
    )
    lines = made.as_bytes().split(b"\r\n")
    assert f"List-Unsubscribe: <{address}>".encode() in lines
    assert b"List-Unsubscribe-Post: List-Unsubscribe=One-Click" in lines
    assert message()["List-Unsubscribe"] is None


def test_words_of_an_office_stay_lines_and_lose_what_does_not_show() -> None:
    assert (
        clean_lines("Chào bạn,\r\n\r\nMời về\u202e\x00quê. \rThân\n\n") == "Chào bạn,\n\nMời về  quê.\nThân\n"
    )


def test_lines_of_a_message_are_short_whatever_is_in_it() -> None:
    written = Written("Tiêu đề " * 30, "đường dẫn " * 300)
    made = message_of(
        written, public_id="x" * 26, sender="so@vidu.vn", to="a@vidu.vn", language="vi", made_at=MADE
    )
    assert max(len(line) for line in made.as_bytes().splitlines()) <= 998


def test_pauses_grow_and_end_at_three_hours() -> None:
    pauses = [pause_after(number) for number in range(1, MOST_ATTEMPTS)]
    assert pauses[:3] == [timedelta(seconds=30), timedelta(minutes=1), timedelta(minutes=2)]
    assert max(pauses) == LONGEST_PAUSE
    assert timedelta(days=1) < sum(pauses, timedelta(0)) < timedelta(days=3)


@pytest.mark.parametrize(
    ("code", "words", "outcome"),
    [
        (450, b"4.2.0 greylisted", Outcome(Ending.LATER, "smtp-450")),
        (550, b"5.1.1 no such user", Outcome(Ending.ADDRESS_REFUSED, "smtp-550")),
        (552, b"mailbox full", Outcome(Ending.ADDRESS_REFUSED, "smtp-552")),
        (550, b"5.7.1 relaying denied", Outcome(Ending.REFUSED, "smtp-550")),
        (999, b"", Outcome(Ending.LATER, "smtp")),
    ],
)
def test_what_a_server_answers_about_an_address(code: int, words: bytes, outcome: Outcome) -> None:
    assert refusal_of(code, words) == outcome


def test_one_line_is_one_line() -> None:
    assert one_line("  a\tb\r\n c\u202ed ") == "a b c d"
    assert one_line(60) == "60"
