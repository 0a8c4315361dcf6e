"""What training is asked for: orders of agencies and enterprises, and quotas. No queries."""

from datetime import date

from sqlalchemy import CheckConstraint, ForeignKey, Index, String
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
)
from registry.organisations.models import Organisation
from registry.places.models import AdministrativeUnit
from registry.training.models.courses import PATH_LENGTH
from registry.training.models.sessions import TrainingSession
from registry.training.rules import LONGEST_CODE, Field, Measure, OrderState


class TrainingOrder(Public, Stamped, Versioned, Base):
    """An order (đặt hàng): which occupation, how many, from which provider, for whom, until when, and what came of it.

    `shortage_code` is the key of the shortage that opened it, in the room that balances supply and demand.
    """

    __tablename__ = "training_order"
    __table_args__ = (
        CheckConstraint("number >= 1", name="number_positive"),
        CheckConstraint("result_number IS NULL OR result_number >= 0", name="result_not_negative"),
        CheckConstraint("state <> 'closed' OR result_number IS NOT NULL", name="closed_with_result"),
        CheckConstraint("ordered_on IS NULL OR deadline IS NULL OR deadline >= ordered_on", name="in_order"),
        Index(None, "unit_path"),
        Index(None, "organisation_path"),
        Index(None, "shortage_code"),
        Index(None, "session_id"),
    )

    code: Mapped[code_text] = mapped_column(unique=True)
    state: Mapped[OrderState] = mapped_column(enum_column(OrderState), default=OrderState.ASKED)
    occupation_code: Mapped[str] = mapped_column(String(10), default="")
    occupation: Mapped[name_text]
    number: Mapped[int]
    ordering_id: Mapped[int] = mapped_column(ForeignKey("organisation.id"))
    provider_id: Mapped[int | None] = mapped_column(ForeignKey("organisation.id"))
    session_id: Mapped[int | None] = mapped_column(ForeignKey("training_session.id"))
    ordered_on: Mapped[date | None]
    deadline: Mapped[date | None]
    closed_on: Mapped[date | None]
    result_number: Mapped[int | None]
    result_note: Mapped[short_text] = mapped_column(default="")
    note: Mapped[long_text] = mapped_column(default="")
    shortage_code: Mapped[str | None] = mapped_column(String(100))
    unit_id: Mapped[int | None] = mapped_column(ForeignKey("administrative_unit.id"))
    unit_path: Mapped[str] = mapped_column(String(PATH_LENGTH), default="")
    organisation_path: Mapped[str] = mapped_column(String(PATH_LENGTH), default="")

    ordering: Mapped[Organisation] = relationship(foreign_keys=[ordering_id])
    provider: Mapped[Organisation | None] = relationship(foreign_keys=[provider_id])
    session: Mapped[TrainingSession | None] = relationship()
    unit: Mapped[AdministrativeUnit | None] = relationship()


class TrainingQuota(Public, Stamped, Versioned, Base):
    """A quota (chỉ tiêu) of a period (both days inclusive): how much, in what measure, for which levels and field.

    `levels` are codes of LEVELS with a comma between: one printed figure may hold several levels together, and nobody
    may split it. Empty: all levels.
    """

    __tablename__ = "training_quota"
    __table_args__ = (
        CheckConstraint("amount >= 1", name="amount_positive"),
        CheckConstraint("period_end >= period_start", name="period"),
        Index(None, "unit_path"),
        Index(None, "period_start"),
    )

    name: Mapped[name_text]
    period_start: Mapped[date]
    period_end: Mapped[date]
    category: Mapped[str | None] = mapped_column(String(LONGEST_CODE))
    levels: Mapped[str] = mapped_column(String(200), default="")
    field: Mapped[Field | None] = mapped_column(enum_column(Field))
    amount: Mapped[int]
    measure: Mapped[Measure] = mapped_column(enum_column(Measure))
    document: Mapped[short_text] = mapped_column(default="")
    organisation_id: Mapped[int | None] = mapped_column(ForeignKey("organisation.id"))
    organisation_path: Mapped[str] = mapped_column(String(PATH_LENGTH), default="")
    unit_id: Mapped[int | None] = mapped_column(ForeignKey("administrative_unit.id"))
    unit_path: Mapped[str] = mapped_column(String(PATH_LENGTH), default="")

    organisation: Mapped[Organisation | None] = relationship()
    unit: Mapped[AdministrativeUnit | None] = relationship()

    @property
    def level_codes(self) -> tuple[str, ...]:
        """The levels it is for; none: all."""
        return tuple(self.levels.split(",")) if self.levels else ()
