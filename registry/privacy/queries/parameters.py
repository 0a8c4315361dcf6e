"""All rows of the files of limits, days and lengths in one list, with what somebody confirmed. Reads only."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy.orm import Session

from registry.privacy.queries.confirmed import confirmed_fingerprints
from registry.privacy.rules import Limit, SpecialDays, limit_of, limits, working_calendar
from registry.privacy.rules.confirming import as_confirmed
from registry.privacy.rules.kept import Kept, kept_after_erasure
from registry.privacy.rules.kinds import RightKind


@dataclass(frozen=True)
class Parameters:
    """The rows as they count now."""

    limits: Sequence[Limit]
    years: Sequence[tuple[int, Sequence[SpecialDays]]]


def parameters_now(session: Session, *, on: date) -> Parameters:
    """Limits, and the days of this year and later ones."""
    known, calendar = confirmed_fingerprints(session), working_calendar()
    years = [year for year in sorted(calendar.years) if year >= on.year]
    return Parameters(
        [as_confirmed(row, known) for row in limits()],
        [(year, [as_confirmed(day, known) for day in calendar.special_days(year)]) for year in years],
    )


def limit_now(session: Session, kind: RightKind, on: date) -> Limit:
    """The row in force for a request received on a day, with what somebody confirmed. Raises NoLimit."""
    return as_confirmed(limit_of(kind, on), confirmed_fingerprints(session))


def kept_now(session: Session) -> Sequence[Kept]:
    """What stays after an erasure, with what somebody confirmed."""
    known = confirmed_fingerprints(session)
    return [as_confirmed(one, known) for one in kept_after_erasure()]
