"""«Hỗ trợ của tôi»: one's own decisions, grants, payments, and what happens to whoever leaves before the end."""

from collections.abc import Sequence
from typing import Any

from flask import render_template
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session

from registry.accounts.access import current_account, require
from registry.accounts.rules import Permission
from registry.grants.forms import words
from registry.grants.models import EligibilityDecision, Grant
from registry.grants.operations import OWN_GRANTS, Act, act_of
from registry.grants.queries.listing import own_decisions
from registry.grants.queries.sealed import Tampered, frozen_of, words_of
from registry.grants.queries.totals import figures_by_grant
from registry.grants.rules import DecisionState, EventKind, Figures, GrantState, decision_standing
from registry.grants.views.blueprint import OpenedGrant, bp, day, money
from registry.grants.views.show import gives, promise_words, safely_frozen
from registry.people.queries import own_record
from registry.web.clock import now
from registry.web.database import db_session


@bp.get(OWN_GRANTS)
@require(Permission.PROFILE_OWN)
def own_grants() -> ResponseReturnValue:
    """Everything that was decided about oneself, in plain words."""
    session, act = db_session(), act_of(current_account().id, now())
    person = own_record(session, current_account().id)
    found: Sequence[tuple[EligibilityDecision, Grant | None]] = (
        () if person is None else own_decisions(session, person)
    )
    figures = figures_by_grant(session, [grant.id for _one, grant in found if grant is not None])
    return render_template(
        "grants/own.html",
        lines=[_line(session, act, decision, grant, figures) for decision, grant in found],
        on=act.on,
    )


def _line(
    session: Session,
    act: Act,
    decision: EligibilityDecision,
    grant: Grant | None,
    figures: dict[int, Figures],
) -> dict[str, Any]:
    is_used = grant is not None and grant.state is not GrantState.PLANNED
    state = decision_standing(decision.state, decision.expires_on, act.on, is_used=is_used)
    return {
        "decision": decision,
        "title": decision.policy_version.title,
        "version": decision.policy_version.number,
        "policy": decision.policy_version.policy.code,
        "need": "" if decision.need is None else decision.need.title,
        "groups": _groups(session, decision),
        "state": (words.DECISION[state], words.DECISION_TAG[state]),
        "reason": _reason(session, decision),
        "decided_on": day(decision.decided_on),
        "grant": None if grant is None else _grant(session, act, decision, grant, figures),
    }


def _groups(session: Session, decision: EligibilityDecision) -> list[str]:
    try:
        frozen = frozen_of(session, decision)
    except Tampered:
        frozen = None
    return [] if frozen is None else [one["title"] for one in frozen["groups"]]


def _reason(session: Session, decision: EligibilityDecision) -> str:
    """Why it was refused or revoked; a note that goes with an approval is the office's."""
    if decision.state not in (DecisionState.REFUSED, DecisionState.REVOKED) or not decision.steps:
        return ""
    return words_of(session, decision.steps[-1])


def _grant(
    session: Session,
    act: Act,
    decision: EligibilityDecision,
    grant: Grant,
    figures: dict[int, Figures],
) -> dict[str, Any]:
    opened = OpenedGrant(session, decision, act, grant)
    parts = [(line, one) for line in grant.lines for one in line.payments]
    parts.sort(key=lambda pair: (pair[1].due_on, pair[1].id))
    return {
        "state": (words.GRANT[grant.state], words.GRANT_TAG.get(grant.state, "")),
        "figures": figures.get(grant.id, Figures()),
        "lines": [
            {
                "text": line.text,
                "clause": line.clause,
                "gives": gives(line),
                "fixed": money(line.amount_vnd),
                "period": words.PERIOD[line.period],
                "formula": "" if line.formula == gives(line) else line.formula,
                "is_verified": line.is_verified,
            }
            for line in grant.lines
        ],
        "payments": [
            {
                "text": line.text,
                "due_on": day(one.due_on),
                "paid_on": day(one.paid_on),
                "sum": money(one.amount_vnd),
                "state": (words.PAYMENT[one.state], words.PAYMENT_TAG.get(one.state, "")),
            }
            for line, one in parts
        ],
        "promised": promise_words(opened, safely_frozen(opened), act.on),
        "events": [
            {"text": words.EVENT[one.kind], "on": day(one.on_day), "why": words_of(session, one)}
            for one in grant.events
            if one.kind is not EventKind.COMMITTED
        ],
    }
