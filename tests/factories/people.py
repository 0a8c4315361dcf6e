"""People for tests: a whole record in one call, with the traits a test is about."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from registry.consents.rules import Channel, PurposeCode
from registry.people.models import Person
from registry.people.operations import register_person
from registry.people.rules import ConsentDraft, LegalBasis, PersonDraft, SelfDraft

TODAY = date(2026, 11, 25)
AT = datetime(2026, 11, 25, 2, 0, tzinfo=UTC)
LAI_CHAU = "VN/12/"

KEPT_ONLY = (PurposeCode.REGISTRY,)
ANONYMOUS = (PurposeCode.REGISTRY, PurposeCode.MATCHING)
NAMED = (PurposeCode.REGISTRY, PurposeCode.MATCHING, PurposeCode.CONTACT)


def agreed(*purposes: PurposeCode | str, given_at: datetime = AT) -> tuple[ConsentDraft, ...]:
    """Paper consents to these purposes."""
    return tuple(ConsentDraft(PurposeCode(purpose), given_at, Channel.PAPER) for purpose in purposes)


def draft(
    name: str = "Nguyễn Thị Hòa",
    *,
    consents: Iterable[PurposeCode | str] = NAMED,
    by_law: bool = False,
    unit_path: str = LAI_CHAU,
    about: SelfDraft | None = None,
    **parts: Any,
) -> PersonDraft:
    """A draft of a person who agreed to these purposes, or (by_law) whose record a law orders."""
    return PersonDraft(
        self=replace(about or SelfDraft(name), full_name=name),
        legal_basis=LegalBasis.LAW if by_law else LegalBasis.CONSENT,
        unit_path=unit_path,
        consents=() if by_law else agreed(*consents),
        **parts,
    )


def person(session: Session, name: str = "Nguyễn Thị Hòa", *, by: int | None = None, **traits: Any) -> Person:
    """A registered person; traits as in `draft`."""
    return register_person(session, draft(name, **traits), by=by, at=AT, on=TODAY)


def people(session: Session, names: Sequence[str], **traits: Any) -> list[Person]:
    """Several registered people with the same traits."""
    return [person(session, name, **traits) for name in names]


def path_of(person: Person, rest: str) -> str:
    """The address of a section of a record."""
    return f"/ung-vien/{person.public_id}/{rest}"


def only(session: Session, model: Any, person: Person) -> Any:
    """The one row of a person in a table."""
    return session.scalars(select(model).where(model.person_id == person.id)).one()
