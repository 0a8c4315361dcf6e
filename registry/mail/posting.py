"""The sweep: takes due letters some at a time and hands them over one by one, with no transaction open meanwhile.

Killed anywhere it loses nothing: a letter is due again when the lease of whoever had it ends. Only the one that was
handed over and not yet kept as sent goes out a second time, with the same Message-ID; SMTP knows no better. So each
letter is kept as sent in a transaction of its own, before the next one is begun, and none is begun whose lease might
end before the server has answered.
"""

import json
from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Protocol

import structlog
from sqlalchemy.exc import OperationalError
from sqlalchemy.orm import Session

from registry.db.keys import Keyring, WrongKey
from registry.mail.claiming import (
    UNWANTED,
    LetterClaim,
    claim_letters,
    give_back,
    give_up_letters,
    settle_letter,
)
from registry.mail.letters import Written
from registry.mail.messages import message_of
from registry.mail.operations import content_place, recipient_place
from registry.mail.rules import BATCH, LEASE, Ending, Outcome, QuietHours
from registry.mail.transport import Transport

log = structlog.get_logger("registry.mail")

# How often keeping an outcome is tried again when the database was away for a moment: the letter went already.
_TRIES_TO_KEEP = 3


class Work(Protocol):
    """What the sweep needs of whoever runs it: short transactions that are committed, and the time."""

    @property
    def clock(self) -> Callable[[], datetime]:
        """What time it is."""
        ...

    def step(self) -> AbstractContextManager[Session]:
        """A write session, committed when the block ends well."""
        ...


def _nobody(_session: Session, _claims: Sequence[LetterClaim], _at: datetime) -> frozenset[int]:
    return frozenset()


def _never() -> bool:
    return False


@dataclass(frozen=True)
class Manner:
    """How an installation posts: how many a minute, when bulk rests, who does not want a letter after all (the ids of
    claims, asked just before they go), and whether the worker is to stop."""

    per_minute: int = 0
    quiet: QuietHours | None = None
    unwanted: Callable[[Session, Sequence[LetterClaim], datetime], frozenset[int]] = _nobody
    is_stopping: Callable[[], bool] = _never


@dataclass
class _Round:
    """One sweep: what it works with, and what came of it."""

    work: Work
    keyring: Keyring
    transport: Transport
    sender: str
    manner: Manner
    sent: int = 0
    not_sent: int = 0
    is_away: bool = False


def post_due_letters(
    work: Work, keyring: Keyring, transport: Transport, sender: str, manner: Manner | None = None
) -> dict[str, Any]:
    """Hand over every letter that is due; how many went and how many did not.

    When the server itself is away the rest is left for later: each would only wait for it again.
    """
    one = _Round(work, keyring, transport, sender, manner or Manner())
    with work.step() as session:
        give_up_letters(session, at=work.clock())
    try:
        while not (one.is_away or one.manner.is_stopping()) and (claims := _taken(one)):
            _post(one, claims)
    finally:
        transport.close()
    return {"sent": one.sent, "not_sent": one.not_sent}


def _taken(one: _Round) -> list[LetterClaim]:
    with one.work.step() as session:
        return claim_letters(session, at=one.work.clock(), limit=BATCH, per_minute=one.manner.per_minute)


def _post(one: _Round, claims: list[LetterClaim]) -> None:
    """Hand over what was taken, in order; what cannot be begun any more is given back."""
    claims = _without_unwanted(one, _without_resting(one, claims))
    for place, claim in enumerate(claims):
        is_late = one.work.clock() > claim.until - LEASE / 2
        if one.is_away or is_late or one.manner.is_stopping():
            _give_back(one, claims[place:])
            return
        outcome = _handed_over(one, claim)
        _settle(one, claim, outcome)
        one.is_away = outcome.ending is Ending.OFFICE_AWAY


def _without_resting(one: _Round, claims: list[LetterClaim]) -> list[LetterClaim]:
    """Put off what is not to arrive at night; the rest."""
    if one.manner.quiet is None:
        return claims
    rests = {
        claim.id: until
        for claim in claims
        if claim.is_bulk and (until := one.manner.quiet.over_at(one.work.clock(), claim.zone)) is not None
    }
    for until in set(rests.values()):
        _give_back(one, [claim for claim in claims if rests.get(claim.id) == until], until)
    return [claim for claim in claims if claim.id not in rests]


def _without_unwanted(one: _Round, claims: list[LetterClaim]) -> list[LetterClaim]:
    """Take back what whom it goes to does not want any more; the rest."""
    asked = [claim for claim in claims if claim.person_public_id]
    if not asked:
        return claims
    with one.work.step() as session:
        unwanted = one.manner.unwanted(session, asked, one.work.clock())
    for claim in claims:
        if claim.id in unwanted:
            _settle(one, claim, Outcome(Ending.UNWANTED, UNWANTED))
    return [claim for claim in claims if claim.id not in unwanted]


def _give_back(one: _Round, claims: list[LetterClaim], until: datetime | None = None) -> None:
    with one.work.step() as session:
        give_back(session, claims, until=until)


def _handed_over(one: _Round, claim: LetterClaim) -> Outcome:
    try:
        to = one.keyring.open(claim.recipient_sealed, recipient_place(claim.public_id))
        to.encode("ascii")  # nothing else goes into a header or to a server
        content = json.loads(one.keyring.open(claim.content_sealed, content_place(claim.public_id)))
        message = message_of(
            Written(content[0], content[1]),
            public_id=claim.public_id,
            sender=one.sender,
            to=to,
            language=claim.language,
            made_at=claim.created_at,
            unsubscribe=content[2] if len(content) > 2 else "",
        )
    except WrongKey:
        return Outcome(Ending.REFUSED, "wrong-key")
    except (ValueError, IndexError):  # an address no header takes
        return Outcome(Ending.REFUSED, "address")
    return one.transport.hand_over(message, claim.public_id)


def _settle(one: _Round, claim: LetterClaim, outcome: Outcome) -> None:
    is_kept = _kept(one, claim, outcome)
    if outcome.ending is Ending.SENT:
        one.sent += 1
    else:
        one.not_sent += 1
    if not is_kept:
        log.warning("letter_lease_lost", letter=claim.public_id, kind=claim.kind, attempt=claim.attempts)
    elif outcome.ending not in (Ending.SENT, Ending.UNWANTED):
        log.warning("letter_not_sent", letter=claim.public_id, kind=claim.kind, fault=outcome.fault)


def _kept(one: _Round, claim: LetterClaim, outcome: Outcome) -> bool:
    """Keep an outcome; a letter that went and is not kept would go a second time."""
    for tries_left in reversed(range(_TRIES_TO_KEEP)):
        try:
            with one.work.step() as session:
                return settle_letter(session, claim, outcome, at=one.work.clock())
        except OperationalError:
            if not tries_left:
                raise
    return False
