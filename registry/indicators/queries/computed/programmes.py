"""Figures of a programme's own records: nodes of its tree, tasks."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from registry.indicators.queries.computed.shape import (
    Asked,
    Column,
    Counted,
    Listing,
    NamedQuery,
    counted_rows,
)
from registry.indicators.rules.units import unit_by_code
from registry.people.rules.problems import N_
from registry.programmes.models import ProgrammeNode, ProgrammeTask

_UNIT_OF_NODE = {"objective": "objectives", "task_group": "task_groups"}


def _node_rows(asked: Asked) -> Listing:
    statement = (
        select(ProgrammeNode.code, ProgrammeNode.title)
        .where(
            ProgrammeNode.programme_id == asked.programme_id,
            ProgrammeNode.kind == asked.text("kind", "objective"),
        )
        .order_by(ProgrammeNode.position, ProgrammeNode.id)
    )
    return Listing(statement, [Column(N_("Mã")), Column(N_("Nội dung"))])


def _nodes(session: Session, asked: Asked) -> Counted:
    unit = unit_by_code(_UNIT_OF_NODE.get(asked.text("kind", "objective"), "objectives"))
    return counted_rows(session, _node_rows(asked).statement, unit, asked)


def _task_rows(asked: Asked) -> Listing:
    wanted = [
        ProgrammeTask.programme_id == asked.programme_id,
        ProgrammeTask.assigned_on.between(asked.first_day, asked.ends),
    ]
    if state := asked.text("state"):
        wanted.append(ProgrammeTask.state == state)
    statement = (
        select(ProgrammeTask.code, ProgrammeTask.title, ProgrammeTask.assigned_on, ProgrammeTask.due_on)
        .where(*wanted)
        .order_by(ProgrammeTask.assigned_on, ProgrammeTask.id)
    )
    columns = [
        Column(N_("Mã")),
        Column(N_("Nhiệm vụ")),
        Column(N_("Ngày giao"), "date"),
        Column(N_("Hạn"), "date"),
    ]
    return Listing(statement, columns)


def _tasks(session: Session, asked: Asked) -> Counted:
    return counted_rows(session, _task_rows(asked).statement, unit_by_code("tasks"), asked)


def _always(_asked: Asked) -> bool:
    """A programme has one tree and one list of tasks, which are of no place."""
    return True


QUERIES = (
    NamedQuery(
        "programme_nodes",
        N_("Số mục tiêu, nhóm nhiệm vụ của chương trình"),
        N_("Số mục của loại nêu ở tham số trong cây của chương trình"),
        N_("Đếm cây đang có, không theo kỳ"),
        ("objectives", "task_groups"),
        {"kind": N_("Loại mục: objective (mục tiêu), task_group (nhóm nhiệm vụ), key_result, result_group")},
        _nodes,
        _node_rows,
        has_own_place=_always,
    ),
    NamedQuery(
        "programme_tasks",
        N_("Số nhiệm vụ của chương trình"),
        N_("Số nhiệm vụ của chương trình được giao trong kỳ, ở trạng thái nêu ở tham số nếu có"),
        N_("Nhiệm vụ đổi trạng thái sau kỳ vẫn theo trạng thái bây giờ"),
        ("tasks",),
        {"state": N_("Trạng thái: assigned, in_progress, reviewed, done")},
        _tasks,
        _task_rows,
        has_own_place=_always,
    ),
)
