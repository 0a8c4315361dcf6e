"""«Ứng viên»: searching people. What was understood, facets with counts, why each fits, ticks for what comes next.

The address is that of the people; the page stands here because it reads concepts, needs and kept searches too.
"""

from collections.abc import Sequence
from dataclasses import replace
from functools import partial
from typing import Any

from flask import render_template, request
from flask.blueprints import BlueprintSetupState
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session

from registry.accounts.access import current_account, current_viewer, require
from registry.accounts.rules import Permission, Viewer
from registry.matching.queries.kept_searches import kept_counts, saved_search
from registry.matching.queries.search import (
    PAGE_ROWS,
    Found,
    Search,
    Sought,
    best_removals,
    facet_counts,
    found_total,
    left_out_total,
    made_ready,
    page_of,
    reasons_of,
    text_reasons_of,
    visible_total,
)
from registry.matching.views import considered
from registry.matching.views import search_address as address
from registry.matching.views import search_words as say
from registry.matching.views.blueprint import bp
from registry.matching.views.search_parts import chips, facets, left_over, removals, understood
from registry.people import queries
from registry.people.views.cards import card_of
from registry.people.views.keepers import keeper_choices
from registry.people.views.loading import keep_list_read
from registry.places.queries import gazetteer
from registry.text import fold
from registry.web.addresses import url_for, with_query
from registry.web.clock import now, today
from registry.web.database import db_session
from registry.web.turns import in_turn

MOST_COUNTED = 10_000


@require(Permission.PEOPLE_READ)
@in_turn
def search() -> ResponseReturnValue:
    """The people found, one page of them, with counts beside the options."""
    session, viewer = db_session(), current_viewer()
    units = keeper_choices(session, viewer)
    saved = saved_search(session, current_account().id, request.args.get(address.SAVED, ""))
    sought = sought_in(session, request.args, viewer, [path for path, _words in units])
    total = found_total(session, sought)
    found = page_of(session, sought, address.place_of(request.args))
    counts = facet_counts(session, sought, [path for path, _words in units] if len(units) > 1 else [])
    shown = _cards(session, sought, found)
    all_visible = visible_total(session, sought)
    removable = [] if total else removals(sought, request.args, best_removals(session, sought))
    left_out = left_out_total(session, sought)
    kept = kept_counts(session, viewer, current_account().id)
    keep_list_read(current_account().id, [person.public_id for person in found.people], "ung-vien", now())
    return render_template(
        "matching/search.html",
        sought=sought,
        total=total,
        left_out=left_out,
        considered=considered.panel(session, viewer, address.considered_in(session, request.args, viewer)),
        most=MOST_COUNTED,
        found=found,
        cards=shown,
        pages=_pages(found, total),
        understood=understood(sought, request.args),
        chips=chips(sought, request.args, dict(units)),
        left_over=left_over(sought, request.args),
        leftover=say.quoted(sought.search.read.leftover),
        facets=facets(sought, counts, units),
        removals=removable,
        all_visible=all_visible,
        kept=kept,
        saved=saved,
        saved_changed=saved is not None and saved.address != address.address_of(request.args),
        is_table=request.args.get(address.VIEW) == "bang",
        looks_like_name=_looks_like_name(sought.search),
        criteria=list(address.criteria_in(request.args).items(multi=True)),
        hidden=_hidden(),
        **_links(sought.search),
    )


def _offer(state: BlueprintSetupState) -> None:
    """The list of people is found under the name of the room whose people it lists."""
    state.app.add_url_rule("/ung-vien", "people.index", search, methods=["GET"])


bp.record_once(_offer)


def sought_in(session: Session, args: address.Args, viewer: Viewer, units: Sequence[str]) -> Sought:
    """The search of an address made ready, of a saved one only who is new where the address says so."""
    asked = address.search_of(session, args, units, viewer)
    saved = saved_search(session, current_account().id, args.get(address.SAVED, ""))
    if saved is not None and args.get(address.NEW) == "1":
        asked = replace(asked, new_for=saved.id)
    return made_ready(session, asked, viewer, on=today())


