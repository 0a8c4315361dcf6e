"""The sweep: takes due letters one by one and hands them over, with no transaction open meanwhile.

Killed anywhere it loses nothing: a letter is due again when the lease of whoever had it ends. What was handed over
but not yet kept as sent goes out a second time, with the same Message-ID; SMTP knows no better.
"""

import json
from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import datetime
from typing import Any, Protocol

import structlog
from sqlalchemy.orm import Session

from registry.db.keys import Keyring, WrongKey
from registry.mail.letters import Written
from registry.mail.messages import message_of
from registry.mail.operations import (
    LetterClaim,
    claim_letter,
    content_place,
    give_up_letters,
    recipient_place,
    settle_letter,
)
from registry.mail.rules import Ending, Outcome
from registry.mail.transport import Transport

log = structlog.get_logger("registry.mail")


class Work(Protocol):
    """What the sweep needs of a running job: short transactions that are committed, and the time."""

    @property
    def clock(self) -> Callable[[], datetime]:
        """What time it is."""
        ...

    def step(self) -> AbstractContextManager[Session]:
        """A write session, committed when the block ends well."""
        ...


def post_due_letters(work: Work, keyring: Keyring, transport: Transport, sender: str) -> dict[str, Any]:
    """Hand over every letter that is due; how many went and how many did not.

    When the server itself is away the rest is left for later: each would only wait for it again.
    """
    counted = {"sent": 0, "not_sent": 0}
    with work.step() as session:
        give_up_letters(session, at=work.clock())
    try:
        while (claim := _claimed(work)) is not None:
            outcome = _handed_over(claim, keyring, transport, sender)
            _settle(work, claim, outcome)
            counted["sent" if outcome.ending is Ending.SENT else "not_sent"] += 1
            if outcome.ending is Ending.OFFICE_AWAY:
                break
    finally:
        transport.close()
    return counted


def _claimed(work: Work) -> LetterClaim | None:
    with work.step() as session:
        return claim_letter(session, at=work.clock())


def _handed_over(claim: LetterClaim, keyring: Keyring, transport: Transport, sender: str) -> Outcome:
    try:
        to = keyring.open(claim.recipient_sealed, recipient_place(claim.public_id))
        to.encode("ascii")  # nothing else goes into a header or to a server
        content = json.loads(keyring.open(claim.content_sealed, content_place(claim.public_id)))
        message = message_of(
            Written(content[0], content[1]),
            public_id=claim.public_id,
            sender=sender,
            to=to,
            language=claim.language,
            made_at=claim.created_at,
            unsubscribe=content[2] if len(content) > 2 else "",
        )
    except WrongKey:
        return Outcome(Ending.REFUSED, "wrong-key")
    except (ValueError, IndexError):  # an address no header takes
        return Outcome(Ending.REFUSED, "address")
    return transport.hand_over(message, claim.public_id)


def _settle(work: Work, claim: LetterClaim, outcome: Outcome) -> None:
    with work.step() as session:
        is_kept = settle_letter(session, claim, outcome, at=work.clock())
    if not is_kept:
        log.warning("letter_lease_lost", letter=claim.public_id, kind=claim.kind, attempt=claim.attempts)
    elif outcome.ending is not Ending.SENT:
        log.warning("letter_not_sent", letter=claim.public_id, kind=claim.kind, fault=outcome.fault)
