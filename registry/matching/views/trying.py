"""Counts for a need that is not saved: beside its form while it is written, and the form filled with a trial.

Nothing here writes: the views that answer a POST hold a session in which the database refuses to.
"""

from typing import Any

from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session
from werkzeug.datastructures import MultiDict

from registry.accounts.access import current_viewer, require, signed_in_viewer
from registry.accounts.rules import Permission, Viewer
from registry.matching.queries import Ranked, Window, ranked
from registry.matching.views import cards
from registry.matching.views.asked import read_asked
from registry.matching.views.blueprint import bp, visible_need
from registry.matching.views.trials import with_trial
from registry.needs.models import Need
from registry.needs.rules import DEFAULT_SHARES, EDITABLE_STATES
from registry.needs.views.editing import form_of, form_page, opened_form
from registry.needs.views.reading import read_skills, take_in_text
from registry.needs.views.trying import TriedNeed, try_need
from registry.needs.views.typed import typed_need
from registry.web.clock import today
from registry.web.database import db_session, only_asks

_COUNTS_ONLY = Window(count=0)


@bp.get("/nhu-cau/tao/thu")
@require(Permission.NEEDS_WRITE)
def tried_new_again() -> ResponseReturnValue:
    """The address of the counts opened by itself: back to the form."""
    return redirect(url_for("needs.create"), 303)


@bp.get("/nhu-cau/<ma>/sua/thu")
@require(Permission.NEEDS_WRITE)
def tried_again(ma: str) -> ResponseReturnValue:
    """The address of the counts opened by itself: back to the form."""
    return redirect(url_for("needs.edit", ma=ma), 303)


@bp.post("/nhu-cau/tao/thu")
@require(Permission.NEEDS_WRITE)
@only_asks
def try_new() -> ResponseReturnValue:
    """Who would be ranked by what the empty form holds by now."""
    return _counted(None)


@bp.post("/nhu-cau/<ma>/sua/thu")
@require(Permission.NEEDS_WRITE)
@only_asks
def try_edited(ma: str) -> ResponseReturnValue:
    """Who would be ranked if the need were as its form says, beside the need as it is saved."""
    need = visible_need(db_session(), ma)
    if need.state not in EDITABLE_STATES:
        return redirect(url_for("needs.show", ma=ma), 303)
    return _counted(need)


@bp.get("/nhu-cau/<ma>/sua/tu-ban-thu")
@require(Permission.NEEDS_WRITE)
def use_trial(ma: str) -> ResponseReturnValue:
    """The form of the need filled with what was tried out on the ranking page; saving is left to its button."""
    session = db_session()
    need = visible_need(session, ma)
    if need.state not in EDITABLE_STATES:
        return redirect(url_for("needs.show", ma=ma), 303)
    asked = read_asked(request.args, today())
    found = ranked(
        session,
        need,
        matching_viewer(),
        today(),
        window=_COUNTS_ONLY,
        relaxed=asked.relaxed,
        shares=asked.shares,
    )
    words = cards.words_for(session, found)
    values = with_trial(typed_need(need), need, found, asked.shares)
    form = opened_form(need, values)
    lines = read_skills(session, form)
    return form_page(form, lines, need, trial_words=cards.trial_words(found, words, asked))


def _counted(need: Need | None) -> ResponseReturnValue:
    """The counts alone for htmx; without it the whole form again, with everything typed and the counts."""
    session = db_session()
    spoiled = form_of(request.form)
    take_in_text(spoiled)
    tried = try_need(
        session,
        current_viewer(),
        spoiled,
        read_skills(session, spoiled),
        DEFAULT_SHARES if need is None else need.shares,
    )
    live = live_counts(session, tried, need)
    if request.headers.get("HX-Request") == "true":
        return render_template("matching/_counts.html", live=live)
    form = form_of(request.form)
    take_in_text(form)
    return form_page(form, read_skills(session, form), need, live=live)


def live_counts(session: Session, tried: TriedNeed, saved: Need | None) -> dict[str, Any]:
    """What the counts beside the form say."""
    viewer, asked = matching_viewer(), read_asked(MultiDict(), today())
    found = ranked(session, tried.need, viewer, today(), window=_COUNTS_ONLY)
    words = cards.words_for(session, found)
    return {
        "found": found,
        "before": None if saved is None else _as_saved(session, saved, viewer),
        "excluded": [{**one, "href": None} for one in cards.excluded(found, words, asked)],
        "asks": cards.asks(found, words),
        "scarce": cards.scarce(found, words),
        "left_out": tried.left_out,
        "skills_left_out": tried.skills_left_out,
    }


def _as_saved(session: Session, need: Need, viewer: Viewer) -> Ranked:
    return ranked(session, need, viewer, today(), window=_COUNTS_ONLY)


def matching_viewer() -> Viewer:
    """The viewer as far as they may see rankings, on a page that asks for another permission."""
    viewer = signed_in_viewer()
    return Viewer(None, frozenset(), ()) if viewer is None else viewer.limited_to(Permission.MATCHING_READ)
