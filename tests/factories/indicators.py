"""The five printed programmes for tests: just the rows their figures are counted from, and nothing else."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any, cast

from sqlalchemy import Table, select
from sqlalchemy.orm import Session

from registry.db.bulk import plan_of, write_rows
from registry.indicators.operations.printing import PrintedHome, import_printed
from registry.indicators.rules.source_indicators import PROVINCE_OF
from registry.organisations.operations import create_organisation
from registry.organisations.rules import OrganisationKind
from registry.programmes.models import Programme, ProgrammeNode
from registry.programmes.rules.words import NodeKind
from registry.training.models import (
    Participation,
    SessionPartner,
    TrainingCourse,
    TrainingQuota,
    TrainingSession,
)
from registry.training.rules import (
    CourseKind,
    Field,
    Measure,
    Mode,
    ParticipationState,
    PartnerRole,
    SessionState,
)

NOW = datetime(2026, 11, 22, 2, tzinfo=UTC)
CATEGORIES = {
    "education": 429,
    "political_theory": 1_297,
    "state_management": 1_335,
    "leadership_skills": 1_075,
    "professional": 15_185,
    "defence_security": 2_549,
    "council_delegates": 4_127,
}
"""Distinct people of each category as Bến Tre printed them."""


def programme(session: Session, code: str) -> Programme:
    """A programme of its province; Phú Thọ's with five objectives and five groups of tasks."""
    path = f"VN/{PROVINCE_OF[code]}/"
    made = Programme(code=code, name=f"Chương trình {code}", unit_path=path, source="Nguồn")
    session.add(made)
    session.flush()
    if code == "PT":
        for kind in (NodeKind.OBJECTIVE, NodeKind.TASK_GROUP):
            for number in range(5):
                node = ProgrammeNode(
                    programme_id=made.id, kind=kind, code=f"{kind.value[:3]}-{number}", title=f"Mục {number}"
                )
                session.add(node)
    session.flush()
    return made


@dataclass(frozen=True)
class Class:
    """A course with one session that was held, and where."""

    session: TrainingSession
    category: str
    day: date


def held(session: Session, code: str, category: str, day: date, unit_path: str, **course_facts: Any) -> Class:
    """A course of a category and its one class, which ended on a day."""
    kind = CourseKind.EDUCATION if category == "education" else CourseKind.IN_SERVICE
    course = TrainingCourse(
        code=f"K-{code}", name=f"Khóa {code}", kind=kind, category=category, **course_facts
    )
    course.unit_path = unit_path
    session.add(course)
    session.flush()
    made = TrainingSession(
        course_id=course.id,
        code=code,
        state=SessionState.FINISHED,
        planned_start=day,
        actual_start=day,
        actual_end=day,
        mode=Mode.IN_PERSON,
        unit_path=unit_path,
    )
    session.add(made)
    session.flush()
    return Class(made, category, day)


def take_part(session: Session, where: Class, participants: Iterable[int]) -> None:
    """Strangers (positive numbers here, negative in the table) who completed a class."""
    table = cast("Table", Participation.__table__)
    plan = plan_of(table, session.get_bind().dialect.name)
    rows = [
        {
            "session_id": where.session.id,
            "participant": -number,
            "state": ParticipationState.COMPLETED,
            "category": where.category,
            "happened_on": where.day,
            "unit_path": where.session.unit_path,
        }
        for number in participants
    ]
    write_rows(session, plan, plan.values(rows))


def ben_tre_training(session: Session) -> None:
    """Seven categories whose distinct people are exact, with more attendances than people; science by year; partners."""
    path = "VN/86/"
    for number, (category, people) in enumerate(CATEGORIES.items()):
        start = 1_000 * number  # people of one category are partly those of the next
        first = held(session, f"BT-{category}-21", category, date(2021, 6, 30), path)
        second = held(session, f"BT-{category}-22", category, date(2022, 6, 30), path)
        take_part(session, first, range(start + 1, start + people + 1))
        take_part(session, second, range(start + 1, start + people // 10 + 1))
    for year, lines in ((2021, 470), (2022, 483)):
        take_part(
            session,
            held(session, f"KH-{year}", "science_technology", date(year, 9, 1), path),
            range(1, lines + 1),
        )
    held(session, "NN", "vocational", date(2022, 3, 1), path, field=Field.AGRICULTURE)
    partnered = held(session, "PNN", "vocational", date(2022, 4, 1), path, field=Field.NON_AGRICULTURE)
    for number in range(20):
        school = create_organisation(
            session,
            name=f"Trường liên kết {number}",
            kind=OrganisationKind.UNIVERSITY,
            parent=None,
            unit=None,
            by=None,
        )
        session.add(
            SessionPartner(
                session_id=partnered.session.id, organisation_id=school.id, role=PartnerRole.PARTNER
            )
        )
    session.flush()


def lai_chau_training(session: Session) -> None:
    """716 people trained in a trade, and the one quota that is printed."""
    path = "VN/12/"
    take_part(session, held(session, "LC-N", "vocational", date(2025, 5, 30), path), range(50_001, 50_717))
    session.add(
        TrainingQuota(
            name="Đào tạo nghề 2025",
            period_start=date(2025, 1, 1),
            period_end=date(2025, 12, 31),
            category="vocational",
            levels="elementary,under_3_months",
            amount=6_775,
            measure=Measure.PEOPLE,
            unit_path=path,
        )
    )
    session.flush()


def khanh_hoa_training(session: Session) -> None:
    """Two people at post-graduate study, three classes that began late."""
    path = "VN/56/"
    study = held(session, "SDH", "education", date(2023, 9, 1), path, quota_level="postgraduate")
    take_part(session, study, (70_001, 70_002))
    for number in range(3):
        late = held(session, f"CHAM-{number}", "professional", date(2023, 5, 1), path)
        late.session.planned_start = date(2023, 4, 1)
    session.flush()


def printed(session: Session, *codes: str) -> None:
    """The printed figures of these programmes, or of all five, which are made where they are not there."""
    for code in codes or tuple(PROVINCE_OF):
        there = session.scalar(select(Programme).where(Programme.code == code)) or programme(session, code)
        import_printed(session, PrintedHome(there, {}), by=None, at=NOW)
