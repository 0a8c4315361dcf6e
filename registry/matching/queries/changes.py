"""Kept rankings beside each other and beside today: what the comparison is given, as far as a viewer may see it."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session, selectinload

from registry.accounts.rules import Viewer
from registry.consents.rules import PurposeCode
from registry.jobs.models import Job
from registry.jobs.queries import unfinished_jobs
from registry.matching.engine.changes import Comparison, Frame, Row, Shifts, Standings, shifts
from registry.matching.engine.frozen import need_from_plain, person_from_plain
from registry.matching.engine.score import FORMULA_VERSION
from registry.matching.models import MatchRow, MatchRun
from registry.matching.queries.rankings import Ranked
from registry.needs.models import Need
from registry.people.models import Person
from registry.people.queries import people_for

_EVERYWHERE = [["", ""]]
_LOOKED_AT = 50


def scopes_of(viewer: Viewer) -> list[list[str]]:
    """The viewer's scopes as a kept ranking notes them."""
    return [[scope.unit_path, scope.organisation_path] for scope in viewer.scopes]


def standings_of(run: MatchRun) -> Standings:
    """A kept ranking as it stood."""
    rows = tuple(_row(one, one.rank) for one in run.rows if one.person)
    return Standings(_frame(run), rows, run.ranked <= len(run.rows))


def _row(row: MatchRow, rank: int) -> Row:
    facts = None if row.inputs is None else person_from_plain(row.inputs)
    return Row(rank, row.person or "", row.certain, facts)


def _frame(run: MatchRun) -> Frame:
    return Frame(need_from_plain(run.need_inputs), run.similarities, run.as_of, run.formula_version)


def frame_now(found: Ranked) -> Frame:
    """What decides a ranking of this moment."""
    return Frame(found.plan.need, found.concepts.table, found.as_of, FORMULA_VERSION)


def run_before(session: Session, run: MatchRun) -> MatchRun | None:
    """The newest ranking of the same need and scopes kept before this one, with its rows."""
    earlier = session.scalars(
        select(MatchRun)
        .where(
            MatchRun.need_id == run.need_id,
            (MatchRun.computed_at < run.computed_at)
            | ((MatchRun.computed_at == run.computed_at) & (MatchRun.id < run.id)),
        )
        .order_by(MatchRun.computed_at.desc(), MatchRun.id.desc())
        .limit(_LOOKED_AT)
    )
    found = next((one for one in earlier if one.scopes == run.scopes), None)
    return None if found is None else _with_rows(session, found)


def run_to_compare(session: Session, need: Need, viewer: Viewer) -> MatchRun | None:
    """The newest kept ranking of a need that covers what the viewer sees: of the same scopes, or of everybody."""
    kept = session.scalars(
        select(MatchRun)
        .where(MatchRun.need_id == need.id)
        .order_by(MatchRun.computed_at.desc(), MatchRun.id.desc())
        .limit(_LOOKED_AT)
    )
    mine = scopes_of(viewer)
    found = next((one for one in kept if one.scopes in (mine, _EVERYWHERE)), None)
    return None if found is None else _with_rows(session, found)


def _with_rows(session: Session, run: MatchRun) -> MatchRun:
    return session.scalars(
        select(MatchRun).where(MatchRun.id == run.id).options(selectinload(MatchRun.rows))
    ).one()


@dataclass(frozen=True)
class Since:
    """A ranking of this moment beside the kept one it is compared with."""

    run: MatchRun
    comparison: Comparison


def since(session: Session, need: Need, viewer: Viewer, found: Ranked) -> Since | None:
    """What the ranking of today is compared with; None when nothing comparable was kept.

    Of a ranking of everybody only the people the viewer may see count, in their order: a total order keeps its
    order within a part, so the first of the kept are the first of what the viewer would have seen.
    """
    run = run_to_compare(session, need, viewer)
    if run is None:
        return None
    kept = standings_of(run)
    if run.scopes != scopes_of(viewer):
        seen = visible_among(session, viewer, [row.person for row in kept.rows], found.as_of)
        rows = (one for one in kept.rows if one.person in seen)
        kept = Standings(
            kept.frame,
            tuple(Row(rank, one.person, one.certain, one.facts) for rank, one in enumerate(rows, start=1)),
            kept.is_whole,
        )
    return Since(run, Comparison(kept, frame_now(found)))


