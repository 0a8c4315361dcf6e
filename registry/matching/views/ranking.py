"""«Ứng viên xếp hạng»: the ranked people of a need and why, one person's whole explanation, and keeping a ranking."""

from collections.abc import Collection, Sequence
from dataclasses import replace
from typing import Any

from flask import flash, redirect, request, url_for
from flask.typing import ResponseReturnValue
from werkzeug.datastructures import MultiDict

from registry.accounts.access import current_account, current_viewer, require
from registry.accounts.rules import Permission
from registry.matching.engine.outcome import Match
from registry.matching.operations import run_match
from registry.matching.queries import Ranked, Window, people_shown, ranked, runs_of
from registry.matching.queries.changes import since
from registry.matching.queries.considered import considered_people
from registry.matching.views import cards, tried
from registry.matching.views.asked import Asked, read_asked, without_idle
from registry.matching.views.blueprint import bp, page, record_shown, visible_need
from registry.matching.views.considered import chips, panel
from registry.matching.views.policies import policies_beside
from registry.matching.views.search_address import considered_in
from registry.matching.views.shifts import of_row, shown_beside
from registry.needs.models import Need
from registry.needs.views.register import head_of
from registry.people.views.introduced import NEED, known_for
from registry.places.queries import gazetteer
from registry.web.clock import now, today
from registry.web.database import db_session
from registry.web.errors import NotVisible
from registry.web.i18n import gettext as _
from registry.web.paging import Page
from registry.web.turns import in_turn

# A card is tall, and the first is explained in full: ten make a page that can be read and printed.
PAGE_ROWS = 10


@bp.get("/nhu-cau/<ma>/xep-hang")
@require(Permission.MATCHING_READ)
@in_turn
def ranking(ma: str) -> ResponseReturnValue:
    """The ranked people of a need, ten a page, the first explained in full."""
    session = db_session()
    need = visible_need(session, ma)
    found, asked = _ranked(need)
    words = cards.words_for(session, found)
    tally = found.tally
    before = _as_saved(need, found) if asked.is_trial else None
    people = _people(
        found, found.rows if before is None else [*found.rows, *tried.at_the_head(before, found)]
    )
    compared = None if asked.is_trial or asked.minimum else since(session, need, current_viewer(), found)
    record_shown("match.listed", list(people), need=need.public_id)
    return page(
        "ranking.html",
        **_surroundings(need, found, asked),
        cards=[
            cards.card(
                found,
                row,
                rank,
                words,
                shown_beside(people[row.person], of_row(compared, found, row, rank))
                if before is None
                else tried.shown_beside(people[row.person], before, found, row, rank, words),
                asked,
            )
            for rank, row in zip(found.ranks, found.rows, strict=True)
            if row.person in people
        ],
        listed=Page(found.rows, asked.page, tally.at_least - found.left_out, PAGE_ROWS),
        considered=panel(session, current_viewer(), asked.considered),
        considered_chips=_considered_chips(need, asked),
        compared=compared.run if compared else None,
        below_minimum=tally.ranked - tally.at_least,
        excluded=cards.excluded(found, words, asked),
        asks=cards.asks(found, words),
        scarce=cards.scarce(found, words),
        relaxed=cards.relaxed_texts(found, words),
        offered=cards.conditions_offered(found, words),
        before=before,
        leading=[] if before is None else tried.leading(before, found, people, words),
        runs=runs_of(session, need),
        policies=policies_beside(need, _of_rows(people, found.rows), found.as_of),
    )


@bp.get("/nhu-cau/<ma>/xep-hang/<nguoi>")
@require(Permission.MATCHING_READ)
def explanation(ma: str, nguoi: str) -> ResponseReturnValue:
    """One person against the need in full, ranked or not: a page of its own for reading and for paper."""
    session = db_session()
    need = visible_need(session, ma)
    found, asked = _ranked(need, about=nguoi)
    match = found.match_of(nguoi)
    if match is None:
        raise NotVisible
    words = cards.words_for(session, found)
    people = _people(found, [match])
    if nguoi not in people:
        raise NotVisible
    record_shown("match.explained", [nguoi], need=need.public_id)
    return page(
        "explanation.html",
        **_surroundings(need, found, asked),
        card=cards.card(found, match, found.rank_of(nguoi), words, people[nguoi], asked),
        standing=match.standing.value,
        failed=cards.failed_texts(match, words),
        relaxed=cards.relaxed_texts(found, words),
        comparisons=_comparisons(found, nguoi),
        policies=policies_beside(need, people, found.as_of),
    )


