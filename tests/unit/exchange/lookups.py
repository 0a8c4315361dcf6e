"""A small registry for tests of rows: three places, two countries, four skills; no database."""

from datetime import date

from registry.exchange.rules.lookups import Lookups, SkillAnswer
from registry.organisations.rules import Office
from registry.places.rules import AnswerState, Candidate, Country, Place, PlaceAnswer, UnitKind, UnitLevel
from registry.skills.rules import LevelScale
from registry.text import fold

TODAY = date(2026, 11, 25)
COUNTRY = Place(
    1, "VN", UnitLevel.COUNTRY, UnitKind.COUNTRY, "Việt Nam", "Việt Nam", "VN/", "v", date(1945, 9, 2), None
)
LAI_CHAU = Place(
    2,
    "12",
    UnitLevel.PROVINCE,
    UnitKind.PROVINCE,
    "Lai Châu",
    "tỉnh Lai Châu",
    "VN/12/",
    "l",
    date(2025, 7, 1),
    None,
    COUNTRY,
)
TAN_PHONG = Place(
    3, "03388", UnitLevel.COMMUNE, UnitKind.WARD, "Tân Phong", "phường Tân Phong", "VN/12/03388/", "t", date(2025, 7, 1),
    None, LAI_CHAU,
)  # fmt: skip
PLACES = {"lai chau": LAI_CHAU, "tan phong lai chau": TAN_PHONG}
COUNTRIES = {"duc": Country("DE", "Đức", "Germany"), "viet nam": Country("VN", "Việt Nam", "Vietnam")}
SKILLS = {
    "python": SkillAnswer(10, "Python"),
    "lap trinh python": SkillAnswer(10, "Python"),
    "han": SkillAnswer(11, "Hàn", LevelScale.TRADE),
    "quan ly": SkillAnswer(12, "Quản lý dự án", needs_confirmation=True, how="fuzzy"),
}


def place(text: str) -> PlaceAnswer:
    found = PLACES.get(fold(text.replace(",", " ")))
    if found is not None:
        return PlaceAnswer(text, AnswerState.RESOLVED, found)
    if "trùng" in text:
        both = (Candidate(LAI_CHAU), Candidate(TAN_PHONG))
        return PlaceAnswer(text, AnswerState.AMBIGUOUS, candidates=both, total=2)
    return PlaceAnswer(text, AnswerState.UNKNOWN)


def lookups(office: Office | None = None, in_scope: str = "") -> Lookups:
    """The registry as rows see it; `in_scope` is the prefix of unit paths the importer may write under."""
    return Lookups(
        place=place,
        is_old_name_too=lambda text: text == "Tân Phong, Lai Châu",
        country=lambda text: COUNTRIES.get(fold(text)),
        skill=lambda text, _others: SKILLS.get(fold(text), SkillAnswer(how="unknown")),
        is_in_scope=lambda path: path.startswith(in_scope),
        today=TODAY,
        office=office or Office(),
    )
