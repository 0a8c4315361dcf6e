"""A forecast, somebody who left, and a shortage of each place."""

from sqlalchemy.orm import Session

from registry.needs.models import Need
from registry.people.models import Person
from tests.factories.balance import forecast, movement, shortage

Objects = dict[str, dict[str, dict[str, str]]]


def make_balance(session: Session, people: dict[str, Person], needs: dict[str, Need]) -> Objects:
    """The parts of their addresses."""
    found: Objects = {kind: {} for kind in ("forecast", "movement", "shortage")}
    for where, need in needs.items():
        path = need.unit_path
        found["forecast"][where] = {"ma": forecast(session, unit_path=path).public_id}
        left = movement(session, person=people[where], unit_path=path)
        found["movement"][where] = {"ma": left.public_id}
        found["shortage"][where] = {"ma": shortage(session, unit_path=path).public_id}
    session.flush()
    return found
