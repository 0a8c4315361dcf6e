"""What is measured, and what was planned of it. Amounts are kept as plain decimal texts, never as floats. No queries."""

from datetime import date
from decimal import Decimal
from typing import Any

from sqlalchemy import JSON, CheckConstraint, ForeignKey, Index, String
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
from registry.indicators.rules.figures import Period, Plan, Reading
from registry.indicators.rules.kinds import IndicatorKind
from registry.indicators.rules.units import Unit, unit_by_code
from registry.places.models import PATH_LENGTH
from registry.programmes.models import Programme, ProgrammeNode

AMOUNT_LENGTH = 40


class Indicator(Public, Stamped, Versioned, Base):
    """A named measure with its definition, owner and source (IN-01, IN-18). `unit_path` and `organisation_path`: its scope.

    `query` names a documented query over the registry (`queries.computed`), "" where only observations are entered;
    `parameters` are handed to it and stand on every page and report. It hangs on at most one node of its programme (PL-11).
    """

    __tablename__ = "indicator"
    __table_args__ = (
        CheckConstraint("owner <> '' AND source <> ''", name="owner_and_source"),
        Index(None, "unit_path"),
        Index(None, "programme_id"),
        Index(None, "node_id"),
    )

    code: Mapped[code_text] = mapped_column(unique=True)
    programme_id: Mapped[int | None] = mapped_column(ForeignKey("programme.id"))
    node_id: Mapped[int | None] = mapped_column(ForeignKey("programme_node.id", ondelete="SET NULL"))
    position: Mapped[int] = mapped_column(default=0)
    name: Mapped[name_text]
    name_en: Mapped[name_text] = mapped_column(default="")
    kind: Mapped[IndicatorKind] = mapped_column(enum_column(IndicatorKind))
    unit_code: Mapped[str] = mapped_column(String(20))
    definition: Mapped[long_text] = mapped_column(default="")
    limits: Mapped[long_text] = mapped_column(default="")
    numerator: Mapped[short_text] = mapped_column(default="")
    denominator: Mapped[short_text] = mapped_column(default="")
    owner: Mapped[name_text]
    source: Mapped[short_text]
    query: Mapped[str] = mapped_column(String(60), default="")
    parameters: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)
    lower_is_better: Mapped[bool] = mapped_column(default=False)
    unit_path: Mapped[str] = mapped_column(String(PATH_LENGTH), default="")
    organisation_path: Mapped[str] = mapped_column(String(PATH_LENGTH), default="")

    programme: Mapped[Programme | None] = relationship()
    node: Mapped[ProgrammeNode | None] = relationship()
    targets: Mapped[list["IndicatorTarget"]] = relationship(
        back_populates="indicator", cascade="all, delete-orphan", order_by="IndicatorTarget.id"
    )

    @property
    def unit(self) -> Unit:
        """What it counts."""
        return unit_by_code(self.unit_code)


class IndicatorTarget(Public, Stamped, Base):
    """One stated target of an indicator: several stay apart, each with its document and reading (IN-08).

    `profile`: [[day, hundredths of the target]], a stated course within the period; empty: evenly (IN-09).
    """

    __tablename__ = "indicator_target"
    __table_args__ = (
        CheckConstraint("ends IS NULL OR starts IS NULL OR ends >= starts", name="period"),
        Index(None, "indicator_id"),
    )

    indicator_id: Mapped[int] = mapped_column(ForeignKey("indicator.id", ondelete="CASCADE"))
    amount: Mapped[str] = mapped_column(String(AMOUNT_LENGTH))
    unit_code: Mapped[str] = mapped_column(String(20))
    starts: Mapped[date | None]
    ends: Mapped[date | None]
    reading: Mapped[Reading] = mapped_column(enum_column(Reading))
    document: Mapped[short_text]
    quote: Mapped[short_text] = mapped_column(default="")
    paragraph: Mapped[int | None]
    published_id: Mapped[str | None] = mapped_column(String(20), unique=True)
    profile: Mapped[list[list[str]]] = mapped_column(JSON, default=list)
    entered_by_id: Mapped[int | None] = mapped_column(ForeignKey("account.id"))

    indicator: Mapped[Indicator] = relationship(back_populates="targets")

    @property
    def period(self) -> Period | None:
        """Its days, where both ends are known; the year of its end where only that is («đến năm 2030»)."""
        if self.ends is None:
            return None
        return Period(self.starts or date(self.ends.year, 1, 1), self.ends)

    @property
    def plan(self) -> Plan:
        """The target as the rules reckon with it."""
        return Plan(
            Decimal(self.amount), unit_by_code(self.unit_code), self.period, self.document, self.reading
        )
