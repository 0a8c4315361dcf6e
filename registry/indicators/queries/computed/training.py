"""Figures of training: people and attendances, partners, fields, late classes, quotas."""

from dataclasses import replace

from sqlalchemy import ColumnElement, and_, func, or_, select
from sqlalchemy.orm import Session

from registry.indicators.queries.computed.shape import (
    Asked,
    Column,
    Counted,
    Listing,
    NamedQuery,
    Rows,
    Side,
    counted_rows,
)
from registry.indicators.rules.figures import Figure
from registry.indicators.rules.units import ATTENDANCES, PEOPLE, unit_by_code
from registry.organisations.models import Organisation
from registry.people.rules.problems import N_
from registry.training.models import (
    Participation,
    SessionPartner,
    TrainingCourse,
    TrainingProgramme,
    TrainingQuota,
    TrainingSession,
)
from registry.training.rules import BY_CODE, SessionState

_CATEGORY = {
    "category": N_("Nội dung đào tạo, bồi dưỡng"),
    "level": N_("Trình độ của khóa học, nếu chỉ đếm một trình độ"),
}
_COUNTED = N_(
    "Chỉ tính người có mặt; lượt tính vào ngày kết thúc lớp, hoặc ngày bắt đầu nếu lớp chưa kết thúc. "
    "Người chưa có hồ sơ được nhận ra bằng mã một chiều của giấy tờ: người khai hai loại giấy tờ khác nhau đếm thành hai"
)


def _taken(asked: Asked) -> ColumnElement[bool]:
    """Participations that count; read from their index alone unless a level is asked for."""
    condition = and_(
        Participation.category == asked.text("category"),
        Participation.happened_on.between(asked.first_day, asked.ends),
        asked.inside(Participation.unit_path),
    )
    level = asked.text("level")
    if not level:
        return condition
    of_level = (
        select(TrainingSession.id)
        .join(TrainingCourse, TrainingCourse.id == TrainingSession.course_id)
        .where(TrainingCourse.quota_level == level)
    )
    return and_(condition, Participation.session_id.in_(of_level))


def _by_person(asked: Asked) -> Rows:
    lines = func.count().label("lines")
    return select(Participation.participant, lines).where(_taken(asked)).group_by(Participation.participant)


def both_counts(session: Session, asked: Asked) -> tuple[int, int]:
    """(distinct people, attendances) of the category asked for."""
    if asked.shared is not None and not asked.text("level"):
        key = (asked.unit_path, asked.part, asked.first_day, asked.ends)
        if key not in asked.shared:
            asked.shared[key] = counts_by_category(session, asked)
        return asked.shared[key].get(asked.text("category"), (0, 0))
    grouped = _by_person(asked).subquery()
    row = session.execute(
        select(func.count(), func.coalesce(func.sum(grouped.c.lines), 0)).select_from(grouped)
    ).one()
    return int(row[0]), int(row[1])


def counts_by_category(session: Session, asked: Asked) -> dict[str, tuple[int, int]]:
    """{category: (distinct people, attendances)} of a place and its days; those without any are left out.

    One statement a category: grouping all of them at once sorts every row, and took three times as long.
    """
    found: dict[str, tuple[int, int]] = {}
    for code in BY_CODE:
        grouped = _by_person(replace(asked, parameters={"category": code})).subquery()
        counts = select(func.count(), func.coalesce(func.sum(grouped.c.lines), 0)).select_from(grouped)
        people, lines = session.execute(counts).one()
        if lines:
            found[code] = (int(people), int(lines))
    return found


def any_taken(asked: Asked) -> Rows:
    """One participation that counts, if there is any."""
    return select(Participation.id).where(_taken(asked)).limit(1)


def _people(session: Session, asked: Asked) -> Counted:
    people, lines = both_counts(session, asked)
    beside = Side(N_("Lượt"), Figure.of(lines, ATTENDANCES, asked.period))
    return Counted(Figure.of(people, PEOPLE, asked.period), people, (beside,))


def _attendances(session: Session, asked: Asked) -> Counted:
    people, lines = both_counts(session, asked)
    beside = Side(N_("Người"), Figure.of(people, PEOPLE, asked.period))
    return Counted(Figure.of(lines, ATTENDANCES, asked.period), lines, (beside,))


