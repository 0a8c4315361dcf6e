"""Training in the five provinces: courses by tier, classes late and on time, orders, quotas, partners, and results.

Institutions that the sources do not name are numbered; everybody who takes part is made up.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from random import Random
from typing import Any

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from registry.app.demonstration.training_figures import (
    BEN_TRE,
    LAI_CHAU,
    SCIENCE,
    Crowd,
    crowd_of,
    spread,
    write_crowd,
)
from registry.organisations.models import Organisation
from registry.organisations.operations import create_organisation
from registry.organisations.rules import OrganisationKind
from registry.people.models import CadreFacet, Person
from registry.people.rules import LegalBasis, PersonState
from registry.places.models import AdministrativeUnit
from registry.places.queries import unit_by_path
from registry.skills.models import Skill
from registry.training.models import (
    SeatPlan,
    SessionLecturer,
    SessionPartner,
    TrainingCourse,
    TrainingOrder,
    TrainingProgramme,
    TrainingQuota,
    TrainingRequirement,
    TrainingSession,
)
from registry.training.operations import (
    Act,
    Outcome,
    close_order,
    create,
    create_course,
    create_session,
    enrol,
    move_order,
    name_partner,
    put_beside,
    record_outcome,
)
from registry.training.rules import (
    BY_CODE,
    CourseKind,
    Field,
    Measure,
    Mode,
    OrderState,
    ParticipationState,
    PartnerRole,
    Result,
    SessionState,
    Tier,
)

_BEN_TRE_UNITS = ("VN/86/28777/", "VN/86/29110/", "VN/86/28903/", "VN/86/29050/")
"""Communes of today that were of Bến Tre, so that the former province can be counted apart."""

_MODES = (Mode.IN_PERSON, Mode.ONLINE, Mode.MIXED)
_PARTNERS = 20
_LEARNERS = 30
_OWNERS = ("Nguyễn Thị Bích Thảo", "Trần Quốc Việt", "Lê Hoàng Nam")


@dataclass
class _Demo:
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


def add_training(session: Session, *, by: int | None, seed: str, now: datetime, on: date) -> None:
    """All of it. The crowds are written many rows at a time; a few dozen people of Lai Châu take part with results."""
    demo = _Demo(session, Act(by, now, on), Random(f"training {seed}"))
    with session.no_autoflush:
        _ben_tre(demo)
        _khanh_hoa(demo)
        _hai_phong(demo)
        _lai_chau(demo)
    session.flush()


def _ben_tre(demo: _Demo) -> None:
    """2021–2022: seven categories, science and technology by year, rural trades in two fields, 20 partners."""
    start, end = date(2021, 2, 1), date(2022, 12, 20)
    for category in BEN_TRE:
        course = demo.course(f"BT-{category}"[:40], f"{BY_CODE[category].name} (Bến Tre)", category, "VN/86/")
        classes = [
            demo.held(
                course,
                f"BT-{category}-{number + 1:02}"[:40],
                _BEN_TRE_UNITS[number % len(_BEN_TRE_UNITS)],
                mode=_MODES[number % len(_MODES)],
                days=days,
            )
            for number, days in enumerate(spread(start, end, 8))
        ]
        write_crowd(demo.session, classes, crowd_of(category), demo.rng)
    _science(demo)
    _rural_trades(demo)


def _science(demo: _Demo) -> None:
    """In person and online under one programme (BT5); 20 distinct partners, whose countries are not printed (BT4)."""
    programme = create(
        demo.session,
        TrainingProgramme(
            code="BT-KHCN",
            name="Bồi dưỡng chuyên sâu, ứng dụng khoa học và công nghệ",
            document="Kế hoạch số 3409/KH-UBND",
            period_start=date(2021, 1, 1),
            period_end=date(2022, 12, 31),
            **demo.place("VN/86/"),
        ),
        demo.act,
    )
    for number in range(_PARTNERS):
        partner = demo.office(f"Trường liên kết số {number + 1:02} (minh họa)")
        row = SessionPartner(
            organisation=partner,
            role=PartnerRole.PARTNER,
            period_start=date(2021, 1, 1),
            period_end=date(2022, 12, 31),
        )
        name_partner(demo.session, programme, row, demo.act)
    course = demo.course(
        "BT-KHCN-01",
        "Bồi dưỡng chuyên sâu khoa học và công nghệ",
        "science_technology",
        "VN/86/",
        programme=programme,
    )
    for year, attendances in SCIENCE.items():
        classes = [
            demo.held(
                course, f"BT-KHCN-{year}-{number + 1}", _BEN_TRE_UNITS[number], mode=_MODES[number], days=days
            )
            for number, days in enumerate(spread(date(year, 3, 1), date(year, 12, 1), 3))
        ]
        people = attendances - attendances // 12
        crowd = Crowd("ben-tre", 4_000 + year % 100 * 10, people, attendances)
        write_crowd(demo.session, classes, crowd, demo.rng)


def _rural_trades(demo: _Demo) -> None:
    """Trades of rural workers, agriculture and not (BT13)."""
    for number, kind in enumerate(Field):
        name = ("Kỹ thuật trồng dừa hữu cơ", "May công nghiệp")[number]
        course = demo.course(
            f"BT-NGHE-{number + 1}", name, "vocational", "VN/86/", field=kind, quota_level="under_3_months"
        )
        days = spread(date(2022, 2, 1), date(2022, 11, 30), 2)
        classes = [
            demo.held(course, f"BT-NGHE-{number + 1}-{place + 1}", _BEN_TRE_UNITS[place + 1], days=one)
            for place, one in enumerate(days)
        ]
        write_crowd(
            demo.session,
            classes,
            Crowd("nong-thon", number * 500, 320 - 40 * number, 330 - 40 * number),
            demo.rng,
        )


def _khanh_hoa(demo: _Demo) -> None:
    """Late classes with their owners, post-graduate study without a plan, curricula by tier, an order with its result."""
    on, unit = demo.act.on, "VN/56/"
    tiers = (
        (Tier.LEADER, "Lãnh đạo cấp sở"),
        (Tier.MANAGER, "Quản lý cấp phòng"),
        (Tier.SPECIALIST, "Chuyên viên"),
    )
    for number, (tier, name) in enumerate(tiers):
        course = demo.course(
            f"KH-TH-{number + 1}",
            f"Tập huấn chuyên môn: {name}",
            "leadership_skills" if tier is not Tier.SPECIALIST else "professional",
            unit,
            tier=tier,
            hours=40 - 8 * number,
            curriculum="Dự báo nhu cầu nhân lực\nĐặt hàng đào tạo\nĐánh giá sau đào tạo",
        )
        planned = on - timedelta(days=40 + 25 * number)
        begun = None if number == 0 else planned + timedelta(days=12 * number)
        demo.held(
            course,
            f"KH-TH-{number + 1}-K1",
            unit,
            planned_start=planned,
            planned_end=planned + timedelta(days=10),
            actual_start=begun,
            state=SessionState.PLANNED if begun is None else SessionState.RUNNING,
            owner_name=_OWNERS[number],
            mode=_MODES[number],
        )
    study = demo.course("KH-SDH", "Cử đi đào tạo sau đại học", "education", unit, quota_level="postgraduate")
    sent = demo.held(study, "KH-SDH-2023", unit, days=(date(2023, 9, 5), date(2025, 9, 5)))
    write_crowd(demo.session, [sent], Crowd("khanh-hoa", 0, 9, 9), demo.rng)
    _order(demo, "KH-DH-01", "Kỹ thuật viên điện gió ngoài khơi", 40, unit, result=36)


def _order(
    demo: _Demo, code: str, occupation: str, number: int, unit: str, *, result: int | None, days: int = 90
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


def _hai_phong(demo: _Demo) -> None:
    """The programme for good directors 2015–2020: the institute is partner, JICA sponsors (HP7)."""
    unit, start, end = "VN/31/", date(2015, 1, 1), date(2020, 12, 31)
    programme = create(
        demo.session,
        TrainingProgramme(
            code="HP-GD",
            name="Bồi dưỡng, đào tạo Giám đốc, quản trị doanh nghiệp giỏi thành phố giai đoạn 2015 - 2020",
            document="Kế hoạch của thành phố, giai đoạn 2015 - 2020",
            period_start=start,
            period_end=end,
            **demo.place(unit),
        ),
        demo.act,
    )
    for name, role, country, kind in (
        (
            "Viện phát triển nguồn nhân lực Việt Nam - Nhật Bản",
            PartnerRole.PARTNER,
            "VN",
            OrganisationKind.RESEARCH_INSTITUTE,
        ),
        ("JICA", PartnerRole.SPONSOR, "JP", OrganisationKind.FOREIGN_INSTITUTE),
    ):
        row = SessionPartner(
            organisation=demo.office(name, kind),
            role=role,
            country=country,
            period_start=start,
            period_end=end,
        )
        name_partner(demo.session, programme, row, demo.act)
    course = demo.course(
        "HP-GD-01", "Quản trị doanh nghiệp giỏi", "professional", unit, programme=programme, tier=Tier.LEADER
    )
    classes = [
        demo.held(course, f"HP-GD-01-K{number + 1}", unit, days=days)
        for number, days in enumerate(spread(date(2016, 3, 1), date(2019, 11, 30), 4))
    ]
    write_crowd(demo.session, classes, Crowd("hai-phong", 0, 118, 126), demo.rng)


def _lai_chau(demo: _Demo) -> None:
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
        _order(demo, f"LC-DH-{number + 1:02}", occupation, wanted, unit, result=result, days=days)
    _own_people(demo, unit)


def _own_people(demo: _Demo, unit: str) -> None:
    """Classes of this year: some passed, some failed or repeat, one goes on, one is late."""
    session, on = demo.session, demo.act.on
    people = _learners(session, unit)
    skill = (
        session.scalar(select(Skill).where(Skill.code == "IT25"))
        or session.scalars(select(Skill).order_by(Skill.id).limit(1)).one()
    )
    digital = demo.course(
        "LC-SO-01",
        "Kỹ năng số cho cán bộ, công chức",
        "digital",
        unit,
        [(skill.id, 3)],
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


def _learners(session: Session, unit: str) -> list[Person]:
    """People of Lai Châu's own records, cadres first."""
    is_cadre = select(CadreFacet.person_id).where(or_(CadreFacet.valid_to.is_(None)))
    found = (
        select(Person)
        .where(
            Person.unit_path.startswith(unit),
            Person.state == PersonState.ACTIVE,
            Person.legal_basis == LegalBasis.LAW,
        )
        .order_by(Person.id.in_(is_cadre).desc(), Person.id)
        .limit(_LEARNERS)
    )
    return list(session.scalars(found))


def _take_part(demo: _Demo, held: TrainingSession, people: Sequence[Person], ended: date) -> None:
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
