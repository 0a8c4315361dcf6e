"""The blueprint of the room and what its pages share."""

import re
import unicodedata
from datetime import datetime, timedelta
from typing import Any

from flask import Blueprint, current_app, request
from sqlalchemy.orm import Session

from registry.accounts.access import current_account, current_viewer
from registry.accounts.rules import Viewer
from registry.config import Settings
from registry.exchange.forms import JOB_WORDS, KIND_WORDS, STATE_WORDS
from registry.exchange.models import ImportBatch
from registry.exchange.operations.batches import acting_now
from registry.exchange.operations.kinds import Acting
from registry.exchange.queries.batches import get_batch
from registry.exchange.readers.archive import MAX_FILE_BYTES
from registry.exchange.rules.batches import ImportKind
from registry.formats import number
from registry.jobs.models import Job
from registry.jobs.rules import JobState, time_left
from registry.jobs.waking import wake_worker
from registry.people.queries import is_public_id
from registry.web.clock import now
from registry.web.errors import NotVisible
from registry.web.i18n import gettext as _
from registry.web.i18n import ngettext

# The addresses of pages are Vietnamese without marks.
KIND_SLUGS = {"ung-vien": ImportKind.PEOPLE, "nhu-cau": ImportKind.NEEDS, "lop-dao-tao": ImportKind.TRAINING}
SLUG_OF = {kind: slug for slug, kind in KIND_SLUGS.items()}

# A worker looks every second; a job that waits longer has no worker.
_TOO_LONG = timedelta(seconds=30)
_LONGEST_VALUE = 160
_WIDE = re.compile("[\uff01-\uff5e]")

# A file of the greatest size with the form around it. Other bodies are refused far below.
MAX_UPLOAD_BYTES = MAX_FILE_BYTES + 1024 * 1024

bp = Blueprint("exchange", __name__)


@bp.url_value_preprocessor
def allow_large_files(endpoint: str | None, _values: dict[str, Any] | None) -> None:
    """Only the upload of a list takes so large a body; said before anybody reads the form."""
    if endpoint == f"{bp.name}.upload":
        request.max_content_length = MAX_UPLOAD_BYTES


def visible_batch(session: Session, public_id: str) -> ImportBatch:
    """The batch, if the viewer may see it; otherwise NotVisible, as for one that does not exist."""
    batch = known_batch(session, current_viewer(), public_id)
    if batch is None:
        raise NotVisible
    return batch


def known_batch(session: Session, viewer: Viewer, public_id: str) -> ImportBatch | None:
    """The same for addresses that can do without; text that is no id need not reach the database."""
    return get_batch(session, viewer, public_id) if is_public_id(public_id) else None


def acting() -> Acting:
    """The signed-in account, now."""
    return acting_now(current_account().id, now())


def wake() -> None:
    """Tell the worker that there is something to do, after the commit."""
    configuration: Any = current_app.config
    settings: Settings = configuration["REGISTRY_SETTINGS"]
    wake_worker(settings)


@bp.app_template_global()
def import_kind(batch: ImportBatch) -> Any:
    """The word for what a file holds."""
    return KIND_WORDS[batch.kind]


@bp.app_template_global()
def import_state(batch: ImportBatch) -> dict[str, Any]:
    """The word and colour of a batch's state."""
    words, kind = STATE_WORDS[batch.state]
    return {"text": words, "kind": kind}


@bp.app_template_global()
def import_errors(batch: ImportBatch) -> str:
    """«3 lỗi ở 1 dòng»: cells and rows, each called what it is."""
    errors = ngettext("%(count)s lỗi", "%(count)s lỗi", batch.errors, count=number(batch.errors))
    rows = ngettext("%(count)s dòng", "%(count)s dòng", batch.error_rows, count=number(batch.error_rows))
    return _("%(errors)s ở %(rows)s", errors=errors, rows=rows) if batch.errors else number(0)


@bp.app_template_global()
def job_progress(job: Job) -> dict[str, Any]:
    """What the progress of a job says: state, words, how much of how much."""
    at = now()
    words, kind = JOB_WORDS[job.state]
    return {
        "state": {"text": words, "kind": kind},
        "done": job.steps_done if job.steps_total else 0,  # of an unknown whole no part is drawn
        "total": job.steps_total or 0,
        "text": _progress_text(job, at),
        "is_over": job.state.is_over,
        "may_cancel": not job.state.is_over and not job.cancel_requested,
        "waits_long": job.state is JobState.QUEUED and at - job.due_at > _TOO_LONG,
    }


def _progress_text(job: Job, at: datetime) -> str:
    if job.state is JobState.QUEUED:
        return _("Đang chờ đến lượt")
    if job.cancel_requested and not job.state.is_over:
        return _("Đang dừng")
    if job.state is JobState.RUNNING and not job.steps_total:
        is_reading = job.steps_done > 0
        return _("Đã xem %(done)s dòng", done=number(job.steps_done)) if is_reading else _("Đang mở tệp")
    said = {"done": number(job.steps_done), "total": number(job.steps_total or 0)}
    left = time_left(job.started_at, at, job.steps_done, job.steps_total)
    if job.state is JobState.RUNNING and left is not None:
        return _("%(done)s / %(total)s dòng, còn khoảng %(left)s", left=_duration(left), **said)
    return _("%(done)s / %(total)s dòng", **said)


def _duration(left: timedelta) -> str:
    seconds = max(1, round(left.total_seconds()))
    if seconds < 60:
        return _("%(count)s giây", count=seconds)
    return _("%(count)s phút", count=-(-seconds // 60))


@bp.app_template_filter()
def cell_text(value: str | None) -> str:
    """A cell's text so that hidden characters can be seen («U+202E») and long ones do not fill the page."""
    if value is None:
        return _("(đã xóa)")
    shown = value if len(value) <= _LONGEST_VALUE else value[:_LONGEST_VALUE] + "…"
    seen = "".join(f"[U+{ord(char):04X}]" if _is_hidden(char) else char for char in shown)
    if _WIDE.search(seen):
        # They look like plain digits and letters, which is just what has to be mended.
        return _("%(text)s (chữ rộng, kiểu bàn phím Nhật, Trung)", text=unicodedata.normalize("NFKC", seen))
    return seen


def _is_hidden(char: str) -> bool:
    return char not in "\n\t" and unicodedata.category(char) in {"Cc", "Cf", "Co", "Cs", "Cn"}