def _people_rows(asked: Asked) -> Listing:
    first, last = func.min(Participation.happened_on), func.max(Participation.happened_on)
    statement = _by_person(asked).add_columns(first, last).order_by(Participation.participant)
    names = (N_("Người học"), N_("Số lượt"), N_("Lượt đầu"), N_("Lượt cuối"))
    kinds = ("person", "number", "date", "date")
    return Listing(statement, [Column(*one) for one in zip(names, kinds, strict=True)])


def _attendance_rows(asked: Asked) -> Listing:
    statement = (
        select(
            Participation.participant, TrainingSession.code, TrainingCourse.name, Participation.happened_on
        )
        .join(TrainingSession, TrainingSession.id == Participation.session_id)
        .join(TrainingCourse, TrainingCourse.id == TrainingSession.course_id)
        .where(_taken(asked))
        .order_by(Participation.happened_on, Participation.id)
    )
    columns = [
        Column(N_("Người học"), "person"),
        Column(N_("Lớp")),
        Column(N_("Khóa học")),
        Column(N_("Ngày tính"), "date"),
    ]
    return Listing(statement, columns)


def _partner_rows(asked: Asked) -> Listing:
    begins = func.coalesce(
        SessionPartner.period_start,
        TrainingSession.actual_start,
        TrainingSession.planned_start,
        TrainingProgramme.period_start,
    )
    ends = func.coalesce(
        SessionPartner.period_end,
        TrainingSession.actual_end,
        TrainingSession.planned_end,
        TrainingProgramme.period_end,
    )
    role = asked.text("role", "partner")
    statement = (
        select(Organisation.name, func.max(SessionPartner.country), func.count(SessionPartner.id))
        .join(SessionPartner, SessionPartner.organisation_id == Organisation.id)
        .outerjoin(TrainingSession, TrainingSession.id == SessionPartner.session_id)
        .outerjoin(TrainingProgramme, TrainingProgramme.id == SessionPartner.programme_id)
        .where(
            SessionPartner.role == role,
            or_(
                asked.inside(TrainingSession.unit_path),
                asked.inside(TrainingProgramme.unit_path),
            ),
            or_(begins.is_(None), begins <= asked.ends),
            or_(ends.is_(None), ends >= asked.first_day),
        )
        .group_by(Organisation.id, Organisation.name)
        .order_by(Organisation.name, Organisation.id)
    )
    columns = [
        Column(N_("Cơ sở")),
        Column(N_("Nước"), "country"),
        Column(N_("Số lớp, chương trình"), "number"),
    ]
    return Listing(statement, columns)


def _partners(session: Session, asked: Asked) -> Counted:
    return counted_rows(session, _partner_rows(asked).statement, unit_by_code("institutions"), asked)


def _field_rows(asked: Asked) -> Listing:
    statement = (
        select(TrainingCourse.field, func.count(TrainingSession.id))
        .join(TrainingSession, TrainingSession.course_id == TrainingCourse.id)
        .where(
            TrainingCourse.category == asked.text("category", "vocational"),
            TrainingCourse.field.is_not(None),
            TrainingSession.state != SessionState.CANCELLED,
            asked.inside(TrainingSession.unit_path),
        )
        .group_by(TrainingCourse.field)
        .order_by(TrainingCourse.field)
    )
    return Listing(statement, [Column(N_("Lĩnh vực"), "field"), Column(N_("Số lớp"), "number")])


def _fields(session: Session, asked: Asked) -> Counted:
    return counted_rows(session, _field_rows(asked).statement, unit_by_code("fields"), asked)


def _late_rows(asked: Asked) -> Listing:
    day = TrainingSession.planned_start
    statement = (
        select(
            TrainingSession.code,
            TrainingCourse.name,
            day,
            TrainingSession.actual_start,
            TrainingSession.owner_name,
        )
        .join(TrainingCourse, TrainingCourse.id == TrainingSession.course_id)
        .where(
            day.between(asked.first_day, asked.ends),
            TrainingSession.state != SessionState.CANCELLED,
            asked.inside(TrainingSession.unit_path),
            or_(
                TrainingSession.actual_start > day,
                and_(TrainingSession.actual_start.is_(None), day < asked.ends),
            ),
        )
        .order_by(day, TrainingSession.id)
    )
    columns = [
        Column(N_("Lớp")),
        Column(N_("Khóa học")),
        Column(N_("Bắt đầu theo kế hoạch"), "date"),
        Column(N_("Bắt đầu thực tế"), "date"),
        Column(N_("Người phụ trách")),
    ]
    return Listing(statement, columns)


