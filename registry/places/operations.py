"""Loading the administrative units that belong to the product. Safe to run again; nothing else writes them."""

import csv
import hashlib
from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

from sqlalchemy import delete, func, insert, select
from sqlalchemy.orm import Session

from registry.db import new_public_id
from registry.places.models import AdministrativeUnit, PlaceEdition, Succession, UnitKindSeen
from registry.places.rules import KIND_WORDS, UnitKind, UnitLevel
from registry.text import fold, sort_key

DATA = Path(__file__).parent / "data"
_FILES = (
    "provinces.csv",
    "communes.csv",
    "former_provinces.csv",
    "undivided_districts.csv",
    "former_communes.csv",
)

# Resolution 202/2025/QH15: 63 provinces became 34, districts ended, communes were drawn anew.
REFORM = date(2025, 7, 1)
LAST_DAY_BEFORE = date(2025, 6, 30)
KINDS_SEEN_AGAIN = date(2026, 9, 20)
# The files do not say since when former units existed; the key needs a day, so all share this one.
START_UNKNOWN = date(1900, 1, 1)

Row = dict[str, str]


def load_places(session: Session) -> bool:
    """Bring units and successions up to the files of this version; tell whether anything was written.

    Units are matched by (code, valid_from) and keep their ids, since other tables refer to them.
    """
    digest = _digest()
    edition = session.scalars(select(PlaceEdition)).one_or_none()
    if edition is not None and edition.digest == digest:
        return False
    _Loader(session).load()
    session.execute(delete(PlaceEdition))
    session.add(PlaceEdition(public_id=new_public_id(), digest=digest, loaded_at=datetime.now(UTC)))
    session.flush()
    return True


