"""The ranking of a need with why, as `registry match` prints it."""

from flask import Response

from registry.api.access import api_viewer, require_scope
from registry.api.rules import ApiScope, cursor_of, parts_of
from registry.api.schemas.document import Operation
from registry.api.schemas.matches import Matches, MatchesAsked
from registry.api.views.answering import asked, keep_look, refuse_mark, told
from registry.api.views.blueprint import programs
from registry.api.views.document import documented
from registry.api.views.examples import MATCHES
from registry.api.views.needs import visible_need
from registry.matching.queries import match_document
from registry.web.clock import today
from registry.web.database import db_session
from registry.web.problems import Refused
from registry.web.turns import NoTurn, turns

_MATCHES = ApiScope.MATCHES_READ
_PATIENCE_SECONDS = 2.0
_LAST_START = 1_000_000


@programs.get("/needs/<ma>/matches")
@documented(
    Operation(
        "Bảng xếp hạng của một nhu cầu trong phạm vi, kèm giải thích",
        Matches,
        "Nhu cầu",
        _MATCHES,
        path={"ma": {"description": "Mã công khai"}},
        query=MatchesAsked,
        failures=(404,),
        example=MATCHES,
        is_conditional=True,
    )
)
@require_scope(_MATCHES)
def matches(ma: str) -> Response:
    """A page of the ranking. A costly answer: it waits its turn like the pages of the screens."""
    page, need = asked(MatchesAsked), visible_need(ma)
    start = _start(page.after)
    try:
        with turns().one(_PATIENCE_SECONDS):
            made = match_document(db_session(), need, api_viewer(), today(), top=page.limit + 1, start=start)
    except NoTurn as busy:
        raise Refused(503, headers={"Retry-After": "2"}) from busy
    rows, has_more = made["rows"][: page.limit], len(made["rows"]) > page.limit
    mark = cursor_of(start + page.limit) if has_more else None
    answer = told(Matches.model_validate(made | {"rows": rows, "next": mark}, strict=False))
    keep_look("match.listed", [row["person"] for row in rows], need=need.public_id)
    return answer


def _start(mark: str | None) -> int:
    if mark is None:
        return 0
    parts = parts_of(mark, int)
    if parts is None or not 0 <= int(parts[0]) <= _LAST_START:
        refuse_mark("after")
    return int(parts[0])
