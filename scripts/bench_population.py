"""Generated people as columns, for measuring: Zipf-like skills, the same for the same seed. No table is touched.

Skills fall off as 1 ÷ (10 + place); eight and a half claims a person, every sixth without a level.
"""

from dataclasses import dataclass, replace
from datetime import date
from typing import Any

import numpy as np
from numpy.typing import NDArray

from registry.matching.engine.dates import add_months
from registry.matching.engine.index.columns import (
    Claims,
    Columns,
    Int64,
    People,
    Places,
    Posts,
    Statements,
    Studies,
    Tongues,
    Words,
)
from registry.matching.engine.parts import STATEMENT_GOOD_FOR_MONTHS
from registry.matching.queries.columns import FORMS
from registry.people.rules import vocabulary

_LETTERS = np.frombuffer(b"0123456789abcdefghjkmnpqrstvwxyz", np.uint8)
_ID_LENGTH = 26
_CLAIMS_A_PERSON = 8.5
_FLATTENED = 10
_LANGUAGES = ("de", "en", "fr", "ja", "ko", "zh")
_SPOKEN = (0.03, 0.45, 0.03, 0.08, 0.06, 0.09)
_RANKS = ((-1, 0, 1, 2, 3, 4, 5), (0.16, 0.01, 0.11, 0.2, 0.27, 0.17, 0.08))
_STRENGTHS = ((0, 2, 3, 4), (0.01, 0.59, 0.25, 0.15))


@dataclass(frozen=True)
class Ground:
    """What people are drawn from: ids of concepts, the paths of provinces (in order), and the day."""

    skills: tuple[int, ...]
    units: tuple[str, ...]
    as_of: date


def popularity(count: int) -> NDArray[np.float64]:
    """How probable each of so many concepts is, from the most common down."""
    weights = 1 / (np.arange(count) + _FLATTENED)
    return weights / weights.sum()


def common_skills(ground: Ground) -> list[int]:
    """The ids of the concepts from the most common down: the same order for any number of people."""
    order = np.random.default_rng(5).permutation(len(ground.skills))
    return [ground.skills[place] for place in order]


def draw(people: int, ground: Ground, seed: int) -> Columns:
    """So many people. Their row ids are 1, 2, 3 …, their public ids stand in no particular order."""
    chance = np.random.default_rng(seed)
    ids = np.arange(1, people + 1)
    fields = tuple(sorted((one.code, one.group) for one in vocabulary().fields))
    groups = tuple(sorted({group for _code, group in fields}))
    codes = tuple(code for code, _group in fields)
    group_of = np.array([groups.index(group) for _code, group in fields] + [-1], np.int32)
    return Columns(
        words=Words(ground.units, (), codes, groups, _LANGUAGES, FORMS),
        people=People(
            row_id=ids,
            public_id=_public_ids(chance, people),
            unit=_falling(chance, people, len(ground.units)),
            organisation=np.full(people, -1, np.int32),
            appears_on=np.zeros(people, np.int32),
        ),
        claims=_claims(chance, ids, common_skills(ground)),
        posts=_posts(chance, ids, group_of, ground.as_of),
        studies=_studies(chance, ids, group_of, ground.as_of),
        tongues=_tongues(chance, ids),
        statements=_statements(chance, ids, ground.as_of),
        places=_places(chance, ids, len(ground.units)),
        current_skill={},
    )


def changed(columns: Columns, people: Int64) -> Columns:
    """The same with all levels of these people one up, 6 to 0 and none to 3."""
    claims = columns.claims
    touched = np.isin(claims.person, people)
    moved = np.where(claims.rank < 0, 3, (claims.rank + 1) % 7).astype(np.int8)
    return replace(columns, claims=replace(claims, rank=np.where(touched, moved, claims.rank)))


def _public_ids(chance: np.random.Generator, count: int) -> Any:
    drawn = _LETTERS[chance.integers(0, len(_LETTERS), (count, _ID_LENGTH), np.uint8)]
    return drawn.reshape(-1).view(f"S{_ID_LENGTH}")


def _falling(chance: np.random.Generator, count: int, kinds: int) -> Any:
    """Numbers 0 … kinds - 1, the low ones oftener."""
    weights = 1 / (np.arange(kinds) + 3)
    return chance.choice(kinds, count, p=weights / weights.sum()).astype(np.int32)


