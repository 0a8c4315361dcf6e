"""Lai Châu: trades of the first half of 2025 under their quota, orders, and classes of this year with people of the registry."""

from collections.abc import Sequence
from datetime import date, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from registry.accounts.rules import Viewer
from registry.app.demonstration.training_figures import (
    LAI_CHAU,
    Crowd,
    spread,
    write_crowd,
)
from registry.app.demonstration.training_making import Making, place_order
from registry.app.demonstration.training_money import add_money
from registry.consents.rules import PurposeCode
from registry.organisations.rules import OrganisationKind
from registry.people.models import CadreFacet, Person
from registry.people.queries import people_for
from registry.people.rules import LegalBasis, PersonState
from registry.skills.models import Skill
from registry.training.models import (
    SeatPlan,
    SessionLecturer,
    TrainingProgramme,
    TrainingQuota,
    TrainingRequirement,
    TrainingSession,
)
from registry.training.operations import (
    Outcome,
    create,
    enrol,
    put_beside,
    record_outcome,
)
from registry.training.rules import (
    CourseKind,
    Field,
    Measure,
    Mode,
    ParticipationState,
    Result,
    SessionState,
    Tier,
)

_LEARNERS = 30


def add_home(demo: Making) -> None:
    """Trades of the first half of 2025 under their quota; courses of this year with people of the registry."""
    unit, start, end = "VN/12/", date(2025, 1, 6), date(2025, 6, 30)
    trades = (
        ("LC-NGHE-1", "Kỹ thuật chăn nuôi, thú y", Field.AGRICULTURE, "elementary", 300),
        ("LC-NGHE-2", "Trồng và chế biến chè", Field.AGRICULTURE, "under_3_months", 216),
        ("LC-NGHE-3", "Xây dựng dân dụng", Field.NON_AGRICULTURE, "under_3_months", 200),
    )
    first = 0
    for code, name, kind, level, people in trades:
        course = demo.course(
            code, name, "vocational", unit, field=kind, quota_level=level, kind=CourseKind.EDUCATION
        )
        classes = [
            demo.held(course, f"{code}-K{number + 1}", unit, days=days)
            for number, days in enumerate(spread(start, end, 2))
        ]
        write_crowd(demo.session, classes, Crowd("lai-chau", first, people, people + 9), demo.rng)
        first += people
    if first != LAI_CHAU:
        raise ValueError(first)
    create(
        demo.session,
        TrainingQuota(
            name="Đào tạo nghề trình độ sơ cấp, đào tạo dưới 3 tháng năm 2025",
            period_start=date(2025, 1, 1),
            period_end=date(2025, 12, 31),
            category="vocational",
            levels="elementary,under_3_months",
            amount=6_775,
            measure=Measure.PEOPLE,
            document="Kế hoạch đào tạo nghề năm 2025 (bài đăng, đoạn 5)",
            **demo.place(unit),
        ),
        demo.act,
    )
    for number, (occupation, wanted, result) in enumerate(
        (
            ("Kỹ thuật viên vận hành thủy điện nhỏ", 25, None),
            ("Hướng dẫn viên du lịch cộng đồng", 30, 27),
            ("Công nhân chế biến chè", 60, None),
        )
    ):
        days = -20 if number == 0 else 90
        place_order(demo, f"LC-DH-{number + 1:02}", occupation, wanted, unit, result=result, days=days)
    _own_people(demo, unit)


