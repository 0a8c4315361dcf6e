"""Figures that were reported or entered, and where they contradict. Nothing here is ever corrected. No queries."""

from datetime import date
from decimal import Decimal

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from registry.db import Base, Public, Stamped, enum_column, long_text, short_text, utc_at
from registry.indicators.models.indicators import AMOUNT_LENGTH, Indicator
from registry.indicators.rules.contradictions import ContradictionState
from registry.indicators.rules.figures import Figure, Missing, Period
from registry.indicators.rules.found import ContradictionKind, Origin
from registry.indicators.rules.wording import PrintedPercent
from registry.places.models import PATH_LENGTH
from registry.places.rules import is_former


class Observation(Public, Stamped, Base):
    """One figure of an indicator for a period: an amount as written, or why there is none (IN-05, IN-16).

    `printed_percent` is what the source says of the plan («vượt 33,1 %» is 133.1), with its decimals; `verdict` what it
    says in words («vượt chỉ tiêu đề ra»). `part_of_id`: the observation it lies inside («trong đó»). A later observation
    of the same period takes the place of an earlier one (`replaced_by_id`); both stay. Without `starts` it holds up to `ends`.
    `unit_path` is the place of the measure, or a former province that went into it.
    """

    __tablename__ = "observation"
    __table_args__ = (
        CheckConstraint("(amount IS NULL) = (why_missing IS NOT NULL)", name="amount_or_reason"),
        CheckConstraint("starts IS NULL OR ends >= starts", name="period"),
        Index(None, "indicator_id", "ends"),
    )

    indicator_id: Mapped[int] = mapped_column(ForeignKey("indicator.id", ondelete="CASCADE"))
    starts: Mapped[date | None]
    ends: Mapped[date]
    unit_path: Mapped[str] = mapped_column(String(PATH_LENGTH), default="")
    amount: Mapped[str | None] = mapped_column(String(AMOUNT_LENGTH))
    is_about: Mapped[bool] = mapped_column(default=False)
    why_missing: Mapped[Missing | None] = mapped_column(enum_column(Missing))
    origin: Mapped[Origin] = mapped_column(enum_column(Origin))
    printed_percent: Mapped[str | None] = mapped_column(String(AMOUNT_LENGTH))
    verdict: Mapped[short_text] = mapped_column(default="")
    as_of: Mapped[date | None]
    source: Mapped[short_text]
    paragraph: Mapped[int | None]
    quote: Mapped[short_text] = mapped_column(default="")
    published_id: Mapped[str | None] = mapped_column(String(20), unique=True)
    part_of_id: Mapped[int | None] = mapped_column(ForeignKey("observation.id"))
    replaced_by_id: Mapped[int | None] = mapped_column(ForeignKey("observation.id"))
    entered_by_id: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
    entered_at: Mapped[utc_at]

    indicator: Mapped[Indicator] = relationship()
    whole: Mapped["Observation | None"] = relationship(
        remote_side="Observation.id", foreign_keys="Observation.part_of_id"
    )

    @property
    def period(self) -> Period | None:
        """Its days, where both ends are known."""
        return Period(self.starts, self.ends) if self.starts else None

    @property
    def former(self) -> str:
        """The path of the former province it is of; "" where it is of the whole place."""
        return self.unit_path if is_former(self.unit_path) else ""

    @property
    def figure(self) -> Figure:
        """The figure as the rules reckon with it."""
        amount = None if self.amount is None else Decimal(self.amount)
        return Figure(amount, self.indicator.unit, self.period, self.is_about, self.why_missing)

    @property
    def percent(self) -> PrintedPercent | None:
        """The percentage of plan as printed."""
        if self.printed_percent is None:
            return None
        _whole, _point, decimals = self.printed_percent.partition(".")
        return PrintedPercent(Decimal(self.printed_percent), len(decimals))


class Contradiction(Public, Stamped, Base):
    """A named contradiction of an observation, with the arithmetic as it was found; explained or accepted with a reason."""

    __tablename__ = "contradiction"
    __table_args__ = (UniqueConstraint("observation_id", "kind"), Index(None, "indicator_id"))

    indicator_id: Mapped[int] = mapped_column(ForeignKey("indicator.id", ondelete="CASCADE"))
    observation_id: Mapped[int] = mapped_column(ForeignKey("observation.id", ondelete="CASCADE"))
    kind: Mapped[ContradictionKind] = mapped_column(enum_column(ContradictionKind))
    text: Mapped[long_text]
    state: Mapped[ContradictionState] = mapped_column(
        enum_column(ContradictionState), default=ContradictionState.OPEN
    )
    found_at: Mapped[utc_at]

    indicator: Mapped[Indicator] = relationship()
    observation: Mapped[Observation] = relationship()
    steps: Mapped[list["ContradictionStep"]] = relationship(
        back_populates="contradiction", cascade="all, delete-orphan", order_by="ContradictionStep.id"
    )


class ContradictionStep(Base):
    """Into which state a contradiction came, by whom, when and why."""

    __tablename__ = "contradiction_step"
    __table_args__ = (CheckConstraint("reason <> ''", name="with_reason"), Index(None, "contradiction_id"))

    contradiction_id: Mapped[int] = mapped_column(ForeignKey("contradiction.id", ondelete="CASCADE"))
    state: Mapped[ContradictionState] = mapped_column(
        enum_column(ContradictionState, name="step_state_known")
    )
    reason: Mapped[long_text]
    by_id: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
    at: Mapped[utc_at]

    contradiction: Mapped[Contradiction] = relationship(back_populates="steps")
