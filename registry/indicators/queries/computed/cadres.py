"""Figures of cadres and of what people achieved: shares that hold a standard, recognised initiatives."""

from typing import Any

from sqlalchemy import ColumnElement, and_, func, or_, select
from sqlalchemy.orm import Session

from registry.indicators.queries.computed.shape import (
    Asked,
    Column,
    Counted,
    Listing,
    NamedQuery,
    Rows,
    counted_rows,
    how_many,
    share_of,
)
from registry.indicators.rules.units import PEOPLE, unit_by_code
from registry.people.models import Achievement, CadreFacet, Person
from registry.people.rules import PersonState
from registry.people.rules.kinds import AchievementKind
from registry.people.rules.problems import N_

_STANDARDS: dict[str, Any] = {
    "political_theory": CadreFacet.political_theory_rank,
    "state_management": CadreFacet.state_management_rank,
}


def _standard(asked: Asked) -> Any:
    return _STANDARDS[asked.text("standard", "political_theory")]


def _in_service(asked: Asked) -> ColumnElement[bool]:
    wanted = [
        Person.state == PersonState.ACTIVE,
        asked.inside(Person.unit_path),
        or_(CadreFacet.valid_from.is_(None), CadreFacet.valid_from <= asked.ends),
        or_(CadreFacet.valid_to.is_(None), CadreFacet.valid_to >= asked.ends),
    ]
    if kind := asked.text("kind"):
        wanted.append(CadreFacet.kind == kind)
    return and_(*wanted)


def _people(asked: Asked) -> Rows:
    return (
        select(Person.id, func.max(_standard(asked)))
        .join(CadreFacet, CadreFacet.person_id == Person.id)
        .where(_in_service(asked))
        .group_by(Person.id)
        .order_by(Person.id)
    )


_COLUMNS = [Column(N_("Người"), "person"), Column(N_("Bậc cao nhất đang giữ"), "number")]


def _holding_rows(asked: Asked) -> Listing:
    least = int(asked.text("least", "1"))
    return Listing(_people(asked).having(func.max(_standard(asked)) >= least), _COLUMNS)


def _all_rows(asked: Asked) -> Listing:
    return Listing(_people(asked), _COLUMNS)


def _share(session: Session, asked: Asked) -> Counted:
    holding = how_many(session, _holding_rows(asked).statement)
    whole = how_many(session, _all_rows(asked).statement)
    return share_of(holding, whole, (N_("Người đạt chuẩn"), N_("Tất cả")), PEOPLE, asked)


def _initiative_rows(asked: Asked) -> Listing:
    wanted = [
        Achievement.kind == AchievementKind.INITIATIVE,
        Achievement.on_date.between(asked.first_day, asked.ends),
        Person.state == PersonState.ACTIVE,
        asked.inside(Person.unit_path),
    ]
    if level := asked.text("level"):
        wanted.append(Achievement.level == level)
    statement = (
        select(Achievement.title, Achievement.decision_number, func.min(Achievement.on_date), func.count())
        .join(Person, Person.id == Achievement.person_id)
        .where(*wanted)
        .group_by(Achievement.title, Achievement.decision_number)
        .order_by(Achievement.title, Achievement.decision_number)
    )
    columns = [
        Column(N_("Sáng kiến")),
        Column(N_("Quyết định")),
        Column(N_("Ngày"), "date"),
        Column(N_("Số tác giả có hồ sơ"), "number"),
    ]
    return Listing(statement, columns)


def _initiatives(session: Session, asked: Asked) -> Counted:
    return counted_rows(session, _initiative_rows(asked).statement, unit_by_code("initiatives"), asked)


QUERIES = (
    NamedQuery(
        "standard_share",
        N_("Tỷ lệ cán bộ đạt chuẩn"),
        N_(
            "Số cán bộ, công chức, viên chức giữ chuẩn từ bậc nêu ở tham số trở lên, chia cho tất cả người cùng loại"
        ),
        N_("Theo hồ sơ đang có vào ngày cuối kỳ; người chưa ghi bậc nằm trong mẫu số, không nằm trong tử số"),
        ("percent",),
        {
            "standard": N_(
                "Chuẩn: political_theory (lý luận chính trị), state_management (quản lý nhà nước)"
            ),
            "least": N_("Bậc thấp nhất được tính"),
            "kind": N_("Loại: cadre (cán bộ), civil_servant (công chức), public_employee (viên chức)"),
        },
        _share,
        _holding_rows,
        _all_rows,
    ),
    NamedQuery(
        "initiatives",
        N_("Số sáng kiến được công nhận"),
        N_("Số sáng kiến khác nhau (theo tên và quyết định) ghi trong hồ sơ, có ngày trong kỳ"),
        N_("Cấp công nhận phải ghi đúng chữ nêu ở tham số; sáng kiến không ghi ngày không đếm được"),
        ("initiatives",),
        {"level": N_("Cấp công nhận, ví dụ «cấp tỉnh»")},
        _initiatives,
        _initiative_rows,
    ),
)
