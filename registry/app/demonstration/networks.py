"""Associations, ordered tasks, people from here, visiting experts, awards. Hải Phòng and Bến Tre as far as their sources say;
days, sums and everything of Lai Châu are made up, and so is whoever is behind a number.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from registry.campaigns.rules.words import OutreachWay
from registry.networks.models import Association
from registry.networks.operations import (
    Acceptance,
    AssociationTerms,
    AttemptTerms,
    AwardTerms,
    MemberTerms,
    TaskTerms,
    VisitTerms,
    accept_task,
    add_member,
    add_term,
    approve_task,
    award_collective,
    deliver_task,
    enter_task,
    enter_visit,
    found_association,
    note_contact,
    note_kinds,
)
from registry.networks.rules import (
    AwardKind,
    MemberRole,
    OriginKind,
    OutreachAnswer,
    TaskKind,
    TaskLevel,
    TaskWay,
    TermDays,
    VisitKind,
)
from registry.organisations.models import Organisation
from registry.organisations.operations import create_organisation
from registry.organisations.queries import find_organisation
from registry.organisations.rules import Office, OrganisationKind
from registry.people.models import Person
from registry.people.operations.entries import add_entry
from registry.people.rules import AffinityDraft, AffinityKind, LegalBasis, PartialDate, Willingness
from registry.places.models import AdministrativeUnit
from registry.places.queries import unit_by_path

_HAI_PHONG, _BEN_TRE, _LAI_CHAU = "VN/31/", "VN/86/", "VN/12/"
ASSOCIATION = "Hội Khoa học phát triển nguồn nhân lực, nhân tài thành phố Hải Phòng"
DECISION = "520 QĐ-CT"
_COUNTED, _LEFT, _LATER, _WITH_RECORD, _TOLD = 125, 9, 6, 5, 12
_STUDY = "Đề tài tiếp cận cuộc cách mạng công nghiệp lần thứ tư tại thành phố Hải Phòng đến năm 2025"
_SCHEME = "Đề án đào tạo nghề phục vụ công nghiệp hóa, hiện đại hóa thành phố Hải Phòng đến năm 2030, tầm nhìn đến năm 2045"
_ROLES = {
    0: MemberRole.CHAIR,
    1: MemberRole.VICE_CHAIR,
    2: MemberRole.VICE_CHAIR,
    3: MemberRole.SECRETARY,
} | dict.fromkeys(range(4, 15), MemberRole.BOARD)
_ASKED = {
    TaskKind.STUDY: (450_000_000, "Báo cáo tổng hợp và kiến nghị (minh họa)"),
    TaskKind.TRAINING_SCHEME: (380_000_000, "Đề án và dự thảo kế hoạch thực hiện (minh họa)"),
    TaskKind.OTHER: (65_000_000, "Văn bản góp ý có chữ ký của Hội (minh họa)"),
}
"""For how much, and what is to be handed over."""
_HOSTS = (
    "Trường Cao đẳng cộng đồng (minh họa)",
    "Trung tâm Khuyến nông tỉnh (minh họa)",
    "Bệnh viện Đa khoa tỉnh (minh họa)",
)
_SAID = (
    (OutreachWay.PHONE, OutreachAnswer.AGREED, "Nhận lời tư vấn từ xa mỗi quý một buổi.", "Cố vấn từ xa"),
    (OutreachWay.MEETING, OutreachAnswer.LATER, "Muốn về thăm trước, hẹn sau Tết.", ""),
    (OutreachWay.LETTER, OutreachAnswer.NONE, "", ""),
    (OutreachWay.PHONE, OutreachAnswer.DECLINED, "Công việc hiện tại chưa cho phép.", ""),
)


@dataclass(frozen=True)
class _Desk:
    """Where and as whom the rows are written."""

    session: Session
    by: int
    at: datetime
    on: date


def add_networks(session: Session, by: int, *, now: datetime, on: date) -> None:
    """Everything of the room; before the figures that are counted from it."""
    desk = _Desk(session, by, now, on)
    _hai_phong(desk)
    _ben_tre(desk)
    _lai_chau(desk)


def _hai_phong(desk: _Desk) -> None:
    unit = _unit(desk, _HAI_PHONG)
    subject = _organisation(desk, unit, ASSOCIATION, OrganisationKind.ASSOCIATION)
    terms = AssociationTerms(
        DECISION, "UBND thành phố Hải Phòng", 2012, None, "Ngày ký không in trong nguồn."
    )
    made = found_association(desk.session, subject, terms, by=desk.by, at=desk.at)
    for number, first, last in (
        (1, date(2012, 1, 1), date(2017, 12, 31)),
        (2, date(2018, 1, 1), date(2023, 6, 30)),
        (3, date(2023, 7, 1), None),
    ):
        add_term(desk.session, made, TermDays(number, first, last), by=desk.by, at=desk.at)
    people = _people(desk, _HAI_PHONG, _WITH_RECORD)
    _members(desk, made, "HV", _COUNTED, date(2012, 5, 1), None, people)
    _members(desk, made, "RA", _LEFT, date(2012, 5, 1), date(2020, 12, 31))
    _members(desk, made, "MOI", _LATER, date(2024, 6, 1), None)
    _tasks_of_hai_phong(desk, unit, subject)
    _told(desk, unit)
    _awards(desk, subject, "UBND thành phố Hải Phòng")


def _tasks_of_hai_phong(desk: _Desk, unit: AdministrativeUnit, subject: Organisation) -> None:
    """Two tasks of the city; the source names them and prints no day, sum or deliverable."""
    city = find_organisation(desk.session, "UBND thành phố Hải Phòng")
    for kind, title, first, due in (
        (TaskKind.STUDY, _STUDY, date(2018, 1, 1), date(2019, 12, 31)),
        (TaskKind.TRAINING_SCHEME, _SCHEME, date(2022, 1, 1), date(2023, 6, 30)),
    ):
        terms = _task(TaskWay.ASSIGNED, kind, title, subject, city, first, due)
        task = enter_task(desk.session, terms, Office(unit.id, unit.path), by=desk.by, at=desk.at)
        accept_task(desk.session, task, by=desk.by, at=desk.at)
        deliver_task(desk.session, task, due, by=desk.by, at=desk.at)
        found = Acceptance(due + timedelta(days=40), "Hội đồng nghiệm thu (minh họa)", "Đạt (minh họa)")
        approve_task(desk.session, task, found, by=desk.by, at=desk.at)


def _task(
    way: TaskWay,
    kind: TaskKind,
    title: str,
    performer: Organisation,
    orderer: Organisation | None,
    first: date,
    due: date,
) -> TaskTerms:
    return TaskTerms(
        way=way,
        kind=kind,
        level=TaskLevel.PROVINCE,
        title=title,
        document="Quyết định giao nhiệm vụ (minh họa)",
        orderer_id=None if orderer is None else orderer.id,
        performer_id=performer.id,
        performer_text="",
        budget_line="Sự nghiệp khoa học và công nghệ (minh họa)",
        budget_vnd=_ASKED[kind][0],
        deliverable=_ASKED[kind][1],
        ordered_on=first,
        due_on=due,
    )


def _ben_tre(desk: _Desk) -> None:
    """Eight experts of Korea and Japan; nobody says how many from which, so no country is noted."""
    unit = _unit(desk, _BEN_TRE)
    kinds = (VisitKind.WORK, VisitKind.RESEARCH, VisitKind.TRANSFER)
    for number in range(8):
        first = date(2021 + number // 4, 3 + number % 4, 1)
        _visit(desk, unit, f"CG-{number + 1}", kinds[number % 3], first, first + timedelta(days=120), None)


def _visit(
    desk: _Desk,
    unit: AdministrativeUnit,
    mark: str,
    kind: VisitKind,
    first: date,
    last: date | None,
    country: str | None,
    host: str = "Đơn vị tiếp nhận (minh họa)",
) -> None:
    terms = VisitTerms(
        person=None,
        mark=mark,
        country=country,
        kind=kind,
        starts=first,
        ends=last,
        host_id=None,
        host_text=host,
        days_a_week=3 if kind is VisitKind.SECONDMENT else 5,
        office=Office(unit.id, unit.path),
    )
    enter_visit(desk.session, terms, by=desk.by, at=desk.at)


def _lai_chau(desk: _Desk) -> None:
    """The same for the demonstration's own province, so that its officers have something on every page."""
    unit, on = _unit(desk, _LAI_CHAU), desk.on
    subject = _organisation(desk, unit, "Hội Trí thức tỉnh Lai Châu (minh họa)", OrganisationKind.ASSOCIATION)
    terms = AssociationTerms("86/QĐ-UBND (minh họa)", "UBND tỉnh Lai Châu", 2019, date(2019, 3, 12))
    made = found_association(desk.session, subject, terms, by=desk.by, at=desk.at)
    add_term(desk.session, made, TermDays(1, date(2019, 3, 12), date(2024, 3, 11)), by=desk.by, at=desk.at)
    add_term(desk.session, made, TermDays(2, date(2024, 3, 12)), by=desk.by, at=desk.at)
    _members(desk, made, "LC", 22, date(2019, 4, 1), None, _people(desk, _LAI_CHAU, 12))
    _members(desk, made, "LC-RA", 3, date(2019, 4, 1), date(2025, 1, 31))
    committee = find_organisation(desk.session, "UBND tỉnh Lai Châu")
    for way, kind, title, back, ahead in (
        (
            TaskWay.ORDERED,
            TaskKind.STUDY,
            "Nghiên cứu nhu cầu nhân lực du lịch cộng đồng (minh họa)",
            200,
            -20,
        ),
        (TaskWay.ASSIGNED, TaskKind.OTHER, "Góp ý đề án phát triển nhân lực số của tỉnh (minh họa)", 30, 90),
        (TaskWay.ORDERED, TaskKind.STUDY, "Khảo sát trí thức người Lai Châu ở nơi khác (minh họa)", 160, -5),
    ):
        first, due = on - timedelta(days=back), on + timedelta(days=ahead)
        task = _task(way, kind, title, subject, committee, first, due)
        entered = enter_task(desk.session, task, Office(unit.id, unit.path), by=desk.by, at=desk.at)
        if ahead < 0:
            accept_task(desk.session, entered, by=desk.by, at=desk.at)
        if ahead == -5:  # came in time and waits for its acceptance
            deliver_task(desk.session, entered, due, by=desk.by, at=desk.at)
    for number, (kind, country) in enumerate(
        ((VisitKind.TEACHING, "KR"), (VisitKind.TRANSFER, "JP"), (VisitKind.SECONDMENT, "VN"))
    ):
        first = on - timedelta(days=90 * (number + 1))
        last = on + timedelta(days=150 - 90 * number)
        _visit(desk, unit, f"LC-CG-{number + 1}", kind, first, last, country, _HOSTS[number])
    _told(desk, unit)
    _awards(desk, subject, "UBND tỉnh Lai Châu")


