"""What the room refuses. Words for people are made by the views."""

from datetime import date

from registry.policies.models import ParameterValue, PolicyVersion


class CodeTaken(Exception):
    """A document, policy or year with this name is there already; the argument is the one that is."""


class LinkRefused(Exception):
    """A document would amend or replace itself, or one that amends or replaces it."""


class PeriodTaken(Exception):
    """A parameter has a value on these days already."""

    def __init__(self, other: ParameterValue) -> None:
        super().__init__(other.valid_from.isoformat())
        self.other = other


class NotPossible(Exception):
    """The version is not, or no longer, in a state in which this can be done with it."""


class SecondPersonNeeded(Exception):
    """Whoever made or submitted a version does not approve it."""


class VersionsOverlap(Exception):
    """The version would be in force on days on which another published version of the policy is."""

    def __init__(self, other: PolicyVersion, start: date | None) -> None:
        super().__init__(f"{other.number} {start}")
        self.other, self.start = other, start


class FigureChanged(Exception):
    """The figure that somebody compared is not there, or says something else by now."""
