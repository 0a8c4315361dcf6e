"""A forgotten password, and another address for an account: asked for by letter, done by its link. Never commits."""

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from registry.accounts.models import Account, AccountState, SingleUseLink
from registry.accounts.operations.accounts import change_password
from registry.accounts.operations.letters import LetterPaper, write_to
from registry.accounts.operations.links import end_links, issue_link, payload_of, use_link
from registry.accounts.queries import account_by_email
from registry.accounts.rules import folded_email
from registry.accounts.rules.links import LinkEnd, LinkPurpose
from registry.audit.operations import record


def ask_for_password(session: Session, email: str, paper: LetterPaper, *, at: datetime) -> None:
    """Write to the address: a link to a new password, or that no account in use has it. The same steps in both cases."""
    known = account_by_email(session, email)
    account = known if known is not None and known.state is AccountState.ACTIVE else None
    link = issue_link(session, LinkPurpose.PASSWORD, email=email, at=at, account=account)
    kind = "no_account" if account is None else "reset_password"
    to = email if account is None else account.email
    write_to(session, paper, kind, to, at=at, account=account, link=link)


def set_forgotten_password(
    session: Session, link: SingleUseLink, new_hash: str, paper: LetterPaper, *, at: datetime
) -> Account | None:
    """Set the password the link is good for; every sign-in ends, nobody is signed in by it.

    A second factor stays what it is. None when the link or its account is over.
    """
    account = _locked_owner(session, link)
    if account is None or not use_link(session, link, at=at):
        return None
    change_password(session, account, new_hash, by=account.id, at=at)
    write_to(session, paper, "password_changed", account.email, at=at, account=account)
    return account


def _locked_owner(session: Session, link: SingleUseLink) -> Account | None:
    """The same for who is about to change it: two links of one account are used one after the other."""
    session.execute(select(Account.id).where(Account.id == link.account_id).with_for_update()).all()
    return active_owner(session, link)


def active_owner(session: Session, link: SingleUseLink) -> Account | None:
    """The account a link belongs to, while it is in use."""
    account = (
        None if link.account_id is None else session.get(Account, link.account_id, populate_existing=True)
    )
    return account if account is not None and account.state is AccountState.ACTIVE else None


def ask_for_email(
    session: Session, account: Account, email: str, paper: LetterPaper, *, at: datetime
) -> None:
    """Write to the new address (a link, or that it has an account already), and tell the present one. The same steps
    in both cases."""
    taken = account_by_email(session, email)
    link = issue_link(
        session, LinkPurpose.EMAIL, email=email, at=at, by=account.id, account=account, payload=email
    )
    kind = "confirm_email" if taken is None else "address_wanted"
    write_to(session, paper, kind, email, at=at, account=taken or account, link=link)
    write_to(session, paper, "email_changing", account.email, at=at, account=account)


def waiting_email(session: Session, account_id: int, *, at: datetime) -> str:
    """The address an account waits to have confirmed; «» when it waits for none."""
    link = session.scalar(
        select(SingleUseLink).where(
            SingleUseLink.account_id == account_id,
            SingleUseLink.purpose == LinkPurpose.EMAIL,
            SingleUseLink.ended_at.is_(None),
            SingleUseLink.expires_at > at,
        )
    )
    return "" if link is None else payload_of(session, link)


def set_confirmed_email(
    session: Session, link: SingleUseLink, paper: LetterPaper, *, at: datetime
) -> Account | None:
    """Give the account the address the link went to, and tell the one before.

    None when the link or its account is over, or the address got another account meanwhile.
    """
    email, account = payload_of(session, link), _locked_owner(session, link)
    if not email or account is None or not use_link(session, link, at=at):
        return None
    before = account.email
    try:
        with session.begin_nested():
            account.email, account.email_folded = email, folded_email(email)
    except IntegrityError:
        session.refresh(account)
        return None
    end_links(session, account, because=LinkEnd.EMAIL_CHANGED, at=at)
    changes = {"email": (before, email)}
    about = account.public_id
    record(
        session, account.id, "account.email_changed", "account", about, changes=changes, person=about, at=at
    )
    write_to(session, paper, "email_changed", before, at=at, account=account)
    return account
