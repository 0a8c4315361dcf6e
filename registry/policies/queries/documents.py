"""Documents with what they do to one another. Reads only."""

import re
from collections.abc import Collection, Sequence
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session, selectinload

from registry.policies.models import DocumentLink, LegalDocument, PolicyVersion
from registry.policies.rules.periods import first_day
from registry.policies.rules.states import LONGEST_CODE, LinkKind
from registry.text import match_key

CODE = re.compile(rf"[0-9A-Za-z-]{{1,{LONGEST_CODE}}}", re.ASCII)
_LINKS = (
    selectinload(LegalDocument.links).joinedload(DocumentLink.other),
    selectinload(LegalDocument.linked_from).joinedload(DocumentLink.document),
)


def documents(session: Session) -> Sequence[LegalDocument]:
    """All documents with their links, those with the latest known day first, then by code."""
    found = session.scalars(select(LegalDocument).options(*_LINKS)).all()
    return sorted(found, key=_newest_first)


def _newest_first(document: LegalDocument) -> tuple[int, str]:
    known = document.signed_on or document.effective_from
    return (-known.toordinal() if known else 0, document.code)


def document_of(session: Session, code: str) -> LegalDocument | None:
    """The document of an address, with its links."""
    if CODE.fullmatch(code) is None:
        return None
    return session.scalar(select(LegalDocument).where(LegalDocument.code == code).options(*_LINKS))


def documents_by_code(session: Session, codes: Collection[str]) -> dict[str, LegalDocument]:
    """{code: document} of those that exist."""
    wanted = select(LegalDocument).where(LegalDocument.code.in_(sorted(set(codes))))
    return {one.code: one for one in session.scalars(wanted)}


def document_names(session: Session) -> list[tuple[str, str]]:
    """(code, number or title) of every document, to choose from, by code."""
    rows = session.execute(
        select(LegalDocument.code, LegalDocument.number, LegalDocument.title).order_by(LegalDocument.code)
    )
    return [(code, f"{number or code} – {title}") for code, number, title in rows]


def start_of(document: LegalDocument) -> date | None:
    """Its first day in force, as far as it is known."""
    return first_day(document.effective_from, document.signed_on, document.effective_after_days)


def is_replaced(document: LegalDocument, on: date) -> bool:
    """Whether a document that is in force on a day replaces it."""
    starts = (start_of(link.document) for link in document.linked_from if link.kind is LinkKind.REPLACES)
    return any(start is not None and start <= on for start in starts)


def versions_on(session: Session, document: LegalDocument) -> Sequence[PolicyVersion]:
    """The versions of policies that stand on a document, newest first."""
    wanted = select(PolicyVersion).where(PolicyVersion.document_id == document.id)
    return session.scalars(
        wanted.options(selectinload(PolicyVersion.policy)).order_by(PolicyVersion.id.desc())
    ).all()


def number_taken(session: Session, number: str, *, other_than: int | None = None) -> str | None:
    """The code of another document with this number, as a reader would call two numbers the same."""
    wanted = match_key(number)
    rows = session.execute(select(LegalDocument.id, LegalDocument.code, LegalDocument.number))
    return next(
        (code for row, code, known in rows if wanted and row != other_than and match_key(known) == wanted),
        None,
    )
