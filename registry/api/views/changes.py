"""`/changes`: what another system has to read again, without asking for everything."""

from flask import Response

from registry.api.access import api_viewer, current_caller, require_scope
from registry.api.queries.changes import EVERYBODY, Changed, Mark, changes_after, is_followable, mark_of_now
from registry.api.rules import ApiScope, cursor_of, parts_of
from registry.api.schemas.changes import Change, Changes, ChangesAsked, Kind, What
from registry.api.schemas.document import Operation
from registry.api.views.answering import asked, refuse_mark, told
from registry.api.views.blueprint import programs
from registry.api.views.document import documented
from registry.api.views.examples import CHANGES
from registry.needs.rules import FINAL_STATES
from registry.people.queries import is_public_id
from registry.web.clock import today
from registry.web.database import db_session
from registry.web.problems import Refused

_CHANGES = ApiScope.CHANGES_READ
_MOST = 2**53


@programs.get("/changes")
@documented(
    Operation(
        "Hồ sơ trong phạm vi đã thay đổi hoặc không còn thấy được từ một dấu mốc; khóa có «needs:read» thấy cả nhu cầu",
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
    """Ids of people and needs that changed, or went out of sight, in the order in which it happened."""
    page, session = asked(ChangesAsked), db_session()
    if page.since is None:
        return told(Changes(items=[], next=cursor_of(*mark_of_now(session)), has_more=False))
    mark = _mark(page.since)
    if not is_followable(session, mark):
        raise Refused(410)
    now = mark_of_now(session)
    with_needs = current_caller().may(ApiScope.NEEDS_READ)
    found, has_more = changes_after(
        session, api_viewer(), mark, limit=page.limit, on=today(), with_needs=with_needs
    )
    reached = Mark(found[-1].n, found[-1].public_id) if has_more else now
    items = [_told(one) for one in found]
    return told(Changes(items=items, next=cursor_of(*reached), has_more=has_more))


def _told(one: Changed) -> Change:
    what = What.CLOSED if one.state in FINAL_STATES else What.CHANGED
    kind = Kind.NEED if one.is_need else Kind.PERSON
    return Change(kind=kind, id=one.public_id, change=what if one.is_visible else What.GONE)


def _mark(since: str) -> Mark:
    parts = parts_of(since, int, str)
    if parts is None:
        refuse_mark("since")
    mark = Mark(int(parts[0]), str(parts[1]))
    if not 0 <= mark.n <= _MOST or (mark.public_id != EVERYBODY and not is_public_id(mark.public_id)):
        refuse_mark("since")
    return mark
