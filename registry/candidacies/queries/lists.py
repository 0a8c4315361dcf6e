"""Lists of candidacies for officers: of one need, of all in scope, overdue ones, checks that are due.

Whoever may not see the need or the person sees nothing of it. Who has signed stays in these lists while their record is
kept, also where they paused being looked for: they are not looked for any more.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time

from sqlalchemy import ColumnElement, Select, and_, func, or_, select
from sqlalchemy.orm import Session, joinedload

from registry.accounts.rules import Permission, Viewer
from registry.candidacies.models import Candidacy, ExpertOpinion, PlacementCheck
from registry.candidacies.rules import TAKEN, Stage
from registry.candidacies.rules.panels import OpinionState
from registry.consents.rules import PurposeCode
from registry.needs.models import Need
from registry.needs.queries import in_scope
from registry.people.models import Person
from registry.people.queries import is_public_id, visible_condition

PAGE_ROWS = 50
MOST_ON_BOARD = 400
MOST_OF_PERSON = 100


@dataclass(frozen=True)
class Wanted:
    """The filter of a list. `owner` is a row id, or 0 for what nobody owns; `overdue` and `due_by` look at the next step."""

    stages: frozenset[Stage] = frozenset()
    owner: int | None = None
    is_overdue: bool = False
    need: str = ""
    unit_path: str = ""
    is_open: bool = True


EVERYTHING = Wanted(is_open=False)


@dataclass(frozen=True)
class Listed:
    """A page of candidacies, how many there are, and how many in each stage whatever the filter of stages."""

    rows: Sequence[Candidacy]
    total: int
    by_stage: Mapping[Stage, int] = field(default_factory=dict[Stage, int])


def seen_by(viewer: Viewer, *, on: date) -> ColumnElement[bool]:
    """The condition every list of candidacies carries, where Need and Person are joined."""
    limited = viewer.limited_to(Permission.CANDIDACIES_READ)
    kept = and_(
        Candidacy.stage.in_(TAKEN),
        visible_condition(limited, PurposeCode.REGISTRY, on=on),
    )
    matched = visible_condition(limited, PurposeCode.MATCHING, on=on)
    return and_(in_scope(limited), or_(matched, kept))


def _seen(viewer: Viewer, on: date) -> Select[Candidacy]:
    return (
        select(Candidacy)
        .join(Need, Need.id == Candidacy.need_id)
        .join(Person, Person.id == Candidacy.person_id)
        .where(seen_by(viewer, on=on))
    )


def candidacy_of(session: Session, viewer: Viewer, public_id: str, *, on: date) -> Candidacy | None:
    """The candidacy of an address, if the viewer may see both its need and its person."""
    if not is_public_id(public_id):
        return None
    return session.scalar(_seen(viewer, on).where(Candidacy.public_id == public_id))


def on_board(session: Session, viewer: Viewer, need: Need, *, on: date) -> Sequence[Candidacy]:
    """All candidacies of a need, the open ones first, by what is due."""
    return session.scalars(
        _seen(viewer, on)
        .where(Candidacy.need_id == need.id)
        .options(joinedload(Candidacy.person), joinedload(Candidacy.owner))
        .order_by(Candidacy.closed_at.is_not(None), Candidacy.next_due_on, Candidacy.id)
        .limit(MOST_ON_BOARD)
    ).all()


def listed(session: Session, viewer: Viewer, wanted: Wanted, *, on: date, page: int = 1) -> Listed:
    """A page of all candidacies in scope, what is due first."""
    conditions = conditions_of(wanted, on)
    stage = Candidacy.stage.in_(wanted.stages) if wanted.stages else None
    counted = _seen(viewer, on).where(*conditions).with_only_columns(Candidacy.stage, func.count())
    by_stage: dict[Stage, int] = dict(session.execute(counted.group_by(Candidacy.stage)).all())
    total = sum(count for one, count in by_stage.items() if not wanted.stages or one in wanted.stages)
    rows = (
        _seen(viewer, on)
        .where(*conditions)
        .options(joinedload(Candidacy.person), joinedload(Candidacy.owner), joinedload(Candidacy.need))
        .order_by(Candidacy.closed_at.is_not(None), Candidacy.next_due_on, Candidacy.id)
        .offset((page - 1) * PAGE_ROWS)
        .limit(PAGE_ROWS)
    )
    if stage is not None:
        rows = rows.where(stage)
    return Listed(session.scalars(rows).all(), total, by_stage)


def conditions_of(wanted: Wanted, on: date) -> list[ColumnElement[bool]]:
    """What a filter asks for but the stages; Need is joined."""
    found: list[ColumnElement[bool]] = []
    if wanted.is_open or wanted.is_overdue:
        found.append(Candidacy.closed_at.is_(None))
    if wanted.owner is not None:
        found.append(
            Candidacy.owner_id.is_(None) if wanted.owner == 0 else Candidacy.owner_id == wanted.owner
        )
    if wanted.is_overdue:
        found.append(Candidacy.next_due_on < on)
    if wanted.need:
        found.append(Need.public_id == wanted.need)
    if wanted.unit_path:
        found.append(Need.unit_path.startswith(wanted.unit_path, autoescape=True))
    return found


def of_person(session: Session, viewer: Viewer, person: Person, *, on: date) -> Sequence[Candidacy]:
    """The candidacies of one person that the viewer may see, open ones first."""
    return session.scalars(
        _seen(viewer, on)
        .where(Candidacy.person_id == person.id)
        .options(joinedload(Candidacy.need))
        .order_by(Candidacy.closed_at.is_not(None), Candidacy.id.desc())
        .limit(MOST_OF_PERSON)
    ).all()


def overdue_of(session: Session, viewer: Viewer, *, by: int, on: date) -> tuple[int, int]:
    """(open candidacies of this account whose next step is overdue, those nobody owns) in scope."""
    rows = session.execute(
        _seen(viewer, on)
        .where(
            Candidacy.closed_at.is_(None),
            Candidacy.next_due_on < on,
            or_(Candidacy.owner_id == by, Candidacy.owner_id.is_(None)),
        )
        .with_only_columns(Candidacy.owner_id, func.count())
        .group_by(Candidacy.owner_id)
    )
    counts: dict[int | None, int] = dict(rows.all())
    return counts.get(by, 0), counts.get(None, 0)


def closed_elsewhere(
    session: Session, viewer: Viewer, *, by: int, since: date, on: date
) -> Sequence[Candidacy]:
    """An owner's candidacies that closed of late since the person took another post."""
    return session.scalars(
        _seen(viewer, on)
        .where(
            Candidacy.owner_id == by,
            Candidacy.stage == Stage.CLOSED_PLACED_ELSEWHERE,
            Candidacy.closed_at >= datetime.combine(since, time.min, UTC),
        )
        .options(joinedload(Candidacy.need), joinedload(Candidacy.person))
        .order_by(Candidacy.closed_at.desc(), Candidacy.id)
        .limit(PAGE_ROWS)
    ).all()


