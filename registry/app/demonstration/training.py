"""Training in the five provinces: courses by tier, classes late and on time, orders, quotas, partners, and results.

Institutions that the sources do not name are numbered; everybody who takes part is made up.
"""

from datetime import date, datetime, timedelta
from random import Random

from sqlalchemy.orm import Session

from registry.app.demonstration.training_figures import (
    BEN_TRE,
    SCIENCE,
    Crowd,
    crowd_of,
    spread,
    write_crowd,
)
from registry.app.demonstration.training_home import add_home
from registry.app.demonstration.training_making import Making, place_order
from registry.organisations.rules import OrganisationKind
from registry.training.models import (
    SessionPartner,
    TrainingProgramme,
)
from registry.training.operations import (
    Act,
    create,
    name_partner,
)
from registry.training.rules import (
    BY_CODE,
    Field,
    Mode,
    PartnerRole,
    SessionState,
    Tier,
)

_BEN_TRE_UNITS = ("VN/86/28777/", "VN/86/29110/", "VN/86/28903/", "VN/86/29050/")
"""Communes of today that were of Bến Tre, so that the former province can be counted apart."""

_MODES = (Mode.IN_PERSON, Mode.ONLINE, Mode.MIXED)
_PARTNERS = 20
_OWNERS = ("Nguyễn Thị Bích Thảo", "Trần Quốc Việt", "Lê Hoàng Nam")


def add_training(session: Session, *, by: int | None, seed: str, now: datetime, on: date) -> None:
    """All of it. The crowds are written many rows at a time; a few dozen people of Lai Châu take part with results."""
    demo = Making(session, Act(by, now, on), Random(f"training {seed}"))
    with session.no_autoflush:
        _ben_tre(demo)
        _khanh_hoa(demo)
        _hai_phong(demo)
        add_home(demo)
    session.flush()


def _ben_tre(demo: Making) -> None:
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


def _science(demo: Making) -> None:
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


def _rural_trades(demo: Making) -> None:
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


def _khanh_hoa(demo: Making) -> None:
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
    place_order(demo, "KH-DH-01", "Kỹ thuật viên điện gió ngoài khơi", 40, unit, result=36)


def _hai_phong(demo: Making) -> None:
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
