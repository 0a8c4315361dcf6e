"""Recommendations (kiến nghị) and what agencies say of a draft, with what was done. No queries."""

from datetime import date

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from registry.db import Base, Public, Stamped, enum_column, long_text, name_text, short_text, utc_at
from registry.organisations.models import Organisation
from registry.policies.rules.consulting import CommentOutcome
from registry.programmes.models.programmes import Programme, ProgrammeDocument
from registry.programmes.rules.words import RecommendationState


class Recommendation(Public, Stamped, Base):
    """What somebody asks the authorities for: who proposes, which agency is to answer, what it answered, the state.

    Its age counts from `raised_on`.
    """

    __tablename__ = "recommendation"
    __table_args__ = (
        CheckConstraint("forwarded_on IS NULL OR forwarded_on >= raised_on", name="forwarded_later"),
        CheckConstraint("answered_on IS NULL OR answered_on >= raised_on", name="answered_later"),
        CheckConstraint("done_on IS NULL OR done_on >= raised_on", name="done_later"),
        Index(None, "programme_id"),
        Index(None, "organisation_id"),
    )

    programme_id: Mapped[int] = mapped_column(ForeignKey("programme.id", ondelete="CASCADE"))
    proposer: Mapped[name_text]
    organisation_id: Mapped[int | None] = mapped_column(ForeignKey("organisation.id"))
    words: Mapped[long_text]
    quote: Mapped[short_text] = mapped_column(default="")
    paragraph: Mapped[int | None]
    state: Mapped[RecommendationState] = mapped_column(
        enum_column(RecommendationState), default=RecommendationState.RAISED
    )
    raised_on: Mapped[date]
    due_on: Mapped[date | None]
    forwarded_on: Mapped[date | None]
    answered_on: Mapped[date | None]
    done_on: Mapped[date | None]
    answer: Mapped[long_text] = mapped_column(default="")
    result: Mapped[long_text] = mapped_column(default="")

    programme: Mapped[Programme] = relationship()
    agency: Mapped[Organisation | None] = relationship()


class ProgrammeConsultation(Public, Base):
    """One agency asked about the draft of a document, once. Answered without a comment, it agreed."""

    __tablename__ = "programme_consultation"
    __table_args__ = (
        UniqueConstraint("document_id", "agency"),
        CheckConstraint("due_on >= asked_on", name="due_later"),
        CheckConstraint("answered_on IS NULL OR answered_on >= asked_on", name="answered_later"),
    )

    document_id: Mapped[int] = mapped_column(ForeignKey("programme_document.id", ondelete="CASCADE"))
    agency: Mapped[name_text]
    asked_on: Mapped[date]
    due_on: Mapped[date]
    answered_on: Mapped[date | None]
    letter: Mapped[str] = mapped_column(String(80), default="")
    asked_by_id: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
    asked_at: Mapped[utc_at]

    document: Mapped[ProgrammeDocument] = relationship()
    comments: Mapped[list["ProgrammeComment"]] = relationship(
        cascade="all, delete-orphan", order_by="ProgrammeComment.id", back_populates="consultation"
    )


class ProgrammeComment(Public, Base):
    """One comment of an agency: on which part, what it says; then what was done with it, why, and what changed."""

    __tablename__ = "programme_comment"
    __table_args__ = (
        CheckConstraint("(outcome IS NULL) = (settled_at IS NULL)", name="settled_with_outcome"),
        Index(None, "consultation_id"),
    )

    consultation_id: Mapped[int] = mapped_column(ForeignKey("programme_consultation.id", ondelete="CASCADE"))
    clause: Mapped[short_text] = mapped_column(default="")
    words: Mapped[long_text]
    outcome: Mapped[CommentOutcome | None] = mapped_column(enum_column(CommentOutcome))
    reply: Mapped[long_text] = mapped_column(default="")
    change: Mapped[long_text] = mapped_column(default="")
    entered_by_id: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
    entered_at: Mapped[utc_at]
    settled_by_id: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
    settled_at: Mapped[utc_at | None]

    consultation: Mapped[ProgrammeConsultation] = relationship(back_populates="comments")
