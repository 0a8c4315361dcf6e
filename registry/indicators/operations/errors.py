"""Why something about an indicator does not happen. Views say it in words."""

from registry.people.rules.problems import Problem


class CodeTaken(Exception):
    """Another indicator has this code."""


class NoOwnerOrSource(Exception):
    """A measure without an owner or a source is nobody's and of nowhere (IN-18)."""


class Impossible(Exception):
    """A figure that cannot be: a part larger than its whole, a query that does not count this unit."""

    def __init__(self, problem: Problem) -> None:
        super().__init__(problem.text)
        self.problem = problem


class MoveRefused(Exception):
    """A contradiction may not come into this state, or no reason is given."""

    def __init__(self, problem: Problem) -> None:
        super().__init__(problem.text)
        self.problem = problem


class NotFrozen(Exception):
    """Only a frozen report is published, and once."""


class OwnReport(Exception):
    """Who froze a report does not publish it."""
