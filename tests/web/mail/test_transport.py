"""Letters on their way: a real server on this machine with all its moods, and the folder where there is none."""

import os
import re
import socket
import ssl
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import AuthResult
from sqlalchemy.orm import Session

from registry.config import MailServer
from registry.mail import transport as transports
from registry.mail.delivered import delivered_letter, delivered_letters
from registry.mail.letters import Written
from registry.mail.messages import message_of
from registry.mail.posting import post_due_letters
from registry.mail.rules import Ending, Outcome, pause_after
from registry.mail.transport import FolderTransport, SmtpTransport
from tests.factories.letters import AT, SweepWork, queued

ID = "0123456789abcdefghjkmnpqrs"
MADE = datetime(2026, 11, 25, 2, 0, tzinfo=UTC)


def letter(to: str = "a@vidu.vn", subject: str = "Đặt mật khẩu mới") -> Any:
    written = Written(subject, "Chào bạn,\n\nMở đường dẫn.\n")
    return message_of(written, public_id=ID, sender="Sở <so@vidu.vn>", to=to, language="vi", made_at=MADE)


@dataclass
class Sink:
    """A mail server that keeps what it takes and answers as it is told, by command."""

    answers: dict[str, str] = field(default_factory=dict[str, str])
    taken: list[Any] = field(default_factory=list[Any])
    greetings: list[str] = field(default_factory=list[str])

    async def handle_EHLO(  # noqa: N802 - the library's name
        self, _server: Any, session: Any, _envelope: Any, hostname: str, responses: list[str]
    ) -> list[str]:
        session.host_name = hostname
        self.greetings.append(hostname)
        return responses

    async def handle_MAIL(  # noqa: N802
        self, _server: Any, _session: Any, envelope: Any, address: str, _options: Any
    ) -> str:
        if "MAIL" not in self.answers:
            envelope.mail_from = address
        return self.answers.get("MAIL", "250 ok")

    async def handle_RCPT(  # noqa: N802
        self, _server: Any, _session: Any, envelope: Any, address: str, _options: Any
    ) -> str:
        if "RCPT" not in self.answers:
            envelope.rcpt_tos.append(address)
        return self.answers.get("RCPT", "250 ok")

    async def handle_DATA(self, server: Any, _session: Any, envelope: Any) -> str:  # noqa: N802
        if self.answers.get("DATA") == "drop":
            self.taken.append(envelope)
            server.transport.abort()
            return "250 ok"
        if "DATA" not in self.answers:
            self.taken.append(envelope)
        return self.answers.get("DATA", "250 ok")


Open = Callable[..., MailServer]


@pytest.fixture
def sink() -> Sink:
    return Sink()


@pytest.fixture
def opened(sink: Sink) -> Iterator[Open]:
    """Starts the sink; stopped after the test."""
    running: list[Any] = []

    def start(**options: Any) -> MailServer:
        controller: Any = Controller(sink, hostname="127.0.0.1", port=free_port(), **options)
        controller.start()
        running.append(controller)
        return MailServer("127.0.0.1", controller.port, "", "", False, False)

    yield start
    for one in running:
        one.stop()


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def test_a_server_takes_letters_over_one_connection(sink: Sink, opened: Open) -> None:
    sent = SmtpTransport(opened(), "vidu.vn")
    for to in ("a@vidu.vn", "b@vidu.vn"):
        assert sent.hand_over(letter(to), ID) == Outcome(Ending.SENT)
    sent.close()
    sent.close()
    assert [one.rcpt_tos for one in sink.taken] == [["a@vidu.vn"], ["b@vidu.vn"]]
    assert sink.greetings == ["vidu.vn"]
    assert sink.taken[0].mail_from == "so@vidu.vn"
    assert f"Message-ID: <{ID}@vidu.vn>".encode() in sink.taken[0].content


