"""The counts of a page: from the rolls; where there is none, from the database."""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from operator import attrgetter
from typing import Any

import numpy as np
from sqlalchemy.orm import Session

from registry.matching.engine.search.columns import Int64
from registry.matching.engine.search.counting import Counting
from registry.matching.engine.search.masks import counts_of
from registry.matching.queries.search.area_sets import area_sets
from registry.matching.queries.search.asked import Sought
from registry.matching.queries.search.facets import (
    CLOSED_FACETS,
    MOST_OPTIONS,
    OPEN_FACETS,
    OWN,
    FacetCounts,
    chosen_in,
    counts_by_query,
)
from registry.matching.queries.search.on_roll import OnRoll, on_rolls
from registry.people.queries.areas import AREA_FACETS
from registry.people.queries.narrowing import FACETS, HOME_COUNTRY
from registry.skills.queries import concept_names

Counts = Mapping[Any, int]
_BY_WORD = tuple(facet for facet in OPEN_FACETS if facet != "skill")


def facet_counts(session: Session, sought: Sought, units: Sequence[str]) -> FacetCounts:
    """All counts beside the options. Open lists hold at most twenty, the most frequent first, and whatever is chosen."""
    rolls = on_rolls(session, sought)
    if not rolls:
        return counts_by_query(session, sought, units)
    told = [_of_roll(one, sought, units) for one in rolls]
    closed = {facet: _added(one.closed[facet] for one in told) for facet in CLOSED_FACETS}
    by_unit = _added(one.units for one in told)
    opened = {facet: _added(one.open[facet] for one in told) for facet in _BY_WORD}
    skills, named = _skills(session, [one.skills for one in told], chosen_in(sought, "skill"))
    words = {
        facet: _most(sorted(opened[facet]), opened[facet], chosen_in(sought, facet)) for facet in _BY_WORD
    }
    zeros = {
        facet: {code: 0 for code in chosen_in(sought, facet) if code not in counts}
        for facet, counts in words.items()
    }
    return FacetCounts(
        closed,
        {"skill": skills, **{facet: counts | zeros[facet] for facet, counts in words.items()}},
        by_unit,
        named,
    )


@dataclass(frozen=True)
class _Told:
    """The closed lists, the units, all of the open lists, and skills by row id, of one roll."""

    closed: Mapping[str, Counts]
    units: Counts
    open: Mapping[str, Counts]
    skills: Int64


def _of_roll(asked: OnRoll, sought: Sought, units: Sequence[str]) -> _Told:
    """All counts of those whom a roll answers for."""
    roll, search = asked.roll, sought.search
    fitting: dict[str, Counting] = {}

    def others(name: str) -> Counting:
        key = name if name in asked.conditions else ""
        if key not in fitting:
            fitting[key] = Counting(roll, asked.without(key))
        return fitting[key]

    closed = {**_closed(asked, others), **_of_areas(asked, sought, others)}
    by_word: Counts = _told(roll.words.unit_paths, others("unit").units) if units else {}
    above = _with_above(by_word)
    by_unit = {path: above[path] for path in units}
    skills = others(OWN["skill"]).skills(search.skill_rank)
    opened: dict[str, Counts] = {
        "field": _told(roll.words.fields, others(OWN["field"]).fields),
        "language": _told(roll.words.languages, others(OWN["language"]).languages(search.language_rank)),
        "country": _told(roll.words.countries, others(OWN["country"]).countries),
    }
    opened["country"] = {code: count for code, count in opened["country"].items() if code != HOME_COUNTRY}
    return _Told(closed, by_unit, opened, skills)


def _closed(asked: OnRoll, others: Callable[[str], Counting]) -> Mapping[str, Counts]:
    """The counts of the closed facets: together for all that nobody chose of, alone for each of the others."""
    places, sets = asked.roll.words.option_places, asked.roll.arrays.options
    found: dict[str, Counts] = {}
    for facet, options in FACETS.items():
        if facet in asked.conditions:
            chosen = sets[[places[f"{facet}:{option}"] for option in options]]
            counts = counts_of(chosen, others(facet).mask)
        else:
            rest = others("").options
            counts = [rest[places[f"{facet}:{option}"]] for option in options]
        found[facet] = dict(zip(options, counts, strict=True))
    return found


def _of_areas(asked: OnRoll, sought: Sought, others: Callable[[str], Counting]) -> Mapping[str, Counts]:
    """The counts of the areas of the workforce."""
    sets = area_sets(asked.roll, sought.areas)
    return {
        facet: dict(zip(options, counts_of(sets[facet], others(facet).mask), strict=True))
        for facet, options in AREA_FACETS.items()
    }


def _with_above(counts: Counts) -> Counter[str]:
    """Counts by unit path, those of the units below added."""
    found = Counter[str]()
    for path, count in counts.items():
        end = path.find("/")
        while end >= 0:
            found[path[: end + 1]] += count
            end = path.find("/", end + 1)
    return found


def _told(words: Sequence[Any], counts: Int64) -> Counts:
    """What somebody has."""
    some = np.flatnonzero(counts)
    return {words[one]: count for one, count in zip(some.tolist(), counts[some].tolist(), strict=True)}


def _added(told: Iterable[Counts]) -> dict[Any, int]:
    first, *others = told
    if not others:
        return dict(first)
    total = Counter[Any](first)
    for counts in others:
        total.update(counts)
    return dict(total)


def _most(codes: Iterable[str], counts: Counts, chosen: Sequence[str]) -> dict[str, int]:
    """The chosen ones first, then the most frequent; what is equal stays in the order given."""
    held = [code for code in codes if counts.get(code)]
    held.sort(key=lambda code: (code not in chosen, -counts[code]))
    return {code: counts[code] for code in held[: max(MOST_OPTIONS, len(chosen))]}


def _skills(
    session: Session, told: Sequence[Int64], chosen: Sequence[str]
) -> tuple[dict[str, int], dict[str, tuple[str, str]]]:
    """The skills that may be shown, by code, with their names. Which of equals come first, the database says."""
    counts = np.zeros(max(map(len, told)), np.int64)
    for one in told:
        counts[: len(one)] += one
    most = max(MOST_OPTIONS, len(chosen))
    least = np.partition(counts, -most)[-most] if len(counts) >= most else 1
    known = concept_names(session)
    near = [
        known.by_id[one] for one in np.flatnonzero(counts >= max(1, least)).tolist() if one in known.by_id
    ]
    near += [known.by_code[code] for code in chosen if code in known.by_code]
    by_code = {
        one.code: int(counts[one.id])
        for one in sorted(near, key=attrgetter("place"))
        if one.id < len(counts) and counts[one.id]
    }
    shown = _most(by_code, by_code, chosen)
    named = (known.by_code[code] for code in shown)
    return shown, {one.code: (one.vi, one.en) for one in named}
