"""Pure work of a job in processes beside it, one a processor: pieces in, what was made of them out, in order.

The processes are forks: what the job has read of the database is theirs without being read again, and they touch the
database no more. They end with the job, however that ends.
"""

import gc
import multiprocessing
import os
import sys
from collections import deque
from collections.abc import Callable, Generator, Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from threading import Thread
from typing import Any, TypeVar

Piece = TypeVar("Piece")
Result = TypeVar("Result")

AHEAD = 2
"""Pieces each process is given before what it made of the first is taken."""

_SELDOM = 50_000
_work: Callable[[Any], Any]
"""In a process beside: what it is for."""


class HandLost(Exception):
    """A process ended without a word: out of memory, or killed."""


class WorkFailed(Exception):
    """The work raised; only the kind of its fault is told, whose text may hold values."""


def _begin(work: Callable[[Any], Any]) -> None:
    """The first act of a process beside."""
    global _work  # a pool hands nothing else on to its processes
    _work = work
    gc.set_threshold(_SELDOM)
    os.setpgid(0, 0)  # what the terminal tells the job's group is the job's to hear: it ends its processes
    Thread(target=_end_with_job, daemon=True).start()


def _end_with_job() -> None:
    """A pool whose owner was killed would leave its processes waiting for ever."""
    job = multiprocessing.parent_process()
    if job is not None:
        job.join()
        os._exit(1)


def _done(piece: Any) -> tuple[bool, Any]:
    """(whether it is a fault, what). In a process beside."""
    try:
        return False, _work(piece)
    except Exception as fault:
        return True, type(fault).__name__


def processors() -> int:
    """How many processes may work at the same time here; 1 where there are no forks."""
    if not hasattr(os, "fork") or sys.platform == "darwin":
        return 1
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


@contextmanager
def _hands(work: Callable[[Any], Any], count: int) -> Generator[ProcessPoolExecutor]:
    gc.collect()
    gc.freeze()  # what is there already is neither gone through nor written to by the forks
    forks = multiprocessing.get_context("fork")
    pool = ProcessPoolExecutor(count, mp_context=forks, initializer=_begin, initargs=(work,))
    try:
        yield pool
    finally:
        gc.unfreeze()
        pool.shutdown(cancel_futures=True)


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
    with _hands(work, wanted) as pool:
        yield from _in_order(first, left, pool, AHEAD * wanted)


def _in_order(
    first: Any, left: Iterator[Any], pool: ProcessPoolExecutor, most: int
) -> Iterator[tuple[Any, Any]]:
    waiting: deque[tuple[Any, Future[tuple[bool, Any]]]] = deque()
    piece: Any = first
    try:
        while piece is not None or waiting:
            while piece is not None and len(waiting) < most:
                waiting.append((piece, pool.submit(_done, piece)))
                piece = next(left, None)
            done, answer = waiting.popleft()
            is_fault, made = answer.result()
            if is_fault:
                raise WorkFailed(made)
            yield done, made
    except BrokenProcessPool as fault:
        raise HandLost from fault
