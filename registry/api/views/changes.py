"""`/changes`: what another system has to read again, without asking for everything."""

from flask import Response

from registry.api.access import api_viewer, require_scope
from registry.api.queries.changes import EVERYBODY, Mark, changes_after, is_followable, mark_of_now
from registry.api.rules import ApiScope, cursor_of, parts_of
from registry.api.schemas.changes import Change, Changes, ChangesAsked, Kind, What
from registry.api.schemas.document import Operation
from registry.api.views.answering import asked, refuse_mark, told
from registry.api.views.blueprint import programs
from registry.api.views.document import documented
from registry.api.views.examples import CHANGES
from registry.people.queries import is_public_id
from registry.web.clock import today
from registry.web.database import db_session
from registry.web.problems import Refused

_CHANGES = ApiScope.CHANGES_READ
_MOST = 2**53


@programs.get("/changes")
@documented(
    Operation(
        "Hồ sơ trong phạm vi đã thay đổi hoặc không còn thấy được từ một dấu mốc",
        Changes,
        "Thay đổi",
        _CHANGES,
        query=ChangesAsked,
        failures=(410,),
        example=CHANGES,
        is_conditional=True,
    )
)
@require_scope(_CHANGES)
def changes() -> Response:
    """Ids of people that changed, or went out of sight, in the order in which it happened."""
    page, session = asked(ChangesAsked), db_session()
    if page.since is None:
        return told(Changes(items=[], next=cursor_of(*mark_of_now(session)), has_more=False))
    mark = _mark(page.since)
    if not is_followable(session, mark):
        raise Refused(410)
    now = mark_of_now(session)
    found, has_more = changes_after(session, api_viewer(), mark, limit=page.limit, on=today())
    reached = Mark(found[-1].n, found[-1].public_id) if has_more else now
    items = [
        Change(kind=Kind.PERSON, id=one.public_id, change=What.CHANGED if one.is_visible else What.GONE)
        for one in found
    ]
    return told(Changes(items=items, next=cursor_of(*reached), has_more=has_more))


def _mark(since: str) -> Mark:
    parts = parts_of(since, int, str)
    if parts is None:
        refuse_mark("since")
    mark = Mark(int(parts[0]), str(parts[1]))
    if not 0 <= mark.n <= _MOST or (mark.public_id != EVERYBODY and not is_public_id(mark.public_id)):
        refuse_mark("since")
    return mark
