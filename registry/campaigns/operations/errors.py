"""Why something about a campaign does not happen. Views say it in words."""


class ChangedMeanwhile(Exception):
    """Somebody else saved the campaign since this version of it was read."""


class NotEditable(Exception):
    """The terms of the campaign are approved: it goes back to a draft before they change."""


class ReasonMissing(Exception):
    """This change of state must say why."""


class Incomplete(Exception):
    """Something is missing that a campaign must have before it is put forward. `what` are codes."""

    def __init__(self, what: tuple[str, ...]) -> None:
        super().__init__(", ".join(what))
        self.what = what


class NotRunning(Exception):
    """The campaign does not run today: nobody is written to."""


class TextRefusedInWords(Exception):
    """A text has an unknown field or a lone brace. `faults` says which."""

    def __init__(self, faults: object) -> None:
        super().__init__("text")
        self.faults = faults


class NoText(Exception):
    """There is no text for this step in Vietnamese."""


class NobodyToWriteTo(Exception):
    """Nobody is left to be written to."""


class SendingGoesOn(Exception):
    """An order for the same step waits already."""


class LinkIsOver(Exception):
    """The link expired or was revoked, or its campaign is over."""


class NeedNotOffered(Exception):
    """The campaign does not look for people for this need now."""
