"""«In xếp hạng»: the head of the ranking of a need on paper, as filtered and tried out, with a purpose."""

from flask import render_template, request, url_for
from flask.typing import ResponseReturnValue

from registry.accounts.access import current_account, current_viewer, proved_lately, require
from registry.accounts.rules import Permission
from registry.matching.queries import Window, people_shown
from registry.matching.views.blueprint import visible_need
from registry.matching.views.ranking import asked_in, left_out, ranked_as
from registry.needs.models import Need
from registry.papers.forms import RankingPaperForm, ranking_form
from registry.papers.operations import note_ranking
from registry.papers.rules.kinds import PaperFormat
from registry.papers.views.blueprint import Busy, as_file, bp, in_turn
from registry.papers.views.ranking_paper import Printed, ranking_paper
from registry.people.views.introduced import in_need
from registry.web.clock import now, today
from registry.web.database import db_session


@bp.get("/nhu-cau/<ma>/xep-hang/in")
@require(Permission.MATCHING_READ)
def ask_ranking(ma: str) -> ResponseReturnValue:
    """What it is for, and how many people."""
    return _page(visible_need(db_session(), ma), ranking_form(is_sent=False))


@bp.post("/nhu-cau/<ma>/xep-hang/in")
@require(Permission.MATCHING_READ)
@proved_lately
def take_ranking(ma: str) -> ResponseReturnValue:
    """The file, of whom the viewer may match and name at this moment."""
    need, form = visible_need(db_session(), ma), ranking_form(is_sent=True)
    if not form.validate():
        return _page(need, form), 422
    try:
        with in_turn():
            return _file(need, form)
    except Busy:
        return _page(need, form, is_busy=True), 503


def _page(need: Need, form: RankingPaperForm, *, is_busy: bool = False) -> str:
    asked = asked_in(request.args)
    return render_template(
        "papers/ranking.html",
        need=need,
        form=form,
        is_busy=is_busy,
        asked=asked,
        back=url_for("matching.ranking", ma=need.public_id, **asked.arguments()),
        workbook=url_for("exports.ranking", ma=need.public_id, **asked.arguments()),
    )


def _file(need: Need, form: RankingPaperForm) -> ResponseReturnValue:
    session, account, at = db_session(), current_account(), now()
    asked = asked_in(request.args)
    window = Window(0, int(form.rows.data), asked.minimum * 100, without=left_out(asked))
    found, asked = ranked_as(need, asked, window)
    people = people_shown(session, current_viewer(), [row.person for row in found.rows], found.as_of)
    note_ranking(
        session,
        account.id,
        need.public_id,
        list(people),
        purpose=str(form.purpose.data),
        purpose_text=str(form.purpose_text.data),
        at=at,
    )
    session.commit()
    printed = Printed(
        need=need,
        found=found,
        asked=asked,
        people=people,
        viewer=in_need(current_viewer(), need.public_id),
        who=account.display_name,
        purpose=str(form.purpose.data),
        purpose_text=str(form.purpose_text.data),
        on=today(),
        at=at,
    )
    paper = ranking_paper(session, printed)
    session.rollback()  # nobody who writes shall wait while the file is typeset
    return as_file(paper, PaperFormat.PDF, f"xep-hang-{need.code}")
