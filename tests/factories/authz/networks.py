"""An association with a term and a member, a task, somebody from here, a visit and an award, of each place."""

from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from registry.networks.operations import add_term
from registry.networks.rules import TermDays
from registry.organisations.models import Organisation
from registry.people.models import Person
from tests.factories.authz import agencies
from tests.factories.networks import AT, association, award, member, task, told_origin, visit

Objects = dict[str, dict[str, dict[str, str]]]
# In no list of places, so that pages go on showing the words about where somebody lives.
_ELSEWHERE = "VN/99/"
_KINDS = (
    "association",
    "association_term",
    "association_member",
    "ordered_task",
    "from_here",
    "expert_visit",
    "collective_award",
)


def make_networks(session: Session, people: dict[str, Person]) -> Objects:
    """The parts of their addresses."""
    found: Objects = {kind: {} for kind in _KINDS}
    for where in ("own", "below", "other"):
        person = people[where]
        told_origin(session, person, person.unit_path, lives=_ELSEWHERE)
        found["from_here"][where] = {"ma": person.public_id}
        found["ordered_task"][where] = {"ma": task(session, unit_path=person.unit_path).public_id}
        found["expert_visit"][where] = {"ma": visit(session, unit_path=person.unit_path).public_id}
    told_origin(session, people["hide"], people["hide"].unit_path, lives=_ELSEWHERE)
    found["from_here"]["hide"] = {"ma": people["hide"].public_id}
    for where, name in (("own", agencies.OWN), ("below", "Phòng below"), ("other", agencies.OTHER)):
        subject = session.scalars(select(Organisation).where(Organisation.name == name)).one()
        made = association(session, subject=subject)
        term = add_term(session, made, TermDays(1, date(2012, 1, 1)), by=None, at=AT)
        joined = member(session, made, person=people[where])
        found["association"][where] = {"ma": made.public_id}
        found["association_term"][where] = {"ma": made.public_id, "dong": term.public_id}
        found["association_member"][where] = {"ma": made.public_id, "dong": joined.public_id}
        found["collective_award"][where] = {"ma": award(session, subject).public_id}
    for kind in ("association_term", "association_member"):
        found[kind]["mixed"] = found[kind]["own"] | {"dong": found[kind]["other"]["dong"]}
    session.flush()
    return found
