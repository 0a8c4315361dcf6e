"""«In phiếu đề xuất»: a kept sheet as PDF, with a purpose that stands on it and in the log."""

from typing import Any

from flask import render_template
from flask.typing import ResponseReturnValue

from registry.accounts.access import current_account, proved_lately, require
from registry.accounts.rules import Permission
from registry.offers.models import OfferSheet
from registry.offers.views.sheets import name_on, opened_sheet, readable_content
from registry.papers.forms import OfferPaperForm
from registry.papers.operations import note_offer
from registry.papers.rules.kinds import PaperFormat
from registry.papers.views.blueprint import Busy, as_file, bp, in_turn
from registry.papers.views.offer_paper import offer_paper
from registry.web.clock import now
from registry.web.database import db_session
from registry.web.errors import NotVisible


@bp.get("/de-xuat/<ma>/in")
@require(Permission.MATCHING_READ)
def ask_offer(ma: str) -> ResponseReturnValue:
    """What it is for."""
    row, _content = _readable(ma)
    return _page(row, OfferPaperForm(formdata=None))


@bp.post("/de-xuat/<ma>/in")
@require(Permission.MATCHING_READ)
@proved_lately
def take_offer(ma: str) -> ResponseReturnValue:
    """The file, of a sheet that the viewer may read at this moment."""
    row, content = _readable(ma)
    form = OfferPaperForm()
    if not form.validate():
        return _page(row, form), 422
    try:
        with in_turn():
            return _file(row, content, form)
    except Busy:
        return _page(row, form, is_busy=True), 503


def _readable(ma: str) -> tuple[OfferSheet, dict[str, Any]]:
    row = opened_sheet(ma)
    content = readable_content(row)
    if content is None:
        raise NotVisible
    return row, content


def _page(row: OfferSheet, form: OfferPaperForm, *, is_busy: bool = False) -> str:
    return render_template("papers/offer.html", row=row, name=name_on(row), form=form, is_busy=is_busy)


def _file(row: OfferSheet, content: dict[str, Any], form: OfferPaperForm) -> ResponseReturnValue:
    session, account, at = db_session(), current_account(), now()
    purpose, text = str(form.purpose.data), str(form.purpose_text.data)
    note_offer(session, account.id, row, purpose=purpose, purpose_text=text, at=at)
    session.commit()
    paper = offer_paper(session, row, content, name_on(row), account.display_name, purpose, text, at)
    code = row.need.code
    session.rollback()  # nobody who writes shall wait while the file is typeset
    return as_file(paper, PaperFormat.PDF, f"phieu-de-xuat-{code}")
