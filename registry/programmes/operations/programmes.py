"""Writing a programme: its terms, documents, tree, working group and printed facts. Flushes, never commits."""

from collections.abc import Mapping
from dataclasses import dataclass, fields
from datetime import date, datetime
from typing import Any

from sqlalchemy.orm import Session

from registry.audit.operations import record
from registry.db.taking import unless_taken
from registry.programmes.models import (
    Programme,
    ProgrammeDocument,
    ProgrammeFact,
    ProgrammeMember,
    ProgrammeNode,
)
from registry.programmes.operations.errors import ChangedMeanwhile, CodeTaken, WrongPlace
from registry.programmes.rules.trees import may_hang_on
from registry.programmes.rules.words import (
    ChainLink,
    DocumentRole,
    FactKind,
    MemberRole,
    NodeKind,
    ProgrammeState,
)


@dataclass(frozen=True)
class ProgrammeTerms:
    """What a programme says of itself, as its form holds it."""

    code: str
    name: str
    name_en: str = ""
    about: str = ""
    state: ProgrammeState = ProgrammeState.RUNNING
    unit_id: int | None = None
    unit_path: str = ""
    organisation_id: int | None = None
    organisation_path: str = ""
    starts_on: date | None = None
    ends_on: date | None = None
    horizons: tuple[int, ...] = ()
    source: str = ""


@dataclass(frozen=True)
class DocumentTerms:
    """What is known of a document, and from which other one it comes."""

    role: DocumentRole
    title: str
    number: str = ""
    issuer: str = ""
    signed_on: date | None = None
    effective_from: date | None = None
    effective_to: date | None = None
    note: str = ""
    parent: ProgrammeDocument | None = None
    link: ChainLink | None = None


@dataclass(frozen=True)
class NodeTerms:
    """A place in the tree."""

    kind: NodeKind
    code: str
    title: str
    parent: ProgrammeNode | None = None
    position: int = 0
    owner_id: int | None = None
    source: str = ""
    is_printed: bool = False


@dataclass(frozen=True)
class FactTerms:
    """A printed figure that is no quantity."""

    code: str
    kind: FactKind
    name: str
    value: str
    name_en: str = ""
    unit: str = ""
    starts_on: date | None = None
    ends_on: date | None = None
    quote: str = ""
    paragraph: int | None = None
    source: str = ""


def create_programme(session: Session, terms: ProgrammeTerms, *, by: int | None, at: datetime) -> Programme:
    """A new programme. Raises CodeTaken."""
    programme = Programme(created_at=at, updated_at=at, **_values(terms))
    with unless_taken(session, CodeTaken()):
        session.add(programme)
    _told(session, "created", programme, by, at, {"code": programme.code})
    return programme


def revise_programme(
    session: Session,
    programme: Programme,
    terms: ProgrammeTerms,
    *,
    version: int,
    by: int | None,
    at: datetime,
) -> None:
    """Replace what a programme says of itself. Raises ChangedMeanwhile and CodeTaken."""
    if programme.version != version:
        raise ChangedMeanwhile
    values = _values(terms)
    changes = {
        name: (_plain(getattr(programme, name)), _plain(value))
        for name, value in values.items()
        if getattr(programme, name) != value
    }
    with unless_taken(session, CodeTaken()):
        for name, value in values.items():
            setattr(programme, name, value)
        programme.updated_at = at
    record(session, by, "programme.revised", "programme", programme.public_id, changes=changes, at=at)


def add_document(
    session: Session, programme: Programme, terms: DocumentTerms, *, by: int | None, at: datetime
) -> ProgrammeDocument:
    """Add a document to the chain. Raises WrongPlace when it is to come from one of another programme.

    A document that amends another is a row of its own: what was assigned under the old one keeps it.
    """
    if terms.parent is not None and terms.parent.programme_id != programme.id:
        raise WrongPlace
    values = {one.name: getattr(terms, one.name) for one in fields(terms) if one.name != "parent"}
    document = ProgrammeDocument(
        programme_id=programme.id,
        parent_id=None if terms.parent is None else terms.parent.id,
        created_at=at,
        updated_at=at,
        **values,
    )
    session.add(document)
    session.flush()
    _told(session, "document_added", programme, by, at, {"document": document.public_id})
    return document


