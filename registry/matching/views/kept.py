"""A kept ranking: its rows as they stood, scored again from what was kept, beside where the people stand today."""

from collections.abc import Mapping
from typing import Any

from flask.typing import ResponseReturnValue

from registry.accounts.access import current_viewer, require
from registry.accounts.rules import Permission, Viewer
from registry.matching.engine.changes import Move, moves
from registry.matching.queries import Ranked, Rescored, Window, people_shown, ranked, rescored, run_of
from registry.matching.queries.changes import run_after, run_before, scopes_of, standings_of
from registry.matching.views import shifts
from registry.matching.views.blueprint import bp, page, record_shown, visible_need
from registry.needs.views.register import head_of
from registry.people.queries import PersonCard, display_name
from registry.people.views.introduced import in_need
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
    earlier, newer = run_before(session, run), run_after(session, run)
    moved = (
        {}
        if earlier is None
        else {one.person: one for one in moves(standings_of(earlier), standings_of(run))}
    )
    gone = [one for one in moved.values() if one.after is None]
    ids = [row.person for row in run.rows if row.person]
    fresh = ranked(session, need, current_viewer(), today(), window=Window(count=0, about=tuple(ids)))
    viewer = in_need(current_viewer(), need.public_id)
    people = people_shown(session, current_viewer(), [*ids, *(one.person for one in gone)], today())
    record_shown("match.kept_read", list(people), need=need.public_id, run=run.public_id)
    again = rescored(run)
    lines = [_line(one, fresh, people, moved, viewer) for one in again]
    # Of a ranking of more people than the viewer may see, only theirs are shown.
    is_own = run.scopes == scopes_of(current_viewer())
    return page(
        "kept.html",
        **head_of(need),
        need=need,
        tab="ranking",
        run=run,
        rows=[line for line in lines if is_own or line["name"]],
        is_own=is_own,
        earlier=earlier,
        newer=newer,
        gone=[
            (display_name(people[one.person].person, viewer), shifts.note(one))
            for one in gone
            if one.person in people
        ],
        agreeing=sum(one.agrees is True for one in again),
        differing=sum(one.agrees is False for one in again),
    )


def _line(
    one: Rescored,
    fresh: Ranked,
    people: dict[str, PersonCard],
    moved: Mapping[str, Move],
    viewer: Viewer,
) -> dict[str, Any]:
    """A kept row and the same person today; somebody who may not be shown any more has neither name nor today."""
    shown = people.get(one.row.person or "")
    match = fresh.match_of(shown.person.public_id) if shown else None
    move = moved.get(shown.person.public_id) if shown else None
    return {
        "row": one.row,
        "mark": shifts.mark(move) if move else None,
        "note": shifts.note(move) if move else None,
        "agrees": one.agrees,
        "name": display_name(shown.person, viewer) if shown else None,
        "rank_today": fresh.rank_of(match.person) if match else None,
        "score_today": match.certain if match else None,
    }
