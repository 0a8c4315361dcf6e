"""Figures of associations, of tasks that are ordered or assigned, and of visiting experts."""

from typing import Any

from sqlalchemy import ColumnElement, and_, or_, select
from sqlalchemy.orm import Session

from registry.indicators.queries.computed.shape import (
    Asked,
    Column,
    Counted,
    Listing,
    NamedQuery,
    counted_rows,
)
from registry.indicators.rules.units import PEOPLE, unit_by_code
from registry.networks.models import Association, AssociationMember, AssociationTerm, ExpertVisit, OrderedTask
from registry.organisations.models import Organisation
from registry.people.rules.problems import N_

_ASSOCIATION = N_("Số quyết định thành lập của một hội; để trống là mọi hội ở địa bàn")


def _of_association(asked: Asked) -> list[ColumnElement[bool]]:
    """Of associations in the place, or of the one whose founding decision is named."""
    wanted: list[ColumnElement[bool]] = [asked.inside(Organisation.unit_path)]
    if decision := asked.text("association"):
        wanted.append(Association.decision == decision)
    return wanted


def _member_rows(asked: Asked) -> Listing:
    member = AssociationMember
    statement = (
        select(member.person_id, member.card, member.role, member.starts, member.ends)
        .join(Association, Association.id == member.association_id)
        .join(Organisation, Organisation.id == Association.organisation_id)
        .where(
            *_of_association(asked),
            member.starts <= asked.ends,
            or_(member.ends.is_(None), member.ends >= asked.ends),
        )
        .order_by(member.starts, member.id)
    )
    columns = [
        Column(N_("Người"), "person"),
        Column(N_("Số thẻ")),
        Column(N_("Vai trò"), "way"),
        Column(N_("Ngày"), "date"),
        Column(N_("Đến ngày"), "date"),
    ]
    return Listing(statement, columns)


def _members(session: Session, asked: Asked) -> Counted:
    return counted_rows(session, _member_rows(asked).statement, PEOPLE, asked)


def _term_rows(asked: Asked) -> Listing:
    term = AssociationTerm
    statement = (
        select(term.number, Organisation.name, term.starts, term.ends)
        .join(Association, Association.id == term.association_id)
        .join(Organisation, Organisation.id == Association.organisation_id)
        .where(*_of_association(asked), term.ends.between(asked.first_day, asked.ends))
        .order_by(term.ends, term.id)
    )
    columns = [
        Column(N_("Nhiệm kỳ"), "number"),
        Column(N_("Hội")),
        Column(N_("Ngày"), "date"),
        Column(N_("Đến ngày"), "date"),
    ]
    return Listing(statement, columns)


def _terms(session: Session, asked: Asked) -> Counted:
    return counted_rows(session, _term_rows(asked).statement, unit_by_code("terms"), asked)


def _task_rows(asked: Asked) -> Listing:
    task = OrderedTask
    wanted: list[Any] = [
        asked.inside(task.unit_path),
        task.ordered_on.between(asked.first_day, asked.ends),
    ]
    if level := asked.text("level"):
        wanted.append(task.level == level)
    if decision := asked.text("association"):
        performers = select(Association.organisation_id).where(Association.decision == decision)
        wanted.append(task.performer_id.in_(performers))
    statement = (
        select(task.title, task.kind, task.way, task.ordered_on, task.approved_on)
        .where(*wanted)
        .order_by(task.ordered_on, task.id)
    )
    columns = [
        Column(N_("Nhiệm vụ")),
        Column(N_("Loại"), "way"),
        Column(N_("Hình thức"), "way"),
        Column(N_("Ngày giao"), "date"),
        Column(N_("Nghiệm thu"), "date"),
    ]
    return Listing(statement, columns)


def _tasks(session: Session, asked: Asked) -> Counted:
    return counted_rows(session, _task_rows(asked).statement, unit_by_code("tasks"), asked)


def _visit_rows(asked: Asked) -> Listing:
    visit = ExpertVisit
    wanted = [asked.inside(visit.unit_path), visit.starts.between(asked.first_day, asked.ends)]
    if kind := asked.text("kind"):
        wanted.append(visit.kind == kind)
    statement = (
        select(visit.person_id, visit.mark, visit.starts, visit.ends, visit.country, visit.kind)
        .where(and_(*wanted))
        .order_by(visit.starts, visit.id)
    )
    columns = [
        Column(N_("Người"), "person"),
        Column(N_("Số trong danh sách")),
        Column(N_("Ngày"), "date"),
        Column(N_("Đến ngày"), "date"),
        Column(N_("Nước"), "country"),
        Column(N_("Đến để"), "way"),
    ]
    return Listing(statement, columns)


def _visits(session: Session, asked: Asked) -> Counted:
    return counted_rows(session, _visit_rows(asked).statement, PEOPLE, asked)


QUERIES = (
    NamedQuery(
        "association_members",
        N_("Số hội viên của hội vào ngày cuối kỳ"),
        N_("Số người đã vào hội và chưa ra vào ngày cuối kỳ"),
        N_("Người chưa có hồ sơ chỉ ghi số thẻ; ai ở hai hội đếm hai lần"),
        ("people",),
        {"association": _ASSOCIATION},
        _members,
        _member_rows,
    ),
    NamedQuery(
        "association_terms",
        N_("Số nhiệm kỳ của hội đã kết thúc"),
        N_("Số nhiệm kỳ có ngày cuối trong kỳ"),
        N_("Nhiệm kỳ chưa ghi ngày cuối là đang diễn ra"),
        ("terms",),
        {"association": _ASSOCIATION},
        _terms,
        _term_rows,
    ),
    NamedQuery(
        "ordered_tasks",
        N_("Số nhiệm vụ đặt hàng, được giao"),
        N_("Số nhiệm vụ có ngày đặt hàng hoặc giao trong kỳ"),
        N_("Đếm cả nhiệm vụ chưa nghiệm thu và không thực hiện; cột Nghiệm thu cho biết"),
        ("tasks",),
        {"level": N_("Chỉ đếm cấp này"), "association": N_("Chỉ đếm nhiệm vụ của hội có quyết định này")},
        _tasks,
        _task_rows,
    ),
    NamedQuery(
        "expert_visits",
        N_("Số lượt chuyên gia đến làm việc"),
        N_("Số chuyên gia có ngày đến trong kỳ"),
        N_("Một người đến hai lần ghi hai dòng thì đếm hai; nước không ghi thì không tách"),
        ("people",),
        {"kind": N_("Chỉ đếm người đến để làm việc này")},
        _visits,
        _visit_rows,
    ),
)
