"""What reading a row asks of the registry: places, countries, skills, the scope. Answers only; pure.

The caller hands in functions that remember their answers: a file names the same place a thousand times.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from registry.exchange.rules.cells import Memory, RowReader
from registry.exchange.rules.findings import Bilingual
from registry.organisations.rules import NO_OFFICE, Office
from registry.people.rules.problems import N_, Problem
from registry.places.rules import Country, Place, PlaceAnswer
from registry.skills.rules import LevelScale


@dataclass(frozen=True, slots=True)
class SkillAnswer:
    """What a skill text means: a concept (`skill_id`, its name and scale) or none. `rank` is a level in words."""

    skill_id: int | None = None
    name: str = ""
    scale: LevelScale = LevelScale.GENERAL
    rank: int | None = None
    needs_confirmation: bool = False
    how: str = ""


@dataclass(frozen=True, slots=True)
class Lookups:
    """The registry as a reader of rows sees it.

    `is_in_scope` says whether the importing account may keep records under a unit path (and the office's
    organisation). `place` prefers the names of today; `is_old_name_too` says that the text also is a name of
    before that meant somewhere else. `memory` is for what rows of one file repeat. `skill` also gets the other skills of the row, which tell what an abbreviation means.
    """

    place: Callable[[str], PlaceAnswer]
    is_old_name_too: Callable[[str], bool]
    country: Callable[[str], Country | None]
    skill: Callable[[str, tuple[str, ...]], SkillAnswer]
    is_in_scope: Callable[[str], bool]
    today: date
    office: Office = NO_OFFICE
    memory: Memory = field(default_factory=dict[tuple[str, str], Any], compare=False, repr=False)


def spoken(answer: PlaceAnswer) -> Bilingual:
    """What the gazetteer says about a text."""
    return Bilingual(answer.words("vi"), answer.words("en"))


def doubt_old_name(row: RowReader, key: str, lookups: Lookups) -> None:
    """Say which unit of today a text was taken for, when it also was the name of another one before."""
    text = row.text(key)
    if text and not row.is_refused(key) and lookups.is_old_name_too(text):
        row.doubt(
            key,
            Problem(
                "old_name_too",
                N_("Được hiểu là %(words)s (tên hiện nay). Nếu là tên cũ, ghi thêm huyện và tỉnh cũ"),
                {"words": spoken(lookups.place(text))},
            ),
        )


def province_of(place: Place) -> Place:
    """The province a unit lies in; the unit itself when it is one or lies above."""
    while place.parent is not None and place.parent.parent is not None:
        place = place.parent
    return place
