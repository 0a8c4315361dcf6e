"""A need, an anonymous person with an account of their own, and the officer of the need: who may have to do with each
other."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from registry.accounts.models import Account
from registry.accounts.rules import Role
from registry.introductions.models import RevealRequest
from registry.introductions.operations import Papers, ask_reveal, papers_of
from registry.introductions.operations.work import closing
from registry.needs.models import Need
from registry.needs.rules import NeedState
from registry.people.models import Person
from tests.factories import needs as make_needs
from tests.factories.accounts import account
from tests.factories.candidates import candidate
from tests.factories.letters import SweepWork
from tests.factories.people import ANONYMOUS, AT

PAPERS: Papers = papers_of("https://nhanluc.vidu.vn", "Sở Nội vụ Lai Châu")
NAME = "Sùng Thị Dở"


@dataclass(frozen=True)
class Meeting:
    """The three; the person's record is kept by Lai Châu, where the need is."""

    need: Need
    person: Person
    own: Account
    officer: Account

    @property
    def pair(self) -> str:
        """The officer's page of both."""
        return f"/nhu-cau/{self.need.public_id}/gioi-thieu/{self.person.public_id}"


def meeting(session: Session, name: str = NAME, consents: Any = ANONYMOUS, **traits: Any) -> Meeting:
    """Somebody anonymous who knows AI (IT15), and an open need that asks for it."""
    need = need_of(session)
    person = candidate(session, name, ("IT15", 4), consents=consents, **traits)
    own = account(session, Role.CANDIDATE, "", name=name)
    person.account_id = own.id
    officer = account(session, Role.OFFICER, "VN/12/", name="Lò Thị Hạnh")
    session.commit()
    return Meeting(need, person, own, officer)


def closed_by_job(session: Session, at: datetime) -> int:
    """What the job writes down on a day; how many rows."""
    run: Any = SweepWork(session, at)
    ended: Any = closing(lambda _session: PAPERS)(run)
    return int(ended["closed"])


def need_of(session: Session, title: str = "Kỹ sư trí tuệ nhân tạo", **parts: Any) -> Need:
    """An open need of Lai Châu that asks for AI."""
    skills = [make_needs.skill(session, "IT15", 3, is_essential=True)]
    return make_needs.need(session, title, state=NeedState.OPEN, skills=skills, **parts)


def asked(session: Session, met: Meeting, *, at: datetime = AT, need: Need | None = None) -> RevealRequest:
    """A request of the officer that waits."""
    request = ask_reveal(
        session,
        met.person,
        need or met.need,
        PAPERS,
        reason="Mời phỏng vấn vòng một",
        by=met.officer.id,
        at=at,
    )
    session.commit()
    return request
