"""Sets of rows kept for a roll, and those of the areas of the workforce, made from the lists of claims."""

from collections.abc import Callable, Hashable, Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from registry.matching.engine.search import masks
from registry.matching.engine.search.columns import Bool
from registry.matching.engine.search.masks import Mask
from registry.matching.engine.search.roll import NO_LEVEL, PROOFS, RANKS, VERIFIED, Roll
from registry.people.queries.areas import ABLE_RANK, AREA_FACETS, AREA_OPTIONS
from registry.skills.queries import AreaConcepts

Sets = NDArray[np.uint64]
_MOST_KEPT = 64


@dataclass(frozen=True)
class _AreasOf:
    """Under which the sets of the areas by one version of the vocabulary are kept."""

    version: str


def kept_set(roll: Roll, key: Hashable, made: Callable[[], Mask]) -> Mask:
    """A set worked out for a roll before, or now and kept for the next question."""
    found = roll.kept.get(key)
    if found is None:
        if len(roll.kept) >= _MOST_KEPT:
            # The sets of areas took a look at every claim: phrases that are asked once do not drive them out.
            _forget(roll, lambda one: not isinstance(one, _AreasOf))
        found = roll.kept[key] = made()
    return found


def _forget(roll: Roll, unneeded: Callable[[Hashable], bool]) -> None:
    for key in list(roll.kept):
        if unneeded(key):
            roll.kept.pop(key, None)


def area_sets(roll: Roll, areas: AreaConcepts) -> Mapping[str, Sets]:
    """Per facet of `AREA_FACETS` one set a row, in the order of the options.

    A roll says who claims what, the vocabulary which area that is: another version of it makes other sets of the
    same roll. All are kept together.
    """
    key = _AreasOf(areas.version)
    together = roll.kept.get(key)
    if together is None:
        together = _made(roll, areas)
        _forget(roll, lambda one: isinstance(one, _AreasOf))
        roll.kept[key] = together
    each = together.reshape(len(AREA_FACETS), len(AREA_OPTIONS), -1)
    return dict(zip(AREA_FACETS, each, strict=True))


def _made(roll: Roll, areas: AreaConcepts) -> Mask:
    lengths = np.diff(roll.claims.starts)
    found: list[Mask] = []
    for area, options in AREA_FACETS.items():
        for option in options:
            wanted = _wanted(roll, areas.concepts[area], option)
            found.append(masks.of_rows(roll.claims.rows[np.repeat(wanted, lengths)], len(roll)))
    return np.concatenate(found)


def _wanted(roll: Roll, concepts: frozenset[int], option: str) -> Bool:
    """Which lists of claims count. Rank 0 says one has it not; no rank says nothing about it."""
    wanted = np.zeros((roll.concepts, PROOFS, RANKS), np.bool_)
    first, after = (ABLE_RANK, NO_LEVEL) if option == "rank_3" else (1, RANKS)
    proofs = slice(VERIFIED, None) if option == "verified" else slice(None)
    wanted[[one for one in concepts if one < roll.concepts], proofs, first:after] = True
    return wanted.reshape(-1)
