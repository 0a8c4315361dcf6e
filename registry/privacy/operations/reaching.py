"""Where a letter about somebody's data goes: to their account, else to the address of the record. Changes nothing."""

from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from registry.accounts.models import Account, AccountState
from registry.consents.models import Consent, Notice
from registry.people.models import Person
from registry.people.operations.invitations import address_of
from registry.web.installation import installation

_LANGUAGES = ("vi", "en")


@dataclass(frozen=True)
class Office:
    """What letters say of their sender: its name, and the public address of the product without a stroke at the end."""

    name: str
    public_url: str

    @classmethod
    def of(cls, session: Session, public_url: str) -> "Office":
        """The office of this installation."""
        return cls(installation(session).tenant.name, public_url.rstrip("/"))

    def values(self) -> dict[str, str | int]:
        """The values that every letter needs."""
        return {"office": self.name, "home": f"{self.public_url}/"}


@dataclass(frozen=True)
class Reach:
    """How somebody is reached: an address or none, their account's public id or "", the language they read."""

    email: str | None
    account: str
    language: str

    @property
    def is_possible(self) -> bool:
        """Whether there is a letter or a page that tells them."""
        return self.email is not None or bool(self.account)


def reach_of(session: Session, person: Person) -> Reach:
    """How a person is reached."""
    account = None if person.account_id is None else session.get(Account, person.account_id)
    language = language_of(session, person)
    if account is not None and account.state is AccountState.ACTIVE:
        return Reach(account.email, account.public_id, language)
    return Reach(address_of(session, person), "", language)


def language_of(session: Session, person: Person) -> str:
    """The language of the notice the person agreed to last; Vietnamese when there is none."""
    found = session.scalar(
        select(Notice.language)
        .join(Consent, Consent.notice_id == Notice.id)
        .where(Consent.person_id == person.id)
        .order_by(Consent.given_at.desc(), Consent.id.desc())
        .limit(1)
    )
    return found if found in _LANGUAGES else "vi"
