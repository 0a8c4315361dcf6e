"""Why something about a programme does not happen. Views say it in words."""

from registry.programmes.rules.tasks import AgenciesFault


class ChangedMeanwhile(Exception):
    """Somebody else saved the record since this version of it was read."""


class CodeTaken(Exception):
    """The code names another record already."""


class WrongPlace(Exception):
    """What was named to hang on belongs to another programme, is of a kind that cannot carry it, or hangs on it."""


class WrongAgencies(Exception):
    """The agencies of a task are not one lead and others, each once. `fault` says which."""

    def __init__(self, fault: AgenciesFault) -> None:
        super().__init__(fault.value)
        self.fault = fault


class NotPossible(Exception):
    """The record stands where this step does not start."""


class WordsMissing(Exception):
    """This step must say something."""
