"""What changes about picked people when they were picked for a need: whom they are compared against, on which list
they go, where one comes back to. The need travels in the address as `nhu_cau`, and its rights are asked every time.
"""

from typing import Any

from flask import request, url_for
from sqlalchemy.orm import Session

from registry.accounts.access import current_account, current_viewer
from registry.accounts.rules import Permission
from registry.matching.engine.outcome import Standing
from registry.matching.queries import Window, ranked
from registry.matching.queries.kept_searches import needs_to_choose, shortlists
from registry.matching.views import cards
from registry.needs.models import Need
from registry.needs.queries import get_need
from registry.people.models import Person
from registry.people.queries import is_public_id
from registry.people.views.introduced import NEED
from registry.web.clock import today
from registry.web.i18n import gettext as _


def need_asked(session: Session, permission: Permission) -> Need | None:
    """The need the request names, if the viewer may see it with this permission."""
    asked, viewer = need_id_asked(), current_viewer()
    if asked is None:
        return None
    return get_need(session, viewer.limited_to(permission), asked)


def need_id_asked() -> str | None:
    """The id of a need as the request names it, to be carried on; whether it may be seen is asked where it is used."""
    asked = (request.form if NEED in request.form else request.args).get(NEED, "")
    return asked if is_public_id(asked) else None


def needs_offered(session: Session, need: Need | None = None) -> list[tuple[str, str]]:
    """The needs to choose from, by public id; `need` is among them whatever its state."""
    found = list(needs_to_choose(session, current_viewer()))
    if need is not None and need not in found:
        found.insert(0, need)
    return [(one.public_id, f"{one.code} · {one.title}") for one in found]


def lists_offered(session: Session, need: Need | None) -> list[tuple[str, str, int]]:
    """The lists to choose from: id, name, how many people. Those made for `need` come first and say so."""
    found = shortlists(session, current_viewer(), current_account().id)
    own = [(one, count) for one, count in found if need is not None and one.need_id == need.id]
    others = [(one, count) for one, count in found if need is None or one.need_id != need.id]
    return [
        *((one.public_id, _("%(name)s (của nhu cầu này)", name=one.name), count) for one, count in own),
        *((one.public_id, one.name, count) for one, count in others),
    ]


def chosen_for(session: Session, need: Need | None, limit: int) -> dict[str, str]:
    """What the form of a list holds before anything is typed: the newest list of the need, else a new one for it."""
    if need is None:
        return {}
    lists = shortlists(session, current_viewer(), current_account().id)
    newest = next((one.public_id for one, _count in lists if one.need_id == need.id), "")
    name = "" if newest else _("Ứng viên cho «%(title)s»", title=need.title)
    return {"danh_sach": newest, "ten": name[:limit], NEED: need.public_id}


def against(session: Session, need: Need, people: list[Person]) -> dict[str, dict[str, Any]]:
    """How each person who may be matched stands towards the need, by public id: the row, and why one is excluded."""
    ids = tuple(person.public_id for person in people)
    viewer = current_viewer().limited_to(Permission.MATCHING_READ)
    found = ranked(session, need, viewer, today(), window=Window(count=0, about=ids))
    words = cards.words_for(session, found)
    return {
        one: {
            **cards.labelled_row(found, match, found.rank_of(one), words),
            "standing": match.standing.value,
            "failed": cards.failed_texts(match, words) if match.standing is Standing.EXCLUDED else [],
        }
        for one in ids
        if (match := found.match_of(one)) is not None
    }


def way_back(need: str | None) -> str:
    """The list the ticks stood in, when it was a search or the ranking of this need; else the nearest of the two."""
    came_from = request.referrer or ""
    usual = url_for("people.index") if need is None else url_for("matching.ranking", ma=need)
    root = request.host_url.rstrip("/")
    lists = {root + usual, root + url_for("people.index")}
    return came_from if came_from.split("?")[0] in lists else usual
