"""Kept rankings: finding them, and scoring their rows again from what was kept."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session, selectinload

from registry.matching.engine.frozen import need_from_plain, person_from_plain
from registry.matching.engine.rows import match_row
from registry.matching.engine.score import FORMULA_VERSION, prepare, score
from registry.matching.models import MatchRow, MatchRun
from registry.needs.models import Need

LISTED_RUNS = 20


def runs_of(session: Session, need: Need) -> Sequence[MatchRun]:
    """The newest kept rankings of a need, newest first."""
    return session.scalars(
        select(MatchRun)
        .where(MatchRun.need_id == need.id)
        .order_by(MatchRun.computed_at.desc(), MatchRun.id.desc())
        .limit(LISTED_RUNS)
    ).all()


def run_of(session: Session, need: Need, public_id: str) -> MatchRun | None:
    """One kept ranking of this need with its rows."""
    return session.scalars(
        select(MatchRun)
        .where(MatchRun.need_id == need.id, MatchRun.public_id == public_id)
        .options(selectinload(MatchRun.rows))
    ).one_or_none()


@dataclass(frozen=True)
class Rescored:
    """One kept row beside the same inputs scored again: None when its inputs were blanked by an erasure."""

    row: MatchRow
    agrees: bool | None


def rescored(run: MatchRun) -> list[Rescored]:
    """Score every kept row again. Rows of another formula version cannot be redone by this one and say None."""
    plan = prepare(need_from_plain(run.need_inputs), run.similarities)
    is_same_formula = run.formula_version == FORMULA_VERSION
    found: list[Rescored] = []
    for row in run.rows:
        if row.inputs is None or row.content is None or not is_same_formula:
            found.append(Rescored(row, None))
            continue
        match = score(plan, person_from_plain(row.inputs), run.as_of)
        again = match_row(match, row.rank, lambda one: one.key)
        found.append(Rescored(row, _numbers(again) == _numbers(row.content)))
    return found


def _numbers(content: Mapping[str, Any]) -> dict[str, Any]:
    """A row without its sentences: names of concepts may have changed since, points may not."""
    states = [one["state"] for one in content["conditions"]]
    return {**{key: value for key, value in content.items() if key != "conditions"}, "states": states}
