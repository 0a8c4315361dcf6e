"""The four parts beside skills: experience, qualification, availability, place. Each gives 0…60 as an interval. Pure."""

from datetime import date

from registry.matching.engine.dates import Period, add_months, whole_years
from registry.matching.engine.facts import (
    AvailabilityStated,
    AvailabilityWanted,
    EducationHeld,
    ExperienceHeld,
    ExperienceWanted,
    Field,
    PlacesStated,
    PlaceWanted,
    QualificationWanted,
)
from registry.matching.engine.outcome import NOTHING, Interval

FULL = 60
NOT_STATED = Interval(0, FULL)

STATEMENT_GOOD_FOR_MONTHS = 12
LATE_START_MONTHS = 3


def experience(wanted: ExperienceWanted, held: tuple[ExperienceHeld, ...], as_of: date) -> Interval:
    """60 · min(years, wanted) // wanted over the union of matching periods, in whole years at `as_of`."""
    if not held:
        return NOT_STATED
    years = experience_years(wanted, held, as_of)
    return Interval(*(FULL * min(one, wanted.years) // wanted.years for one in years))


def experience_years(wanted: ExperienceWanted, held: tuple[ExperienceHeld, ...], as_of: date) -> Interval:
    """Whole matching years: rows with field and dates at their shortest, and all that may match at their longest."""
    certain: list[Period] = []
    potential: list[Period] = []
    for row in held:
        matches = Interval(1, 1) if wanted.field is None else field_listed(row.field, (wanted.field,))
        if matches.certain and (period := _shortest(row, as_of)):
            certain.append(period)
        if matches.potential and (period := _longest(row, as_of)):
            potential.append(period)
    least = whole_years(certain)
    return Interval(least, max(least, whole_years(potential)))


def _shortest(row: ExperienceHeld, as_of: date) -> Period | None:
    """The days certainly inside the period: from the last day it may begin to the first day it may end."""
    if row.start is None or (row.end is None and not row.ongoing):
        return None
    end = as_of if row.end is None or row.ongoing else min(row.end.earliest, as_of)
    return (row.start.latest, end) if row.start.latest <= end else None


def _longest(row: ExperienceHeld, as_of: date) -> Period | None:
    """The days possibly inside the period; a missing end may be today, a missing start may be long ago."""
    start = row.start.earliest if row.start else date.min
    end = as_of if row.end is None or row.ongoing else min(row.end.latest, as_of)
    return (start, end) if start <= end else None


def qualification(wanted: QualificationWanted, held: tuple[EducationHeld, ...]) -> Interval:
    """The best education: rank reached 60, one below 30, else 0; times field listed 1, same group ½, else 0."""
    if not held:
        return NOT_STATED
    rows = [_education_value(wanted, row) for row in held]
    return Interval(max(row.certain for row in rows), max(row.potential for row in rows))


def _education_value(wanted: QualificationWanted, row: EducationHeld) -> Interval:
    rank, halves = rank_value(wanted.rank, row.rank), field_halves(wanted.fields, row.field)
    return Interval(rank.certain * halves.certain // 2, rank.potential * halves.potential // 2)


def rank_value(wanted: int, held: int | None) -> Interval:
    """60 for the rank, 30 for one below, 0 else; not stated may be any."""
    if held is None:
        return NOT_STATED
    value = FULL if held >= wanted else FULL // 2 if held == wanted - 1 else 0
    return Interval(value, value)


def field_halves(wanted: tuple[Field, ...], held: Field | None) -> Interval:
    """2 for a listed field, 1 for the same group, 0 else."""
    if not wanted:
        return Interval(2, 2)
    listed = field_listed(held, wanted)
    same_group = held is not None and held.group in {one.group for one in wanted if one.group}
    return Interval(max(2 * listed.certain, same_group), max(2 * listed.potential, same_group))


def field_listed(held: Field | None, wanted: tuple[Field, ...]) -> Interval:
    """Whether a field is one of those wanted: 1 or 0, certain and potential.

    A wanted entry without a code means its whole group. A field that is not stated may be any, one that is
    stated by its group only may be any of that group.
    """
    if held is None:
        return Interval(0, 1)
    if any(held.code == one.code if one.code is not None else held.group == one.group for one in wanted):
        return Interval(1, 1)
    may_be = held.code is None and held.group in {one.group for one in wanted}
    return Interval(0, int(may_be))


def current_statement(stated: AvailabilityStated | None, as_of: date) -> AvailabilityStated | None:
    """The statement while it is not older than 12 months; later it counts as not stated."""
    if stated is None or add_months(stated.stated_on, STATEMENT_GOOD_FOR_MONTHS) < as_of:
        return None
    return stated


def availability(wanted: AvailabilityWanted, stated: AvailabilityStated | None, as_of: date) -> Interval:
    """Free by the start 60, within three months of it 30, later 0; no shared form or «không sẵn sàng» 0."""
    current = current_statement(stated, as_of)
    if current is None:
        return NOT_STATED
    if not current.available or (wanted.forms and current.forms and not wanted.forms & current.forms):
        return NOTHING
    start = _start_value(wanted.start_on, current.free_from)
    form_is_certain = not wanted.forms or bool(current.forms)
    return start if form_is_certain else Interval(0, start.potential)


def _start_value(start_on: date | None, free_from: date | None) -> Interval:
    if start_on is None:
        return Interval(FULL, FULL)
    if free_from is None:
        return NOT_STATED
    if free_from <= start_on:
        return Interval(FULL, FULL)
    if free_from <= add_months(start_on, LATE_START_MONTHS):
        return Interval(FULL // 2, FULL // 2)
    return NOTHING


def place(wanted: PlaceWanted, stated: PlacesStated | None) -> Interval:
    """60 when a unit the person said they accept contains the workplace, or anywhere, or remote work on both sides."""
    if stated is None:
        return NOT_STATED
    accepts_unit = wanted.unit_path is not None and any(
        wanted.unit_path.startswith(path) for path in stated.unit_paths
    )
    accepted = accepts_unit or stated.anywhere or (wanted.remote and stated.remote)
    return Interval(FULL, FULL) if accepted else NOTHING
