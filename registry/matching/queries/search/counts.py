"""The counts of a page: from the rolls; where there is none, from the database."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from registry.matching.engine.search import counting
from registry.matching.engine.search.columns import Int64
from registry.matching.engine.search.masks import Mask, count_of
from registry.matching.queries.search.asked import Sought
from registry.matching.queries.search.facets import (
    MOST_OPTIONS,
    OPEN_FACETS,
    OWN,
    FacetCounts,
    chosen_in,
    counts_by_query,
)
from registry.matching.queries.search.on_roll import OnRoll, on_rolls
from registry.people.queries import listed
from registry.people.queries.narrowing import FACETS, HOME_COUNTRY
from registry.skills.models import Skill

Counts = Mapping[Any, int]


def facet_counts(session: Session, sought: Sought, units: Sequence[str]) -> FacetCounts:
    """All counts beside the options. Open lists hold at most twenty, the most frequent first, and whatever is chosen."""
    rolls = on_rolls(session, sought)
    if not rolls:
        return counts_by_query(session, sought, units)
    told = [_of_roll(one, sought, units) for one in rolls]
    closed = {facet: _added(one.closed[facet] for one in told) for facet in FACETS}
    by_unit = _added(one.units for one in told)
    opened = {facet: _added(one.open[facet] for one in told) for facet in OPEN_FACETS}
    skills, named = _skills(session, opened["skill"], chosen_in(sought, "skill"))
    words = {
        facet: _most(sorted(opened[facet]), opened[facet], chosen_in(sought, facet))
        for facet in OPEN_FACETS
        if facet != "skill"
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
    """The closed lists, the units and all of the open lists (skills by row id) of one roll."""

    closed: Mapping[str, Counts]
    units: Counts
    open: Mapping[str, Counts]


def _of_roll(asked: OnRoll, sought: Sought, units: Sequence[str]) -> _Told:
    """All counts of those whom a roll answers for."""
    roll, search = asked.roll, sought.search
    fitting: dict[str, Mask] = {}

    def others(name: str) -> Mask:
        key = name if name in asked.conditions else ""
        if key not in fitting:
            fitting[key] = asked.without(key)
        return fitting[key]

    closed = {
        facet: {option: count_of(others(facet) & roll.option(facet, option)) for option in options}
        for facet, options in FACETS.items()
    }
    by_word = counting.units(roll, others("unit")) if units else np.empty(0, np.int64)
    by_unit = {path: _below(roll.words.unit_paths, by_word, path) for path in units}
    skills = counting.skills(roll, others(OWN["skill"]), search.skill_rank)
    opened: dict[str, Counts] = {
        "skill": _told(range(len(skills)), skills),
        "field": _told(roll.words.fields, counting.fields(roll, others(OWN["field"]))),
        "language": _told(
            roll.words.languages, counting.languages(roll, others(OWN["language"]), search.language_rank)
        ),
        "country": _told(roll.words.countries, counting.countries(roll, others(OWN["country"]))),
    }
    opened["country"] = {code: count for code, count in opened["country"].items() if code != HOME_COUNTRY}
    return _Told(closed, by_unit, opened)


def _below(words: Sequence[str], counts: Int64, path: str) -> int:
    return sum(count for word, count in zip(words, counts.tolist(), strict=True) if word.startswith(path))


def _told(words: Sequence[Any], counts: Int64) -> Counts:
    """What somebody has."""
    some = np.flatnonzero(counts)
    return {words[one]: count for one, count in zip(some.tolist(), counts[some].tolist(), strict=True)}


def _added(told: Iterable[Counts]) -> dict[Any, int]:
    total = Counter[Any]()
    for counts in told:
        total.update(counts)
    return dict(total)


def _most(codes: Iterable[str], counts: Counts, chosen: Sequence[str]) -> dict[str, int]:
    """The chosen ones first, then the most frequent; what is equal stays in the order given."""
    held = [code for code in codes if counts.get(code)]
    held.sort(key=lambda code: (code not in chosen, -counts[code]))
    return {code: counts[code] for code in held[: max(MOST_OPTIONS, len(chosen))]}


def _skills(
    session: Session, counts: Counts, chosen: Sequence[str]
) -> tuple[dict[str, int], dict[str, tuple[str, str]]]:
    """The skills that may be shown, by code, with their names. Which of equals come first, the database says."""
    most = max(MOST_OPTIONS, len(chosen))
    ranked = sorted(counts.values(), reverse=True)
    least = ranked[most - 1] if len(ranked) >= most else 1
    near = np.array([skill_id for skill_id, count in counts.items() if count >= least], np.int64)
    rows = session.execute(
        select(Skill.id, Skill.code, Skill.vi, Skill.en)
        .where(or_(Skill.id.in_(listed(session, near)), Skill.code.in_(chosen)))
        .order_by(Skill.code)
    ).all()
    by_code = {row.code: counts[row.id] for row in rows if row.id in counts}
    shown = _most(by_code, by_code, chosen)
    names = {row.code: (row.vi, row.en) for row in rows}
    return shown, {code: names[code] for code in shown}
