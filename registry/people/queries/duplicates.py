"""People who may be the one somebody is about to enter. Offered as a question, never decided."""

from collections.abc import Sequence
from datetime import date

from sqlalchemy import and_, false, or_, select
from sqlalchemy.orm import Session

from registry.accounts.rules import Viewer
from registry.consents.rules import PurposeCode
from registry.people.models import Contact, Person
from registry.people.models.sealed import contact_digests
from registry.people.queries.visible import named_condition, people_for
from registry.people.rules import ContactDraft, SelfDraft
from registry.text import fold

_MOST = 5


def likely_same(
    session: Session, viewer: Viewer, about: SelfDraft, contacts: Sequence[ContactDraft], *, on: date
) -> Sequence[Person]:
    """Visible, nameable people, also those who stand in no list, with the same folded name and birth date, or with the same contact.

    Others are left out: a question about them would tell what the viewer may not know. Whoever paused is asked about:
    the officer knows name and birth date or contact already, and a second record would take the pause from the person.
    """
    same_name = and_(
        Person.folded_name == fold(about.full_name),
        false() if about.birth is None else Person.birth_on == about.birth.earliest,
    )
    digests = [digest for one in contacts for digest in contact_digests(session, one.kind, one.value)]
    same_contact = Person.id.in_(select(Contact.person_id).where(Contact.value_digest.in_(digests)))
    return session.scalars(
        people_for(viewer, PurposeCode.REGISTRY, on=on)
        .where(named_condition(viewer), or_(same_name, same_contact) if digests else same_name)
        .order_by(Person.name_sort_key, Person.id)
        .limit(_MOST)
    ).all()


def submitted_before(session: Session, viewer: Viewer, submission_key: str, *, on: date) -> Person | None:
    """The record that this very form made when it was sent the first time."""
    if not submission_key:
        return None
    return session.scalar(
        people_for(viewer, PurposeCode.REGISTRY, on=on).where(Person.submission_key == submission_key)
    )
