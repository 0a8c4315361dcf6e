"""«Ghép đồng loạt»: all open needs against everyone as a job, how far it is, and what moved since the time before."""

from typing import Any, cast

from flask import Response, current_app, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from registry.accounts.access import current_account, require, signed_in_viewer
from registry.accounts.rules import Permission, Viewer
from registry.audit.operations import record
from registry.config import Settings
from registry.jobs.operations import request_cancel
from registry.jobs.queries import unfinished_jobs
from registry.jobs.waking import wake_worker
from registry.matching.operations.batch import MATCH_JOB, enqueue_batch
from registry.matching.queries.changes import NeedShifts, latest_job, shifts_of_needs
from registry.matching.queries.needs import open_needs
from registry.matching.views import shifts
from registry.matching.views.blueprint import bp, page
from registry.web.clock import now, today
from registry.web.database import db_session
from registry.web.i18n import gettext as _
from registry.web.paging import PAGE_SIZE, Page, page_number


@bp.get("/nhu-cau/ghep-dong-loat")
@require(Permission.MATCHING_BATCH)
def batch() -> ResponseReturnValue:
    """The newest job and, for those who read rankings, the open needs; asked for by htmx, only the progress."""
    session = db_session()
    job = latest_job(session, MATCH_JOB)
    if request.headers.get("HX-Request") == "true":
        if job is None or job.state.is_over:
            return Response(status=200, headers={"HX-Refresh": "true"})
        return render_template("matching/_batch_progress.html", job=job)
    return page("batch.html", job=job, listed=_listed(page_number(request.args.get("trang"))))


@bp.post("/nhu-cau/ghep-dong-loat")
@require(Permission.MATCHING_BATCH)
def start_batch() -> ResponseReturnValue:
    """Put the job into the queue; one that waits or runs already is the one."""
    session, by = db_session(), current_account().id
    job = enqueue_batch(session, as_of=today(), at=now(), by=by)
    record(session, by, "match.batch_asked", "job", job.public_id, at=now())
    session.commit()
    wake_worker(cast("Settings", current_app.config["REGISTRY_SETTINGS"]))
    return redirect(url_for("matching.batch"), 303)


@bp.post("/nhu-cau/ghep-dong-loat/dung")
@require(Permission.MATCHING_BATCH)
def stop_batch() -> ResponseReturnValue:
    """Ask the job to stop; what it kept so far stays."""
    session = db_session()
    for job in unfinished_jobs(session, MATCH_JOB):
        if request_cancel(session, job, at=now()):
            record(session, current_account().id, "match.batch_stopped", "job", job.public_id, at=now())
            flash(_("Đã yêu cầu dừng. Các bảng đã lưu vẫn giữ."), "ok")
    session.commit()
    return redirect(url_for("matching.batch"), 303)


def _listed(number: int) -> Page[dict[str, Any]] | None:
    """A page of the open needs with what moved; None for those who read no rankings."""
    viewer = signed_in_viewer() or Viewer(None, frozenset(), ())
    if not viewer.can(Permission.MATCHING_READ):
        return None
    session, reader = db_session(), viewer.limited_to(Permission.MATCHING_READ)
    needs = open_needs(session, reader)
    shown = needs[(number - 1) * PAGE_SIZE : number * PAGE_SIZE]
    lines = [_line(one) for one in shifts_of_needs(session, shown, reader, today())]
    return Page(lines, number, len(needs))


def _line(one: NeedShifts) -> dict[str, Any]:
    return {
        "need": one.need,
        "run": one.run,
        "moved": None if one.moved is None else shifts.summary(one.moved),
    }
