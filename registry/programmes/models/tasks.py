"""Tasks of a programme with their agencies, what became of them, and self-reviews. No queries."""

from datetime import date

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from registry.db import (
    Base,
    Public,
    Stamped,
    Versioned,
    code_text,
    enum_column,
    long_text,
    name_text,
    short_text,
    utc_at,
)
from registry.organisations.models import Organisation
from registry.programmes.models.programmes import LONGEST_NAME, Programme, ProgrammeDocument, ProgrammeNode
from registry.programmes.rules.tasks import TaskState
from registry.programmes.rules.words import AgencyPart, ReviewVerdict

_IS_LEAD = text("part = 'lead'")


class ProgrammeTask(Public, Stamped, Versioned, Base):
    """Something an agency is to do until a day; `head_name` is who answers for it (người đứng đầu)."""

    __tablename__ = "programme_task"
    __table_args__ = (
        UniqueConstraint("programme_id", "code"),
        CheckConstraint("due_on IS NULL OR due_on >= assigned_on", name="due_later"),
        CheckConstraint("(state = 'done') = (done_on IS NOT NULL)", name="done_with_day"),
        Index(None, "node_id"),
        Index(None, "due_on"),
    )

    programme_id: Mapped[int] = mapped_column(ForeignKey("programme.id", ondelete="CASCADE"))
    node_id: Mapped[int | None] = mapped_column(ForeignKey("programme_node.id"))
    document_id: Mapped[int | None] = mapped_column(ForeignKey("programme_document.id"))
    code: Mapped[code_text]
    title: Mapped[str] = mapped_column(String(LONGEST_NAME))
    about: Mapped[long_text] = mapped_column(default="")
    quote: Mapped[short_text] = mapped_column(default="")
    paragraph: Mapped[int | None]
    assigned_on: Mapped[date]
    due_on: Mapped[date | None]
    done_on: Mapped[date | None]
    head_name: Mapped[name_text] = mapped_column(default="")
    head_office: Mapped[name_text] = mapped_column(default="")
    state: Mapped[TaskState] = mapped_column(enum_column(TaskState), default=TaskState.ASSIGNED)

    programme: Mapped[Programme] = relationship()
    node: Mapped[ProgrammeNode | None] = relationship()
    document: Mapped[ProgrammeDocument | None] = relationship()
    agencies: Mapped[list["TaskAgency"]] = relationship(
        cascade="all, delete-orphan", order_by="TaskAgency.id", back_populates="task"
    )
    steps: Mapped[list["TaskStep"]] = relationship(cascade="all, delete-orphan", order_by="TaskStep.id")

    @property
    def lead(self) -> "TaskAgency":
        """The agency that leads; every task has one."""
        return next(one for one in self.agencies if one.part is AgencyPart.LEAD)


class TaskAgency(Base):
    """What an agency does in a task: one leads, others co-operate or are informed."""

    __tablename__ = "task_agency"
    __table_args__ = (
        UniqueConstraint("task_id", "organisation_id"),
        Index(
            "uq_task_agency_lead",
            "task_id",
            unique=True,
            sqlite_where=_IS_LEAD,
            postgresql_where=_IS_LEAD,
        ),
        Index(None, "organisation_id"),
    )

    task_id: Mapped[int] = mapped_column(ForeignKey("programme_task.id", ondelete="CASCADE"))
    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisation.id"))
    part: Mapped[AgencyPart] = mapped_column(enum_column(AgencyPart))

    task: Mapped[ProgrammeTask] = relationship(back_populates="agencies")
    organisation: Mapped[Organisation] = relationship()


class TaskStep(Base):
    """What became of a task, when, by whom, with which words. Rows are never changed."""

    __tablename__ = "task_step"
    __table_args__ = (Index(None, "task_id"),)

    task_id: Mapped[int] = mapped_column(ForeignKey("programme_task.id", ondelete="CASCADE"))
    state: Mapped[TaskState] = mapped_column(enum_column(TaskState))
    at: Mapped[utc_at]
    by_id: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
    words: Mapped[long_text] = mapped_column(default="")


class TaskReminder(Base):
    """A reminder that went out for a task and its day: once before, once after. Another day is reminded of anew."""

    __tablename__ = "task_reminder"
    __table_args__ = (UniqueConstraint("task_id", "due_on", "is_overdue"),)

    task_id: Mapped[int] = mapped_column(ForeignKey("programme_task.id", ondelete="CASCADE"))
    due_on: Mapped[date]
    is_overdue: Mapped[bool]
    sent_at: Mapped[utc_at]
    letters: Mapped[int]


class ReviewRound(Public, Stamped, Base):
    """Agencies asked to review their own part in a programme until a day (tự đánh giá, sơ kết)."""

    __tablename__ = "review_round"
    __table_args__ = (
        CheckConstraint("due_on >= asked_on", name="due_later"),
        Index(None, "programme_id"),
    )

    programme_id: Mapped[int] = mapped_column(ForeignKey("programme.id", ondelete="CASCADE"))
    document_id: Mapped[int | None] = mapped_column(ForeignKey("programme_document.id"))
    title: Mapped[name_text]
    asked_on: Mapped[date]
    due_on: Mapped[date]

    programme: Mapped[Programme] = relationship()
    document: Mapped[ProgrammeDocument | None] = relationship()
    reviews: Mapped[list["SelfReview"]] = relationship(
        cascade="all, delete-orphan", order_by="SelfReview.id", back_populates="round"
    )


class SelfReview(Public, Stamped, Base):
    """The review of one agency in one round. The row is made when it is asked; without `sent_at` it is missing."""

    __tablename__ = "self_review"
    __table_args__ = (
        UniqueConstraint("round_id", "organisation_id"),
        CheckConstraint("(sent_at IS NULL) = (verdict IS NULL)", name="sent_with_verdict"),
        Index(None, "organisation_id"),
    )

    round_id: Mapped[int] = mapped_column(ForeignKey("review_round.id", ondelete="CASCADE"))
    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisation.id"))
    sent_at: Mapped[utc_at | None]
    sent_by_id: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
    head_name: Mapped[name_text] = mapped_column(default="")
    verdict: Mapped[ReviewVerdict | None] = mapped_column(enum_column(ReviewVerdict))
    results: Mapped[long_text] = mapped_column(default="")
    obstacles: Mapped[long_text] = mapped_column(default="")
    proposals: Mapped[long_text] = mapped_column(default="")

    round: Mapped[ReviewRound] = relationship(back_populates="reviews")
    organisation: Mapped[Organisation] = relationship()
