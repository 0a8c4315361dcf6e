"""Waking workers. Job rows are the truth and say what is to be done; the engine only carries the call to look at them.

On SQLite, which is one machine, that is Huey over a file; on PostgreSQL Procrastinate in the database itself, for workers
on as many machines as there are. A call that is lost costs a minute, never a job.
"""

import os
import sys
import threading
from collections.abc import Callable

import structlog

from registry.config import Settings
from registry.jobs import embedded, spread

log = structlog.get_logger("registry.jobs")


def is_spread(database_url: str) -> bool:
    """Whether workers may be on several machines: the database is a server."""
    return not database_url.startswith("sqlite")


def wake_worker(settings: Settings) -> None:
    """Ask a worker to look now. Call it after the commit; a lost call costs a minute, never a job."""
    try:
        if is_spread(settings.database_url):
            spread.wake(settings.database_url)
        else:
            embedded.wake(settings.data_dir)
    except Exception as fault:
        # A full disk, a locked file or a server that is away must not turn a kept job into an error page.
        log.warning("worker_not_woken", fault=type(fault).__name__)


def run_worker(settings: Settings, sweep: Callable[[], object], *, until_parent_ends: bool = False) -> None:
    """Sweep whenever woken and once a minute, until stopped by a signal (or by the parent's end)."""
    if until_parent_ends:
        threading.Thread(target=_exit_at_end_of_input, daemon=True).start()
    wake_worker(settings)  # what was left when the last worker stopped
    if is_spread(settings.database_url):
        spread.run(settings.database_url, sweep)
    else:
        embedded.run(settings.data_dir, sweep)


def _exit_at_end_of_input() -> None:
    """Leave at once: a worker may be killed at any moment, its job is taken up again after the lease."""
    # Not through `sys.stdin`: whoever waits there when the interpreter ends makes it end with an error.
    while os.read(sys.stdin.fileno(), 1_024):
        continue
    os._exit(0)
