"""Places for tests: the whole gazetteer from the data files without a database, and a few words for reading it."""

from collections.abc import Iterable
from functools import lru_cache

from registry.places.queries import data_rows, read_aliases
from registry.places.rules import Gazetteer, Place, UnitLevel
from registry.places.rules.edition import Edition, Key
from registry.text import sort_key


@lru_cache(maxsize=1)
def edition() -> Edition:
    """All units of the data files."""
    return Edition.of(data_rows)


@lru_cache(maxsize=1)
def places() -> dict[Key, Place]:
    """All places by (code, valid_from); the ids are of this process only."""
    found: dict[Key, Place] = {}
    for number, (key, unit) in enumerate(edition().units.items(), start=1):
        found[key] = Place(
            number,
            key[0],
            unit.level,
            unit.kind,
            unit.name,
            unit.full_name,
            unit.path,
            sort_key(unit.name),
            key[1],
            unit.valid_to,
            found[unit.parent] if unit.parent is not None else None,
        )
    return found


@lru_cache(maxsize=1)
def gazetteer() -> Gazetteer:
    """The gazetteer the product has, built from the files alone."""
    by_key = places()
    successions = [(by_key[old].id, by_key[new].id) for old, new in edition().successions]
    return Gazetteer(by_key.values(), successions, read_aliases(by_key.values()))


def of_level(level: UnitLevel, *, current: bool) -> list[Place]:
    """The places of a level, of today or from before the reform."""
    return [place for place in places().values() if place.level is level and place.is_current is current]


def words(found: Iterable[Place]) -> list[str]:
    """What the places are called, in order."""
    return [place.words() for place in found]
