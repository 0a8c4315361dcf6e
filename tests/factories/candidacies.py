"""A candidacy with its people: who is considered, for which need, by whom."""

from dataclasses import dataclass
from typing import Any

from sqlalchemy.orm import Session

from registry.accounts.models import Account
from registry.accounts.rules import Role
from registry.candidacies.models import Candidacy
from registry.candidacies.operations import decide, move, open_candidacy
from registry.candidacies.rules import DecisionKind, Outcome, Source, Stage
from registry.needs.models import Need
from registry.people.models import Person
from tests.factories.accounts import account
from tests.factories.introductions import meeting, need_of
from tests.factories.people import AT, NAMED


@dataclass(frozen=True)
class Considered:
    """Somebody with an account, considered for a need of Lai Châu by one of its officers."""

    candidacy: Candidacy
    need: Need
    person: Person
    own: Account
    officer: Account

    @property
    def page(self) -> str:
        """The officers' page."""
        return f"/ung-tuyen/{self.candidacy.public_id}"


def considered(session: Session, *, source: Source = Source.OFFICER, consents: Any = NAMED) -> Considered:
    """The person is suggested and knows nothing, unless the source says otherwise."""
    met = meeting(session, consents=consents)
    one = open_candidacy(session, met.person, met.need, source=source, by=met.officer.id, at=AT)
    session.commit()
    return Considered(one, met.need, met.person, met.own, met.officer)


def other_officer(session: Session) -> Account:
    """A second officer of the place."""
    made = account(session, Role.OFFICER, "VN/12/", name="Vàng A Páo")
    session.commit()
    return made


def selected(session: Session, one: Candidacy, by: int) -> None:
    """Referred, selected and ready to sign."""
    for kind, outcome in (
        (DecisionKind.REFERRAL, Outcome.REFERRED),
        (DecisionKind.SELECTION, Outcome.SELECTED),
    ):
        decide(session, one, kind, outcome, reason="meets_need", words="", shared=False, by=by, at=AT)
    move(session, one, Stage.ACCEPTED, by=by, at=AT)
    session.commit()


def second(session: Session, met: Considered, title: str = "Chuyên viên dữ liệu") -> Candidacy:
    """Another open candidacy of the same person, ready to sign as the first may be."""
    need = need_of(session, title)
    one = open_candidacy(session, met.person, need, source=Source.OFFICER, by=met.officer.id, at=AT)
    session.commit()
    return one