def _told(desk: _Desk, unit: AdministrativeUnit) -> None:
    """Some who live elsewhere told of their origin; some of them were spoken to, one is noted as in business."""
    people = [
        one
        for one in _people(desk, unit.path, 4 * _TOLD)
        if (one.residence_country or "VN") != "VN"
        or (one.residence_unit_path and not one.residence_unit_path.startswith(unit.path))
    ][:_TOLD]
    ladder = tuple(Willingness)
    for number, person in enumerate(people):
        draft = AffinityDraft(
            AffinityKind.ORIGIN,
            place_text=unit.full_name,
            unit_id=unit.id,
            unit_path=unit.path,
            willingness=ladder[number % len(ladder)],
            started=PartialDate(1980 + number),
        )
        add_entry(desk.session, person, draft, by=desk.by, at=desk.at)
    for number, (person, (way, answer, words, role)) in enumerate(zip(people, _SAID, strict=False)):
        spoken = desk.on - timedelta(days=12 + 9 * number)
        next_on = desk.on + timedelta(days=30) if answer is not OutreachAnswer.DECLINED else None
        terms = AttemptTerms(way, spoken, answer, words, role, next_on)
        note_contact(desk.session, person, terms, by=desk.by, at=desk.at)
    for person in people[:2]:
        note_kinds(desk.session, person, [OriginKind.ENTREPRENEUR], by=desk.by, at=desk.at)


