"""Why a change of the vocabulary is refused. Facts only; the words people read are in the views."""

from registry.skills.models import Skill


class Refused(Exception):
    """The vocabulary may not be changed so."""


class LabelTaken(Refused):
    """Another concept has the text, and nothing says when which of the two is meant."""

    def __init__(self, text: str, holder: Skill) -> None:
        super().__init__(text)
        self.text = text
        self.holder = holder


class LabelOwned(Refused):
    """The concept has the text already."""


class LabelWordless(Refused):
    """The text has no letter or digit it could be found by."""


class NameNeeded(Refused):
    """The text is the name of the concept: another name has to take its place first."""


class NotActive(Refused):
    """The concept is retired or merged, so nothing new may lean on it."""


class SameConcept(Refused):
    """A concept cannot be related to itself, nor merged into itself."""


class AlreadyRelated(Refused):
    """The two concepts are related already, in this way or another."""


class WouldCircle(Refused):
    """The broader link would lead round to where it began."""


class ScaleFixed(Refused):
    """Concepts with different level scales cannot become one: levels would change their meaning."""


class NothingChosen(Refused):
    """No label was chosen to go to the new concept, or the name alone would stay behind."""


class NotWaiting(Refused):
    """Somebody has decided about the text meanwhile."""


class AlreadyUndone(Refused):
    """The change was undone before."""


class ChangedSince(Refused):
    """What the change left was changed again, so putting back what was before would undo more than this change."""


class BroaderCycle(ValueError):
    """Broader links of the files lead round in a circle; the message names the codes along it."""
