"""Concepts of other catalogues beside ours: when one is the same as a local concept without asking anybody. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from registry.text import match_key


class ExternalScheme(StrEnum):
    """The catalogues whose codes may stand on a concept."""

    ESCO = "esco"
    ONET = "onet"


class ExternalState(StrEnum):
    """matched: by an equal English label; accepted, refused: by a curator; the others wait without a concept."""

    MATCHED = "matched"
    ACCEPTED = "accepted"
    REFUSED = "refused"
    AMBIGUOUS = "ambiguous"
    UNMATCHED = "unmatched"


@dataclass(frozen=True, slots=True)
class ExternalMatch:
    """The local concept an external one is, or why there is none."""

    state: ExternalState
    skill_id: int | None = None


def match_external(preferred: str, english: Mapping[str, frozenset[int]]) -> ExternalMatch:
    """The one concept that has this English label (folded keys → concepts), and nothing else by likeness.

    Alternative labels are not asked: «nurse» among the alternatives of another occupation would tie two concepts.
    """
    found = english.get(match_key(preferred), frozenset())
    if len(found) == 1:
        return ExternalMatch(ExternalState.MATCHED, next(iter(found)))
    return ExternalMatch(ExternalState.AMBIGUOUS if found else ExternalState.UNMATCHED)
