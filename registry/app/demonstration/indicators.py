"""Indicators of the five printed programmes, and the rows their figures are counted from. Every row is made up; only the
printed figures are what the sources print.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from registry.indicators.models import Indicator
from registry.indicators.operations.defining import IndicatorTerms, TargetTerms, define_indicator, set_target
from registry.indicators.operations.listing import ListLine, Service, assign_services, enter_list
from registry.indicators.operations.printing import PrintedHome, import_printed
from registry.indicators.queries.computed import QUERIES
from registry.indicators.rules.figures import Reading
from registry.indicators.rules.kinds import IndicatorKind
from registry.indicators.rules.source_indicators import PROVINCE_OF
from registry.people import rules as r
from registry.people.models import CadreFacet, Person
from registry.people.operations.entries import add_entry
from registry.people.rules.kinds import AchievementKind, CadreKind
from registry.places.models import AdministrativeUnit
from registry.places.rules import UnitLevel
from registry.programmes.models import Programme, ProgrammeNode

_MADE_UP = "Danh sách minh họa"
_JOBS, _ABROAD, _JOBS_BEFORE = 5_647, 213, 512
_DISSOLVED, _OFFICES, _INITIATIVES, _EMPLOYEES = 79, 150, 40, 9
_HALF = [date(2025, 1, 1) + timedelta(days) for days in range(181)]


@dataclass(frozen=True)
class _Office:
    """Where and as whom the rows are written."""

    session: Session
    by: int
    at: datetime

    def enter(self, code: str, name: str, lines: Sequence[ListLine], path: str) -> None:
        enter_list(
            self.session,
            code,
            name,
            lines,
            source=_MADE_UP,
            at_unit=path,
            at_organisation="",
            by=self.by,
            at=self.at,
        )


def add_indicators(session: Session, by: int, *, now: datetime) -> None:
    """Rows first, then what is printed, so that each contradiction is found when its figure comes in."""
    office = _Office(session, by, now)
    programmes = {
        one.code: one for one in session.scalars(select(Programme).where(Programme.code.in_(PROVINCE_OF)))
    }
    _lai_chau(office)
    _ben_tre(office)
    _standards(office)
    for code in PROVINCE_OF:
        if code in programmes:
            import_printed(session, _home(session, programmes[code]), by=by, at=now)
    if "LC" in programmes:
        _our_own(office, programmes["LC"])


def _home(session: Session, programme: Programme) -> PrintedHome:
    """Each indicator hangs on exactly one node of its programme's tree."""
    nodes = session.scalars(
        select(ProgrammeNode)
        .where(ProgrammeNode.programme_id == programme.id)
        .order_by(ProgrammeNode.position, ProgrammeNode.id)
    ).all()
    by_code = {one.code: one for one in nodes}
    return PrintedHome(programme, {code: by_code[node] for code, node in _NODES.items() if node in by_code})


_NODES: dict[str, str] = {
    indicator: node
    for node, indicators in (
        ("KV1", ("BT-DT", "BT-LLCT", "BT-QLNN", "BT-KNLD", "BT-QPAN", "BT-HDND", "BT-HN")),
        ("KV2", ("BT-CMNV", "BT-LK", "BT-TYT", "BT-NGAY")),
        ("KV3", ("BT-KHCN", "BT-CG")),
        ("KV4", ("BT-NGHE",)),
        ("NV1", ("HP-HV", "HP-NV", "HP-NK")),
        ("NV2", ("KH-LLCT", "KH-SDH")),
        ("NV3", ("KH-LOP",)),
        ("NV5", ("PT-MT", "PT-NNV")),
        (
            "N1",
            ("LC-DTN", "LC-CT", "LC-THOIHAN", "LC-VL", "LC-XKLD", "LC-THUHUT", "LC-VE", "LC-DI", "LC-GIU12"),
        ),
        ("N3", ("LC-HUYEN", "LC-CQ", "LC-XA", "LC-PHONG", "LC-TTHC", "LC-CVCN")),
        ("N4", ("LC-SK", "LC-DVC", "LC-DNNVV", "LC-KTS", "LC-VNEID")),
    )
    for indicator in indicators
}


