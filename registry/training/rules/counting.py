"""Two counts, never one: lượt (participations) and người (distinct people); and small cells that stay unsaid. Pure.

Distinct counts are never added: whoever took part in two categories would be two people.
"""

from collections.abc import Mapping
from dataclasses import dataclass

LEAST = 5
"""The smallest count shown outside the unit that keeps the lists (IN-23)."""


@dataclass(frozen=True, slots=True)
class Counted:
    """How many participations and how many distinct people they are of. Not to be added to another."""

    attendances: int = 0
    people: int = 0


@dataclass(frozen=True, slots=True)
class Split:
    """How many people have a trait, have it not, or of whom the lists do not say; None is hidden."""

    yes: int | None
    no: int | None
    unknown: int | None

    @property
    def is_masked(self) -> bool:
        """Whether something is hidden."""
        return None in (self.yes, self.no, self.unknown)


def masked(split: Split, least: int = LEAST) -> Split:
    """The same without counts of 1 to `least` − 1, and without what they could be worked out from.

    The sum of the three is shown elsewhere, so one hidden count needs a second: the smallest of the others, a nought only
    where nothing else is left. Where no count is small nothing is hidden.
    """
    parts: dict[str, int] = {"yes": split.yes or 0, "no": split.no or 0, "unknown": split.unknown or 0}
    hidden = {name for name, count in parts.items() if 0 < count < least}
    if not hidden:
        return split
    if len(hidden) == 1:
        others = [name for name in parts if name not in hidden]
        hidden.add(min(others, key=lambda name: (parts[name] == 0, parts[name])))
    shown: Mapping[str, int | None] = {
        name: None if name in hidden else count for name, count in parts.items()
    }
    return Split(shown["yes"], shown["no"], shown["unknown"])


def percent(part: int, whole: int | None) -> float | None:
    """Part of a plan in percent; None where there is no plan to compare with."""
    return None if not whole else 100 * part / whole
