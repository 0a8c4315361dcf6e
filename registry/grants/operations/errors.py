"""What the room refuses. Words for people are made by the views."""

from datetime import date


class NotPossible(Exception):
    """The decision, grant or payment is not, or no longer, in a state in which this can be done."""


class SecondPersonNeeded(Exception):
    """Whoever proposed a decision, or found a breach, does not approve or waive it."""


class NotApplicable(Exception):
    """The version cannot be granted on that day at all; the argument says why, in words."""


class NoSuchGroup(Exception):
    """A group the version does not have, or none at all."""


class GroundNeeded(Exception):
    """The decision is another than the engine's answer, or the sum is not the text's: somebody must write why."""


class AlreadyDecided(Exception):
    """A decision for this person by this policy waits, or is in force, for one of these groups."""


class AnswerDiffers(Exception):
    """On the day of signing the same facts give other sums than those that were proposed."""


class AnswerChanged(Exception):
    """Since the page was shown, facts or parameters changed and the answer with them."""


class LinesNotFixed(Exception):
    """A line has no amount or no end yet, so that nothing can be committed."""


class OutOfBounds(Exception):
    """The amount lies outside what the text allows; the arguments are the bounds."""

    def __init__(self, low: int, high: int) -> None:
        super().__init__(f"{low} {high}")
        self.low, self.high = low, high


class OverPaid(Exception):
    """More than is due was to be paid; the argument is what is due."""

    def __init__(self, due: int) -> None:
        super().__init__(str(due))
        self.due = due


class DayOutOfOrder(Exception):
    """The day does not fit: before the decision, in the future, or not after what it has to follow."""

    def __init__(self, after: date | None = None) -> None:
        super().__init__(str(after))
        self.after = after


class EndNeeded(Exception):
    """The terms do not tell when the commitment ends: somebody must say it."""


class AmountNeeded(Exception):
    """The text's formula of repayment was not read: somebody must say how much is to be paid back."""


class GroundNotListed(Exception):
    """The text lists the grounds that free from repayment, and this is none of them; the argument are the listed."""

    def __init__(self, listed: tuple[str, ...]) -> None:
        super().__init__("; ".join(listed))
        self.listed = listed
