"""«Hỗ trợ»: every decision and grant in the viewer's scopes, with what is planned, committed and paid."""

from typing import Any

from flask import render_template, request
from flask.typing import ResponseReturnValue
from werkzeug.datastructures import MultiDict

from registry.accounts.access import current_viewer, require
from registry.accounts.rules import Permission
from registry.grants.forms import words
from registry.grants.queries.filters import LISTED_STATES, filter_of
from registry.grants.queries.listing import (
    GrantFilter,
    GrantLineOfList,
    grant_register,
    policies_decided,
)
from registry.grants.queries.rechecking import to_recheck
from registry.grants.rules import DecisionState, GrantState
from registry.grants.views.blueprint import bp, keep_read, shown_name
from registry.places.queries import provinces
from registry.web.clock import today
from registry.web.database import db_session
from registry.web.paging import page_number

_YEARS = 8
_NAMED: dict[str, Any] = {
    **{one.value: words.DECISION[one] for one in DecisionState},
    **{one.value: words.GRANT[one] for one in GrantState},
}
STATES: dict[str, Any] = {one: _NAMED[one] for one in LISTED_STATES}


@bp.get("/ho-tro")
@require(Permission.GRANTS_READ)
def index() -> ResponseReturnValue:
    """The list with its filters and the three figures of all it leaves."""
    session, viewer, on = db_session(), current_viewer(), today()
    wanted = wanted_in(request.args)
    found = grant_register(session, viewer, wanted, page_number(request.args.get("trang")), on=on)
    page = render_template(
        "grants/index.html",
        found=found,
        lines=[line_of(one) for one in found.page.rows],
        wanted=wanted,
        states=STATES,
        policies=policies_decided(session, viewer, on=on),
        units=[(unit.path, unit.full_name) for unit in provinces(session)],
        years=[(str(one), str(one)) for one in range(on.year, on.year - _YEARS, -1)],
        args=args_of(wanted),
    )
    keep_read("ho-tro", [one.decision.person.public_id for one in found.page.rows])
    return page


def wanted_in(args: MultiDict[str, str]) -> GrantFilter:
    """The filter in an address."""
    return filter_of(args.items(multi=True))


def args_of(wanted: GrantFilter) -> dict[str, Any]:
    """The filter as it stands in an address."""
    found: dict[str, Any] = {
        "trang-thai": sorted(wanted.states),
        "chinh-sach": wanted.policy,
        "dia-ban": wanted.unit_path,
        "nam": wanted.year,
    }
    return {key: value for key, value in found.items() if value}


def line_of(one: GrantLineOfList) -> dict[str, Any]:
    """A decision as lists show it."""
    decision, grant = one.decision, one.grant
    if grant is None:
        state = (words.DECISION[decision.state], words.DECISION_TAG[decision.state])
    else:
        state = (words.GRANT[grant.state], words.GRANT_TAG.get(grant.state, ""))
    return {
        "decision": decision,
        "grant": grant,
        "name": shown_name(decision.person),
        "title": decision.policy_version.title,
        "number": decision.policy_version.number,
        "state": state,
        "figures": one.figures,
    }


@bp.get("/ho-tro/can-xem-lai")
@require(Permission.GRANTS_READ)
def recheck() -> ResponseReturnValue:
    """Grants given under a version that another has followed, with both sums; none of them is changed by it."""
    session, on = db_session(), today()
    found = to_recheck(session, current_viewer(), on=on)
    page = render_template(
        "grants/recheck.html",
        found=found,
        lines=[
            {"one": one, "name": shown_name(one.grant.decision.person), "decision": one.grant.decision}
            for one in found.lines
        ],
        on=on,
    )
    keep_read("ho-tro", [one.grant.decision.person.public_id for one in found.lines])
    return page
