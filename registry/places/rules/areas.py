"""What kind of area a place is on a day: mountainous, an island, favoured by the province, … Pure.

A record says all that is true of a unit from a day on, so what it does not name is not so; of a unit without any record
nothing is known. A record of a unit that ended goes on for the units its land went to, until one of them has its own.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from itertools import zip_longest

from registry.places.rules.answers import Place
from registry.places.rules.atlas import Atlas


class AreaKind(StrEnum):
    """An attribute of a place that policies and reports ask for (PL-04)."""

    MOUNTAIN = "mountain"
    BORDER = "border"
    ISLAND = "island"
    RURAL = "rural"
    MINORITY = "ethnic_minority"
    DIFFICULT = "difficult"
    PRIORITY = "priority"


@dataclass(frozen=True, slots=True)
class AreaRecord:
    """What a document says of one unit from a day on. No kinds: that it is nothing of the sort any more."""

    unit_id: int
    kinds: frozenset[AreaKind]
    valid_from: date


@dataclass(frozen=True, slots=True)
class Area:
    """What is known of a place on a day. `kinds` is None when nothing is, or when its parts differ (`is_divided`).

    `of` is the place the record is about: the place itself, one above it, or one it came from.
    """

    kinds: frozenset[AreaKind] | None = None
    of: Place | None = None
    is_divided: bool = False


Records = Mapping[int, Sequence[AreaRecord]]
"""By unit, the oldest first."""

UNKNOWN = Area()


def area_of(places: Atlas, records: Records, place: Place, on: date) -> Area:
    """The newest record of the place itself; else of those it came from; else of what lies above it."""
    own = _newest(records.get(place.id, ()), on)
    if own is not None:
        return Area(own.kinds, place)
    came = [area_of(places, records, one, on) for one in places.former(place)]
    if any(one.kinds is not None or one.is_divided for one in came):
        return _joined(came)
    return UNKNOWN if place.parent is None else area_of(places, records, place.parent, on)


@dataclass(frozen=True, slots=True)
class AreaSpan:
    """The paths of units of today that were of a kind from a day to another, both inclusive (None: until now)."""

    paths: tuple[str, ...]
    first: date
    last: date | None


def spans_of(places: Atlas, records: Records, kind: AreaKind) -> list[AreaSpan]:
    """Where and when places were of a kind, in spans between which nothing changed, the earliest first."""
    days = sorted({one.valid_from for said in records.values() for one in said})
    touched = {
        one.id: one
        for unit_id in records
        for unit in places.today(places.by_id(unit_id))
        for one in (unit, *places.communes_of(unit))
    }
    found: list[AreaSpan] = []
    for day, following in zip_longest(days, days[1:]):
        paths = [
            one.path
            for one in touched.values()
            if kind in (area_of(places, records, one, day).kinds or frozenset())
        ]
        if paths:
            last = None if following is None else following - timedelta(days=1)
            found.append(AreaSpan(tuple(sorted(paths)), day, last))
    return found


def _newest(records: Sequence[AreaRecord], on: date) -> AreaRecord | None:
    return next((one for one in reversed(records) if one.valid_from <= on), None)


def _joined(came: Sequence[Area]) -> Area:
    """Of parts that say the same, that; of others only that they differ: no part stands for the whole."""
    said = {one.kinds for one in came}
    if len(said) > 1 or any(one.is_divided for one in came):
        return Area(is_divided=True)
    return came[0]