def checks_of(session: Session, candidacy: Candidacy) -> Sequence[PlacementCheck]:
    """The checks after placement, by months."""
    return session.scalars(
        select(PlacementCheck)
        .where(PlacementCheck.candidacy_id == candidacy.id)
        .order_by(PlacementCheck.months)
    ).all()


def checks_due(session: Session, viewer: Viewer, *, on: date) -> Sequence[PlacementCheck]:
    """Checks whose day has come and that nobody recorded, oldest first."""
    return session.scalars(
        select(PlacementCheck)
        .join(Candidacy, Candidacy.id == PlacementCheck.candidacy_id)
        .join(Need, Need.id == Candidacy.need_id)
        .join(Person, Person.id == Candidacy.person_id)
        .where(
            PlacementCheck.outcome.is_(None),
            PlacementCheck.due_on <= on,
            Candidacy.closed_at.is_(None),
            seen_by(viewer, on=on),
        )
        .options(joinedload(PlacementCheck.candidacy).joinedload(Candidacy.person))
        .order_by(PlacementCheck.due_on, PlacementCheck.id)
        .limit(PAGE_ROWS)
    ).all()


def late_opinions(session: Session, viewer: Viewer, *, on: date) -> Sequence[ExpertOpinion]:
    """Opinions asked for whose last day is over, oldest first."""
    return session.scalars(
        select(ExpertOpinion)
        .join(Candidacy, Candidacy.id == ExpertOpinion.candidacy_id)
        .join(Need, Need.id == Candidacy.need_id)
        .join(Person, Person.id == Candidacy.person_id)
        .where(
            ExpertOpinion.state == OpinionState.REQUESTED,
            ExpertOpinion.due_on < on,
            seen_by(viewer, on=on),
        )
        .options(joinedload(ExpertOpinion.candidacy).joinedload(Candidacy.person))
        .order_by(ExpertOpinion.due_on, ExpertOpinion.id)
        .limit(PAGE_ROWS)
    ).all()