def visible_among(session: Session, viewer: Viewer, people: Collection[str], on: date) -> set[str]:
    """Which of these people the viewer may match today."""
    if not people:
        return set()
    wanted = people_for(viewer, PurposeCode.MATCHING, on=on).with_only_columns(Person.public_id)
    return set(session.scalars(wanted.where(Person.public_id.in_(sorted(people)))))


Ranks = Mapping[str, int]


@dataclass(frozen=True)
class NeedShifts:
    """The newest ranking of everybody for a need, and what moved since the one before; None without one before."""

    need: Need
    run: MatchRun | None
    moved: Shifts | None


def shifts_of_needs(session: Session, needs: Sequence[Need], viewer: Viewer, on: date) -> list[NeedShifts]:
    """For each need the moves between its two newest rankings of everybody, over people the viewer may see."""
    runs = _newest_two(session, [need.id for need in needs])
    ranks = _ranks_of(session, [run.id for pair in runs.values() for run in pair])
    people = {person for one in ranks.values() for person in one}
    seen = visible_among(session, viewer, people, on)
    return [_need_shifts(need, runs.get(need.id, []), ranks, seen) for need in needs]


def _need_shifts(
    need: Need, runs: Sequence[MatchRun], ranks: Mapping[int, Ranks], seen: Collection[str]
) -> NeedShifts:
    if not runs:
        return NeedShifts(need, None, None)
    if len(runs) == 1:
        return NeedShifts(need, runs[0], None)
    later, earlier = (
        {person: rank for person, rank in ranks.get(run.id, {}).items() if person in seen} for run in runs
    )
    return NeedShifts(need, runs[0], shifts(earlier, later))


def _newest_two(session: Session, needs: Collection[int]) -> dict[int, list[MatchRun]]:
    found: dict[int, list[MatchRun]] = {}
    for need in needs:
        kept = session.scalars(
            select(MatchRun)
            .where(MatchRun.need_id == need)
            .order_by(MatchRun.computed_at.desc(), MatchRun.id.desc())
            .limit(_LOOKED_AT)
        )
        found[need] = [run for run in kept if run.scopes == _EVERYWHERE][:2]
    return found


def _ranks_of(session: Session, runs: Collection[int]) -> dict[int, dict[str, int]]:
    """Run id → person → rank, without the frozen inputs."""
    found: dict[int, dict[str, int]] = {}
    rows = session.execute(
        select(MatchRow.run_id, MatchRow.person, MatchRow.rank).where(
            MatchRow.run_id.in_(sorted(runs)), MatchRow.person.is_not(None)
        )
    )
    for run_id, person, rank in rows:
        found.setdefault(run_id, {})[str(person)] = rank
    return found


def ranks_of_run(session: Session, run: MatchRun) -> dict[str, int]:
    """Person → rank of one kept ranking."""
    return _ranks_of(session, [run.id]).get(run.id, {})


def latest_job(session: Session, kind: str) -> Job | None:
    """The job of a kind that waits or runs, else the newest one."""
    waiting = unfinished_jobs(session, kind)
    if waiting:
        return waiting[0]
    newest = select(Job).where(Job.kind == kind).order_by(Job.created_at.desc(), Job.id.desc()).limit(1)
    return session.scalars(newest).one_or_none()


def run_after(session: Session, run: MatchRun) -> MatchRun | None:
    """The newest ranking of the same need and scopes kept after this one: this one is out of date then."""
    later = session.scalars(
        select(MatchRun)
        .where(MatchRun.need_id == run.need_id, MatchRun.computed_at > run.computed_at)
        .order_by(MatchRun.computed_at.desc(), MatchRun.id.desc())
        .limit(_LOOKED_AT)
    )
    return next((one for one in later if one.scopes == run.scopes), None)
