"""What the room refuses. Words for people are made by the views."""


class NotPossible(Exception):
    """The session, order or participation is not, or no longer, in a state in which this can be done."""


class CodeTaken(Exception):
    """Another programme, course, session or order has this code."""


class ChangedMeanwhile(Exception):
    """Somebody saved this since it was opened."""


class AlreadyTakesPart(Exception):
    """The participant stands in this session already."""


class AlreadyNamed(Exception):
    """The institution has this role, the lecturer teaches, or the organisation has its seats in this session already."""


class DayOutOfOrder(Exception):
    """A day lies before what it has to follow, or in the future."""


class NoSeats(Exception):
    """The session has no seat left; the argument is how many it has."""

    def __init__(self, seats: int) -> None:
        super().__init__(str(seats))
        self.seats = seats
