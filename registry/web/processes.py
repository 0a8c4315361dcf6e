"""Several processes doing the same work, forked from one that only looks after them. Knows neither product nor web.

Python computes in one thread at a time, hence as many processes as processors. Each is started again when it dies, and
none outlives the first: they watch a pipe whose other end only that one holds, so even a kill leaves nobody behind.
"""

import multiprocessing
import os
import signal
import threading
import time
from collections.abc import Callable
from contextlib import suppress
from multiprocessing.connection import wait
from multiprocessing.process import BaseProcess
from typing import Any

import structlog

log = structlog.get_logger("registry.web")

MOST_BY_ITSELF = 4
"""So many at most where nobody says how many: each keeps a vocabulary and a registry's facts in memory."""

# One that dies at once, again and again, must not keep a processor busy.
_PAUSE_SECONDS = 2.0
# Longer than a server waits for what it still has in hand.
_STOPPING_SECONDS = 10.0

CAN_FORK = hasattr(os, "fork")


def usual_count() -> int:
    """As many as there are processors for us; one where the system cannot fork."""
    if not CAN_FORK:
        return 1
    allowed: Any = getattr(os, "sched_getaffinity", None)
    processors = len(allowed(0)) if allowed else os.cpu_count() or 1
    return min(processors, MOST_BY_ITSELF)


def run(work: Callable[[int], None], count: int, started: Callable[[], object]) -> None:
    """Do the work in so many processes (one: in this very one) until it ends, or SIGTERM or SIGINT ends it.

    Each is told its number, from 0 on; one that replaces another has the number of that one.

    The work ends on SystemExit and leaves no connection and no thread behind before it is called: what is open is
    shared after a fork. `started` is called in this process, after the forks: what begins threads belongs there.
    """
    signal.signal(signal.SIGTERM, _leave)
    if count == 1:
        started()
        work(0)
        return
    forked = _Forked(work)
    with suppress(SystemExit, KeyboardInterrupt):
        try:
            for number in range(count):
                forked.start(number)
            started()
            forked.watch()
        finally:
            forked.stop()


def _leave(_number: int, _frame: object) -> None:
    # A second signal, as from a supervisor that signals everybody, would cut short how the first one ends.
    signal.signal(signal.SIGTERM, signal.SIG_IGN)
    raise SystemExit


class _Forked:
    """The processes, by what tells the end of each, with its number and the time when it was started."""

    def __init__(self, work: Callable[[int], None]) -> None:
        self._work = work
        self._running: dict[Any, tuple[BaseProcess, int, float]] = {}
        self._watched, self._held = os.pipe()

    def start(self, number: int) -> None:
        """The process of a number."""
        process = multiprocessing.get_context("fork").Process(target=self._begin, args=(number,), daemon=True)
        # Ctrl+C reaches all of them at once: only the first heeds it, and tells the others.
        heeded = signal.signal(signal.SIGINT, signal.SIG_IGN)
        # Told to end while it is being forked, the new one would leave in the middle of that, and complain.
        signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGTERM})
        process.start()
        signal.pthread_sigmask(signal.SIG_UNBLOCK, {signal.SIGTERM})
        signal.signal(signal.SIGINT, heeded)
        self._running[process.sentinel] = process, number, time.monotonic()

    def _begin(self, number: int) -> None:
        signal.pthread_sigmask(signal.SIG_UNBLOCK, {signal.SIGTERM})
        os.close(self._held)
        threading.Thread(target=self._end_with_first, daemon=True).start()
        self._work(number)

    def _end_with_first(self) -> None:
        os.read(self._watched, 1)
        os._exit(1)

    def watch(self) -> None:
        """Start again whichever ended, until an exception ends this."""
        while True:
            for ended in wait(list(self._running)):
                process, number, since = self._running.pop(ended)
                process.join()
                log.warning("web_process_started_again", exit_code=process.exitcode)
                process.close()
                time.sleep(max(0.0, since + _PAUSE_SECONDS - time.monotonic()))
                self.start(number)

    def stop(self) -> None:
        """Let all of them end, and wait for it."""
        signal.signal(signal.SIGINT, signal.SIG_IGN)
        last = time.monotonic() + _STOPPING_SECONDS
        processes = [process for process, _number, _since in self._running.values()]
        for process in processes:
            process.terminate()
        for process in processes:
            process.join(max(0.0, last - time.monotonic()))
            process.kill()
            process.join()
