"""«Nhiệm vụ»: what agencies order or assign, the list and one of them (PL-10, HP5)."""

from typing import Any

from flask import render_template, request, url_for
from flask.typing import ResponseReturnValue

from registry.accounts.access import current_viewer, may, require, session_and, whole_viewer
from registry.accounts.rules import Permission
from registry.db import new_public_id
from registry.networks import operations
from registry.networks.forms.tasks import TaskForm
from registry.networks.forms.words import (
    REDO,
    TASK_KIND,
    TASK_LEVEL,
    TASK_STATE,
    TASK_STEP,
    TASK_TAG,
    TASK_WAY,
)
from registry.networks.models import OrderedTask
from registry.networks.operations import TaskTerms
from registry.networks.queries.tasks import TaskFilter, ordered_tasks, task_of
from registry.networks.rules import (
    ENDED,
    NEXT,
    TaskKind,
    TaskLevel,
    TaskState,
    TaskWay,
    is_late,
)
from registry.networks.views.blueprint import bp, by, chosen, names_of, offices, organisations, saved
from registry.organisations.models import Organisation
from registry.people.views.keepers import office_of
from registry.web.clock import now, today
from registry.web.database import db_session
from registry.web.i18n import gettext as _
from registry.web.paging import page_number
from registry.web.sent import made_once

_WORDS: dict[str, Any] = {
    "way": TASK_WAY,
    "kind": TASK_KIND,
    "level": TASK_LEVEL,
    "state": TASK_STATE,
    "tag": TASK_TAG,
    "step": TASK_STEP,
    "redo": REDO,
}


@bp.get("/mang-luoi/nhiem-vu")
@require(Permission.PROGRAMMES_READ)
def tasks() -> ResponseReturnValue:
    """The tasks in sight, narrowed by way, kind and state."""
    wanted = TaskFilter(
        chosen(TaskWay, request.args.get("hinh-thuc")),
        chosen(TaskKind, request.args.get("loai")),
        chosen(TaskState, request.args.get("trang-thai")),
    )
    given = {"hinh-thuc": wanted.way, "loai": wanted.kind, "trang-thai": wanted.state}
    page = ordered_tasks(db_session(), current_viewer(), wanted, page_number(request.args.get("trang")))
    return render_template(
        "networks/tasks.html",
        page=page,
        wanted=wanted,
        args={name: value.value for name, value in given.items() if value is not None},
        late={one.id for one in page.rows if is_late(one.state, one.due_on, today())},
        words=_WORDS,
        may_write=whole_viewer().can(Permission.PROGRAMMES_WRITE),
    )


@bp.get("/mang-luoi/nhiem-vu/<ma>")
@require(Permission.PROGRAMMES_READ)
def task(ma: str) -> ResponseReturnValue:
    """One task with what may follow."""
    _session, one = session_and(task_of, ma)
    may_write = may(Permission.PROGRAMMES_WRITE, one)
    return render_template(
        "networks/task.html",
        task=one,
        is_late=is_late(one.state, one.due_on, today()),
        steps=NEXT[one.state] if may_write else (),
        may_edit=may_write and one.state not in ENDED,
        words=_WORDS,
    )


@bp.route("/mang-luoi/nhiem-vu/tao", methods=["GET", "POST"])
@require(Permission.PROGRAMMES_WRITE)
def create_task() -> ResponseReturnValue:
    """Enter a task."""
    session, is_sent = db_session(), request.method == "POST"
    form = TaskForm() if is_sent else TaskForm(formdata=None, data={"submission": new_public_id()})
    offered = _offer(form)
    terms = _read(form, offered) if is_sent else None
    office = office_of(session, current_viewer(), str(form.office.data)) if terms is not None else None
    if terms is None or office is None:
        return _form_page(form, _("Thêm nhiệm vụ"), url_for("networks.tasks"))
    made = made_once(
        session,
        form,
        OrderedTask,
        lambda key: operations.enter_task(session, terms, office, by=by(), at=now(), submission_key=key),
    )
    return saved(session, url_for("networks.task", ma=made.public_id))


@bp.route("/mang-luoi/nhiem-vu/<ma>/sua", methods=["GET", "POST"])
@require(Permission.PROGRAMMES_WRITE)
def edit_task(ma: str) -> ResponseReturnValue:
    """Mend a task; the office that keeps it stays."""
    session, one = session_and(task_of, ma)
    back = url_for("networks.task", ma=ma)
    if one.state in ENDED:
        return saved(session, back, _("Nhiệm vụ đã kết thúc, không sửa được nữa."))
    form = TaskForm() if request.method == "POST" else TaskForm(formdata=None, data=_filled(one))
    del form.office
    offered = _offer(form, one)
    terms = _read(form, offered) if request.method == "POST" else None
    if terms is None:
        return _form_page(form, _("Sửa nhiệm vụ"), back)
    operations.edit_task(session, one, terms, by=by(), at=now())
    return saved(session, back)


def _offer(form: TaskForm, one: OrderedTask | None = None) -> dict[str, Organisation]:
    """Fill the lists of the form. An organisation the task already names is offered, whoever may see it."""
    offered = organisations(Permission.ORGANISATIONS_READ)
    for named in (one.orderer, one.performer) if one is not None else ():
        if named is not None:
            offered.setdefault(named.public_id, named)
    form.offer(offices(db_session()) if one is None else [], names_of(offered))
    return offered


def _read(form: TaskForm, offered: dict[str, Organisation]) -> TaskTerms | None:
    """The terms of a form; None when something is to be mended, which the form then says."""
    is_valid = form.validate()
    if not form.check_performer() or not is_valid or form.ordered_on.data is None:
        return None
    orderer, performer = (offered.get(str(one.data or "")) for one in (form.orderer, form.performer))
    return TaskTerms(
        way=TaskWay(form.way.data),
        kind=TaskKind(form.kind.data),
        level=TaskLevel(form.level.data),
        title=str(form.title.data or ""),
        document=str(form.document.data or ""),
        orderer_id=None if orderer is None else orderer.id,
        performer_id=None if performer is None else performer.id,
        performer_text=str(form.performer_text.data or ""),
        budget_line=str(form.budget_line.data or ""),
        budget_vnd=form.budget.vnd,
        deliverable=str(form.deliverable.data or ""),
        ordered_on=form.ordered_on.data,
        due_on=form.due_on.data,
    )


def _filled(one: OrderedTask) -> dict[str, Any]:
    names = ("way", "kind", "level", "title", "document", "performer_text", "budget_line", "deliverable")
    found = {name: str(getattr(one, name)) for name in names}
    return found | {
        "orderer": "" if one.orderer is None else one.orderer.public_id,
        "performer": "" if one.performer is None else one.performer.public_id,
        "budget": "" if one.budget_vnd is None else str(one.budget_vnd),
        "ordered_on": one.ordered_on,
        "due_on": one.due_on,
    }


def _form_page(form: TaskForm, heading: str, back: str) -> ResponseReturnValue:
    page = render_template(
        "networks/form.html",
        form=form,
        heading=heading,
        back=back,
        crumb=[(url_for("networks.tasks"), _("Nhiệm vụ"))],
        words="",
    )
    return (page, 422) if request.method == "POST" else page
