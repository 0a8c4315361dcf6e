"""Agencies asked about a draft, their comments and what was done with each. No queries."""

from datetime import date

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from registry.db import Base, Public, enum_column, long_text, name_text, short_text, utc_at
from registry.policies.models.policies import PolicyVersion
from registry.policies.rules.consulting import CommentOutcome


class PolicyConsultation(Public, Base):
    """One agency asked about one version, once. Answered without a comment, it agreed."""

    __tablename__ = "policy_consultation"
    __table_args__ = (
        UniqueConstraint("version_id", "agency"),
        CheckConstraint("due_on >= asked_on", name="due_later"),
        CheckConstraint("answered_on IS NULL OR answered_on >= asked_on", name="answered_later"),
    )

    version_id: Mapped[int] = mapped_column(ForeignKey("policy_version.id", ondelete="CASCADE"))
    agency: Mapped[name_text]
    asked_on: Mapped[date]
    due_on: Mapped[date]
    answered_on: Mapped[date | None]
    letter: Mapped[str] = mapped_column(String(80), default="")
    asked_by_id: Mapped[int] = mapped_column(ForeignKey("account.id"))
    asked_at: Mapped[utc_at]

    version_of: Mapped[PolicyVersion] = relationship()
    comments: Mapped[list["PolicyComment"]] = relationship(
        cascade="all, delete-orphan", order_by="PolicyComment.id", back_populates="consultation"
    )


class PolicyComment(Public, Base):
    """One comment of an agency: on which clause, what it says; then what was done with it, why, and what changed."""

    __tablename__ = "policy_comment"
    __table_args__ = (
        CheckConstraint("(outcome IS NULL) = (settled_at IS NULL)", name="settled_with_outcome"),
        Index(None, "consultation_id"),
    )

    consultation_id: Mapped[int] = mapped_column(ForeignKey("policy_consultation.id", ondelete="CASCADE"))
    clause: Mapped[short_text] = mapped_column(default="")
    words: Mapped[long_text]
    outcome: Mapped[CommentOutcome | None] = mapped_column(enum_column(CommentOutcome))
    reply: Mapped[long_text] = mapped_column(default="")
    change: Mapped[long_text] = mapped_column(default="")
    entered_by_id: Mapped[int] = mapped_column(ForeignKey("account.id"))
    entered_at: Mapped[utc_at]
    settled_by_id: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
    settled_at: Mapped[utc_at | None]

    consultation: Mapped[PolicyConsultation] = relationship(back_populates="comments")
