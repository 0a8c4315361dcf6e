"""Tasks: of one programme, of one's own agency, the late ones, the matrix of responsibility, one task."""

from typing import Any

from flask import render_template, request, url_for
from flask.typing import ResponseReturnValue

from registry.accounts.access import current_viewer, may, require
from registry.accounts.rules import Permission
from registry.programmes.forms.words import (
    LATENESS,
    LATENESS_TAG,
    PART,
    PART_LETTER,
    STEP,
    TASK,
    TASK_TAG,
)
from registry.programmes.models import Programme, ProgrammeTask
from registry.programmes.queries.people import names_of
from registry.programmes.queries.programmes import is_id
from registry.programmes.queries.tasks import TaskFilter, is_led_by, reviews_waiting, task_of, tasks
from registry.programmes.rules.tasks import (
    DRAGGING_DAYS,
    Step,
    TaskState,
    WhoMoves,
    days_late,
    lateness,
    steps_from,
)
from registry.programmes.views.blueprint import bp, head_of, opened, page_of, reader
from registry.web.clock import today
from registry.web.database import db_session
from registry.web.errors import NotVisible
from registry.web.i18n import gettext as _
from registry.web.paging import page_number


@bp.get("/chuong-trinh/viec-cua-don-vi")
@require(Permission.PROGRAMMES_READ)
def own_tasks() -> ResponseReturnValue:
    """«Việc của đơn vị tôi»: what agencies of the viewer's have a part in, over all programmes."""
    session = db_session()
    narrowed = _narrowed(is_own=True)
    found = tasks(session, reader(), narrowed, today(), page_number(request.args.get("trang")))
    return render_template(
        "programmes/own_tasks.html",
        page=found,
        lines=task_lines(found.rows),
        waiting=reviews_waiting(session, reader()),
        narrowed=narrowed,
        args=_args(narrowed),
        state_choices=state_choices(),
        on=today(),
    )


@bp.get("/chuong-trinh/cham-tre")
@require(Permission.PROGRAMMES_READ)
def late_tasks() -> ResponseReturnValue:
    """«Chậm trễ, kéo dài»: what is late, the longest first."""
    found = tasks(
        db_session(),
        reader(),
        TaskFilter(is_late=True),
        today(),
        page_number(request.args.get("trang")),
    )
    return render_template(
        "programmes/late.html", page=found, lines=task_lines(found.rows), dragging=DRAGGING_DAYS
    )


@bp.get("/chuong-trinh/<ma>/nhiem-vu")
@require(Permission.PROGRAMMES_READ)
def programme_tasks(ma: str) -> ResponseReturnValue:
    """The tasks of a programme: of the whole for the standing agency, else those of one's agency."""
    session, programme = opened(ma)
    narrowed = _narrowed(programme)
    found = tasks(session, reader(), narrowed, today(), page_number(request.args.get("trang")))
    every = tasks(session, reader(), TaskFilter(programme_id=programme.id), today())
    agencies = {
        one.organisation.public_id: one.organisation.name for task in every.rows for one in task.agencies
    }
    return render_template(
        "programmes/tasks.html",
        **head_of(programme, "tasks"),
        page=found,
        lines=task_lines(found.rows),
        narrowed=narrowed,
        args=_args(narrowed),
        state_choices=state_choices(),
        agency_choices=[("", _("Mọi đơn vị")), *sorted(agencies.items(), key=lambda one: one[1])],
    )


@bp.get("/chuong-trinh/<ma>/phan-cong")
@require(Permission.PROGRAMMES_READ)
def matrix(ma: str) -> ResponseReturnValue:
    """Who leads, co-operates, is informed: tasks down, agencies across."""
    session, programme = opened(ma)
    found = tasks(session, reader(), TaskFilter(programme_id=programme.id), today())
    agencies = {one.organisation_id: one.organisation for task in found.rows for one in task.agencies}
    across = sorted(agencies.values(), key=lambda one: (one.sort_key, one.id))
    return render_template(
        "programmes/matrix.html",
        **head_of(programme, "matrix"),
        across=across,
        rows=[(task, {one.organisation_id: one.part for one in task.agencies}) for task in found.rows],
        part_words=PART,
        part_letters=PART_LETTER,
    )


@bp.get("/chuong-trinh/<ma>/nhiem-vu/<nhiem_vu>")
@require(Permission.PROGRAMMES_READ)
def task(ma: str, nhiem_vu: str) -> ResponseReturnValue:
    """One task: what, by whom, until when, and what became of it."""
    session, programme = opened(ma)
    found = task_of(session, reader(), programme, nhiem_vu)
    if found is None:
        raise NotVisible
    names = names_of(session, [one.by_id for one in found.steps])
    return render_template(
        "programmes/task.html",
        **head_of(programme, "tasks"),
        task=found,
        line=task_lines([found])[0],
        part_words=PART,
        moves=[
            {
                "text": STEP[step.source, step.target],
                "href": page_of(programme, "move", nhiem_vu=found.public_id, toi=step.target.value),
                "kind": "" if step.needs_words and step.who is WhoMoves.STANDING else "primary",
            }
            for step in own_steps(programme, found)
        ],
        entries=[
            {"at": one.at, "state": TASK[one.state], "who": names.get(one.by_id or 0), "words": one.words}
            for one in reversed(found.steps)
        ],
    )


def own_steps(programme: Programme, found: ProgrammeTask) -> list[Step]:
    """The steps this viewer may take: of the lead's agency, or of the standing agency."""
    parts = {
        WhoMoves.LEAD: is_led_by(current_viewer(), found, Permission.PROGRAMMES_WRITE),
        WhoMoves.STANDING: may(Permission.PROGRAMMES_WRITE, programme),
    }
    return steps_from(found.state, [part for part, is_mine in parts.items() if is_mine])


def task_lines(found: Any) -> list[dict[str, Any]]:
    """Tasks as lists show them."""
    on = today()
    return [
        {
            "task": one,
            "href": url_for("programmes.task", ma=one.programme.public_id, nhiem_vu=one.public_id),
            "state": TASK[one.state],
            "state_tag": TASK_TAG.get(one.state, ""),
            "late": LATENESS[kind],
            "late_tag": LATENESS_TAG.get(kind, ""),
            "days_late": days_late(one.due_on, one.done_on, on),
        }
        for one in found
        for kind in [lateness(one.due_on, one.done_on, on)]
    ]


def state_choices() -> list[tuple[str, Any]]:
    """States a list of tasks is narrowed to."""
    return [("", _("Mọi trạng thái")), *((one.value, TASK[one]) for one in TaskState)]


def _narrowed(programme: Programme | None = None, *, is_own: bool = False) -> TaskFilter:
    """What the address narrows a list to; nonsense narrows nothing."""
    state, agency = request.args.get("trang-thai", ""), request.args.get("don-vi", "")
    return TaskFilter(
        programme_id=None if programme is None else programme.id,
        agency=agency if is_id(agency) else "",
        state=TaskState(state) if state in set(TaskState) else None,
        is_late=request.args.get("han") == "cham",
        is_own=is_own,
    )


def _args(narrowed: TaskFilter) -> dict[str, str]:
    """The same as parts of an address."""
    values = {
        "don-vi": narrowed.agency,
        "trang-thai": narrowed.state.value if narrowed.state else "",
        "han": "cham" if narrowed.is_late else "",
    }
    return {name: value for name, value in values.items() if value}
