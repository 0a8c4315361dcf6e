"""From the rows of the data files to units with keys, paths and successions. Reads no file itself."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache

from registry.places.rules.former import FORMER_ROOT
from registry.places.rules.kinds import KIND_WORDS, LAST_DAY_BEFORE, REFORM, UnitKind, UnitLevel
from registry.text import fold

# Province kinds were looked up twice; on which day between the two a kind changed is not known.
KINDS_SEEN_AGAIN = date(2026, 9, 20)
# The files do not say since when former units existed; the key needs a day, so all share this one.
START_UNKNOWN = date(1900, 1, 1)
HANOI_EXTENDED = date(2008, 8, 1)

Key = tuple[str, date]
Rows = Iterable[Mapping[str, str]]
ReadRows = Callable[[str], Rows]


@dataclass(frozen=True, slots=True)
class UnitRow:
    """A unit as it is to be stored; its parent is named by key."""

    key: Key
    kind: UnitKind
    level: UnitLevel
    name: str
    path: str
    valid_to: date | None
    parent: Key | None

    @property
    def full_name(self) -> str:
        return self.name if self.level is UnitLevel.COUNTRY else f"{KIND_WORDS[self.kind]} {self.name}"


@dataclass
class Edition:
    """All units of the data files, parents before children, and which became which."""

    units: dict[Key, UnitRow] = field(default_factory=dict[Key, UnitRow])
    successions: dict[tuple[Key, Key], date] = field(default_factory=dict[tuple[Key, Key], date])
    kinds_seen: list[tuple[Key, UnitKind, date]] = field(default_factory=list[tuple[Key, UnitKind, date]])

    @classmethod
    def of(cls, rows: ReadRows) -> "Edition":
        """Put the files together; `rows` gives the rows of a file by its name."""
        edition = cls()
        country = edition._add(
            ("VN", START_UNKNOWN), UnitKind.COUNTRY, UnitLevel.COUNTRY, "Việt Nam", None, None
        )
        edition._add_provinces(rows("provinces.csv"), country)
        edition._add_communes(rows("communes.csv"))
        edition._add_former_provinces(rows("former_provinces.csv"), country)
        edition._add_older_provinces(rows("older_provinces.csv"), country)
        edition._add_undivided_districts(rows("undivided_districts.csv"))
        edition._add_former_communes(rows("former_communes.csv"))
        return edition

    def _add(
        self,
        key: Key,
        kind: UnitKind,
        level: UnitLevel,
        name: str,
        parent: Key | None,
        valid_to: date | None,
        root: str = "",
    ) -> Key:
        above = root or (self.units[parent].path if parent is not None else "")
        self.units[key] = UnitRow(key, kind, level, name, f"{above}{key[0]}/", valid_to, parent)
        return key

    def _add_former(self, code: str, kind: UnitKind, level: UnitLevel, name: str, parent: Key) -> Key:
        root = FORMER_ROOT if level is UnitLevel.PROVINCE else ""
        return self._add((code, START_UNKNOWN), kind, level, name, parent, LAST_DAY_BEFORE, root)

    def _succeed(self, old: Key, new: Key, on: date = REFORM) -> None:
        assert old in self.units and new in self.units  # noqa: S101, PT018 - the files name no other units
        self.successions[old, new] = on

    def _add_provinces(self, rows: Rows, country: Key) -> None:
        for row in rows:
            first, newest = UnitKind(row["kind_2025_07_01"]), UnitKind(row["kind_2026_09_20"])
            key = self._add((row["code"], REFORM), newest, UnitLevel.PROVINCE, row["name"], country, None)
            self.kinds_seen += [(key, first, REFORM), (key, newest, KINDS_SEEN_AGAIN)]

    def _add_communes(self, rows: Rows) -> None:
        for row in rows:
            key, parent = (row["code"], REFORM), (row["province"], REFORM)
            self._add(key, UnitKind(row["kind"]), UnitLevel.COMMUNE, row["name"], parent, None)

    def _add_former_provinces(self, rows: Rows, country: Key) -> None:
        for row in rows:
            kind = UnitKind(row["kind"])
            key = self._add_former(row["code"], kind, UnitLevel.PROVINCE, row["name"], country)
            self._succeed(key, (row["new_code"], REFORM))

    def _add_older_provinces(self, rows: Rows, country: Key) -> None:
        """Provinces that ended before the 63, which papers of older people name. Only the year is sure."""
        for row in rows:
            year = int(row["ended_year"])
            end = HANOI_EXTENDED if year == HANOI_EXTENDED.year else date(year + 1, 1, 1)
            key = (slug("cu", row["name"]), START_UNKNOWN)
            valid_to = date.fromordinal(end.toordinal() - 1)
            self._add(key, UnitKind.PROVINCE, UnitLevel.PROVINCE, row["name"], country, valid_to, "VN-older/")
            for code in row["former_codes"].split("|"):
                self._succeed(key, (code, START_UNKNOWN), end)

    def _add_undivided_districts(self, rows: Rows) -> None:
        """Districts that went whole into one new commune, island districts above all."""
        for row in rows:
            district = self._district(row["province"], UnitKind(row["kind"]), row["name"])
            self._succeed(district, (row["new_code"], REFORM))

    def _add_former_communes(self, rows: Rows) -> None:
        for row in rows:
            district = self._district(row["province"], UnitKind(row["district_kind"]), row["district"])
            kind = UnitKind(row["kind"])
            # Communes that ended before mid-2025 come without a code; the district and the name make one.
            code = row["code"] or f"{district[0]}-{slug(KIND_WORDS[kind], row['name'])}"
            key = self._add_former(code, kind, UnitLevel.COMMUNE, row["name"], district)
            for new_code in row["new_codes"].split("|"):
                self._succeed(key, (new_code, REFORM))

    def _district(self, province: str, kind: UnitKind, name: str) -> Key:
        """The district of that name; the files give districts no code, so province and name make one."""
        key = (f"{province}-{slug(KIND_WORDS[kind], name)}", START_UNKNOWN)
        if key not in self.units:
            self._add_former(key[0], kind, UnitLevel.DISTRICT, name, (province, START_UNKNOWN))
        return key


@lru_cache(maxsize=4096)
def slug(*words: str) -> str:
    """The words as one lower-case ASCII code: «huyện Ba Tri» → "huyen-ba-tri"."""
    return fold(" ".join(words)).replace(" ", "-")
