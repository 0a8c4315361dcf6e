"""Turns of costly pages: few at once, a few wait, the rest are told at once; a place is always given back."""

import threading

import pytest

from registry.web.turns import NoTurn, Turns


def test_as_many_are_served_as_there_are_places() -> None:
    turns = Turns(at_once=2, waiting=0)
    with turns.one(), turns.one(), pytest.raises(NoTurn), turns.one():
        pass
    with turns.one():
        pass


def test_an_error_gives_the_place_back() -> None:
    turns = Turns(at_once=1, waiting=0)
    with pytest.raises(ZeroDivisionError), turns.one():
        raise ZeroDivisionError
    with turns.one():
        pass


def test_who_waits_comes_in_when_a_place_is_free() -> None:
    turns = Turns(at_once=1, waiting=1, patience=30)
    came_in: list[bool] = []
    is_inside, may_go = threading.Event(), threading.Event()

    def first() -> None:
        with turns.one():
            is_inside.set()
            may_go.wait(30)

    def second() -> None:
        with turns.one():
            came_in.append(True)

    threads = [threading.Thread(target=first), threading.Thread(target=second)]
    threads[0].start()
    is_inside.wait(30)
    threads[1].start()
    may_go.set()
    for thread in threads:
        thread.join(30)
    assert came_in == [True]


def test_patience_ends() -> None:
    turns = Turns(at_once=1, waiting=1, patience=0.01)
    with turns.one():
        with pytest.raises(NoTurn), turns.one():
            pass
        # The place to wait is free again: the next one waits too, and is not refused at the door.
        with pytest.raises(NoTurn), turns.one():
            pass
    with turns.one():
        pass
