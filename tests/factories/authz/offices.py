"""What offices keep about people and needs of each other, named by the codes that are typed into forms."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from registry.needs.models import Need
from registry.people.models import Person, SkillClaim
from registry.privacy.rules import RightKind
from registry.skills.models import PendingTerm
from tests.factories.authz.people import NAMES
from tests.factories.people import TODAY
from tests.factories.rights import asked

Objects = dict[str, dict[str, dict[str, str]]]


def make_office_things(session: Session, people: dict[str, Person], objects: Objects) -> Objects:
    """A request of somebody anonymous, a text of no concept in a record of the commune, codes of B for forms of A.

    The codes are in small letters, as one may type them: what a form gives back is not taken for what it gives away.
    """
    hidden = asked(session, people["hide"], RightKind.CORRECTION, words="Sửa")
    term = session.scalars(
        select(PendingTerm).where(PendingTerm.public_id == objects["term"]["one"]["ma"])
    ).one()
    holder = people["below"]
    session.add(SkillClaim(person_id=holder.id, pending_term_id=term.id, typed=term.text, valid_from=TODAY))
    waiting = session.scalars(select(Need).where(Need.public_id == objects["waiting"]["other"]["ma"])).one()
    session.flush()
    return {
        "request": {**objects["request"], "hide": {"ma": hidden.public_id}},
        "code": {where: {"ma": people[where].code.lower()} for where in NAMES},
        "need_code": {"waiting": {"ma": waiting.code}},
    }
