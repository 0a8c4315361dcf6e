"""One import: its columns, what the check found, saving, undoing, discarding."""

from collections.abc import Callable
from typing import Any

from flask import abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session

from registry.accounts.access import require
from registry.accounts.rules import Permission
from registry.exchange.forms import MappingForm, mapping_form
from registry.exchange.models import ImportBatch
from registry.exchange.operations import batches as operations
from registry.exchange.operations.batches import NotNow
from registry.exchange.operations.sources import COLUMNS, OWN_SHEETS
from registry.exchange.queries.batches import (
    MISTAKES,
    NO_HEAD,
    has_file,
    has_issue,
    heads_of,
    issues,
    row_counts,
)
from registry.exchange.rules.batches import BatchState, CommitMode, ImportKind, RowState
from registry.exchange.rules.grounds import GROUND_MISSING
from registry.exchange.views.blueprint import acting, bp, visible_batch, wake
from registry.jobs.rules import JobState
from registry.people.rules import LegalBasis
from registry.web.clock import today
from registry.web.database import db_session
from registry.web.i18n import gettext as _
from registry.web.paging import page_number

_MAPPABLE = frozenset({BatchState.UPLOADED, BatchState.CHECKED})


@bp.get("/nhap-excel/<ma>")
@require(Permission.IMPORTS_RUN)
def show(ma: str) -> ResponseReturnValue:
    """The import at the step where it stands."""
    session = db_session()
    batch = visible_batch(session, ma)
    return _page(session, batch, _mapping_form(session, batch)), 200


def _mapping_form(session: Session, batch: ImportBatch) -> MappingForm | None:
    """The form of the columns; None for posts, and once the file is gone."""
    if batch.kind is ImportKind.POSTS or batch.state not in _MAPPABLE:
        return None
    head = heads_of(session, batch).get(batch.sheet, NO_HEAD)
    mapping = {int(index): key for index, key in batch.mapping.items()}
    return mapping_form(head.texts, head.samples, COLUMNS[batch.kind], mapping)


@bp.post("/nhap-excel/<ma>/trang")
@require(Permission.IMPORTS_RUN)
def choose_sheet(ma: str) -> ResponseReturnValue:
    """Read another sheet of the file."""

    def choose(session: Session, batch: ImportBatch) -> None:
        operations.choose_sheet(session, batch, request.form.get("sheet", ""))

    return _act(ma, choose)


@bp.post("/nhap-excel/<ma>/ghep-cot")
@require(Permission.IMPORTS_RUN)
def map_columns(ma: str) -> ResponseReturnValue:
    """Keep which column means what, and check the file by it."""
    session = db_session()
    batch = visible_batch(session, ma)
    form = _mapping_form(session, batch)
    if form is None:
        return _not_now(batch)
    if not form.validate():
        return _page(session, batch, form), 422

    def save_and_check(session: Session, batch: ImportBatch) -> None:
        operations.map_columns(session, batch, form.chosen(), acting=acting())
        operations.start_check(session, batch, acting=acting())

    return _act(ma, save_and_check)


@bp.post("/nhap-excel/<ma>/co-so")
@require(Permission.IMPORTS_RUN)
def state_ground(ma: str) -> ResponseReturnValue:
    """Answer for the rows that do not say why they may be kept, or take the answer back; the file is checked anew."""
    said = request.form.get("basis", "")

    def state(session: Session, batch: ImportBatch) -> None:
        operations.state_ground(session, batch, LegalBasis(said) if said else None, acting=acting())

    return _act(ma, state)


@bp.post("/nhap-excel/<ma>/kiem-tra")
@require(Permission.IMPORTS_RUN)
def check(ma: str) -> ResponseReturnValue:
    """Check the file with the columns as they are (posts have none), or again after a fault."""
    return _act(ma, lambda session, batch: operations.start_check(session, batch, acting=acting()))


@bp.post("/nhap-excel/<ma>/luu")
@require(Permission.IMPORTS_RUN)
def commit(ma: str) -> ResponseReturnValue:
    """Make the records: all rows, or those without errors."""
    wanted = request.form.get("mode", "")
    if wanted not in set(CommitMode):
        abort(400)

    def start(session: Session, batch: ImportBatch) -> None:
        operations.start_commit(session, batch, CommitMode(wanted), acting=acting())

    return _act(ma, start)


@bp.post("/nhap-excel/<ma>/hoan-tac")
@require(Permission.IMPORTS_RUN)
def undo(ma: str) -> ResponseReturnValue:
    """Take back what the import made."""
    return _act(ma, lambda session, batch: operations.start_undo(session, batch, acting=acting()))


@bp.post("/nhap-excel/<ma>/bo")
@require(Permission.IMPORTS_RUN)
def discard(ma: str) -> ResponseReturnValue:
    """Give the import up and forget its file."""
    return _act(ma, lambda session, batch: operations.discard_batch(session, batch, acting=acting()))


def _act(ma: str, act: Callable[[Session, ImportBatch], None]) -> ResponseReturnValue:
    """Do one thing to a batch, commit, wake the worker, show the page again. To see one is to may write there."""
    session = db_session()
    batch = visible_batch(session, ma)
    try:
        act(session, batch)
    except NotNow:
        session.rollback()
        return _not_now(batch)
    except ValueError:
        abort(400)
    session.commit()
    wake()
    return redirect(url_for("exchange.show", ma=ma), 303)


def _not_now(batch: ImportBatch) -> ResponseReturnValue:
    """Somebody, or the same form sent twice, was faster: the page shows where the import stands now."""
    flash(_("Lô nhập đã ở bước khác. Đây là trạng thái hiện tại."), "info")
    return redirect(url_for("exchange.show", ma=batch.public_id), 303)


def _page(session: Session, batch: ImportBatch, form: MappingForm | None) -> str:
    counts = row_counts(session, batch)
    job = batch.job
    is_stuck = operations.is_stuck(batch)
    heads: Any = heads_of(session, batch)
    return render_template(
        "exchange/batch.html",
        batch=batch,
        form=form,
        job=job,
        is_running=batch.state.is_busy and not is_stuck,
        is_stuck=is_stuck,
        failure=job.error if job is not None and job.state is JobState.FAILED else None,
        was_cancelled=job is not None and job.state is JobState.CANCELLED,
        sheets=[name for name in heads if name not in OWN_SHEETS],
        shows_issues=is_stuck or batch.state in _MAPPABLE or batch.state is BatchState.COMMITTED,
        is_people=batch.kind is ImportKind.PEOPLE,
        page=issues(session, batch, page_number(request.args.get("trang")), on=today()),
        kept=counts.get(RowState.KEPT, 0),
        undone=counts.get(RowState.UNDONE, 0),
        has_mistakes=has_file(session, batch, MISTAKES),
        lacks_ground=batch.basis is None and has_issue(session, batch, GROUND_MISSING),
    )