def export_href(args: address.Args) -> str:
    """The page where whoever is found is exported."""
    state = address.changed(args, **{address.VIEW: None})
    for name in (address.SAVED, address.NEW):
        if args.get(name):
            state[name] = [args[name]]
    return with_query(
        url_for("exports.people"), [(name, one) for name, held in state.items() for one in held]
    )


def _links(asked: Search) -> dict[str, str]:
    args, to = request.args, partial(address.href, request.args)
    return {
        "cards_href": to(xem=None),
        "table_href": to(xem="bang"),
        "literal_href": to(dung_tu="1", bat_buoc=None, tat_ca=None),
        "considered_too_href": to(**considered.NOBODY),
        "understand_href": to(dung_tu=None),
        "any_href": to(tat_ca=None),
        "all_href": to(tat_ca="1", bat_buoc=None),
        "export_href": export_href(args),
        "save_href": address.page_with(address.changed(args), "matching.save_search"),
        "need_href": with_query(url_for("needs.create"), _need_arguments(asked).items()),
    }


def _need_arguments(asked: Search) -> dict[str, str]:
    """A need begins with the words of the search; its form reads them as skills."""
    read = asked.read
    named = [say.part_words(part) for part in read.wanted]
    return {"skill_text": "\n".join(part.name for part in read.wanted), "title": ", ".join(named)[:200]}


def _hidden() -> dict[str, list[str]]:
    """What the panel of facets must carry along although it has no box for it."""
    kept = ("q", address.LITERAL, address.ALL, address.MUST, address.ORIGIN, address.VIEW)
    return {name: request.args.getlist(name) for name in kept if request.args.getlist(name)}


def _cards(session: Session, sought: Sought, found: Found) -> list[dict[str, Any]]:
    cards = queries.person_cards(session, found.people, on=sought.on)
    places = gazetteer(session)
    reasons = reasons_of(session, sought, cards, on=sought.on)
    in_texts = text_reasons_of(session, sought, cards)
    shown: list[dict[str, Any]] = []
    for card in cards:
        told = reasons[card.person.id]
        said = in_texts.get(card.person.id, [])
        why = say.why_words(told, said)
        how = [say.how_words(reason) for reason in told] + _name_words(sought, card.person)
        how += map(say.text_words, said)
        shown.append(
            {
                **card_of(card, sought.viewer, places, why),
                "how": how,
                "matched": (len(told), len(sought.ranked)),
                "select_name": "nguoi",
                "select_value": card.person.public_id,
            }
        )
    return shown


def _name_words(sought: Sought, person: Any) -> list[str]:
    """Leftover words that a shown name holds, or is like. Never said of people who may not be named."""
    if not sought.search.read.leftover or not queries.may_be_named(person, sought.viewer):
        return []
    found: list[str] = []
    for words in sought.search.read.leftover:
        if all(part in person.folded_name for part in fold(words).split(" ")):
            found.append(say.name_words(words, is_like=False))
        elif person.id in sought.likely.get(words, ()):
            found.append(say.name_words(words, is_like=True))
    return found


def _pages(found: Found, total: int) -> dict[str, Any]:
    """«21–40 trong 128» and the ways on and back, by the key of the last and first person."""
    start = address.start_of(request.args) if found.earlier else 1
    args = address.changed(request.args)
    for name in (address.SAVED, address.NEW):
        if request.args.get(name):
            args[name] = [request.args[name]]

    def to(**values: Any) -> str:
        return address.page_with(args | {name: [value] for name, value in values.items()})

    people = found.people
    return {
        "first": start if people else 0,
        "last": min(start + len(people) - 1, total),
        "later": to(sau=people[-1].public_id, tu=start + len(people)) if found.later and people else "",
        "earlier": to(truoc=people[0].public_id, tu=max(1, start - PAGE_ROWS))
        if found.earlier and people
        else "",
    }


def _looks_like_name(asked: Search) -> bool:
    """Whether somebody may have been looked for by name: leftover words without a digit, as codes have."""
    return any(not any(sign.isdigit() for sign in words) for words in asked.read.leftover)