class _Loader:
    """One load: rows are collected with their ids, then written table by table."""

    def __init__(self, session: Session) -> None:
        self.session = session
        known = session.execute(
            select(AdministrativeUnit.code, AdministrativeUnit.valid_from, AdministrativeUnit.id)
        )
        self.ids = {(code, start): number for code, start, number in known}
        self.was_known = set(self.ids)
        self.next_id = max(self.ids.values(), default=0) + 1
        self.units: list[dict[str, Any]] = []
        self.paths: dict[int, str] = {}
        self.kinds: list[dict[str, Any]] = []
        self.successions: list[dict[str, Any]] = []

    def load(self) -> None:
        """Collect all units, then write them, their kinds and their successions."""
        country = self._unit("VN", UnitKind.COUNTRY, UnitLevel.COUNTRY, "Việt Nam", None, START_UNKNOWN)
        self._current_units(country)
        self._former_provinces(country)
        self._undivided_districts()
        self._former_communes()
        self._write()

    def _current_units(self, country: int) -> None:
        for row in read_rows("provinces.csv"):
            kinds = (UnitKind(row["kind_2025_07_01"]), UnitKind(row["kind_2026_09_20"]))
            unit = self._unit(row["code"], kinds[1], UnitLevel.PROVINCE, row["name"], country, REFORM)
            for kind, seen_on in zip(kinds, (REFORM, KINDS_SEEN_AGAIN), strict=True):
                self.kinds.append({"unit_id": unit, "kind": kind, "seen_on": seen_on})
        for row in read_rows("communes.csv"):
            province = self.ids[row["province"], REFORM]
            self._unit(row["code"], UnitKind(row["kind"]), UnitLevel.COMMUNE, row["name"], province, REFORM)

    def _former_provinces(self, country: int) -> None:
        for row in read_rows("former_provinces.csv"):
            unit = self._unit(row["code"], UnitKind(row["kind"]), UnitLevel.PROVINCE, row["name"], country)
            self._succeed(unit, row["new_code"])

    def _undivided_districts(self) -> None:
        """Districts that went whole into one new commune, island districts above all."""
        for row in read_rows("undivided_districts.csv"):
            district = self._district(row["province"], UnitKind(row["kind"]), row["name"])
            self._succeed(district, row["new_code"])

    def _former_communes(self) -> None:
        for row in read_rows("former_communes.csv"):
            district = self._district(row["province"], UnitKind(row["district_kind"]), row["district"])
            kind = UnitKind(row["kind"])
            code = row["code"] or f"{self._code_of_district(row)}-{_slug(KIND_WORDS[kind], row['name'])}"
            unit = self._unit(code, kind, UnitLevel.COMMUNE, row["name"], district)
            for new_code in row["new_codes"].split("|"):
                self._succeed(unit, new_code)

    def _code_of_district(self, row: Row) -> str:
        return f"{row['province']}-{_slug(KIND_WORDS[UnitKind(row['district_kind'])], row['district'])}"

    def _district(self, province: str, kind: UnitKind, name: str) -> int:
        """The district of that name; the files give districts no code, so its name makes one."""
        code = f"{province}-{_slug(KIND_WORDS[kind], name)}"
        known = self.ids.get((code, START_UNKNOWN))
        if known is not None and known in self.paths:
            return known
        return self._unit(code, kind, UnitLevel.DISTRICT, name, self.ids[province, START_UNKNOWN])

    def _unit(
        self,
        code: str,
        kind: UnitKind,
        level: UnitLevel,
        name: str,
        parent: int | None,
        valid_from: date = START_UNKNOWN,
    ) -> int:
        unit = self.ids.get((code, valid_from))
        if unit is None:
            unit, self.next_id = self.next_id, self.next_id + 1
            self.ids[code, valid_from] = unit
        is_former = valid_from != REFORM and level is not UnitLevel.COUNTRY
        above = "VN-63/" if is_former and level is UnitLevel.PROVINCE else self.paths.get(parent or 0, "")
        self.paths[unit] = f"{above}{code}/"
        words = name if level is UnitLevel.COUNTRY else f"{KIND_WORDS[kind]} {name}"
        self.units.append(
            {
                "id": unit,
                "code": code,
                "kind": kind,
                "level": level,
                "name": name,
                "full_name": words,
                "folded": fold(name),
                "sort_key": sort_key(name),
                "parent_id": parent,
                "path": self.paths[unit],
                "valid_from": valid_from,
                "valid_to": LAST_DAY_BEFORE if is_former else None,
            }
        )
        return unit

    def _succeed(self, old: int, new_code: str) -> None:
        new = self.ids[new_code, REFORM]
        self.successions.append({"old_id": old, "new_id": new, "share_bp": None, "on_date": REFORM})

    def _write(self) -> None:
        session = self.session
        new = [row for row in self.units if (row["code"], row["valid_from"]) not in self.was_known]
        changed = [row for row in self.units if (row["code"], row["valid_from"]) in self.was_known]
        session.execute(delete(Succession))
        session.execute(delete(UnitKindSeen))
        if changed:
            session.bulk_update_mappings(AdministrativeUnit, changed)  # pyright: ignore[reportArgumentType]
        for table, rows in (
            (AdministrativeUnit, new),
            (UnitKindSeen, self.kinds),
            (Succession, self.successions),
        ):
            if rows:
                session.execute(insert(table.__table__), rows)  # pyright: ignore[reportArgumentType]
        if session.get_bind().dialect.name == "postgresql":
            # Rows were written with their ids, so the sequence must be told where to go on.
            session.execute(select(func.setval("administrative_unit_id_seq", self.next_id)))


def read_rows(name: str) -> Iterator[Row]:
    """The rows of a file of this room, by column."""
    with (DATA / name).open(encoding="utf-8", newline="") as file:
        yield from csv.DictReader(file)


def _digest() -> str:
    """One hash over the files and this loader, so that a change of either loads again."""
    total = hashlib.sha256(Path(__file__).read_bytes())
    for name in _FILES:
        total.update((DATA / name).read_bytes())
    return total.hexdigest()


def _slug(*words: str) -> str:
    return fold(" ".join(words)).replace(" ", "-")
