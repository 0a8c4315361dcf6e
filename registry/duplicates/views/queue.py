"""«Hồ sơ trùng»: pairs that wait, pairs that are different people, merges; and the job that compares everybody."""

from typing import Any, cast

from flask import Response, current_app, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session

from registry.accounts.access import current_account, current_viewer, require
from registry.accounts.rules import Permission, Viewer
from registry.config import Settings
from registry.duplicates import queries
from registry.duplicates.forms import words
from registry.duplicates.operations.work import FIND_ALL_JOB, enqueue_for_all
from registry.duplicates.rules import Reason
from registry.duplicates.views.blueprint import bp, keep_read
from registry.jobs.waking import wake_worker
from registry.matching.queries.changes import latest_job
from registry.people.rules import PairState
from registry.registrations.queries import held_registrations
from registry.web.clock import now, today
from registry.web.database import db_session
from registry.web.paging import page_number

_STATES = {"": PairState.OPEN, "khac-nguoi": PairState.DIFFERENT}
_MERGED = "da-gop"


@bp.get("")
@require(Permission.PEOPLE_MERGE)
def queue() -> ResponseReturnValue:
    """The pairs an officer of these scopes may be told of, the surest first; asked by htmx, only the job's progress."""
    session, viewer = db_session(), current_viewer()
    job = latest_job(session, FIND_ALL_JOB)
    if request.headers.get("HX-Request") == "true":
        if job is None or job.state.is_over:
            return Response(status=200, headers={"HX-Refresh": "true"})
        return render_template("duplicates/_progress.html", job=job)
    tab = request.args.get("muc", "")
    if tab == _MERGED:
        return _merged_page(session, viewer)
    slug = request.args.get("ly-do", "")
    slug = slug if slug in words.SLUGS else ""
    page = queries.pairs(
        session,
        viewer,
        state=_STATES.get(tab, PairState.OPEN),
        reasons=words.SLUGS.get(slug, Reason(0)),
        number=page_number(request.args.get("trang")),
        on=today(),
    )
    answer = render_template(
        "duplicates/queue.html",
        page=page,
        tab=tab if tab in _STATES else "",
        open=queries.count_open(session, viewer, on=today()),
        held=_held(session, viewer) if not tab and not slug else [],
        slug=slug,
        slugs=[("", ""), *words.SLUG_WORDS.items()],
        reason_words=words.reason_words,
        strengths=words.STRENGTH,
        job=job,
    )
    keep_read("people.listed", [one for row in page.rows for one in (row.first, row.second)], "trung")
    return answer


def _held(session: Session, viewer: Viewer) -> Any:
    """Registrations whose identity number another record has: a pair too, decided on their own page."""
    return held_registrations(session, viewer, on=today()) if viewer.can(Permission.PEOPLE_WRITE) else []


def _merged_page(session: Session, viewer: Viewer) -> str:
    page = queries.merges(session, viewer, number=page_number(request.args.get("trang")), on=today())
    answer = render_template(
        "duplicates/merges.html",
        page=page,
        today=today(),
        open=queries.count_open(session, viewer, on=today()),
    )
    keep_read("people.listed", [row.survivor for row in page.rows], "trung")
    return answer


@bp.post("/ra-lai")
@require(Permission.PEOPLE_MERGE)
def compare_all() -> ResponseReturnValue:
    """Have everybody compared anew; what was decided stays decided."""
    session = db_session()
    enqueue_for_all(session, by=current_account().id, at=now())
    session.commit()
    wake_worker(cast("Settings", current_app.config["REGISTRY_SETTINGS"]))
    return redirect(url_for(".queue"), 303)
