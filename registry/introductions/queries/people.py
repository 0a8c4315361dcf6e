"""Who may be written to, and whom an officer knows by name for one need. Every question goes through the predicate."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import Row, Select, literal, select, union_all
from sqlalchemy.orm import Session

from registry.accounts.models import Account, AccountState
from registry.accounts.rules import Permission, Viewer
from registry.consents.rules import PurposeCode
from registry.introductions.models import Interest, RevealRequest
from registry.introductions.rules import RevealState
from registry.needs.models import Need
from registry.needs.queries import in_scope
from registry.needs.rules import OPEN_STATES
from registry.people.models import Person, is_open_for
from registry.people.queries import is_public_id, people_for, visible_condition


@dataclass(frozen=True)
class Introduced:
    """Of one need: the public ids of who let its officers know their name, and of who is interested."""

    named: frozenset[str] = frozenset()
    interested: frozenset[str] = frozenset()


def is_reachable(session: Session, person: Person, *, on: date) -> bool:
    """Whether anybody may match the person now: neither withdrawn nor paused, and with an account to answer from."""
    open_accounts = select(Account.id).where(Account.state == AccountState.ACTIVE)
    found = people_for(Viewer.installation(), PurposeCode.MATCHING, on=on).where(
        Person.id == person.id, Person.account_id.in_(open_accounts)
    )
    return session.scalar(found.with_only_columns(Person.id)) is not None


def reachable_person(session: Session, viewer: Viewer, public_id: str, *, on: date) -> Person | None:
    """The person of an address whom the viewer may match now."""
    if not is_public_id(public_id):
        return None
    found = people_for(viewer, PurposeCode.MATCHING, on=on).where(Person.public_id == public_id)
    return session.scalar(found)


def introduced(session: Session, viewer: Viewer, need: str, *, on: date) -> Introduced | None:
    """Who is introduced for a need (a public id), to a viewer who may match for it; None where the viewer may not.

    This is the only thing that lets an anonymous person's name through, so everything is asked at this moment: the
    need is open and in the viewer's scope, the grant stands, and the person neither withdrew, paused nor closed the
    use of contacts.
    """
    if not is_public_id(need):
        return None
    matching = viewer.limited_to(Permission.MATCHING_READ)
    wanted = select(Need.id, Need.state).where(Need.public_id == need, in_scope(matching))
    found = session.execute(wanted).one_or_none()
    if found is None:
        return None
    if found.state not in OPEN_STATES:
        return Introduced()
    rows = session.execute(
        union_all(
            _people(RevealRequest, "named", found.id, viewer, on).where(
                RevealRequest.state == RevealState.GRANTED, is_open_for(PurposeCode.CONTACT)
            ),
            _people(Interest, "interested", found.id, viewer, on).where(Interest.withdrawn_at.is_(None)),
        )
    ).all()
    return Introduced(_of(rows, "named"), _of(rows, "interested"))


def _people(
    model: type[RevealRequest] | type[Interest], kind: str, need_id: int, viewer: Viewer, on: date
) -> Select[str, str]:
    return (
        select(literal(kind).label("kind"), Person.public_id.label("person"))
        .join(model, model.person_id == Person.id)
        .where(model.need_id == need_id, visible_condition(viewer, PurposeCode.MATCHING, on=on))
    )


def _of(rows: Sequence[Row[str, str]], kind: str) -> frozenset[str]:
    return frozenset(row.person for row in rows if row.kind == kind)