def _comparisons(found: Ranked, person: str) -> list[tuple[str, str]]:
    """(address, words) of comparing somebody with who stands first; who stands first, with the second."""
    for rank, row in enumerate(found.head[:2], start=1):
        if row.person != person:
            href = url_for("matching.compare", nguoi=[person, row.person], nhu_cau=found.need.public_id)
            return [(href, _("So sánh với người hạng %(rank)s", rank=rank))]
    return []


@bp.post("/nhu-cau/<ma>/xep-hang")
@require(Permission.MATCHING_DECIDE)
def keep(ma: str) -> ResponseReturnValue:
    """Keep today's ranking as it stands, so that a decision can be shown beside it later."""
    session = db_session()
    need = visible_need(session, ma)
    run = run_match(session, need, current_viewer(), as_of=today(), at=now(), by=current_account().id)
    session.commit()
    flash(_("Đã lưu bảng xếp hạng của hôm nay. Bảng này không đổi nữa."), "ok")
    return redirect(url_for("matching.kept", ma=ma, ban=run.public_id), 303)


def _ranked(need: Need, about: str | None = None) -> tuple[Ranked, Asked]:
    """A page of the ranking as asked, or no row and the place of one person."""
    asked = asked_in(request.args)
    if about is not None:
        return ranked_as(need, asked, Window(count=0, about=(about,)))
    start = (asked.page - 1) * PAGE_ROWS
    return ranked_as(need, asked, Window(start, PAGE_ROWS, asked.minimum * 100, without=left_out(asked)))


def asked_in(args: MultiDict[str, str]) -> Asked:
    """What an address asks of a ranking."""
    return replace(read_asked(args, today()), considered=considered_in(db_session(), args, current_viewer()))


def left_out(asked: Asked) -> frozenset[str]:
    """Whose rows are left out, since they were considered before."""
    return considered_people(db_session(), asked.considered, current_viewer(), today())


def ranked_as(need: Need, asked: Asked, window: Window) -> tuple[Ranked, Asked]:
    """The rows of a ranking that a window shows, and what is asked without what changes nothing."""
    found = ranked(
        db_session(),
        need,
        current_viewer(),
        asked.as_of,
        window=window,
        relaxed=asked.relaxed,
        shares=asked.shares,
    )
    keys = [key for key, _condition in found.plan.named_conditions()]
    return found, without_idle(asked, need.shares, keys)


def _considered_chips(need: Need, asked: Asked) -> list[tuple[str, str]]:
    """What leaves people out, each with the ranking without it."""

    def href(_args: object, **changes: Any) -> str:
        return url_for("matching.ranking", ma=need.public_id, **asked.arguments(**changes))

    return chips(asked.considered, request.args, href)


def _as_saved(need: Need, found: Ranked) -> Ranked:
    """The need as it is saved, today, with the places of whom a trial shows: what the trial is compared with."""
    window = Window(count=0, about=tried.asked_about(found))
    return ranked(db_session(), need, current_viewer(), today(), window=window)


def _people(found: Ranked, rows: Sequence[Match]) -> dict[str, dict[str, Any]]:
    """How the people of these rows are shown, by public id; their profiles know what need one comes from."""
    session, viewer = db_session(), current_viewer()
    shown = people_shown(session, viewer, [row.person for row in rows], found.as_of)
    places = gazetteer(session)
    known = known_for(found.need.public_id)
    for_need = viewer if known is None else replace(viewer, introduced=known.named)
    told = {
        row.person: cards.who(shown[row.person], for_need, places, row) for row in rows if row.person in shown
    }
    interested = frozenset[str]() if known is None else known.interested
    return {person: _in_need(found.need, person, one, interested) for person, one in told.items()}


def _of_rows(people: dict[str, dict[str, Any]], rows: Sequence[Match]) -> dict[str, dict[str, Any]]:
    """Those of the people whose cards stand on the page."""
    return {row.person: people[row.person] for row in rows if row.person in people}


def _in_need(need: Need, person: str, who: dict[str, Any], interested: Collection[str]) -> dict[str, Any]:
    """The person of a card with what only concerns this need: the way to the profile, and whether they said yes."""
    said = [_("Đã gửi quan tâm")] if person in interested else []
    return {**who, "href": f"{who['href']}?{NEED}={need.public_id}", "tags": [*said, *who["tags"]]}


def _surroundings(need: Need, found: Ranked, asked: Asked) -> dict[str, Any]:
    """What both pages show around their cards."""
    return {
        **head_of(need),
        "need": need,
        "tab": "ranking",
        "found": found,
        "asked": asked,
        "formula": cards.formula(found),
        "waiting": cards.waiting_skills(found),
        "computed_at": now(),
    }
