"""How the demonstration makes courses, classes, institutions and orders: through the room's own operations."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from random import Random
from typing import Any

from sqlalchemy.orm import Session

from registry.organisations.models import Organisation
from registry.organisations.operations import create_organisation
from registry.organisations.rules import OrganisationKind
from registry.places.models import AdministrativeUnit
from registry.places.queries import unit_by_path
from registry.training.models import (
    TrainingCourse,
    TrainingOrder,
    TrainingSession,
)
from registry.training.operations import (
    Act,
    close_order,
    create,
    create_course,
    create_session,
    move_order,
)
from registry.training.rules import (
    BY_CODE,
    CourseKind,
    Mode,
    OrderState,
    SessionState,
)


@dataclass
class Making:
    """What every part of the demonstration needs."""

    session: Session
    act: Act
    rng: Random
    offices: dict[str, Organisation] = field(default_factory=dict[str, Organisation])
    units: dict[str, AdministrativeUnit] = field(default_factory=dict[str, AdministrativeUnit])

    def office(self, name: str, kind: OrganisationKind = OrganisationKind.UNIVERSITY) -> Organisation:
        """An institution of this name that stands alone, made when first asked for."""
        if name not in self.offices:
            self.offices[name] = create_organisation(
                self.session, name=name, kind=kind, parent=None, unit=None, by=self.act.by
            )
        return self.offices[name]

    def place(self, path: str) -> dict[str, Any]:
        """The columns of a unit."""
        if path not in self.units:
            found = unit_by_path(self.session, path)
            if found is None:
                raise LookupError(f"unit {path} is not in the reference data")
            self.units[path] = found
        return {"unit_id": self.units[path].id, "unit_path": path}

    def course(
        self,
        code: str,
        name: str,
        category: str,
        path: str,
        skills: Sequence[tuple[int, int | None]] = (),
        **more: Any,
    ) -> TrainingCourse:
        """A course of a category, of its kind where it has one."""
        kind = more.pop("kind", BY_CODE[category].kind or CourseKind.IN_SERVICE)
        row = TrainingCourse(code=code, name=name, category=category, kind=kind, **self.place(path), **more)
        return create_course(self.session, row, skills, self.act)

    def held(self, course: TrainingCourse, code: str, path: str, **more: Any) -> TrainingSession:
        """A class; with `days` one that is over."""
        days: tuple[date, date] | None = more.pop("days", None)
        if days is not None:
            more = {
                "planned_start": days[0],
                "planned_end": days[1],
                "actual_start": days[0],
                "actual_end": days[1],
                "state": SessionState.FINISHED,
            } | more
        row = TrainingSession(course=course, code=code, **{"mode": Mode.IN_PERSON} | more, **self.place(path))
        return create_session(self.session, row, self.act)


def place_order(
    demo: Making, code: str, occupation: str, number: int, unit: str, *, result: int | None, days: int = 90
) -> None:
    on = demo.act.on
    ordering = demo.office(f"Công ty đặt hàng {code} (minh họa)", OrganisationKind.ENTERPRISE)
    order = create(
        demo.session,
        TrainingOrder(
            code=code,
            state=OrderState.ASKED,
            occupation=occupation,
            number=number,
            ordering=ordering,
            provider=demo.office("Trường Cao đẳng nghề minh họa"),
            ordered_on=on - timedelta(days=200),
            deadline=on + timedelta(days=days),
            **demo.place(unit),
        ),
        demo.act,
    )
    if result is None:
        return
    for step in (OrderState.ACCEPTED, OrderState.DELIVERED):
        move_order(demo.session, order, step, demo.act)
    close_order(
        demo.session, order, demo.act, result=result, on=on, note="Học viên đạt được bên đặt hàng nhận việc."
    )
