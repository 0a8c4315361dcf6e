"""Reading administrative units and resolving what people type. Writes nothing."""

import csv
import re
import threading
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Any, NamedTuple

from sqlalchemy import Select, func, or_, select
from sqlalchemy.orm import Session, aliased, joinedload

from registry.db import Mark
from registry.places.models import (
    AdministrativeUnit,
    AreaClassification,
    PlaceEdition,
    Succession,
    UnitKindSeen,
)
from registry.places.rules import (
    Alias,
    AnswerState,
    Area,
    AreaKind,
    AreaRecord,
    Candidate,
    Country,
    CountryIndex,
    Gazetteer,
    Place,
    PlaceAnswer,
    UnitKind,
    UnitLevel,
    area_of,
)
from registry.places.rules.areas import Records
from registry.text import TextRefused, clean, sort_key


class ProvinceName(NamedTuple):
    """A province of today as lists show it."""

    path: str
    full_name: str
    name: str


DATA = Path(__file__).resolve().parent.parent / "data"
MOST_CHARACTERS = 200
_MOST_EDITIONS = 4

_CODE = re.compile(r"[0-9A-Za-z-]{1,80}", re.ASCII)

_EDITION = Mark(select(PlaceEdition.public_id))

_gazetteers: dict[str, Gazetteer] = {}
_province_names: dict[str, Sequence[ProvinceName]] = {}
_building = threading.Lock()


def data_rows(name: str) -> Iterator[dict[str, str]]:
    """The rows of a data file of this room, by column."""
    with (DATA / name).open(encoding="utf-8", newline="") as file:
        yield from csv.DictReader(file)


def unit_by_code(session: Session, code: str, *, on: date | None = None) -> AdministrativeUnit | None:
    """The unit that had this code on a day, by default the one that has it now.

    A code alone is not a key: 24 was Bắc Giang until 2025-06-30 and is Bắc Ninh since.
    """
    if _CODE.fullmatch(code) is None:
        return None  # PostgreSQL refuses some characters in a text, so they do not get that far
    found = select(AdministrativeUnit).where(AdministrativeUnit.code == code)
    if on is None:
        return session.scalars(found.where(AdministrativeUnit.valid_to.is_(None))).one_or_none()
    is_open = or_(AdministrativeUnit.valid_to.is_(None), AdministrativeUnit.valid_to >= on)
    return session.scalars(found.where(AdministrativeUnit.valid_from <= on, is_open)).one_or_none()


def unit_by_path(session: Session, path: str) -> AdministrativeUnit | None:
    """The unit with this path, such as "VN/86/28984/"."""
    return session.scalars(select(AdministrativeUnit).where(AdministrativeUnit.path == path)).one_or_none()


def provinces(session: Session) -> Sequence[AdministrativeUnit]:
    """The 34 provinces and cities of today, in dictionary order."""
    return session.scalars(_open_units(UnitLevel.PROVINCE)).all()


def province_names(session: Session) -> Sequence[ProvinceName]:
    """The same as plain rows, for lists to choose from."""
    edition = places_edition(session)
    known = None if edition is None else _province_names.get(edition)
    if known is None:
        unit = AdministrativeUnit
        named = _open_units(UnitLevel.PROVINCE).with_only_columns(unit.path, unit.full_name, unit.name)
        known = [ProvinceName(*row) for row in session.execute(named)]
        if edition is not None:
            if len(_province_names) >= _MOST_EDITIONS:
                _province_names.clear()
            _province_names[edition] = known
    return known


def communes_of(session: Session, province: AdministrativeUnit) -> Sequence[AdministrativeUnit]:
    """The communes, wards and special zones of a province of today, in dictionary order."""
    return session.scalars(
        _open_units(UnitLevel.COMMUNE).where(AdministrativeUnit.parent_id == province.id)
    ).all()


def commune_counts(session: Session) -> dict[int, int]:
    """How many communes of today each province (by id) has."""
    counted = (
        select(AdministrativeUnit.parent_id, func.count())
        .where(AdministrativeUnit.level == UnitLevel.COMMUNE, AdministrativeUnit.valid_to.is_(None))
        .group_by(AdministrativeUnit.parent_id)
    )
    return {parent: count for parent, count in session.execute(counted) if parent is not None}


def former_provinces_of(session: Session) -> dict[int, list[str]]:
    """The names of the provinces of 2025-06-30 that went into each province (by id), its own name left out."""
    old, new = aliased(AdministrativeUnit), aliased(AdministrativeUnit)
    rows = session.execute(
        select(new.id, old.name)
        .join(Succession, Succession.new_id == new.id)
        .join(old, old.id == Succession.old_id)
        .where(old.level == UnitLevel.PROVINCE, new.level == UnitLevel.PROVINCE, new.valid_to.is_(None))
        .where(old.name != new.name)
        .order_by(old.sort_key, old.id)
    )
    found: dict[int, list[str]] = {}
    for number, name in rows:
        found.setdefault(number, []).append(name)
    return found


def kind_on(session: Session, unit: AdministrativeUnit, on: date) -> UnitKind:
    """The kind the unit was last seen to have on a day; the day of a change itself is not always known."""
    seen = (
        select(UnitKindSeen.kind)
        .where(UnitKindSeen.unit_id == unit.id, UnitKindSeen.seen_on <= on)
        .order_by(UnitKindSeen.seen_on.desc())
        .limit(1)
    )
    return session.scalars(seen).one_or_none() or unit.kind