@pytest.mark.parametrize(
    ("command", "answer", "outcome"),
    [
        ("RCPT", "450 4.2.0 greylisted", Outcome(Ending.LATER, "smtp-450")),
        ("RCPT", "550 5.1.1 no such user", Outcome(Ending.ADDRESS_REFUSED, "smtp-550")),
        ("RCPT", "550 5.7.1 relaying denied", Outcome(Ending.REFUSED, "smtp-550")),
        ("MAIL", "550 5.7.1 not you", Outcome(Ending.OFFICE_AWAY, "smtp-550")),
        ("DATA", "554 5.6.0 refused", Outcome(Ending.REFUSED, "smtp-554")),
        ("DATA", "451 4.3.0 later", Outcome(Ending.LATER, "smtp-451")),
    ],
)
def test_a_servers_answer_says_what_becomes_of_a_letter(
    sink: Sink, opened: Open, command: str, answer: str, outcome: Outcome
) -> None:
    sent = SmtpTransport(opened(), "vidu.vn")
    sink.answers[command] = answer
    assert sent.hand_over(letter(), ID) == outcome
    assert sink.taken == []
    sink.answers.clear()
    assert sent.hand_over(letter(), ID) == Outcome(Ending.SENT)
    sent.close()


def test_a_server_that_takes_a_letter_and_hangs_up_gets_it_again(sink: Sink, opened: Open) -> None:
    sent = SmtpTransport(opened(), "vidu.vn")
    sink.answers["DATA"] = "drop"
    assert sent.hand_over(letter(), ID) == Outcome(Ending.LATER, "dropped")
    sink.answers.clear()
    assert sent.hand_over(letter(), ID) == Outcome(Ending.SENT)
    sent.close()
    ids = [line for one in sink.taken for line in one.content.splitlines() if line.startswith(b"Message-ID")]
    assert len(ids) == 2
    assert len(set(ids)) == 1


def test_a_server_that_is_down_is_away() -> None:
    sent = SmtpTransport(MailServer("127.0.0.1", free_port(), "", "", False, False), "vidu.vn")
    assert sent.hand_over(letter(), ID) == Outcome(Ending.OFFICE_AWAY, "unreachable")
    sent.close()


