"""Levels and kinds of administrative units, the words for them, and how people type these words."""

from datetime import date
from enum import StrEnum
from itertools import product

from registry.text import fold

# Resolution 202/2025/QH15: 63 provinces became 34, districts ended, communes were drawn anew.
REFORM = date(2025, 7, 1)
LAST_DAY_BEFORE = date(2025, 6, 30)


class UnitLevel(StrEnum):
    """Where a unit stands; districts ended on 2025-06-30."""

    COUNTRY = "country"
    PROVINCE = "province"
    DISTRICT = "district"
    COMMUNE = "commune"


class UnitKind(StrEnum):
    """What a unit is called. A city can be of the province or (before 2025-07-01) of the district level."""

    COUNTRY = "country"
    PROVINCE = "province"
    CITY = "city"
    RURAL_DISTRICT = "rural_district"
    URBAN_DISTRICT = "urban_district"
    TOWN = "town"
    COMMUNE = "commune"
    WARD = "ward"
    TOWNSHIP = "township"
    SPECIAL_ZONE = "special_zone"


KIND_WORDS = {
    UnitKind.COUNTRY: "nước",
    UnitKind.PROVINCE: "tỉnh",
    UnitKind.CITY: "thành phố",
    UnitKind.RURAL_DISTRICT: "huyện",
    UnitKind.URBAN_DISTRICT: "quận",
    UnitKind.TOWN: "thị xã",
    UnitKind.COMMUNE: "xã",
    UnitKind.WARD: "phường",
    UnitKind.TOWNSHIP: "thị trấn",
    UnitKind.SPECIAL_ZONE: "đặc khu",
}
KIND_WORDS_EN = {
    UnitKind.COUNTRY: "Country",
    UnitKind.PROVINCE: "Province",
    UnitKind.CITY: "City",
    UnitKind.RURAL_DISTRICT: "District",
    UnitKind.URBAN_DISTRICT: "District",
    UnitKind.TOWN: "Town",
    UnitKind.COMMUNE: "Commune",
    UnitKind.WARD: "Ward",
    UnitKind.TOWNSHIP: "Township",
    UnitKind.SPECIAL_ZONE: "Special Zone",
}

Kinds = frozenset[UnitKind]
Tokens = tuple[str, ...]

_CITY = frozenset({UnitKind.CITY})
_PROVINCE = frozenset({UnitKind.PROVINCE})
_DISTRICT = frozenset({UnitKind.RURAL_DISTRICT, UnitKind.URBAN_DISTRICT})
_TYPED: dict[str, Kinds] = {
    "thành phố|tp|t p|thủ đô": _CITY,
    "thị xã|tx|t x": frozenset({UnitKind.TOWN}),
    "thị trấn|tt|t t": frozenset({UnitKind.TOWNSHIP}),
    "tỉnh|t": _PROVINCE,
    "huyện|huyện đảo|h": frozenset({UnitKind.RURAL_DISTRICT}),
    "quận|q": frozenset({UnitKind.URBAN_DISTRICT}),
    "phường|p|f|ward": frozenset({UnitKind.WARD}),
    "xã|x|commune": frozenset({UnitKind.COMMUNE}),
    "đặc khu|đk": frozenset({UnitKind.SPECIAL_ZONE}),
    "district": _DISTRICT,
}
_TYPED_AFTER: dict[str, Kinds] = {
    "province": _PROVINCE,
    "city": _CITY,
    "district": _DISTRICT,
    "ward": frozenset({UnitKind.WARD}),
    "commune": frozenset({UnitKind.COMMUNE}),
    "town": frozenset({UnitKind.TOWN, UnitKind.TOWNSHIP}),
    "township": frozenset({UnitKind.TOWNSHIP}),
    "special zone": frozenset({UnitKind.SPECIAL_ZONE}),
}


def _by_tokens(table: dict[str, Kinds]) -> dict[Tokens, Kinds]:
    """The kinds by the words for them, each word with its marks or without («thi trấn»)."""
    return {
        tokens: kinds
        for line, kinds in table.items()
        for words in line.split("|")
        for tokens in product(*({token, fold(token)} for token in words.split()))
    }


# The kind word before a name («xã», «P.», «TP») and after it (“Ben Tre province”), as lower-case tokens.
BEFORE_NAME = _by_tokens(_TYPED)
AFTER_NAME = _by_tokens(_TYPED_AFTER)
LONGEST_KIND_WORD = 2


def kinds_typed(tokens: Tokens) -> list[tuple[Kinds, Tokens]]:
    """The ways to see a kind word at either end of the tokens, with the name that remains."""
    found: list[tuple[Kinds, Tokens]] = []
    for length in range(1, LONGEST_KIND_WORD + 1):
        if len(tokens) > length:
            before, after = BEFORE_NAME.get(tokens[:length]), AFTER_NAME.get(tokens[-length:])
            if before is not None:
                found.append((before, tokens[length:]))
            if after is not None:
                found.append((after, tokens[:-length]))
    return found
