"""Sockets that several processes listen at, so that each process gets its share of the connections.

The system wakes all of them for a new connection and whoever is first has it: of four browsers all four may so end at
one process, while the others have nothing to do. Hence whoever holds more than another lets that one go first.
"""

import socket
import time
from collections.abc import Sequence
from multiprocessing.sharedctypes import RawArray
from threading import Lock
from typing import Any

_LOOK_SECONDS, LOOKS = 0.001, 10
"""So often, and so long apart, a process that holds more looks whether another went first. Longer together than a
thread that computes keeps the interpreter from one that would accept; little beside what a page takes."""


class Shares:
    """How many connections each of some processes holds; made before they are forked, seen by all of them."""

    def __init__(self, processes: int) -> None:
        self._held: Any = RawArray("i", processes)

    def holds_more(self, process: int) -> bool:
        """Whether another process holds fewer."""
        return self._held[process] > min(self._held)

    def of(self, process: int) -> "Share":
        """The share of a process that begins, which holds nothing yet."""
        self._held[process] = 0
        return Share(self, self._held, process)


class Share:
    """The connections one process holds. Only that process counts them, in any of its threads."""

    def __init__(self, shares: Shares, held: Any, process: int) -> None:
        self._shares, self._held, self._process = shares, held, process
        self._counting = Lock()

    @property
    def is_larger(self) -> bool:
        """Whether another process holds fewer."""
        return self._shares.holds_more(self._process)

    def change(self, by: int) -> None:
        """One more, or one fewer."""
        with self._counting:
            self._held[self._process] += by


class SharedListener(socket.socket):
    """A socket that listens already, for one of the processes; the connections it accepts are counted."""

    def __init__(self, listening: socket.socket, share: Share) -> None:
        super().__init__(listening.family, listening.type, listening.proto, fileno=listening.dup().detach())
        self._share = share

    def accept(self) -> tuple[socket.socket, Any]:
        """The next connection. Raises BlockingIOError when another process was first."""
        for _look in range(LOOKS):
            if not self._share.is_larger:
                break
            time.sleep(_LOOK_SECONDS)
        connection, address = super().accept()
        return _Counted(connection, self._share), address


class _Counted(socket.socket):
    """A connection that counts until it is closed."""

    def __init__(self, connection: socket.socket, share: Share) -> None:
        super().__init__(connection.family, connection.type, connection.proto, fileno=connection.detach())
        self._share: Share | None = share
        share.change(1)

    def close(self) -> None:
        """Close it; closed twice, it counts once."""
        share, self._share = self._share, None
        if share is not None:
            share.change(-1)
        super().close()


def shared(sockets: Sequence[socket.socket], share: Share) -> list[socket.socket]:
    """The same sockets as one of several processes uses them."""
    return [SharedListener(one, share) for one in sockets]
