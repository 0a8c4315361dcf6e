"""Lượt and người, always both, from one index over participations; plan beside result. Reads only.

A million participations are counted from `ix_participation_counted` alone. Distinct people are counted anew for every
figure and never added.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, and_, case, false, func, or_, select, true
from sqlalchemy.orm import Session

from registry.accounts.rules import Permission, Viewer
from registry.people.rules import Sex
from registry.places.queries.former_provinces import former_parts, inside_part
from registry.places.rules import AreaSpan
from registry.training.models import Participation, TrainingCourse, TrainingQuota, TrainingSession
from registry.training.queries.scopes import in_scope
from registry.training.rules import (
    BY_CODE,
    CATEGORIES,
    Counted,
    CourseKind,
    Field,
    Measure,
    Split,
    Tier,
    masked,
)


@dataclass(frozen=True)
class Period:
    """From a day to a day, both inclusive, and the unit whose participations are counted ("" for all).

    `part`: what of that province lay in a former one, or names no commune (`places.queries.former_provinces`); "": all of it.
    """

    start: date
    end: date
    unit_path: str = ""
    part: str = ""


def counted_in(viewer: Viewer, period: Period, categories: Sequence[str] = ()) -> ColumnElement[bool]:
    """The participations of a period that count, within the viewer's scopes."""
    codes = list(categories) or [one.code for one in CATEGORIES]
    found = [
        Participation.category.in_(codes),
        Participation.happened_on.between(period.start, period.end),
        in_scope(viewer, Participation),
    ]
    if period.part:
        found.append(inside_part(Participation.unit_path, period.unit_path, period.part))
    elif period.unit_path:
        found.append(Participation.unit_path.startswith(period.unit_path, autoescape=True))
    return and_(*found)


def by_category(session: Session, viewer: Viewer, period: Period) -> Mapping[str, Counted]:
    """{category: lượt and distinct people}; categories nobody took part in are left out. One statement."""
    rows = session.execute(
        select(
            Participation.category,
            func.count(Participation.participant),
            func.count(Participation.participant.distinct()),
        )
        .where(counted_in(viewer, period))
        .group_by(Participation.category)
    )
    return {code: Counted(attendances, people) for code, attendances, people in rows}


def together(session: Session, viewer: Viewer, period: Period, categories: Sequence[str]) -> Counted:
    """Lượt and distinct people over several categories of one kind: people are counted, not added."""
    if not categories:
        return Counted()
    row = session.execute(
        select(func.count(Participation.participant), func.count(Participation.participant.distinct())).where(
            counted_in(viewer, period, categories)
        )
    ).one()
    return Counted(*row)


def by_former_province(session: Session, viewer: Viewer, period: Period) -> list[tuple[str, Counted]]:
    """(part, lượt and distinct people) of what went into a merged province, each counted anew (PT4); none of others.

    Lượt of the parts add up to those of the province; people do not where somebody learnt in two of them.
    """
    parts = former_parts(session, period.unit_path)
    lay_in = [inside_part(Participation.unit_path, period.unit_path, part) for part in parts]
    return list(zip(parts, _each(session, viewer, period, lay_in), strict=True))


def in_areas(
    session: Session, viewer: Viewer, period: Period, areas: Sequence[Sequence[AreaSpan]]
) -> list[Counted]:
    """Lượt and distinct people of offices in places that were of a kind on the day, for each kind by its spans (PL-04)."""
    held = [
        or_(
            false(),
            *(
                and_(
                    Participation.unit_path.in_(span.paths),
                    Participation.happened_on >= span.first,
                    true() if span.last is None else Participation.happened_on <= span.last,
                )
                for span in spans
            ),
        )
        for spans in areas
    ]
    return _each(session, viewer, period, held)


def _each(
    session: Session, viewer: Viewer, period: Period, conditions: Sequence[ColumnElement[bool]]
) -> list[Counted]:
    """Lượt and distinct people under each of some conditions; a participation may be under several. One statement."""
    if not conditions:
        return []
    lines = [func.sum(case((one, 1), else_=0)) for one in conditions]
    each = _by_participant(counted_in(viewer, period), lines)
    counts = [(func.sum(one), func.sum(case((one > 0, 1), else_=0))) for one in list(each.c)[1:]]
    row = session.execute(select(*(one for both in counts for one in both))).one()
    found = [int(one or 0) for one in row]
    return [Counted(*found[at : at + 2]) for at in range(0, len(found), 2)]


def _by_participant(counted: ColumnElement[bool], columns: Sequence[Any]) -> Any:
    """One row a person with what their participations come to: a million are gone through once, whatever is asked."""
    named = [one.label(f"c{number}") for number, one in enumerate(columns)]
    return (
        select(Participation.participant, *named)
        .where(counted)
        .group_by(Participation.participant)
        .subquery()
    )


def by_tier(session: Session, viewer: Viewer, period: Period) -> Mapping[Tier | None, Counted]:
    """{tier of the course: lượt and distinct people} (TR-09)."""
    return dict(_by_course(session, viewer, period, TrainingCourse.tier))


