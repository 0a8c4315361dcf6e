"""Asking the index: which rows a viewer may see, the kernel's answer, and the people left to the reference joined in."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

import numpy as np

from registry.accounts.rules import Viewer
from registry.matching.engine.facts import PersonFacts
from registry.matching.engine.index import kernels
from registry.matching.engine.index.answer import Answer, Wish, joined, of_reference
from registry.matching.engine.index.columns import Bool
from registry.matching.engine.index.question import ask, visible_rows
from registry.matching.engine.index.snapshot import Snapshot
from registry.matching.engine.score import Plan, rank_people
from registry.matching.queries.concepts import Concepts
from registry.matching.queries.snapshots import Opened

_KEPT_MASKS = 32

Scopes = tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Indexed:
    """A plan, the snapshot to ask, and the facts of everybody in scope whom the snapshot leaves to the reference.

    The people of the public ids `without` are not there at all.
    """

    opened: Opened
    plan: Plan
    concepts: Concepts
    viewer: Viewer
    as_of: date
    rest: Sequence[PersonFacts]
    without: frozenset[str] = frozenset()


def answered(asked: Indexed, wish: Wish) -> Answer:
    """Counts over everybody the viewer may match, and the rows wished for."""
    snapshot = asked.opened.snapshot
    question = ask(asked.plan, snapshot, _skill_ids(asked.concepts))
    scopes = tuple(sorted((one.unit_path, one.organisation_path) for one in asked.viewer.scopes))
    visible = _visible(_Held(snapshot), scopes).copy()
    visible[asked.opened.left_rows] = False
    if asked.without:
        ids = snapshot.arrays.public_ids
        visible &= ~np.isin(ids, np.array(sorted(asked.without), ids.dtype))
    left = [one for one in asked.rest if one.public_id not in asked.without]
    rest = rank_people(asked.plan, left, asked.as_of)
    return joined([kernels.answer(snapshot, question, visible, wish), of_reference(rest, wish)], wish.count)


def _skill_ids(concepts: Concepts) -> Mapping[str, Sequence[int]]:
    """The ids under which claims on a concept stand, those of concepts merged into it included."""
    found: dict[str, list[int]] = {}
    for skill_id, code in sorted(concepts.codes.items()):
        found.setdefault(code, []).append(skill_id)
    return found


class _Held:
    """A snapshot that compares by its version, so that what was worked out for it can be kept."""

    def __init__(self, snapshot: Snapshot) -> None:
        self.snapshot = snapshot

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Held) and other.snapshot.version == self.snapshot.version

    def __hash__(self) -> int:
        return hash(self.snapshot.version)


@lru_cache(maxsize=_KEPT_MASKS)
def _visible(held: _Held, scopes: Scopes) -> Bool:
    return visible_rows(held.snapshot, scopes)