def _path(code: str) -> str:
    return f"VN/{PROVINCE_OF[code]}/"


def _communes(session: Session, path: str, on: date) -> Sequence[AdministrativeUnit]:
    unit = AdministrativeUnit
    return session.scalars(
        select(unit)
        .where(
            unit.level == UnitLevel.COMMUNE,
            unit.path.startswith(path),
            unit.valid_from <= on,
            unit.valid_to.is_(None) | (unit.valid_to >= on),
        )
        .order_by(unit.path)
    ).all()


def _lai_chau(office: _Office) -> None:
    path = _path("LC")
    communes = [one.path for one in _communes(office.session, path, date(2025, 7, 1))] or [path]
    ways = ("in_province", "in_province", "other_province", "self_employed")
    jobs = [
        ListLine(
            subject=f"VL-{number:05}",
            starts=_HALF[number % len(_HALF)],
            unit_path=communes[number % len(communes)],
            way="abroad" if number < _ABROAD else ways[number % len(ways)],
            country=("JP", "KR", "TW")[number % 3] if number < _ABROAD else None,
        )
        for number in range(_JOBS)
    ]
    jobs += [
        ListLine(
            f"VL24-{number:05}",
            _HALF[number % len(_HALF)].replace(year=2024),
            communes[number % len(communes)],
            way=ways[number % 4],
        )
        for number in range(_JOBS_BEFORE)
    ]
    office.enter("LC-VIEC-LAM", "Lao động được giải quyết việc làm", jobs, path)
    districts = (
        "Mường Tè",
        "Nậm Nhùn",
        "Phong Thổ",
        "Sìn Hồ",
        "Tam Đường",
        "Tân Uyên",
        "Than Uyên",
        "TP Lai Châu",
    )
    kinds = (
        "Nội vụ",
        "Tài chính - Kế hoạch",
        "Y tế",
        "Văn hóa, Khoa học và Thông tin",
        "Nông nghiệp và Môi trường",
    )
    kinds += (
        "Kinh tế, Hạ tầng và Đô thị",
        "Giáo dục và Đào tạo",
        "Tư pháp",
        "Thanh tra",
        "Dân tộc và Tôn giáo",
    )
    bodies = [f"{kind} · {place}" for kind in kinds for place in districts][:_DISSOLVED]
    ended = [ListLine(one, date(2025, 6, 30), path, way="dissolved") for one in bodies]
    office.enter("LC-GIAI-THE", "Cơ quan chuyên môn cấp huyện giải thể", ended, path)
    parts = (
        "Phòng Kinh tế",
        "Phòng Văn hóa - Xã hội",
        "Văn phòng HĐND và UBND",
        "Trung tâm Phục vụ hành chính công",
    )
    offices = [
        ListLine(f"{part} · {number + 1:02}", date(2025, 7, 1), where, way="founded")
        for part in parts
        for number, where in enumerate(communes)
    ][:_OFFICES]
    office.enter("LC-PHONG-XA", "Phòng chuyên môn và tổ chức hành chính khác cấp xã", offices, path)
    _initiatives(office, path)


def _initiatives(office: _Office, path: str) -> None:
    people = office.session.scalars(
        select(Person).where(Person.unit_path.startswith(path)).order_by(Person.code).limit(_INITIATIVES)
    ).all()
    for number in range(_INITIATIVES if people else 0):
        draft = r.AchievementDraft(
            AchievementKind.INITIATIVE,
            f"Sáng kiến minh họa số {number + 1:02}, đợt 2 năm 2024",
            level="cấp tỉnh",
            role="Tác giả",
            decision_number="QĐ minh họa đợt 2/2024",
            when=r.PartialDate(2024, 12, 20),
        )
        add_entry(office.session, people[number % len(people)], draft, by=office.by, at=office.at)


