"""What curators changed: the history, one change with the progress of its job, and taking it back."""

from collections.abc import Mapping
from typing import Any

from flask import Response, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session

from registry.accounts.access import current_account, require
from registry.accounts.rules import Permission
from registry.formats import number as in_words
from registry.jobs.models import Job
from registry.jobs.rules import JobState
from registry.skills import forms, operations, queries
from registry.skills.models import SkillChange
from registry.skills.operations import Refused
from registry.skills.queries import Owners, Wanted
from registry.skills.rules import ChangeState
from registry.skills.views.blueprint import bp, may_curate, owners, saved, told
from registry.skills.views.refusals import sentence_of
from registry.web.clock import now
from registry.web.database import db_session
from registry.web.errors import NotVisible
from registry.web.i18n import gettext as _
from registry.web.paging import PAGE_SIZE, Page, page_number


@bp.get("/lich-su")
@require(Permission.SKILLS_READ)
def history() -> ResponseReturnValue:
    """What was changed, by whom and when, the newest first."""
    session = db_session()
    number = page_number(request.args.get("trang"))
    skill = queries.skill_named(session, request.args.get("ky-nang", ""))
    changes, total = queries.history(session, skill=skill, offset=(number - 1) * PAGE_SIZE, limit=PAGE_SIZE)
    return render_template(
        "skills/history.html",
        page=Page(told(session, changes), number, total),
        skill=skill,
        names=queries.who_changed(session, changes),
        may_curate=may_curate(),
        done=ChangeState.DONE,
    )


@bp.get("/thay-doi/<ma>")
@require(Permission.SKILLS_READ)
def change(ma: str) -> ResponseReturnValue:
    """One change; asked for by htmx, only the progress of its job, and the whole page once that is over."""
    session = db_session()
    found = _found(session, ma)
    progress = _progress(found.job)
    if request.headers.get("HX-Request") == "true":
        if progress is None or progress["is_over"]:
            return Response(status=200, headers={"HX-Refresh": "true"})
        return render_template("skills/_progress.html", change=found, progress=progress)
    return render_template(
        "skills/change.html",
        change=found,
        told=told(session, [found])[0],
        names=queries.who_changed(session, [found]),
        progress=progress,
        may_curate=may_curate(),
        done=ChangeState.DONE,
        owners=_moved(session, found),
        places=forms.PENDING_PLACES,
    )


@bp.post("/thay-doi/<ma>/hoan-tac")
@require(Permission.SKILLS_CURATE)
def undo(ma: str) -> ResponseReturnValue:
    """Put back what was before the change."""
    session = db_session()
    found = _found(session, ma)
    try:
        operations.undo_change(session, found, by=current_account().id, at=now())
    except Refused as refused:
        words = sentence_of(refused)
        session.rollback()
        flash(words, "warn")
        return redirect(url_for("skills.change", ma=ma), 303)
    flash(_("Đã hoàn tác."), "ok")
    return saved(session, url_for("skills.change", ma=ma))


def _moved(session: Session, change: SkillChange) -> Mapping[str, Owners]:
    """Whose records the change moved, once its job is over and while it stands."""
    is_over = change.job is not None and change.job.state.is_over
    if not change.placed or not is_over or change.state is not ChangeState.DONE:
        return {}
    return owners(session, Wanted(moved_by=change.id))


def _found(session: Session, ma: str) -> SkillChange:
    found = queries.change_named(session, ma)
    if found is None:
        raise NotVisible
    return found


def _progress(job: Job | None) -> dict[str, Any] | None:
    """How far the job is, in words."""
    if job is None:
        return None
    total = job.steps_total or 0
    words = {
        JobState.QUEUED: _("Đang chờ đến lượt"),
        JobState.DONE: _("Đã cập nhật xong hồ sơ và nhu cầu"),
        JobState.CANCELLED: _("Đã dừng"),
        JobState.FAILED: _("Không cập nhật được"),
    }
    running = _("Đã đọc lại %(done)s / %(total)s mục", done=in_words(job.steps_done), total=in_words(total))
    return {
        "text": words.get(job.state, running),
        "done": job.steps_done,
        "total": total,
        "is_over": job.state.is_over,
        "error": job.error,
    }
