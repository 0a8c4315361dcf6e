"""Two lanes before the threads of the server: requests for costly pages wait apart, for a part of the threads.

However many ask for costly pages, a plain page so waits for a free thread and not for all who came before it. A costly
one waits for its turn without holding a thread; to who has waited long, one thread more says to come again: to say so
to everybody at once would only bring them back at once, and keep the others from working.
"""

import time
from collections import deque
from collections.abc import Callable
from typing import Any

from flask import Flask
from waitress.task import ThreadedTaskDispatcher  # pyright: ignore[reportMissingTypeStubs] - it ships no types
from werkzeug.exceptions import HTTPException

from registry.web.turns import AT_ONCE, takes_turns

PATIENCE_SECONDS = 2.0
"""So long a costly request waits for its turn before it is told to come again."""

_PLAIN_IN_A_ROW = 4


class Lanes:
    """Requests that wait, costly ones apart. Plain ones go first, but a costly one is never kept out for good.

    Only as many as may be served now are counted and given out; one costly request more when the first has waited
    longer than `patience` (seconds of `clock`). It knows no locks.
    """

    def __init__(
        self,
        is_costly: Callable[[Any], bool],
        at_once: int = AT_ONCE,
        patience: float = PATIENCE_SECONDS,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._is_costly, self._at_once, self._patience, self._clock = is_costly, at_once, patience, clock
        self._plain, self._costly = deque[Any](), deque[tuple[float, Any]]()
        self._costly_served = self._in_a_row = 0

    def __len__(self) -> int:
        return len(self._plain) + self._costly_ready()

    def _costly_ready(self) -> int:
        free = max(0, self._at_once - self._costly_served)
        return min(len(self._costly), free) or int(self.seconds_to_late() == 0)

    def seconds_to_late(self) -> float | None:
        """Seconds until a request will have waited too long; None while none waits or nobody is free to tell it so."""
        if not self._costly or self._costly_served > self._at_once:
            return None
        return max(0.0, self._costly[0][0] + self._patience - self._clock())

    def append(self, task: Any) -> None:
        """Put a request at the end of its lane."""
        if self._is_costly(task):
            self._costly.append((self._clock(), task))
        else:
            self._plain.append(task)

    def take(self) -> tuple[Any, bool]:
        """The next request and whether it is a costly one. Raises IndexError when none may be served now."""
        is_costly = self._costly_ready() > 0 and (not self._plain or self._in_a_row >= _PLAIN_IN_A_ROW)
        self._in_a_row = 0 if is_costly else self._in_a_row + 1
        if not is_costly:
            return self._plain.popleft(), False
        self._costly_served += 1
        return self._costly.popleft()[1], True

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
                self.queue_cv.wait(self.queue.seconds_to_late())
                self.active_count += 1
            if self.stop_count == 0:
                if self.queue.seconds_to_late() is not None:
                    self.queue_cv.notify()  # another one watches who has waited too long
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