def gazetteer(session: Session) -> Gazetteer:
    """The index of all places, built once per load of the reference data (about 0.7 s) and then shared.

    Whoever resolves many texts asks for it once and calls `resolve` on it: no database is touched then.
    """
    edition = places_edition(session)
    if edition is None:
        return _build(session)
    with _building:
        if edition not in _gazetteers:
            while len(_gazetteers) >= _MOST_EDITIONS:
                _gazetteers.pop(next(iter(_gazetteers)))
            _gazetteers[edition] = _build(session)
        return _gazetteers[edition]


def places_edition(session: Session) -> str | None:
    """The name of the reference data that is loaded; another load has another one."""
    return _EDITION.told(session)[0]


def resolve_place(session: Session, text: str, *, on: date | None = None) -> PlaceAnswer:
    """What a typed place means today: one unit, a question with candidates, or nothing found.

    Never guesses and never raises: a text that may not enter (control characters, too long) is unknown.
    `on` prefers units that existed on that day.
    """
    try:
        cleaned = clean(text, limit=MOST_CHARACTERS)
    except TextRefused:
        return PlaceAnswer(text[:MOST_CHARACTERS], AnswerState.UNKNOWN)
    return gazetteer(session).resolve(cleaned, on=on)


def describe_unit(session: Session, unit: AdministrativeUnit | Place | str, *, locale: str = "vi") -> str:
    """«xã Ba Tri, tỉnh Vĩnh Long»; of a former unit also what it is now, of a path no unit has "".

    Takes a unit, a place or a path. Touches the database once to see which edition is loaded.
    """
    places = gazetteer(session)
    place = places.by_path(unit if isinstance(unit, str) else unit.path)
    if place is None:
        return ""
    today = places.today(place)
    if place.is_current or len(today) != 1:
        return place.words(locale)
    return Candidate(today[0], place).words(locale)


@lru_cache(maxsize=1)
def country_index() -> CountryIndex:
    """All countries, from the file of this version."""
    rows = data_rows("countries.csv")
    return CountryIndex(
        Country(row["code"], row["vi"], row["en"], tuple(filter(None, row["aliases"].split("|"))))
        for row in rows
    )


def area_records(session: Session) -> Records:
    """All that is said of areas: a few hundred rows in a whole country. One statement."""
    found: dict[int, list[AreaRecord]] = {}
    row = AreaClassification
    wanted = select(row.unit_id, row.kinds, row.valid_from).order_by(row.unit_id, row.valid_from)
    for unit_id, kinds, valid_from in session.execute(wanted):
        said = AreaRecord(unit_id, frozenset(map(AreaKind, kinds)), valid_from)
        found.setdefault(unit_id, []).append(said)
    return found


def area_on(session: Session, place: Place, on: date) -> Area:
    """What kind of area a place is on a day."""
    return area_of(gazetteer(session), area_records(session), place, on)


def classifications_of(session: Session, places: Iterable[Place]) -> Sequence[AreaClassification]:
    """What was ever said of these places, the newest first."""
    ids = [one.id for one in places]
    row = AreaClassification
    wanted = select(row).options(joinedload(row.unit)).where(row.unit_id.in_(ids))
    return session.scalars(wanted.order_by(row.valid_from.desc(), row.id.desc())).all()


def resolve_country(text: str) -> Country | None:
    """The country of an ISO code or of a name in Vietnamese or English, marks optional."""
    try:
        return country_index().resolve(clean(text, limit=MOST_CHARACTERS))
    except TextRefused:
        return None


def country_name(code: str, locale: str = "vi") -> str:
    """The name of an ISO 3166-1 alpha-2 code; the code itself when no country has it."""
    country = country_index().by_code.get(code)
    return code if country is None else country.name(locale)


def countries(locale: str = "vi") -> Sequence[Country]:
    """All countries in dictionary order of their names."""
    return sorted(
        country_index().by_code.values(), key=lambda country: (sort_key(country.name(locale)), country.code)
    )


def _open_units(level: UnitLevel) -> Select[AdministrativeUnit]:
    return (
        select(AdministrativeUnit)
        .where(AdministrativeUnit.level == level, AdministrativeUnit.valid_to.is_(None))
        .order_by(AdministrativeUnit.sort_key, AdministrativeUnit.id)
    )


def _build(session: Session) -> Gazetteer:
    """Read all units, parents first, and put the index together."""
    unit = AdministrativeUnit
    columns = (
        unit.id,
        unit.code,
        unit.level,
        unit.kind,
        unit.name,
        unit.full_name,
        unit.path,
        unit.sort_key,
        unit.valid_from,
        unit.valid_to,
        unit.parent_id,
    )
    # A path is longer than that of the unit above it, so parents come first.
    rows: Sequence[Any] = session.execute(select(*columns).order_by(func.length(unit.path), unit.id)).all()
    places: dict[int, Place] = {}
    for row in rows:
        places[row[0]] = Place(*row[:-1], parent=places.get(row[-1]))
    successions = session.execute(select(Succession.old_id, Succession.new_id).order_by(Succession.id))
    return Gazetteer(places.values(), [(old, new) for old, new in successions], read_aliases(places.values()))


def read_aliases(places: Iterable[Place]) -> list[Alias]:
    """The aliases of the file, each on the unit it names (level, era, province code, name)."""
    named = {_alias_key(place): place for place in places if place.level is not UnitLevel.COMMUNE}
    found: list[Alias] = []
    for row in data_rows("aliases.csv"):
        place = named.get((row["level"], row["era"], row["code_of_province"], row["name"]))
        if place is not None:
            found.append(Alias(row["alias"], place))
    return found


def _alias_key(place: Place) -> tuple[str, str, str, str]:
    province = place
    while province.parent is not None and province.level is not UnitLevel.PROVINCE:
        province = province.parent
    return (place.level, "now" if place.is_current else "former", province.code, place.name)
