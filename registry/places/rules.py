"""What kinds and levels of administrative units there are. Pure: the words of places, no database."""

from enum import StrEnum


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