def _claims(chance: np.random.Generator, ids: Int64, skills: list[int]) -> Claims:
    counts = chance.poisson(_CLAIMS_A_PERSON, len(ids))
    drawn = np.searchsorted(np.cumsum(popularity(len(skills)))[:-1], chance.random(int(counts.sum())))
    pairs = np.repeat(ids, counts) * len(skills) + drawn
    pairs.sort()  # one claim a person and concept
    pairs = pairs[np.append(True, pairs[1:] != pairs[:-1])]
    count = len(pairs)
    return Claims(
        person=pairs // len(skills),
        skill=np.array(skills, np.int32)[pairs % len(skills)],
        rank=chance.choice(np.array(_RANKS[0], np.int8), count, p=_RANKS[1]),
        strength=chance.choice(np.array(_STRENGTHS[0], np.uint8), count, p=_STRENGTHS[1]),
        until=np.zeros(count, np.int32),
    )


def _posts(chance: np.random.Generator, ids: Int64, group_of: Any, as_of: date) -> Posts:
    person = np.repeat(ids, chance.poisson(1.6, len(ids)))
    field = chance.integers(-1, len(group_of) - 1, len(person), np.int32)
    start = as_of.toordinal() - chance.integers(100, 9_000, len(person), np.int32)
    ongoing = chance.random(len(person)) < 0.3
    end = np.minimum(start + chance.integers(100, 3_000, len(person), np.int32), as_of.toordinal() - 1)
    return Posts(
        person=person,
        field=field,
        group=group_of[field],
        start_latest=start,
        end_earliest=np.where(ongoing, 0, end).astype(np.int32),
        is_ongoing=ongoing,
    )


def _studies(chance: np.random.Generator, ids: Int64, group_of: Any, as_of: date) -> Studies:
    person = np.repeat(ids, chance.choice(3, len(ids), p=(0.12, 0.73, 0.15)))
    field = chance.integers(-1, len(group_of) - 1, len(person), np.int32)
    return Studies(
        person=person,
        rank=chance.choice(np.arange(-1, 7, dtype=np.int8), len(person), p=(0.04, 0, 0.05, 0.1, 0.16, 0.45, 0.15, 0.05)),
        field=field,
        group=group_of[field],
        finished_on=as_of.toordinal() - chance.integers(100, 9_000, len(person), np.int32),
    )  # fmt: skip


def _tongues(chance: np.random.Generator, ids: Int64) -> Tongues:
    speaks = chance.random((len(ids), len(_LANGUAGES))) < np.array(_SPOKEN)
    place, language = np.nonzero(speaks)
    rank = chance.choice(
        np.arange(-1, 7, dtype=np.int8), len(place), p=(0.1, 0.02, 0.1, 0.2, 0.25, 0.18, 0.1, 0.05)
    )
    return Tongues(ids[place], language.astype(np.int32), rank)  # fmt: skip


def _statements(chance: np.random.Generator, ids: Int64, as_of: date) -> Statements:
    person = ids[chance.random(len(ids)) < 0.8]
    stated = as_of.toordinal() - chance.integers(1, 460, len(person))
    days = list(range(int(stated.min(initial=1)), int(stated.max(initial=1)) + 1))
    stops = np.array(
        [add_months(date.fromordinal(day), STATEMENT_GOOD_FOR_MONTHS).toordinal() + 1 for day in days]
    )
    free = as_of.toordinal() + chance.integers(-60, 200, len(person), np.int32)
    return Statements(
        person=person,
        is_available=chance.random(len(person)) < 0.93,
        free_from=np.where(chance.random(len(person)) < 0.8, free, 0).astype(np.int32),
        forms=chance.integers(0, 1 << len(FORMS), len(person), np.uint16),
        stops_on=stops[stated - days[0]].astype(np.int32),
    )  # fmt: skip


def _places(chance: np.random.Generator, ids: Int64, units: int) -> Places:
    """Two of three name a unit, every tenth goes anywhere, every fifth works from afar."""
    kinds = chance.random((3, len(ids))) < np.array(((0.66,), (0.1,), (0.2,)))
    named, anywhere, remote = (ids[kind] for kind in kinds)
    counts = np.repeat((0, 1, 2), (len(named), len(anywhere), len(remote)))
    return Places(
        person=np.concatenate((named, anywhere, remote)),
        unit=np.where(counts == 0, _falling(chance, len(counts), units), -1).astype(np.int32),
        is_anywhere=counts == 1,
        is_remote=counts == 2,
    )
