"""Adding and correcting legal documents. Flushes, never commits."""

import secrets
import string
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from registry.audit.operations import record
from registry.policies.models import DocumentLink, LegalDocument
from registry.policies.operations.errors import CodeTaken, LinkRefused
from registry.policies.queries.documents import number_taken
from registry.policies.rules.documents import Status
from registry.policies.rules.states import DocumentKind, LinkKind

_CODE_LETTERS = string.ascii_uppercase + string.digits


@dataclass(frozen=True)
class DocumentFacts:
    """What is known of a document; `amends` and `replaces` are documents on record."""

    number: str
    kind: DocumentKind
    issuer: str
    title: str
    status: Status = Status.UNKNOWN
    signed_on: date | None = None
    effective_from: date | None = None
    effective_to: date | None = None
    effective_after_days: int | None = None
    sources: Sequence[str] = ()
    confidence: str = ""
    note: str = ""
    amends: Sequence[LegalDocument] = field(default=())
    replaces: Sequence[LegalDocument] = field(default=())


_COLUMNS = (
    *("number", "kind", "issuer", "title", "status"),
    *("signed_on", "effective_from", "effective_to", "effective_after_days"),
    *("confidence", "note"),
)


def add_document(
    session: Session, facts: DocumentFacts, *, by: int | None, at: datetime, code: str | None = None
) -> LegalDocument:
    """Put a document on record. Raises CodeTaken for a number that is there, LinkRefused."""
    if (taken := number_taken(session, facts.number)) is not None:
        raise CodeTaken(taken)
    made = LegalDocument(
        code=code or _free_code(session), created_at=at, updated_at=at, is_edited=code is None
    )
    _write(made, facts)
    session.add(made)
    session.flush()
    _link(session, made, facts)
    record(
        session,
        by,
        "legal_document.added",
        "legal_document",
        made.code,
        changes={name: (None, value) for name, value in _told(made).items()},
        at=at,
    )
    return made


def edit_document(
    session: Session, document: LegalDocument, facts: DocumentFacts, *, by: int, at: datetime
) -> None:
    """Correct what is known of a document. Raises CodeTaken, LinkRefused."""
    if (taken := number_taken(session, facts.number, other_than=document.id)) is not None:
        raise CodeTaken(taken)
    before = _told(document)
    _write(document, facts)
    document.is_edited, document.updated_at = True, at
    _link(session, document, facts)
    after = _told(document)
    changes = {name: (before[name], after[name]) for name in before if before[name] != after[name]}
    if changes:
        record(session, by, "legal_document.edited", "legal_document", document.code, changes=changes, at=at)
    session.flush()


def _write(document: LegalDocument, facts: DocumentFacts) -> None:
    for name in _COLUMNS:
        setattr(document, name, getattr(facts, name))
    document.sources = list(facts.sources)


def _link(session: Session, document: LegalDocument, facts: DocumentFacts) -> None:
    """Bring the links to what was said. No document is, over some way, its own successor."""
    wanted = {(one.id, LinkKind.AMENDS): one for one in facts.amends}
    wanted |= {(one.id, LinkKind.REPLACES): one for one in facts.replaces}
    known = {(link.other_id, link.kind): link for link in document.links}
    for key, link in known.items():
        if key not in wanted:
            document.links.remove(link)
    for key, other in wanted.items():
        if key not in known:
            if document.id in _reached_from(session, other.id):
                raise LinkRefused(other.code)
            document.links.append(DocumentLink(other=other, kind=key[1]))
    session.flush()
    session.expire(document, ["linked_from"])


def _reached_from(session: Session, start: int) -> set[int]:
    """The ids of a document and of all that it amends or replaces, over any number of steps."""
    links: dict[int, list[int]] = {}
    for one, other in session.execute(select(DocumentLink.document_id, DocumentLink.other_id)):
        links.setdefault(one, []).append(other)
    found, waiting = {start}, [start]
    while waiting:
        for other in links.get(waiting.pop(), ()):
            if other not in found:
                found.add(other)
                waiting.append(other)
    return found


def _told(document: LegalDocument) -> dict[str, Any]:
    """What the log keeps of a document."""
    told = {name: getattr(document, name) for name in _COLUMNS} | {"sources": list(document.sources)}
    for kind in LinkKind:
        told[kind.value] = sorted(link.other.code for link in document.links if link.kind is kind)
    return told


def _free_code(session: Session) -> str:
    """«VB-7KQ2M»: a short one that says nothing, since numbers have strokes and may be unknown."""
    while True:
        code = "VB-" + "".join(secrets.choice(_CODE_LETTERS) for _ in range(6))
        if session.scalar(select(LegalDocument.id).where(LegalDocument.code == code)) is None:
            return code
