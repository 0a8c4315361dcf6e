"""Waking the worker: Huey over one SQLite file in the data directory. It carries no work, only the call to look.

Huey loses a running task when its process is killed; that is harmless here, because the task is
"look for due job rows" and the look is repeated every minute anyway.
"""

import os
import sys
import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any

import structlog
from huey import SqliteHuey, crontab
from huey.consumer import Consumer

log = structlog.get_logger("registry.jobs")

# Seconds between looks at the wake file when it is quiet; also the longest delay before a job starts.
_LONGEST_PAUSE_SECONDS = 1.0
# How long a stopping worker lets the current step go on; the job itself is leased and taken up again.
_STOPPING_SECONDS = 10


def _huey(data_dir: Path) -> Any:
    return SqliteHuey("wake", filename=str(data_dir / "wake.sqlite3"), results=False, fsync=False)


def _sweep_task(huey: Any, sweep: Callable[[], object]) -> Any:
    """The only task there is, under one name on both sides of the file."""

    def look_for_jobs() -> None:
        sweep()

    return huey.task(name="look_for_jobs")(look_for_jobs)


def wake_worker(data_dir: Path) -> None:
    """Ask the worker to look now. Call it after the commit; a lost call costs a minute, never a job."""
    try:
        huey = _huey(data_dir)
        if huey.pending_count() == 0:
            _sweep_task(huey, lambda: None)()
        huey.storage.close()
    except Exception as fault:
        # A full disk or a locked file must not turn a kept job into an error page.
        log.warning("worker_not_woken", fault=type(fault).__name__)


def run_worker(data_dir: Path, sweep: Callable[[], object], *, until_parent_ends: bool = False) -> None:
    """Sweep whenever woken and once a minute, until stopped by a signal (or by the parent's end)."""
    huey = _huey(data_dir)
    _sweep_task(huey, sweep)
    huey.periodic_task(crontab(minute="*"), name="look_every_minute")(sweep)
    consumer: Any = Consumer(
        huey,
        workers=1,
        periodic=True,
        max_delay=_LONGEST_PAUSE_SECONDS,
        shutdown_timeout=_STOPPING_SECONDS,
        graceful_signal="TERM",
    )
    if until_parent_ends:
        threading.Thread(target=_exit_at_end_of_input, daemon=True).start()
    wake_worker(data_dir)  # what was left when the last worker stopped
    consumer.run()


def _exit_at_end_of_input() -> None:
    """Leave at once: a worker may be killed at any moment, its job is taken up again after the lease."""
    # Not through `sys.stdin`: whoever waits there when the interpreter ends makes it end with an error.
    while os.read(sys.stdin.fileno(), 1_024):
        continue
    os._exit(0)
