"""Two lanes before the threads of the server: requests for costly pages wait apart, for a part of the threads.

However many ask for costly pages, a plain page so waits for a free thread and not for all who came before it; and
few threads tell those who are too many to come again, so that the others are not kept from working.
"""

from collections import deque
from collections.abc import Callable
from typing import Any

from flask import Flask
from waitress.task import ThreadedTaskDispatcher  # pyright: ignore[reportMissingTypeStubs] - it ships no types
from werkzeug.exceptions import HTTPException

from registry.web.turns import AT_ONCE, WAITING, takes_turns

COSTLY_THREADS = AT_ONCE + WAITING + 1
"""Threads for costly pages: those computing, those waiting, and one that tells all others to come again."""

_PLAIN_IN_A_ROW = 4


class Lanes:
    """Requests that wait, costly ones apart. Plain ones go first, but a costly one is never kept out for good.

    Only as many as may be served now are counted and given out. It knows no locks.
    """

    def __init__(self, is_costly: Callable[[Any], bool], most_costly: int = COSTLY_THREADS) -> None:
        self._is_costly, self._most_costly = is_costly, most_costly
        self._plain, self._costly = deque[Any](), deque[Any]()
        self._costly_served = self._in_a_row = 0

    def __len__(self) -> int:
        return len(self._plain) + self._costly_ready()

    def _costly_ready(self) -> int:
        return min(len(self._costly), self._most_costly - self._costly_served)

    def append(self, task: Any) -> None:
        """Put a request at the end of its lane."""
        (self._costly if self._is_costly(task) else self._plain).append(task)

    def take(self) -> tuple[Any, bool]:
        """The next request and whether it is a costly one. Raises IndexError when none may be served now."""
        is_costly = self._costly_ready() > 0 and (not self._plain or self._in_a_row >= _PLAIN_IN_A_ROW)
        if is_costly:
            self._costly_served += 1
        self._in_a_row = 0 if is_costly else self._in_a_row + 1
        return (self._costly if is_costly else self._plain).popleft(), is_costly

    def popleft(self) -> Any:
        """Whatever waits, as the server drops it when it stops."""
        return self.take()[0]

    def costly_ended(self) -> None:
        """A costly request was served."""
        self._costly_served -= 1


class TwoLanes(ThreadedTaskDispatcher):  # pyright: ignore[reportUntypedBaseClass] - as above
    """Waitress's threads, fed by two lanes."""

    def __init__(self, lanes: Lanes, threads: int) -> None:
        super().__init__()
        self.queue: Any = lanes
        self.set_thread_count(threads)

    def add_task(self, task: Any) -> None:
        """Let a request wait; unlike waitress itself it writes no line for each of them into the log."""
        with self.lock:
            self.queue.append(task)
            self.queue_cv.notify()

    def handler_thread(self, thread_no: int) -> None:
        """Serve one after the other until the server stops."""
        while (found := self._next(thread_no)) is not None:
            task, is_costly = found
            try:
                task.service()
            except BaseException:
                self.logger.exception("Exception when servicing %r", task)
            if is_costly:
                with self.lock:
                    self.queue.costly_ended()
                    self.queue_cv.notify()

    def _next(self, thread_no: int) -> tuple[Any, bool] | None:
        """The next request, waited for; None when this thread is to end. The counts are those waitress keeps."""
        with self.lock:
            while not self.queue and self.stop_count == 0:
                self.active_count -= 1
                self.queue_cv.wait()
                self.active_count += 1
            if self.stop_count == 0:
                return self.queue.take()
            self.active_count -= 1
            self.stop_count -= 1
            self.threads.discard(thread_no)
            self.thread_exit_cv.notify()
            return None


def lanes_for(app: Flask) -> Lanes:
    """Lanes that tell the costly pages of an app by the address asked for."""
    adapter = app.url_map.bind("")

    def is_costly(channel: Any) -> bool:
        asked = channel.requests[0]
        if asked.error:
            return False
        try:
            endpoint, _values = adapter.match(asked.path, asked.command)
        except HTTPException:
            return False
        return takes_turns(app, endpoint)

    return Lanes(is_costly)
