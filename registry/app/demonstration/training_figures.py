"""The printed figures of Bến Tre and Lai Châu as rows: so many different people in each category, lượt somewhat more.

Nobody in them is anybody: participants are numbers of identities that do not exist. Whoever takes part in two categories is
one number in both, so that the people of all categories together are fewer than the sum of the printed figures.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from random import Random
from typing import Any

from sqlalchemy.orm import Session

from registry.db.keys import keyring_of
from registry.people.rules import Sex
from registry.training.models import TrainingSession
from registry.training.operations import enter_many
from registry.training.queries.numbers import stranger_numbers
from registry.training.rules import ParticipationState, Result

BEN_TRE: Mapping[str, int] = {
    "education": 429,
    "political_theory": 1_297,
    "state_management": 1_335,
    "leadership_skills": 1_075,
    "professional": 15_185,
    "defence_security": 2_549,
    "council_delegates": 4_127,
}
"""People by category, 2021–2022, as the interim review of Scheme 06 prints them."""

SCIENCE: Mapping[int, int] = {2021: 470, 2022: 483}
"""Lượt by year; how many people they were is not printed: here somewhat fewer."""

LAI_CHAU = 716
"""People trained in a trade in the first half of 2025."""

_POOL = 17_000
_STARTS: Mapping[str, int] = {
    "education": 200,
    "political_theory": 500,
    "state_management": 1_200,
    "leadership_skills": 300,
    "professional": 0,
    "defence_security": 9_000,
    "council_delegates": 12_500,
}
_AGAIN = 14
"""Every so many-th participant comes to a second class."""


@dataclass(frozen=True)
class Crowd:
    """Who takes part in some classes: the first number in the pool, how many people, how many lượt."""

    pool: str
    first: int
    people: int
    attendances: int


def crowd_of(category: str) -> Crowd:
    """The participants of a category of Bến Tre."""
    people = BEN_TRE[category]
    return Crowd("ben-tre", _STARTS[category], people, people + people // _AGAIN)


def write_crowd(session: Session, classes: Sequence[TrainingSession], crowd: Crowd, rng: Random) -> None:
    """Enter a crowd into classes that are over, as a list would be."""
    numbers = list(_numbers(session, crowd))
    more = crowd.attendances - crowd.people
    entered = [(number, classes[place % len(classes)]) for place, number in enumerate(numbers)]
    entered += [(numbers[place], classes[(place + 1) % len(classes)]) for place in range(more)]
    enter_many(session, [_row(number, held, rng) for number, held in entered])


def _numbers(session: Session, crowd: Crowd) -> Iterator[int]:
    keyring = keyring_of(session)
    for place in range(crowd.first, crowd.first + crowd.people):
        yield stranger_numbers(keyring, f"minh-hoa:{crowd.pool}:{place % _POOL}")[0]


def _row(number: int, held: TrainingSession, rng: Random) -> dict[str, Any]:
    is_told = rng.random() < _TOLD
    traits = _traits(-number, held.unit_path.startswith("VN/12/")) if is_told else _UNTOLD
    return traits | {
        "session_id": held.id,
        "participant": number,
        "state": ParticipationState.COMPLETED,
        "result": Result.PASSED if rng.random() < _PASSES else Result.FAILED,
        "result_on": held.actual_end,
        "category": held.course.category,
        "happened_on": held.actual_end,
        "unit_path": held.unit_path,
        "organisation_path": held.organisation_path,
    }


_TOLD, _PASSES = 0.9, 0.97
_UNTOLD: dict[str, Any] = dict.fromkeys(("sex", "is_rural", "is_minority", "is_vulnerable", "is_teacher"))


def _traits(bits: int, is_highland: bool) -> dict[str, Any]:
    """The same person has the same traits in every list: they are drawn from the number."""
    return {
        "sex": Sex.FEMALE if bits % 100 < 48 else Sex.MALE,
        "is_rural": (bits >> 8) % 100 < 70,
        "is_minority": (bits >> 16) % 1000 < (800 if is_highland else 4),
        "is_vulnerable": (bits >> 28) % 100 < 10,
        "is_teacher": (bits >> 40) % 100 < 20,
    }


def spread(start: date, end: date, count: int) -> list[tuple[date, date]]:
    """So many periods of two weeks, one after another between two days (both inclusive)."""
    room = (end - start).days - 14
    firsts = [start + timedelta(days=place * room // max(1, count - 1)) for place in range(count)]
    return [(first, first + timedelta(days=13)) for first in firsts]
