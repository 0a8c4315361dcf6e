"""Which function does a job of which kind, and what finds work that is due by itself. Jobs know kinds, not rooms."""

from collections.abc import Callable
from datetime import datetime

import structlog

from registry.app.campaigning import sending_campaigns
from registry.app.granting import grants_by_day
from registry.app.holders import HOLDERS
from registry.app.introducing import closing_candidacies, closing_introductions
from registry.app.reminding import reminding_of_tasks
from registry.campaigns.operations.work import SENDING_JOB, enqueue_due_sendings
from registry.candidacies.operations.work import CLOSING_JOB as CANDIDACIES_JOB
from registry.candidacies.operations.work import enqueue_due_candidacies
from registry.config import Settings
from registry.db import Database
from registry.duplicates.operations.work import HANDLERS as DUPLICATES
from registry.duplicates.operations.work import enqueue_due_comparison
from registry.exchange.operations.work import HANDLERS as IMPORTS
from registry.exports.operations.work import HANDLERS as EXPORTS
from registry.exports.operations.work import enqueue_due_cleaning
from registry.grants.operations.daily import DAILY_JOB, enqueue_due_daily
from registry.incidents.operations.work import CLOCK_JOB, enqueue_due_clocks, telling
from registry.introductions.operations.work import CLOSING_JOB, enqueue_due_closing
from registry.jobs.alone import looking_alone
from registry.jobs.waking import wake_worker
from registry.jobs.worker import Handlers, run_due_jobs, utc_now
from registry.matching.operations.work import HANDLERS as MATCHING
from registry.matching.operations.work import enqueue_due_batch, enqueue_due_rebuild
from registry.people.operations.pauses import HANDLERS as PAUSES
from registry.people.operations.pauses import enqueue_due_pauses
from registry.privacy.operations.retention_work import RETENTION_JOB, enqueue_due_retention, retaining
from registry.privacy.operations.work import HANDLERS as PRIVACY
from registry.programmes.operations.reminding import REMINDING_JOB, enqueue_due_reminders
from registry.skills.operations import handlers as curating

log = structlog.get_logger("registry.jobs")

HANDLERS: Handlers = {
    **IMPORTS,
    **EXPORTS,
    **MATCHING,
    **PRIVACY,
    **DUPLICATES,
    **PAUSES,
    **curating(HOLDERS),
}

FINDERS: tuple[Callable[[Database, datetime], object], ...] = (
    enqueue_due_sendings,
    enqueue_due_rebuild,
    enqueue_due_batch,
    enqueue_due_clocks,
    enqueue_due_retention,
    enqueue_due_closing,
    enqueue_due_candidacies,
    enqueue_due_comparison,
    enqueue_due_cleaning,
    enqueue_due_pauses,
    enqueue_due_daily,
    enqueue_due_reminders,
)
"""Asked at every look; each puts into the queue what is due."""


def handlers_of(settings: Settings) -> Handlers:
    """All handlers, those too that need to know how this installation is set up."""
    return {
        **HANDLERS,
        CLOCK_JOB: telling(settings.public_url),
        RETENTION_JOB: retaining(settings.public_url),
        CLOSING_JOB: closing_introductions(settings),
        CANDIDACIES_JOB: closing_candidacies(settings),
        DAILY_JOB: grants_by_day(settings),
        SENDING_JOB: sending_campaigns(settings),
        REMINDING_JOB: reminding_of_tasks(settings),
    }


def look_for_work(database: Database, settings: Settings) -> int:
    """Put into the queue what is due by itself, then run all that is due; how many jobs were run.

    While this worker is busy with one job another one is called to the next.
    """
    with looking_alone(database) as is_alone:
        if is_alone:
            _find(database)
    return run_due_jobs(database, handlers_of(settings), more=lambda: wake_worker(settings))


def _find(database: Database) -> None:
    for find in FINDERS:
        try:
            find(database, utc_now())
        except Exception as fault:
            # Imports must go on even where nothing new can be found.
            log.error("work_not_found", finder=find.__name__, fault=type(fault).__name__)
