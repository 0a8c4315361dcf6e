"""Waking workers of one machine: Huey over one SQLite file in the data directory. It carries only the call to look.

Huey loses a running task when its process is killed; that is harmless here, because the task is
"look for due job rows" and the look is repeated every minute anyway.
"""

from collections.abc import Callable
from pathlib import Path
from typing import Any

from huey import SqliteHuey, crontab
from huey.consumer import Consumer

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


def wake(data_dir: Path) -> None:
    """Ask a worker to look now. Raises whatever a full disk or a locked file does."""
    huey = _huey(data_dir)
    if huey.pending_count() == 0:
        _sweep_task(huey, lambda: None)()
    huey.storage.close()


def run(data_dir: Path, sweep: Callable[[], object]) -> None:
    """Sweep whenever woken and once a minute, until stopped by a signal."""
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
    consumer.run()
