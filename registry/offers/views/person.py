"""«Chính sách» of a person: what each published policy says of them without a post, clause by clause."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from typing import Any

from flask import render_template
from flask.typing import ResponseReturnValue
from markupsafe import Markup
from sqlalchemy.orm import Session

from registry.accounts.access import current_viewer, require, whole_viewer
from registry.accounts.rules import Permission
from registry.matching.queries.kept_searches import needs_to_choose
from registry.needs.queries.post_facts import units_around
from registry.offers.queries.asked import asked_rows
from registry.offers.queries.sheet import answers_to
from registry.offers.queries.sheets import sheets_of_person
from registry.offers.rules.questions import question_of
from registry.offers.views.blueprint import bp, keep_read, withheld_for
from registry.people.models import Person
from registry.people.queries import is_matchable
from registry.people.views.introduced import need_in_address
from registry.people.views.loading import Opened, open_person
from registry.places.queries import gazetteer
from registry.policies.queries.ready import ReadyLaw
from registry.policies.rules.frozen import frozen_answer
from registry.policies.rules.policy import EVERYWHERE
from registry.policies.rules.withheld import NOTHING, conditions_on
from registry.policies.views.answered import ToldAnswer, page_law, told_answer
from registry.web.errors import NotVisible


@dataclass(frozen=True)
class Told:
    """What all policies say of a person, by state, in the order of their codes."""

    met: tuple[ToldAnswer, ...]
    open: tuple[ToldAnswer, ...]
    others: tuple[ToldAnswer, ...]

    @property
    def is_any(self) -> bool:
        """Whether any policy holds at all."""
        return bool(self.met or self.open or self.others)


def policies_of(
    session: Session,
    person: Person,
    law: ReadyLaw,
    *,
    on: date,
    withheld: Collection[str] = NOTHING,
    units: Collection[str] | None = None,
) -> Told:
    """What is published and in force says of a person without a post. With `units` only what holds there or everywhere."""
    question = question_of(asked_rows(session, person, None, {}, on=on, withheld=withheld))
    ready = dict(law.versions)
    told = [
        told_answer(frozen_answer(ready[row], one, law.words), law.words, conditions_on(withheld))
        for row, one in answers_to(law, question)
        if _holds(ready[row].version.scope, units)
    ]

    def of(state: str) -> tuple[ToldAnswer, ...]:
        return tuple(one for one in told if one.state == state)

    return Told(of("met"), of("unknown"), of("not_met"))


def _holds(scope: Collection[str], units: Collection[str] | None) -> bool:
    return units is None or EVERYWHERE in scope or not set(units).isdisjoint(scope)


def _units_of_viewer(session: Session) -> Collection[str] | None:
    """Where the viewer may match people; nothing when that is everywhere."""
    places = gazetteer(session)
    paths = [one.unit_path for one in whole_viewer().scopes_for(Permission.MATCHING_READ)]
    if "" in paths:
        return None
    found = [place for path in paths if (place := places.by_path(path)) is not None]
    return {code for place in found for code in units_around(places, place)}


def panel(opened: Opened) -> Markup:
    """The card «Chính sách» on the page of a person; empty for whoever may not read policies or match the person."""
    if not _may_look(opened):
        return Markup()
    return Markup(render_template("offers/_panel.html", **_told(opened), ma=opened.person.public_id))  # noqa: S704


def _may_look(opened: Opened) -> bool:
    return (
        whole_viewer().can(Permission.POLICIES_READ)
        and opened.can(Permission.MATCHING_READ)
        and is_matchable(opened.session, opened.viewer, opened.person, on=opened.on)
    )


def _told(opened: Opened) -> dict[str, Any]:
    withheld = withheld_for(opened.person, opened.viewer)
    told = policies_of(
        opened.session,
        opened.person,
        page_law(),
        on=opened.on,
        withheld=withheld,
        units=_units_of_viewer(opened.session),
    )
    return {"told": told, "is_hidden": bool(withheld)}


@bp.get("/ung-vien/<ma>/chinh-sach")
@require(Permission.MATCHING_READ)
def of_person(ma: str) -> ResponseReturnValue:
    """Every policy clause by clause, the sheets that were kept, and the needs a sheet may be made for."""
    opened = open_person(ma, need_in_address())
    if not _may_look(opened):
        raise NotVisible
    sheets = sheets_of_person(opened.session, current_viewer(), opened.person, on=opened.on)
    needs = needs_to_choose(opened.session, current_viewer())
    page = render_template(
        "offers/person.html",
        **_told(opened),
        person=opened.person,
        name=opened.name,
        on=opened.on,
        sheets=sheets,
        needs=[(one.public_id, f"{one.code} · {one.title}") for one in needs],
    )
    keep_read(opened.by, opened.person.public_id, "chinh-sach", opened.at)
    return page
