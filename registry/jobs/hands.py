"""Pure work of a job in processes beside it, one a processor: pieces in, what was made of them out, in order.

The processes are forks: what the job has read of the database is theirs without being read again, and they touch the
database no more. They end with the job, however that ends.
"""

import gc
import multiprocessing
import os
import pickle
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
_YIELDING = 10
"""How far the processes beside stand back: behind the job, which alone writes, and behind those who serve pages."""
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
    os.nice(_YIELDING)
    os.setpgid(0, 0)  # what the terminal tells the job's group is the job's to hear: it ends its processes
    Thread(target=_end_with_job, daemon=True).start()


def _end_with_job() -> None:
    """A pool whose owner was killed would leave its processes waiting for ever."""
    job = multiprocessing.parent_process()
    if job is not None:
        job.join()
        os._exit(1)


def _done(piece: Any) -> bytes | str:
    """What was made of it, or the kind of the fault. In a process beside.

    What was made is packed here, so that the job unpacks it when it takes it: unpacked it is several times as large, and
    would wait so.
    """
    try:
        return pickle.dumps(_work(piece), pickle.HIGHEST_PROTOCOL)
    except Exception as fault:
        return type(fault).__name__


def processors() -> int:
    """How many processes may work at the same time here; 1 where there are no forks."""
    if not hasattr(os, "fork") or sys.platform == "darwin":
        return 1
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


@contextmanager
def _hands(work: Callable[[Any], Any], count: int) -> Generator[ProcessPoolExecutor]:
    gc.collect()
    gc.freeze()  # what is there already is neither gone through nor written to by the forks
    usual = gc.get_threshold()
    gc.set_threshold(_SELDOM)
    forks = multiprocessing.get_context("fork")
    pool = ProcessPoolExecutor(count, mp_context=forks, initializer=_begin, initargs=(work,))
    try:
        yield pool
    finally:
        gc.set_threshold(*usual)
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


def _unpacked(answer: "Future[bytes | str]") -> Any:
    """What was made. The packed form goes when this returns, before anything is done with the other."""
    made = answer.result()
    if isinstance(made, str):
        raise WorkFailed(made)
    return pickle.loads(made)  # noqa: S301 - our own process made it


def _in_order(
    first: Any, left: Iterator[Any], pool: ProcessPoolExecutor, most: int
) -> Iterator[tuple[Any, Any]]:
    given, answers = deque[Any](), deque[Future[bytes | str]]()
    piece: Any = first
    try:
        while piece is not None or given:
            while piece is not None and len(given) < most:
                given.append(piece)
                answers.append(pool.submit(_done, piece))
                piece = next(left, None)
            yield given.popleft(), _unpacked(answers.popleft())
    except BrokenProcessPool as fault:
        raise HandLost from fault
