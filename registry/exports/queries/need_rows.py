"""Needs as rows of texts, in the order of the register, some at a time."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date

from sqlalchemy.orm import Session

from registry.accounts.rules import Viewer
from registry.exchange.rules.words import NEED_KINDS, YES_NO
from registry.exports.rules.columns import ExportColumn
from registry.needs.models import Need, NeedSkill
from registry.needs.queries import RegisterFilter, needs_with_ids, register_ids
from registry.needs.rules import NeedState

PAGE_ROWS = 200

_STATES = {
    NeedState.DRAFT: "Bản nháp",
    NeedState.SUBMITTED: "Chờ duyệt",
    NeedState.APPROVED: "Đã duyệt",
    NeedState.OPEN: "Đang tuyển chọn",
    NeedState.ON_HOLD: "Tạm dừng",
    NeedState.FILLED: "Đã đủ người",
    NeedState.CANCELLED: "Đã hủy",
    NeedState.REJECTED: "Không duyệt",
}


def need_lines(
    session: Session, viewer: Viewer, wanted: RegisterFilter, columns: Sequence[ExportColumn]
) -> Iterator[list[str]]:
    """The rows of the register within the viewer's scopes; of all of them memory holds the ids only."""
    ids = register_ids(session, viewer, wanted)
    for start in range(0, len(ids), PAGE_ROWS):
        for need in needs_with_ids(session, viewer, ids[start : start + PAGE_ROWS]):
            yield [_CELLS[one.key](need) for one in columns]


def _kind(need: Need) -> str:
    return next(word for word in NEED_KINDS.listed if NEED_KINDS.get(word) is need.kind)


def _skills(rows: Iterable[NeedSkill]) -> str:
    """As the template of imports has them: «Python (4); Quản lý dự án (3, trọng số 2)»."""
    return "; ".join(
        f"{row.skill.vi if row.skill else row.typed} ({row.level}{f', trọng số {row.weight}' if row.weight > 1 else ''})"
        for row in rows
    )


def _day(day: date | None) -> str:
    return f"{day:%d/%m/%Y}" if day else ""


def _workplace(need: Need) -> str:
    unit = need.unit
    if unit is None:
        return ""
    above = unit.parent
    return (
        unit.full_name if above is None or above.parent_id is None else f"{unit.full_name}, {above.full_name}"
    )


_CELLS: Mapping[str, Callable[[Need], str]] = {
    "code": lambda need: need.code,
    "title": lambda need: need.title,
    "kind": _kind,
    "state": lambda need: _STATES[need.state],
    "headcount": lambda need: str(need.headcount),
    "organisation": lambda need: need.organisation.name if need.organisation else "",
    "workplace": _workplace,
    "remote": lambda need: next(word for word in YES_NO.listed if YES_NO.get(word) is need.is_remote),
    "essential": lambda need: _skills(row for row in need.skills if row.is_essential),
    "desirable": lambda need: _skills(row for row in need.skills if not row.is_essential),
    "start_on": lambda need: _day(need.start_on),
    "expected_on": lambda need: _day(need.expected_on),
    "opened_on": lambda need: _day(need.opened_on),
    "legal_basis": lambda need: need.legal_basis,
    "description": lambda need: need.description,
}