def _late(session: Session, asked: Asked) -> Counted:
    return counted_rows(session, _late_rows(asked).statement, unit_by_code("courses"), asked)


def _quota_rows(asked: Asked) -> Listing:
    wanted = [
        asked.inside(TrainingQuota.unit_path),
        TrainingQuota.period_start >= asked.first_day,
        TrainingQuota.period_end <= asked.ends,
    ]
    if category := asked.text("category"):
        wanted.append(TrainingQuota.category == category)
    if levels := asked.text("levels"):
        wanted.append(TrainingQuota.levels == levels)
    statement = (
        select(
            TrainingQuota.name,
            TrainingQuota.amount,
            TrainingQuota.period_start,
            TrainingQuota.period_end,
            TrainingQuota.document,
        )
        .where(*wanted)
        .order_by(TrainingQuota.period_start, TrainingQuota.id)
    )
    columns = [
        Column(N_("Chỉ tiêu được giao")),
        Column(N_("Số chỉ tiêu"), "number"),
        Column(N_("Từ ngày"), "date"),
        Column(N_("Đến ngày"), "date"),
        Column(N_("Văn bản")),
    ]
    return Listing(statement, columns, adds=1)


def _quota(session: Session, asked: Asked) -> Counted:
    statement = _quota_rows(asked).statement.subquery()
    amounts = list(session.scalars(select(list(statement.c)[1])))
    return Counted(Figure.of(sum(amounts), unit_by_code("places"), asked.period), len(amounts))


QUERIES = (
    NamedQuery(
        "people_trained",
        N_("Số người được đào tạo, bồi dưỡng"),
        N_("Số người khác nhau dự ít nhất một lớp của nội dung trong kỳ; bên cạnh là số lượt"),
        _COUNTED,
        ("people", "workers"),
        _CATEGORY,
        _people,
        _people_rows,
        any_row=any_taken,
    ),
    NamedQuery(
        "attendances",
        N_("Số lượt đào tạo, bồi dưỡng"),
        N_("Số lượt dự lớp của nội dung trong kỳ; bên cạnh là số người khác nhau"),
        _COUNTED,
        ("attendances",),
        _CATEGORY,
        _attendances,
        _attendance_rows,
        any_row=any_taken,
    ),
    NamedQuery(
        "partners",
        N_("Số cơ sở liên kết"),
        N_(
            "Số tổ chức khác nhau có vai trò nêu ở tham số bên một lớp hoặc chương trình có thời gian chạm vào kỳ"
        ),
        N_("Quan hệ không ghi thời gian thì theo thời gian của lớp hoặc chương trình"),
        ("institutions", "enterprises", "agencies"),
        {"role": N_("Vai trò: partner (liên kết), sponsor (tài trợ), provider (đào tạo)")},
        _partners,
        _partner_rows,
    ),
    NamedQuery(
        "training_fields",
        N_("Số lĩnh vực đào tạo nghề"),
        N_("Số lĩnh vực khác nhau (nông nghiệp, phi nông nghiệp) có lớp, không tính lớp đã hủy"),
        N_("Đếm mọi lớp của địa bàn, không theo kỳ"),
        ("fields",),
        {"category": N_("Nội dung đào tạo")},
        _fields,
        _field_rows,
    ),
    NamedQuery(
        "late_sessions",
        N_("Số lớp triển khai chậm"),
        N_("Lớp có ngày bắt đầu theo kế hoạch trong kỳ mà bắt đầu muộn hơn, hoặc đến hết kỳ chưa bắt đầu"),
        N_("Lớp không ghi ngày theo kế hoạch không xét được"),
        ("courses",),
        {},
        _late,
        _late_rows,
        nothing_is_known=True,
    ),
    NamedQuery(
        "quota",
        N_("Chỉ tiêu đào tạo được giao"),
        N_("Tổng các chỉ tiêu được giao nằm trọn trong kỳ, cho đúng nội dung và các trình độ nêu ở tham số"),
        N_("Chỉ tiêu của nhiều trình độ giao chung một số không tách ra được"),
        ("places", "people"),
        {"category": N_("Nội dung đào tạo"), "levels": N_("Các trình độ, cách nhau bằng dấu phẩy")},
        _quota,
        _quota_rows,
    ),
)
