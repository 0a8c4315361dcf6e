"""Identities at an OpenID provider: linked to an account once that account is proved, unlinked. Never commits."""

from datetime import datetime

from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from registry.accounts.models import Account, LinkedIdentity
from registry.accounts.operations.alerts import raise_alert
from registry.accounts.operations.letters import LetterPaper, write_to
from registry.accounts.operations.links import issue_link
from registry.accounts.queries import SUBJECT_PURPOSE, linked_identity
from registry.accounts.rules.links import LinkPurpose
from registry.accounts.rules.sign_on import Identity
from registry.audit.operations import record
from registry.db.keys import keyring_of

ALERT_LINKED = "identity.linked"


class IdentityTaken(Exception):
    """The identity opens another account already, or the account is linked to another identity of this provider."""


def link_identity(
    session: Session, account: Account, identity: Identity, *, by: int, at: datetime
) -> LinkedIdentity:
    """From now on the identity opens the account; its owner is told. Raises IdentityTaken."""
    if linked_identity(session, identity.issuer, identity.subject) is not None:
        raise IdentityTaken
    kept = LinkedIdentity(
        account_id=account.id,
        issuer=identity.issuer,
        subject_digest=keyring_of(session).digest(f"{identity.issuer}\0{identity.subject}", SUBJECT_PURPOSE),
        linked_at=at,
        last_used_at=at,
    )
    try:
        with session.begin_nested():
            session.add(kept)
    except IntegrityError as error:
        raise IdentityTaken from error
    detail = {"issuer": identity.issuer}
    record(session, by, "identity.linked", "account", account.public_id, detail=detail, at=at)
    subject = ("account", account.public_id)
    raise_alert(session, account.id, ALERT_LINKED, subject=subject, about=kept.public_id, detail={}, at=at)
    return kept


def unlink_identity(
    session: Session, account: Account, kept: LinkedIdentity, *, by: int, at: datetime
) -> None:
    """The identity opens nothing any more."""
    detail = {"issuer": kept.issuer}
    session.delete(kept)
    session.flush()
    record(session, by, "identity.unlinked", "account", account.public_id, detail=detail, at=at)


def note_identity_use(session: Session, kept: LinkedIdentity, *, at: datetime) -> None:
    """Keep when the identity last opened its account."""
    kept.last_used_at = at
    session.flush()


def ask_to_link(session: Session, account: Account, paper: LetterPaper, *, at: datetime) -> str:
    """Send a code to the account's address: who types it, in the browser that asked, has proved the account.

    Returns the public id of what was issued.
    """
    link = issue_link(session, LinkPurpose.SIGN_ON, email=account.email, at=at, account=account)
    write_to(session, paper, "link_identity", account.email, at=at, account=account, link=link)
    return link.public_id


def refuse_sign_on(session: Session, *, reason: str, source: str, at: datetime) -> None:
    """Keep that somebody came back from the sign-in service with what we do not take."""
    detail = {"why": reason, "source": source, "step": "sign_on"}
    record(session, None, "sign_in.refused", "account", "unknown", detail=detail, at=at)
