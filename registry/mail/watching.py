"""A time limit on talking with a mail server: its connection is ended when it is over, however slowly the server talks on.

The time-outs of a socket begin anew with every byte; a server that sends one now and then would hold a worker for ever.
"""

import smtplib
import socket
import threading
import time
from contextlib import suppress

_NEVER = float("inf")


class Watch:
    """Ends the connection it was shown once the time is over. One thread, as long as the connection is open."""

    def __init__(self, connection: smtplib.SMTP) -> None:
        self._connection = connection
        self._until = _NEVER
        self._turn = threading.Condition()
        self._is_over = False
        self.has_struck = False
        threading.Thread(target=self._look, daemon=True, name="mail server watched").start()

    def begin(self, seconds: float) -> None:
        """From now on so long."""
        with self._turn:
            self._until = time.monotonic() + seconds
            self._turn.notify()

    def end(self) -> None:
        """The server was in time."""
        with self._turn:
            self._until = _NEVER

    def close(self) -> None:
        """Nothing is to be watched any more."""
        with self._turn:
            self._is_over = True
            self._turn.notify()

    def _look(self) -> None:
        with self._turn:
            while not self._is_over:
                left = self._until - time.monotonic()
                if left <= 0:
                    self._strike()
                    return
                self._turn.wait(None if self._until == _NEVER else left)

    def _strike(self) -> None:
        self.has_struck = True
        held = self._connection.sock
        if held is not None:
            with suppress(OSError):
                held.shutdown(socket.SHUT_RDWR)  # whoever reads there hears the end
