"""The job that sends letters: mail knows no jobs and jobs know no mail, so the app ties them together."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from registry.config import Settings
from registry.db import Database
from registry.jobs.alone import enqueue_alone
from registry.jobs.worker import Handler, JobRun
from registry.mail.posting import post_due_letters
from registry.mail.queries import is_letter_due
from registry.mail.transport import transport_of

MAIL_JOB = "mail.post"


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
