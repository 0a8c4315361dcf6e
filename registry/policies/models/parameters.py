"""Dated parameters and yearly lists of fields. Money is whole đồng. No queries."""

from datetime import date

from sqlalchemy import (
    JSON,
    BigInteger,
    CheckConstraint,
    ForeignKey,
    Index,
    Integer,
    String,
    UniqueConstraint,
)
from sqlalchemy.orm import Mapped, mapped_column, relationship

from registry.db import Base, Public, Stamped, code_text, name_text, short_text
from registry.policies.models.documents import LegalDocument
from registry.policies.rules.states import LONGEST_CODE


class Parameter(Public, Base):
    """A figure that changes over time and that amounts are multiples of; `of` is its region, or ""."""

    __tablename__ = "parameter"
    __table_args__ = (UniqueConstraint("key", "of"),)

    key: Mapped[code_text]
    of: Mapped[str] = mapped_column(String(20), default="")
    name: Mapped[name_text]
    unit: Mapped[str] = mapped_column(String(40))

    values: Mapped[list["ParameterValue"]] = relationship(
        back_populates="parameter", cascade="all, delete-orphan", order_by="ParameterValue.valid_from"
    )


class ParameterValue(Public, Stamped, Base):
    """The value from one day to another, both inclusive; an open end is the newest value."""

    __tablename__ = "parameter_value"
    __table_args__ = (
        UniqueConstraint("parameter_id", "valid_from"),
        CheckConstraint("value_vnd > 0", name="positive"),
        CheckConstraint("valid_to IS NULL OR valid_to >= valid_from", name="in_order"),
        Index(None, "document_id"),
    )

    parameter_id: Mapped[int] = mapped_column(ForeignKey("parameter.id", ondelete="CASCADE"))
    value_vnd: Mapped[int] = mapped_column(BigInteger)
    valid_from: Mapped[date]
    valid_to: Mapped[date | None]
    document_id: Mapped[int | None] = mapped_column(ForeignKey("legal_document.id"))
    note: Mapped[short_text]

    parameter: Mapped[Parameter] = relationship(back_populates="values")
    document: Mapped[LegalDocument | None] = relationship()


class YearlyList(Public, Base):
    """A list of fields of study that a province decides anew each year."""

    __tablename__ = "yearly_list"

    code: Mapped[str] = mapped_column(String(LONGEST_CODE), unique=True)
    name: Mapped[short_text]

    years: Mapped[list["YearlyListYear"]] = relationship(
        back_populates="yearly_list", cascade="all, delete-orphan", order_by="YearlyListYear.year"
    )


class YearlyListYear(Public, Stamped, Base):
    """The fields of one year, as codes of the national catalogue; a code stands for all that begin with it."""

    __tablename__ = "yearly_list_year"
    __table_args__ = (
        UniqueConstraint("list_id", "year"),
        CheckConstraint("year > 0", name="year_known"),
        Index(None, "document_id"),
    )

    list_id: Mapped[int] = mapped_column(ForeignKey("yearly_list.id", ondelete="CASCADE"))
    year: Mapped[int] = mapped_column(Integer)
    field_codes: Mapped[list[str]] = mapped_column(JSON)
    document_id: Mapped[int | None] = mapped_column(ForeignKey("legal_document.id"))
    note: Mapped[short_text]

    yearly_list: Mapped[YearlyList] = relationship(back_populates="years")
    document: Mapped[LegalDocument | None] = relationship()
