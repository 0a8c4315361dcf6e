"""A kept ranking: its rows as they stood, scored again from what was kept, beside where the people stand today."""

from typing import Any

from flask.typing import ResponseReturnValue

from registry.accounts.access import current_viewer, require
from registry.accounts.rules import Permission
from registry.matching.queries import Ranked, Rescored, Window, people_shown, ranked, rescored, run_of
from registry.matching.views.blueprint import bp, page, record_shown, visible_need
from registry.needs.views.register import head_of
from registry.people.queries import PersonCard, display_name
from registry.web.clock import today
from registry.web.database import db_session
from registry.web.errors import NotVisible


@bp.get("/nhu-cau/<ma>/xep-hang/ban-luu/<ban>")
@require(Permission.MATCHING_READ)
def kept(ma: str, ban: str) -> ResponseReturnValue:
    """One kept ranking of the need."""
    session = db_session()
    need = visible_need(session, ma)
    run = run_of(session, need, ban)
    if run is None:
        raise NotVisible
    ids = [row.person for row in run.rows if row.person]
    fresh = ranked(session, need, current_viewer(), today(), window=Window(count=0, about=tuple(ids)))
    people = people_shown(session, current_viewer(), ids, today())
    record_shown("match.kept_read", list(people), need=need.public_id, run=run.public_id)
    again = rescored(run)
    return page(
        "kept.html",
        **head_of(need),
        need=need,
        tab="ranking",
        run=run,
        rows=[_line(one, fresh, people) for one in again],
        agreeing=sum(one.agrees is True for one in again),
        differing=sum(one.agrees is False for one in again),
    )


def _line(one: Rescored, fresh: Ranked, people: dict[str, PersonCard]) -> dict[str, Any]:
    """A kept row and the same person today; somebody who may not be shown any more has neither name nor today."""
    shown = people.get(one.row.person or "")
    match = fresh.match_of(shown.person.public_id) if shown else None
    return {
        "row": one.row,
        "agrees": one.agrees,
        "name": display_name(shown.person, current_viewer()) if shown else None,
        "rank_today": fresh.rank_of(match.person) if match else None,
        "score_today": match.certain if match else None,
    }
