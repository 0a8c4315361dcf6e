"""Why something about open data does not happen. Views say it in words."""

from collections.abc import Sequence

from registry.open_data.rules.against import Clash


class CodeTaken(Exception):
    """Another set has this code."""


class WrongState(Exception):
    """A release in this state cannot come into that one."""


class OwnRelease(Exception):
    """Who prepared a release does not decide about it."""


class NoReason(Exception):
    """Refusing and withdrawing say why."""


class TellsTooMuch(Exception):
    """Together with what was public before the release would tell of a few people; nothing more can be hidden."""

    def __init__(self, found: Sequence[Clash]) -> None:
        super().__init__("tells too much together with an earlier release")
        self.found = list(found)
