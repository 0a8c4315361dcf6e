"""«Ngân sách»: the lines, what was entered for them, and entering more."""

from flask import flash, redirect, render_template
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session

from registry.accounts.access import current_account, require
from registry.accounts.rules import Permission
from registry.campaigns.forms.campaign import EntryForm
from registry.campaigns.forms.words import ENTRY
from registry.campaigns.models import Campaign
from registry.campaigns.operations.parts import enter_money
from registry.campaigns.queries.campaigns import names_of
from registry.campaigns.queries.overview import budget_of
from registry.campaigns.views.blueprint import bp, head_of, page_of, session_and
from registry.policies.rules.budgets import EntryKind, sums_of
from registry.web.clock import now, today
from registry.web.i18n import gettext as _


@bp.get("/chien-dich/<ma>/ngan-sach")
@require(Permission.CAMPAIGNS_READ)
def spending(ma: str) -> ResponseReturnValue:
    """The lines and their entries."""
    session, campaign = session_and(ma)
    form = EntryForm(formdata=None, data={"on": today()})
    return _page(session, campaign, form)


@bp.post("/chien-dich/<ma>/ngan-sach")
@require(Permission.CAMPAIGNS_WRITE)
def enter(ma: str) -> ResponseReturnValue:
    """Enter money of a line that no grant pays."""
    session, campaign = session_and(ma, to_write=True)
    form = EntryForm()
    form.offer(_lines(campaign))
    if not form.validate():
        return _page(session, campaign, form), 422
    line = next(one for one in campaign.lines if one.public_id == form.line.data)
    amount = (form.amount.vnd or 0) * (-1 if form.takes_back.data else 1)
    assert form.on.data is not None  # noqa: S101 - it is required
    enter_money(
        session,
        campaign,
        line,
        EntryKind(form.kind.data),
        amount,
        on=form.on.data,
        note=str(form.note.data or ""),
        by=current_account().id,
        at=now(),
    )
    session.commit()
    flash(_("Đã ghi."), "ok")
    return redirect(page_of(campaign, "spending"), 303)


def _lines(campaign: Campaign) -> list[tuple[str, str]]:
    return [(one.public_id, one.name) for one in campaign.lines if not one.from_grants]


def _page(session: Session, campaign: Campaign, form: EntryForm) -> str:
    form.offer(_lines(campaign))
    lines = budget_of(session, campaign)
    names = names_of(session, [one.by_id for line in campaign.lines for one in line.entries])
    return render_template(
        "campaigns/spending.html",
        **head_of(campaign, "spending"),
        form=form,
        lines=lines,
        sums=sums_of(lines),
        has_lines=bool(_lines(campaign)),
        entries=[
            {
                "line": line.name,
                "kind": ENTRY[one.kind],
                "amount": one.amount_vnd,
                "on": one.on,
                "note": one.note,
                "who": names.get(one.by_id or 0, ""),
            }
            for line in campaign.lines
            for one in line.entries
        ],
    )
