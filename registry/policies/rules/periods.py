"""Days in force: from a first day to a last one, both inclusive, either of which may not be known. Pure."""

from datetime import date, timedelta

Period = tuple[date | None, date | None]


def first_day(effective_from: date | None, signed_on: date | None, after_days: int | None) -> date | None:
    """The first day in force: the one written, else so many days after signing. No text binds before it is signed."""
    if effective_from is not None or signed_on is None:
        return effective_from
    return signed_on + timedelta(days=after_days or 0)


def periods_meet(one: Period, other: Period) -> bool:
    """Whether two periods may have a day in common; a day that is not known reaches to the end of time."""
    (start, end), (first, last) = one, other
    return (start or date.min) <= (last or date.max) and (first or date.min) <= (end or date.max)


def day_of(text: str | None) -> date | None:
    """A day as the data form writes it (ISO), None where it says none."""
    return None if text is None else date.fromisoformat(text)
