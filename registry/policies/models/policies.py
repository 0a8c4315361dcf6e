"""Policies and their versions: what is published is never changed. No queries."""

from datetime import date
from typing import Any

from sqlalchemy import JSON, CheckConstraint, ForeignKey, Index, Integer, String, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from registry.db import Base, Public, Stamped, Versioned, enum_column, short_text, utc_at
from registry.policies.models.documents import LegalDocument
from registry.policies.rules.states import LONGEST_CODE, PolicyPurpose, VersionState

_STANDS_OPEN = text("state IN ('draft', 'submitted')")


class Policy(Public, Stamped, Base):
    """One policy through all its versions; `code` names it in addresses and data."""

    __tablename__ = "policy"

    code: Mapped[str] = mapped_column(String(LONGEST_CODE), unique=True)

    versions: Mapped[list["PolicyVersion"]] = relationship(
        back_populates="policy", cascade="all, delete-orphan", order_by="PolicyVersion.number"
    )


class PolicyVersion(Public, Stamped, Versioned, Base):
    """One version: what it is about in columns, all else as one checked document of the data form in `body`.

    `body_sha256` covers the whole of it, columns and scope too. `closed_on` is the last day before the version that
    followed; it is not part of the content, which stays as it was published. `before_step` is what a draft said before
    the last step of composing it ({"said", "data"}), to take that step back. One draft of a policy at a time; who
    made or submitted a version does not approve it. A version that came with the product names no account.
    """

    __tablename__ = "policy_version"
    __table_args__ = (
        UniqueConstraint("policy_id", "number"),
        CheckConstraint("number > 0", name="counted"),
        CheckConstraint("approved_by_id <> made_by_id", name="approved_by_another"),
        CheckConstraint("approved_by_id <> submitted_by_id", name="approved_by_a_second"),
        Index(None, "document_id"),
        Index(
            "uq_policy_version_open",
            "policy_id",
            unique=True,
            sqlite_where=_STANDS_OPEN,
            postgresql_where=_STANDS_OPEN,
        ),
    )

    policy_id: Mapped[int] = mapped_column(ForeignKey("policy.id", ondelete="CASCADE"))
    number: Mapped[int] = mapped_column(Integer)
    document_id: Mapped[int] = mapped_column(ForeignKey("legal_document.id"))
    title: Mapped[short_text]
    purpose: Mapped[PolicyPurpose] = mapped_column(enum_column(PolicyPurpose))
    effective_from: Mapped[date | None]
    effective_to: Mapped[date | None]
    apply_from: Mapped[date | None]
    apply_to: Mapped[date | None]
    closed_on: Mapped[date | None]
    body: Mapped[dict[str, Any]] = mapped_column(JSON)
    body_sha256: Mapped[str] = mapped_column(String(64))
    before_step: Mapped[dict[str, Any] | None] = mapped_column(JSON(none_as_null=True))
    state: Mapped[VersionState] = mapped_column(enum_column(VersionState), index=True)
    made_by_id: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
    submitted_by_id: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
    approved_by_id: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
    approved_at: Mapped[utc_at | None]

    policy: Mapped[Policy] = relationship(back_populates="versions")
    document: Mapped[LegalDocument] = relationship()
    scope: Mapped[list["PolicyScope"]] = relationship(
        cascade="all, delete-orphan", order_by="PolicyScope.id", back_populates="version_of"
    )
    steps: Mapped[list["PolicyVersionStep"]] = relationship(
        cascade="all, delete-orphan", order_by="PolicyVersionStep.id", back_populates="version_of"
    )


class PolicyScope(Base):
    """One unit a version holds for: «VN» for everywhere, else a code and a day on which it was that unit's."""

    __tablename__ = "policy_scope"
    __table_args__ = (UniqueConstraint("version_id", "unit_code", "as_of"), Index(None, "unit_code"))

    version_id: Mapped[int] = mapped_column(ForeignKey("policy_version.id", ondelete="CASCADE"))
    unit_code: Mapped[str] = mapped_column(String(20))
    as_of: Mapped[date | None]

    version_of: Mapped[PolicyVersion] = relationship(back_populates="scope")


class PolicyVersionStep(Base):
    """What happened to a version: into which state, by whom (null: it came with the product), when, why."""

    __tablename__ = "policy_version_step"
    __table_args__ = (Index(None, "version_id"),)

    version_id: Mapped[int] = mapped_column(ForeignKey("policy_version.id", ondelete="CASCADE"))
    state: Mapped[VersionState] = mapped_column(enum_column(VersionState))
    by_id: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
    at: Mapped[utc_at]
    why: Mapped[short_text]

    version_of: Mapped[PolicyVersion] = relationship(back_populates="steps")
