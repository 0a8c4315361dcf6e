"""All places with what lies above them, what they became, and an index of their names."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from registry.places.rules.answers import Candidate, Place
from registry.places.rules.kinds import Kinds, Tokens, UnitKind, UnitLevel, kinds_typed
from registry.places.rules.spelling import Grade, grade, key_of, name_tokens


@dataclass(frozen=True, slots=True)
class Alias:
    """Another name of a place («Sài Gòn», «BRVT»)."""

    alias: str
    place: Place


@dataclass(frozen=True, slots=True)
class Reading:
    """A name of the list that one part of a typed text may stand for."""

    place: Place
    grade: Grade
    kinds: Kinds | None
    has_marks: bool = False

    @property
    def misses_marks(self) -> bool:
        """Whether the part was typed with marks and the name has others: «thị trấn Ba Tri» for «Bà Tri».

        A part without any mark says nothing about marks, so it misses none.
        """
        return self.has_marks and self.grade is not Grade.EXACT

    @property
    def kind_fits(self) -> bool:
        """Whether the kind word that was typed is one the place has, or none was typed."""
        if self.kinds is None:
            return True
        if self.place.level is UnitLevel.PROVINCE and UnitKind.PROVINCE in self.kinds:
            return True  # people keep saying «tỉnh» of a province that has become a city
        return self.place.kind in self.kinds


class Atlas:
    """Built from all units, their successions (old id → new id) and the aliases; never changed after."""

    def __init__(
        self,
        places: Iterable[Place],
        successions: Iterable[tuple[int, int]],
        aliases: Iterable[Alias] = (),
    ) -> None:
        self._places = {place.id: place for place in places}
        self._by_path = {place.path: place for place in self._places.values()}
        self._by_code: dict[str, list[Place]] = defaultdict(list)
        for place in self._places.values():
            self._by_code[place.code].append(place)
        self._successors: dict[int, list[int]] = defaultdict(list)
        self._predecessors: dict[int, list[int]] = defaultdict(list)
        for old, new in successions:
            self._successors[old].append(new)
            self._predecessors[new].append(old)
        self._index: dict[str, list[tuple[Tokens, Place]]] = defaultdict(list)
        for place in self._places.values():
            self._enter(place.name, place)
        for alias in aliases:
            self._enter(alias.alias, alias.place)
        self._above = {place.id: self._ids_above(place) for place in self._places.values()}

    def by_id(self, number: int) -> Place:
        """The place with this id. Raises KeyError."""
        return self._places[number]

    def by_path(self, path: str) -> Place | None:
        """The place with this path, such as "VN/86/29110/"."""
        return self._by_path.get(path)

    def by_code(self, code: str) -> tuple[Place, ...]:
        """All places that have or had this code of the statistics office; codes were given anew after units ended."""
        return tuple(self._by_code.get(code, ()))

    def today(self, place: Place) -> tuple[Place, ...]:
        """The units of today that a place is or went to; a divided district is in its province."""
        if place.is_current:
            return (place,)
        if self._successors.get(place.id):
            found = {u.id: u for new in self._successors[place.id] for u in self.today(self._places[new])}
            return tuple(found.values())
        return () if place.parent is None else self.today(place.parent)

    def communes_of(self, place: Place) -> list[Place]:
        """The communes of today inside a unit of today, itself if it is one."""
        return [
            one
            for one in self._places.values()
            if one.level is UnitLevel.COMMUNE and one.is_current and one.path.startswith(place.path)
        ]

    def former(self, place: Place) -> tuple[Place, ...]:
        """The units that went, wholly or in part, into this one, in dictionary order."""
        found = [self._places[old] for old in self._predecessors.get(place.id, ())]
        return tuple(sorted(found, key=lambda old: (old.level, old.sort_key, old.path)))

    def candidates(self, place: Place) -> list[Candidate]:
        """The units of today that the name of this place leads to."""
        return [Candidate(unit, None if place.is_current else place) for unit in self.today(place)]

    def may_name_beside(self, place: Place, other: Place) -> bool:
        """Whether an address of `place` may name `other`: it lies above it, now or before the reform."""
        return other.id in self._above[place.id]

    def lookup(self, tokens: Tokens) -> list[Reading]:
        """What these words may be the name of, marks and all, with or without a kind word."""
        has_marks = not all(token.isascii() for token in tokens)
        found = self._named(tokens, None, has_marks)
        for kinds, name in kinds_typed(tokens):
            found.extend(self._named(name, kinds, has_marks))
        return found

    def knows(self, tokens: Tokens) -> bool:
        """Whether `lookup` finds anything."""
        return bool(self.lookup(tokens))

    def starting_with(self, tokens: Tokens, most: int) -> list[Place]:
        """Units of today whose name begins with these words, in dictionary order, for lists while typing."""
        key = key_of(tokens)
        if not key:
            return []
        found = {
            place.id: place
            for name in self._index
            if name.startswith(key)
            for place in self.sharing_key(name)
            if place.is_current and place.level is not UnitLevel.COUNTRY
        }
        return sorted(found.values(), key=lambda place: (place.sort_key, place.path))[:most]

    def sharing_key(self, key: str) -> list[Place]:
        """The places with this key, whatever their marks."""
        return [place for _name, place in self._index.get(key, ())]

    @property
    def keys(self) -> Sequence[str]:
        """All keys of names, for finding similar ones."""
        return list(self._index)

    def _enter(self, name: str, place: Place) -> None:
        tokens = name_tokens(name)
        self._index[key_of(tokens)].append((tokens, place))

    def _named(self, typed: Tokens, kinds: Kinds | None, has_marks: bool) -> list[Reading]:
        if kinds is None and all(token.isdigit() for token in typed):
            return []  # «12» alone is a house number; «Phường 12» is a place
        found: dict[int, Reading] = {}
        for name, place in self._index.get(key_of(typed), ()):
            how = grade(typed, name)
            if how is not Grade.CONFLICT and (place.id not in found or how > found[place.id].grade):
                found[place.id] = Reading(place, how, kinds, has_marks)
        return list(found.values())

    def _ids_above(self, place: Place) -> frozenset[int]:
        if place.level is UnitLevel.PROVINCE:
            return frozenset(_ancestors(place))
        if place.is_current:
            relatives = [self._places[old] for old in self._predecessors.get(place.id, ())]
        else:
            relatives = list(self.today(place))
        found = set(_ancestors(place))
        for relative in relatives:
            found.update(_ancestors(relative))
            if relative.level in (UnitLevel.PROVINCE, UnitLevel.DISTRICT):
                found.add(relative.id)
        for above in list(found):
            # «Hà Tây» still stands in old papers beside communes that were Hà Nội's until the reform.
            if not self._places[above].is_current:
                found.update(self._predecessors.get(above, ()))
        found.discard(place.id)
        return frozenset(found)


def _ancestors(place: Place) -> list[int]:
    found: list[int] = []
    above = place.parent
    while above is not None:
        found.append(above.id)
        above = above.parent
    return found