def _ben_tre(office: _Office) -> None:
    """A doctor at each station of the former province."""
    stations = _communes(office.session, "VN-63/83/", date(2023, 5, 11))
    services = [
        Service(
            one.id,
            _path("BT"),
            f"BS-{number:03}",
            5 if number % 3 else 3,
            date(2023, 1, 1),
            date(2025, 6, 30),
        )
        for number, one in enumerate(stations, start=1)
    ]
    assign_services(office.session, "doctor", services, by=office.by, at=office.at)


def _standards(office: _Office) -> None:
    """Some people of Khánh Hòa are public employees; some hold intermediate political theory: the source prints no share."""
    in_service = select(CadreFacet.person_id)
    people = office.session.scalars(
        select(Person)
        .where(Person.unit_path.startswith(_path("KH")), Person.id.not_in(in_service))
        .order_by(Person.code)
        .limit(_EMPLOYEES)
    )
    for number, person in enumerate(people):
        draft = r.CadreDraft(
            CadreKind.PUBLIC_EMPLOYEE,
            organisation_text="Đơn vị sự nghiệp minh họa",
            political_theory_rank=(2, 1, None)[number % 3],
            valid_from=date(2020, 1, 1),
        )
        add_entry(office.session, person, draft, by=office.by, at=office.at)


_Own = tuple[str, str, IndicatorKind, str, str, dict[str, Any], int | None]
_OWN: tuple[_Own, ...] = (
    ("LC-THUHUT", "Người thu hút theo chính sách", IndicatorKind.COUNT, "people", "policy_recruits", {}, 30),
    ("LC-VE", "Người về làm việc qua hệ thống", IndicatorKind.COUNT, "people", "inflow", {}, None),
    ("LC-DI", "Người thôi việc sau khi về làm", IndicatorKind.COUNT, "people", "outflow", {}, None),
    (
        "LC-GIU12",
        "Người còn làm việc sau 12 tháng",
        IndicatorKind.SHARE,
        "percent",
        "retention",
        {"months": 12},
        None,
    ),
    (
        "LC-CVCN",
        "Công chức, viên chức đạt chuẩn quản lý nhà nước",
        IndicatorKind.SHARE,
        "percent",
        "standard_share",
        {"standard": "state_management", "least": 1},
        None,
    ),
)
_OWN_OWNER, _OWN_SOURCE = "Sở Nội vụ tỉnh Lai Châu", "Chỉ tiêu minh họa, không có trong văn bản nào"


def _our_own(office: _Office, programme: Programme) -> None:
    """Indicators of the office that no source prints: they say so."""
    year, home = office.at.year, _home(office.session, programme)
    for position, (code, name, kind, unit, query, parameters, plan) in enumerate(_OWN, start=100):
        if office.session.scalar(select(Indicator.id).where(Indicator.code == code)) is not None:
            continue
        terms = IndicatorTerms(
            name,
            kind,
            unit,
            _OWN_OWNER,
            _OWN_SOURCE,
            definition=f"{QUERIES[query].definition}.",
            query=query,
            parameters=parameters,
            programme_id=programme.id,
            node_id=home.nodes[code].id if code in home.nodes else None,
        )
        made = define_indicator(
            office.session,
            code,
            terms,
            at_unit=programme.unit_path,
            at_organisation=programme.organisation_path,
            position=position,
            by=office.by,
            at=office.at,
        )
        if plan is not None:
            target = TargetTerms(
                Decimal(plan),
                unit,
                date(year, 1, 1),
                date(year, 12, 31),
                Reading.WHOLE_PERIOD,
                f"Kế hoạch minh họa năm {year}",
            )
            set_target(office.session, made, target, by=office.by, at=office.at)