def by_field(session: Session, viewer: Viewer, period: Period) -> Mapping[Field | None, Counted]:
    """{agriculture or not: lượt and distinct people} of vocational training (TR-11); None: not stated."""
    return dict(_by_course(session, viewer, period, TrainingCourse.field, ["vocational"]))


def _by_course(
    session: Session, viewer: Viewer, period: Period, column: Any, categories: Sequence[str] = ()
) -> Any:
    rows: Any = session.execute(
        select(
            column,
            func.count(Participation.participant),
            func.count(Participation.participant.distinct()),
        )
        .select_from(Participation)
        .join(TrainingSession, TrainingSession.id == Participation.session_id)
        .join(TrainingCourse, TrainingCourse.id == TrainingSession.course_id)
        .where(counted_in(viewer, period, categories))
        .group_by(column)
    )
    return [(value, Counted(attendances, people)) for value, attendances, people in rows]


TRAITS: Mapping[str, Any] = {
    "rural": Participation.is_rural,
    "minority": Participation.is_minority,
    "vulnerable": Participation.is_vulnerable,
    "female": Participation.sex,
    "teacher": Participation.is_teacher,
}
"""What lists may say of participants, in the order of the report (IN-23)."""


def breakdown(
    session: Session, viewer: Viewer, period: Period, categories: Sequence[str] = ()
) -> Mapping[str, Split]:
    """{trait: people who have it, have it not, are not told of}; small counts hidden from whoever keeps no lists there.

    Somebody of whom one list says yes and another nothing counts as yes.
    """
    told = [func.max(_said(name, column)) for name, column in TRAITS.items()]
    each = _by_participant(counted_in(viewer, period, categories), told)
    ones = list(each.c)[1:]
    counts = [func.sum(case((one == said, 1), else_=0)) for one in ones for said in (1, 0)]
    people, *found = (int(one or 0) for one in session.execute(select(func.count(), *counts)).one())
    splits = {
        name: Split(found[2 * at], found[2 * at + 1], people - found[2 * at] - found[2 * at + 1])
        for at, name in enumerate(TRAITS)
    }
    if keeps_lists(viewer, period):
        return splits
    return {name: masked(one) for name, one in splits.items()}


def _said(name: str, column: Any) -> Any:
    """1 for a row that says yes, 0 for one that says no, nothing for one that says neither."""
    has = column == Sex.FEMALE if name == "female" else column.is_(True)
    return case((has, 1), (column.is_not(None), 0))


def keeps_lists(viewer: Viewer, period: Period) -> bool:
    """Whether all that is counted was written by offices of the viewer: then nothing needs hiding."""
    written = viewer.scopes_for(Permission.TRAINING_WRITE)
    read = viewer.scopes_for(Permission.TRAINING_READ)
    if period.unit_path:
        return any(
            scope.covers(period.unit_path, "") for scope in written if not scope.organisation_path
        ) or all(scope in written for scope in read)
    return bool(read) and all(
        any(one.covers(s.unit_path, s.organisation_path) for one in written) for s in read
    )


@dataclass(frozen=True)
class QuotaLine:
    """A quota with what was done under it, in its own measure; percent of its own plan alone."""

    quota: TrainingQuota
    done: Counted

    @property
    def result(self) -> int:
        """What is compared with the plan: people or participations, whichever the plan counts."""
        return self.done.people if self.quota.measure is Measure.PEOPLE else self.done.attendances


def quota_lines(session: Session, viewer: Viewer, quotas: Sequence[TrainingQuota]) -> list[QuotaLine]:
    """Quotas with their results. Two statements a quota: they are few."""
    return [QuotaLine(one, done_under(session, viewer, one)) for one in quotas]


def done_under(session: Session, viewer: Viewer, quota: TrainingQuota) -> Counted:
    """What was done of the category, levels and field of a quota, in its period and unit."""
    period = Period(quota.period_start, quota.period_end, quota.unit_path)
    conditions: list[ColumnElement[bool]] = [
        counted_in(viewer, period, [quota.category] if quota.category else ())
    ]
    if quota.level_codes:
        conditions.append(TrainingCourse.quota_level.in_(quota.level_codes))
    if quota.field is not None:
        conditions.append(TrainingCourse.field == quota.field)
    row = session.execute(
        select(func.count(Participation.participant), func.count(Participation.participant.distinct()))
        .select_from(Participation)
        .join(TrainingSession, TrainingSession.id == Participation.session_id)
        .join(TrainingCourse, TrainingCourse.id == TrainingSession.course_id)
        .where(*conditions)
    ).one()
    return Counted(*row)


def categories_of(kind: CourseKind | None) -> list[str]:
    """The categories of one kind; None: those in which courses of both kinds stand."""
    return [one.code for one in CATEGORIES if one.kind is kind]


def category_name(code: str) -> str:
    """The name of a category; of one that this version does not know its code."""
    return BY_CODE[code].name if code in BY_CODE else code