def add_node(
    session: Session, programme: Programme, terms: NodeTerms, *, by: int | None, at: datetime
) -> ProgrammeNode:
    """Add a place to the tree. Raises WrongPlace for a parent that cannot carry it, CodeTaken for a code twice."""
    _check_place(programme, terms, None)
    node = ProgrammeNode(
        programme_id=programme.id,
        parent_id=None if terms.parent is None else terms.parent.id,
        created_at=at,
        updated_at=at,
        **_node_values(terms),
    )
    with unless_taken(session, CodeTaken()):
        session.add(node)
    _told(session, "node_added", programme, by, at, {"node": node.public_id})
    return node


def revise_node(
    session: Session,
    programme: Programme,
    node: ProgrammeNode,
    terms: NodeTerms,
    *,
    by: int | None,
    at: datetime,
) -> None:
    """Say anew what a place in the tree is, who answers for it and where its figures come from. Raises as `add_node`."""
    _check_place(programme, terms, node)
    with unless_taken(session, CodeTaken()):
        node.parent_id = None if terms.parent is None else terms.parent.id
        for name, value in _node_values(terms).items():
            setattr(node, name, value)
        node.updated_at = at
    _told(session, "node_revised", programme, by, at, {"node": node.public_id})


def add_member(
    session: Session,
    programme: Programme,
    role: MemberRole,
    name: str,
    *,
    office: str = "",
    organisation_id: int | None = None,
    valid_from: date | None = None,
    valid_to: date | None = None,
    by: int | None,
    at: datetime,
) -> ProgrammeMember:
    """Put somebody into the working group from a day on."""
    member = ProgrammeMember(
        programme_id=programme.id,
        role=role,
        name=name,
        office=office,
        organisation_id=organisation_id,
        valid_from=valid_from,
        valid_to=valid_to,
        created_at=at,
        updated_at=at,
    )
    session.add(member)
    session.flush()
    _told(session, "member_added", programme, by, at, {"member": member.public_id, "role": role.value})
    return member


def end_member(
    session: Session, programme: Programme, member: ProgrammeMember, on: date, *, by: int | None, at: datetime
) -> None:
    """The last day somebody was in the working group; the row stays."""
    member.valid_to, member.updated_at = on, at
    session.flush()
    _told(session, "member_ended", programme, by, at, {"member": member.public_id, "on": on.isoformat()})


def add_fact(
    session: Session, programme: Programme, terms: FactTerms, *, by: int | None, at: datetime
) -> ProgrammeFact:
    """Keep a printed figure that is no quantity, as printed. Raises CodeTaken."""
    values = {one.name: getattr(terms, one.name) for one in fields(terms)}
    fact = ProgrammeFact(programme_id=programme.id, **values)
    with unless_taken(session, CodeTaken()):
        session.add(fact)
    _told(session, "fact_added", programme, by, at, {"fact": terms.code})
    return fact


def _values(terms: ProgrammeTerms) -> dict[str, Any]:
    return {one.name: getattr(terms, one.name) for one in fields(terms)} | {"horizons": list(terms.horizons)}


def _node_values(terms: NodeTerms) -> dict[str, Any]:
    return {one.name: getattr(terms, one.name) for one in fields(terms) if one.name != "parent"}


def _check_place(programme: Programme, terms: NodeTerms, own: ProgrammeNode | None) -> None:
    parent = terms.parent
    if parent is not None and (parent.programme_id != programme.id or parent is own):
        raise WrongPlace
    if own is not None and parent is not None and parent.parent_id == own.id:
        raise WrongPlace
    if not may_hang_on(terms.kind, None if parent is None else parent.kind):
        raise WrongPlace


def _plain(value: object) -> object:
    return value.isoformat() if isinstance(value, date) else value


def _told(
    session: Session,
    verb: str,
    programme: Programme,
    by: int | None,
    at: datetime,
    detail: Mapping[str, object],
) -> None:
    record(session, by, f"programme.{verb}", "programme", programme.public_id, detail=detail, at=at)
