"""The one way from a typed text to a place: exactly one unit of today, or a question, never a guess."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property, lru_cache

from rapidfuzz import fuzz, process

from registry.places.rules import segments
from registry.places.rules.answers import AnswerState, Candidate, Place, PlaceAnswer, question
from registry.places.rules.atlas import Alias, Atlas, Reading
from registry.places.rules.kinds import LAST_DAY_BEFORE, Tokens, UnitLevel, kinds_typed
from registry.places.rules.spelling import key_of

MOST_CHARACTERS = 200
_MOST_REMEMBERED = 20_000
_LONGEST_FUZZY_KEY = 40
_LEAST_SIMILAR = 80.0
_MOST_SIMILAR_KEYS = 8


@dataclass(frozen=True, slots=True)
class _Match:
    """A reading of the whole text: the place it names, and how the other parts agree with that."""

    reading: Reading
    misses_marks: bool
    context_kinds_fit: bool
    names_district: bool
    names_province: bool
    is_official_form: bool

    @property
    def place(self) -> Place:
        return self.reading.place

    @property
    def is_complete(self) -> bool:
        """Whether even a stale kind word («xã» of a present phường) leaves no doubt."""
        return self.reading.kind_fits or (self.names_district and self.names_province)


class Gazetteer(Atlas):
    """All places, and the rules by which a text names one of them."""

    def __init__(
        self,
        places: Iterable[Place],
        successions: Iterable[tuple[int, int]],
        aliases: Iterable[Alias] = (),
    ) -> None:
        super().__init__(places, successions, aliases)
        self._answer = lru_cache(maxsize=_MOST_REMEMBERED)(self._resolve)

    def resolve(self, text: str, *, on: date | None = None) -> PlaceAnswer:
        """What an NFC text of one line means. `on` prefers the units that existed on that day.

        Accepts a name alone or with the units above it in any order, with or without kind words,
        separators and marks, of today or from before 2025-07-01. Texts beyond 200 characters are unknown.
        """
        return self._answer(text, on)

    def _resolve(self, text: str, on: date | None) -> PlaceAnswer:
        text = " ".join(text.split()).strip(" ,;.-–")
        if not text:
            return PlaceAnswer(text, AnswerState.EMPTY)
        if len(text) > MOST_CHARACTERS:
            return PlaceAnswer(text, AnswerState.UNKNOWN)
        named, now = segments.split_now(text)
        named, is_former = segments.without_formerly(named)
        parts: list[Tokens] = []
        matches: list[_Match] = []
        for way in segments.ways_to_cut(named, self.knows):
            parts = self._without_details(way)
            matches.extend(self._matches(parts))
        if is_former:
            matches = [match for match in matches if not match.place.is_current]
        if not matches:
            return self._nearest(text, parts)
        answer = self._judged(text, _preferred(matches, on))
        return self._narrowed(answer, now, on) if now else answer

    # From parts to matches

    def _without_details(self, parts: Sequence[Tokens]) -> list[Tokens]:
        """The parts that may name a place; beside a road («12, đường Lê Lợi, …») a number is a house."""
        unknown = [part for part in parts if not self.knows(part)]
        details = [part for part in unknown if segments.is_detail(part)]
        if details:
            details += [part for part in unknown if segments.is_number(part)]
        return [part for part in parts if part not in details] or list(parts)

    def _matches(self, parts: Sequence[Tokens]) -> list[_Match]:
        found = self._matches_of([self.lookup(part) for part in parts])
        if found or len(set(parts)) == len(parts):
            return found
        return self._matches_of([self.lookup(part) for part in dict.fromkeys(parts)])

    def _matches_of(self, readings: list[list[Reading]]) -> list[_Match]:
        found: list[_Match] = []
        for place, own in enumerate(readings):
            others = [one for other, one in enumerate(readings) if other != place]
            found.extend(match for reading in own if (match := self._match(reading, others)) is not None)
        return found

    def _match(self, reading: Reading, others: list[list[Reading]]) -> _Match | None:
        """The reading as the place meant, when every other part names something above it."""
        place = reading.place
        beside: list[list[Reading]] = []
        for other in others:
            fitting = [one for one in other if self.may_name_beside(place, one.place)]
            if not fitting:
                return None
            beside.append([one for one in fitting if one.kind_fits] or fitting)
        named = [one for fitting in beside for one in fitting if one.place.level is UnitLevel.PROVINCE]
        return _Match(
            reading,
            reading.misses_marks or any(all(one.misses_marks for one in fitting) for fitting in beside),
            all(any(one.kind_fits for one in fitting) for fitting in beside),
            names_district=_names_district(beside),
            names_province=bool(named),
            is_official_form=_is_official_form(reading, named),
        )

    # From matches to an answer

    def _judged(self, text: str, preferred: "_Preferred") -> PlaceAnswer:
        candidates = _by_unit(one for match in preferred.kept for one in self.candidates(match.place))
        if not all(match.is_complete for match in preferred.kept):
            return question(text, AnswerState.UNKNOWN, candidates)
        if len(candidates) != 1:
            return question(text, AnswerState.AMBIGUOUS, candidates)
        unit, former = candidates[0].unit, candidates[0].former
        elsewhere = _by_unit(one for match in preferred.passed_over for one in self.candidates(match.place))
        also = tuple(one for one in elsewhere if one.unit is not unit)
        return PlaceAnswer(text, AnswerState.RESOLVED, unit, former, also=also)

    def _narrowed(self, answer: PlaceAnswer, now: str, on: date | None) -> PlaceAnswer:
        """A question answered by the text itself: «…, nay là xã Ba Tri, tỉnh Vĩnh Long»."""
        today = self._resolve(now, on).unit
        if answer.state is not AnswerState.AMBIGUOUS or today is None:
            return answer
        inside = [one for one in answer.candidates if one.unit.path.startswith(today.path)]
        if len(inside) != 1:
            return answer
        return PlaceAnswer(answer.typed, AnswerState.RESOLVED, inside[0].unit, inside[0].former)

    # When nothing fits

    def _nearest(self, text: str, parts: Sequence[Tokens]) -> PlaceAnswer:
        unread = [part for part in parts if not self.knows(part)]
        others = [self.lookup(part) for part in parts if part not in unread]
        if not unread:
            # Every part is a name, but they do not lie inside one another.
            places = [one.place for one in min(others, key=len)] if others else []
        else:
            places = self._similar(unread[0], others) or self._context(parts, unread)
        candidates = _by_unit(one for place in places for one in self.candidates(place))
        return question(text, AnswerState.UNKNOWN, candidates, ordered=True)

    def _similar(self, part: Tokens, others: list[list[Reading]]) -> list[Place]:
        """Places whose name differs from the part in marks or a few letters, inside the rest of the text."""
        names = [part, *(name for _kinds, name in kinds_typed(part))]
        found: dict[int, Place] = {}
        for key in (key_of(name)[:_LONGEST_FUZZY_KEY] for name in names):
            if key.isdigit():
                found.update(
                    (place.id, place) for place in self.sharing_key(key) if self._fits_beside(place, others)
                )
            near: list[tuple[str, float, int]] = process.extract(
                key,
                self._fuzzy_keys,
                scorer=fuzz.ratio,
                limit=_MOST_SIMILAR_KEYS,
                score_cutoff=_LEAST_SIMILAR,
            )
            for similar, _score, _place in near:
                fitting = (p for p in self.sharing_key(similar) if self._fits_beside(p, others))
                found.update((place.id, place) for place in fitting)
        return list(found.values())

    def _fits_beside(self, place: Place, others: list[list[Reading]]) -> bool:
        return all(any(self.may_name_beside(place, one.place) for one in other) for other in others)

    def _context(self, parts: Sequence[Tokens], unread: Sequence[Tokens]) -> list[Place]:
        """The place that the understood parts name together."""
        read = [part for part in parts if part not in unread]
        return [match.place for match in _preferred(self._matches(read), None).kept] if read else []

    @cached_property
    def _fuzzy_keys(self) -> list[str]:
        return [key for key in self.keys if not key.isdigit()]


@dataclass(frozen=True, slots=True)
class _Preferred:
    kept: list[_Match]
    passed_over: Sequence[_Match] = ()


def _preferred(matches: list[_Match], on: date | None) -> _Preferred:
    """The matches that stand after every rule that decides between readings without guessing."""
    kept = _some(matches, lambda match: match.reading.kind_fits)
    kept = _some(kept, lambda match: match.context_kinds_fit)
    kept = _some(kept, lambda match: not match.misses_marks)
    # A bare name that is a province's is the province («Bến Tre», not the ward of that name).
    kept = _some(kept, lambda match: match.reading.kinds is None and _is_known_province(match.place))
    if on is not None:
        kept = _some(kept, lambda match: _existed(match.place, on))
    return _of_its_format(kept)


def _of_its_format(matches: list[_Match]) -> _Preferred:
    """Decide between the eras by the form of the address.

    Commune, district and province are the form until 2025-06-30; «xã X, tỉnh Y» with both kind words is
    the full name of a unit of today. Anything less formal leaves the eras side by side.
    """
    kept = [m for m in matches if m.names_district and m.names_province and not m.place.is_current]
    if not kept:
        kept = [match for match in matches if match.is_official_form]
    return _Preferred(kept, [m for m in matches if m not in kept]) if kept else _Preferred(matches)


def _names_district(beside: list[list[Reading]]) -> bool:
    """Whether some part can only be a district, or can be one while another part names the province."""
    levels = [{one.place.level for one in fitting} for fitting in beside]
    for place, own in enumerate(levels):
        others = [other for number, other in enumerate(levels) if number != place]
        if own == {UnitLevel.DISTRICT}:
            return True
        if UnitLevel.DISTRICT in own and any(UnitLevel.PROVINCE in other for other in others):
            return True
    return False


def _is_official_form(reading: Reading, provinces: Sequence[Reading]) -> bool:
    """«xã Ba Tri, tỉnh Vĩnh Long»: a unit and a province of today, each with its kind word."""
    is_full = reading.kinds is not None and reading.kind_fits and reading.place.is_current
    return is_full and any(one.kinds is not None and one.place.is_current for one in provinces)


def _some(matches: list[_Match], fits: Callable[[_Match], bool]) -> list[_Match]:
    """Those that fit when there are any, else all."""
    return [match for match in matches if fits(match)] or matches


def _is_known_province(place: Place) -> bool:
    """One of the 34 or the 63; the provinces before them are too long ago to win over a commune."""
    return place.level is UnitLevel.PROVINCE and place.valid_to in (None, LAST_DAY_BEFORE)


def _existed(place: Place, on: date) -> bool:
    return place.valid_from <= on and (place.valid_to is None or on <= place.valid_to)


def _by_unit(candidates: Iterable[Candidate]) -> list[Candidate]:
    """One candidate for each unit of today; a unit that bears the name itself needs no former one."""
    found: dict[int, Candidate] = {}
    for one in candidates:
        if one.unit.id not in found or one.former is None:
            found[one.unit.id] = one
    return list(found.values())
