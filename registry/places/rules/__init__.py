"""Places as words: kinds, names and what a typed text means. Pure: no database, no request, no clock."""

from registry.places.rules.answers import AnswerState, Candidate, Place, PlaceAnswer
from registry.places.rules.areas import Area, AreaKind, AreaRecord, AreaSpan, area_of, spans_of
from registry.places.rules.atlas import Alias
from registry.places.rules.countries import Country, CountryIndex
from registry.places.rules.former import FORMER_ROOT, ITSELF, is_former, is_former_part
from registry.places.rules.gazetteer import Gazetteer
from registry.places.rules.kinds import KIND_WORDS, LAST_DAY_BEFORE, REFORM, UnitKind, UnitLevel

__all__ = [
    "FORMER_ROOT",
    "ITSELF",
    "KIND_WORDS",
    "LAST_DAY_BEFORE",
    "REFORM",
    "Alias",
    "AnswerState",
    "Area",
    "AreaKind",
    "AreaRecord",
    "AreaSpan",
    "Candidate",
    "Country",
    "CountryIndex",
    "Gazetteer",
    "Place",
    "PlaceAnswer",
    "UnitKind",
    "UnitLevel",
    "area_of",
    "is_former",
    "is_former_part",
    "spans_of",
]
