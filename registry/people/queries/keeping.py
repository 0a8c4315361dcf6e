"""What this process keeps of people, each at the number of the newest change, until somebody's number is another.

Who may be seen is asked anew by every page, and so are the numbers: what is kept is taken only at just that number.
Whatever else it depends on (the day, the vocabulary, the last change that named nobody) is the key of its place.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from threading import Lock
from typing import Any, Generic, TypeVar

Kept = TypeVar("Kept")

_KEPT_PLACES = 2
_lock = Lock()


@dataclass
class KeptPlace(Generic[Kept]):
    """The people kept for one set of circumstances, and the highest number of a change seen there."""

    reached: int = 0
    people: dict[int, tuple[int, Kept]] = field(default_factory=dict[int, tuple[int, Kept]])

    def found(self, changes: Mapping[int, int]) -> dict[int, Kept]:
        """What is kept of those who have not changed since; `changes` gives their numbers by row id."""
        kept = ((one, number, self.people.get(one)) for one, number in changes.items())
        return {one: held[1] for one, number, held in kept if held is not None and held[0] == number}

    def keep(self, read: Mapping[int, Kept], changes: Mapping[int, int], most: int) -> None:
        """Keep these people at their numbers as long as there is room for them."""
        with _lock:
            for one, held in read.items():
                if one in self.people or len(self.people) < most:
                    self.people[one] = (changes[one], held)

    def keep_newest(self, read: Mapping[int, Kept], changes: Mapping[int, int], most: int) -> None:
        """Keep these people at their numbers; who was kept longest goes when there is no room."""
        with _lock:
            for one, held in read.items():
                self.people.pop(one, None)
                if len(self.people) >= most:
                    self.people.pop(next(iter(self.people)))
                self.people[one] = (changes[one], held)


def kept_place(places: dict[Any, KeptPlace[Kept]], key: Any, n: int) -> KeptPlace[Kept]:
    """Where people are kept. A number below one seen means that the database became an older one: all is read anew."""
    with _lock:
        found = places.pop(key, None)
        if found is None or n < found.reached:
            found = KeptPlace[Kept]()
        while len(places) >= _KEPT_PLACES:
            places.pop(next(iter(places)))
        places[key] = found
        found.reached = n
    return found
