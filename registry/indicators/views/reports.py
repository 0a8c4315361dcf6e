"""«Báo cáo»: reports as they were frozen, their files, and publishing them by a second person."""

from flask import abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from registry.accounts.access import current_account, current_viewer, require
from registry.accounts.rules import Permission
from registry.indicators.models import ReportSnapshot
from registry.indicators.operations.errors import NotFrozen, OwnReport
from registry.indicators.operations.reporting import publish_report
from registry.indicators.queries.reading import (
    contradictions_of,
    indicators_of,
    names_of,
    report_of,
    reports_of,
)
from registry.indicators.rules.periods import words_of
from registry.indicators.rules.snapshots import SNAPSHOT_WORDS, SnapshotState, may_publish
from registry.indicators.views.blueprint import bp, reader, wanted
from registry.places.queries.former_provinces import place_words
from registry.web.attachments import attachment
from registry.web.clock import now
from registry.web.database import db_session
from registry.web.errors import NotVisible
from registry.web.i18n import gettext as _
from registry.web.paging import page_number

_TYPES = {
    "pdf": "application/pdf",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}
STATE_TAG = {SnapshotState.DRAFT: "", SnapshotState.FROZEN: "info", SnapshotState.PUBLISHED: "ok"}


@bp.get("/chi-tieu/bao-cao")
@require(Permission.INDICATORS_READ)
def reports() -> ResponseReturnValue:
    """All frozen reports in scope, and the form that freezes another."""
    session = db_session()
    page = reports_of(session, reader(), page_number(request.args.get("trang")))
    asked = wanted(session)
    names = names_of(session, [one.frozen_by_id for one in page.rows])
    return render_template(
        "indicators/reports.html",
        page=page,
        lines=[
            {
                "report": one,
                "state": _(SNAPSHOT_WORDS[one.state]),
                "tag": STATE_TAG[one.state],
                "who": names.get(one.frozen_by_id or 0, ""),
            }
            for one in page.rows
        ],
        asked=asked,
        period=words_of(asked.period),
        place=place_words(session, asked.part) if asked.part else "",
        may_write=current_viewer().can(Permission.INDICATORS_WRITE, at=(asked.place, "")),
    )


@bp.get("/chi-tieu/bao-cao/<ma>")
@require(Permission.INDICATORS_READ)
def report(ma: str) -> ResponseReturnValue:
    """One report: what it said then, figure by figure, each with its way to its rows of today."""
    session = db_session()
    found = _visible(ma)
    names = names_of(session, [found.frozen_by_id, found.published_by_id])
    viewer = current_viewer()
    may = viewer.can(Permission.INDICATORS_PUBLISH, at=(found.unit_path, found.organisation_path))
    is_frozen = found.state is SnapshotState.FROZEN
    mine = [one.id for one in indicators_of(session, reader()) if one.unit_path == found.unit_path]
    return render_template(
        "indicators/report.html",
        report=found,
        state=_(SNAPSHOT_WORDS[found.state]),
        tag=STATE_TAG[found.state],
        place=place_words(session, found.unit_path) if found.unit_path else "",
        who=names.get(found.frozen_by_id or 0, ""),
        published_by=names.get(found.published_by_id or 0, ""),
        may_publish=may and is_frozen and may_publish(current_account().id, found.frozen_by_id),
        open=len(contradictions_of(session, mine, only_open=True)) if is_frozen else 0,
        is_own=may and is_frozen and not may_publish(current_account().id, found.frozen_by_id),
    )


@bp.get("/chi-tieu/bao-cao/<ma>/tep.<dang>")
@require(Permission.INDICATORS_READ)
def report_file(ma: str, dang: str) -> ResponseReturnValue:
    """One of the two files, byte for byte as it was frozen."""
    if dang not in _TYPES:
        abort(404)
    found = report_of(db_session(), reader(), ma, with_files=True)
    content = None if found is None else (found.pdf if dang == "pdf" else found.workbook)
    if found is None or content is None:
        raise NotVisible
    return attachment(content, _TYPES[dang], f"bao-cao-{found.ends.isoformat()}-{found.digest[:8]}.{dang}")


@bp.post("/chi-tieu/bao-cao/<ma>/cong-bo")
@require(Permission.INDICATORS_PUBLISH)
def publish(ma: str) -> ResponseReturnValue:
    """A second person stands for it."""
    session = db_session()
    found = _visible(ma)
    if not current_viewer().can(Permission.INDICATORS_PUBLISH, at=(found.unit_path, found.organisation_path)):
        raise NotVisible
    try:
        publish_report(session, found, by=current_account().id, at=now())
    except OwnReport:
        flash(_("Bạn là người chốt báo cáo nên phải để người khác công bố."), "warn")
    except NotFrozen:
        flash(_("Báo cáo này đã công bố."), "warn")
    else:
        session.commit()
        flash(_("Đã công bố báo cáo."), "ok")
    return redirect(url_for(".report", ma=found.public_id), 303)


def _visible(ma: str) -> ReportSnapshot:
    found = report_of(db_session(), reader(), ma)
    if found is None:
        raise NotVisible
    return found
