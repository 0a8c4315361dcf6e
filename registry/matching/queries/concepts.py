"""Concepts around the skills of needs: which can earn points, how like they are, what they are called."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from registry.skills.models import Skill
from registry.skills.queries import Similarities, similarity_of
from registry.skills.rules import LevelScale, highest_level, rank_of


@dataclass(frozen=True)
class Concepts:
    """What matching knows of the concepts it touches. A merged concept goes by the code of what it became.

    `table` is wanted code → claimed code → similarity; `codes` maps skill ids, merged ones included.
    """

    codes: Mapping[int, str]
    scales: Mapping[str, LevelScale]
    names: Mapping[str, tuple[str, str]]
    table: Mapping[str, Mapping[str, int]]

    def ids_like(self, wanted: Iterable[str]) -> dict[int, str]:
        """The ids of all concepts that can earn points for these wanted codes, with their codes."""
        like = {claimed for code in wanted for claimed in (code, *self.table.get(code, ()))}
        return {skill_id: code for skill_id, code in self.codes.items() if code in like}

    def highest_rank(self, code: str) -> int:
        """The highest rank the concept's scale reaches."""
        scale = self.scales[code]
        return rank_of(scale, highest_level(scale))

    def labels(self, locale: str = "vi") -> dict[str, str]:
        """What each concept is called."""
        return {code: name[1 if locale == "en" else 0] for code, name in self.names.items()}


def concepts_around(
    session: Session, wanted: Collection[int], similar: Similarities | None = None
) -> Concepts:
    """The concepts wanted (ids) and all that are similar to them. Three statements at most, however many."""
    similar = similarity_of(session) if similar is None else similar
    ids = set(wanted) | {claimed for skill_id in wanted for claimed in similar.get(skill_id, ())}
    rows = {row.id: row for row in session.execute(_concepts(ids))}
    codes = {skill_id: _current(row, rows).code for skill_id, row in rows.items()}
    return Concepts(
        codes=codes,
        scales={row.code: row.scale for row in rows.values()},
        names={row.code: (row.vi, row.en) for row in rows.values()},
        table=_table(set(wanted) & rows.keys(), codes, similar),
    )


def narrowed(whole: Concepts, wanted: Collection[int], similar: Similarities) -> Concepts:
    """Of concepts read for many needs those that `concepts_around` would read for one: nothing is asked again."""
    ids = set(wanted) | {claimed for skill_id in wanted for claimed in similar.get(skill_id, ())}
    codes = {skill_id: code for skill_id, code in whole.codes.items() if skill_id in ids}
    kept = set(codes.values())
    return Concepts(
        codes=codes,
        scales={code: scale for code, scale in whole.scales.items() if code in kept},
        names={code: name for code, name in whole.names.items() if code in kept},
        table=_table(set(wanted) & codes.keys(), codes, similar),
    )


def _table(
    wanted: Collection[int], codes: Mapping[int, str], similar: Similarities
) -> dict[str, dict[str, int]]:
    """Wanted code → claimed code → similarity; of several ways the most similar one."""
    table: dict[str, dict[str, int]] = {}
    for skill_id in sorted(wanted):
        line = table.setdefault(codes[skill_id], {})
        for claimed, likeness in similar.get(skill_id, {}).items():
            if claimed in codes:
                line[codes[claimed]] = max(likeness, line.get(codes[claimed], 0))
    return table


def _concepts(ids: Collection[int]) -> Any:
    return select(Skill.id, Skill.code, Skill.vi, Skill.en, Skill.scale, Skill.merged_into_id).where(
        Skill.id.in_(sorted(ids))
    )


def _current(row: Any, rows: Mapping[int, Any]) -> Any:
    """The concept a merged one became. A redirect leads into `rows`, because merged concepts are alike (100)."""
    passed: set[int] = set()
    while row.merged_into_id in rows and row.id not in passed:
        passed.add(row.id)
        row = rows[row.merged_into_id]
    return row
