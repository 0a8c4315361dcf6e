"""The files one asked for: how far each is, taking it, and doing without it. Each is for its owner alone."""

import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path
from urllib.parse import parse_qsl

from flask import Response, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session
from werkzeug.datastructures import MultiDict

from registry.accounts.access import current_account, proved_lately, require, whole_viewer
from registry.accounts.rules import Permission, Viewer
from registry.exports.forms import FORMAT_WORDS, KIND_WORDS, PURPOSE_WORDS
from registry.exports.models import Export
from registry.exports.operations.forgetting import forget_export
from registry.exports.operations.work import export_folder
from registry.exports.operations.writing import (
    columns_of,
    file_name,
    listed_as,
    note_taken,
    tell_people,
    write_rows,
)
from registry.exports.queries.exports import may_be_given, own_export, own_exports, taker_of
from registry.exports.queries.need_rows import need_lines
from registry.exports.queries.pages import list_pages
from registry.exports.rules.kinds import ExportFormat
from registry.exports.views.blueprint import bp
from registry.jobs.rules import JobState
from registry.needs.views.register import wanted_in
from registry.web.attachments import attachment
from registry.web.clock import now, today
from registry.web.database import database, db_session, write_session
from registry.web.errors import NotVisible
from registry.web.i18n import gettext as _

_PIECE_BYTES = 64 * 1024
_TYPES = {
    ExportFormat.XLSX: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    ExportFormat.CSV: "text/csv; charset=utf-8",
}


@bp.get("/xuat")
@require(Permission.NEEDS_READ)
def index() -> ResponseReturnValue:
    """What one asked for and may still take."""
    rows = own_exports(db_session(), current_account().id, now())
    may_write = whole_viewer().can(Permission.PEOPLE_WRITE)
    return render_template("exports/index.html", rows=[_shown(one) for one in rows], may_write=may_write)


@bp.get("/xuat/tep/<ma>")
@require(Permission.NEEDS_READ)
def file(ma: str) -> ResponseReturnValue:
    """One of them; asked for by htmx, only the progress, and the whole page again once the job is over."""
    export = _own(ma)
    if request.headers.get("HX-Request") != "true":
        return render_template("exports/file.html", **_shown(export))
    if export.job is None or export.job.state.is_over:
        return Response(status=200, headers={"HX-Refresh": "true"})
    return render_template("exports/_progress.html", export=export, job=export.job)


@bp.get("/xuat/tep/<ma>/tai")
@require(Permission.NEEDS_READ)
@proved_lately
def take(ma: str) -> ResponseReturnValue:
    """The file itself, masked by what its owner may see at this moment; the log keeps who took what for what."""
    session, export = db_session(), _own(ma)
    viewer = taker_of(session, export, today())
    if viewer is None:
        raise NotVisible
    if export.job_id is None:
        return _written_now(session, export, viewer)
    folder = database().folder
    path = None if export.file is None or folder is None else export_folder(folder) / export.file
    if path is None or not path.is_file() or not may_be_given(session, export, viewer, on=today()):
        return render_template("exports/file.html", **_shown(export), is_refused=True), 409
    _note(export, export.written or 0, [])
    return _attachment(_pieces(path), export)


@bp.post("/xuat/tep/<ma>/huy")
@require(Permission.NEEDS_READ)
def forget(ma: str) -> ResponseReturnValue:
    """Stop making it, or do without it."""
    session = db_session()
    forget_export(session, _own(ma), by=current_account().id, at=now())
    session.commit()
    flash(_("Đã hủy lần xuất. Không ai tải được tệp nữa."), "ok")
    return redirect(url_for("exports.index"), 303)


def _own(ma: str) -> Export:
    """An export of whoever is signed in; otherwise NotVisible, as for one that does not exist."""
    found = own_export(db_session(), current_account().id, ma, now())
    if found is None:
        raise NotVisible
    return found


def _shown(export: Export) -> dict[str, object]:
    return {
        "export": export,
        "job": export.job,
        "kind": KIND_WORDS[export.listed],
        "format": FORMAT_WORDS[export.format],
        "purpose": PURPOSE_WORDS[export.purpose],
        "columns": [one.full_header for one in columns_of(export)],
        "is_ready": export.job is None or export.file is not None,
        "is_failed": export.job is not None and export.job.state in (JobState.FAILED, JobState.CANCELLED),
        "name": file_name(export, export.made_at.date()),
    }


def _written_now(session: Session, export: Export, viewer: Viewer) -> Response:
    """A list short enough to be written while one waits: nothing of it stays on the server."""
    told: list[str] = []

    def rows() -> Iterator[Sequence[str]]:
        if not export.kind.holds_people:
            wanted = wanted_in(session, MultiDict(parse_qsl(export.address)))
            yield from need_lines(session, viewer, wanted, columns_of(export))
            return
        for page in list_pages(session, export, viewer, columns_of(export), on=today()):
            told.extend(page.people)
            yield from page.rows

    with tempfile.TemporaryDirectory() as place:
        target = Path(place) / "list"
        who = current_account().display_name
        count = write_rows(target, export, listed_as(export, who, now()), rows(), target.parent)
        content = target.read_bytes()
    _note(export, count, told)
    return _attachment(content, export)


def _note(export: Export, rows: int, people: Sequence[str]) -> None:
    session = write_session()
    tell_people(session, export, people, at=now())
    note_taken(session, export, rows, at=now())
    session.commit()


def _pieces(path: Path) -> Iterator[bytes]:
    """A file piece by piece; opened when the first is asked for."""
    with path.open("rb") as stream:
        while piece := stream.read(_PIECE_BYTES):
            yield piece


def _attachment(content: bytes | Iterator[bytes], export: Export) -> Response:
    """The file, called what we call it."""
    plain = f"xuat-{today().isoformat()}-{export.public_id[:8]}.{export.format.value}"
    return attachment(content, _TYPES[export.format], file_name(export, today()), plain)
