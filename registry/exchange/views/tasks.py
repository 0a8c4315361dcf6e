"""The page of one job: how far it is, how long it still takes, stop. Jobs lie below the guard, so it lives here."""

from flask import Response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session

from registry.accounts.access import current_account, current_viewer, require
from registry.accounts.rules import Permission
from registry.exchange.models import ImportBatch
from registry.exchange.operations.batches import settle_cancelled
from registry.exchange.queries.batches import batch_of_job, get_batch
from registry.exchange.views.blueprint import bp
from registry.jobs.models import Job
from registry.jobs.operations import request_cancel
from registry.jobs.queries import job_by_public_id
from registry.jobs.rules import JobState
from registry.web.clock import now
from registry.web.database import db_session
from registry.web.errors import NotVisible


@bp.get("/viec/<ma>")
@require(Permission.JOBS_READ)
def task(ma: str) -> ResponseReturnValue:
    """The job; asked for by htmx, only its progress, and the whole page again once it is over."""
    session = db_session()
    job, batch = _visible_job(session, ma)
    if request.headers.get("HX-Request") != "true":
        return render_template("jobs/task.html", job=job, batch=batch)
    if job.state.is_over:
        return Response(status=200, headers={"HX-Refresh": "true"})
    return render_template("jobs/_progress.html", job=job)


@bp.post("/viec/<ma>/dung")
@require(Permission.JOBS_READ)
def stop(ma: str) -> ResponseReturnValue:
    """Ask the job to stop: at once when it waits, at its next step when it runs."""
    session = db_session()
    job, batch = _visible_job(session, ma)
    request_cancel(session, job, at=now())
    if batch is not None and job.state is JobState.CANCELLED:
        settle_cancelled(session, batch)
    session.commit()
    if batch is not None:
        return redirect(url_for("exchange.show", ma=batch.public_id), 303)
    return redirect(url_for("exchange.task", ma=ma), 303)


def _visible_job(session: Session, public_id: str) -> tuple[Job, ImportBatch | None]:
    """A job of one's own, or of a batch one may see. Raises NotVisible."""
    job = job_by_public_id(session, public_id)
    if job is None:
        raise NotVisible
    batch = batch_of_job(session, job.id)
    seen = get_batch(session, current_viewer(), batch.public_id) if batch is not None else None
    if job.created_by != current_account().id and seen is None:
        raise NotVisible
    return job, seen
