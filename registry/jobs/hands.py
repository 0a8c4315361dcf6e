"""Pure work of a job in processes beside it, one a processor: pieces of bytes in, what was made of them out, in order.

The processes are forks: what the job has read of the database is theirs without being read again, and they touch the
database no more. A process ends when the job's does, however that ends.
"""

import contextlib
import gc
import os
import pickle
import select
import signal
import struct
import sys
from collections import deque
from collections.abc import Callable, Generator, Iterable, Iterator
from contextlib import contextmanager
from itertools import cycle
from typing import Any, NoReturn, TypeVar

Piece = TypeVar("Piece")
Result = TypeVar("Result")

AHEAD = 2
"""Pieces each process is given before what it made of the first is taken."""

_LENGTH = struct.Struct("<Q")
_SELDOM = 50_000
_MOST_AT_ONCE = 1 << 20


class HandLost(Exception):
    """A process ended without a word: out of memory, or killed."""


class WorkFailed(Exception):
    """The work raised; only the kind of its fault is told, whose text may hold values."""


class _Hand:
    """One process and the two pipes to it, neither of which the job ever waits for alone.

    A piece may be longer than a pipe holds: while it is written the process may itself be writing.
    """

    def __init__(self, work: Callable[[Any], Any], others: Iterable["_Hand"]) -> None:
        from_parent, self.into = os.pipe()
        self.out_of, to_parent = os.pipe()
        self.pid = os.fork()
        if self.pid == 0:
            _serve(work, from_parent, to_parent, [self.into, self.out_of, *_ends(others)])
        os.close(from_parent)
        os.close(to_parent)
        os.set_blocking(self.into, False)
        self._unsent, self._said = bytearray(), bytearray()

    @property
    def has_unsent(self) -> bool:
        """Whether something is still to be written."""
        return bool(self._unsent)

    def give(self, piece: Any) -> None:
        """Have a piece written as soon as the process reads."""
        said = _pickled(piece)
        self._unsent += _LENGTH.pack(len(said)) + said

    def send(self) -> None:
        """Write what the pipe takes. Raises HandLost."""
        try:
            del self._unsent[: os.write(self.into, memoryview(self._unsent)[:_MOST_AT_ONCE].tobytes())]
        except BlockingIOError:
            return
        except OSError as fault:
            raise HandLost from fault

    def hear(self) -> None:
        """Read what there is. Raises HandLost."""
        piece = os.read(self.out_of, _MOST_AT_ONCE)
        if not piece:
            raise HandLost
        self._said += piece

    def taken(self) -> tuple[bool, Any] | None:
        """The oldest answer as (whether it is a fault, what), None while it is not whole."""
        if len(self._said) < _LENGTH.size:
            return None
        end = _LENGTH.size + _LENGTH.unpack_from(self._said)[0]
        if len(self._said) < end:
            return None
        said = bytes(memoryview(self._said)[_LENGTH.size : end])
        del self._said[:end]
        made: tuple[bool, Any] = pickle.loads(said)  # noqa: S301 - written by a fork of this very process
        return made

    def end(self) -> None:
        """Stop the process."""
        for end in (self.into, self.out_of):
            os.close(end)
        with contextlib.suppress(ProcessLookupError):
            os.kill(self.pid, signal.SIGKILL)
        os.waitpid(self.pid, 0)


def _ends(hands: Iterable[_Hand]) -> list[int]:
    return [end for hand in hands for end in (hand.into, hand.out_of)]


def _serve(work: Callable[[Any], Any], incoming: int, outgoing: int, foreign: list[int]) -> NoReturn:
    """The life of a process: work piece by piece until no more come. It never returns into the job's own code."""
    try:
        for end in foreign:  # else it would not see the end of the job
            os.close(end)
        for told in (signal.SIGTERM, signal.SIGINT):  # told to the whole group; it ends with the job
            signal.signal(told, signal.SIG_IGN)
        gc.set_threshold(_SELDOM)
        while (piece := _read(incoming)) is not None:
            _write(outgoing, _pickled(_done(work, piece)))
    finally:
        os._exit(0)