def test_a_server_that_says_nothing_is_given_up(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(transports, "_SMTP_SECONDS", 0.2)
    with socket.create_server(("127.0.0.1", 0)) as silent:
        server = MailServer("127.0.0.1", silent.getsockname()[1], "", "", False, False)
        assert SmtpTransport(server, "vidu.vn").hand_over(letter(), ID) == Outcome(
            Ending.OFFICE_AWAY, "timeout"
        )


@pytest.mark.parametrize(("greeting", "fault"), [(b"554 go away\r\n", "smtp-554"), (b"", "dropped")])
def test_a_server_that_turns_us_away_is_away(greeting: bytes, fault: str) -> None:
    with socket.create_server(("127.0.0.1", 0)) as rude:

        def answer() -> None:
            talking, _address = rude.accept()
            talking.sendall(greeting)
            talking.close()

        thread = threading.Thread(target=answer)
        thread.start()
        server = MailServer("127.0.0.1", rude.getsockname()[1], "", "", False, False)
        assert SmtpTransport(server, "vidu.vn").hand_over(letter(), ID) == Outcome(Ending.OFFICE_AWAY, fault)
        thread.join(10)


def test_a_server_without_tls_gets_no_letter_where_tls_is_asked_for(sink: Sink, opened: Open) -> None:
    plain = opened()
    starting = MailServer(plain.host, plain.port, "", "", False, True)
    assert SmtpTransport(starting, "vidu.vn").hand_over(letter(), ID) == Outcome(Ending.OFFICE_AWAY, "smtp")
    assert sink.taken == []


def test_a_server_that_cannot_prove_who_it_is_gets_no_letter(
    sink: Sink, opened: Open, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The certificate is nobody's: trust is not switched off."""
    contexts: list[ssl.SSLContext] = []
    make = ssl.create_default_context

    def kept() -> ssl.SSLContext:
        contexts.append(make())
        return contexts[-1]

    monkeypatch.setattr(ssl, "create_default_context", kept)
    plain = opened()
    over_tls = MailServer(plain.host, plain.port, "", "", True, False)
    monkeypatch.setattr(transports, "_SMTP_SECONDS", 0.5)
    outcome = SmtpTransport(over_tls, "vidu.vn").hand_over(letter(), ID)
    assert outcome.ending is Ending.OFFICE_AWAY
    assert outcome.fault in {"tls", "timeout"}
    assert [(one.verify_mode, one.check_hostname) for one in contexts] == [(ssl.CERT_REQUIRED, True)]
    assert sink.taken == []


@pytest.mark.filterwarnings("ignore:Requiring AUTH")  # the sink would rather have TLS
@pytest.mark.parametrize(("password", "outcome"), [("dung", Ending.SENT), ("sai", Ending.OFFICE_AWAY)])
def test_a_server_may_ask_who_we_are(opened: Open, password: str, outcome: Ending) -> None:
    def knows(_server: Any, _session: Any, _envelope: Any, _mechanism: str, data: Any) -> AuthResult:
        return AuthResult(success=(data.login, data.password) == (b"ban", b"dung"), handled=False)

    asks = opened(authenticator=knows, auth_required=True, auth_require_tls=False)
    server = MailServer(asks.host, asks.port, "ban", password, False, False)
    sent = SmtpTransport(server, "vidu.vn")
    assert sent.hand_over(letter(), ID).ending is outcome
    sent.close()


def test_without_a_server_a_letter_is_a_file_for_its_owner_only(tmp_path: Path) -> None:
    folder = tmp_path / "mail"
    sent = FolderTransport(folder)
    assert sent.hand_over(letter(), ID) == Outcome(Ending.SENT)
    assert sent.hand_over(letter(), ID) == Outcome(Ending.SENT)
    sent.close()
    assert [one.name for one in folder.iterdir()] == [f"{ID}.eml"]
    assert folder.stat().st_mode & 0o777 == 0o700
    assert (folder / f"{ID}.eml").stat().st_mode & 0o777 == 0o600


def test_a_folder_that_cannot_be_written_to_is_away(tmp_path: Path) -> None:
    (tmp_path / "mail").write_text("a file where the folder should be")
    outcome = FolderTransport(tmp_path / "mail").hand_over(letter(), ID)
    assert outcome == Outcome(Ending.OFFICE_AWAY, "folder")


def test_letters_in_the_folder_are_read_as_they_would_arrive(tmp_path: Path) -> None:
    assert delivered_letters(tmp_path / "mail") == []
    sent = FolderTransport(tmp_path / "mail")
    other = "z" + ID[1:]
    sent.hand_over(letter(subject="Cũ"), ID)
    sent.hand_over(letter("b@vidu.vn", "Mới"), other)
    os.utime(tmp_path / "mail" / f"{ID}.eml", (1_000, 1_000))
    (tmp_path / "mail" / "la.eml").write_text("Subject: x\n\ny")
    found = delivered_letters(tmp_path / "mail")
    assert [(one.subject, one.to) for one in found] == [("Mới", "b@vidu.vn"), ("Cũ", "a@vidu.vn")]
    one = delivered_letter(tmp_path / "mail", ID)
    assert one is not None
    assert (one.body.replace("\r\n", "\n"), one.language) == ("Chào bạn,\n\nMở đường dẫn.\n", "vi")
    for made_up in ("la", "../registry", "x" * 26, ""):
        assert delivered_letter(tmp_path / "mail", made_up) is None


def test_letters_wait_while_the_server_is_down_and_go_when_it_is_up(
    session: Session, sink: Sink, opened: Open
) -> None:
    """The whole way, from the queue to a mailbox: nothing lost, nothing doubled."""
    rows = [queued(session, f"n{number}@vidu.vn") for number in range(3)]
    down = SmtpTransport(MailServer("127.0.0.1", free_port(), "", "", False, False), "vidu.vn")
    keyring = session.info["keyring"]
    assert post_due_letters(SweepWork(session), keyring, down, "so@vidu.vn") == {"sent": 0, "not_sent": 1}
    later = SweepWork(session, at=AT + pause_after(1, 1))
    up = SmtpTransport(opened(), "vidu.vn")
    assert post_due_letters(later, keyring, up, "so@vidu.vn") == {"sent": 3, "not_sent": 0}
    got = sorted(re.findall(rb"Message-ID: <([0-9a-z]+)@", b"".join(one.content for one in sink.taken)))
    assert got == sorted(row.public_id.encode() for row in rows)
    assert post_due_letters(later, keyring, up, "so@vidu.vn") == {"sent": 0, "not_sent": 0}
