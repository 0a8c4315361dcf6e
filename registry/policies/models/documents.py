"""Legal documents and what they do to one another. No queries."""

from datetime import date
from typing import Any

from sqlalchemy import (
    JSON,
    Boolean,
    CheckConstraint,
    ForeignKey,
    Index,
    Integer,
    String,
    UniqueConstraint,
    false,
)
from sqlalchemy.orm import Mapped, mapped_column, relationship

from registry.db import Base, Public, Stamped, Versioned, enum_column, name_text, short_text
from registry.policies.rules.documents import Status
from registry.policies.rules.states import LONGEST_CODE, DocumentKind, LinkKind


class LegalDocument(Public, Stamped, Versioned, Base):
    """A text that policies and parameters stand on, as far as it was read.

    `code` names it in addresses and data; `effective_after_days` counts from signing where no first day is written.
    `is_edited`: corrected here, so that the shipped rows no longer decide it.
    """

    __tablename__ = "legal_document"
    __table_args__ = (CheckConstraint("effective_after_days >= 0", name="after_days_forward"),)

    code: Mapped[str] = mapped_column(String(LONGEST_CODE), unique=True)
    number: Mapped[str] = mapped_column(String(80))
    kind: Mapped[DocumentKind] = mapped_column(enum_column(DocumentKind))
    issuer: Mapped[name_text]
    title: Mapped[short_text]
    signed_on: Mapped[date | None]
    effective_from: Mapped[date | None]
    effective_to: Mapped[date | None]
    effective_after_days: Mapped[int | None] = mapped_column(Integer)
    status: Mapped[Status] = mapped_column(enum_column(Status, name="documentstatus_known"))
    sources: Mapped[list[str]] = mapped_column(JSON)
    confidence: Mapped[short_text]
    note: Mapped[str] = mapped_column(String(2000))
    is_edited: Mapped[bool] = mapped_column(Boolean, default=False, server_default=false())

    links: Mapped[list["DocumentLink"]] = relationship(
        foreign_keys="DocumentLink.document_id",
        back_populates="document",
        cascade="all, delete-orphan",
        order_by="DocumentLink.id",
    )
    linked_from: Mapped[list["DocumentLink"]] = relationship(
        foreign_keys="DocumentLink.other_id",
        back_populates="other",
        order_by="DocumentLink.id",
        viewonly=True,
    )


class DocumentLink(Base):
    """One document amends or replaces another."""

    __tablename__ = "document_link"
    __table_args__: Any = (
        UniqueConstraint("document_id", "other_id", "kind"),
        CheckConstraint("document_id <> other_id", name="of_two"),
        Index(None, "other_id"),
    )

    document_id: Mapped[int] = mapped_column(ForeignKey("legal_document.id", ondelete="CASCADE"))
    other_id: Mapped[int] = mapped_column(ForeignKey("legal_document.id"))
    kind: Mapped[LinkKind] = mapped_column(enum_column(LinkKind))

    document: Mapped[LegalDocument] = relationship(foreign_keys=[document_id], back_populates="links")
    other: Mapped[LegalDocument] = relationship(foreign_keys=[other_id], back_populates="linked_from")
