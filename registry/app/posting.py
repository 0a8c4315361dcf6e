"""The job that sends letters: mail knows no jobs and jobs know no mail, so the app ties them together."""

from collections.abc import Mapping
from datetime import datetime
from threading import Event
from typing import Any

import structlog

from registry.config import Settings
from registry.db import Database
from registry.jobs.alone import enqueue_alone
from registry.jobs.worker import Handler, JobRun, run_due_jobs, utc_now
from registry.mail.posting import post_due_letters
from registry.mail.queries import is_letter_due
from registry.mail.transport import transport_of

MAIL_JOB = "mail.post"
# Somebody sits before an empty mailbox: a look is one statement by an index.
_PAUSE_SECONDS = 2.0

log = structlog.get_logger("registry.mail")


def posting(settings: Settings) -> Handler:
    """The handler that posts what is due, as this installation posts."""

    def post(run: JobRun) -> Mapping[str, Any]:
        return post_due_letters(run, run.database.keyring, transport_of(settings), settings.mail_from)

    return post


def enqueue_due_letters(database: Database, at: datetime) -> bool:
    """Put a sweep into the queue when a letter is due and none waits or runs. True when it did."""
    with database.read_session() as reading:
        is_due = is_letter_due(reading, at=at)
    return is_due and enqueue_alone(database, MAIL_JOB, {}, at=at)


def post_now(database: Database, settings: Settings) -> int:
    """Post what is due, past all other work; how many sweeps it took."""
    enqueue_due_letters(database, utc_now())
    return run_due_jobs(database, {MAIL_JOB: posting(settings)})


def keep_posting(
    database: Database, settings: Settings, stopped: Event, pause: float = _PAUSE_SECONDS
) -> None:
    """Post again and again until stopped, beside the worker's other jobs: a code must not wait for an index."""
    while not stopped.is_set():
        try:
            post_now(database, settings)
        except Exception as fault:
            # The database may be away for a moment; the letters are still there afterwards.
            log.error("letters_not_posted", fault=type(fault).__name__)
        stopped.wait(pause)
