"""«Danh sách rút gọn» of a need: who is on its lists, and where each stands in the ranking of today."""

from collections.abc import Collection
from typing import Any

from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session

from registry.accounts.access import current_account, current_viewer, require, signed_in_viewer
from registry.accounts.rules import Permission
from registry.matching.queries.kept_searches import entries_of, shortlisted_for, shortlists_of
from registry.matching.views.blueprint import bp, page, record_shown
from registry.matching.views.for_need import against
from registry.matching.views.picked import MOST
from registry.needs.models import Need
from registry.needs.queries import get_need
from registry.needs.views.register import head_of
from registry.people import queries
from registry.people.models import Person
from registry.people.views.introduced import in_need
from registry.web.clock import today
from registry.web.database import db_session
from registry.web.errors import NotVisible


def shortlisted(need: Need) -> Collection[str] | None:
    """The public ids of who is shortlisted for a need; None for a viewer who may not see people."""
    viewer = signed_in_viewer()
    if viewer is None or not viewer.can(Permission.PEOPLE_READ):
        return None
    reading = viewer.limited_to(Permission.PEOPLE_READ)
    return shortlisted_for(db_session(), reading, current_account().id, need, on=today())


@bp.get("/nhu-cau/<ma>/danh-sach")
@require(Permission.PEOPLE_READ)
def need_shortlists(ma: str) -> ResponseReturnValue:
    """Who is on the lists of a need, list by list, each with points and place of today."""
    session, viewer, on = db_session(), current_viewer(), today()
    need = get_need(session, viewer.limited_to(Permission.NEEDS_READ), ma)
    if need is None:
        raise NotVisible
    lists = [
        (one, entries_of(session, viewer, one, on=on))
        for one in shortlists_of(session, viewer, current_account().id, need)
    ]
    people = {row.person.public_id: row.person for _list, rows in lists for row in rows}
    record_shown("people.listed", sorted(people), need=need.public_id)
    for_need = in_need(viewer, need.public_id)
    return page(
        "need_shortlists.html",
        **head_of(need),
        need=need,
        tab="shortlists",
        lists=[
            (one, [(row, queries.display_name(row.person, for_need)) for row in rows]) for one, rows in lists
        ],
        scores=_scores(session, need, list(people.values())),
        most_compared=MOST,
    )


def _scores(session: Session, need: Need, people: list[Person]) -> dict[str, dict[str, Any]]:
    """How each stands, for viewers who may see a ranking of this need."""
    viewer = signed_in_viewer()
    at = (need.unit_path, need.organisation_path)
    if viewer is None or not people or not viewer.can(Permission.MATCHING_READ, at=at):
        return {}
    return against(session, need, people)
