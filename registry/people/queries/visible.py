"""Who may be seen, for what, and under which name: the one predicate every list of people goes through.

Scope (the viewer's), state (the office's), consent or law (the person's), uses the person had closed, availability (the
person's pause).
Whoever paused, or took back the consent to matching, stands in no list at all: neither to choose from, where
`people_for` asks for matching, nor of work, where `listed_condition` asks. Their office opens the one record.
Nothing else in the product selects `Person` for a page, a file or a command.
"""

import re
from collections.abc import Sequence
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, or_, select, true
from sqlalchemy.orm import Session, aliased

from registry.accounts.queries import scope_condition
from registry.accounts.rules import Viewer
from registry.consents.rules import LAWFUL_WITHOUT_CONSENT, PurposeCode
from registry.db.base import PUBLIC_ID_LENGTH
from registry.people.models import Availability, Person, has_agreed, has_withdrawn, is_open_for
from registry.people.queries.shown import PersonShown
from registry.people.rules import KEPT_STATES, AvailabilityState, LegalBasis, PersonState
from registry.web.i18n import gettext

_PUBLIC_ID = re.compile(rf"[0-9a-z]{{{PUBLIC_ID_LENGTH}}}", re.ASCII)

# What is left of a record that was merged into another or erased is nobody's own.
_NOBODYS = frozenset({PersonState.MERGED, PersonState.ERASED})


def people_for(
    viewer: Viewer, purpose: PurposeCode | str, *, on: date, and_waiting: bool = False
) -> Select[Person]:
    """The people `viewer` may use for `purpose` on a day. Add filters and an order; never widen it.

    `on` only decides whether a pause is over; consent is always that of this moment. `and_waiting` is for the page of the
    person alone: it must not tell whether an officer looks at the record first.
    """
    return select(Person).where(visible_condition(viewer, purpose, on=on, and_waiting=and_waiting))


def visible_condition(
    viewer: Viewer, purpose: PurposeCode | str, *, on: date, and_waiting: bool = False
) -> ColumnElement[bool]:
    """The predicate of `people_for`, for queries that select columns of Person."""
    wanted = PurposeCode(purpose)
    return and_(
        scope_condition(viewer, Person.unit_path, Person.organisation_path),
        _state_condition(wanted, and_waiting=and_waiting),
        ground_condition(wanted),
        is_open_for(wanted),
        not_paused(wanted, on),
    )


def listed_condition(viewer: Viewer, *, on: date) -> ColumnElement[bool]:
    """Who may stand in a list of work on records: everybody kept who did not stop being looked for.

    Drafts and waiting registrations stand there though nobody may match them yet. Lists to choose people from ask for
    matching instead.
    """
    return and_(visible_condition(viewer, PurposeCode.REGISTRY, on=on), ~_stopped_condition(on))


def _stopped_condition(on: date) -> ColumnElement[bool]:
    """Paused on the day, or the use for matching closed, or the consent to it taken back where it rests on one."""
    withdrew = and_(has_withdrawn(PurposeCode.MATCHING), ~has_agreed(PurposeCode.MATCHING))
    return or_(
        ~not_paused(PurposeCode.MATCHING, on),
        ~is_open_for(PurposeCode.MATCHING),
        and_(Person.legal_basis == LegalBasis.CONSENT, withdrew),
    )


def accounts_out_of_lists(on: date) -> Select[int | None]:
    """The accounts of people who stand in no list: of rows that lead to a person by the account alone."""
    out = or_(_stopped_condition(on), ~ground_condition(PurposeCode.REGISTRY))
    return select(Person.account_id).where(Person.account_id.is_not(None), out)


def ids_out_of_lists(on: date) -> Select[str]:
    """The public ids of people who stand in no list: of rows that lead to a person by these."""
    out = or_(_stopped_condition(on), ~ground_condition(PurposeCode.REGISTRY))
    return select(Person.public_id).where(out)


def ground_condition(purpose: PurposeCode) -> ColumnElement[bool]:
    """A law that orders the record, where it covers the purpose, or consents that stand: to keep and to use."""
    agreed = has_agreed(PurposeCode.REGISTRY)
    if purpose is not PurposeCode.REGISTRY:
        agreed = and_(agreed, has_agreed(purpose))
    if purpose not in LAWFUL_WITHOUT_CONSENT:
        kept = or_(Person.legal_basis == LegalBasis.LAW, has_agreed(PurposeCode.REGISTRY))
        return and_(kept, has_agreed(purpose))
    return or_(Person.legal_basis == LegalBasis.LAW, agreed)


def _state_condition(purpose: PurposeCode, *, and_waiting: bool) -> ColumnElement[bool]:
    if purpose is PurposeCode.REGISTRY:
        return Person.state.in_(KEPT_STATES)
    if and_waiting:
        return Person.state.in_((PersonState.ACTIVE, PersonState.PENDING))
    return Person.state == PersonState.ACTIVE


