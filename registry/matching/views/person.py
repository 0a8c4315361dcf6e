"""«Nhu cầu phù hợp»: the open needs that share a concept with one person, by the same formula."""

from typing import Any

from flask import url_for
from flask.typing import ResponseReturnValue

from registry.accounts.access import current_viewer, require
from registry.accounts.rules import Permission
from registry.matching.engine.reasons import Words
from registry.matching.engine.rows import match_row
from registry.matching.queries import NeedMatch, names_of, needs_for_person
from registry.matching.views.blueprint import bp, page, record_shown
from registry.matching.views.cards import sentence_markup
from registry.needs.forms.labels import STATE_LABELS, STATE_TAGS
from registry.people.queries import display_name, get_visible
from registry.web.clock import today
from registry.web.database import db_session
from registry.web.errors import NotVisible
from registry.web.i18n import current_language
from registry.web.i18n import gettext as _

NEEDS_SHOWN = 20


@bp.get("/ung-vien/<ma>/nhu-cau")
@require(Permission.MATCHING_READ)
def person_needs(ma: str) -> ResponseReturnValue:
    """The needs that fit a person, best first, each with a way to its explanation."""
    session = db_session()
    viewer = current_viewer()
    person = get_visible(session, viewer, ma, on=today())
    if person is None:
        raise NotVisible
    found = needs_for_person(session, person, viewer, today())
    locale = current_language()
    specs = [one.plan.need for one in (*found.rows, *found.excluded)]
    words = Words(names_of(session, found.concepts, specs, locale), _, locale)
    record_shown("match.needs_of_person", [person.public_id])
    return page(
        "person_needs.html",
        person=person,
        person_name=display_name(person, viewer),
        found=found,
        cards=[_card(rank, one, words) for rank, one in enumerate(found.rows[:NEEDS_SHOWN], start=1)],
        excluded=[_excluded(one, words) for one in found.excluded[:NEEDS_SHOWN]],
    )


def _card(rank: int, one: NeedMatch, words: Words) -> dict[str, Any]:
    """A need as a card: what it is, the match, and the way to the whole explanation."""
    need, match = one.need, one.match
    return {
        "row": match_row(match, rank, words.condition_text),
        "need": {
            "href": url_for("needs.show", ma=need.public_id),
            "ma": need.public_id,
            "title": need.title,
            "code": need.code,
            "unit": need.organisation.name if need.organisation else "",
            "state_text": STATE_LABELS[need.state],
            "state_kind": STATE_TAGS[need.state],
        },
        "lead": sentence_markup(words.lead(match)),
        "more_href": url_for("matching.explanation", ma=need.public_id, nguoi=match.person),
    }


def _excluded(one: NeedMatch, words: Words) -> dict[str, Any]:
    """A need that one or more conditions shut, and which."""
    failed = [
        words.excluded(result.condition) for result in one.match.conditions if result.verdict == "not_met"
    ]
    return {"title": one.need.title, "href": url_for("needs.show", ma=one.need.public_id), "failed": failed}
