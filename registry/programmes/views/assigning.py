"""Giving tasks, changing them, and taking their steps."""

from typing import Any

from flask import flash, redirect, render_template, request
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session
from sqlalchemy.orm.exc import StaleDataError

from registry.accounts.access import require
from registry.accounts.rules import Permission
from registry.programmes.forms.words import STEP
from registry.programmes.forms.work import PlainStepForm, TaskForm, WordsForm
from registry.programmes.models import Programme, ProgrammeTask
from registry.programmes.operations.errors import ChangedMeanwhile, CodeTaken, WrongAgencies
from registry.programmes.operations.tasks import TaskTerms, assign_task, move_task, revise_task
from registry.programmes.queries.programmes import document_of, node_of
from registry.programmes.queries.tasks import task_of
from registry.programmes.rules.tasks import TaskState
from registry.programmes.rules.words import AgencyPart
from registry.programmes.views.blueprint import (
    agency_choices,
    agency_ids,
    bp,
    by,
    document_choices,
    form_page,
    node_choices,
    opened,
    opened_to_write,
    page_of,
    reader,
    saved,
)
from registry.programmes.views.tasks import own_steps
from registry.web.clock import now, today
from registry.web.errors import NotVisible
from registry.web.i18n import gettext as _


@bp.route("/chuong-trinh/<ma>/nhiem-vu/giao", methods=["GET", "POST"])
@require(Permission.PROGRAMMES_WRITE)
def assign(ma: str) -> ResponseReturnValue:
    """Give a task to its agencies; without one that leads it is refused."""
    session, programme = opened_to_write(ma)
    form = TaskForm() if request.method == "POST" else TaskForm(formdata=None)
    return _page(session, programme, form, None)


@bp.route("/chuong-trinh/<ma>/nhiem-vu/<nhiem_vu>/sua", methods=["GET", "POST"])
@require(Permission.PROGRAMMES_WRITE)
def edit_task(ma: str, nhiem_vu: str) -> ResponseReturnValue:
    """Say anew what is to be done, by whom, until when."""
    session, programme = opened_to_write(ma)
    found = _task(session, programme, nhiem_vu)
    form = TaskForm() if request.method == "POST" else TaskForm(formdata=None, data=_typed(found))
    if request.method == "POST" and form.version.data != str(found.version):
        flash(_("Người khác vừa lưu nhiệm vụ này. Dưới đây là điều bạn đã gõ, chưa lưu."), "warn")
        form.version.data = str(found.version)
        _offer(session, programme, form)
        return _rendered(programme, form, found), 409
    return _page(session, programme, form, found)


def _task(session: Session, programme: Programme, public_id: str) -> ProgrammeTask:
    found = task_of(session, reader(), programme, public_id)
    if found is None:
        raise NotVisible
    return found


def _offer(session: Session, programme: Programme, form: TaskForm) -> None:
    form.offer(
        agency_choices(session, programme),
        document_choices(session, programme),
        node_choices(session, programme),
    )


def _rendered(programme: Programme, form: TaskForm, found: ProgrammeTask | None) -> str:
    return render_template(
        "programmes/task_form.html",
        programme=programme,
        form=form,
        heading=_("Sửa nhiệm vụ") if found else _("Giao nhiệm vụ"),
        back=page_of(programme, "task", nhiem_vu=found.public_id)
        if found
        else page_of(programme, "programme_tasks"),
    )


def _page(
    session: Session, programme: Programme, form: TaskForm, found: ProgrammeTask | None
) -> ResponseReturnValue:
    _offer(session, programme, form)
    if request.method != "POST":
        return _rendered(programme, form, found)
    kept = _kept(session, programme, form, found) if form.validate() else None
    if kept is None:
        return _rendered(programme, form, found), 422
    return saved(session, page_of(programme, "task", nhiem_vu=kept.public_id))


def _kept(
    session: Session, programme: Programme, form: TaskForm, found: ProgrammeTask | None
) -> ProgrammeTask | None:
    """Keep the task; what stands against it is said on the form, and None is returned."""
    terms = _terms(session, programme, form)
    if terms.due_on is not None and terms.due_on < (found.assigned_on if found else today()):
        form.due_on.errors = [_("Hạn hoàn thành không được trước ngày giao")]
        return None
    try:
        if found is None:
            return assign_task(session, programme, terms, by=by(), at=now(), on=today())
        revise_task(session, found, terms, version=found.version, by=by(), at=now())
    except WrongAgencies as wrong:
        form.refuse(wrong.fault)
        return None
    except CodeTaken:
        form.code.errors = [_("Mã này đã có nhiệm vụ khác dùng: chọn mã khác")]
        return None
    except (ChangedMeanwhile, StaleDataError):
        session.rollback()
        form.code.errors = [_("Người khác vừa lưu nhiệm vụ này: mở lại trang rồi sửa")]
        return None
    return found


def _terms(session: Session, programme: Programme, form: TaskForm) -> TaskTerms:
    known = agency_ids(session, programme)
    return TaskTerms(
        code=str(form.code.data),
        title=str(form.title.data),
        about=str(form.about.data or ""),
        agencies=tuple((known[one], part) for one, part in form.parts if one in known),
        due_on=form.due_on.data,
        head_name=str(form.head_name.data or ""),
        head_office=str(form.head_office.data or ""),
        document=document_of(session, programme, str(form.document.data)) if form.document.data else None,
        node=node_of(session, programme, str(form.node.data)) if form.node.data else None,
    )


def _typed(found: ProgrammeTask) -> dict[str, Any]:
    """A task as its form holds it."""

    def of(part: AgencyPart) -> list[str]:
        return [one.organisation.public_id for one in found.agencies if one.part is part]

    return {
        **{
            name: getattr(found, name)
            for name in ("code", "title", "about", "due_on", "head_name", "head_office")
        },
        "version": str(found.version),
        "lead": found.lead.organisation.public_id,
        "co_operate": of(AgencyPart.CO_OPERATE),
        "informed": of(AgencyPart.INFORMED),
        "document": "" if found.document is None else found.document.public_id,
        "node": "" if found.node is None else found.node.public_id,
    }


@bp.route("/chuong-trinh/<ma>/nhiem-vu/<nhiem_vu>/chuyen", methods=["GET", "POST"])
@require(Permission.PROGRAMMES_WRITE)
def move(ma: str, nhiem_vu: str) -> ResponseReturnValue:
    """Take a step: the lead starts and reviews itself, the standing agency accepts or gives back."""
    session, programme = opened(ma)
    found = _task(session, programme, nhiem_vu)
    steps = {one.target: one for one in own_steps(programme, found)}
    wanted = request.args.get("toi", "")
    step = steps.get(TaskState(wanted)) if wanted in set(TaskState) else None
    back = page_of(programme, "task", nhiem_vu=found.public_id)
    if step is None:
        flash(_("Nhiệm vụ đang ở trạng thái không chuyển như vậy được."), "warn")
        return redirect(back, 303)
    kind = WordsForm if step.needs_words else PlainStepForm
    form = kind() if request.method == "POST" else kind(formdata=None)
    heading = str(STEP[step.source, step.target])
    if request.method != "POST" or not form.validate():
        page = form_page(programme, form, heading, back, about=f"{found.code} · {found.title}")
        return (page, 422) if request.method == "POST" else page
    move_task(session, found, step.target, words=str(form.words.data or ""), by=by(), at=now(), on=today())
    return saved(session, back)
