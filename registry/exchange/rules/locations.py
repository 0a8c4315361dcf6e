"""Places and countries in cells, by any of their names of today or before. Pure; never guesses."""

from registry.exchange.rules.cells import RowReader
from registry.exchange.rules.lookups import Lookups, doubt_old_name, spoken
from registry.people.rules import NO_PLACE, PlaceDraft
from registry.people.rules.problems import N_, Problem
from registry.places.rules import Place

HOME = "VN"


def country_of(lookups: Lookups, text: str) -> str | Problem:
    """The ISO code of a country by its name or code."""
    found = lookups.country(text)
    return (
        Problem("unknown_country", N_("Nhập tên nước, ví dụ Việt Nam, Nhật Bản, Đức"))
        if found is None
        else found.code
    )


def read_countries(row: RowReader, key: str, lookups: Lookups) -> tuple[str, ...]:
    """The countries of a cell, each once."""
    return tuple(dict.fromkeys(row.entries(key, lambda text: country_of(lookups, text))))


def read_place(row: RowReader, key: str, lookups: Lookups) -> PlaceDraft:
    """A place in the country by any of its names of today or before; a question is never guessed."""
    found = row.read(key, lambda text: home_place(lookups, text))
    doubt_old_name(row, key, lookups)
    return found or NO_PLACE


def unit_of(lookups: Lookups, text: str) -> Place | Problem:
    """The unit of today that a text means, or the question it leaves open."""
    answer = lookups.place(text)
    if answer.unit is None:
        code = "ambiguous_place" if answer.total > 1 else "unknown_place"
        return Problem(code, "%(words)s", {"words": spoken(answer)})
    return answer.unit


def home_place(lookups: Lookups, text: str) -> PlaceDraft | Problem:
    """The same for a person's place."""
    unit = unit_of(lookups, text)
    return unit if isinstance(unit, Problem) else PlaceDraft(text, unit.id, unit.path)


def foreign_place(lookups: Lookups, text: str) -> PlaceDraft | None:
    """«Nhật Bản» or «Munich, Đức»; None when it names no other country, or also names a place at home."""
    if lookups.place(text).unit is not None:
        return None
    found = lookups.country(text.rpartition(",")[2].strip())
    return None if found is None or found.code == HOME else PlaceDraft(text, country=found.code)
