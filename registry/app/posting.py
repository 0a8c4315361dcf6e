"""Sending letters, beside all other work of a worker: mail knows neither jobs nor people, so the app ties them together."""

from collections.abc import Callable, Generator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from threading import Event
from typing import Any

import structlog
from sqlalchemy.orm import Session

from registry.config import Settings
from registry.config.mail import quiet_hours_of
from registry.db import Database
from registry.jobs.worker import utc_now
from registry.mail.claiming import LetterClaim
from registry.mail.posting import Manner, post_due_letters
from registry.mail.queries import is_letter_due
from registry.mail.rules import QuietHours
from registry.mail.transport import transport_of
from registry.people.queries.writing import unwanted_letters
from registry.privacy.rules import local_day

# Somebody sits before an empty mailbox: a look is one statement by an index.
_PAUSE_SECONDS = 2.0
_LONGEST_PAUSE_SECONDS = 60.0

log = structlog.get_logger("registry.mail")


@dataclass(frozen=True)
class Committing:
    """Short transactions over a database, each committed when it ends well."""

    database: Database
    clock: Callable[[], datetime] = utc_now

    @contextmanager
    def step(self) -> Generator[Session]:
        """A write session for one of them."""
        with self.database.writing() as session:
            yield session
            session.commit()


def manner_of(settings: Settings, is_stopping: Callable[[], bool]) -> Manner:
    """How this installation posts."""
    hours = quiet_hours_of(settings.mail_quiet)
    return Manner(
        per_minute=settings.mail_per_minute,
        quiet=None if hours is None else QuietHours(*hours),
        unwanted=_unwanted,
        is_stopping=is_stopping,
    )


def _unwanted(session: Session, claims: Sequence[LetterClaim], at: datetime) -> frozenset[int]:
    """What its person stopped, or agreed to no longer, since it was queued."""
    asked = {claim.id: (claim.kind, claim.person_public_id) for claim in claims}
    return unwanted_letters(session, asked, on=local_day(at))


def post_now(
    database: Database, settings: Settings, is_stopping: Callable[[], bool] = lambda: False
) -> dict[str, Any]:
    """Post what is due, if anything is; how many letters went and how many did not.

    Several workers may do so at once, on one machine or many: each letter is one worker's for a lease.
    """
    with database.read_session() as reading:
        if not is_letter_due(reading, at=utc_now()):
            return {"sent": 0, "not_sent": 0}
    return post_due_letters(
        Committing(database),
        database.keyring,
        transport_of(settings),
        settings.mail_from,
        manner_of(settings, is_stopping),
    )


def keep_posting(
    database: Database, settings: Settings, stopped: Event, pause: float = _PAUSE_SECONDS
) -> None:
    """Post again and again until stopped, beside the worker's other jobs: a code must not wait for an index.

    While nothing goes and letters are put off the pauses grow: a server that is away is not asked every moment.
    """
    waits = pause
    while not stopped.is_set():
        try:
            came = post_now(database, settings, stopped.is_set)
            is_hopeless = came["not_sent"] > 0 and not came["sent"]
            waits = min(waits * 2, _LONGEST_PAUSE_SECONDS) if is_hopeless else pause
        except Exception as fault:
            # The database may be away for a moment; the letters are still there afterwards.
            log.error("letters_not_posted", fault=type(fault).__name__)
        stopped.wait(waits)