def _own_people(demo: Making, unit: str) -> None:
    """Classes of this year: some passed, some failed or repeat, one goes on, one is late."""
    session, on = demo.session, demo.act.on
    people = _learners(session, unit, on)
    skill = (
        session.scalar(select(Skill).where(Skill.code == "IT187"))
        or session.scalars(select(Skill).order_by(Skill.id).limit(1)).one()
    )
    programme = TrainingProgramme(
        code="LC-SO",
        name="Bồi dưỡng kỹ năng số cho cán bộ, công chức, viên chức",
        document="Kế hoạch bồi dưỡng năm nay (minh họa)",
        period_start=date(on.year, 1, 1),
        period_end=date(on.year, 12, 31),
        **demo.place(unit),
    )
    create(session, programme, demo.act)
    digital = demo.course(
        "LC-SO-01",
        "Kỹ năng số cho cán bộ, công chức",
        "digital",
        unit,
        [(skill.id, 3)],
        programme=programme,
        tier=Tier.SPECIALIST,
        hours=24,
        certificate="Chứng nhận kỹ năng số",
        curriculum="Dữ liệu dùng chung của tỉnh\nDịch vụ công trực tuyến\nAn toàn thông tin",
    )
    theory = demo.course(
        "LC-LLCT-TC",
        "Trung cấp lý luận chính trị",
        "political_theory",
        unit,
        tier=Tier.MANAGER,
        hours=960,
        political_theory_rank=2,
        certificate="Bằng trung cấp lý luận chính trị",
    )
    state = demo.course(
        "LC-QLNN-CVC",
        "Quản lý nhà nước ngạch chuyên viên chính",
        "state_management",
        unit,
        tier=Tier.MANAGER,
        hours=240,
        state_management_rank=2,
        certificate="Chứng chỉ ngạch chuyên viên chính",
    )
    add_money(demo, programme, theory, state)
    third = max(1, len(people) // 3)
    for course, code, group in (
        (digital, "LC-SO-01-K1", people[:third]),
        (theory, "LC-LLCT-TC-K5", people[third : 2 * third]),
        (state, "LC-QLNN-CVC-K2", people[2 * third :]),
    ):
        days = (on - timedelta(days=80), on - timedelta(days=20))
        held = demo.held(
            course,
            code,
            unit,
            planned_start=days[0],
            planned_end=days[1],
            actual_start=days[0],
            state=SessionState.RUNNING,
            seats=60,
            owner_name="Lò Văn Pành",
            site="Trường Chính trị tỉnh (minh họa)",
        )
        _take_part(demo, held, group, days[1])
    demo.held(
        digital,
        "LC-SO-01-K2",
        unit,
        planned_start=on - timedelta(days=18),
        planned_end=on + timedelta(days=10),
        mode=Mode.ONLINE,
        seats=80,
        owner_name="Vàng Thị Mai",
        state=SessionState.OPEN,
    )
    required = TrainingRequirement(
        course=digital, office="Chuyên viên", due_on=on + timedelta(days=200), unit_path=unit
    )
    create(session, required, demo.act)


def _learners(session: Session, unit: str, on: date) -> list[Person]:
    """People of Lai Châu's own records, cadres first."""
    is_cadre = select(CadreFacet.person_id).where(CadreFacet.valid_to.is_(None))
    found = (
        people_for(Viewer.installation(), PurposeCode.REGISTRY, on=on)
        .where(
            Person.unit_path.startswith(unit),
            Person.state == PersonState.ACTIVE,
            Person.legal_basis == LegalBasis.LAW,
        )
        .order_by(Person.id.in_(is_cadre).desc(), Person.id)
        .limit(_LEARNERS)
    )
    return list(session.scalars(found))


def _take_part(demo: Making, held: TrainingSession, people: Sequence[Person], ended: date) -> None:
    """Everybody is entered; most pass. The last teaches instead."""
    session, act = demo.session, demo.act
    *learners, lecturer = people or [None]
    sent_by = demo.office("Sở, ngành cử học viên (minh họa)", OrganisationKind.DEPARTMENT)
    put_beside(session, held, SeatPlan(organisation=sent_by, seats=20), act)
    if lecturer is not None:
        put_beside(session, held, SessionLecturer(person=lecturer, topic="Chuyên đề thực hành", hours=8), act)
    put_beside(
        session,
        held,
        SessionLecturer(name="Giảng viên mời (minh họa)", topic="Chuyên đề chung", hours=16),
        act,
    )
    for place, person in enumerate(one for one in learners if one is not None):
        row = enrol(session, held, person, act, sent_by_id=sent_by.id if place % 2 else None)
        result = Result.FAILED if place % 7 == 5 else Result.REPEAT if place % 7 == 6 else Result.PASSED
        passed = result is Result.PASSED
        outcome = Outcome(
            ParticipationState.COMPLETED,
            result,
            ended,
            held.course.hours,
            85 - place % 20 if passed else 40,
            f"{held.code}/{place + 1:03}" if passed else "",
            ended if passed else None,
        )
        record_outcome(session, row, outcome, act)