def not_paused(purpose: PurposeCode, on: date) -> ColumnElement[bool]:
    """A pause hides the person from everything but the keeping of the record; it ends by itself."""
    if purpose is PurposeCode.REGISTRY:
        return true()
    paused = (
        select(Availability.id)
        .where(
            Availability.person_id == Person.id,
            Availability.ended_on.is_(None),
            Availability.state == AvailabilityState.PAUSED,
            or_(Availability.paused_until.is_(None), Availability.paused_until >= on),
        )
        .correlate(Person)
        .exists()
    )
    return ~paused


def named_condition(viewer: Viewer) -> ColumnElement[bool]:
    """SQL: the viewer may see the name, contacts, employers and papers of the person of this row."""
    agreed: Any = Person.agrees_to_be_named
    return and_(scope_condition(viewer, Person.unit_path, Person.organisation_path), agreed)


def may_be_named(person: Person | PersonShown, viewer: Viewer) -> bool:
    """The same for one loaded person; as fresh as the row (reload it after a consent changed).

    An anonymous person is named only to a viewer who looks for a need for which they let its officers know.
    """
    inside = any(scope.covers(person.unit_path, person.organisation_path) for scope in viewer.scopes)
    return inside and (bool(person.agrees_to_be_named) or person.public_id in viewer.introduced)


def display_name(person: Person | PersonShown, viewer: Viewer) -> str:
    """The name, or «Hồ sơ ẩn danh HS-20418» where it may not be shown. For pages, titles and lists alike."""
    return person.full_name if may_be_named(person, viewer) else anonymous_name(person)


def anonymous_name(person: Person | PersonShown) -> str:
    """What stands for a name that may not be shown."""
    return gettext("Hồ sơ ẩn danh %(code)s", code=person.code)


def is_public_id(text: str) -> bool:
    """Whether a part of an address has the shape of an opaque id; anything else need not reach the database."""
    return _PUBLIC_ID.fullmatch(text) is not None


def get_visible(session: Session, viewer: Viewer, public_id: str, *, on: date) -> Person | None:
    """The person with this opaque id, if the viewer may see the record at all."""
    if not is_public_id(public_id):
        return None
    return session.scalar(
        people_for(viewer, PurposeCode.REGISTRY, on=on).where(Person.public_id == public_id)
    )


def is_matchable(session: Session, viewer: Viewer, person: Person, *, on: date) -> bool:
    """Whether a person whose record the viewer sees may also be matched now."""
    found = people_for(viewer, PurposeCode.MATCHING, on=on).where(Person.id == person.id)
    return session.scalar(found.with_only_columns(Person.id)) is not None


def get_own(session: Session, account_id: int) -> Person | None:
    """The record of the person behind an account: people see their own whatever office may see or use."""
    return session.scalar(
        select(Person).where(Person.account_id == account_id, Person.state.not_in(_NOBODYS))
    )


def get_of_office(session: Session, viewer: Viewer, code: str) -> Person | None:
    """A record of the viewer's office by its code, whatever use is left of it, for what its person asks the office to do.

    Nothing of the record may be shown for it: a person who withdrew everything may still ask. The code of
    a record that was merged leads to the one it went into.
    """
    merged = aliased(Person)
    led = select(merged.merged_into_id).where(merged.code == code, merged.state == PersonState.MERGED)
    return session.scalar(
        select(Person).where(
            scope_condition(viewer, Person.unit_path, Person.organisation_path),
            Person.state.not_in(_NOBODYS),
            or_(Person.code == code, Person.id.in_(led)),
        )
    )


def merged_into(session: Session, person: Person) -> Sequence[Person]:
    """The records of the same person that were merged into this one, for what reaches both halves of it."""
    return session.scalars(
        select(Person)
        .where(Person.merged_into_id == person.id, Person.state == PersonState.MERGED)
        .order_by(Person.id)
    ).all()


def get_survivor(session: Session, viewer: Viewer, named: str, *, on: date) -> Person | None:
    """The record that the one of this opaque id or code was merged into, if the viewer may see it."""
    merged = aliased(Person)
    by = merged.public_id == named if is_public_id(named) else merged.code == named
    return session.scalar(
        people_for(viewer, PurposeCode.REGISTRY, on=on)
        .join(merged, merged.merged_into_id == Person.id)
        .where(by, merged.state == PersonState.MERGED)
    )


def get_without_ground(session: Session, viewer: Viewer, public_id: str) -> Person | None:
    """A record of the viewer's office that may not be used, since its person withdrew the consent to keep it.

    Only for saying so and for recording a new consent; nothing of the record may be shown.
    """
    if not is_public_id(public_id):
        return None
    return session.scalar(
        select(Person).where(
            scope_condition(viewer, Person.unit_path, Person.organisation_path),
            Person.state.in_(KEPT_STATES),
            ~ground_condition(PurposeCode.REGISTRY),
            Person.public_id == public_id,
        )
    )


def own_record(session: Session, account_id: int) -> Person | None:
    """The record of the person behind an account, for that person alone: also paused, or without any consent."""
    return session.scalar(
        select(Person).where(Person.account_id == account_id, Person.state.in_(KEPT_STATES))
    )
