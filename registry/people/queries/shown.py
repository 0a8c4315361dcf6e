"""The columns of a person that lists show, as plain rows: a page of people costs no object with fifty attributes."""

from typing import Any, NamedTuple

from sqlalchemy import func

from registry.people.models import Person, PersonChange


class PersonShown(NamedTuple):
    """What a list reads of a person, under the names the record has. `change` is the number of the newest change."""

    id: int
    public_id: str
    code: str
    full_name: str
    folded_name: str
    headline: str
    folded_headline: str
    stated_years: int | None
    unit_path: str
    organisation_path: str
    residence_country: str | None
    residence_unit_path: str
    residence_text: str
    agrees_to_be_named: bool
    change: int


def shown_columns() -> tuple[Any, ...]:
    """The columns of `PersonShown` in its order, for statements over `with_changes`."""
    names = PersonShown._fields[:-1]
    # Who never changed since changes have numbers has none.
    return (*(getattr(Person, name) for name in names), func.coalesce(PersonChange.n, 0))


def with_changes(people: Any) -> Any:
    """A statement of people with their newest changes beside them."""
    return people.outerjoin(PersonChange, PersonChange.id == Person.id)
