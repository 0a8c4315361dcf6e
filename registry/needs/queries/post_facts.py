"""What the rule engine of policies is told of a post: where it is. Reads only.

What kind of area that is (mountains, islands, favoured by the province) is told where it is on record as a whole. The kind
of the workplace itself and its wage region are not, and the kinds are a set of which a part would say «no» to all
others: both stay unknown until whoever prepares an offer states them.
"""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from registry.needs.models import Need
from registry.organisations.models import Organisation
from registry.places.queries import area_records, gazetteer
from registry.places.rules import Gazetteer, Place, area_of
from registry.places.rules.areas import Records
from registry.places.rules.kinds import LAST_DAY_BEFORE, REFORM


def post_facts_of(session: Session, needs: Iterable[Need], *, on: date) -> dict[int, dict[str, Any]]:
    """{need id: facts of the post on a day as `read_facts` takes them}. A fixed number of statements.

    `units` are the post's unit, all above it, and all it came from or became with theirs, «code@as_of»; the key is
    absent where neither the need nor its organisation has a place.
    """
    found = list(needs)
    offices = {one.organisation_id for one in found if not one.unit_path and one.organisation_id is not None}
    paths: Mapping[int, str] = {}
    if offices:
        wanted = select(Organisation.id, Organisation.unit_path).where(Organisation.id.in_(sorted(offices)))
        paths = dict(session.execute(wanted).all())
    places, records = gazetteer(session), area_records(session)
    return {
        one.id: _facts(places, records, one.unit_path or paths.get(one.organisation_id or 0, ""), on)
        for one in found
    }


def _facts(places: Gazetteer, records: Records, path: str, on: date) -> dict[str, Any]:
    place = places.by_path(path)
    if place is None:
        return {}
    facts: dict[str, Any] = {"units": units_around(places, place)}
    kinds = area_of(places, records, place, on).kinds
    if kinds is not None:
        facts["workplace_area"] = sorted(kinds)
    return facts


def units_around(places: Gazetteer, place: Place) -> list[str]:
    """A unit with all above it, and the same of every unit it came from and of those it became; sorted codes.

    What the units above it came from is left out: a commune of a merged province lay in one of the old ones alone.
    """
    related = {place.id: place}
    for one in (*places.today(place), *_came_from(places, place)):
        related[one.id] = one
    return sorted({code for one in related.values() for code in _codes(one)})


def _came_from(places: Gazetteer, place: Place) -> list[Place]:
    found = list(places.former(place))
    for one in found:
        found.extend(older for older in places.former(one) if older not in found)
    return found


def _codes(place: Place | None) -> Iterable[str]:
    while place is not None:
        # Units that ended before the reform have no code of the catalogue, and no text in force names them.
        if place.code[0].isdigit():
            yield f"{place.code}@{(REFORM if place.is_current else LAST_DAY_BEFORE).isoformat()}"
        place = place.parent
