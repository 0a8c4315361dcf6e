"""An officer's invitation for somebody whose record the office entered: sent by letter, taken over by its person."""

from datetime import datetime

from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from registry.accounts import operations as accounts
from registry.accounts.models import Account, SingleUseLink
from registry.accounts.operations import LetterPaper, WantedAccount
from registry.accounts.rules import Viewer, folded_email
from registry.accounts.rules.links import LinkPurpose
from registry.people.models import Person
from registry.people.models.sealed import contact_digests, open_contact
from registry.people.operations.errors import AlreadyOwned, NoAddress
from registry.people.operations.traces import trace
from registry.people.queries import get_visible
from registry.people.rules import ContactKind


def invite_person(
    session: Session, person: Person, paper: LetterPaper, *, by: int | None, at: datetime
) -> None:
    """Write to the person's address; an earlier invitation ends. Raises AlreadyOwned or NoAddress."""
    if person.account_id is not None:
        raise AlreadyOwned
    address = address_of(session, person)
    if address is None:
        raise NoAddress
    about = person.public_id
    link = accounts.issue_link(
        session, LinkPurpose.INVITATION, email=address, at=at, by=by, subject=about, payload=address
    )
    accounts.write_to(session, paper, "profile_invitation", address, at=at, person=about, link=link)


def invite_again(session: Session, token: str, paper: LetterPaper, *, at: datetime) -> None:
    """Invite once more whoever holds this invitation, over or not, while the record is nobody's; else do nothing.

    The letter goes to the address of the record, and so often only.
    """
    link = accounts.link_of(session, LinkPurpose.INVITATION, token)
    person = (
        None if link is None else get_visible(session, Viewer.installation(), link.subject_id, on=at.date())
    )
    address = None if person is None or person.account_id is not None else address_of(session, person)
    if person is None or address is None:
        return
    if not accounts.claim_letter(session, folded_email(address), at=at):
        invite_person(session, person, paper, by=None, at=at)


def address_of(session: Session, person: Person) -> str | None:
    """The address letters to the person go to: the preferred one, else the first."""
    rows = [row for row in person.contacts if row.kind is ContactKind.EMAIL]
    rows.sort(key=lambda row: (not row.is_preferred, row.id))
    return open_contact(session, person, rows[0]) if rows else None


def is_address_of(session: Session, person: Person, address: str) -> bool:
    """Whether the person still has this address: an invitation to one that was taken away opens nothing."""
    digests = contact_digests(session, ContactKind.EMAIL, address)
    return any(row.value_digest in digests for row in person.contacts)


def make_owner(
    session: Session, link: SingleUseLink, person: Person, wanted: WantedAccount, *, at: datetime
) -> Account | None:
    """An account for the person who was invited, tied to the record; None when the link or the record is over."""
    if not accounts.use_link(session, link, at=at):
        return None
    account = accounts.make_candidate(session, wanted, at=at)
    return account if account is not None and _tie(session, person, account, at) else None


def accept_owner(
    session: Session, link: SingleUseLink, person: Person, account: Account, *, at: datetime
) -> bool:
    """Tie the record to an account its person had before; False when the link or the record is over, or the account
    belongs to another record."""
    if not accounts.use_link(session, link, at=at):
        return False
    accounts.grant_own_profile(session, account, at=at)
    return _tie(session, person, account, at)


def _tie(session: Session, person: Person, account: Account, at: datetime) -> bool:
    if person.account_id is not None:
        return False
    try:
        with session.begin_nested():
            person.account_id = account.id
    except IntegrityError:
        session.refresh(person)
        return False
    trace(session, person, "person.taken_over", by=account.id, at=at)
    return True