def _done(work: Callable[[Any], Any], piece: bytes) -> tuple[bool, Any]:
    try:
        return False, work(pickle.loads(piece))  # noqa: S301 - written by the process this one is a fork of
    except Exception as fault:
        return True, type(fault).__name__


def _pickled(value: Any) -> bytes:
    return pickle.dumps(value, pickle.HIGHEST_PROTOCOL)


def _write(end: int, said: bytes) -> None:
    left = memoryview(_LENGTH.pack(len(said)) + said)
    while left:
        left = left[os.write(end, left) :]


def _read(end: int) -> bytes | None:
    """One message; None when the other side has ended."""
    head = _exactly(end, _LENGTH.size)
    return None if head is None else _exactly(end, _LENGTH.unpack(head)[0])


def _exactly(end: int, size: int) -> bytes | None:
    pieces: list[bytes] = []
    while size:
        piece = os.read(end, min(size, 1 << 20))
        if not piece:
            return None
        pieces.append(piece)
        size -= len(piece)
    return b"".join(pieces)


def processors() -> int:
    """How many processes may work at the same time here; 1 where there are no forks."""
    if not hasattr(os, "fork") or sys.platform == "darwin":
        return 1
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


@contextmanager
def _hands(work: Callable[[Any], Any], count: int) -> Generator[list[_Hand]]:
    hands: list[_Hand] = []
    gc.collect()
    gc.freeze()  # what is there already is neither gone through nor written to by the forks
    try:
        for _ in range(count):
            hands.append(_Hand(work, hands))
        yield hands
    finally:
        gc.unfreeze()
        for hand in hands:
            hand.end()


def work_through(
    pieces: Iterable[Piece], work: Callable[[Piece], Result], *, alone: int, count: int | None = None
) -> Generator[tuple[Piece, Result]]:
    """Each piece with what `work` made of it, in order: the first `alone` of them here, the others by processes beside.

    `work` must be pure but for what it remembers. Raises HandLost, WorkFailed; close it when no more is wanted.
    """
    left = iter(pieces)
    for _, piece in zip(range(alone), left, strict=False):
        yield piece, work(piece)
    wanted = processors() if count is None else count
    first = next(left, None)
    if first is None:
        return
    if wanted < 2:
        yield first, work(first)
        yield from ((piece, work(piece)) for piece in left)
        return
    with _hands(work, wanted) as hands:
        yield from _in_order(first, left, hands)


def _in_order(first: Any, left: Iterator[Any], hands: list[_Hand]) -> Iterator[tuple[Any, Any]]:
    """Pieces go round the processes, and so do the answers."""
    waiting: deque[tuple[_Hand, Any]] = deque()
    round_ = cycle(hands)
    piece: Any = first
    while piece is not None or waiting:
        while piece is not None and len(waiting) < AHEAD * len(hands):
            hand = next(round_)
            hand.give(piece)
            waiting.append((hand, piece))
            _exchange(hands, 0)  # it begins while the next piece is got
            piece = next(left, None)
        hand, done = waiting.popleft()
        while (said := hand.taken()) is None:
            _exchange(hands, None)
        is_fault, made = said
        if is_fault:
            raise WorkFailed(made)
        yield done, made


def _exchange(hands: list[_Hand], wait: float | None) -> None:
    """Write and read what can be written and read."""
    by_end = {hand.into: hand for hand in hands if hand.has_unsent} | {hand.out_of: hand for hand in hands}
    unsent = [hand.into for hand in hands if hand.has_unsent]
    readable, writable, _ = select.select([hand.out_of for hand in hands], unsent, [], wait)
    for end in readable:
        by_end[end].hear()
    for end in writable:
        by_end[end].send()
