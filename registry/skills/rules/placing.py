"""Where a typed text stands after the vocabulary changed: in its concept, in another one, or as it was. Pure."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any

from registry.skills.rules.nearness import final_of

# The steps by which the typed words themselves are a name; the others only come near one.
_BY_NAME = frozenset({"exact", "alias", "abbreviation", "folded", "joined", "stripped"})


@dataclass(frozen=True, slots=True)
class Standing:
    """A concept or a kept text, whether it has to be confirmed, the rank stated, and how the text was understood."""

    skill_id: int | None
    term_id: int | None
    needs_confirmation: bool = False
    level: int | None = None
    how: str = ""

    def plain(self) -> dict[str, Any]:
        """As kept in JSON."""
        return asdict(self)


@dataclass(frozen=True, slots=True)
class Reading:
    """What the resolver says of the text now; `level` is a rank on the concept's own scale."""

    skill_id: int | None
    needs_confirmation: bool = False
    level: int | None = None
    how: str = "unknown"


@dataclass(frozen=True, slots=True)
class Ground:
    """What a change lets move: kept texts with the concept they became, and the concept a new one was split from."""

    terms: Mapping[int, int]
    merged: Mapping[int, int]
    split_from: int | None = None
    split_off: int | None = None


def placed(standing: Standing, reading: Reading, ground: Ground) -> Standing | None:
    """How the record is to stand; None when it stays as it is.

    A kept text gets the concept the curator gave it, in doubt where the resolver doubts. What nobody confirmed
    follows the resolver. What is confirmed moves only when its concept was split and its very words went along.
    """
    if standing.term_id is not None:
        return _named(standing, reading, ground)
    if standing.needs_confirmation:
        return _unconfirmed(standing, reading, ground)
    return _split(standing, reading, ground)


def _named(standing: Standing, reading: Reading, ground: Ground) -> Standing | None:
    given = ground.terms.get(standing.term_id or 0)
    if given is None:
        return None
    skill_id = given if reading.skill_id is None else reading.skill_id
    doubts = reading.needs_confirmation or reading.skill_id is None
    level = standing.level
    if level is None and reading.skill_id is not None:
        level = reading.level
    return Standing(skill_id, None, doubts, level, reading.how)


def _unconfirmed(standing: Standing, reading: Reading, ground: Ground) -> Standing | None:
    held = standing.skill_id
    if reading.skill_id is None or held is None:
        return None
    # A claim keeps the concept it was made on when that concept was merged; matching redirects it.
    skill_id = held if final_of(held, ground.merged) == reading.skill_id else reading.skill_id
    if skill_id == held and reading.needs_confirmation:
        return None
    return Standing(skill_id, None, reading.needs_confirmation, standing.level, reading.how)


def _split(standing: Standing, reading: Reading, ground: Ground) -> Standing | None:
    is_at_stake = ground.split_from is not None and standing.skill_id == ground.split_from
    if not is_at_stake or reading.skill_id != ground.split_off or reading.needs_confirmation:
        return None
    if reading.how not in _BY_NAME:
        return None
    return Standing(reading.skill_id, None, needs_confirmation=False, level=standing.level, how=reading.how)
