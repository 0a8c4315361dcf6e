"""Registering an account: asked for by anybody, made once the address is confirmed. Flush, never commit."""

import json
from contextlib import suppress
from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

from sqlalchemy import select
from sqlalchemy.orm import Session

from registry.accounts.models import Account, SingleUseLink
from registry.accounts.operations.accounts import EmailTaken, RoleHeld, create_account, grant_role
from registry.accounts.operations.letters import LetterPaper, write_to
from registry.accounts.operations.links import end_links_to, issue_link, payload_of, use_link
from registry.accounts.queries import account_by_email
from registry.accounts.rules import EVERYWHERE, Role
from registry.accounts.rules.links import LinkEnd, LinkPurpose

_ZONE = ZoneInfo("Asia/Ho_Chi_Minh")


@dataclass(frozen=True)
class WantedAccount:
    """What somebody typed who wants an account; the password only as its hash."""

    email: str
    display_name: str
    password_hash: str


def ask_for_account(session: Session, wanted: WantedAccount, paper: LetterPaper, *, at: datetime) -> str:
    """Write to the address: a code and a link, or, where it has an account, that somebody tried and a way to a new
    password. Returns the public id of what was issued, which tells nobody which of the two it was.
    """
    known = account_by_email(session, wanted.email)
    is_new = known is None
    payload = json.dumps([wanted.email, wanted.display_name, wanted.password_hash if is_new else ""])
    link = issue_link(
        session,
        LinkPurpose.REGISTRATION if is_new else LinkPurpose.PASSWORD,
        email=wanted.email,
        at=at,
        account=known,
        payload=payload,
    )
    kind = "confirm_registration" if is_new else "address_known"
    write_to(session, paper, kind, wanted.email, at=at, account=known, link=link)
    return link.public_id


def ask_for_account_again(
    session: Session, public_id: str, paper: LetterPaper, *, at: datetime
) -> str | None:
    """The same once more, for whoever still waits for the letter; None when what was asked for is over."""
    wanted = waiting_account(session, public_id, at=at)
    return None if wanted is None else ask_for_account(session, wanted, paper, at=at)


def waiting_account(session: Session, public_id: str, *, at: datetime) -> WantedAccount | None:
    """What was typed by whoever waits for this letter, whether the address was known or not; None once it is over."""
    link = session.scalar(
        select(SingleUseLink).where(
            SingleUseLink.public_id == public_id,
            SingleUseLink.purpose.in_((LinkPurpose.REGISTRATION, LinkPurpose.PASSWORD)),
            SingleUseLink.ended_at.is_(None),
            SingleUseLink.expires_at > at,
        )
    )
    return None if link is None else wanted_account(session, link)


def wanted_account(session: Session, link: SingleUseLink) -> WantedAccount | None:
    """What was typed when this link was asked for; None when it is no longer known."""
    payload = payload_of(session, link)
    return WantedAccount(*json.loads(payload)) if payload else None


def make_wanted_account(session: Session, link: SingleUseLink, *, at: datetime) -> Account | None:
    """The account of a confirmed address, with the rights over one's own profile.

    None when the link was used meanwhile, or the address got an account in another way.
    """
    wanted = wanted_account(session, link)
    if wanted is None or not use_link(session, link, at=at):
        return None
    return make_candidate(session, wanted, at=at)


def make_candidate(session: Session, wanted: WantedAccount, *, at: datetime) -> Account | None:
    """An account for the owner of an address that is proved; None when the address has one.

    What else was sent to the address to register with it opens nothing any more.
    """
    try:
        account = create_account(
            session,
            email=wanted.email,
            display_name=wanted.display_name,
            password_hash=wanted.password_hash,
            by=None,
            at=at,
        )
    except EmailTaken:
        return None
    grant_own_profile(session, account, at=at)
    end_links_to(session, wanted.email, LinkPurpose.REGISTRATION, because=LinkEnd.REPLACED, at=at)
    return account


def grant_own_profile(session: Session, account: Account, *, at: datetime) -> None:
    """The rights over one's own profile, unless the account has them."""
    with suppress(RoleHeld):
        grant_role(session, account, Role.CANDIDATE, EVERYWHERE, by=None, starts_on=_local_day(at), at=at)


def _local_day(at: datetime) -> date:
    return at.astimezone(_ZONE).date()
