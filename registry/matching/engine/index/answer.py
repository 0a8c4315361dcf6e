"""What a kernel answers: counts over everybody it saw, and the first rows in order; and joining two answers."""

from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from heapq import merge
from itertools import islice

from registry.matching.engine.outcome import Match, Ranking, Verdict


@dataclass(frozen=True, order=True)
class Placed:
    """One ranked person where the order of a ranking puts them: all met first, then points, then the id."""

    has_unknown: bool
    minus_certain: int
    person: str

    @property
    def certain(self) -> int:
        """Certain points in hundredths."""
        return -self.minus_certain

    @staticmethod
    def of(match: Match) -> "Placed":
        """The place of a match."""
        return Placed(match.state is not Verdict.MET, -match.certain, match.person)


@dataclass(frozen=True)
class Tally:
    """Counts of a ranking. `excluded` and `relaxations` by key of condition, `reach` by place of the skill.

    `at_least` says how many ranked people have as many points as the request asked for, `ahead` how many of
    all ranked stand before each person asked about.
    """

    considered: int = 0
    not_enough_data: int = 0
    excluded_people: int = 0
    ranked: int = 0
    at_least: int = 0
    ahead: tuple[int, ...] = ()
    excluded: Mapping[str, int] = field(default_factory=dict[str, int])
    relaxations: Mapping[str, int] = field(default_factory=dict[str, int])
    reach: tuple[int, ...] = ()
    more_one_rank_lower: tuple[int, ...] = ()


@dataclass(frozen=True)
class Wish:
    """Which rows are wanted: the first `count` of at least `minimum` hundredths.

    `about` are people, in their order, of whom the place among all is asked.
    """

    minimum: int = 0
    count: int = 0
    about: tuple[Placed, ...] = ()


@dataclass(frozen=True)
class Answer:
    """Counts, and the first rows of those with enough points, in order."""

    tally: Tally
    first: tuple[Placed, ...]


def of_reference(ranking: Ranking, wish: Wish) -> Answer:
    """The reference's ranking of some people as an answer."""
    placed = [Placed.of(row) for row in ranking.rows]
    above = [one for one in placed if one.certain >= wish.minimum]
    tally = Tally(
        considered=ranking.considered,
        not_enough_data=ranking.not_enough_data,
        excluded_people=ranking.excluded_people,
        ranked=len(ranking.rows),
        at_least=len(above),
        ahead=tuple(bisect_left(placed, one) for one in wish.about),
        excluded=ranking.excluded,
        relaxations=ranking.relaxations,
        reach=tuple(one.reach for one in ranking.supply),
        more_one_rank_lower=tuple(one.more_one_rank_lower for one in ranking.supply),
    )
    return Answer(tally, tuple(above[: wish.count]))


def joined(answers: Sequence[Answer], count: int) -> Answer:
    """Answers over different people as one: counts add up, rows interleave."""
    tallies = [one.tally for one in answers]
    tally = Tally(
        considered=sum(one.considered for one in tallies),
        not_enough_data=sum(one.not_enough_data for one in tallies),
        excluded_people=sum(one.excluded_people for one in tallies),
        ranked=sum(one.ranked for one in tallies),
        at_least=sum(one.at_least for one in tallies),
        ahead=_summed([one.ahead for one in tallies]),
        excluded=_added(one.excluded for one in tallies),
        relaxations=_added(one.relaxations for one in tallies),
        reach=_summed([one.reach for one in tallies]),
        more_one_rank_lower=_summed([one.more_one_rank_lower for one in tallies]),
    )
    return Answer(tally, tuple(islice(merge(*(one.first for one in answers)), count)))


def _added(counts: Iterable[Mapping[str, int]]) -> dict[str, int]:
    """Counts by key; a reason that the other answer did not meet still has its place with zero."""
    total: Counter[str] = Counter()
    for one in counts:
        for key, count in one.items():
            total[key] += count
    return dict(sorted(total.items()))


def _summed(rows: Sequence[tuple[int, ...]]) -> tuple[int, ...]:
    told = [row for row in rows if row]
    return tuple(sum(column) for column in zip(*told, strict=True)) if told else ()
