"""Two rankings of one need compared: who moved by how much, and because of what. Pure.

A cause is found by exchanging one input of the earlier ranking for that of the later one and scoring again: what
changes the person's points or state by itself is a cause. Whose points stayed was moved by others.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from functools import cached_property

from registry.matching.engine.facts import NeedSpec, PersonFacts
from registry.matching.engine.frozen import canonical
from registry.matching.engine.outcome import Match, Standing
from registry.matching.engine.score import Plan, SimilarityTable, prepare, ranking_order, score


class Cause(StrEnum):
    """Why a place changed."""

    PROFILE = "profile"
    NEED = "need"
    WEIGHTS = "weights"
    VOCABULARY = "vocabulary"
    DATE = "date"
    FORMULA = "formula"
    OTHERS = "others"


@dataclass(frozen=True)
class Frame:
    """Everything that decides a ranking beside the people."""

    need: NeedSpec
    table: SimilarityTable
    as_of: date
    formula: int

    @cached_property
    def plan(self) -> Plan:
        """The need made ready."""
        return prepare(self.need, self.table)

    @cached_property
    def readable(self) -> frozenset[str]:
        """The concepts whose claims can earn points here; no other claims were read."""
        wanted = {one.skill for one in self.need.skills}
        return frozenset(wanted | {code for one in wanted for code in self.table.get(one, ())})

    def score(self, person: PersonFacts) -> Match:
        """A person under these inputs."""
        return score(self.plan, person, self.as_of)


@dataclass(frozen=True)
class Row:
    """One place of a ranking; `facts` are None when an erasure blanked them."""

    rank: int
    person: str
    certain: int
    facts: PersonFacts | None


@dataclass(frozen=True)
class Standings:
    """A ranking as far as it was kept. `is_whole` says that everybody ranked has a row."""

    frame: Frame
    rows: tuple[Row, ...]
    is_whole: bool

    @cached_property
    def by_person(self) -> Mapping[str, Row]:
        """The rows by public id."""
        return {one.person: one for one in self.rows}

    def has_place_for(self, match: Match) -> bool:
        """Whether somebody scored like this would be among the rows."""
        if match.standing is not Standing.RANKED:
            return False
        last = self.rows[-1] if self.rows else None
        if self.is_whole or last is None or last.facts is None:
            return self.is_whole
        return ranking_order(match) < ranking_order(self.frame.score(last.facts))


@dataclass(frozen=True)
class Move:
    """A person before and after; None where there was no row."""

    person: str
    before: Row | None
    after: Row | None
    causes: tuple[Cause, ...]

    @property
    def shift(self) -> int:
        """Places won (positive) or lost; 0 for somebody new or gone."""
        return self.before.rank - self.after.rank if self.before and self.after else 0


@dataclass(frozen=True)
class Shifts:
    """How many people moved and how, without names and without causes."""

    new_in_50: int = 0
    new_in_100: int = 0
    up: int = 0
    down: int = 0
    left: int = 0

    def __bool__(self) -> bool:
        return any((self.new_in_50, self.new_in_100, self.up, self.down, self.left))


Ranks = Mapping[str, int]
"""Public id → place."""


def shifts(before: Ranks, after: Ranks) -> Shifts:
    """Counts of moves between two kept rankings."""
    both = [(before[one], rank) for one, rank in after.items() if one in before]
    return Shifts(
        new_in_50=_entered(before, after, 50),
        new_in_100=_entered(before, after, 100),
        up=sum(new < old for old, new in both),
        down=sum(new > old for old, new in both),
        left=len(before.keys() - after.keys()),
    )


def _entered(before: Ranks, after: Ranks, first: int) -> int:
    """How many stand among the first now and did not before."""
    return sum(rank <= first < before.get(one, first + 1) for one, rank in after.items())


def moves(earlier: Standings, later: Standings) -> tuple[Move, ...]:
    """Everybody whose place or points changed, in the order of the later ranking, then those who left."""
    compared = Comparison(earlier, later.frame)
    stayed = (compared.move(row) for row in later.rows)
    gone = (compared.left(row, later) for row in earlier.rows if row.person not in later.by_person)
    return tuple(one for one in (*stayed, *gone) if one is not None)


class Comparison:
    """An earlier ranking beside the inputs of a later one; what can be exchanged is worked out once."""

    def __init__(self, earlier: Standings, later: Frame) -> None:
        self.earlier = earlier
        self.later = later
        self._variants = tuple(_variants(earlier.frame, later))

    def move(self, after: Row) -> Move | None:
        """How this row came to its place; None when neither place nor points changed."""
        before = self.earlier.by_person.get(after.person)
        if before is None:
            return Move(after.person, None, after, self._why_new(after))
        if (before.rank, before.certain) == (after.rank, after.certain):
            return None
        return Move(after.person, before, after, self._why_moved(before, after))

    def left(self, before: Row, later: Standings) -> Move:
        """Why somebody has no row any more."""
        return Move(before.person, before, None, self._why_left(before, later))

    def _why_moved(self, before: Row, after: Row) -> tuple[Cause, ...]:
        if self._is_other_formula:
            return (Cause.FORMULA,)
        if before.facts is None or after.facts is None:
            return (Cause.PROFILE,)
        old, new = self._completed(before.facts, after.facts)
        base = self.earlier.frame.score(old)
        if _value(base) == _value(self.later.score(new)):
            return (Cause.OTHERS,)
        profile = [Cause.PROFILE] if _value(self.earlier.frame.score(new)) != _value(base) else []
        causes = (*profile, *self._alone(old, base))
        return causes or self._together(old, new)

    def _why_new(self, after: Row) -> tuple[Cause, ...]:
        if self._is_other_formula:
            return (Cause.FORMULA,)
        if after.facts is None:
            return (Cause.OTHERS,)
        base = self.earlier.frame.score(after.facts)
        if self.earlier.has_place_for(base):
            return (Cause.PROFILE,)
        return self._alone(after.facts, base) or (Cause.OTHERS,)

    def _why_left(self, before: Row, later: Standings) -> tuple[Cause, ...]:
        if self._is_other_formula:
            return (Cause.FORMULA,)
        if before.facts is None:
            return (Cause.PROFILE,)
        if _read_parts(self.later.need) - _read_parts(self.earlier.frame.need):
            return (Cause.NEED,)  # what it asks for now was not read of this person then
        if later.has_place_for(self.later.score(before.facts)):
            return (Cause.PROFILE,)
        base = self.earlier.frame.score(before.facts)
        return self._alone(before.facts, base) or (Cause.OTHERS,)

    @property
    def _is_other_formula(self) -> bool:
        return self.earlier.frame.formula != self.later.formula

    def _alone(self, person: PersonFacts, base: Match) -> tuple[Cause, ...]:
        """The exchanged inputs that change something by themselves."""
        return tuple(cause for cause, frame in self._variants if _value(frame.score(person)) != _value(base))

    def _together(self, old: PersonFacts, new: PersonFacts) -> tuple[Cause, ...]:
        """Nothing alone makes the difference: all that differs does."""
        profile = [Cause.PROFILE] if canonical(old) != canonical(new) else []
        return (*profile, *(cause for cause, _frame in self._variants)) or (Cause.OTHERS,)

    def _completed(self, old: PersonFacts, new: PersonFacts) -> tuple[PersonFacts, PersonFacts]:
        """Both facts with what only the other ranking read: that it was not read is no change of the profile."""
        before, after = self.earlier.frame, self.later
        return (
            _with_unread(old, new, before, after),
            _with_unread(new, old, after, before),
        )


def _with_unread(facts: PersonFacts, other: PersonFacts, own: Frame, others: Frame) -> PersonFacts:
    claims = (one for one in other.skills if one.skill not in own.readable)
    unread = _read_parts(others.need) - _read_parts(own.need)
    return replace(
        facts,
        skills=(*facts.skills, *claims),
        **{name: getattr(other, name) for name in sorted(unread)},
    )


def _read_parts(need: NeedSpec) -> set[str]:
    """Which facts beside skills a need reads."""
    kinds = {type(one).__name__ for one in need.conditions}
    asked = {
        "experience": need.experience is not None,
        "education": need.qualification is not None or bool(kinds & {"DegreeCondition", "FieldCondition"}),
        "languages": "LanguageCondition" in kinds,
        "availability": need.availability is not None or "AvailableCondition" in kinds,
        "places": need.place is not None,
    }
    return {name for name, is_read in asked.items() if is_read}


def _variants(earlier: Frame, later: Frame) -> Iterable[tuple[Cause, Frame]]:
    """The earlier inputs with one of them exchanged, for each that differs."""
    terms = _weighed_like(later.need, earlier.need)
    weights = _weighed_like(earlier.need, later.need)
    table = {code: later.table.get(code, line) for code, line in earlier.table.items()}
    wider = {**later.table, **earlier.table}
    offered = (
        (Cause.NEED, replace(earlier, need=terms, table=wider), _asks(terms) != _asks(earlier.need)),
        (Cause.WEIGHTS, replace(earlier, need=weights), _asks(weights) != _asks(earlier.need)),
        (Cause.VOCABULARY, replace(earlier, table=table), table != dict(earlier.table)),
        (Cause.DATE, replace(earlier, as_of=later.as_of), later.as_of != earlier.as_of),
    )
    return ((cause, frame) for cause, frame, differs in offered if differs)


def _weighed_like(need: NeedSpec, other: NeedSpec) -> NeedSpec:
    """What one need asks for with the shares and weights of the other."""
    weights = {one.skill: one.weight for one in other.skills}
    skills = tuple(replace(one, weight=weights.get(one.skill, one.weight)) for one in need.skills)
    return replace(need, skills=skills, shares=other.shares)


def _asks(need: NeedSpec) -> tuple[object, ...]:
    """A need so that the order of its rows does not matter."""
    skills = sorted(need.skills, key=lambda one: one.skill)
    conditions = sorted(need.conditions, key=repr)
    return (
        skills,
        conditions,
        need.experience,
        need.qualification,
        need.availability,
        need.place,
        need.shares,
    )


def _value(match: Match) -> tuple[Standing, str, int]:
    """What of a match decides its place."""
    return match.standing, match.state.value, match.certain
