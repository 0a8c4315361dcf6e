"""«Sổ cam kết»: every commitment, whose end comes first, with what would be repayable on a chosen day."""

from typing import Any

from flask import render_template, request
from flask.typing import ResponseReturnValue

from registry.accounts.access import current_viewer, require
from registry.accounts.rules import Permission
from registry.grants.forms import words
from registry.grants.forms.asked_day import asked_day
from registry.grants.models import Grant
from registry.grants.queries.filters import ledger_states
from registry.grants.queries.listing import commitments
from registry.grants.queries.promised import end_of, paid_until, repayable_on
from registry.grants.queries.sealed import Tampered, frozen_of
from registry.grants.rules import BOUND, CommitmentState
from registry.grants.views.blueprint import bp, keep_read, money, shown_name
from registry.policies.rules import alert
from registry.web.clock import today
from registry.web.database import db_session
from registry.web.paging import page_number

_KNOWN = {one.value: words.COMMITMENT[one] for one in CommitmentState}


@bp.get("/cam-ket")
@require(Permission.GRANTS_READ)
def ledger() -> ResponseReturnValue:
    """The ledger, narrowed by state; «ngay» is the day repayment is asked for."""
    session, on = db_session(), today()
    states = ledger_states(request.args.items(multi=True))
    asked = asked_day(request.args.get("ngay", ""), on)
    found = commitments(session, current_viewer(), states, page_number(request.args.get("trang")), on=on)
    page = render_template(
        "grants/ledger.html",
        found=found,
        lines=[_line(one, asked.day, on) for one in found.rows],
        states=_KNOWN,
        chosen={one.value for one in states},
        asked=asked,
        args={"trang-thai": sorted(one.value for one in states), "ngay": request.args.get("ngay", "")[:20]},
    )
    keep_read("cam-ket", [one.decision.person.public_id for one in found.rows])
    return page


def _line(grant: Grant, day: Any, on: Any) -> dict[str, Any]:
    promised = grant.commitment
    if promised is None:
        raise LookupError("the ledger holds grants with a commitment")
    until = end_of(grant, promised, on)
    return {
        "grant": grant,
        "name": shown_name(grant.decision.person),
        "title": grant.decision.policy_version.title,
        "state": (words.COMMITMENT[promised.state], words.COMMITMENT_TAG.get(promised.state, "")),
        "starts_on": promised.starts_on,
        "until": until,
        "alert": alert(until, on) if promised.state is CommitmentState.RUNNING and until >= on else None,
        "paid": money(paid_until(grant, day)),
        "repayable": _repayable(grant, day) if promised.state in BOUND else ("", ""),
        "left": money((promised.repayable_vnd or 0) - promised.repaid_vnd)
        if promised.state is CommitmentState.BREACHED
        else "",
    }


def _repayable(grant: Grant, day: Any) -> tuple[str, str]:
    """(sum, formula) on a day; both empty where nothing can be computed any more."""
    try:
        found = repayable_on(frozen_of(db_session(), grant.decision), grant, day)
    except Tampered:
        return "", ""
    return ("", "") if found is None else (money(found.vnd), found.formula)
