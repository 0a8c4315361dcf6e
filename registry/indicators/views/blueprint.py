"""The blueprint of the room and what its pages share: what was asked for, and who may see it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from flask import Blueprint, request
from sqlalchemy.orm import Session

from registry.accounts.access import current_viewer, may
from registry.accounts.rules import Permission, Viewer
from registry.indicators.models import Indicator, Observation
from registry.indicators.queries.overview import default_period
from registry.indicators.queries.provinces import communes_in
from registry.indicators.queries.reading import indicator_of, indicators_of, observations_of
from registry.indicators.rules.figures import Period
from registry.indicators.rules.periods import code_of, period_of, words_of
from registry.places.queries.former_provinces import former_parts, place_words, province_after
from registry.places.rules import is_former_part
from registry.web.clock import today
from registry.web.errors import NotVisible
from registry.web.installation import HOME_UNIT, fact

bp = Blueprint("indicators", __name__)

PLAN, EARLIER = "ke-hoach", "ky-truoc"
LIVING, TRAINED = "noi-o", "dao-tao"


def reader() -> Viewer:
    """The viewer with the scopes on which they may read indicators."""
    return current_viewer().limited_to(Permission.INDICATORS_READ)


def visible_indicator(session: Session, ma: str) -> Indicator:
    """The indicator, if the viewer may see it; otherwise NotVisible, as for one that does not exist."""
    found = indicator_of(session, reader(), ma)
    if found is None:
        raise NotVisible
    return found


def writable_indicator(session: Session, ma: str) -> Indicator:
    """The indicator, if the viewer may see and write it."""
    found = visible_indicator(session, ma)
    if not may(Permission.INDICATORS_WRITE, found):
        raise NotVisible
    return found


@dataclass(frozen=True)
class Wanted:
    """What the page was asked for. `place` is the place of the measures, `part` a commune or a former province inside it, or the same."""

    period: Period
    place: str
    part: str
    compare: str
    map: str
    course: str
    indicators: list[Indicator]
    periods: list[tuple[str, str]]
    places: list[tuple[str, str]]

    @property
    def args(self) -> dict[str, str]:
        """The same as parameters of an address."""
        found = {"ky": code_of(self.period), "pham-vi": self.part, "so-voi": self.compare}
        return found | ({"ban-do": self.map} if self.map != LIVING else {})


def wanted(session: Session, given: Mapping[str, str] | None = None) -> Wanted:
    """What the address (or a form) asks for; what makes no sense is as if it had not been said."""
    args = request.args if given is None else given
    everything = indicators_of(session, reader())
    paths = list(dict.fromkeys(one.unit_path for one in everything))
    asked = args.get("pham-vi", "")
    place = _place(session, paths, asked)
    mine = [one for one in everything if one.unit_path == place]
    observed = observations_of(session, [one.id for one in mine])
    period = period_of(args.get("ky", "")) or default_period(observed, today())
    places = _places(session, paths, place)
    part = asked if asked in {path for path, _words in places} else place
    return Wanted(
        period=period,
        place=place,
        part=part,
        compare=EARLIER if args.get("so-voi") == EARLIER else PLAN,
        map=TRAINED if args.get("ban-do") == TRAINED else LIVING,
        course=args.get("duong", ""),
        indicators=mine,
        periods=_periods(observed, period, today()),
        places=places,
    )


def _place(session: Session, paths: list[str], asked: str) -> str:
    """The place asked for; else the installation's own, else the first."""
    today = province_after(session, asked) if is_former_part(asked) else asked
    holding = [one for one in paths if one and today.startswith(one)]
    if holding:
        return max(holding, key=len)
    home = fact(session, HOME_UNIT) or ""
    return home if home in paths else (paths[0] if paths else "")


def _periods(observed: Sequence[Observation], period: Period, on: date) -> list[tuple[str, str]]:
    """The periods to choose from: those figures are of, this year and its halves, and the one asked for; newest first."""
    known = {one.period for one in observed if one.period and one.period.days > 1}
    known |= {period, Period.year(on.year), Period.half(on.year, 1), Period.half(on.year, 2)}
    ordered = sorted(known, key=lambda one: (one.end, one.start), reverse=True)
    return [(code_of(one), words_of(one)) for one in ordered]


def _places(session: Session, paths: list[str], place: str) -> list[tuple[str, str]]:
    """Every place with measures; of the one shown also what it was made of, and its communes."""
    found: list[tuple[str, str]] = []
    for path in paths:
        name = place_words(session, path)
        found.append((path, f"{name[:1].upper()}{name[1:]}"))
        if path == place and path:
            found += [(part, f"· {place_words(session, part)}") for part in former_parts(session, path)]
            found += [(commune, f"· {name}") for commune, name in communes_in(session, path)]
    return found
