"""How agencies are asked about a draft, and what becomes of what they say. Pure."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

LONGEST_COMMENT = 4_000


class CommentOutcome(StrEnum):
    """What the drafting office did with a comment; of one that was not taken over it says why."""

    ACCEPTED = "accepted"
    EXPLAINED = "explained"
    REJECTED = "rejected"


@dataclass(frozen=True, slots=True)
class AgencyStanding:
    """One agency of a consultation: until when it was asked, when it answered, its comments in all and unsettled."""

    due_on: date
    answered_on: date | None
    comments: int
    unsettled: int


@dataclass(frozen=True, slots=True)
class ConsultationStanding:
    """What of a consultation is still open on a day."""

    asked: int
    answered: int
    silent: int
    overdue: int
    comments: int
    unsettled: int

    @property
    def is_open(self) -> bool:
        """Whether an agency has not answered, or a comment has no answer yet."""
        return bool(self.silent or self.unsettled)


def not_asked_yet(agencies: Iterable[str], asked: Iterable[str]) -> list[str]:
    """The agencies of a list that are still to be asked, each once; great and small letters are the same."""
    known = {one.casefold() for one in asked}
    found: list[str] = []
    for agency in agencies:
        if agency.casefold() not in known:
            known.add(agency.casefold())
            found.append(agency)
    return found


def standing(agencies: Iterable[AgencyStanding], on: date) -> ConsultationStanding:
    """The counts over all agencies asked; the last day to answer still counts as in time."""
    found = list(agencies)
    silent = [one for one in found if one.answered_on is None]
    return ConsultationStanding(
        asked=len(found),
        answered=len(found) - len(silent),
        silent=len(silent),
        overdue=sum(one.due_on < on for one in silent),
        comments=sum(one.comments for one in found),
        unsettled=sum(one.unsettled for one in found),
    )
