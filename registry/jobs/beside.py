"""A worker process beside the web server: for one machine, started with it, ending with it, started again when it dies."""

import os
import subprocess
import sys
import threading

import structlog

from registry.config import Settings

log = structlog.get_logger("registry.jobs")

_PROGRAM = "from registry.cli import main; raise SystemExit(main(['worker', '--until-parent-ends']))"
# A worker that dies at once, again and again, must not keep a processor busy.
_PAUSE_SECONDS = 2.0
_STOPPING_SECONDS = 10.0


class WorkerBeside:
    """The worker process and the thread that watches it.

    The process watches its standard input, whose other end only this process holds: no signal, no process
    id, so a killed parent leaves no orphan behind.
    """

    def __init__(self, settings: Settings) -> None:
        self._environment = {**os.environ, **_environment(settings)}
        self._is_stopping = threading.Event()
        self._turn = threading.Lock()
        self.process = self._start()
        threading.Thread(target=self._watch, daemon=True, name="worker beside").start()

    def _start(self) -> "subprocess.Popen[bytes]":
        return subprocess.Popen(  # noqa: S603 - a fixed program and our own interpreter
            [sys.executable, "-c", _PROGRAM], stdin=subprocess.PIPE, env=self._environment
        )

    def _watch(self) -> None:
        """Start the worker again whenever it ended; what it worked on is taken up after its lease."""
        while True:
            code = self.process.wait()
            if self._is_stopping.wait(_PAUSE_SECONDS):
                return
            with self._turn:
                if self._is_stopping.is_set():
                    return
                log.warning("worker_started_again", exit_code=code)
                _end_input(self.process)
                self.process = self._start()

    def stop(self) -> None:
        """End the worker and the watch."""
        with self._turn:
            self._is_stopping.set()
        _end_input(self.process)
        try:
            self.process.wait(timeout=_STOPPING_SECONDS)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()


def _end_input(process: "subprocess.Popen[bytes]") -> None:
    if process.stdin is not None:
        process.stdin.close()


_started: list[WorkerBeside] = []


def start_beside(settings: Settings) -> WorkerBeside:
    """Start a worker beside this process and keep it running as long as this process runs."""
    beside = WorkerBeside(settings)
    _started.append(beside)  # kept: the end of its input would be the end of the worker
    return beside


def _environment(settings: Settings) -> dict[str, str]:
    """The settings as the child reads them; keys travel in the environment, never in the command line."""
    return {
        "REGISTRY_DATABASE_URL": settings.database_url,
        "REGISTRY_DATA_DIR": str(settings.data_dir),
        "REGISTRY_SECRET_KEY": settings.secret_key,
        "REGISTRY_FIELD_KEYS": ",".join(settings.field_keys),
        "REGISTRY_PUBLIC_URL": settings.public_url,
        "REGISTRY_RATE_LIMITS": "on" if settings.rate_limits else "off",
        "REGISTRY_SMTP_URL": settings.smtp_url,
        "REGISTRY_MAIL_FROM": settings.mail_from,
        "REGISTRY_SMTP_SECONDS": str(settings.smtp_seconds),
        "REGISTRY_MAIL_PER_MINUTE": str(settings.mail_per_minute),
        "REGISTRY_MAIL_QUIET": settings.mail_quiet,
    }
