"""Work by processes beside: in order, whatever its size, and never waited for in vain."""

import os
import signal
from collections.abc import Iterator
from contextlib import closing
from itertools import count
from multiprocessing import Barrier

import pytest

from registry.jobs.hands import AHEAD, HandLost, WorkFailed, work_through

LONG = 300_000


def told_who(piece: str) -> tuple[int, str]:
    return os.getpid(), piece.upper()


def test_pieces_longer_than_a_pipe_come_back_in_order_from_here_first_and_then_from_others() -> None:
    pieces = [f"{number}-" + "x" * LONG for number in range(9)]
    found = list(work_through(pieces, told_who, alone=2, count=2))
    assert [piece for piece, _ in found] == pieces
    assert [made for _, (_, made) in found] == [piece.upper() for piece in pieces]
    who = [pid for _, (pid, _) in found]
    assert who[:2] == [os.getpid()] * 2
    assert os.getpid() not in who[2:]


def test_with_one_processor_and_for_few_pieces_nobody_else_works() -> None:
    for pieces, processors in ((["a", "b", "c"], 1), (["a"], 2), ([], 2)):
        found = list(work_through(pieces, told_who, alone=1, count=processors))
        assert [made for _, made in found] == [(os.getpid(), piece.upper()) for piece in pieces]


def test_a_process_that_is_killed_is_told_of_and_not_waited_for() -> None:
    def killed(piece: int) -> int:
        if piece == 3:
            os.kill(os.getpid(), signal.SIGKILL)
        return piece

    with pytest.raises(HandLost):
        list(work_through(range(1, 9), killed, alone=1, count=2))


def test_of_a_fault_only_its_kind_is_told() -> None:
    def faulty(piece: str) -> str:
        raise ValueError(piece)

    with pytest.raises(WorkFailed, match=r"^ValueError$"):
        list(work_through(["012188000001"], faulty, alone=0, count=2))


def test_no_process_is_left_when_no_more_is_wanted_and_no_piece_is_taken_too_early() -> None:
    taken: list[int] = []
    both = Barrier(2)

    def whose(piece: int) -> int:
        if piece < both.parties:
            both.wait(30)  # neither is done before the other has begun
        return os.getpid()

    def endless() -> Iterator[int]:
        for piece in count():
            taken.append(piece)
            yield piece

    with closing(work_through(endless(), whose, alone=0, count=2)) as done:
        pids = {next(done)[1], next(done)[1]}
    assert len(pids) == 2
    assert len(taken) <= 2 * AHEAD + 4
    for pid in pids:
        with pytest.raises(ProcessLookupError):
            os.kill(pid, 0)


def test_processes_end_with_a_job_that_was_killed() -> None:
    """What they were is told through a pipe; its other end closes when the last of them is gone."""
    ours, theirs = os.pipe()
    job = os.fork()
    if job == 0:  # pragma: no cover - another process
        os.close(ours)
        list(work_through(count(), lambda _piece: os.write(theirs, b"%d\n" % os.getpid()), alone=0, count=2))
        os._exit(0)
    os.close(theirs)
    with os.fdopen(ours, "rb") as told:
        assert int(told.readline()) != job
        os.kill(job, signal.SIGKILL)
        os.waitpid(job, 0)
        told.read()
