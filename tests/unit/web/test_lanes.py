"""Lanes before the server's threads: plain pages pass costly ones, nobody is kept out, costly ones get a part only."""

import logging
import threading

import pytest

from registry.web.lanes import Lanes, TwoLanes


class _Clock:
    """Time that passes when a test says so."""

    seconds = 0.0

    def __call__(self) -> float:
        return self.seconds


def _lanes(at_once: int = 2, clock: _Clock | None = None) -> Lanes:
    return Lanes(lambda task: str(task).startswith("costly"), at_once, patience=2.0, clock=clock or _Clock())


def _put(lanes: Lanes, *tasks: str) -> None:
    for task in tasks:
        lanes.append(task)


def test_a_plain_request_goes_before_all_costly_ones_that_wait() -> None:
    lanes = _lanes()
    _put(lanes, "costly 1", "costly 2", "plain")
    assert [lanes.take() for _ in range(3)] == [("plain", False), ("costly 1", True), ("costly 2", True)]


def test_costly_requests_get_only_their_part_of_the_threads() -> None:
    lanes = _lanes(at_once=1)
    _put(lanes, "costly 1", "costly 2")
    assert (len(lanes), lanes.take()) == (1, ("costly 1", True))
    assert len(lanes) == 0
    with pytest.raises(IndexError):
        lanes.take()
    lanes.costly_ended()
    assert (len(lanes), lanes.take()) == (1, ("costly 2", True))


def test_who_has_waited_too_long_is_given_out_to_be_told_so_and_one_at_a_time() -> None:
    clock = _Clock()
    lanes = _lanes(at_once=1, clock=clock)
    _put(lanes, "costly 1", "costly 2", "costly 3")
    assert (lanes.take(), len(lanes), lanes.seconds_to_late()) == (("costly 1", True), 0, 2.0)
    clock.seconds = 1.5
    assert (len(lanes), lanes.seconds_to_late()) == (0, 0.5)
    clock.seconds = 2.5
    assert (len(lanes), lanes.seconds_to_late(), lanes.take()) == (1, 0, ("costly 2", True))
    assert (len(lanes), lanes.seconds_to_late()) == (0, None)
    lanes.costly_ended()
    assert lanes.take() == ("costly 3", True)
    assert lanes.seconds_to_late() is None


def test_many_plain_requests_do_not_keep_a_costly_one_out_for_good() -> None:
    lanes = _lanes()
    _put(lanes, "costly", *(f"plain {number}" for number in range(9)))
    assert ("costly", True) in [lanes.take() for _ in range(5)]


class _Task:
    """A request whose service waits until it may go."""

    def __init__(self, name: str, may_go: threading.Event) -> None:
        self.name, self.may_go = name, may_go
        self.is_begun, self.is_cancelled = threading.Event(), False

    def __str__(self) -> str:
        return self.name

    def service(self) -> None:
        self.is_begun.set()
        self.may_go.wait(30)
        raise ValueError(self.name)

    def cancel(self) -> None:
        self.is_cancelled = True


def test_threads_serve_plain_requests_while_costly_ones_wait_and_go_on_after_faults() -> None:
    may_go, at_once = threading.Event(), threading.Event()
    at_once.set()
    dispatcher = TwoLanes(_lanes(at_once=1), threads=2)
    dispatcher.logger = logging.Logger("nobody reads")
    dispatcher.logger.addHandler(logging.NullHandler())
    costly = [_Task("costly", may_go) for _ in range(3)]
    for task in costly:
        dispatcher.add_task(task)
    for _ in range(3):
        plain = _Task("plain", at_once)
        dispatcher.add_task(plain)
        assert plain.is_begun.wait(30)
    assert [task.is_begun.is_set() for task in costly] == [True, False, False]
    may_go.set()
    assert all(task.is_begun.wait(30) for task in costly)
    dispatcher.shutdown()
    assert not dispatcher.threads


def test_a_thread_that_waits_for_work_finds_who_has_waited_too_long_by_itself() -> None:
    may_go = threading.Event()
    lanes = Lanes(lambda _task: True, at_once=1, patience=0.05)
    dispatcher = TwoLanes(lanes, threads=3)
    computing, late = _Task("costly", may_go), _Task("costly late", may_go)
    dispatcher.logger = logging.Logger("nobody reads")
    dispatcher.logger.addHandler(logging.NullHandler())
    dispatcher.add_task(computing)
    dispatcher.add_task(late)
    assert computing.is_begun.wait(30)
    assert late.is_begun.wait(30)
    may_go.set()
    dispatcher.shutdown()