def _awards(desk: _Desk, subject: Organisation, giver: str) -> None:
    for kind, title, day in (
        (AwardKind.AWARD, "Bằng khen về công tác tập hợp trí thức (minh họa)", date(2022, 12, 20)),
        (AwardKind.INITIATIVE, "Sáng kiến kết nối chuyên gia từ xa (minh họa)", date(2024, 11, 15)),
    ):
        terms = AwardTerms(kind, title, "cấp tỉnh", "QĐ minh họa", giver, day)
        award_collective(desk.session, subject, terms, by=desk.by, at=desk.at)


def _members(
    desk: _Desk,
    made: Association,
    mark: str,
    many: int,
    joined: date,
    left: date | None,
    people: Sequence[Person] = (),
) -> None:
    """Cards from 001 on; the first are people with records."""
    for number in range(many):
        person = people[number] if number < len(people) else None
        role = _ROLES.get(number, MemberRole.MEMBER) if people else MemberRole.MEMBER
        terms = MemberTerms(person, f"{mark}-{number + 1:03}", role, joined, left)
        add_member(desk.session, made, terms, by=desk.by, at=desk.at)


def _people(desk: _Desk, path: str, many: int) -> Sequence[Person]:
    """People of a place who may be named, in the order of their codes."""
    return desk.session.scalars(
        select(Person)
        .where(
            Person.unit_path.startswith(path),
            Person.legal_basis == LegalBasis.CONSENT,
            Person.agrees_to_be_named,
        )
        .order_by(Person.code)
        .limit(many)
    ).all()


def _organisation(desk: _Desk, unit: AdministrativeUnit, name: str, kind: OrganisationKind) -> Organisation:
    """The organisation of this name, made where there is none."""
    found = find_organisation(desk.session, name)
    if found is not None:
        return found
    return create_organisation(desk.session, name=name, kind=kind, parent=None, unit=unit, by=desk.by)


def _unit(desk: _Desk, path: str) -> AdministrativeUnit:
    unit = unit_by_path(desk.session, path)
    if unit is None:
        raise LookupError(f"{path} is not in the reference data")
    return unit
