"""«Yêu cầu về quyền»: what people of the office's records ask, the nearer clock first; limits and the calendar."""

from collections.abc import Sequence

from flask import render_template, request
from flask.typing import ResponseReturnValue

from registry.accounts.access import current_account, current_viewer, require
from registry.accounts.rules import Permission, Viewer
from registry.audit.operations import record_read
from registry.people.queries import display_name, get_visible
from registry.privacy import queries
from registry.privacy.forms import words
from registry.privacy.models import RightsRequest
from registry.privacy.queries.parameters import parameters_now
from registry.privacy.rules import OPEN_STATES, RightKind, limits_version
from registry.privacy.views import shown
from registry.privacy.views.actions import actions_for
from registry.privacy.views.blueprint import bp, request_in_scope
from registry.web.clock import now, today
from registry.web.database import db_session, write_session
from registry.web.paging import page_number

_CLOSED = "da-xong"


@bp.get("/yeu-cau-quyen")
@require(Permission.CONSENTS_WRITE)
def queue() -> ResponseReturnValue:
    """Requests inside the viewer's scopes."""
    session, viewer, on = db_session(), current_viewer(), today()
    is_open = request.args.get("trang-thai") != _CLOSED
    kind = words.KIND_OF_SLUG.get(request.args.get("loai", ""))
    page = queries.queue(
        session, viewer, is_open=is_open, kind=kind, number=page_number(request.args.get("trang"))
    )
    due = queries.due_in(session, viewer, on=on)
    lines = [{**shown.line_of(one, on), "name": display_name(one.person, viewer)} for one in page.rows]
    _keep_read("people.listed", page.rows)
    return render_template(
        "privacy/queue.html",
        page=page,
        lines=lines,
        due=due,
        is_open=is_open,
        kind=kind,
        kinds=[("", ""), *((slug, words.KIND[one]) for one, slug in words.SLUGS.items())],
        slug=words.SLUGS[kind] if kind else "",
        closed=_CLOSED,
    )


@bp.get("/yeu-cau-quyen/thoi-han")
@require(Permission.CONSENTS_WRITE)
def parameters() -> ResponseReturnValue:
    """The limits and the calendar as they are counted with, each with its source and whether anybody confirmed it."""
    now_counted = parameters_now(db_session(), on=today())
    return render_template(
        "privacy/parameters.html",
        rows=[
            (row, [words.KIND[kind] for kind in RightKind if kind in row.kinds]) for row in now_counted.limits
        ],
        version=limits_version(),
        years=now_counted.years,
        day_words=words.DAY,
    )


@bp.get("/yeu-cau-quyen/<ma>")
@require(Permission.CONSENTS_WRITE)
def show(ma: str) -> ResponseReturnValue:
    """One request with what may be done with it."""
    session, viewer, on = db_session(), current_viewer(), today()
    found = request_in_scope(ma)
    page = render_template(
        "privacy/request.html",
        line=shown.line_of(found, on),
        found=found,
        name=display_name(found.person, viewer),
        identity=words.IDENTITY[found.identity_check],
        clocks=shown.clocks(found, on),
        is_limit_confirmed=shown.is_limit_confirmed(session, found),
        steps=shown.steps_of(session, found, for_person=False),
        actions=actions_for(found),
        may_erase=found.kind is RightKind.ERASURE and found.state in OPEN_STATES,
        may_take=found.kind is RightKind.ACCESS,
        is_visible=_is_visible(found, viewer),
    )
    _keep_read("rights_request.read", [found])
    return page


def _is_visible(found: RightsRequest, viewer: Viewer) -> bool:
    """Whether the record itself may still be opened."""
    return get_visible(db_session(), viewer, found.person.public_id, on=today()) is not None


def _keep_read(action: str, rows: Sequence[RightsRequest]) -> None:
    people = [one.person.public_id for one in rows]
    if not people:
        return
    writing = write_session()
    detail = {"page": "yeu-cau-quyen"}
    record_read(
        writing, current_account().id, action, people=people, purpose="registry", detail=detail, at=now()
    )
    writing.commit()
