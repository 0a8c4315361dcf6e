"""Letters about accounts: what every letter of an installation carries, and queueing one. Flush, never commit."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy.orm import Session

from registry.accounts.models import Account
from registry.accounts.operations.links import IssuedLink
from registry.accounts.rules.links import LIFETIME, LinkPurpose
from registry.audit.operations import record
from registry.mail.operations import cancel_letter, queue_letter, send_letter_again
from registry.mail.queries import was_told
from registry.mail.rules import Letter

SIGN_IN_SLOWED = "sign_in_slowed"
_TOLD_AGAIN_AFTER = timedelta(days=1)


@dataclass(frozen=True)
class LetterPaper:
    """What every letter of an installation carries, in the language of who asked.

    `addresses` are whole addresses by name (home, sign_in, register, forgot); `link_to` makes the whole address of a
    link. Both come from the configured public address, never from a request.
    """

    language: str
    office: str
    addresses: Mapping[str, str]
    link_to: Callable[[LinkPurpose, str], str]


def write_to(
    session: Session,
    paper: LetterPaper,
    kind: str,
    to: str,
    *,
    at: datetime,
    account: Account | None = None,
    person: str = "",
    link: IssuedLink | None = None,
    once: str = "",
) -> None:
    """Queue a letter of this kind. One with a link is not sent any more once the link is over.

    `once` names the occasion: of two letters with one name the second is not queued.
    """
    values: dict[str, str | int] = {"office": paper.office, **paper.addresses}
    if link is not None:
        lifetime = LIFETIME[link.purpose]
        values |= {
            "link": paper.link_to(link.purpose, link.token),
            "code": link.code,
            "minutes": int(lifetime.total_seconds() // 60),
            "days": lifetime.days,
        }
    letter = Letter(
        kind,
        paper.language,
        to,
        values,
        account="" if account is None else account.public_id,
        person=person,
        good_until=None if link is None else link.expires_at,
        once=once,
    )
    queue_letter(session, letter, at=at)


def warn_of_tries(session: Session, paper: LetterPaper, account: Account, *, at: datetime) -> bool:
    """Tell the owner that many tries to sign in failed; at most once a day, False when told already."""
    if was_told(session, SIGN_IN_SLOWED, account.public_id, since=at - _TOLD_AGAIN_AFTER):
        return False
    write_to(session, paper, SIGN_IN_SLOWED, account.email, at=at, account=account)
    return True


def cancel_waiting(session: Session, public_id: str, *, by: int, at: datetime) -> bool:
    """Take back a letter that waits; False when it is on its way or over."""
    if not cancel_letter(session, public_id, at=at):
        return False
    record(session, by, "letter.cancelled", "letter", public_id, at=at)
    return True


def send_again(session: Session, public_id: str, *, by: int, at: datetime) -> bool:
    """Queue a letter that failed once more; False when it cannot be."""
    if not send_letter_again(session, public_id, at=at):
        return False
    record(session, by, "letter.sent_again", "letter", public_id, at=at)
    return True
