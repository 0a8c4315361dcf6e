"""Letters for tests: what lies in the queue in the clear, a worker without jobs, a transport that only remembers."""

import json
import re
from collections.abc import Callable, Generator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from email.message import EmailMessage
from typing import Any

from sqlalchemy import select, text
from sqlalchemy.orm import Session

from registry.db.keys import keyring_of
from registry.mail.models import MailOutbox
from registry.mail.operations import content_place, queue_letter, recipient_place
from registry.mail.rules import Ending, Letter, Outcome

AT = datetime(2026, 11, 25, 2, 0, tzinfo=UTC)
OFFICE = "Sở Nội vụ Lai Châu"
HOME = "http://127.0.0.1:8000/"
VALUES: dict[str, str | int] = {
    "office": OFFICE,
    "home": HOME,
    "sign_in": f"{HOME}dang-nhap",
    "register": f"{HOME}dang-ky/tai-khoan",
    "forgot": f"{HOME}quen-mat-khau",
    "link": f"{HOME}quen-mat-khau/abc",
    "code": "012345",
    "day": "29/02/2028",
    "own": f"{HOME}toi/yeu-cau",
    "rights": f"{HOME}toi/yeu-cau",
    "requests": f"{HOME}toi/yeu-cau-xem",
    "conversations": f"{HOME}toi/trao-doi",
    "grants": f"{HOME}toi/ho-tro",
    "candidacies": f"{HOME}toi/ung-tuyen",
    "opinions": f"{HOME}toi/phan-bien",
    "tasks": f"{HOME}chuong-trinh/viec",
    "left": "còn không quá 24 giờ",
    "happened": "28/02/2028 22:00",
    "discovered": "29/02/2028 08:00",
    "due": "03/03/2028 08:00",
    "what": "Một tệp xuất bị gửi nhầm",
    "kinds": "Họ tên, số điện thoại",
    "harm": "Có thể bị gọi lừa",
    "measures": "Đã thu hồi tệp",
    "minutes": 60,
    "days": 14,
}


@dataclass(frozen=True)
class Waiting:
    """A letter of the queue in the clear."""

    row: MailOutbox
    to: str
    subject: str
    body: str

    @property
    def kind(self) -> str:
        return self.row.kind

    @property
    def code(self) -> str:
        """The code in it."""
        found = re.search(r"\b[0-9]{6}\b", self.body)
        assert found, self.body
        return found[0]

    def path(self, begins: str) -> str:
        """The path of the link in it that begins so."""
        found = re.search(rf"https?://[^/\s]+({re.escape(begins)}[^\s]*)", self.body)
        assert found, self.body
        return found[1]


def waiting_letters(session: Session, kind: str | None = None) -> list[Waiting]:
    """The letters whose words are still there, oldest first."""
    keyring, found = keyring_of(session), list[Waiting]()
    for row in session.scalars(select(MailOutbox).order_by(MailOutbox.id)):
        if row.content_sealed is None or row.recipient_sealed is None or kind not in (None, row.kind):
            continue
        subject, body, *_stop = json.loads(keyring.open(row.content_sealed, content_place(row.public_id)))
        to = keyring.open(row.recipient_sealed, recipient_place(row.public_id))
        found.append(Waiting(row, to, subject, body))
    return found


def the_letter(session: Session, kind: str) -> Waiting:
    """The newest letter of a kind."""
    return waiting_letters(session, kind)[-1]


def queued(session: Session, to: str, *, kind: str = "no_account", at: datetime = AT) -> MailOutbox:
    """A letter in the queue, committed."""
    row = queue_letter(session, Letter(kind, "vi", to, VALUES), at=at)
    session.commit()
    return row


def shown_rows(session: Session, table: str) -> str:
    """Everything in a table as text, sealed bytes as they are."""
    rows: Any = session.execute(text(f"SELECT * FROM {table}"))  # noqa: S608 - names of ours
    values: list[Any] = [value for row in rows for value in row]
    return repr([value.tobytes() if hasattr(value, "tobytes") else value for value in values])


class Killed(BaseException):
    """The process ends here: nothing after it runs, not even what catches errors."""


@dataclass
class Line:
    """Where a process may be killed: it dies at the n-th point it passes, or never."""

    dies_at: int = 0
    passed: int = 0

    def point(self) -> None:
        """One more point is passed, unless this is where it ends."""
        self.passed += 1
        if self.passed == self.dies_at:
            raise Killed


@dataclass
class SweepWork:
    """The short transactions a job gives its handler, over the session of a test."""

    session: Session
    at: datetime = AT
    line: Line = field(default_factory=Line)

    @property
    def clock(self) -> Callable[[], datetime]:
        return lambda: self.at

    @contextmanager
    def step(self) -> Generator[Session, None, None]:
        """Commit when the block ends well; killed before, inside or after, as the line says."""
        try:
            self.line.point()
            yield self.session
            self.line.point()
            self.session.commit()
        except BaseException:
            self.session.rollback()
            raise
        self.line.point()


@dataclass
class Remembering:
    """A transport that takes everything, or what it is told to answer, and may be killed around it."""

    line: Line = field(default_factory=Line)
    answers: dict[str, Outcome] = field(default_factory=dict[str, Outcome])
    taken: list[EmailMessage] = field(default_factory=list[EmailMessage])
    is_closed: bool = False

    def hand_over(self, message: EmailMessage, public_id: str) -> Outcome:  # noqa: ARG002 - a folder needs it
        """Take it, unless told otherwise."""
        self.line.point()
        outcome = self.answers.get(str(message["To"]), Outcome(Ending.SENT))
        if outcome.ending is Ending.SENT:
            self.taken.append(message)
        self.line.point()
        return outcome

    def close(self) -> None:
        """Remember that it was let go."""
        self.is_closed = True
