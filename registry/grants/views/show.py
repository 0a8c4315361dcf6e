"""One grant: its lines with clause and formula, the schedule, the commitment, what happened, what may be done."""

from typing import Any

from flask import render_template, request
from flask.typing import ResponseReturnValue

from registry import formats
from registry.accounts.access import require
from registry.accounts.queries import known_by
from registry.accounts.rules import Permission
from registry.grants.forms import words
from registry.grants.forms.asked_day import asked_day
from registry.grants.models import GrantLine, GrantPayment
from registry.grants.operations import is_fixed
from registry.grants.queries.promised import end_of, repayable_on
from registry.grants.queries.rechecking import restated
from registry.grants.queries.sealed import Tampered, frozen_of, ground_of, words_of
from registry.grants.queries.totals import figures_by_grant
from registry.grants.rules import (
    PAYING,
    EventKind,
    Figures,
    GrantState,
    PaymentState,
    repayment_of,
)
from registry.grants.views.acting import is_open, open_doings
from registry.grants.views.blueprint import OpenedGrant, bp, day, keep_read, money, open_grant
from registry.grants.views.deciding import head_of
from registry.grants.views.paying import may_be_fixed
from registry.policies.rules import Repayable
from registry.web.i18n import current_language
from registry.web.i18n import gettext as _


@bp.get("/ho-tro/<ma>")
@require(Permission.GRANTS_READ)
def show(ma: str) -> ResponseReturnValue:
    """The grant; with «ngay» what would be repayable on that day."""
    opened = open_grant(ma)
    grant, decision = opened.grant, opened.decision
    may_decide = opened.can(Permission.GRANTS_DECIDE)
    frozen = safely_frozen(opened)
    asked = asked_day(request.args.get("ngay", ""), opened.act.on)
    page = render_template(
        "grants/show.html",
        grant=grant,
        decision=decision,
        head=head_of(decision),
        state=(words.GRANT[grant.state], words.GRANT_TAG.get(grant.state, "")),
        figures=figures_by_grant(opened.session, [grant.id]).get(grant.id, Figures()),
        lines=[line_words(opened, one, may_decide=may_decide) for one in grant.lines],
        payments=_payments(opened, may_decide=may_decide),
        asked=asked,
        promised=promise_words(opened, frozen, asked.day),
        events=_events(opened),
        doings=open_doings(opened) if may_decide else [],
        may_waive=opened.can(Permission.GRANTS_APPROVE) and is_open(opened, EventKind.WAIVED),
        is_planned=grant.state is GrantState.PLANNED,
        all_fixed=all(is_fixed(one) for one in grant.lines),
        restated=restated(opened.session, grant, on=opened.act.on),
        tampered=frozen is None and decision.frozen_sealed is not None,
    )
    keep_read("ho-tro", [decision.person.public_id])
    return page


def safely_frozen(opened: OpenedGrant) -> dict[str, Any] | None:
    """What was frozen; None once erased, and where it is not what was frozen."""
    try:
        return frozen_of(opened.session, opened.decision)
    except Tampered:
        return None


def line_words(opened: OpenedGrant, line: GrantLine, *, may_decide: bool) -> dict[str, Any]:
    """A line as the page shows it: what the text gives, what was fixed, why."""
    return {
        "line": line,
        "gives": gives(line),
        "formula": "" if line.formula == gives(line) else line.formula,
        "fixed": None if line.amount_vnd is None else money(line.amount_vnd),
        "period": words.PERIOD[line.period],
        "ground": ground_of(opened.session, line),
        "is_fixed": is_fixed(line),
        "may_fix": may_decide and opened.grant.state is GrantState.PLANNED and may_be_fixed(line),
    }


def gives(line: GrantLine) -> str:
    """What the text gives: a sum, a range, a ceiling; never a ceiling as a sum."""
    kind = line.kind.value
    if kind == "range":
        return _("từ %(low)s đến %(high)s", low=money(line.low_vnd), high=money(line.high_vnd))
    if kind == "up_to":
        return _("không quá %(high)s", high=money(line.high_vnd))
    if kind == "fixed":
        return money(line.high_vnd)
    return str(words.LINE[line.kind])


def _payments(opened: OpenedGrant, *, may_decide: bool) -> list[dict[str, Any]]:
    parts = [(line, one) for line in opened.grant.lines for one in line.payments]
    parts.sort(key=lambda pair: (pair[1].due_on, pair[1].id))
    may_pay = may_decide and opened.grant.state in PAYING
    return [
        {
            "payment": one,
            "text": line.text,
            "sum": money(one.amount_vnd),
            "state": (words.PAYMENT[one.state], words.PAYMENT_TAG.get(one.state, "")),
            "is_late": _is_late(opened, one),
            "may_pay": may_pay and one.state is PaymentState.COMMITTED,
            "may_undo": may_decide
            and one.state is PaymentState.PAID
            and opened.grant.state in (*PAYING, GrantState.SUSPENDED, GrantState.COMPLETED),
        }
        for line, one in parts
    ]


def _is_late(opened: OpenedGrant, payment: GrantPayment) -> bool:
    return payment.state is PaymentState.COMMITTED and payment.due_on < opened.act.on


def promise_words(opened: OpenedGrant, frozen: dict[str, Any] | None, on: Any) -> dict[str, Any] | None:
    """The commitment as pages show it, with what would be repayable on a day."""
    promised = opened.grant.commitment
    if promised is None:
        return None
    terms = repayment_of(frozen or {})
    return {
        "promised": promised,
        "state": (words.COMMITMENT[promised.state], words.COMMITMENT_TAG.get(promised.state, "")),
        "starts_on": day(promised.starts_on),
        "until": day(end_of(opened.grant, promised, opened.act.on)),
        "first_until": day(promised.first_until),
        "is_moved": promised.until != promised.first_until,
        "on": on,
        "repayable": repay_words(repayable_on(frozen, opened.grant, on)),
        "rule": words.REPAYMENT[terms.kind],
        "clause": terms.clause,
        "deadline": terms.deadline_days,
        "grounds": terms.waived_when,
        "left": None
        if promised.repayable_vnd is None
        else money(promised.repayable_vnd - promised.repaid_vnd),
        "found": money(promised.repayable_vnd),
        "found_formula": words.formula_words(promised.repayable_formula),
        "repaid": money(promised.repaid_vnd),
    }


def repay_words(found: Repayable | None) -> dict[str, Any] | None:
    """A sum to pay back with its formula; nothing where it cannot be computed."""
    if found is None:
        return None
    return {
        "sum": None if found.vnd is None else money(found.vnd),
        "formula": words.formula_words(found.formula),
    }


def _events(opened: OpenedGrant) -> list[dict[str, Any]]:
    events = list(opened.grant.events)
    names = known_by(opened.session, [one.by_id for one in events if one.by_id is not None])
    found: list[dict[str, Any]] = []
    for one in reversed(events):
        until = one.to_day if one.kind in (EventKind.SUSPENDED, EventKind.EXTENDED) else None
        when = formats.date_range(one.on_day, until, current_language()) if until else day(one.on_day)
        parts = [
            money(one.amount_vnd),
            one.number,
            names.get(one.by_id or 0, ("", ""))[1],
            words_of(opened.session, one),
        ]
        found.append(
            {
                "when": when,
                "iso": one.at.isoformat(),
                "text": words.EVENT[one.kind],
                "sub": " · ".join(part for part in parts if part),
            }
        )
    return found
