"""A course, a class with somebody in it, partners, lecturers, seats, an order, a quota, a requirement: one of each place."""

from sqlalchemy.orm import Session

from registry.organisations.models import Organisation
from registry.organisations.operations import create_organisation
from registry.organisations.rules import OrganisationKind
from registry.people.models import Person
from registry.policies.rules.budgets import EntryKind
from registry.training.models import (
    SeatPlan,
    SessionLecturer,
    SessionPartner,
    TrainingBudgetLine,
    TrainingOrder,
    TrainingProgramme,
    TrainingQuota,
    TrainingRequirement,
)
from registry.training.operations import Outcome, create, put_beside, record_outcome
from registry.training.operations.spending import Money, spend
from registry.training.rules import Measure, OrderState, ParticipationState, PartnerRole, Result
from tests.factories import training as make
from tests.factories.authz.actors import BELOW, A, B

Objects = dict[str, dict[str, dict[str, str]]]
_PLACES = {"own": A, "below": BELOW, "other": B}
_KINDS = (
    *(
        "course",
        "training_programme",
        "lesson",
        "learner",
        "lesson_partner",
        "lesson_lecturer",
        "lesson_seats",
    ),
    *("training_order", "training_quota", "training_requirement", "training_budget_line"),
)


def make_training(session: Session, people: dict[str, Person]) -> Objects:
    """The parts of their addresses; «mixed» is a row of B under the class of A."""
    found: Objects = {kind: {} for kind in _KINDS}
    partner = create_organisation(
        session,
        name="Viện liên kết đào tạo",
        kind=OrganisationKind.RESEARCH_INSTITUTE,
        parent=None,
        unit=None,
        by=None,
    )
    for where, path in _PLACES.items():
        _make(session, where, path, people[where], partner, found)
    for kind, part in (
        ("learner", "hv"),
        *((kind, "dong") for kind in ("lesson_partner", "lesson_lecturer", "lesson_seats")),
    ):
        found[kind]["mixed"] = found[kind]["own"] | {part: found[kind]["other"][part]}
    session.flush()
    return found


def _make(
    session: Session, where: str, path: str, person: Person, partner: Organisation, found: Objects
) -> None:
    act, place = make.act(), make.place(session, path)
    course = make.course(session, f"KH-{where}", path=path)
    held = make.held(session, course, f"LOP-{where}", path=path, is_over=False)
    learner = make.takes_part(session, held, person)
    passed = Outcome(ParticipationState.COMPLETED, Result.PASSED, make.END)
    record_outcome(session, learner, passed, act)
    beside = (
        SessionPartner(organisation=partner, role=PartnerRole.PARTNER),
        SessionLecturer(name="Giảng viên mời"),
        SeatPlan(organisation=partner, seats=10),
    )
    for row in beside:
        put_beside(session, held, row, act)
    programme = create(
        session, TrainingProgramme(code=f"CT-{where}", name=f"Chương trình {where}", **place), act
    )
    order = create(
        session,
        TrainingOrder(
            code=f"DH-{where}",
            state=OrderState.ASKED,
            occupation="Thợ hàn",
            number=5,
            ordering=partner,
            **place,
        ),
        act,
    )
    quota = create(
        session,
        TrainingQuota(
            name="Chỉ tiêu",
            period_start=make.START,
            period_end=make.END,
            amount=10,
            measure=Measure.PEOPLE,
            **place,
        ),
        act,
    )
    required = create(session, TrainingRequirement(course=course, office="Trưởng phòng", unit_path=path), act)
    line = create(
        session,
        TrainingBudgetLine(
            programme=programme,
            year=2026,
            name=f"Kinh phí {where}",
            source="Ngân sách",
            planned_vnd=1_000_000,
        ),
        act,
    )
    spend(session, line, Money(EntryKind.PAID, 400_000, make.END), act)
    spend(session, course, Money(EntryKind.PAID, 500_000, make.END), act)
    lesson = {"ma": held.public_id}
    found["course"][where] = {"ma": course.public_id}
    found["training_programme"][where] = {"ma": programme.public_id}
    found["lesson"][where] = lesson
    found["learner"][where] = lesson | {"hv": learner.public_id}
    for kind, row in zip(("lesson_partner", "lesson_lecturer", "lesson_seats"), beside, strict=True):
        found[kind][where] = lesson | {"dong": row.public_id}
    found["training_order"][where] = {"ma": order.public_id}
    found["training_budget_line"][where] = {"ma": line.public_id}
    found["training_quota"][where] = {"ma": quota.public_id}
    found["training_requirement"][where] = {"ma": required.public_id}
