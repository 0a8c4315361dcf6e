"""Turns of costly pages: few at once, the rest are told at once; a place is always given back."""

import pytest

from registry.web.turns import NoTurn, Turns


def test_as_many_are_served_as_there_are_places() -> None:
    turns = Turns(at_once=2)
    with turns.one(), turns.one(), pytest.raises(NoTurn), turns.one():
        pass
    with turns.one():
        pass


def test_an_error_gives_the_place_back() -> None:
    turns = Turns(at_once=1)
    with pytest.raises(ZeroDivisionError), turns.one():
        raise ZeroDivisionError
    with turns.one():
        pass
