"""The money of training: dedicated lines of a programme or of a course's year, and what was spent. No queries."""

from datetime import date

from sqlalchemy import BigInteger, CheckConstraint, ForeignKey, Index, SmallInteger
from sqlalchemy.orm import Mapped, mapped_column, relationship

from registry.db import Base, Public, Stamped, Versioned, enum_column, name_text, short_text
from registry.policies.rules.budgets import MOST_PLANNED, EntryKind
from registry.training.models.courses import TrainingCourse, TrainingProgramme
from registry.training.rules.money import FIRST_YEAR, LAST_YEAR

_ONE_OF_BOTH = "(programme_id IS NULL) <> (course_id IS NULL)"


class TrainingBudgetLine(Public, Stamped, Versioned, Base):
    """A dedicated line of a year for one programme or one course: who reads or writes these reads or writes it."""

    __tablename__ = "training_budget_line"
    __table_args__ = (
        CheckConstraint(_ONE_OF_BOTH, name="programme_or_course"),
        CheckConstraint(f"planned_vnd BETWEEN 0 AND {MOST_PLANNED}", name="planned_range"),
        CheckConstraint(f"year BETWEEN {FIRST_YEAR} AND {LAST_YEAR}", name="year_range"),
        Index(None, "programme_id"),
        Index(None, "course_id"),
        Index(None, "year"),
    )

    programme_id: Mapped[int | None] = mapped_column(ForeignKey("training_programme.id"))
    course_id: Mapped[int | None] = mapped_column(ForeignKey("training_course.id"))
    year: Mapped[int] = mapped_column(SmallInteger)
    name: Mapped[name_text]
    source: Mapped[name_text]
    document: Mapped[short_text] = mapped_column(default="")
    planned_vnd: Mapped[int] = mapped_column(BigInteger)

    programme: Mapped[TrainingProgramme | None] = relationship()
    course: Mapped[TrainingCourse | None] = relationship()
    entries: Mapped[list["TrainingSpending"]] = relationship(
        back_populates="line", order_by="TrainingSpending.on, TrainingSpending.id"
    )

    @property
    def about(self) -> TrainingProgramme | TrainingCourse:
        """What the money is for."""
        found = self.course if self.programme is None else self.programme
        assert found is not None  # noqa: S101 - one of both, says a constraint
        return found


class TrainingSpending(Public, Stamped, Base):
    """Money committed or paid for training: of a line, or outside every dedicated line for what it names itself.

    A mistake is taken back by a negative sum. Rows are never changed.
    """

    __tablename__ = "training_spending"
    __table_args__ = (
        CheckConstraint(
            f"line_id IS NULL AND {_ONE_OF_BOTH} "
            "OR line_id IS NOT NULL AND programme_id IS NULL AND course_id IS NULL",
            name="line_or_what_for",
        ),
        CheckConstraint(f"amount_vnd BETWEEN -{MOST_PLANNED} AND {MOST_PLANNED}", name="amount_range"),
        Index(None, "line_id"),
        Index(None, "programme_id"),
        Index(None, "course_id"),
        Index(None, "on"),
    )

    line_id: Mapped[int | None] = mapped_column(ForeignKey("training_budget_line.id"))
    programme_id: Mapped[int | None] = mapped_column(ForeignKey("training_programme.id"))
    course_id: Mapped[int | None] = mapped_column(ForeignKey("training_course.id"))
    kind: Mapped[EntryKind] = mapped_column(enum_column(EntryKind))
    amount_vnd: Mapped[int] = mapped_column(BigInteger)
    on: Mapped[date]
    note: Mapped[short_text] = mapped_column(default="")

    line: Mapped[TrainingBudgetLine | None] = relationship(back_populates="entries")
    programme: Mapped[TrainingProgramme | None] = relationship()
    course: Mapped[TrainingCourse | None] = relationship()

    @property
    def about(self) -> TrainingProgramme | TrainingCourse | None:
        """What money outside every line is for."""
        return self.course if self.programme is None else self.programme
